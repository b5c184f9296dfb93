/* The columns every output has, and what stands in them. */
#include "format/csv.h"
#include "model/transcript.h"
#include "support/test.h"
#include "write/csv.h"
#include "write/set.h"
#include "write/writer.h"

static const char book[] = "title: Small\n"
                           "version: 2.1.0\n"
                           "codes:\n"
                           "  - id: lead\n"
                           "    unit: turn\n"
                           "    terms: [led, 'was in charge']\n";

static const char talk[] = "Group: police\n"
                           "Place: office\n"
                           "\n"
                           "[00:00:01] INT: Who led?\n"
                           "[00:01:02] P1: Caf\xC3\xA9s were led, then\n"
                           "\n"
                           "Page 1 of 2\n"
                           "\n"
                           "she was in\n"
                           "charge.\n"
                           "[00:01:09] INT: Sure?\n"
                           "[00:01:12] P1: Sure.\n";

static void the_columns_are_names_that_no_attribute_can_take(void **state)
{
    (void)state;
    for (int i = 0; i < QC_COLUMNS; i++)
        if (!qc_is_contract_column(qc_column_names[i]))
            fail_msg("%s may become an attribute's name", qc_column_names[i]);
}

static void a_segment_says_where_it_stands_in_code_points(void **state)
{
    (void)state;
    coded_set set = coded_set_new(book, "T.txt", talk);
    qc_rows rows;
    qc_rows_init(&rows, "qcode", NULL);
    qc_rows_begin(&rows, set.codings);
    const qc_row *row = qc_rows_next(&rows);
    assert_non_null(row);
    const qc_cell *cells = row->cells;
    assert_string_equal(cells[QC_DOCUMENT].text, "T.txt");
    assert_int_equal(cells[QC_START].number, 69); /* counted in the text above; one less than in bytes behind the e */
    assert_int_equal(cells[QC_LINE].number, 5);
    assert_int_equal(cells[QC_TURN].number, 2);
    assert_string_equal(cells[QC_TIME].text, "00:01:02.000");
    assert_string_equal(cells[QC_ROLE].text, "respondent");
    assert_string_equal(cells[QC_GROUP].text, "police");
    assert_memory_equal(cells[QC_QUESTION].text, "Who led?", cells[QC_QUESTION].length);
    assert_int_equal(row->attribute_count, 1);
    assert_string_equal(row->attributes[0].name, "place");
    assert_int_equal(cells[QC_SCORE].kind, QC_CELL_NONE);
    assert_int_equal(cells[QC_STATUS].kind, QC_CELL_NONE);
    assert_int_equal(cells[QC_ID].length, 16);
    assert_int_equal(row->match_count, 2);
    assert_int_equal(row->matches[0].start, 80);
    assert_int_equal(row->matches[0].end, 83);
    assert_memory_equal(row->words + row->matches[1].text, "was in charge", row->matches[1].length);
    assert_null(qc_rows_next(&rows));
    assert_false(rows.failed);
    qc_rows_clear(&rows);
    coded_set_free(&set);
}

static void a_segment_over_a_page_break_is_told_in_pieces(void **state)
{
    (void)state;
    coded_set set = coded_set_new(book, "T.txt", talk);
    qc_rows rows;
    qc_rows_init(&rows, "qcode", NULL);
    qc_rows_begin(&rows, set.codings);
    const qc_row *row = qc_rows_next(&rows);
    assert_non_null(row);
    const qc_cell *text = &row->cells[QC_TEXT];
    const char words[] = "Caf\xC3\xA9s were led, then she was in charge.";
    assert_int_equal(text->length, sizeof words - 1);
    assert_memory_equal(text->text, words, text->length);
    assert_int_equal(row->cells[QC_PIECES].kind, QC_CELL_PIECES);
    assert_int_equal(row->piece_count, 2);
    assert_int_equal(row->pieces[0].start, row->cells[QC_START].number);
    assert_int_equal(row->pieces[1].end, row->cells[QC_END].number);
    qc_rows_clear(&rows);
    coded_set_free(&set);
}

