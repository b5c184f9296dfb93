/* What terms match: whole words, wildcards, phrases, escapes. Every case runs both ways. */
#include "match/build.h"
#include "match/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct term_case {
    const char *term, *text, *want; /* the hits, separated by | */
} term_case;

static void check(const term_case *c, bool exact)
{
    book *made = book_new();
    book_code(made, "c", QCODE_UNIT_MATCH, QCODE_SCOPE_ALL);
    book_rule(made, exact);
    book_term(made, c->term);
    book_done(made);
    talk *with = talk_of(c->text);
    for (int plain = 0; plain < 2; plain++) {
        qcode_error err;
        const char *got = coded(made, with, (qcode_match_options){.plain = plain}, &err);
        if (!got)
            fail_msg("%s: %s", c->term, err.message);
        char hits[1024] = "";
        while (got && (got = strstr(got, " | "))) {
            size_t length = strcspn(got += 3, "\n");
            snprintf(hits + strlen(hits), sizeof hits - strlen(hits), "%s%.*s", hits[0] ? "|" : "", (int)length, got);
        }
        if (strcmp(hits, c->want) != 0)
            fail_msg("%s %s in \"%s\" gives \"%s\", not \"%s\"", plain ? "plain" : "fast", c->term, c->text, hits, c->want);
    }
    talk_free(with);
    book_free(made);
}

static void check_all(const term_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(&cases[i], false);
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof *(cases))

