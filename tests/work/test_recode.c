/* A code's new id is in all files or in none, whatever fails. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char book_text[] = "codes:\n  - id: trust # first\n    terms: [trust*]\n  - {id: b, parent: 'trust', terms: [b]}\n";
static const char new_text[] = "codes:\n  - id: hope # first\n    terms: [trust*]\n  - {id: b, parent: 'hope', terms: [b]}\n\n"
                               "changes:\n  - what: \"rename trust to hope\"\n    by: \"Anna\"\n    on: 2024-03-05\n"
                               "    reason: \"why\"\n";
static const char table_text[] = "code,document\r\n\"trust\",a\r\nb,trust\r\n";
static const char new_table[] = "code,document\r\n\"hope\",a\r\nb,trust\r\n";

static char folder[64], book[96], table[96], decisions[96], talk[96], run[96];

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void get(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, size - 1, file);
    fclose(file);
    text[length] = '\0';
}

static void assert_holds(const char *path, const char *text)
{
    char found[2048];
    get(path, found, sizeof found);
    assert_string_equal(found, text);
}

static const qcode_recode_job *job_of(qcode_recode_kind kind, const char *const *codes, size_t count)
{
    static qcode_recode_job job;
    static const char *codings[3];
    codings[0] = table;
    codings[1] = decisions;
    codings[2] = run;
    job = (qcode_recode_job){.kind = kind, .codes = codes, .code_count = count, .by = "Anna", .on = "2024-03-05",
                             .reason = "why", .book = book, .codings = codings, .coding_count = 1};
    return &job;
}

static bool do_job(const qcode_recode_job *job, const qcode_memory *memory, qcode_recoded *counts, qcode_error *err)
{
    qcode_table *sheet = NULL;
    qcode_notes *notes = qcode_notes_new(memory);
    bool done = notes && qcode_recode(job, memory, counts, &sheet, notes, err);
    if (!notes)
        err->status = QCODE_NO_MEMORY;
    assert_true(done || !sheet);
    qcode_table_free(sheet);
    qcode_notes_free(notes);
    return done;
}

static bool rename_trust(const qcode_memory *memory, void *user, qcode_error *err)
{
    static const char *const codes[] = {"trust", "hope"};
    qcode_recoded counts[3];
    (void)user;
    put(book, book_text);
    put(table, table_text);
    bool done = do_job(job_of(QCODE_RENAME, codes, 2), memory, counts, err);
    assert_holds(book, done ? new_text : book_text);
    assert_holds(table, done ? new_table : table_text);
    return done;
}

static void a_new_id_is_in_all_files_or_in_none(void **state)
{
    (void)state;
    refuse_each_allocation(rename_trust, NULL);
}

/* Changes everything there is: a codebook, a table, decisions and a run's folder. */
static bool change_all(const qcode_memory *memory, void *user, qcode_error *err)
{
    static const char *const merged[] = {"trust", "faith", "hope"}, *const split[] = {"trust", "one", "two"};
    qcode_recode_job job = *job_of(*(qcode_recode_kind *)user, merged, 3);
    qcode_recoded counts[3];
    if (job.kind != QCODE_MERGE)
        job.codes = split;
    job.code_count = job.kind == QCODE_MERGE || job.kind == QCODE_SPLIT ? 3 : 1;
    job.under = job.kind == QCODE_MOVE ? "faith" : NULL;
    job.coding_count = 3;
    job.dry_run = true;
    return do_job(&job, memory, counts, err);
}

static const char large_book[] = "codes:\n  - id: trust\n    definition: a\n    terms: [trust*]\n    examples: {match: trust}\n"
                                 "  - id: faith\n    rules:\n      - terms: [faith]\n    examples: {match: [faith]}\n"
                                 "themes:\n  - {id: both, codes: [trust, faith]}\n";

static const char said[] =
    "{\"act\":\"accept\",\"document\":\"a.txt\",\"code\":\"faith\",\"start\":0,\"end\":21,"
    "\"by\":\"A\",\"on\":\"2026-01-01T10:00:00Z\",\"reason\":\"yes, \\\"so\\\"\"}\n"
    "{\"act\":\"reject\",\"document\":\"a.txt\",\"code\":\"trust\",\"start\":0,\"end\":21,"
    "\"by\":\"A\",\"on\":\"2026-01-01T11:00:00Z\"}\n"
    "{\"act\":\"add\",\"document\":\"a.txt\",\"code\":\"faith\",\"start\":0,\"end\":4,\"text\":\"Gone\","
    "\"by\":\"A\",\"on\":\"2026-01-01T12:00:00Z\"}\n";

