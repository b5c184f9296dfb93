/* The review page holds what it may, and nothing in it can become markup. */
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

static void code(const char *book, const char *cases_text)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *codebook = qcode_codebook_parse(book, strlen(book), "book.yaml", NULL, NULL, &err);
    qcode_cases *cases = cases_text ? qcode_cases_parse(cases_text, strlen(cases_text), "cases.csv", NULL, NULL, &err) : NULL;
    char talk[96];
    snprintf(talk, sizeof talk, "%s/talk.txt", folder);
    const char *const paths[] = {talk};
    const qcode_code_job job = {.codebooks = {&codebook, 1},
                                .inputs = {.paths = paths, .path_count = 1, .threads = 1, .read = {.cases = cases}},
                                .no_report = true,
                                .folder = coded};
    qcode_code_totals totals;
    assert_non_null(codebook);
    assert_true(qcode_code_set(&job, NULL, &totals, NULL, &err));
    qcode_code_totals_clear(&totals);
    qcode_codebook_free(codebook);
    qcode_cases_free(cases);
}

static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/qcode-review-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(coded, sizeof coded, "%s/coded", folder);
    put("talk.txt", "INT: Safe?\nANN: I feel safe.\nINT: And you?\nBEN: A secret word, safe.\n");
    return 0;
}

