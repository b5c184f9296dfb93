/* The plain-text reader: names, headers, limits, and the interviews that were coded by hand. */
#include "read/talk.h"

#include "base/bytes.h"
#include "read/text/text.h"

#include <stdio.h>
#include <stdlib.h>

static void a_document_is_called_by_its_base_name_unless_told(void **state)
{
    (void)state;
    talk made = talk_of("INT: Why?\nP1: So.\n", NULL);
    assert_string_equal(qcode_transcript_name(made.read), "talk.txt");
    assert_string_equal(qcode_transcript_format(made.read), "text");
    assert_string_equal(qcode_transcript_encoding(made.read), "UTF-8");
    assert_string_equal(qcode_transcript_hash(made.read),
                        "2c4c5e8315c8033c3cd2ca5b651b9caadcb3674a5477737deb7326be01dcbba9");
    talk_end(&made);
    made = talk_of("INT: Why?\n", &(qcode_read_options){.name = "north/talk.txt"});
    assert_string_equal(qcode_transcript_name(made.read), "north/talk.txt");
    talk_end(&made);
}

static const char with_header[] = "INTERVIEW TRANSCRIPT\n"
                                  "ID: T11   Date: 29/03/2023   Initiative: Operation Mizzen\n"
                                  "Role: city councillor; place: civic offices\n"
                                  "Respondent group: local authority\n"
                                  "Roles: P1, case manager\n"
                                  "       P2, reparation worker\n"
                                  "Interviewer: Anna Kowalska\n"
                                  "\n"
                                  "P1 = chief executive; P2 = manager\n"
                                  "----------\n"
                                  "Interviewer: Why?\n"
                                  "P1: So.\n"
                                  "P2: Me too.\n"
                                  "Interviewer: Ah.\n"
                                  "P1: Yes.\n";

static void a_header_tells_of_the_document_and_is_nobodys_speech(void **state)
{
    (void)state;
    talk made = talk_of(with_header, NULL);
    assert_int_equal(qcode_transcript_turn_count(made.read), 5);
    assert_string_equal(attribute(&made, "id_1"), "T11");
    assert_string_equal(attribute(&made, "date"), "29/03/2023");
    assert_string_equal(attribute(&made, "initiative"), "Operation Mizzen");
    assert_string_equal(attribute(&made, "position"), "city councillor");
    assert_string_equal(attribute(&made, "place"), "civic offices");
    assert_string_equal(attribute(&made, "group"), "local authority");
    assert_string_equal(attribute(&made, "roles"), "P1, case manager; P2, reparation worker");
    assert_string_equal(attribute(&made, "interviewer"), "Anna Kowalska");
    assert_non_null(note_with(&made, QCODE_NOTE_INFO, "got a number"));
    assert_non_null(note_with(&made, QCODE_NOTE_SKIPPED, "before the first turn"));
    talk_end(&made);
}

static void a_legend_tells_who_the_speakers_are(void **state)
{
    (void)state;
    talk made = talk_of(with_header, NULL);
    assert_string_equal(qcode_transcript_value(made.read, speaker(&made, "P1"), "position"), "chief executive");
    assert_string_equal(qcode_transcript_value(made.read, speaker(&made, "P2"), "position"), "manager");
    assert_string_equal(qcode_transcript_value(made.read, speaker(&made, "P1"), "group"), "local authority");
    assert_null(qcode_transcript_value(made.read, speaker(&made, "Interviewer"), "group"));
    talk_end(&made);
    made = talk_of("A = interviewer; B = teacher\n\nA: Yes.\nB: No.\nA: Oh.\nB: No?\n", NULL);
    assert_int_equal(speaker(&made, "A")->role, QCODE_ROLE_INTERVIEWER);
    assert_int_equal(speaker(&made, "B")->role, QCODE_ROLE_RESPONDENT);
    talk_end(&made);
}

static void a_header_may_stand_right_above_the_first_turn(void **state)
{
    (void)state;
    assert_turns("Date: 1 May 2020\nINT: Why?\nP1: So.\nINT: Ah?\nP1: Yes.\n", "label",
                 "INT: Why?\nP1: So.\nINT: Ah?\nP1: Yes.\n");
    assert_turns("Vale: shared.\nInterviewer: end\n", "label", "Vale: shared.\nInterviewer: end\n");
}

static void at_most_64_pairs_of_a_header_are_kept(void **state)
{
    (void)state;
    qc_buffer text = qc_buffer_init(NULL);
    for (unsigned i = 0; i < 70; i++)
        qc_buffer_print(&text, "Key%u date: %u\n", i, i);
    qc_buffer_string(&text, "\nINT: Why?\nP1: So.\nINT: Ah?\nP1: Yes.\n");
    talk made = talk_of(qc_buffer_text(&text), NULL);
    assert_int_equal(qcode_transcript_attribute_count(made.read), 64);
    const qcode_note *note = note_with(&made, QCODE_NOTE_SKIPPED, "6 pairs");
    assert_non_null(note);
    assert_int_equal(note->line, 65);
    talk_end(&made);
    qc_buffer_clear(&text);
}

