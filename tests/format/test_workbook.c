/* Workbooks are written by libxlsxwriter and read back by the reader of XLSX. */
#include "base/buffer.h"
#include "base/sink.h"
#include "format/workbook.h"
#include "format/xlsx.h"
#include "support/test.h"
#include <qcode/limits.h>

#include <stdio.h>
#include <string.h>

static const char *const choices[] = {"1", "0", "?", NULL};
static const qc_workbook_column columns[] = {
    {.name = "text", .wrapped = true, .width = 40},
    {.name = "leadership", .choices = choices, .hint = "who leads, and is seen to", .color = "#b58900", .centred = true},
    {.name = "hash", .fixed = true, .hidden = true},
    {.name = "count"},
};
static const char *const texts[] = {"=1+1", "plain", " edges ", "a _x0041_ b", "bell \a", "two\nlines", "caf\xC3\xA9 \xF0\x9F\x98\x80", ""};
enum { TEXTS = sizeof texts / sizeof *texts };

static void put_sheets(qc_workbook *book)
{
    qc_workbook_sheet_begin(book, &(qc_workbook_sheet){.name = "coding", .columns = columns, .count = 4, .frozen = 1});
    for (size_t i = 0; i < TEXTS; i++) {
        qc_workbook_put_text(book, texts[i]);
        qc_workbook_put(book, QCODE_TYPE_TEXT, (qcode_cell){.missing = true}, "#dc322f");
        qc_workbook_put(book, QCODE_TYPE_YES_NO, (qcode_cell){.as.yes = i == 0}, NULL);
        qc_workbook_put(book, QCODE_TYPE_INTEGER, (qcode_cell){.as.integer = i ? (int64_t)i : INT64_MAX}, "#002b36");
        qc_workbook_row_end(book);
    }
    qc_workbook_sheet_begin(book, &(qc_workbook_sheet){.name = "numbers", .columns = columns + 3, .count = 1});
    qc_workbook_put(book, QCODE_TYPE_NUMBER, (qcode_cell){.as.number = 0.1}, NULL);
    qc_workbook_row_end(book);
}

static bool write_book(bool streams, qcode_sink *sink, const qcode_memory *memory, qcode_error *err)
{
    qc_workbook *book = qc_workbook_new(streams, memory, err);
    if (!book)
        return false;
    put_sheets(book);
    bool done = qc_workbook_finish(book, sink, err);
    qc_workbook_free(book);
    return done;
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    qcode_error err;
    char first[65], second[65];
    for (int streams = 0; streams < 2; streams++) {
        qcode_sink *one = qcode_sink_memory(NULL, &err), *two = qcode_sink_memory(NULL, &err);
        assert_true(write_book(streams, one, NULL, &err));
        assert_true(write_book(streams, two, NULL, &err));
        qc_sink_hash(one, first);
        qc_sink_hash(two, second);
        assert_string_equal(first, second);
        qcode_sink_free(one);
        qcode_sink_free(two);
    }
}

static void expect_row(qc_xlsx *book, size_t wanted, const char *const *cells)
{
    qcode_error err;
    const qc_xlsx_cell *found;
    size_t count;
    assert_true(qc_xlsx_next(book, &found, &count, &err));
    assert_int_equal(count, wanted);
    for (size_t i = 0; i < wanted; i++)
        assert_string_equal(found[i].text, cells[i]);
}

static void every_text_is_read_back_as_it_was(void **state)
{
    (void)state;
    qcode_error err;
    qcode_limits limits = qcode_limits_resolve(NULL);
    for (int streams = 0; streams < 2; streams++) {
        qcode_sink *sink = qcode_sink_memory(NULL, &err);
        assert_true(write_book(streams, sink, NULL, &err));
        size_t length;
        const void *bytes = qcode_sink_bytes(sink, &length);
        qc_package package;
        assert_true(qc_package_open(&package, bytes, length, "book.xlsx", &limits, NULL, &err));
        qc_xlsx *book = qc_xlsx_open(&package, &err);
        assert_non_null(book);
        assert_int_equal(qc_xlsx_sheet_count(book), 2);
        assert_true(qc_xlsx_sheet(book, 0, &err));
        expect_row(book, 4, (const char *const[]){"text", "leadership", "hash", "count"});
        for (size_t i = 0; i < TEXTS; i++) {
            char number[24];
            snprintf(number, sizeof number, "%zu", i);
            expect_row(book, 4, (const char *const[]){texts[i], "", i ? "no" : "yes", i ? number : "9223372036854775807"});
        }
        assert_true(qc_xlsx_sheet(book, 1, &err));
        expect_row(book, 1, (const char *const[]){"count"});
        expect_row(book, 1, (const char *const[]){"0.1"});
        qc_xlsx_free(book);
        qc_package_close(&package);
        qcode_sink_free(sink);
    }
}

