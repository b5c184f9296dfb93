/* A stranger's regexes: what does not compile is named at its place, what would not end is refused, and nothing is lost. */
#include "base/buffer.h"
#include "base/bytes.h"
#include "format/json.h"
#include "match/build.h"
#include "match/regex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const qcode_match_options fast = {.plain = false}, no_jit = {.no_jit = true};

static void every_bad_regex_is_named_at_its_fault(void **state)
{
    static const char text[] = "codes:\n"
                               "  - id: a\n"
                               "    regex: ['good', 'abc(def']\n"
                               "  - id: b\n"
                               "    regex:\n"
                               "      - '[abc'\n"
                               "      - \"\\\\d it''s (?<=a+)b\"\n"
                               "      - 'it''s \xC3\xA9 \\q'\n"
                               "      - 'a(?C1)b'\n"
                               "      - 'a\\Cb'\n";
    static const size_t places[][2] = {{3, 29}, {6, 14}, {7, 20}, {8, 19}, {9, 11}, {10, 13}};
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *parsed = qcode_codebook_parse(text, strlen(text), "b.yaml", NULL, NULL, &err);
    if (!parsed)
        fail_msg("%zu:%zu %s", err.line, err.column, err.message);
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_null(qcode_rules_new(parsed, NULL, NULL, notes, &err));
    size_t count = sizeof places / sizeof *places, found = 0;
    for (size_t i = 0; i < qcode_notes_count(notes); i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        if (note->kind != QCODE_NOTE_ERROR)
            continue;
        assert_true(found < count);
        if (note->line != places[found][0] || note->column != places[found][1])
            fail_msg("%zu:%zu %s", note->line, note->column, note->text);
        found++;
    }
    assert_int_equal(found, count);
    assert_int_equal(err.status, QCODE_INVALID);
    assert_int_equal(err.line, 3);
    assert_string_equal(err.source, "b.yaml");
    assert_string_equal(err.message, "the regex does not compile: missing closing parenthesis");
    qcode_notes_free(notes);
    qcode_codebook_free(parsed);
}

static void a_regex_that_can_match_nothing_is_warned_of(void **state)
{
    (void)state;
    book *made = book_of(QCODE_UNIT_MATCH, NULL, "x*");
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_rules *rules = qcode_rules_new(book_done(made), NULL, NULL, notes, NULL);
    assert_non_null(rules);
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_WARNING), 1);
    qcode_rules_free(rules);
    qcode_notes_free(notes);
    book_free(made);
}

static void a_regex_sees_normal_form_c_whichever_way_it_is_written(void **state)
{
    static const struct {
        const char *regex, *text, *want;
    } cases[] = {
        {"\\bcafe\xCC\x81\\b", "Caf\xC3\xA9", "c Caf\xC3\xA9 | Caf\xC3\xA9\n"},
        {"caf\xC3\xA9", "cafe\xCC\x81!", "c cafe\xCC\x81 | cafe\xCC\x81\n"},
        {"\\w\xCC\x81", "x\xCC\x81", "c x\xCC\x81 | x\xCC\x81\n"}, /* not \xE1\xBA\x83, w with an acute accent */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        book *made = book_of(QCODE_UNIT_MATCH, NULL, cases[i].regex);
        talk *with = talk_of(cases[i].text);
        qcode_error err;
        const char *got = coded(made, with, fast, &err);
        if (!got)
            fail_msg("%s", err.message);
        assert_string_equal(got, cases[i].want);
        talk_free(with);
        book_free(made);
    }
}

/* `times` times `pump`, with something before and behind. */
static talk *pumped(const char *prefix, const char *pump, size_t times, const char *suffix)
{
    qc_buffer text = qc_buffer_init(NULL);
    qc_buffer_string(&text, prefix);
    for (size_t i = 0; i < times; i++)
        qc_buffer_string(&text, pump);
    qc_buffer_string(&text, suffix);
    talk *made = talk_of(qc_buffer_text(&text));
    qc_buffer_clear(&text);
    return made;
}

/* The search ends, with what `want` says: "limit", "none", "some", or "any" of them. Under a sanitizer the limit of time may
 * be met where it is not elsewhere. How long it takes is measured by tests/bench/regex.c. */
static void assert_ends(const char *regex, const talk *with, qcode_match_options options, const char *want)
{
    book *made = book_of(QCODE_UNIT_MATCH, NULL, regex);
    qcode_error err;
    const char *got = coded(made, with, options, &err);
    const char *ended = got ? got[0] ? "some" : "none" : "limit";
    if (!got && (err.status != QCODE_LIMIT || !strstr(err.message, "a regex of the rule \"c/1\" met ")))
        fail_msg("%s: %s", regex, err.message);
    if (!got && (strcmp(err.source, "talk.txt") != 0 || err.line != 1 || !err.column))
        fail_msg("%s: %s:%zu:%zu", regex, err.source, err.line, err.column);
    if (strcmp(want, "any") != 0 && strcmp(want, ended) != 0 && !(SANITIZED && !got))
        fail_msg("%s ends with %s, not %s: %s", regex, ended, want, err.message);
    book_free(made);
}

