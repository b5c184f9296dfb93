/* From rules and a transcript to segments: units, scopes, vetoes, what belongs together. Every case runs both ways. */
#include "base/bytes.h"
#include "format/json.h"
#include "match/build.h"

#include <stdio.h>
#include <string.h>

/* Both ways give `want`; ends the book and the talk. */
static void check(book *made, talk *with, const char *want)
{
    for (int plain = 0; plain < 2; plain++) {
        qcode_error err;
        const char *got = coded(made, with, (qcode_match_options){.plain = plain}, &err);
        if (!got)
            fail_msg("%s", err.message);
        assert_string_equal(got, want);
    }
    talk_free(with);
    book_free(made);
}

static book *two_words(qcode_unit unit)
{
    book *made = book_of(unit, "red", "gr[ae]y");
    return made;
}

static const char passage[] = "A red door. No colour.\nGrey on grey, red! Then\n\nmore grey. The end.";

static void a_hit_codes_its_sentence(void **state)
{
    (void)state;
    check(two_words(QCODE_UNIT_SENTENCE), talk_of(passage),
          "c A red door. | red\n"
          "c Grey on grey, red! | Grey, grey, red\n"
          "c more grey. | grey\n");
}

static void a_hit_may_code_itself_its_paragraph_or_its_turn(void **state)
{
    (void)state;
    check(two_words(QCODE_UNIT_MATCH), talk_of(passage),
          "c red | red\nc Grey | Grey\nc grey | grey\nc red | red\nc grey | grey\n");
    check(two_words(QCODE_UNIT_PARAGRAPH), talk_of(passage),
          "c A red door. No colour. Grey on grey, red! Then | red, Grey, grey, red\n"
          "c more grey. The end. | grey\n");
    talk *with = talk_new();
    talk_say(with, "P1", "Red. And blue.", 14);
    talk_say(with, "P2", "Blue.", 5);
    talk_say(with, "P1", "Nothing? Grey.", 14);
    talk_done(with);
    check(two_words(QCODE_UNIT_TURN), with, "c Red. And blue. | Red\nc Nothing? Grey. | Grey\n");
}

static void a_hit_may_code_all_speech_in_scope_of_the_document(void **state)
{
    (void)state;
    book *made = book_new();
    book_code(made, "all", QCODE_UNIT_DOCUMENT, QCODE_SCOPE_RESPONDENT);
    book_rule(made, false);
    book_term(made, "red");
    book_term(made, "blue");
    book_done(made);
    talk *with = talk_new();
    talk_say(with, "Interviewer", "Red?", 4);
    talk_say(with, "P1", "Blue.", 5);
    talk_say(with, "Interviewer", "Why?", 4);
    talk_say(with, "P1", "Not\nred.", 8);
    talk_done(with);
    check(made, with, "all Blue. Not red. | Blue, red\n");
}

static void a_hit_over_a_sentence_end_codes_from_the_first_to_the_last_it_touches(void **state)
{
    (void)state;
    check(book_of(QCODE_UNIT_SENTENCE, "three", "two\\W+three|four\\W+five"),
          talk_of("One. Two. Three. Four. Five. Six."),
          "c Two. Three. | Two. Three\n"
          "c Four. Five. | Four. Five\n");
    check(book_of(QCODE_UNIT_SENTENCE, "two. three", "three. four"), talk_of("One. Two. Three. Four. Five."),
          "c Two. Three. Four. | Two. Three, Three. Four\n");
}

static void of_one_rule_the_longest_hit_stands_for_those_inside_it(void **state)
{
    (void)state;
    book *made = book_new();
    book_code(made, "c", QCODE_UNIT_SENTENCE, QCODE_SCOPE_ALL);
    book_rule(made, false);
    book_term(made, "the boss");
    book_term(made, "boss of");
    book_term(made, "boss");
    book_regex(made, "\\bthe boss\\b");
    book_regex(made, "o");
    book_rule(made, false);
    book_term(made, "boss");
    book_done(made);
    check(made, talk_of("The boss of all."), "c The boss of all. | The boss, boss(c/2), boss of\n");
}