static int end(void **state)
{
    static const char *const names[] = {"coded/segments.jsonl", "coded/segments.csv", "coded/documents.jsonl",
                                        "coded/codebook.yaml",  "coded/run.json",     "decisions.jsonl", "talk.txt"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    rmdir(coded);
    return rmdir(folder);
}

static const char plain[] = "title: Parks\ncodes:\n  - id: safe\n    name: Feeling safe\n    rules:\n      - id: word\n        terms: [safe]\n";

/* The page as a string, to be freed. */
static char *page_of(qcode_review_job job)
{
    qcode_error err = {.status = QCODE_OK};
    size_t length;
    job.folder = coded;
    job.out = qcode_sink_memory(NULL, &err);
    assert_true(qcode_review(&job, NULL, NULL, &err));
    const char *bytes = qcode_sink_bytes(job.out, &length);
    char *page = malloc(length + 1);
    assert_non_null(page);
    memcpy(page, bytes, length);
    page[length] = '\0';
    qcode_sink_free(job.out);
    return page;
}

static size_t count_of(const char *text, const char *word)
{
    size_t count = 0;
    for (; (text = strstr(text, word)); text += strlen(word))
        count++;
    return count;
}

static void a_page_holds_what_rules_proposed_and_a_blind_one_does_not(void **state)
{
    (void)state;
    code(plain, NULL);
    char *page = page_of((qcode_review_job){.coder = "ANNA"});
    assert_non_null(strstr(page, "\"coder\":\"ANNA\""));
    assert_non_null(strstr(page, "\"matches\":[[\"safe/word\",23,27]]"));
    assert_non_null(strstr(page, "\"text\":\"- id: word\\n  terms: [safe]\\n\""));
    assert_non_null(strstr(page, "{\"document\":\"talk.txt\",\"turns\":4,\"segments\":2,\"judged\":0}"));
    free(page);
    page = page_of((qcode_review_job){.coder = "ANNA", .blind = true});
    assert_null(strstr(page, "safe/word"));
    assert_null(strstr(page, "terms: [safe]"));
    assert_non_null(strstr(page, "{\"document\":\"talk.txt\",\"turns\":4,\"segments\":0,\"judged\":0}"));
    free(page);
}

static void no_word_can_end_the_block_it_stands_in(void **state)
{
    (void)state;
    put("talk.txt", "INT: Safe?\nANN</script>: safe </script><!--<script>alert(1)</script>\n");
    code("title: \"</title></script><script>alert(2)\"\ncodes:\n  - id: safe\n    name: \"<script>alert(3)</script>\"\n"
         "    definition: \"<!-- <script> \\\" &\"\n    terms: [safe]\n", NULL);
    put("decisions.jsonl", "{\"act\":\"memo\",\"on_study\":true,\"kind\":\"method\",\"reason\":\"</script><script>alert(4)\","
                           "\"by\":\"<b>\",\"on\":\"2026-01-01T00:00:00Z\"}\n");
    char decisions[96];
    strcpy(decisions, in_folder("decisions.jsonl"));
    char *page = page_of((qcode_review_job){.coder = "</script><script>", .decisions = decisions});
    assert_int_equal(count_of(page, "alert("), count_of(page, "u003cscript>alert(") + count_of(page, "&lt;script&gt;alert("));
    assert_int_equal(count_of(page, "<script"), count_of(page, "</script>"));
    assert_null(strstr(page, "</script><script>"));
    free(page);
}

static void words_that_may_not_be_quoted_are_not_in_the_page(void **state)
{
    (void)state;
    code(plain, "speaker,consent_quote\nBEN,no\nANN,yes\n");
    put("decisions.jsonl", "{\"act\":\"add\",\"document\":\"talk.txt\",\"code\":\"safe\",\"start\":46,\"end\":59,\"text\":\"A secret word\","
                           "\"before\":\"BEN: \",\"by\":\"ANNA\",\"on\":\"2026-01-01T00:00:00Z\"}\n"
                           "{\"act\":\"add\",\"document\":\"gone.txt\",\"code\":\"safe\",\"start\":4,\"end\":9,\"text\":\"another secret\","
                           "\"by\":\"ANNA\",\"on\":\"2026-01-01T00:00:00Z\"}\n");
    char decisions[96];
    strcpy(decisions, in_folder("decisions.jsonl"));
    char *page = page_of((qcode_review_job){.coder = "ANNA", .decisions = decisions});
    assert_null(strstr(page, "secret"));
    assert_non_null(strstr(page, "I feel safe."));
    assert_non_null(strstr(page, "\"act\":\"add\",\"document\":\"talk.txt\""));
    assert_non_null(strstr(page, "\"act\":\"add\",\"document\":\"gone.txt\""));
    free(page);
}

static void the_decisions_of_others_stay_outside_a_blind_page(void **state)
{
    (void)state;
    code(plain, NULL);
    put("decisions.jsonl",
        "{\"act\":\"finished\",\"document\":\"talk.txt\",\"by\":\"ANNA\",\"on\":\"2026-01-01T00:00:00Z\"}\n"
        "{\"act\":\"finished\",\"document\":\"talk.txt\",\"by\":\"CARLA\",\"on\":\"2026-01-01T00:00:01Z\"}\n");
    char decisions[96];
    strcpy(decisions, in_folder("decisions.jsonl"));
    char *page = page_of((qcode_review_job){.coder = "ANNA", .decisions = decisions});
    assert_non_null(strstr(page, "CARLA"));
    free(page);
    page = page_of((qcode_review_job){.coder = "ANNA", .decisions = decisions, .blind = true});
    assert_null(strstr(page, "CARLA"));
    assert_non_null(strstr(page, "\"by\":\"ANNA\""));
    free(page);
}

static bool write_page(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_review_job job = *(const qcode_review_job *)user;
    job.out = qcode_sink_memory(memory, err);
    bool done = job.out && qcode_review(&job, memory, NULL, err);
    qcode_sink_free(job.out);
    return done;
}

static void a_page_fails_cleanly_whatever_allocation_is_refused(void **state)
{
    (void)state;
    code(plain, NULL);
    put("decisions.jsonl", "{\"act\":\"finished\",\"document\":\"talk.txt\",\"by\":\"ANNA\",\"on\":\"2026-01-01T00:00:00Z\"}\n");
    char decisions[96];
    strcpy(decisions, in_folder("decisions.jsonl"));
    qcode_review_job job = {.folder = coded, .decisions = decisions, .coder = "ANNA"};
    refuse_each_allocation(write_page, &job);
    job.blind = true;
    refuse_each_allocation(write_page, &job);
}

static void decisions_that_are_none_are_refused_at_their_place(void **state)
{
    (void)state;
    code(plain, NULL);
    put("decisions.jsonl", "{\"act\":\"finished\",\"document\":\"talk.txt\",\"by\":\"ANNA\",\"on\":\"2026-01-01T00:00:00Z\"}\n[]\n");
    char decisions[96];
    strcpy(decisions, in_folder("decisions.jsonl"));
    qcode_error err = {.status = QCODE_OK};
    qcode_review_job job = {.folder = coded, .decisions = decisions, .out = qcode_sink_memory(NULL, &err)};
    assert_false(qcode_review(&job, NULL, NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    assert_int_equal(err.line, 2);
    qcode_sink_free(job.out);
}

int main(void)
{
#define PLACED(function) cmocka_unit_test_setup_teardown(function, begin, end)
    const struct CMUnitTest tests[] = {
        PLACED(a_page_holds_what_rules_proposed_and_a_blind_one_does_not),
        PLACED(no_word_can_end_the_block_it_stands_in),
        PLACED(words_that_may_not_be_quoted_are_not_in_the_page),
        PLACED(the_decisions_of_others_stay_outside_a_blind_page),
        PLACED(decisions_that_are_none_are_refused_at_their_place),
        PLACED(a_page_fails_cleanly_whatever_allocation_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
