/* What must not change a comparison, tried on random codings. */
#include "support/test.h"
#include <qcode/compare.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 40, SENTENCES = 12, CODERS = 3, CODES = 4, MOST_ROWS = 60 };

static char folder[] = "/tmp/properties-XXXXXX", paths[6][64];
static uint64_t state_of_chance;

typedef struct row {
    size_t coder, code, sentence;
} row;

static size_t chance(size_t below)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state_of_chance >> 33) % below;
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    for (size_t i = 0; i < 6; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%zu.%s", folder, i, i ? "csv" : "txt");
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    for (size_t i = 0; i < 6; i++)
        unlink(paths[i]);
    return rmdir(folder);
}

/* Sentence 0 to `count` - 1, four a turn, each of words of its own. */
static void put_talk(size_t count)
{
    FILE *file = fopen(paths[0], "w");
    assert_non_null(file);
    for (size_t i = 0; i < count; i++)
        fprintf(file, "%sThe word%zu came%zu by.%s", i % 4 ? "" : "P1: ", i, i, i % 4 == 3 ? "\n\nINT: And?\n\n" : " ");
    fputs("\n", file);
    assert_int_equal(fclose(file), 0);
}

/* The rows from `first` to before `end` by coders that are told by `which` (CODERS: all), with codes named by `names`. */
static void put_rows(size_t file_number, const row *rows, size_t first, size_t end, size_t which, const char *names)
{
    FILE *file = fopen(paths[file_number], "w");
    assert_non_null(file);
    fputs("document,code,coder,text\n", file);
    for (size_t i = first; i < end; i++)
        if (which == CODERS || rows[i].coder == which)
            fprintf(file, "0.txt,%c,c%zu,The word%zu came%zu by.\n", names[rows[i].code], rows[i].coder, rows[i].sentence,
                    rows[i].sentence);
    assert_int_equal(fclose(file), 0);
}

/* Each coder has a row, so that all of them looked. */
static size_t make_rows(row *rows)
{
    size_t count = CODERS + chance(MOST_ROWS - CODERS);
    for (size_t i = 0; i < count; i++)
        rows[i] = (row){i < CODERS ? i : chance(CODERS), i < CODES ? i % CODES : chance(CODES), chance(SENTENCES)};
    rows[CODERS] = (row){0, CODES - 1, chance(SENTENCES)};
    return count > CODERS ? count : CODERS + 1;
}

static void shuffle(row *rows, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = chance(i);
        row kept = rows[i - 1];
        rows[i - 1] = rows[other];
        rows[other] = kept;
    }
}

static qcode_comparison compared(const char *const *codings, size_t count)
{
    static const char *const texts[] = {paths[0]};
    qcode_error err = {.status = QCODE_OK};
    qcode_comparison result;
    const qcode_compare_job job = {.paths = codings, .path_count = count, .texts = texts, .text_count = 1, .spans = true,
                                   .intervals = {.draw = QCODE_DRAW_UNITS, .seed = 7, .resamples = 20, .threads = 1 + chance(3)}};
    if (!qcode_compare(&job, NULL, &result, NULL, &err))
        fail_msg("%s: %s", err.source, err.message);
    return result;
}

/* Everything that a comparison says; the caller frees it. */
static char *written(const char *const *codings, size_t count)
{
    qcode_error err;
    size_t length;
    qcode_comparison result = compared(codings, count);
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    assert_true(qcode_comparison_write(&result, &(qcode_table_style){.format = QCODE_FORMAT_JSON}, NULL, sink, &err));
    const char *bytes = qcode_sink_bytes(sink, &length);
    char *copy = calloc(length + 1, 1);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    qcode_sink_free(sink);
    qcode_comparison_clear(&result);
    return copy;
}

static void merging_files_in_any_order_and_grouping_changes_nothing(void **state)
{
    (void)state;
    row rows[MOST_ROWS + 1];
    put_talk(SENTENCES);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        state_of_chance = round;
        size_t count = make_rows(rows), cut = chance(count);
        put_rows(1, rows, 0, count, CODERS, "abcd");
        char *whole = written((const char *const[]){paths[1]}, 1);
        shuffle(rows, count);
        put_rows(2, rows, 0, cut, CODERS, "abcd");
        put_rows(3, rows, cut, count, CODERS, "abcd");
        char *parts = written((const char *const[]){paths[2], paths[3]}, 2);
        for (size_t k = 0; k < CODERS; k++)
            put_rows(2 + k, rows, 0, count, k, "abcd");
        char *each = written((const char *const[]){paths[4], paths[2], paths[3]}, 3);
        assert_string_equal(whole, parts);
        assert_string_equal(whole, each);
        free(whole);
        free(parts);
        free(each);
    }
}