static void an_unless_takes_back_the_hits_of_its_rule_in_the_same_unit(void **state)
{
    static const struct {
        qcode_unit unit;
        const char *want;
    } cases[] = {
        {QCODE_UNIT_SENTENCE, "c A red door. | red\nvetoed red\n"},
        {QCODE_UNIT_MATCH, "c red | red\nvetoed red\n"},
        {QCODE_UNIT_DOCUMENT, "c A red door. No red tape. | red\nvetoed red\n"},
        {QCODE_UNIT_TURN, "vetoed red\nvetoed red\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        book *made = book_of(cases[i].unit, "red", NULL);
        book_unless_term(made, "red tape");
        book_unless_regex(made, "never there");
        book_done(made);
        check(made, talk_of("A red door. No red tape."), cases[i].want);
    }
    book *made = book_of(QCODE_UNIT_SENTENCE, "red", NULL);
    book_unless_regex(made, "^no");
    book_rule(made, false);
    book_term(made, "red");
    book_done(made);
    check(made, talk_of("No red tape."), "c No red tape. | red(c/2)\nvetoed red\n");
}

static void a_code_looks_at_the_speakers_of_its_scope(void **state)
{
    (void)state;
    static const char *const ids[] = {"r", "i", "a"};
    book *made = book_new();
    for (size_t i = 0; i < 3; i++) {
        book_code(made, ids[i], QCODE_UNIT_MATCH, (qcode_scope)i);
        book_rule(made, false);
        book_term(made, "yes");
    }
    book_done(made);
    talk *with = talk_new();
    talk_say(with, "Interviewer", "Yes?", 4);
    talk_say(with, "P1", "yes", 3);
    talk_done(with);
    qcode_error err;
    const char *got = coded(made, with, (qcode_match_options){.plain = false}, &err);
    assert_string_equal(got, "i Yes | Yes(i/1)\na Yes | Yes(a/1)\nr yes | yes\na yes | yes(a/1)\n");
    talk_free(with);
    check(made, talk_of("yes"), "r yes | yes\ni yes | yes(i/1)\na yes | yes(a/1)\n");
}

static void white_space_and_nothing_code_nothing(void **state)
{
    (void)state;
    check(book_of(QCODE_UNIT_SENTENCE, NULL, "\\s+|x+|^|\\b"), talk_of("One. Two.\n\nThree. Xx"), "c Xx | Xx\n");
    check(book_of(QCODE_UNIT_SENTENCE, "x", "x"), talk_of(""), "");
}

static void an_empty_match_is_passed_over_and_the_search_goes_on(void **state)
{
    (void)state;
    check(book_of(QCODE_UNIT_MATCH, NULL, "a*?|b"), talk_of("aab b\xC3\xA9"), "");
    check(book_of(QCODE_UNIT_MATCH, NULL, "a*"), talk_of("b\xC3\xA9" "aab a"), "c aa | aa\nc a | a\n");
}

static bool read_value(qc_json *json, qc_json_token *token, const char *key, char *text, size_t size)
{
    assert_true(qc_json_next(json, token, NULL));
    if (strcmp(key, "want") == 0 || token->kind != QC_JSON_STRING)
        return false;
    snprintf(text, size, "%s", token->text);
    return true;
}

/* The wanted spans of the case that `json` stands in, as bytes. */
static size_t read_want(qc_json *json, qcode_span *want)
{
    qc_json_token token;
    size_t count = 0;
    for (;;) {
        assert_true(qc_json_next(json, &token, NULL));
        if (token.kind == QC_JSON_CLOSE_ARRAY)
            return count;
        if (token.kind == QC_JSON_KEY && strcmp(token.text, "utf8") != 0)
            assert_true(qc_json_skip(json, NULL));
        if (token.kind != QC_JSON_KEY || strcmp(token.text, "utf8") != 0)
            continue;
        size_t ends[2];
        assert_true(qc_json_next(json, &token, NULL)); /* [ */
        for (int i = 0; i < 2; i++) {
            assert_true(qc_json_next(json, &token, NULL));
            ends[i] = (size_t)token.number;
        }
        assert_true(qc_json_next(json, &token, NULL)); /* ] */
        want[count++] = (qcode_span){ends[0], ends[1]};
    }
}

typedef struct unicode_case {
    char id[64], kind[16], rule[64], text[512];
    qcode_span want[8];
    size_t count;
} unicode_case;

static void read_case(const char *line, size_t length, unicode_case *c)
{
    qc_json *json = qc_json_new(line, length, "cases.jsonl", 1, NULL, NULL);
    qc_json_token token;
    memset(c, 0, sizeof *c);
    assert_true(qc_json_next(json, &token, NULL));
    while (qc_json_next(json, &token, NULL) && token.kind == QC_JSON_KEY) {
        char key[16], ignored[512];
        snprintf(key, sizeof key, "%s", token.text);
        char *to = strcmp(key, "id") == 0     ? c->id
                   : strcmp(key, "kind") == 0 ? c->kind
                   : strcmp(key, "rule") == 0 ? c->rule
                   : strcmp(key, "text") == 0 ? c->text
                                              : ignored;
        size_t size = to == c->id ? sizeof c->id : to == c->kind ? sizeof c->kind : to == c->rule ? sizeof c->rule : 512;
        if (!read_value(json, &token, key, to, size) && token.kind == QC_JSON_OPEN_ARRAY)
            c->count = read_want(json, c->want);
    }
    qc_json_free(json);
}

static void check_case(const unicode_case *c, bool plain)
{
    bool word = strcmp(c->kind, "word") == 0;
    book *made = book_of(QCODE_UNIT_MATCH, word ? c->rule : NULL, word ? NULL : c->rule);
    talk *with = talk_of(c->text);
    qcode_match_options options = {.plain = plain};
    qcode_rules *rules = qcode_rules_new(book_done(made), &options, NULL, NULL, NULL);
    qcode_matcher *matcher = qcode_matcher_new(rules, NULL, NULL);
    qcode_codings *codings = qcode_match(matcher, talk_transcript(with), NULL);
    assert_non_null(codings);
    size_t count = qcode_codings_count(codings);
    if (count != c->count)
        fail_msg("%s: %zu segments, not %zu", c->id, count, c->count);
    for (size_t i = 0; i < count; i++) {
        qcode_span got = qcode_codings_at(codings, i)->span;
        if (got.start != c->want[i].start || got.end != c->want[i].end)
            fail_msg("%s: [%zu, %zu), not [%zu, %zu)", c->id, got.start, got.end, c->want[i].start, c->want[i].end);
    }
    qcode_codings_free(codings);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    talk_free(with);
    book_free(made);
}

static void unicode_is_matched_as_the_shared_cases_want(void **state)
{
    (void)state;
    NEED_SHARED(path, "hostile/unicode/cases.jsonl");
    qc_bytes bytes;
    assert_true(qc_bytes_read(path, 1 << 20, NULL, &bytes, NULL));
    size_t cases = 0;
    for (char *line = (char *)bytes.data, *end; (end = strchr(line, '\n')); line = end + 1, cases++) {
        unicode_case c;
        read_case(line, (size_t)(end - line), &c);
        check_case(&c, false);
        check_case(&c, true);
    }
    assert_true(cases >= 20);
    qc_bytes_clear(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_hit_codes_its_sentence),
        TEST(a_hit_may_code_itself_its_paragraph_or_its_turn),
        TEST(a_hit_may_code_all_speech_in_scope_of_the_document),
        TEST(a_hit_over_a_sentence_end_codes_from_the_first_to_the_last_it_touches),
        TEST(of_one_rule_the_longest_hit_stands_for_those_inside_it),
        TEST(an_unless_takes_back_the_hits_of_its_rule_in_the_same_unit),
        TEST(a_code_looks_at_the_speakers_of_its_scope),
        TEST(white_space_and_nothing_code_nothing),
        TEST(an_empty_match_is_passed_over_and_the_search_goes_on),
        TEST(unicode_is_matched_as_the_shared_cases_want),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