static void run_code(const char *what_was_said)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_decisions *list = what_was_said ? qcode_decisions_new(NULL, &err) : NULL;
    assert_true(!list || qcode_decisions_parse(list, what_was_said, strlen(what_was_said), "said", NULL, &err));
    const char *const paths[] = {talk};
    qcode_codebook *one = qcode_codebook_read(book, NULL, NULL, &err);
    assert_non_null(one);
    qcode_codebook *const books[] = {one};
    qcode_code_totals totals = {0};
    const qcode_code_job job = {.codebooks = {books, 1}, .inputs = {.paths = paths, .path_count = 1}, .folder = run,
                                .decisions = list};
    assert_true(qcode_code_set(&job, NULL, &totals, NULL, &err));
    qcode_code_totals_clear(&totals);
    qcode_codebook_free(one);
    qcode_decisions_free(list);
}

static void prepare(const char *what_was_said)
{
    put(book, large_book);
    put(table, "document,text,coder_a,coder_b\na.txt,We trust in faith.,trust;faith,faith\n");
    put(decisions, "{\"act\":\"accept\",\"document\":\"a.txt\",\"code\":\"trust\",\"start\":3,\"end\":21,\"by\":\"A\"}\n"
                   "{\"act\":\"reject\",\"document\":\"a.txt\",\"code\":\"faith\",\"start\":3,\"end\":21,\"by\":\"A\"}\n"
                   "{\"act\":\"reject\",\"document\":\"a.txt\",\"code\":\"faith\",\"start\":3,\"end\":21,\"by\":\"B\"}\n");
    put(talk, "R: We trust in faith.\n");
    run_code(what_was_said);
}

static void each_kind_of_change_fails_cleanly(void **state)
{
    (void)state;
    static qcode_recode_kind kinds[] = {QCODE_MERGE, QCODE_SPLIT, QCODE_MOVE, QCODE_RETIRE};
    prepare(said);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        refuse_each_allocation(change_all, &kinds[i]);
    assert_holds(book, large_book); /* dry runs change nothing */
}

static void merged_codes_are_one_everywhere(void **state)
{
    (void)state;
    static const char *const codes[] = {"trust", "faith", "hope"};
    qcode_recode_job job = *job_of(QCODE_MERGE, codes, 3);
    qcode_recoded counts[3];
    qcode_error err = {.status = QCODE_OK};
    job.coding_count = 3;
    prepare(NULL);
    assert_true(do_job(&job, NULL, counts, &err));
    assert_holds(table, "document,text,coder_a,coder_b\na.txt,We trust in faith.,hope,hope\n");
    assert_holds(decisions,
                 "{\"act\":\"accept\",\"document\":\"a.txt\",\"code\":\"hope\",\"start\":3,\"end\":21,\"by\":\"A\"}\n"
                 "{\"act\":\"reject\",\"document\":\"a.txt\",\"code\":\"hope\",\"start\":3,\"end\":21,\"by\":\"B\"}\n");
    assert_int_equal(counts[0].changed, 3);
    assert_int_equal(counts[0].joined, 1);
    assert_int_equal(counts[1].dropped, 1); /* A gave the passage one of the two */
    assert_int_equal(counts[2].changed, 2);
    assert_int_equal(counts[2].joined, 1);
}

/* A folder whose codes were changed is what coding with the changed codebook gives. */
static void a_changed_folder_is_as_if_coded_again(void **state)
{
    (void)state;
    static const char *const codes[] = {"trust", "faith"}, *const files[] = {"segments.jsonl", "segments.csv"};
    qcode_recode_job job = *job_of(QCODE_MERGE, codes, 2);
    qcode_recoded counts[3];
    qcode_error err = {.status = QCODE_OK};
    char path[128], changed[2][2048];
    job.coding_count = 3;
    prepare(NULL);
    assert_true(do_job(&job, NULL, counts, &err));
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", run, files[i]);
        get(path, changed[i], sizeof changed[i]);
    }
    run_code(NULL);
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", run, files[i]);
        assert_holds(path, changed[i]);
    }
}