static void empty_files_are_transcripts_without_turns(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n\n\r\n", "  \t\n"};
    for (size_t i = 0; i < 3; i++) {
        talk made = talk_of(texts[i], NULL);
        assert_int_equal(qcode_transcript_turn_count(made.read), 0);
        assert_non_null(note_with(&made, QCODE_NOTE_WARNING, "no text"));
        talk_end(&made);
    }
}

static void an_input_above_the_limit_is_refused(void **state)
{
    (void)state;
    qcode_error err;
    const qcode_read_options options = {.limits = &(qcode_limits){.input = 9}};
    assert_null(qcode_read_transcript_bytes("INT: Why?\n", 10, "t.txt", &options, NULL, NULL, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
    qcode_transcript *read = qcode_read_transcript_bytes("INT: Why?", 9, "t.txt", &options, NULL, NULL, &err);
    assert_non_null(read);
    qcode_transcript_free(read);
}

static void names_that_are_no_utf8_are_refused(void **state)
{
    (void)state;
    static const char text[] = "Ann: Why?\nBen: So.\nAnn: Ah?\n";
    const char *const labels[] = {"Ben", "\xff"};
    const qcode_read_options wrong[] = {{.name = "caf\xe9"}, {.interviewers = labels, .interviewer_count = 2}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        qcode_error err = {.status = QCODE_OK};
        assert_null(qcode_read_transcript_bytes(text, strlen(text), "t.txt", &wrong[i], NULL, NULL, &err));
        assert_int_equal(err.status, QCODE_USAGE);
        assert_non_null(strstr(err.message, "is not UTF-8"));
    }
}

static void a_path_that_is_no_utf8_is_spelt_out_in_the_name(void **state)
{
    (void)state;
    qcode_transcript *read = qcode_read_transcript_bytes("So.\n", 4, "a/caf\xe9.txt", NULL, NULL, NULL, NULL);
    assert_non_null(read);
    assert_string_equal(qcode_transcript_name(read), "caf\\xe9.txt");
    qcode_transcript_free(read);
}

static void an_unknown_format_is_refused_by_name(void **state)
{
    (void)state;
    qcode_error err;
    assert_null(qcode_read_transcript_bytes("", 0, "t.txt", &(qcode_read_options){.format = "spss"}, NULL, NULL, &err));
    assert_int_equal(err.status, QCODE_USAGE);
    assert_non_null(strstr(err.message, "\"spss\"; there are text, "));
}

static void notes_and_errors_never_hold_words_of_a_transcript(void **state)
{
    (void)state;
    talk made = talk_of(
        "Zebra title\n\nZebra: Zebra.\n\nZebra one: Zebra?\n\nZebra: Zebra two: zebra.\n\n(zebra)\n\nZebraic: no\n",
        NULL);
    assert_true(qcode_notes_count(made.notes) > 0);
    for (size_t i = 0; i < qcode_notes_count(made.notes); i++)
        assert_null(strstr(qcode_notes_at(made.notes, i)->text, "ebra"));
    talk_end(&made);
}

static bool read_all_of_it(const qcode_memory *memory, void *user, qcode_error *err)
{
    const char *text = user;
    qcode_notes *notes = qcode_notes_new(memory);
    if (!notes) {
        err->status = QCODE_NO_MEMORY;
        return false;
    }
    static const char *const who[] = {"INT"};
    const qcode_read_options options = {.interviewers = who, .interviewer_count = 1};
    qcode_transcript *read = qcode_read_transcript_bytes(text, strlen(text), "t.txt", &options, memory, notes, err);
    qcode_transcript_free(read);
    qcode_notes_free(notes);
    return read != NULL;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    refuse_each_allocation(read_all_of_it, (void *)(uintptr_t)with_header);
    refuse_each_allocation(
        read_all_of_it,
        (void *)(uintptr_t) "1  INT: How\n2  so?\n3  P1: Good, I\n4  had 10.\n5  of them.\n6  INT: Why?\n7  P1: So.\n");
    refuse_each_allocation(read_all_of_it, (void *)(uintptr_t) "No speakers\nhere.\n\nPage 1\n\nNone at all.\n");
}

/* One line of gold.tsv: document, unit, turn, speaker, kind, coder_a, coder_b, text. */
typedef struct gold_line {
    char *field[8];
} gold_line;

static bool next_gold(char **at, gold_line *line)
{
    if (!**at)
        return false;
    char *end = strchr(*at, '\n');
    if (end)
        *end = '\0';
    char *from = *at;
    for (int i = 0; i < 8; i++) {
        line->field[i] = from;
        char *tab = i < 7 ? strchr(from, '\t') : NULL;
        assert_true(i == 7 || tab);
        if (tab)
            *tab = '\0', from = tab + 1;
    }
    *at = end ? end + 1 : *at + strlen(*at);
    return true;
}

/* The turns of the gold, a line each, as put_turn writes them. */
static void compare_document(const char *document, const char *expected)
{
    char name[256];
    qcode_error err;
    snprintf(name, sizeof name, "eval/dev/transcripts/%s", document);
    qcode_transcript *read = qcode_read_transcript(shared(name), NULL, NULL, NULL, &err);
    assert_non_null(read);
    qc_buffer out = qc_buffer_init(NULL);
    for (size_t i = 0; i < qcode_transcript_turn_count(read); i++)
        put_turn(&out, read, i);
    assert_string_equal(qc_buffer_text(&out), expected);
    qc_buffer_clear(&out);
    qcode_transcript_free(read);
}

static void interviews_coded_by_hand_have_the_turns_that_people_saw(void **state)
{
    (void)state;
    NEED_SHARED(path, "eval/dev/gold.tsv");
    qc_bytes bytes;
    assert_true(qc_bytes_read(path, 1 << 24, NULL, &bytes, NULL));
    char *at = (char *)bytes.data, document[64] = "", turn[16] = "";
    gold_line line;
    qc_buffer expected = qc_buffer_init(NULL);
    size_t documents = 0;
    assert_true(next_gold(&at, &line)); /* the names of the columns */
    while (next_gold(&at, &line)) {
        bool other = strcmp(document, line.field[0]) != 0;
        if (other && *document) {
            qc_buffer_byte(&expected, '\n');
            compare_document(document, qc_buffer_text(&expected));
            expected.length = 0;
        }
        documents += other;
        if (other || strcmp(turn, line.field[2]) != 0)
            qc_buffer_print(&expected, "%s%s: %s", expected.length ? "\n" : "", line.field[3], line.field[7]);
        else
            qc_buffer_print(&expected, " %s", line.field[7]);
        snprintf(document, sizeof document, "%s", line.field[0]);
        snprintf(turn, sizeof turn, "%s", line.field[2]);
    }
    qc_buffer_byte(&expected, '\n');
    compare_document(document, qc_buffer_text(&expected));
    assert_int_equal(documents, 7);
    qc_buffer_clear(&expected);
    qc_bytes_clear(&bytes);
}

/* Three pages and a bit, with a header, wrapped turns, and one turn that is longer than a page. */
static void a_text_of_many_pages_is_read_as_one(void **state)
{
    (void)state;
    qc_buffer text = qc_buffer_init(NULL);
    qc_buffer_string(&text, "Date: 14 March 2023\n\n");
    size_t turns = 0;
    while (text.length < 3 * QC_PAGE_BYTES) {
        qc_buffer_print(&text, "Interviewer: What of number %zu?\n\nDr Vale: We shared it, and\n  Note: all of it.\n\n", turns);
        turns += 2;
        for (size_t more = 0; turns == 100000 && more < QC_PAGE_BYTES + 1000; more += 27)
            qc_buffer_string(&text, "We went on and on with it.\n");
    }
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_transcript *made = qcode_read_transcript_bytes(text.data, text.length, "a.txt", NULL, NULL, notes, &err);
    assert_non_null(made);
    assert_int_equal(qcode_transcript_turn_count(made), turns);
    assert_int_equal(qcode_transcript_speaker_count(made), 2);
    assert_int_equal(qcode_transcript_attribute_count(made), 1);
    for (size_t i = 0; i < turns; i++) {
        const qcode_turn turn = qcode_transcript_turn(made, i);
        const char *words = qcode_transcript_text(made, &(size_t){0}) + turn.ranges[0].start;
        assert_string_equal(turn.speaker->name, i % 2 ? "Dr Vale" : "Interviewer");
        assert_memory_equal(words, i % 2 ? "We shared" : "What of n", 9);
        assert_int_equal(turn.range_count, i == 99999 ? 3 : i % 2 ? 2 : 1);
        assert_int_equal(turn.question, i % 2 ? i : 0);
    }
    assert_int_equal(qcode_notes_count(notes), 1);
    assert_string_equal(qcode_notes_at(notes, 0)->text,
                        "400108 lines with words before a colon that are not taken for a speaker's label");
    qcode_transcript_free(made);
    qcode_notes_free(notes);
    qc_buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_document_is_called_by_its_base_name_unless_told),
        TEST(a_header_tells_of_the_document_and_is_nobodys_speech),
        TEST(a_legend_tells_who_the_speakers_are),
        TEST(a_header_may_stand_right_above_the_first_turn),
        TEST(at_most_64_pairs_of_a_header_are_kept),
        TEST(empty_files_are_transcripts_without_turns),
        TEST(an_input_above_the_limit_is_refused),
        TEST(an_unknown_format_is_refused_by_name),
        TEST(names_that_are_no_utf8_are_refused),
        TEST(a_path_that_is_no_utf8_is_spelt_out_in_the_name),
        TEST(notes_and_errors_never_hold_words_of_a_transcript),
        TEST(a_refused_allocation_leaves_nothing_behind),
        TEST(interviews_coded_by_hand_have_the_turns_that_people_saw),
        TEST(a_text_of_many_pages_is_read_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
