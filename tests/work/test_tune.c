/* Numbers of a codebook, fitted to interviews that people have coded. */
#include "support/test.h"

#include <qcode.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Own words of one term score 0.6, lighter ones 0.4: the right threshold lies between. */
static const char book_text[] = "# made by hand\n"
                                "evidence: {own: 0.8, backward: 0, turn_mean: 0, gain: 0}  # numbers\n"
                                "codes:\n"
                                "  - id: trust\n"
                                "    threshold: 0.8 # too high\n"
                                "    rules:\n"
                                "      - {terms: [trust*], weight: 1}\n"
                                "      - {terms: [belief*], weight: 0.5}\n"
                                "    examples: {match: We trust., no_match: We believe.}\n";

static const char talk_text[] = "INT: How was it?\n"
                                "P1: We trusted them. It rained on Monday. They have beliefs. The car was red. I trust her.\n";

#define GOLD_HEAD "document,text,code,coder\n"
#define GOLD_ROWS "%s,We trusted them.,trust,A\n%s,I trust her.,trust,A\n"

enum { MOST = 4 };

typedef struct scene {
    char folder[64], paths[MOST][80], gold[80];
    const char *talks[MOST], *against[1];
    qcode_codebook *book;
    qcode_tune_job job;
} scene;

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void begin(scene *s, size_t talks)
{
    char rows[1024] = GOLD_HEAD;
    *s = (scene){.book = NULL};
    snprintf(s->folder, sizeof s->folder, "/tmp/qcode-tune-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    for (size_t i = 0; i < talks; i++) {
        char name[16];
        snprintf(name, sizeof name, "T%zu.txt", i);
        snprintf(s->paths[i], sizeof s->paths[i], "%s/%s", s->folder, name);
        write_file(s->paths[i], talk_text);
        s->talks[i] = s->paths[i];
        size_t used = strlen(rows);
        snprintf(rows + used, sizeof rows - used, GOLD_ROWS, name, name);
    }
    snprintf(s->gold, sizeof s->gold, "%s/gold.csv", s->folder);
    write_file(s->gold, rows);
    s->against[0] = s->gold;
    s->book = qcode_codebook_parse(book_text, strlen(book_text), "book.yaml", NULL, NULL, NULL);
    assert_non_null(s->book);
    s->job = (qcode_tune_job){.inputs = {.paths = s->talks, .path_count = talks, .threads = 1},
                              .codebook = s->book, .against = s->against, .against_count = 1};
}

static void end(scene *s)
{
    for (size_t i = 0; i < s->job.inputs.path_count; i++)
        unlink(s->paths[i]);
    unlink(s->gold);
    assert_int_equal(rmdir(s->folder), 0);
    qcode_codebook_free(s->book);
}

static void the_right_threshold_is_found_and_every_other_byte_stays(void **state)
{
    (void)state;
    scene s;
    qcode_tuned tuned;
    const char *only[] = {"threshold"};
    begin(&s, 1);
    s.job.only = only;
    s.job.only_count = 1;
    assert_true(qcode_tune(&s.job, NULL, &tuned, NULL, NULL));
    assert_true(fabs(tuned.before) < 1e-9);
    assert_true(fabs(tuned.after - 1) < 1e-9);
    assert_int_equal(qcode_table_row_count(tuned.numbers), 1);
    double found = qcode_table_cell(tuned.numbers, 0, qcode_table_find(tuned.numbers, "after")).as.number;
    assert_true(found > 0.4 && found <= 0.6);
    char number[16], wanted[sizeof book_text + 16];
    snprintf(number, sizeof number, "%g", found);
    const char *place = strstr(book_text, "0.8 ");
    snprintf(wanted, sizeof wanted, "%.*s%s%s", (int)(place - book_text), book_text, number, place + 3);
    assert_int_equal(tuned.length, strlen(wanted));
    assert_memory_equal(tuned.book, wanted, tuned.length);
    qcode_tuned_clear(&tuned);
    end(&s);
}

