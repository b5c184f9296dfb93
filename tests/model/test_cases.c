/* The lines of a cases.csv in memory. */
#include "model/cases.h"
#include "support/test.h"

static void a_line_names_a_document_with_or_without_its_extension(void **state)
{
    (void)state;
    static const struct {
        const char *line, *document;
        bool holds;
    } pairs[] = {
        {"T01.txt", "T01.txt", true}, {"T01", "T01.txt", true}, {"T0", "T01.txt", false}, {"T01.tx", "T01.txt", false},
        {"T01.txt", "T01", false},    {NULL, "T01.txt", true},  {"", ".txt", false},      {"a/T01", "a/T01.txt", true},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_int_equal(qc_case_holds(&(qc_case){.document = pairs[i].line}, pairs[i].document), pairs[i].holds);
}

static bool fill(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_attribute attributes[] = {{"group", "Police"}, {"years", "23"}};
    const qc_case line = {
        .document = "T01.txt", .case_name = "P07", .attributes = attributes, .attribute_count = 2, .line = 2};
    qcode_cases *cases = qc_cases_new(memory, err);
    bool done = cases != NULL;
    for (int i = 0; done && i < 20; i++)
        done = qc_cases_add(cases, &line);
    if (done) {
        assert_int_equal(qc_cases_count(cases), 20);
        assert_string_equal(qc_cases_at(cases, 19)->attributes[1].value, "23");
        assert_null(qc_cases_at(cases, 19)->speaker);
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
        TEST(a_line_names_a_document_with_or_without_its_extension),
        TEST(a_refused_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
