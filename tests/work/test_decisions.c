/* Decisions: what is wrong is told at its place, files merge in any order, and what is written reads back. */
#include "support/test.h"

#include <qcode.h>

#include <string.h>

#define WHO ",\"by\":\"anna\",\"on\":\"2026-11-22T18:04:05Z\"}\n"
#define LATER ",\"by\":\"anna\",\"on\":\"2026-11-22T19:00:00Z\"}\n"
#define ON "\"document\":\"T01.txt\",\"code\":\"trust\",\"start\":3,\"end\":9"

static void mistakes_are_told_at_their_places(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line, column;
        const char *message;
    } cases[] = {
        {"[]", 1, 1, "an object, one decision a line, was expected here"},
        {"{\"act\":\"like\"}", 1, 8, "accept, reject, edit, add, memo, finished or code was expected here"},
        {"{\"act\":null}", 1, 8, "accept, reject, edit, add, memo, finished or code was expected here"},
        {"{" ON WHO, 1, 1, "\"act\" is wanted"},
        {"\n{\"act\":\"accept\"," ON "}", 2, 1, "\"by\" is wanted: who decided it"},
        {"{\"act\":\"accept\"," ON ",\"by\":\"a\",\"on\":\"2026-11-22\"}", 1, 1,
         "\"on\" is wanted as 2026-11-22T18:04:05Z"},
        {"{\"act\":\"accept\"," ON ",\"by\":\"a\",\"on\":\"2026-13-22T18:04:05Z\"}", 1, 1,
         "\"on\" is wanted as 2026-11-22T18:04:05Z"},
        {"{\"act\":\"accept\",\"document\":\"a\",\"code\":\"b\",\"start\":4,\"end\":4" WHO, 1, 1,
         "\"start\" is wanted, and an \"end\" behind it"},
        {"{\"act\":\"edit\"," ON WHO, 1, 1, "\"was_start\" is wanted, and a \"was_end\" behind it"},
        {"{\"act\":\"memo\"" WHO, 1, 1, "a memo is about a document, a code, a respondent or the study"},
        {"{\"act\":\"memo\",\"on_study\":true,\"kind\":\"method\"" WHO, 1, 1, "a memo has words, in \"reason\""},
        {"{\"act\":\"accept\",\"colour\":1}", 1, 17, "no decision has a \"colour\"; this may be of a later version"},
        {"{\"act\":\"accept\",\"start\":1,\"start\":2}", 1, 27, "\"start\" is there twice"},
        {"{\"act\":\"accept\",\"start\":1.5}", 1, 25, "a whole number of code points was expected here"},
        {"{\"act\":\"accept\",\"by\":\"a\\u0000b\"}", 1, 22, "a string without a NUL was expected here"},
        {"{\"act\":\"accept\"," ON WHO "<<<<<<< HEAD\n", 2, 1,
         "git left a merge conflict here: keep the lines of both sides and take the marks away"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qcode_error err = {.status = QCODE_OK};
        qcode_decisions *decisions = qcode_decisions_new(NULL, &err);
        assert_false(qcode_decisions_parse(decisions, cases[i].text, strlen(cases[i].text), "d.jsonl", NULL, &err));
        assert_string_equal(err.message, cases[i].message);
        assert_int_equal(err.line, cases[i].line);
        assert_int_equal(err.column, cases[i].column);
        assert_int_equal(qcode_decisions_count(decisions), 0);
        qcode_decisions_free(decisions);
    }
}

/* The canonical text of some files, merged. */
static qcode_sink *merged(const qcode_memory *memory, const char *const *files, size_t count, qcode_error *err)
{
    qcode_decisions *decisions = qcode_decisions_new(memory, err);
    qcode_sink *sink = decisions ? qcode_sink_memory(memory, err) : NULL;
    bool done = sink;
    for (size_t i = 0; done && i < count; i++)
        done = qcode_decisions_parse(decisions, files[i], strlen(files[i]), "d.jsonl", NULL, err);
    done = done && qcode_decisions_write(decisions, sink, err) && qcode_sink_finish(sink, err);
    qcode_decisions_free(decisions);
    if (done)
        return sink;
    qcode_sink_free(sink);
    return NULL;
}