static void a_term_is_a_whole_word_in_any_case(void **state)
{
    static const term_case cases[] = {
        {"leader", "Leader, LEADER; leaders misleader leader_x leader2 (leader)", "Leader|LEADER|leader"},
        {"leader", "leader", "leader"},
        {"leader", "", ""},
        {"a", "a b a", "a|a"},
        {"don't", "I don't and don\xE2\x80\x99t", "don't|don\xE2\x80\x99t"},
        {"well-being", "well-being well\xE2\x80\x90" "being wellbeing", "well-being|well\xE2\x80\x90" "being"},
        {"C#", "C# and C#x", "C#|C#"},
        {"-ed", "re-ed -ed", "-ed|-ed"},
        {"caf\xC3\xA9", "Cafe\xCC\x81 CAF\xC3\x89 cafe", "Cafe\xCC\x81|CAF\xC3\x89"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void a_star_runs_over_word_characters_and_a_question_mark_over_one(void **state)
{
    static const term_case cases[] = {
        {"leader*", "leader leadership leader-ship mis-leaders", "leader|leadership|leader|leaders"},
        {"*ship", "ship leadership shipped membership-based", "ship|leadership|membership"},
        {"*a*b*", "ab xaxbx ba aab", "ab|xaxbx|aab"},
        {"a*a", "a aa aba abc", "aa|aba"},
        {"a*b*ab", "ab aabab abab abxab aab", "aabab|abab|abxab"},
        {"wom?n", "woman women womn womaan", "woman|women"},
        {"?ship", "ship aship", "aship"},
        {"x?", "xq\xCC\xA3\xCC\x81 xq", "xq\xCC\xA3\xCC\x81|xq"},
        {"??", "a ab abc", "ab"},
        {"*-based", "school-based -based", "school-based|-based"},
        {"*?", "a, b", "a|b"},
        {"a*-b*c", "ax-bxc ax-bxd ax-b-c", "ax-bxc"},
        {"**x", "axx", "axx"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void a_phrase_runs_over_any_white_space(void **state)
{
    static const term_case cases[] = {
        {"led from the front", "He led  from\tthe\nfront. Led from then front", "led  from\tthe/front"},
        {"the boss*", "the bosses, the\xC2\xA0" "boss", "the bosses|the\xC2\xA0" "boss"},
        {" the  boss ", "the boss", "the boss"},
        {"in * of", "in front of; in of; in  of; in the front of", "in front of"},
        {"* of", "front of   x   of", "front of|x   of"},
        {"of *", "of, of x", "of x"},
        {"*ing to", "going to ing to", "going to|ing to"},
        {"a b", "a    b a  b", "a    b|a  b"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void an_escaped_character_is_itself(void **state)
{
    static const term_case cases[] = {
        {"what\\?", "what? what whats", "what?"},
        {"5\\*", "5* 55", "5*"},
        {"\\$money", "$money money", "$money"},
        {"a\\\\b", "a\\b ab", "a\\b"},
        {"\xEF\xBC\x8A" "a", "*a xa", "*a"}, /* a full-width star is a character, not a wildcard */
    };
    (void)state;
    CHECK_ALL(cases);
}

static void an_exact_term_keeps_its_case_and_folds_the_rest(void **state)
{
    static const term_case cases[] = {
        {"US", "us US Us", "US"},
        {"Don't*", "don't Don\xE2\x80\x99ts", "Don\xE2\x80\x99ts"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i], true);
}

static void a_term_that_cannot_be_is_refused_at_its_place(void **state)
{
    static const struct {
        const char *term, *said;
    } cases[] = {
        {"a\\nb", "book.yaml:1:2: a backslash in a term stands before *, ?, $ or another backslash"},
        {"a\\", "book.yaml:1:2: a backslash in a term stands before *, ?, $ or another backslash"},
        {"", "book.yaml:1:1: the term is empty"},
        {" \xE2\x80\x8B ", "book.yaml:1:1: the term is empty"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        book *made = book_of(QCODE_UNIT_MATCH, cases[i].term, NULL);
        talk *with = talk_of("x");
        qcode_error err;
        char text[512];
        assert_null(coded(made, with, (qcode_match_options){.plain = false}, &err));
        assert_int_equal(err.status, QCODE_INVALID);
        assert_string_equal(qcode_error_text(&err, text, sizeof text), cases[i].said);
        talk_free(with);
        book_free(made);
    }
}

static bool count_found(void *user, uint32_t owner, size_t start, size_t end)
{
    size_t *counts = user;
    counts[owner] += end - start == 6;
    return true;
}

/* Every word of six letters from "aaaaaa" on, and the text of all of them. */
static void a_lexicon_of_forty_thousand_terms_finds_each(void **state)
{
    enum { COUNT = 40000 };
    char (*words)[7] = calloc(COUNT, sizeof *words);
    qc_wanted *wanted = calloc(COUNT, sizeof *wanted);
    size_t *counts = calloc(COUNT, sizeof *counts);
    qc_buffer text = qc_buffer_init(NULL);
    for (size_t i = 0, n = 0; i < COUNT; i++, n = i) {
        for (int k = 6; k-- > 0; n /= 26)
            words[i][k] = (char)('a' + n % 26);
        wanted[i] = (qc_wanted){.term = {(const unsigned char *)words[i], 6}, .owner = (uint32_t)i};
        qc_buffer_print(&text, "%s ", words[i]);
    }
    qc_arena arena = qc_arena_init(NULL);
    qc_lexicon lexicon;
    qc_lexicon_scratch scratch;
    assert_true(qc_lexicon_build(&lexicon, &arena, wanted, COUNT));
    assert_true(qc_lexicon_scratch_init(&scratch, &lexicon, NULL));
    assert_true(qc_lexicon_scan(&lexicon, &scratch, text.data, text.length, count_found, counts));
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(counts[i], 1);
    qc_lexicon_scratch_clear(&scratch);
    qc_arena_clear(&arena);
    qc_buffer_clear(&text);
    free(counts);
    free(wanted);
    free(words);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_term_is_a_whole_word_in_any_case),
        TEST(a_star_runs_over_word_characters_and_a_question_mark_over_one),
        TEST(a_phrase_runs_over_any_white_space),
        TEST(an_escaped_character_is_itself),
        TEST(an_exact_term_keeps_its_case_and_folds_the_rest),
        TEST(a_term_that_cannot_be_is_refused_at_its_place),
        TEST(a_lexicon_of_forty_thousand_terms_finds_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
