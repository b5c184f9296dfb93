/* Codings under different versions of a codebook are not mixed in silence. */
#include "support/test.h"
#include "model/meaning.h"
#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BOOK(version, trust, faith)                                                                                     \
    "version: " version "\ncodes:\n  - id: trust\n    terms: [trust*]\n" trust "  - id: faith\n    terms: [faith]\n" faith

static const char book[] = BOOK("1.0.0", "    definition: Trusts.\n", "");

static qcode_codebook *parse(const char *text)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *made = qcode_codebook_parse(text, strlen(text), "book", NULL, NULL, &err);
    if (!made)
        fail_msg("%s", err.message);
    return made;
}

static void each_part_of_the_meaning_counts_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned parts;
    } books[] = {
        {BOOK("1.0.1", "    definition: Trusts. # as ever\n    note: new\n    name: Trust\n", ""), 0},
        {BOOK("1.0.0", "    definition: Trusts.\n    examples: {match: trust}\n", "    definition: Believes.\n"), 0},
        {BOOK("1.0.0", "    definition: Relies.\n", ""), QC_MEANS_DEFINITION},
        {BOOK("1.0.0", "    definition: Trusts.\n    include: hope\n", ""), QC_MEANS_INCLUDE},
        {BOOK("1.0.0", "    definition: Trusts.\n    exclude: hope\n", ""), QC_MEANS_EXCLUDE},
        {BOOK("1.0.0", "    definition: Trusts.\n    unless: [trustee]\n", ""), QC_MEANS_RULES},
        {BOOK("1.0.0", "    definition: Trusts.\n    regex: hope\n", ""), QC_MEANS_RULES},
        {BOOK("1.0.0", "    definition: Trusts.\n    unit: turn\n", ""), QC_MEANS_RULES},
        {BOOK("1.0.0", "    definition: Trusts.\n    scope: all\n", ""), QC_MEANS_RULES},
        {BOOK("1.0.0", "    definition: Trusts.\n    case: exact\n", ""), QC_MEANS_RULES},
        {BOOK("1.0.0", "    definition: Trusts.\n    retired: yes\n", ""), QC_MEANS_RULES},
        {BOOK("1.0.0", "    definition: Trusts.\n    where: {role: respondent}\n", ""), QC_MEANS_RULES},
        {BOOK("1.0.0", "    definition: Trusts.\n    after: faith\n", ""), QC_MEANS_RULES},
        {BOOK("1.0.0\nlanguage: cy", "    definition: Trusts.\n", ""), QC_MEANS_RULES},
        {"codes:\n  - id: trust\n    near: [[trust*], [us]]\n", QC_MEANS_RULES | QC_MEANS_DEFINITION},
    };
    qcode_codebook *one = parse(book);
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        qcode_codebook *other = parse(books[i].text);
        unsigned parts = qc_meaning_differs(qcode_codebook_find(one, "trust"), qcode_codebook_find(other, "trust"));
        if (parts != books[i].parts)
            fail_msg("book %zu: %u", i, parts);
        qcode_codebook_free(other);
    }
    qcode_codebook_free(one);
}

static void conditions_are_compared_in_all_parts(void **state)
{
    (void)state;
    static const char *const rules[] = {
        "{near: [[a], [b]], within: 3 words}", "{near: [[a], [b]], within: 4 words}", "{near: [[a], [b]], within: turn}",
        "{near: [[a], [b]], within: 3 words, ordered: yes}", "{near: [[a], [c]], within: 3 words}",
        "{all: [{terms: [a]}, {not: {terms: [b]}}]}", "{any: [{terms: [a]}, {not: {terms: [b]}}]}",
    };
    enum { COUNT = sizeof rules / sizeof *rules };
    qcode_codebook *books[COUNT];
    char text[256];
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(text, sizeof text, "codes:\n  - id: trust\n    rules:\n      - %s\n", rules[i]);
        books[i] = parse(text);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < COUNT; k++)
            assert_int_equal(qc_meaning_differs(qcode_codebook_at(books[i], 0), qcode_codebook_at(books[k], 0)),
                             i == k ? 0 : QC_MEANS_RULES);
    for (size_t i = 0; i < COUNT; i++)
        qcode_codebook_free(books[i]);
}

static char folder[] = "/tmp/versions-XXXXXX", talk[64], runs[2][64], lines[80];

static void code(const char *text, size_t run)
{
    qcode_error err = {.status = QCODE_OK};
    const char *const paths[] = {talk};
    qcode_codebook *one = parse(text);
    qcode_codebook *const books[] = {one};
    qcode_code_totals totals = {0};
    const qcode_code_job job = {.codebooks = {books, 1}, .inputs = {.paths = paths, .path_count = 1}, .folder = runs[run]};
    assert_true(qcode_code_set(&job, NULL, &totals, NULL, &err));
    qcode_code_totals_clear(&totals);
    qcode_codebook_free(one);
}