static void assert_merges_to(const char *const *files, size_t count, const char *wanted)
{
    size_t length;
    qcode_error err = {.status = QCODE_OK};
    qcode_sink *sink = merged(NULL, files, count, &err);
    assert_string_equal(err.message, "");
    assert_non_null(sink);
    const char *text = qcode_sink_bytes(sink, &length);
    assert_int_equal(length, strlen(wanted));
    assert_memory_equal(text, wanted, length);
    qcode_sink_free(sink);
}

static void what_a_person_said_later_takes_the_place_of_what_they_said_before(void **state)
{
    (void)state;
    const char *yes = "{\"act\":\"accept\"," ON WHO, *no = "{\"act\":\"reject\"," ON LATER;
    assert_merges_to((const char *[]){yes, no}, 2, no);
    assert_merges_to((const char *[]){no, yes, no}, 3, no);
}

static void people_stand_side_by_side(void **state)
{
    (void)state;
    const char *yes = "{\"act\":\"accept\"," ON WHO;
    const char *no = "{\"act\":\"reject\"," ON ",\"by\":\"ben\",\"on\":\"2026-11-22T18:04:04Z\"}\n";
    assert_merges_to((const char *[]){yes, no}, 2,
                     "{\"act\":\"reject\"," ON ",\"by\":\"ben\",\"on\":\"2026-11-22T18:04:04Z\"}\n"
                     "{\"act\":\"accept\"," ON WHO);
}

static void memos_never_replace_each_other(void **state)
{
    (void)state;
    static const char text[] = "{\"act\":\"memo\",\"by\":\"anna\",\"on\":\"2026-11-22T18:04:05Z\",\"reason\":\"one\","
                               "\"kind\":\"method\",\"on_study\":true}\n"
                               "{\"act\":\"memo\",\"by\":\"anna\",\"on\":\"2026-11-22T18:04:06Z\",\"reason\":\"two\","
                               "\"kind\":\"method\",\"on_study\":true}\n";
    assert_merges_to((const char *[]){text, text}, 2, text);
}

static void an_edit_is_about_what_it_found(void **state)
{
    (void)state;
    const char *yes = "{\"act\":\"accept\"," ON WHO;
    const char *wide = "{\"act\":\"edit\",\"document\":\"T01.txt\",\"code\":\"trust\",\"start\":1,\"end\":20,"
                       "\"was_start\":3,\"was_end\":9" LATER;
    assert_merges_to((const char *[]){wide, yes}, 2, wide);
}

static void windows_line_ends_and_a_byte_order_mark_change_nothing(void **state)
{
    (void)state;
    const char *plain = "{\"act\":\"accept\"," ON WHO;
    const char *from_windows = "\xEF\xBB\xBF{\"act\":\"accept\"," ON ",\"by\":\"anna\",\"on\":\"2026-11-22T18:04:05Z\"}\r\n\r\n";
    assert_merges_to((const char *[]){from_windows}, 1, plain);
}

static bool merge_refusably(const qcode_memory *memory, void *user, qcode_error *err)
{
    const char *const files[] = {"{\"act\":\"accept\"," ON WHO, "{\"act\":\"reject\"," ON LATER};
    (void)user;
    qcode_sink *sink = merged(memory, files, 2, err);
    qcode_sink_free(sink);
    return sink;
}

static void running_out_of_memory_is_clean(void **state)
{
    (void)state;
    refuse_each_allocation(merge_refusably, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mistakes_are_told_at_their_places),
        TEST(what_a_person_said_later_takes_the_place_of_what_they_said_before),
        TEST(people_stand_side_by_side),
        TEST(memos_never_replace_each_other),
        TEST(an_edit_is_about_what_it_found),
        TEST(windows_line_ends_and_a_byte_order_mark_change_nothing),
        TEST(running_out_of_memory_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