/* What a part of the workbook holds, as text. */
static const char *part_of(qcode_sink *sink, const char *name)
{
    static char text[16 * 1024];
    size_t length, got, all = 0;
    qcode_error err;
    qcode_limits limits = qcode_limits_resolve(NULL);
    const void *bytes = qcode_sink_bytes(sink, &length);
    qc_zip *zip = qc_zip_open(bytes, length, "book.xlsx", &limits, NULL, &err);
    qc_zip_member *member = qc_zip_member_open(zip, qc_zip_find(zip, name), NULL, &err);
    while (qc_zip_read(member, text + all, sizeof text - 1 - all, &got, &err) && got)
        all += got;
    text[all] = '\0';
    qc_zip_member_close(member);
    qc_zip_free(zip);
    return text;
}

static void a_sheet_has_drop_downs_guards_a_filter_and_a_header_in_sight(void **state)
{
    (void)state;
    qcode_error err;
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    assert_true(write_book(true, sink, NULL, &err));
    const char *sheet = part_of(sink, "xl/worksheets/sheet1.xml");
    assert_non_null(strstr(sheet, "<formula1>\"1,0,?\"</formula1>"));
    assert_non_null(strstr(sheet, "prompt=\"who leads, and is seen to\""));
    assert_non_null(strstr(sheet, "type=\"custom\""));
    assert_non_null(strstr(sheet, "<autoFilter ref=\"A1:D9\"/>"));
    assert_non_null(strstr(sheet, "state=\"frozen\""));
    assert_non_null(strstr(sheet, "hidden=\"1\""));
    assert_null(strstr(sheet, "<f>"));
    assert_non_null(strstr(part_of(sink, "xl/styles.xml"), "FFB58900"));
    assert_non_null(strstr(part_of(sink, "docProps/core.xml"), "2000-01-01T00:00:00Z"));
    qcode_sink_free(sink);
}

static void expect_refusal(const qc_workbook_sheet *sheet, const char *text, const char *message)
{
    qcode_error err;
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    qc_workbook *book = qc_workbook_new(true, NULL, &err);
    assert_non_null(book);
    qc_workbook_sheet_begin(book, sheet);
    qc_workbook_put_text(book, text);
    qc_workbook_row_end(book);
    assert_false(qc_workbook_finish(book, sink, &err));
    assert_non_null(strstr(err.message, message));
    qc_workbook_free(book);
    qcode_sink_free(sink);
}

static void what_no_workbook_can_hold_is_refused(void **state)
{
    (void)state;
    static char text[32769], word[300];
    memset(text, 'x', sizeof text - 1);
    memset(word, 'x', sizeof word - 1);
    const char *const long_choices[] = {word, NULL};
    const qc_workbook_column narrow = {.name = "words"}, wide = {.name = "code", .choices = long_choices};
    expect_refusal(&(qc_workbook_sheet){.name = "a", .columns = &narrow, .count = 1}, text,
                   "row 2, column 1: the text has 32768 characters");
    expect_refusal(&(qc_workbook_sheet){.name = "a", .columns = &wide, .count = 1}, "x", "drop-down");
    expect_refusal(&(qc_workbook_sheet){.name = "a/b", .columns = &narrow, .count = 1}, "x", "a sheet of such a name");
}

static bool write_with(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_sink *sink = qcode_sink_memory(memory, err);
    bool done = sink && write_book(true, sink, memory, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done;
}

static void every_failed_allocation_is_clean(void **state)
{
    (void)state;
    refuse_each_allocation(write_with, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_input_gives_the_same_bytes),
        TEST(every_text_is_read_back_as_it_was),
        TEST(a_sheet_has_drop_downs_guards_a_filter_and_a_header_in_sight),
        TEST(what_no_workbook_can_hold_is_refused),
        TEST(every_failed_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