static qcode_cell cell_of(const qcode_table *table, size_t at, const char *column)
{
    return qcode_table_cell(table, at, qcode_table_find(table, column));
}

/* Whether two rows say the same in the columns up to `last` but for the first, which has the code. */
static void assert_same_row(const qcode_table *a, size_t i, const qcode_table *b, size_t k, const char *last)
{
    for (size_t column = 1; column <= qcode_table_find(a, last); column++) {
        qcode_cell one = qcode_table_cell(a, i, column), other = qcode_table_cell(b, k, column);
        assert_int_equal(one.missing, other.missing);
        if (one.missing)
            continue;
        qcode_type type = qcode_table_column(a, column)->type;
        if (type == QCODE_TYPE_TEXT)
            assert_string_equal(one.as.text, other.as.text);
        else if (type == QCODE_TYPE_NUMBER)
            assert_true(one.as.number == other.as.number);
        else
            assert_int_equal(one.as.integer, other.as.integer);
    }
}

static void names_of_codes_change_nothing_but_their_order(void **state)
{
    (void)state;
    row rows[MOST_ROWS + 1];
    put_talk(SENTENCES);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        state_of_chance = 1000 + round;
        size_t count = make_rows(rows);
        put_rows(1, rows, 0, count, CODERS, "abcd");
        put_rows(2, rows, 0, count, CODERS, "dcba");
        qcode_comparison one = compared((const char *const[]){paths[1]}, 1), other = compared((const char *const[]){paths[2]}, 1);
        size_t all = qcode_table_row_count(one.codes), each = all / CODES;
        assert_int_equal(all, qcode_table_row_count(other.codes));
        assert_int_equal(all, each * CODES);
        for (size_t i = 0; i < all; i++)
            assert_same_row(one.codes, i, other.codes, (CODES - 1 - i / each) * each + i % each, "note");
        qcode_comparison_clear(&one);
        qcode_comparison_clear(&other);
    }
}

static void a_unit_nobody_coded_adds_to_the_units_that_all_leave_out(void **state)
{
    (void)state;
    static const char *const kept[] = {"by_first", "by_second", "by_both", "interviews", "respondents"};
    row rows[MOST_ROWS + 1];
    for (uint64_t round = 0; round < ROUNDS; round++) {
        state_of_chance = 2000 + round;
        size_t count = make_rows(rows);
        put_rows(1, rows, 0, count, CODERS, "abcd");
        put_talk(SENTENCES);
        qcode_comparison one = compared((const char *const[]){paths[1]}, 1);
        put_talk(SENTENCES + 1);
        qcode_comparison other = compared((const char *const[]){paths[1]}, 1);
        for (size_t i = 0; i < qcode_table_row_count(one.codes); i++) {
            assert_int_equal(cell_of(one.codes, i, "units").as.integer + 1, cell_of(other.codes, i, "units").as.integer);
            for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
                assert_int_equal(cell_of(one.codes, i, kept[k]).missing, cell_of(other.codes, i, kept[k]).missing);
            for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
                if (!cell_of(one.codes, i, kept[k]).missing)
                    assert_int_equal(cell_of(one.codes, i, kept[k]).as.integer, cell_of(other.codes, i, kept[k]).as.integer);
            if (!cell_of(one.codes, i, "positive").missing)
                assert_true(cell_of(one.codes, i, "positive").as.number == cell_of(other.codes, i, "positive").as.number);
        }
        assert_int_equal(qcode_table_row_count(one.decisions), qcode_table_row_count(other.decisions));
        qcode_comparison_clear(&one);
        qcode_comparison_clear(&other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(merging_files_in_any_order_and_grouping_changes_nothing),
        TEST(names_of_codes_change_nothing_but_their_order),
        TEST(a_unit_nobody_coded_adds_to_the_units_that_all_leave_out),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
