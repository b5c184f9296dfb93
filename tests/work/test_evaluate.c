/* An evaluation fails cleanly, and its figures are those worked by hand. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char book_text[] = "codes:\n"
                                "  - id: lead\n    rules:\n      - terms: [led]\n      - terms: [boss]\n"
                                "    examples:\n      match: [\"She led.\"]\n"
                                "  - id: meet\n    terms: [met]\n";
static const char other_text[] = "codes:\n  - id: lead\n    terms: [led]\n  - id: meet\n    terms: [met]\n";

/* Four sentences: both code the first, the rules alone the second, the coder alone the third, nobody the last. */
static const char talk_text[] = "INT: Who?\nP1: She led it. The boss came. It was hers. Fine.\n";
typedef struct scene {
    char talk[64], against[64];
    const char *paths[1], *list[1];
    qcode_codebook *book, *other;
} scene;

static void put_file(char path[64], const char *name, const char *text)
{
    snprintf(path, 64, "/tmp/qcode-%ld-%s", (long)getpid(), name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void open_scene(scene *s)
{
    put_file(s->talk, "t.txt", talk_text);
    char text[256]; /* the document is named by where it is */
    snprintf(text, sizeof text, "document,code,coder,text\n%s,lead,ann,She led it.\n%s,lead,ann,It was hers.\n", s->talk,
             s->talk);
    put_file(s->against, "ann.csv", text);
    s->paths[0] = s->talk;
    s->list[0] = s->against;
    s->book = qcode_codebook_parse(book_text, strlen(book_text), "book", NULL, NULL, NULL);
    s->other = qcode_codebook_parse(other_text, strlen(other_text), "other", NULL, NULL, NULL);
    assert_non_null(s->book);
    assert_non_null(s->other);
}

static void close_scene(scene *s)
{
    unlink(s->talk);
    unlink(s->against);
    qcode_codebook_free(s->book);
    qcode_codebook_free(s->other);
}

static qcode_evaluate_job job_of(const scene *s)
{
    return (qcode_evaluate_job){.inputs = {.paths = s->paths, .path_count = 1, .threads = 1},
                                .codebook = s->book,
                                .against = s->list,
                                .against_count = 1,
                                .unit = "sentence",
                                .touch = "any",
                                .rules = true,
                                .most = 5};
}

static double number(const qcode_table *table, size_t row, const char *column)
{
    qcode_cell cell = qcode_table_cell(table, row, qcode_table_find(table, column));
    assert_false(cell.missing);
    return cell.as.number;
}

static void figures_are_those_worked_by_hand(void **state)
{
    (void)state;
    scene s;
    qcode_evaluation found;
    open_scene(&s);
    const qcode_evaluate_job job = job_of(&s);
    assert_true(qcode_evaluate(&job, NULL, &found, NULL, NULL));
    assert_int_equal(found.units, 4);
    assert_float_equal(number(found.codes, 0, "precision"), 0.5, 1e-9);
    assert_float_equal(number(found.codes, 0, "recall"), 0.5, 1e-9);
    assert_float_equal(number(found.codes, 0, "kappa"), 0, 1e-9); /* 1, 1, 1 and 1 */
    assert_int_equal(qcode_table_row_count(found.disagreements), 2);
    assert_float_equal(number(found.rules, 0, "adds"), 0.5, 1e-9);        /* without it nothing is right */
    assert_true(number(found.rules, 1, "adds") < -0.16); /* better without: 2/3 */
    qcode_evaluation_clear(&found);
    close_scene(&s);
}

static bool evaluate_again(const qcode_memory *memory, void *user, qcode_error *err)
{
    const scene *s = user;
    qcode_evaluation found;
    const qcode_evaluate_job job = job_of(s);
    bool done = qcode_evaluate(&job, memory, &found, NULL, err);
    qcode_evaluation_clear(&found);
    return done;
}

static void evaluating_fails_cleanly(void **state)
{
    (void)state;
    scene s;
    open_scene(&s);
    refuse_each_allocation(evaluate_again, &s);
    close_scene(&s);
}

static bool diff_again(const qcode_memory *memory, void *user, qcode_error *err)
{
    const scene *s = user;
    const qcode_inputs inputs = {.paths = s->paths, .path_count = 1, .threads = 1};
    qcode_difference found;
    bool done = qcode_diff(&inputs, s->book, s->other, NULL, memory, &found, NULL, err);
    if (done) {
        assert_int_equal(found.gone, 1); /* the boss */
        assert_int_equal(found.added, 0);
        assert_int_equal(found.same, 1);
    }
    qcode_difference_clear(&found);
    return done;
}

static void two_codebooks_are_compared_or_it_fails_cleanly(void **state)
{
    (void)state;
    scene s;
    open_scene(&s);
    refuse_each_allocation(diff_again, &s);
    close_scene(&s);
}

static bool suggest_again(const qcode_memory *memory, void *user, qcode_error *err)
{
    const scene *s = user;
    const qcode_suggest_job job = {.inputs = {.paths = s->paths, .path_count = 1, .threads = 1},
                                   .codebook = s->other,
                                   .against = s->list,
                                   .against_count = 1,
                                   .most = 5};
    size_t refused;
    qcode_table *table = qcode_suggest(&job, memory, &refused, NULL, err);
    qcode_table_free(table);
    return table != NULL;
}

static void suggesting_fails_cleanly(void **state)
{
    (void)state;
    scene s;
    open_scene(&s);
    refuse_each_allocation(suggest_again, &s);
    close_scene(&s);
}

/* 10 of 100 against 2 of 900, by the formula: 2 * (10 ln(10 / 1.2) + 2 ln(2 / 10.8)). */
static void keyness_is_that_worked_by_hand(void **state)
{
    (void)state;
    assert_true(qcode_keyness(10, 100, 2, 900).value > 35.6595);
    assert_true(qcode_keyness(10, 100, 2, 900).value < 35.6597);
    assert_true(qcode_keyness(2, 900, 10, 100).value < -35.6595);
    assert_false(qcode_keyness(0, 100, 0, 900).defined);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(figures_are_those_worked_by_hand), TEST(evaluating_fails_cleanly),
                                       TEST(two_codebooks_are_compared_or_it_fails_cleanly),
                                       TEST(suggesting_fails_cleanly), TEST(keyness_is_that_worked_by_hand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
