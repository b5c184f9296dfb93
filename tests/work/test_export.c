/* Exports of a run's folder fail cleanly, and are the same each time. */
#include "study_folder.h"

static int begin(void **state)
{
    static const char book[] = "title: A & B\ncodes:\n  - id: safe\n    name: Feeling safe\n    color: \"#b58900\"\n"
                               "    definition: In the street\n    terms: [safe]\n  - id: dark\n    parent: safe\n"
                               "    terms: [dark]\nthemes:\n  - id: fear\n    codes: [dark]\n";
    qcode_error err = {.status = QCODE_OK};
    static const char *const names[] = {"one.txt", "two.txt"};
    (void)state;
    if (!open_folder())
        return -1;
    put("one.txt", "INT: Safe?\nANN: I feel safe \xF0\x9F\x99\x82. It is dark.\nINT: And you?\nBEN: Dark.\n");
    put("two.txt", "Respondent group: Police\n\nINT: Safe?\nCY: Safe.\n");
    return code_files(book, NULL, names, 2, coded, &err) ? 0 : -1;
}

static const char memos[] =
    "{\"act\":\"memo\",\"kind\":\"analytic\",\"document\":\"one.txt\",\"code\":\"safe\",\"start\":16,"
    "\"end\":30,\"text\":\"I feel safe\",\"by\":\"Eve\",\"on\":\"2026-01-01T00:00:00Z\",\"reason\":\"on a passage\"}\n"
    "{\"act\":\"memo\",\"kind\":\"analytic\",\"document\":\"two.txt\","
    "\"by\":\"Eve\",\"on\":\"2026-01-01T00:00:00Z\",\"reason\":\"on a document\"}\n"
    "{\"act\":\"memo\",\"kind\":\"analytic\",\"code\":\"dark\","
    "\"by\":\"Eve\",\"on\":\"2026-01-01T00:00:00Z\",\"reason\":\"on a code\"}\n";

static qcode_decisions *read_memos(void)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_decisions *decisions = qcode_decisions_new(NULL, &err);
    if (!qcode_decisions_parse(decisions, memos, sizeof memos - 1, "decisions.jsonl", NULL, &err))
        fail_msg("%zu: %s", err.line, err.message);
    return decisions;
}

/* A workbook needs a library that may be left out, and so do archives and databases. */
static bool is_left_out(const qcode_error *err)
{
    return err->status == QCODE_USAGE && strstr(err->message, "this qcode is built without");
}

static bool export_one(const qcode_memory *memory, void *user, qcode_error *err)
{
    const qcode_export_job *job = user;
    qcode_table *losses = NULL;
    qcode_sink *sink = qcode_sink_memory(memory, err);
    bool done = sink && qcode_export(job, memory, sink, &losses, NULL, err) && qcode_sink_finish(sink, err);
    if (!done && err->status == QCODE_OK)
        fail_msg("%s fails without a reason", job->target);
    qcode_table_free(losses);
    qcode_sink_free(sink);
    return done;
}

static void exporting_fails_cleanly_without_memory(void **state)
{
    (void)state;
    qcode_decisions *decisions = read_memos();
    for (size_t i = 0; qcode_export_target_at(i); i++) {
        qcode_error err = {.status = QCODE_OK};
        qcode_export_job job = {.folder = coded, .target = qcode_export_target_at(i)->name, .decisions = decisions};
        if (!export_one(NULL, &job, &err)) {
            assert_true(is_left_out(&err));
            print_message("passed over: %s\n", err.message);
            continue;
        }
        print_message("%s\n", job.target);
        refuse_each_allocation(export_one, &job);
    }
    qcode_decisions_free(decisions);
}

static void what_is_no_target_or_dialect_is_refused(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_export_job none = {.folder = coded, .target = "wordperfect"};
    qcode_export_job dialect = {.folder = coded, .target = "refi", .dialect = "word"};
    assert_false(export_one(NULL, &none, &err));
    assert_int_equal(err.status, QCODE_USAGE);
    assert_false(export_one(NULL, &dialect, &err));
    assert_int_equal(err.status, QCODE_USAGE);
}

static int64_t number_of(const qcode_table *losses, const char *what)
{
    for (size_t i = 0; i < qcode_table_row_count(losses); i++)
        if (strcmp(qcode_table_cell(losses, i, 0).as.text, what) == 0)
            return qcode_table_cell(losses, i, 1).as.integer;
    return 0;
}

static void what_a_codebook_cannot_say_is_counted(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_table *losses;
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    const qcode_export_job job = {.folder = coded, .target = "codebook"};
    assert_true(qcode_export(&job, NULL, sink, &losses, NULL, &err));
    assert_int_equal(number_of(losses, "rules of codes"), 2);
    size_t length;
    const char *bytes = qcode_sink_bytes(sink, &length);
    char *text = malloc(length + 1);
    assert_non_null(text);
    memcpy(text, bytes, length);
    text[length] = '\0';
    assert_non_null(strstr(text, "name=\"Feeling safe\" isCodable=\"true\" color=\"#b58900\""));
    assert_non_null(strstr(text, "<MemberCode guid="));
    free(text);
    qcode_table_free(losses);
    qcode_sink_free(sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_codebook_cannot_say_is_counted),
        TEST(what_is_no_target_or_dialect_is_refused),
        TEST(exporting_fails_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, begin, remove_folder);
}
