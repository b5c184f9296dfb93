/* Coders compared by a plain table of ratings. */
#include "support/test.h"
#include <qcode/compare.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A table in a file of its own. */
static char path[] = "/tmp/ratings-XXXXXX";

static int make_file(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static void put_table(const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static qcode_ratings_job job_of(qcode_level level)
{
    return (qcode_ratings_job){.path = path, .level = level, .intervals = {.seed = 1, .resamples = 100, .threads = 1}};
}

/* What is written of a table of ratings. The caller frees it. */
static char *written(const char *table, const qcode_ratings_job *job, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_comparison result;
    size_t length;
    put_table(table);
    if (!qcode_compare_ratings(job, NULL, &result, NULL, &err))
        fail_msg("%s", err.message);
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    assert_true(qcode_comparison_write(&result, &(qcode_table_style){.format = format}, NULL, sink, &err));
    const char *bytes = qcode_sink_bytes(sink, &length);
    char *copy = malloc(length + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    qcode_sink_free(sink);
    qcode_comparison_clear(&result);
    return copy;
}

static qcode_cell cell_of(const qcode_table *figures, const char *coefficient, const char *column)
{
    size_t name = qcode_table_find(figures, "coefficient"), at = qcode_table_find(figures, column);
    for (size_t i = 0; i < qcode_table_row_count(figures); i++)
        if (strcmp(qcode_table_cell(figures, i, name).as.text, coefficient) == 0)
            return qcode_table_cell(figures, i, at);
    fail_msg("no row for %s", coefficient);
    return (qcode_cell){.missing = true};
}

/* 50 units: both 20, only A 5, only B 10, nobody 15: kappa is 0.4, and at most 0.8 with these margins. */
static void kappa_agrees_with_a_table_worked_by_hand(void **state)
{
    (void)state;
    static char table[4096];
    size_t used = (size_t)sprintf(table, "unit,A,B\n");
    for (int i = 0; i < 50; i++)
        used += (size_t)sprintf(table + used, "%d,%s,%s\n", i, i < 25 ? "yes" : "no",
                                i < 20 || i >= 40 ? "yes" : "no");
    put_table(table);
    qcode_error err;
    qcode_comparison result;
    const qcode_ratings_job job = job_of(QCODE_NOMINAL);
    assert_true(qcode_compare_ratings(&job, NULL, &result, NULL, &err));
    assert_float_equal(cell_of(result.figures, "cohen_kappa", "value").as.number, 0.4, 1e-12);
    assert_float_equal(cell_of(result.figures, "cohen_kappa_max", "value").as.number, 0.8, 1e-12);
    assert_float_equal(cell_of(result.figures, "percent_agreement", "value").as.number, 0.7, 1e-12);
    double low = cell_of(result.figures, "cohen_kappa", "low").as.number;
    double high = cell_of(result.figures, "cohen_kappa", "high").as.number;
    assert_true(low > 0 && low < 0.4 && high > 0.4 && high < 0.75);
    qcode_comparison_clear(&result);
}

static void agreement_without_variation_is_undefined_and_says_why(void **state)
{
    (void)state;
    put_table("unit,A,B\n1,yes,yes\n2,yes,yes\n");
    qcode_error err;
    qcode_comparison result;
    const qcode_ratings_job job = job_of(QCODE_NOMINAL);
    assert_true(qcode_compare_ratings(&job, NULL, &result, NULL, &err));
    assert_true(cell_of(result.figures, "krippendorff_alpha", "value").missing);
    assert_string_equal(cell_of(result.figures, "krippendorff_alpha", "undefined").as.text, "there is no variation");
    assert_float_equal(cell_of(result.figures, "percent_agreement", "value").as.number, 1, 0);
    qcode_comparison_clear(&result);
}

static void the_order_of_rows_and_columns_changes_nothing(void **state)
{
    (void)state;
    static const char *const tables[] = {
        "unit,A,B,C\n1,x,x,y\n2,y,y,\n3,z,x,z\n4,x,x,x\n5,y,z,y\n",
        "unit,C,A,B\n5,y,y,z\n3,z,z,x\n1,y,x,x\n2,,y,y\n4,x,x,x\n",
    };
    static const char *const clustered[] = {
        "unit,document,A,B\n1,d,1,2\n2,d,3,3\n3,c,2,2\n4,c,1,1\n",
        "unit,A,B,document\n3,2.0,2,c\n4,1,1,c\n2,3,3,d\n1,1,2,d\n",
    };
    for (int level = QCODE_NOMINAL; level <= QCODE_GIVEN_DISTANCE; level++) {
        bool numbers = level != QCODE_NOMINAL && level != QCODE_GIVEN_DISTANCE;
        const char *const *pair = numbers ? clustered : tables;
        qcode_ratings_job job = job_of((qcode_level)level);
        job.intervals.draw = QCODE_DRAW_UNITS;
        char *one = written(pair[0], &job, QCODE_FORMAT_JSON), *two = written(pair[1], &job, QCODE_FORMAT_JSON);
        assert_string_equal(one, two);
        free(one);
        free(two);
    }
}

static void threads_change_nothing(void **state)
{
    (void)state;
    static const char table[] = "unit,A,B\n1,x,x\n2,y,y\n3,x,y\n4,x,x\n5,y,x\n";
    qcode_ratings_job job = job_of(QCODE_NOMINAL);
    job.intervals.resamples = 1234;
    char *one = written(table, &job, QCODE_FORMAT_JSON);
    job.intervals.threads = 5;
    char *five = written(table, &job, QCODE_FORMAT_JSON);
    assert_string_equal(one, five);
    job.intervals.seed = 2;
    char *other = written(table, &job, QCODE_FORMAT_JSON);
    assert_string_not_equal(one, other);
    free(one);
    free(five);
    free(other);
}

static void a_unit_nobody_rated_changes_no_figure(void **state)
{
    (void)state;
    const qcode_ratings_job job = job_of(QCODE_NOMINAL);
    char *without = written("unit,A,B\n1,x,x\n2,y,y\n3,x,y\n", &job, QCODE_FORMAT_CSV);
    char *with = written("unit,A,B\n1,x,x\n0, ,\n2,y,y\n3,x,y\n", &job, QCODE_FORMAT_CSV);
    assert_string_equal(without, with);
    free(without);
    free(with);
}

static void the_categories_of_an_ordinal_level_can_be_named_in_their_order(void **state)
{
    (void)state;
    qcode_ratings_job job = job_of(QCODE_ORDINAL);
    char *numbers = written("unit,A,B\n1,1,2\n2,2,2\n3,3,1\n4,1,1\n", &job, QCODE_FORMAT_CSV);
    job.order = "low, mid,high";
    char *words = written("unit,A,B\n1,low,mid\n2,mid,mid\n3,high,low\n4,low,low\n", &job, QCODE_FORMAT_CSV);
    const char *one = strstr(numbers, "cohen_kappa,linear"), *two = strstr(words, "cohen_kappa,linear");
    assert_non_null(one);
    assert_non_null(two);
    assert_memory_equal(one, two, strcspn(one, "\n"));
    free(numbers);
    free(words);
}

static void an_empty_set_is_a_rating_and_an_empty_cell_is_none(void **state)
{
    (void)state;
    put_table("unit,A,B\n1,a|b,b|a\n2,|,|\n3,a,a|b\n4,a,\n");
    qcode_error err;
    qcode_comparison result;
    const qcode_ratings_job job = job_of(QCODE_GIVEN_DISTANCE);
    assert_true(qcode_compare_ratings(&job, NULL, &result, NULL, &err));
    assert_int_equal(cell_of(result.figures, "cohen_kappa", "units").as.integer, 3);
    assert_float_equal(cell_of(result.figures, "percent_agreement", "value").as.number, 2.0 / 3, 1e-12);
    qcode_comparison_clear(&result);
}

static void a_mistake_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *table;
        qcode_level level;
        size_t line, column;
    } wrong[] = {
        {"unit,A\n1,x\n", QCODE_NOMINAL, 1, 0},
        {"unit,A,A\n1,x,y\n", QCODE_NOMINAL, 1, 8},
        {"unit,A,\n1,x,y\n", QCODE_NOMINAL, 1, 8},
        {"unit,A,B\n1,x,y\n1,x,y\n", QCODE_NOMINAL, 3, 1},
        {"unit,A,B\n,x,y\n", QCODE_NOMINAL, 2, 1},
        {"unit,A,B\n1,x\n", QCODE_NOMINAL, 2, 0},
        {"unit,A,B\n1,2,high\n", QCODE_ORDINAL, 2, 5},
        {"unit,A,B\n1,2,1e3\n", QCODE_INTERVAL, 2, 5},
        {"unit,A,B\n1,2,-1\n", QCODE_RATIO, 2, 5},
        {"unit,A,B,interview\n1,2,1,\n", QCODE_NOMINAL, 2, 7},
        {"unit,A,B\n", QCODE_NOMINAL, 0, 0},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        qcode_error err = {.status = QCODE_OK};
        qcode_comparison result;
        const qcode_ratings_job job = job_of(wrong[i].level);
        put_table(wrong[i].table);
        assert_false(qcode_compare_ratings(&job, NULL, &result, NULL, &err));
        assert_null(result.figures);
        assert_int_equal(err.status, QCODE_INVALID);
        assert_int_equal(err.line, wrong[i].line);
        assert_int_equal(err.column, wrong[i].column);
    }
}

static bool compare_and_write(const qcode_memory *memory, void *user, qcode_error *err)
{
    const qcode_ratings_job job = job_of(*(const qcode_level *)user);
    qcode_comparison result = {.about = NULL};
    qcode_notes *notes = qcode_notes_new(memory);
    err->status = QCODE_NO_MEMORY;
    qcode_sink *sink = notes ? qcode_sink_memory(memory, err) : NULL;
    bool done = sink && qcode_compare_ratings(&job, memory, &result, notes, err) &&
                qcode_comparison_write(&result, &(qcode_table_style){.format = QCODE_FORMAT_TEXT}, memory, sink, err) &&
                qcode_comparison_write(&result, &(qcode_table_style){.format = QCODE_FORMAT_JSON}, memory, sink, err) &&
                qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    qcode_comparison_clear(&result);
    qcode_notes_free(notes);
    return done;
}

static void comparing_fails_cleanly_without_memory(void **state)
{
    (void)state;
    qcode_level level = QCODE_GIVEN_DISTANCE;
    put_table("unit,A,B,interview\n1,a|b,b,i\n2,|,a,j\n");
    refuse_each_allocation(compare_and_write, &level);
    level = QCODE_NOMINAL;
    refuse_each_allocation(compare_and_write, &level);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(kappa_agrees_with_a_table_worked_by_hand),
        TEST(agreement_without_variation_is_undefined_and_says_why),
        TEST(the_order_of_rows_and_columns_changes_nothing),
        TEST(threads_change_nothing),
        TEST(a_unit_nobody_rated_changes_no_figure),
        TEST(the_categories_of_an_ordinal_level_can_be_named_in_their_order),
        TEST(an_empty_set_is_a_rating_and_an_empty_cell_is_none),
        TEST(a_mistake_is_refused_at_its_place),
        TEST(comparing_fails_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
