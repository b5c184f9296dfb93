/* A review's decisions are counted, and every failure is clean. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>

#include <string.h>

static const char table_text[] = "study,search source,duplicate of,stage,decision,reason,reviewer,level\n"
                                 "A,Scopus,,screening,include,,Anna,\n"
                                 "A,,,screening,include,,Ben,\n"
                                 "A,,,eligibility,include,,Anna,3\n"
                                 "B,Scopus,,screening,exclude,no outcome,Anna,\n"
                                 "B,,,screening,include,,Ben,\n"
                                 "C,hand search,A,,,,,\n"
                                 "D,hand search,,screening,exclude,,Anna,\n"
                                 "D,,,eligibility,exclude,no outcome,Anna,\n"
                                 "E,,,,,,,\n";

/* The number in the row of a stage with this `what` and no detail. */
static int64_t studies(const qcode_table *table, const char *stage, const char *what)
{
    for (size_t row = 0; row < qcode_table_row_count(table); row++)
        if (strcmp(qcode_table_cell(table, row, 0).as.text, stage) == 0 &&
            strcmp(qcode_table_cell(table, row, 1).as.text, what) == 0 && qcode_table_cell(table, row, 2).missing)
            return qcode_table_cell(table, row, 3).as.integer;
    return -1;
}

static qcode_screening *parse(const char *text, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    return qcode_screening_parse(text, strlen(text), "screening.csv", memory, notes, err);
}

static void what_enters_a_stage_leaves_it_excluded_included_or_undecided(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_screening *screening = parse(table_text, NULL, notes, &err);
    assert_non_null(screening);
    qcode_table *table = qcode_screening_flow(screening, NULL, notes, &err);
    assert_non_null(table);
    assert_int_equal(studies(table, "identification", "identified"), 5);
    assert_int_equal(studies(table, "identification", "duplicates removed"), 1);
    assert_int_equal(studies(table, "identification", "waiting for the next stage"), 1);
    assert_int_equal(studies(table, "screening", "screened"), 3);
    assert_int_equal(studies(table, "screening", "excluded"), 1);
    assert_int_equal(studies(table, "screening", "undecided"), 1);
    assert_int_equal(studies(table, "screening", "waiting for the next stage"), 0);
    assert_int_equal(studies(table, "screening", "of these with different decisions"), 1);
    assert_int_equal(studies(table, "retrieval", "sought"), -1);
    assert_int_equal(studies(table, "included", "included"), 1);
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_WARNING), 1); /* D came back */
    qcode_table_free(table);
    qcode_screening_free(screening);
    qcode_notes_free(notes);
}

/* A mistake and its place. */
static const struct {
    const char *text;
    size_t line, column;
} mistakes[] = {
    {"study,stage,decision\n,,\n", 2, 0},
    {"study,place\n", 1, 7},
    {"study,Study\n", 1, 7},
    {"stage\n", 1, 0},
    {"study,stage\nA,somewhere\n", 2, 3},
    {"study,stage,decision\nA,screening,perhaps\n", 2, 13},
    {"study,stage,decision\nA,,include\n", 2, 4},
    {"study,date\nA,2020-13-01\n", 2, 3},
    {"study,search source\nA,Scopus\nA,PubMed\n", 3, 3},
    {"study,duplicate_of\nA,B\n", 2, 3},
    {"study,duplicate_of\nA,A\n", 2, 3},
    {"study,stage,decision,level\nA,screening,include,3\n", 2, 21},
    {"study,stage,decision,reviewer\nA,screening,include,differ\n", 2, 21},
    {"study,stage\nA\n", 2, 0},
};

static void mistakes_are_refused_at_their_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        qcode_error err = {.status = QCODE_OK};
        assert_null(parse(mistakes[i].text, NULL, NULL, &err));
        assert_int_equal(err.status, QCODE_INVALID);
        assert_int_equal(err.line, mistakes[i].line);
        assert_int_equal(err.column, mistakes[i].column);
    }
}

static bool count_all(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_screening *screening = parse(table_text, memory, NULL, err);
    qcode_table *flow = screening ? qcode_screening_flow(screening, memory, NULL, err) : NULL;
    qcode_table *reviewers = flow ? qcode_screening_reviewers(screening, memory, err) : NULL;
    qcode_table *agreement = reviewers ? qcode_screening_agreement(screening, memory, err) : NULL;
    bool done = agreement != NULL;
    qcode_table_free(agreement);
    qcode_table_free(reviewers);
    qcode_table_free(flow);
    qcode_screening_free(screening);
    return done;
}

static bool is_near(double a, double b)
{
    return a - b < 1e-9 && b - a < 1e-9;
}

/* 10 studies: both include 4, Anna alone 1, Ben alone 2, nobody 3; 0.7 agree, 0.5 by chance. */
static void the_kappa_of_reviewers_is_that_worked_by_hand(void **state)
{
    (void)state;
    static const char decisions[][2] = {"ii", "ii", "ii", "ii", "ie", "ei", "ei", "ee", "ee", "ee"};
    char text[2048] = "study,stage,decision,reviewer\n";
    for (size_t i = 0; i < 10; i++)
        for (size_t k = 0; k < 2; k++)
            snprintf(text + strlen(text), sizeof text - strlen(text), "s%zu,screening,%s,%s\n", i,
                     decisions[i][k] == 'i' ? "include" : "exclude", k ? "Ben" : "Anna");
    strcat(text, "s4,screening,include,consensus\n");
    qcode_screening *screening = parse(text, NULL, NULL, NULL);
    qcode_table *table = qcode_screening_agreement(screening, NULL, NULL);
    assert_int_equal(qcode_table_row_count(table), 1);
    assert_int_equal(qcode_table_cell(table, 0, qcode_table_find(table, "studies")).as.integer, 10);
    assert_int_equal(qcode_table_cell(table, 0, qcode_table_find(table, "only_one_includes")).as.integer, 1);
    assert_int_equal(qcode_table_cell(table, 0, qcode_table_find(table, "only_other_includes")).as.integer, 2);
    assert_true(is_near(qcode_table_cell(table, 0, qcode_table_find(table, "kappa")).as.number, 0.4));
    double low = qcode_table_cell(table, 0, qcode_table_find(table, "low")).as.number;
    double high = qcode_table_cell(table, 0, qcode_table_find(table, "high")).as.number;
    assert_true(is_near(low + high, 0.8));
    assert_true(low < 0.4);
    qcode_table_free(table);
    qcode_screening_free(screening);
}

static void every_failure_is_clean(void **state)
{
    (void)state;
    refuse_each_allocation(count_all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_enters_a_stage_leaves_it_excluded_included_or_undecided),
        TEST(mistakes_are_refused_at_their_places),
        TEST(the_kappa_of_reviewers_is_that_worked_by_hand),
        TEST(every_failure_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
