/* A withdrawal leaves nothing behind, whatever fails. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64], coded[96], path[160];

static const char *in_folder(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void code(void)
{
    static const char plain[] = "codes:\n  - id: safe\n    terms: [safe]\n  - id: all\n    unit: document\n    terms: [safe]\n";
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *codebook = qcode_codebook_parse(plain, strlen(plain), "book.yaml", NULL, NULL, &err);
    char talk[96];
    snprintf(talk, sizeof talk, "%s/talk.txt", folder);
    const char *const paths[] = {talk};
    const qcode_code_job job = {.codebooks = {&codebook, 1},
                                .inputs = {.paths = paths, .path_count = 1, .threads = 1},
                                .folder = coded};
    qcode_code_totals totals;
    assert_non_null(codebook);
    assert_true(qcode_code_set(&job, NULL, &totals, NULL, &err));
    qcode_code_totals_clear(&totals);
    qcode_codebook_free(codebook);
}

static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/qcode-withdraw-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(coded, sizeof coded, "%s/coded", folder);
    put("talk.txt", "INT: Safe?\nANN: I feel safe.\nINT: And you, safe?\nBEN: Safe, yes.\nINT: Now?\nANN: Safe.\nBEN: Safe.\n");
    code();
    return 0;
}

static int end(void **state)
{
    static const char *const names[] = {"coded/segments.jsonl", "coded/segments.csv", "coded/documents.jsonl",
                                        "coded/codebook.yaml",  "coded/report.html",  "coded/run.json",
                                        "coded/run.unfinished", "talk.txt"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    rmdir(coded);
    return rmdir(folder);
}

static bool withdraw(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_withdrawal *done = qcode_withdraw(coded, user, true, memory, err);
    qcode_withdrawal_free(done);
    return done != NULL;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    refuse_each_allocation(withdraw, (void *)"talk.txt:BEN");
}

static void changes_are_told_with_what_was_and_what_is(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_withdrawal *done = qcode_withdraw(coded, "talk.txt:BEN", false, NULL, &err);
    assert_non_null(done);
    bool found = false;
    for (size_t i = 0; i < done->change_count; i++)
        if (strcmp(done->changes[i].what, "safe: segments") == 0) {
            assert_int_equal(done->changes[i].before, 4);
            assert_int_equal(done->changes[i].after, 2);
            found = true;
        }
    assert_true(found);
    assert_int_equal(done->other_count, 0);
    qcode_withdrawal_free(done);
    assert_null(qcode_withdraw(coded, "talk.txt:BEN", false, NULL, &err));
    assert_int_equal(err.status, QCODE_USAGE);
}

static void a_changed_or_unfinished_folder_is_refused(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    put("coded/segments.csv", "other\n");
    assert_null(qcode_withdraw(coded, "talk.txt:BEN", false, NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    unlink(in_folder("coded/run.json"));
    assert_null(qcode_withdraw(coded, "talk.txt:BEN", false, NULL, &err));
    assert_int_equal(err.status, QCODE_READ);
}

#define OWN(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OWN(a_refused_allocation_leaves_nothing_behind),
        OWN(changes_are_told_with_what_was_and_what_is),
        OWN(a_changed_or_unfinished_folder_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
