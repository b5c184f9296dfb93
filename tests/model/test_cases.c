/* The lines of a cases.csv in memory. */
#include "model/cases.h"
#include "support/test.h"

static const char hash[65] = "ab";

static qcode_cases *must_make(void)
{
    qcode_cases *cases = qc_cases_new("cases.csv", hash, NULL, NULL);
    assert_non_null(cases);
    return cases;
}

static void a_line_names_a_document_by_its_name_or_the_last_part_with_or_without_its_ending(void **state)
{
    (void)state;
    static const struct {
        const char *line, *document;
        bool holds, partly;
    } pairs[] = {
        {"T01.txt", "T01.txt", true, false},
        {"T01", "T01.txt", true, false},
        {"T0", "T01.txt", false, false},
        {"T01.tx", "T01.txt", false, false},
        {"T01.txt", "T01", false, false},
        {"a/T01", "a/T01.txt", true, false},
        {"T01", "a/T01.txt", true, true},
        {"T01.txt", "a/T01.txt", true, true},
        {"a/T01.txt", "T01.txt", false, false},
        {"T01.txt", "a/b/T01.txt", true, true},
        {"b/T01.txt", "a/b/T01.txt", false, false},
        {"a", "a.b/T01", false, false},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        qcode_cases *cases = must_make();
        assert_int_equal(qc_cases_add(cases, &(qc_case){.document = pairs[i].line}), 0);
        qc_case_walk walk = qc_cases_walk(cases, pairs[i].document);
        assert_int_equal(qc_case_walk_next(&walk) != NULL, pairs[i].holds);
        if (pairs[i].holds)
            assert_int_equal(walk.partly, pairs[i].partly);
        assert_null(qc_case_walk_next(&walk));
        qcode_cases_free(cases);
    }
}

static void the_most_exact_line_of_a_document_comes_last(void **state)
{
    (void)state;
    static const char *const documents[] = {"a/T01.txt", "T01.txt", "a/T01", "T02", "T01"};
    static const char *const speakers[] = {"P1", "P2"};
    static const size_t order[] = {8, 9, 2, 3, 4, 5, 0, 1}; /* T01, T01.txt, a/T01, a/T01.txt */
    qcode_cases *cases = must_make();
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(qc_cases_add(cases, &(qc_case){.document = documents[i / 2], .speaker = speakers[i % 2]}), i);
    qc_case_walk walk = qc_cases_walk(cases, "a/T01.txt");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        assert_int_equal(qc_case_walk_next(&walk)->index, order[i]);
    assert_null(qc_case_walk_next(&walk));
    qcode_cases_free(cases);
}

static void a_second_line_for_a_document_and_speaker_is_not_added(void **state)
{
    (void)state;
    qcode_cases *cases = must_make();
    assert_int_equal(qc_cases_add(cases, &(qc_case){.document = "a", .speaker = "Ms  \xC3\x89lan"}), 0);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.document = "b", .speaker = "ms \xC3\xA9lan"}), 1);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.speaker = "ms \xC3\xA9lan"}), 2);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.document = "a"}), 3);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.document = "a", .speaker = "MS \xC3\xA9LAN"}), 0);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.document = "a"}), 3);
    assert_int_equal(qc_cases_count(cases), 4);
    assert_int_equal(qc_cases_everywhere(cases, qc_cases_label(cases, qc_cases_at(cases, 0)))->index, 2);
    qcode_cases_free(cases);
}

static bool fill(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_attribute attributes[] = {{"group", "Police"}, {"years", "23"}};
    qcode_cases *cases = qc_cases_new("cases.csv", hash, memory, err);
    bool done = cases != NULL;
    for (size_t i = 0; done && i < 20; i++) {
        const char speaker[] = {(char)('a' + i / 2), '\0'};
        const qc_case line = {.document = i % 2 ? "T01.txt" : NULL,
                              .speaker = speaker,
                              .case_name = "P07",
                              .attributes = attributes,
                              .attribute_count = 2};
        done = qc_cases_add(cases, &line) == i;
    }
    if (done) {
        assert_int_equal(qc_cases_count(cases), 20);
        assert_string_equal(qc_cases_at(cases, 19)->attributes[1].value, "23");
        assert_string_equal(qc_cases_at(cases, 19)->speaker, "j");
        assert_string_equal(qc_cases_hash(cases), "ab");
    }
    qcode_cases_free(cases);
    if (!done)
        err->status = QCODE_NO_MEMORY;
    return done;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    refuse_each_allocation(fill, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_names_a_document_by_its_name_or_the_last_part_with_or_without_its_ending),
        TEST(the_most_exact_line_of_a_document_comes_last),
        TEST(a_second_line_for_a_document_and_speaker_is_not_added),
        TEST(a_refused_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