static void a_number_that_is_not_there_is_added_under_evidence(void **state)
{
    (void)state;
    scene s;
    qcode_tuned tuned;
    const char *only[] = {"cap"};
    begin(&s, 1);
    s.job.only = only;
    s.job.only_count = 1;
    assert_true(qcode_tune(&s.job, NULL, &tuned, NULL, NULL));
    assert_true(fabs(tuned.after - 1) < 1e-9);
    assert_non_null(strstr(tuned.book, "evidence: {cap: "));
    qcode_codebook *again = qcode_codebook_parse(tuned.book, tuned.length, "again.yaml", NULL, NULL, NULL);
    assert_non_null(again);
    qcode_codebook_free(again);
    qcode_tuned_clear(&tuned);
    end(&s);
}

static void the_same_seed_gives_the_same_bytes_with_any_number_of_threads(void **state)
{
    (void)state;
    scene s;
    qcode_tuned one, four;
    begin(&s, 4);
    s.job.cross = true;
    s.job.seed = 7;
    assert_true(qcode_tune(&s.job, NULL, &one, NULL, NULL));
    s.job.inputs.threads = 4;
    assert_true(qcode_tune(&s.job, NULL, &four, NULL, NULL));
    assert_int_equal(one.length, four.length);
    assert_memory_equal(one.book, four.book, one.length);
    assert_true(one.left_out >= four.left_out && one.left_out <= four.left_out);
    assert_true(fabs(one.left_out - 1) < 1e-9); /* the interviews are alike */
    assert_int_equal(qcode_table_row_count(one.interviews), 4);
    qcode_tuned_clear(&one);
    qcode_tuned_clear(&four);
    end(&s);
}

static void expect_refusal(scene *s, qcode_status status, const char *message)
{
    qcode_tuned tuned;
    qcode_error err;
    assert_false(qcode_tune(&s->job, NULL, &tuned, NULL, &err));
    assert_int_equal(err.status, status);
    assert_string_equal(err.message, message);
}

static void fewer_than_three_interviews_are_not_crossed(void **state)
{
    (void)state;
    scene s;
    begin(&s, 2);
    s.job.cross = true;
    expect_refusal(&s, QCODE_USAGE, "leaving one interview out asks for at least 3, and there are 2");
    end(&s);
}

static void what_cannot_be_fitted_is_refused(void **state)
{
    (void)state;
    scene s;
    const char *only[] = {"threshhold"};
    begin(&s, 1);
    s.job.only = only;
    s.job.only_count = 1;
    expect_refusal(&s, QCODE_USAGE, "the codebook has no number \"threshhold\" to fit: \"threshold\" and \"weight\" are those "
                                    "of all codes and rules");
    write_file(s.gold, GOLD_HEAD "T0.txt,We trusted them.,doubt,A\n");
    expect_refusal(&s, QCODE_INVALID, "nothing to fit to: no unit of these transcripts has a code of the codebook");
    qcode_codebook *classical = qcode_codebook_parse("codes: [{id: a, terms: [b]}]", 28, "c.yaml", NULL, NULL, NULL);
    s.job.codebook = classical;
    expect_refusal(&s, QCODE_USAGE, "a codebook without \"evidence\" has no numbers to fit");
    qcode_codebook_free(classical);
    end(&s);
}

static bool tune_with(const qcode_memory *memory, void *user, qcode_error *err)
{
    const scene *s = user;
    qcode_tuned tuned;
    bool done = qcode_tune(&s->job, memory, &tuned, NULL, err);
    if (done)
        qcode_tuned_clear(&tuned);
    return done;
}

static void running_out_of_memory_is_clean(void **state)
{
    (void)state;
    scene s;
    begin(&s, 3);
    s.job.cross = true;
    s.job.steps = 2;
    refuse_each_allocation(tune_with, &s);
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_right_threshold_is_found_and_every_other_byte_stays),
        TEST(a_number_that_is_not_there_is_added_under_evidence),
        TEST(the_same_seed_gives_the_same_bytes_with_any_number_of_threads),
        TEST(fewer_than_three_interviews_are_not_crossed),
        TEST(what_cannot_be_fitted_is_refused),
        TEST(running_out_of_memory_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