static void a_search_without_end_is_refused(void **state)
{
    (void)state;
    talk *many_a = pumped("", "a", 50, "!"), *long_talk = pumped("", "leadership visible ", 5000, "");
    talk *longer = pumped("", "leadership visible ", 52000, ""), *longest = pumped("", "a ", 3 << 20, "");
    const qcode_match_options ways[] = {fast, no_jit, {.plain = true}};
    for (size_t i = 0; i < 3; i++) {
        assert_ends("^(a+)+$", many_a, ways[i], "limit");
        assert_ends("(*LIMIT_MATCH=4000000000)^(a|aa)+$", many_a, ways[i], "limit");
        assert_ends("(?R)", many_a, ways[i], "limit");
        assert_ends("(?=.*leadership)(?=.*visible)(?=.*committed)^.*$", long_talk, ways[i], "limit");
        assert_ends("(?=.*leadership)(?=.*visible).(?=.*e)", longer, ways[i], "limit");
        assert_ends("x", longest, ways[i], "limit");
        assert_ends("\\Gx|z(*SKIP)(*F)|y", longer, ways[i], "limit");
        assert_ends("\\Gx|z(*SKIP)(*F)|y", many_a, ways[i], "none");
        /* a tenth of the time that the limit allows */
        assert_ends("\\bcommitted\\b|comm[iu]t", long_talk, ways[i], "none");
        assert_ends("\\w+ing\\b|\\p{Nd}\\w+", long_talk, ways[i], "none");
    }
    talk_free(many_a);
    talk_free(long_talk);
    talk_free(longer);
    talk_free(longest);
}

static void only_an_anchor_at_the_last_match_asks_for_a_short_turn(void **state)
{
    (void)state;
    talk *with = pumped("", "leadership visible ", 500, "");
    const char *const with_anchor[] = {"\\Gq", "q|\\\\\\Gq", "[q]\\Gq", "[]q]\\Gq", "\\Qq[\\E\\Gq", "\\c[\\Gq", "(?#[)\\Gq",
                                       "(?x)q#[\n\\G", "[[:digit:]q []\\Gq]", "[\\E]q[]\\Gq]"};
    const char *const without[] = {"q\\\\G", "q\\\\Gq|q", "\\Qq\\G\\E", "\\Qq\\G"};
    for (size_t i = 0; i < sizeof with_anchor / sizeof *with_anchor; i++)
        assert_ends(with_anchor[i], with, fast, "limit");
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        assert_ends(without[i], with, fast, "none");
    talk_free(with);
}

static void a_turn_of_a_mebibyte_is_searched_to_its_end(void **state)
{
    (void)state;
    talk *with = pumped("", "the quick brown fox jumps over the lazy dog. ", 23000, "zebra crossing");
    const char *const regexes[] = {"zebra", "(?<=a )cross\\w+$", "(?:ca[tr]|zeb)ra", "\\bzeb(?:ra)\\b", "[a-z]+ing\\b"};
    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++)
        assert_ends(regexes[i], with, fast, "some");
    talk_free(with);
}

/* Searches in one call a match, and compares each with the segment of the same number; how many there are. */
static size_t whole_search(const char *regex, const char *text, const qcode_codings *codings)
{
    int fault;
    size_t offset, at = 0, count = 0, length = strlen(text);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS,
                                     &fault, &offset, NULL);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    assert_non_null(code);
    while (at <= length && pcre2_match(code, (PCRE2_SPTR)text, length, at, 0, data, NULL) >= 0) {
        const size_t *found = pcre2_get_ovector_pointer(data);
        if (count < qcode_codings_count(codings)) {
            assert_int_equal(qcode_codings_at(codings, count)->span.start, found[0]);
            assert_int_equal(qcode_codings_at(codings, count)->span.end, found[1]);
        }
        assert_true(found[1] > found[0]);
        count++;
        at = found[1];
    }
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return count;
}