/* Compares both runs; `*told` is the first warning that is told. */
static bool compare(const char *first, bool mixed, char told[256], const qcode_memory *memory, qcode_error *err)
{
    const char *const paths[] = {first, runs[1]}, *const texts[] = {talk};
    const qcode_compare_job job = {.paths = paths, .path_count = 2, .texts = texts, .text_count = 1, .mixed = mixed,
                                   .intervals = {.seed = 1, .resamples = 10, .threads = 1}};
    qcode_comparison result;
    qcode_notes *notes = qcode_notes_new(memory);
    bool done = notes ? qcode_compare(&job, memory, &result, notes, err) : false;
    if (!notes)
        err->status = QCODE_NO_MEMORY;
    if (done)
        qcode_comparison_clear(&result);
    *told = '\0';
    for (size_t i = 0; notes && !*told && i < qcode_notes_count(notes); i++)
        if (qcode_notes_at(notes, i)->kind == QCODE_NOTE_WARNING)
            snprintf(told, 256, "%s", qcode_notes_at(notes, i)->text);
    qcode_notes_free(notes);
    return done;
}

static void a_code_that_means_another_thing_is_named_and_refused(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    char told[256];
    code(book, 0);
    code(BOOK("1.1.0", "    definition: Relies.\n", ""), 1);
    assert_false(compare(runs[0], false, told, NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    assert_non_null(strstr(told, "\"trust\" does not mean the same in 1.0.0 sha256:"));
    assert_non_null(strstr(told, ": definition"));
    assert_true(compare(runs[0], true, told, NULL, &err));
    code(BOOK("1.1.0", "    definition: Trusts. # as ever\n", ""), 1);
    assert_true(compare(runs[0], false, told, NULL, &err));
    assert_string_equal(told, "");
}

static void a_code_that_has_another_name_now_is_refused(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    char told[256];
    code(book, 0);
    code("version: 1.0.0\ncodes:\n  - {id: hope, definition: Trusts., terms: [trust*]}\n"
         "changes:\n  - {what: rename trust to hope, on: 2024-03-05}\n", 1);
    assert_false(compare(runs[0], false, told, NULL, &err));
    assert_non_null(strstr(told, "is \"hope\" in 1.0.0 sha256:"));
}

/* Of lines of codings alone the codebook is not there to be looked at. */
static void a_version_without_its_codebook_is_told(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    char told[256];
    code(book, 1);
    FILE *file = fopen(lines, "w");
    assert_non_null(file);
    fputs("{\"document\":\"a.txt\",\"code\":\"trust\",\"start\":0,\"end\":5,\"coder\":\"B\",\"codebook\":\"0.9\"}\n", file);
    assert_int_equal(fclose(file), 0);
    assert_true(compare(lines, false, told, NULL, &err));
    assert_non_null(strstr(told, "codings were made under 0.9 and under 1.0.0 sha256:"));
}

static bool compare_mixed(const qcode_memory *memory, void *user, qcode_error *err)
{
    char told[256];
    (void)user;
    return compare(runs[0], true, told, memory, err);
}

static void looking_at_versions_fails_cleanly(void **state)
{
    (void)state;
    code(book, 0);
    code(BOOK("1.1.0", "    definition: Relies.\n", "    unit: turn\n"), 1);
    refuse_each_allocation(compare_mixed, NULL);
}

static int begin(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(talk, sizeof talk, "%s/a.txt", folder);
    snprintf(lines, sizeof lines, "%s/b.jsonl", folder);
    snprintf(runs[0], sizeof runs[0], "%s/one", folder);
    snprintf(runs[1], sizeof runs[1], "%s/two", folder);
    FILE *file = fopen(talk, "w");
    if (!file)
        return -1;
    fputs("INT: And?\nR: We trust in faith.\n", file);
    return fclose(file);
}

static int end(void **state)
{
    (void)state;
    static const char *const names[] = {"segments.jsonl", "segments.csv", "documents.jsonl",
                                        "codebook.yaml",  "report.html",  "run.json"};
    char path[192];
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            snprintf(path, sizeof path, "%s/%s", runs[i], names[k]);
            unlink(path);
        }
        rmdir(runs[i]);
    }
    unlink(talk);
    unlink(lines);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_part_of_the_meaning_counts_and_nothing_else),
        TEST(conditions_are_compared_in_all_parts),
        TEST(a_code_that_means_another_thing_is_named_and_refused),
        TEST(a_code_that_has_another_name_now_is_refused),
        TEST(a_version_without_its_codebook_is_told),
        TEST(looking_at_versions_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