static void a_long_question_is_cut_at_the_end_of_a_word(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        size_t times, kept; /* bytes; all of it when it is short enough */
    } cases[] = {{"\xC3\xA9t\xC3\xA9 ", 250, 250 * 6 - 1},
                 {"\xC3\xA9t\xC3\xA9 ", 251, 250 * 6 - 1},
                 {"caf\xC3\xA9s ", 400, 166 * 7 - 1},
                 {"\xE8\xAA\xB0", 1001, 1000 * 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qc_buffer text = qc_buffer_init(NULL);
        qc_buffer_string(&text, "INT: ");
        for (size_t k = 0; k < cases[i].times; k++)
            qc_buffer_string(&text, cases[i].word);
        qc_buffer_string(&text, "\nP1: Ann led.\n");
        coded_set set = coded_set_new(book, "T.txt", qc_buffer_text(&text));
        qc_rows rows;
        qc_rows_init(&rows, "qcode", NULL);
        qc_rows_begin(&rows, set.codings);
        const qc_row *row = qc_rows_next(&rows);
        assert_non_null(row);
        const qc_cell *cell = &row->cells[QC_QUESTION];
        bool cut = i > 0;
        assert_int_equal(cell->length, cases[i].kept + 3 * cut);
        assert_memory_equal(cell->text, text.data + 5, cases[i].kept);
        assert_memory_equal(cell->text + cases[i].kept, "\xE2\x80\xA6", 3 * cut);
        qc_rows_clear(&rows);
        coded_set_free(&set);
        qc_buffer_clear(&text);
    }
}

static void an_id_depends_on_document_code_span_and_coder(void **state)
{
    (void)state;
    static const struct {
        const char *name, *coder;
    } runs[] = {{"T.txt", "qcode"}, {"T.txt", "qcode"}, {"U.txt", "qcode"}, {"T.txt", "anna"}};
    char ids[4][17];
    for (size_t i = 0; i < 4; i++) {
        coded_set set = coded_set_new(book, runs[i].name, talk);
        qc_rows rows;
        qc_rows_init(&rows, runs[i].coder, NULL);
        qc_rows_begin(&rows, set.codings);
        const qc_row *row = qc_rows_next(&rows);
        assert_non_null(row);
        memcpy(ids[i], row->cells[QC_ID].text, 16);
        ids[i][16] = '\0';
        qc_rows_clear(&rows);
        coded_set_free(&set);
    }
    assert_string_equal(ids[0], ids[1]);
    assert_string_not_equal(ids[0], ids[2]);
    assert_string_not_equal(ids[0], ids[3]);
}

/* Adds a transcript to a table as the job does. */
static void add(qc_csv_table *table, const char *name, const char *words)
{
    coded_set set = coded_set_new(book, name, words);
    qc_buffer records = qc_buffer_init(NULL), ends = qc_buffer_init(NULL);
    qc_rows rows;
    qcode_error err;
    qc_rows_init(&rows, "qcode", NULL);
    qc_rows_begin(&rows, set.codings);
    for (const qc_row *row; (row = qc_rows_next(&rows));) {
        qc_put_row_csv(&records, row, &qc_segment_layout);
        const qc_csv_end end = {records.length, row->speaker};
        qc_buffer_append(&ends, &end, sizeof end);
    }
    assert_true(qc_csv_table_add(table, set.talk, records.data, 0, (const void *)ends.data, ends.length / sizeof(qc_csv_end),
                                 &err));
    qc_rows_clear(&rows);
    qc_buffer_clear(&records);
    qc_buffer_clear(&ends);
    coded_set_free(&set);
}