static void steps_change_no_result(void **state)
{
    (void)state;
    static const char *const regexes[] = {"(?<=a)b", "^a|b$", "a.*?b", "(?s)x.*y", "(\\w)\\1", "a\\Kb", "b(?=.*z$)"};
    qc_buffer text = qc_buffer_init(NULL);
    for (size_t i = 0; i < 3000; i++)
        qc_buffer_string(&text, i % 7 ? i % 11 ? "ab a" : "bb\xC3\xA9" : "xyzz ");
    qc_buffer_string(&text, "z");
    const char *words = qc_buffer_text(&text);
    talk *with = talk_of(words);
    for (size_t i = 0; i < sizeof regexes / sizeof *regexes; i++) {
        book *made = book_of(QCODE_UNIT_MATCH, NULL, regexes[i]);
        qcode_rules *rules = qcode_rules_new(book_done(made), &fast, NULL, NULL, NULL);
        qcode_matcher *matcher = qcode_matcher_new(rules, NULL, NULL);
        qcode_codings *codings = qcode_match(matcher, talk_transcript(with), NULL);
        assert_non_null(codings);
        size_t count = whole_search(regexes[i], words, codings);
        assert_int_equal(count, qcode_codings_count(codings));
        qcode_codings_free(codings);
        qcode_matcher_free(matcher);
        qcode_rules_free(rules);
        book_free(made);
    }
    talk_free(with);
    qc_buffer_clear(&text);
}

typedef struct hostile_case {
    char pattern[1024], prefix[64], pump[64], suffix[64], must[256];
    size_t times;
} hostile_case;

static void read_case(const char *line, size_t length, hostile_case *c)
{
    const struct {
        const char *key;
        char *to;
        size_t size;
    } fields[] = {{"pattern", c->pattern, sizeof c->pattern},
                  {"prefix", c->prefix, sizeof c->prefix},
                  {"pump", c->pump, sizeof c->pump},
                  {"suffix", c->suffix, sizeof c->suffix},
                  {"must", c->must, sizeof c->must}};
    qc_json *json = qc_json_new(line, length, "regex", 1, NULL, NULL);
    qc_json_token token;
    memset(c, 0, sizeof *c);
    assert_true(qc_json_next(json, &token, NULL));
    while (qc_json_next(json, &token, NULL) && token.kind == QC_JSON_KEY) {
        size_t i = 0, count = sizeof fields / sizeof *fields;
        while (i < count && strcmp(fields[i].key, token.text) != 0)
            i++;
        bool times = strcmp(token.text, "times") == 0;
        if (i == count && !times) {
            assert_true(qc_json_skip(json, NULL));
            continue;
        }
        assert_true(qc_json_next(json, &token, NULL));
        if (times)
            c->times = (size_t)token.number;
        else
            snprintf(fields[i].to, fields[i].size, "%s", token.text);
    }
    qc_json_free(json);
}

/* Tells `look` every line of a file of cases; how many there are. */
static size_t each_case(const char *path, void (*look)(const hostile_case *))
{
    qc_bytes bytes;
    size_t count = 0;
    assert_true(qc_bytes_read(path, 1 << 20, NULL, &bytes, NULL));
    for (char *line = (char *)bytes.data, *end; (end = strchr(line, '\n')); line = end + 1, count++) {
        hostile_case c;
        read_case(line, (size_t)(end - line), &c);
        look(&c);
    }
    qc_bytes_clear(&bytes);
    return count;
}

static void compile_case(const hostile_case *c)
{
    book *made = book_of(QCODE_UNIT_MATCH, NULL, c->pattern);
    qcode_error err = {.status = QCODE_OK};
    qcode_rules *rules = qcode_rules_new(book_done(made), NULL, NULL, NULL, &err);
    bool accepted = strcmp(c->must, "accepted") == 0;
    if (accepted != (rules != NULL) || (!accepted && (err.status != QCODE_INVALID || !err.line || !err.column)))
        fail_msg("%s: %zu:%zu: %s", c->pattern, err.line, err.column, err.message);
    qcode_rules_free(rules);
    book_free(made);
}

static void match_case(const hostile_case *c)
{
    talk *with = pumped(c->prefix, c->pump, c->times, c->suffix);
    const qcode_match_options ways[] = {fast, no_jit, {.plain = true}};
    for (size_t i = 0; i < 3; i++)
        assert_ends(c->pattern, with, ways[i], "any");
    talk_free(with);
}

static void the_shared_regexes_compile_or_are_refused_with_their_place(void **state)
{
    (void)state;
    NEED_SHARED(path, "hostile/regex/compile.jsonl");
    assert_true(each_case(path, compile_case) >= 10);
}

static void the_shared_attacks_end(void **state)
{
    (void)state;
    NEED_SHARED(path, "hostile/regex/match.jsonl");
    assert_true(each_case(path, match_case) >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_bad_regex_is_named_at_its_fault),
        TEST(a_regex_that_can_match_nothing_is_warned_of),
        TEST(a_regex_sees_normal_form_c_whichever_way_it_is_written),
        TEST(a_search_without_end_is_refused),
        TEST(only_an_anchor_at_the_last_match_asks_for_a_short_turn),
        TEST(a_turn_of_a_mebibyte_is_searched_to_its_end),
        TEST(steps_change_no_result),
        TEST(the_shared_regexes_compile_or_are_refused_with_their_place),
        TEST(the_shared_attacks_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