/* What people said of two codes holds when they are one, as if they had said it of the one. */
static void a_changed_folder_has_what_people_said(void **state)
{
    (void)state;
    static const char *const codes[] = {"trust", "faith", "hope"};
    static const char *const files[] = {"segments.jsonl", "segments.csv", "decisions.jsonl", "decisions-unplaced.jsonl"};
    qcode_recode_job job = *job_of(QCODE_MERGE, codes, 3);
    qcode_recoded counts[3];
    qcode_error err = {.status = QCODE_OK};
    char path[128], changed[4][2048], now[2048];
    job.coding_count = 3;
    prepare(said);
    put(decisions, said);
    assert_true(do_job(&job, NULL, counts, &err));
    assert_int_equal(counts[2].dropped, 1);
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", run, files[i]);
        get(path, changed[i], sizeof changed[i]);
    }
    assert_non_null(strstr(changed[0], "\"state\":\"accepted\",\"decided_by\":\"A\",\"decided_on\":\"2026-01-01T10:00:00Z\""));
    assert_non_null(strstr(changed[1], ",accepted,A,2026-01-01T10:00:00Z,\"yes, \"\"so\"\"\","));
    get(decisions, now, sizeof now);
    run_code(now);
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", run, files[i]);
        assert_holds(path, changed[i]);
    }
}

static void a_table_with_the_new_id_leaves_all_as_it_was(void **state)
{
    (void)state;
    static const char *const codes[] = {"trust", "hope"};
    qcode_error err = {.status = QCODE_OK};
    qcode_recoded counts[3];
    qcode_recode_job job = *job_of(QCODE_RENAME, codes, 2);
    put(book, book_text);
    put(table, "code,document\nhope,a\n");
    assert_false(do_job(&job, NULL, counts, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    assert_holds(book, book_text);
}

static void the_rules_of_a_retired_code_give_it_no_more(void **state)
{
    (void)state;
    static const char retired[] = "codes:\n  - id: trust\n    retired: yes\n    terms: [trust*]\n  - id: faith\n    terms: [faith]\n";
    qcode_error err = {.status = QCODE_OK};
    char path[128], text[2048];
    prepare(NULL);
    put(book, retired);
    run_code(NULL);
    snprintf(path, sizeof path, "%s/segments.jsonl", run);
    get(path, text, sizeof text);
    assert_non_null(strstr(text, "\"code\":\"faith\""));
    assert_null(strstr(text, "\"code\":\"trust\""));
    qcode_codebook *one = qcode_codebook_read(book, NULL, NULL, &err);
    assert_true(qcode_code_retired(qcode_codebook_find(one, "trust")));
    assert_false(qcode_code_retired(qcode_codebook_find(one, "faith")));
    qcode_codebook_free(one);
}

static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/qcode-recode-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(book, sizeof book, "%s/book.yaml", folder);
    snprintf(table, sizeof table, "%s/anna.csv", folder);
    snprintf(decisions, sizeof decisions, "%s/decisions.jsonl", folder);
    snprintf(talk, sizeof talk, "%s/a.txt", folder);
    snprintf(run, sizeof run, "%s/run", folder);
    return 0;
}

/* The folder holds these and nothing else, or it stays and the test fails. */
static int end(void **state)
{
    (void)state;
    static const char *const names[] = {"segments.jsonl", "segments.csv", "documents.jsonl", "codebook.yaml",
                                        "report.html", "run.json"};
    const char *const files[] = {book, table, decisions, talk};
    char path[128];
    bool gone = true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", run, names[i]);
        gone &= unlink(path) == 0;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        gone &= unlink(files[i]) == 0;
    return gone && rmdir(run) == 0 && rmdir(folder) == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_id_is_in_all_files_or_in_none),
        TEST(a_table_with_the_new_id_leaves_all_as_it_was),
        TEST(each_kind_of_change_fails_cleanly),
        TEST(merged_codes_are_one_everywhere),
        TEST(a_changed_folder_is_as_if_coded_again),
        TEST(a_changed_folder_has_what_people_said),
        TEST(the_rules_of_a_retired_code_give_it_no_more),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