/* Whatever attributes come when, and with line ends and quotes in the words, every record has every column. */
static void every_record_has_a_cell_for_every_attribute(void **state)
{
    (void)state;
    qcode_error err;
    qc_csv_table *table = qc_csv_table_new(&qc_segment_layout, NULL, NULL, &err);
    assert_non_null(table);
    add(table, "a.txt", "INT: Who?\nP1: She \"led\",\n\nand, so, led.\nINT: So?\nP1: So.\n");
    add(table, "b.txt", "Place: =1+1\nDate: \"Monday\", 3\n\nINT: Who?\nP2: He led.\nINT: So?\nP2: So.\n");
    add(table, "c.txt", "Date: Friday\nLocation: good\n\nINT: Who?\nP3: They led.\nINT: So?\nP3: So.\n");
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    assert_true(qc_csv_table_write(table, false, sink, &err));
    size_t length, count, records = 0;
    const char *text = qcode_sink_bytes(sink, &length);
    static const char *const wanted[4][3] = {
        {"place", "date", "location"}, {"", "", ""}, {"=1+1", "\"Monday\", 3", ""}, {"", "Friday", "good"}};
    qc_csv *csv = qc_csv_new(text, length, "csv", NULL, &err);
    for (const qc_csv_field *fields; qc_csv_next(csv, &fields, &count, &err) && count; records++) {
        assert_int_equal(count, QC_SEGMENT_COLUMNS + 3);
        for (size_t i = 0; i < 3; i++)
            assert_string_equal(fields[QC_SEGMENT_COLUMNS + i].text, wanted[records][i]);
    }
    assert_int_equal(records, 4);
    qc_csv_free(csv);
    qcode_sink_free(sink);
    qc_csv_table_free(table);
}

static void nothing_of_a_transcript_commands_the_terminal(void **state)
{
    (void)state;
    coded_set set = coded_set_new(book, "T.txt",
                                  "INT: Who?\nP\xE2\x80\xAE"
                                  "1: She led\x1b[31m it\xE2\x80\xAE back.\nINT: So?\nP\xE2\x80\xAE"
                                  "1: So.\n");
    qc_rows rows;
    qc_buffer out = qc_buffer_init(NULL);
    qc_rows_init(&rows, "qcode", NULL);
    qc_rows_begin(&rows, set.codings);
    const qc_row *row = qc_rows_next(&rows);
    assert_non_null(row);
    assert_true(qc_put_segment_text(&out, row, false));
    const char *text = qc_buffer_text(&out);
    assert_null(strchr(text, 0x1b));
    assert_null(strstr(text, "\xE2\x80\xAE"));
    assert_non_null(strstr(text, "P\\u{202e}1"));
    assert_non_null(strstr(text, "She \xC2\xABled\xC2\xBB\\x1b[31m it\\u{202e} back."));
    qc_buffer_clear(&out);
    qc_rows_clear(&rows);
    coded_set_free(&set);
}

static bool make_all(const qcode_memory *memory, void *user, qcode_error *err)
{
    const coded_set *set = user;
    qc_rows rows;
    qc_buffer out = qc_buffer_init(memory);
    qc_rows_init(&rows, "qcode", memory);
    qc_rows_begin(&rows, set->codings);
    for (const qc_row *row; (row = qc_rows_next(&rows));) {
        qc_put_row_json(&out, row, &qc_segment_layout);
        qc_put_row_csv(&out, row, &qc_segment_layout);
        qc_put_segment_text(&out, row, true);
    }
    qcode_notes *notes = qcode_notes_new(NULL);
    qc_put_document(&out, set->talk, notes);
    qcode_notes_free(notes);
    bool done = !rows.failed && !out.failed;
    if (!done)
        err->status = QCODE_NO_MEMORY;
    qc_rows_clear(&rows);
    qc_buffer_clear(&out);
    return done;
}

static void a_refused_allocation_is_never_a_shorter_output(void **state)
{
    (void)state;
    coded_set set = coded_set_new(book, "T.txt", talk);
    refuse_each_allocation(make_all, &set);
    coded_set_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_columns_are_names_that_no_attribute_can_take), TEST(a_segment_says_where_it_stands_in_code_points),
        TEST(a_segment_over_a_page_break_is_told_in_pieces),    TEST(an_id_depends_on_document_code_span_and_coder),
        TEST(a_long_question_is_cut_at_the_end_of_a_word),
        TEST(every_record_has_a_cell_for_every_attribute),      TEST(nothing_of_a_transcript_commands_the_terminal),
        TEST(a_refused_allocation_is_never_a_shorter_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
