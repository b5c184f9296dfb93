/* What a text must hold for a regex to match: read right, or not at all. */
#include "match/needs.h"
#include "base/buffer.h"
#include "support/test.h"

#include <string.h>

static void check(const char *pattern, const char *want)
{
    qc_arena arena = qc_arena_init(NULL);
    qc_buffer got = qc_buffer_init(NULL);
    const qc_need *needs;
    assert_true(qc_needs_of(pattern, strlen(pattern), &arena, &needs));
    for (; needs; needs = needs->next)
        qc_buffer_print(&got, got.length ? " %s" : "%s", needs->text);
    if (strcmp(qc_buffer_text(&got), want) != 0)
        fail_msg("%s needs \"%s\", not \"%s\"", pattern, got.data, want);
    qc_buffer_clear(&got);
    qc_arena_clear(&arena);
}

static void the_longest_word_that_every_match_has_is_needed(void **state)
{
    static const char *const cases[][2] = {
        {"\\bsaw (?:him|her|them) out\\b", "saw"},
        {"Leader", "leader"},
        {"leaders?", "leader"},
        {"leader+ship", "leader"},
        {"visibl(?:e|y) committed", "committed"},
        {"(?:multi|inter)[\\s-]?(?:agency|disciplinary)", "agency disciplinary"},
        {"(?:crack|heroin)\\W+(?:\\w+\\W+){0,3}?\\w*", "crack heroin"},
        {"lunch|dinner", "lunch dinner"},
        {"(?:lunch){2,}|dinner{2}x", "lunch dinner"},
        {"[]abc]def[^]x]ghij", "ghij"},
        {"[[:alpha:]x]abc", "abc"},
        {"\\p{Lu}abc\\pLdefg", "defg"},
        {"a.bcd^ef$ghi", "bcd"},
        {"caf\xC3\xA9s andy", "andy"},
        {"(?<=not )good", "good"},
        {"a{,3}bcd", "bcd"},
        {"abc{,1234}", ""},
        {"abcd{ 1, 1234 }efg", "abc"},
        {"ab{2}cde{x}fgh", "cde"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i][0], cases[i][1]);
}

static void what_may_be_absent_is_not_needed(void **state)
{
    static const char *const patterns[] = {
        "", "a", "ab", "abc?", "abc*", "abc{0,2}", "(?:abc)?", "(?:abc)*+", "(?:abc){0}", "(?:abc){,3}", "(?:abc){ 0, 3 }", "abc|",
        "abc|de", "(abc|d)e", "(?!abc)", "(?<!abc)", "(?=abc)", "[abc]", "[[:abc:]]", ".*",
    };
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        check(patterns[i], "");
}

static void at_anything_unusual_the_reader_gives_up(void **state)
{
    static const char *const patterns[] = {
        "(?i)abc", "(?x)a b c d", "(?#abc)", "(?<name>abc)", "(?|abc|def)", "(?(?=a)abc|def)", "(?R)?abc", "(abc)\\1", "\\Qabc\\E",
        "\\x61abc", "(*COMMIT)abc", "(*ACCEPT)abc", "\\Nabc", "abc\\g1", "\\p{Lu",
    };
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        check(patterns[i], "");
}

/* 4,000 alternatives, and 1,000 groups inside groups. */
static void a_pattern_without_measure_has_no_needs(void **state)
{
    (void)state;
    qc_buffer wide = qc_buffer_init(NULL), deep = qc_buffer_init(NULL);
    for (int i = 0; i < 4000; i++)
        qc_buffer_print(&wide, "word%d|", i);
    qc_buffer_string(&wide, "word");
    for (int i = 0; i < 1000; i++)
        qc_buffer_string(&deep, "(word");
    for (int i = 0; i < 1000; i++)
        qc_buffer_string(&deep, ")");
    check(qc_buffer_text(&wide), "");
    check(qc_buffer_text(&deep), "");
    qc_buffer_clear(&wide);
    qc_buffer_clear(&deep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_longest_word_that_every_match_has_is_needed),
        TEST(what_may_be_absent_is_not_needed),
        TEST(at_anything_unusual_the_reader_gives_up),
        TEST(a_pattern_without_measure_has_no_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
