/* One table, written in every way. */
#include "format/csv.h"
#include "model/table.h"
#include "support/test.h"
#include "write/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Two rows: one of plain values, one of what is hard to write. */
static bool fill(qcode_table *table)
{
    qc_table_add_column(table, "name", QCODE_TYPE_TEXT);
    qc_table_add_column(table, "turns", QCODE_TYPE_INTEGER);
    qc_table_add_column(table, "share", QCODE_TYPE_NUMBER);
    qc_table_add_column(table, "told", QCODE_TYPE_YES_NO);
    qc_table_add_column(table, "case", QCODE_TYPE_TEXT);
    qc_table_add_text(table, "Anna");
    qc_table_add_integer(table, -12);
    qc_table_add_number(table, 0.1);
    qc_table_add_yes_no(table, true);
    qc_table_add_missing(table);
    qc_table_add_text(table, "=1+1, \"x\"\x1b");
    qc_table_add_count(table, 1234);
    qc_table_add_number(table, NAN);
    qc_table_add_yes_no(table, false);
    qc_table_add_text(table, NULL);
    return qc_table_complete(table);
}

static const char *written(const qcode_table *table, qcode_table_style style)
{
    static char text[1024];
    size_t length;
    qcode_error err;
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    assert_true(qcode_table_write(table, &style, sink, &err));
    const char *bytes = qcode_sink_bytes(sink, &length);
    assert_true(length < sizeof text);
    snprintf(text, sizeof text, "%.*s", (int)length, length ? bytes : "");
    qcode_sink_free(sink);
    return text;
}

static void a_table_is_written_in_every_format(void **state)
{
    (void)state;
    qcode_table *table = qc_table_new(NULL);
    assert_true(fill(table));
    assert_int_equal(qcode_table_row_count(table), 2);
    assert_int_equal(qcode_table_find(table, "told"), 3);
    assert_int_equal(qcode_table_find(table, "untold"), SIZE_MAX);
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_CSV}),
                        "name,turns,share,told,case\n"
                        "Anna,-12,0.1,yes,\n"
                        "\"'=1+1, \"\"x\"\"\x1b\",1234,,no,\n");
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_CSV, .raw = true, .screen = true}),
                        "name,turns,share,told,case\n"
                        "Anna,-12,0.1,yes,\n"
                        "\"=1+1, \"\"x\"\"\\x1b\",1234,,no,\n");
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_JSONL}),
                        "{\"name\":\"Anna\",\"turns\":-12,\"share\":0.1,\"told\":true,\"case\":null}\n"
                        "{\"name\":\"=1+1, \\\"x\\\"\\u001b\",\"turns\":1234,\"share\":null,\"told\":false,\"case\":null}\n");
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_JSON}),
                        "[\n{\"name\":\"Anna\",\"turns\":-12,\"share\":0.1,\"told\":true,\"case\":null},\n"
                        "{\"name\":\"=1+1, \\\"x\\\"\\u001b\",\"turns\":1234,\"share\":null,\"told\":false,\"case\":null}\n]\n");
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_TEXT}),
                        "name           turns  share  told\n"
                        "Anna             -12  0.100  yes\n"
                        "=1+1, \"x\"\\x1b   1234      -  no\n");
    qc_table_empty(table);
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_JSON}), "[]\n");
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_CSV}), "name,turns,share,told,case\n");
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_TEXT}), "");
    qcode_table_free(table);
}

static void a_table_is_written_as_a_workbook_or_why_not_is_told(void **state)
{
    (void)state;
    qcode_error err;
    size_t length;
    qcode_table *table = qc_table_new(NULL);
    assert_true(fill(table));
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    const qcode_table_style style = {.format = QCODE_FORMAT_XLSX};
    if (qc_workbook_can()) {
        assert_true(qcode_table_write(table, &style, sink, &err));
        assert_memory_equal(qcode_sink_bytes(sink, &length), "PK\003\004", 4);
    } else {
        assert_false(qcode_table_write(table, &style, sink, &err));
        assert_non_null(strstr(err.message, "built without libxlsxwriter"));
    }
    qcode_sink_free(sink);
    qcode_table_free(table);
}

static void a_number_is_written_as_short_as_it_is_read_back(void **state)
{
    (void)state;
    static const struct {
        double number;
        const char *written;
    } cases[] = {{0, "x\n0\n"},
                 {1.0 / 3, "x\n0.3333333333333333\n"},
                 {0.1 + 0.2, "x\n0.30000000000000004\n"},
                 {1e300, "x\n1e+300\n"},
                 {(double)INFINITY, "x\n\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qcode_table *table = qc_table_new(NULL);
        qc_table_add_column(table, "x", QCODE_TYPE_NUMBER);
        qc_table_add_number(table, cases[i].number);
        assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_CSV}), cases[i].written);
        qcode_table_free(table);
    }
}

static void columns_of_text_are_aligned_by_what_a_terminal_shows(void **state)
{
    (void)state;
    qcode_table *table = qc_table_new(NULL);
    qc_table_add_column(table, "who", QCODE_TYPE_TEXT);
    qc_table_add_column(table, "n", QCODE_TYPE_INTEGER);
    qc_table_add_text(table, "\xE4\xB8\xBB\xE6\x8C\x81\xE4\xBA\xBA"); /* three characters of two columns */
    qc_table_add_count(table, 1);
    qc_table_add_text(table, "Zoe\xCC\x88"); /* a mark takes none */
    qc_table_add_count(table, 20);
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_TEXT}),
                        "who      n\n"
                        "\xE4\xB8\xBB\xE6\x8C\x81\xE4\xBA\xBA   1\n"
                        "Zoe\xCC\x88     20\n");
    qcode_table_free(table);
}

static void a_long_cell_of_text_is_cut_where_it_is_shown(void **state)
{
    (void)state;
    char name[101], wanted[80];
    memset(name, 'x', 100);
    name[100] = '\0';
    qcode_table *table = qc_table_new(NULL);
    qc_table_add_column(table, "a", QCODE_TYPE_TEXT);
    qc_table_add_text(table, name);
    snprintf(wanted, sizeof wanted, "a\n%.59s\xE2\x80\xA6\n", name);
    assert_string_equal(written(table, (qcode_table_style){.format = QCODE_FORMAT_TEXT}), wanted);
    qcode_table_free(table);
}

static bool make_and_write(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_table *table = qc_table_new(memory);
    qcode_sink *sink = qcode_sink_memory(memory, err);
    bool done = false;
    if (table && fill(table) && sink) {
        qcode_table_style style = {.format = *(const qcode_format *)user, .screen = true};
        done = qcode_table_write(table, &style, sink, err) && qcode_sink_finish(sink, err);
    } else {
        err->status = QCODE_NO_MEMORY;
    }
    qcode_sink_free(sink);
    qcode_table_free(table);
    return done;
}

static void a_table_without_memory_fails_cleanly(void **state)
{
    (void)state;
    for (qcode_format format = QCODE_FORMAT_JSONL; format <= QCODE_FORMAT_JSON; format++)
        refuse_each_allocation(make_and_write, &format);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_table_is_written_in_every_format),
        TEST(a_table_is_written_as_a_workbook_or_why_not_is_told),
        TEST(a_number_is_written_as_short_as_it_is_read_back),
        TEST(columns_of_text_are_aligned_by_what_a_terminal_shows),
        TEST(a_long_cell_of_text_is_cut_where_it_is_shown),
        TEST(a_table_without_memory_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
