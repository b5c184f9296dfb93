/* The quick way through a turn: what it looks for in a regex, what it sees of a text, and that it finds what the plain way finds. */
#include "base/starts.h"
#include "base/utf8.h"
#include "match/anchors.h"
#include "match/build.h"
#include "match/glance.h"
#include "support/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = SANITIZED ? 4000 : 25000, TURNS = 4, MOST_STRINGS = 64 };

#define ONE_OF(from, list) (list)[dice_below(from, sizeof(list) / sizeof *(list))]

/* Words, and what stands for words, signs and gaps in the scripts and encodings of the world. */
static const char *const words[] = {
    "team", "Team", "teams", "teamwork", "share", "SHARED", "sharing", "data", "the", "to", "of", "get", "a", "b", "s", "60",
    "don't", "don\xE2\x80\x99t", "don\xCA\xBCt", "x_y", "multi", "agency", "caf\xC3\xA9", "Caf\xC3\x89", "cafe\xCC\x81", "na\xC3\xAFve",
    "\xC5\xBFhare", "tas\xE2\x84\xAA", "task", "\xEF\xAC\x81x", "fix", "sh\xC2\xAD\x61re", "te\xE2\x80\x8B\x61m", "\xC2\xADteam",
    "\xEF\xBD\x94\xEF\xBD\x85\xEF\xBD\x81\xEF\xBD\x8D", "\xE8\xAD\xA6\xE5\xAF\x9F", "\xE0\xB8\x95\xE0\xB8\xB3\xE0\xB8\xA3\xE0\xB8\xA7\xE0\xB8\x88",
    "\xD9\x88\xD8\xA8\xD9\x8A\xD8\xAA", "\xD8\xA8\xD9\x8A\xD8\xAA", "\xE2\x84\xAB", "\xC3\x85", "stra\xC3\x9F\x65", "STRASSE", "\xC4\xB0t", "it",
    "\xC7\xB0", "q\xCC\xA3\xCC\x81", "\xE1\x84\x92\xE1\x85\xA1", "\xC3\xA9team", "team\xC3\xA9", "<v", "Bob>", "[laughs]", "team2", "_team",
};
static const char *const gaps[] = {" ",  " ",  " ",  " ",  " ",  " ",  " ",  "  ", ", ", "-", "\xE2\x80\x91", " \xE2\x80\x94 ",
                                   "\xE2\x80\x94", "\n", "\n\n", "\t", "\xC2\xA0", ". ", "' ", "\xE2\x80\x9C", "\xE2\x80\x9D ",
                                   "\xE1\xA0\x8E", "\xE3\x80\x80", "\xC2\xAD", "\xE2\x80\x8B", "/", "\xEF\xBC\x8D", "? "};

/* % stands for a word. */
static const char *const terms[] = {
    "%", "%", "%", "% %", "% %", "%-%", "%*", "%* %", "*%", "?%", "% * %", "the % of %", "%'s", "\xE2\x80\x9C%", "#%", "%\xC3\xA9*", "-", "%?",
    "~%",
};
static const char *const regexes[] = {
    "\\b(?:%|%)\\W+(?:\\w+\\W+){0,3}?(?:%|%)s?\\b",
    "\\b%\\w*\\W+(?:\\w+\\W+){0,2}%",
    "\\b(?:%|%)[\\s-]?(?:%|%)\\b",
    "\\b(?:%\\W+)?%\\b",
    "(?<!%\\s)\\b%",
    "\\b%(?!\\W+%)",
    "%.{0,5}%",
    "\\b%\\b|\\b%\\W+%",
    "^%",
    "%$",
    "\\b(?:%|)%",
    "\\b%\\s+%",
    "(?:\\b%\\W+){2}",
    "\\bdon['\xE2\x80\x99]t\\W+%",
    "(?:\\b%|\\b%)\\W%",
    "\\b\\w+\\W+%",
    "\\S+ %",
    "\\b%\\W+(?:(?:%|%)\\W+)?%",
    "[a-t]\\w+ \\b%",
    "\\b%\\d*\\b",
    "\\b(?:s\\.?|%)\\s?(?:60|%)\\b",
    "\\B%",
    "\\b\\W*%",
    "\\b(?:%)+\\b",
    "\\b%{1,2}\\b",
    "(?=%)\\w+ %",
    "%|\\b%",
    "\\b(?>%|%)\\W+(?:\\W*\\w+){1,2} %",
    "\\w+(?:\\W+\\w+){0,2}\\W+%",
    "\\b%[^t]+%",
    "\\b%\\K %",
    "(%) \\1",
};

typedef struct sample {
    char *strings[MOST_STRINGS];
    size_t count;
    book *made;
    talk *with;
} sample;

static const char *keep(sample *s, const char *text)
{
    assert_true(s->count < MOST_STRINGS);
    s->strings[s->count] = strdup(text);
    assert_non_null(s->strings[s->count]);
    return s->strings[s->count++];
}

/* A word of a rule: half of the time one of the few that most texts have. */
static const char *some_word(dice *from)
{
    return dice_below(from, 2) ? words[dice_below(from, 16)] : ONE_OF(from, words);
}

static const char *fill_in(dice *from, sample *s, const char *pattern)
{
    char text[256] = "";
    size_t length = 0;
    for (; *pattern; pattern++) {
        if (*pattern != '%') {
            text[length++] = *pattern;
            continue;
        }
        const char *word = some_word(from);
        assert_true(length + strlen(word) + 1 < sizeof text);
        memcpy(text + length, word, strlen(word));
        length += strlen(word);
    }
    text[length] = '\0';
    return keep(s, text);
}

/* Patterns that are no regex because of the word put in ("[laughs]") are rare; such samples are passed over. */
static void add_rule(dice *from, sample *s)
{
    book_rule(s->made, dice_below(from, 6) == 0);
    for (size_t count = dice_below(from, 3); count; count--)
        book_term(s->made, fill_in(from, s, terms[dice_below(from, sizeof terms / sizeof *terms - 1)]));
    for (size_t count = dice_below(from, 3); count; count--)
        book_regex(s->made, fill_in(from, s, ONE_OF(from, regexes)));
    if (dice_below(from, 5) == 0)
        book_unless_regex(s->made, fill_in(from, s, ONE_OF(from, regexes)));
}

static const char *some_text(dice *from, sample *s)
{
    char text[1024] = "";
    bool odd = dice_below(from, 3) == 0;
    for (size_t count = 1 + dice_below(from, 24); count; count--) {
        const char *gap = odd || !dice_below(from, 6) ? ONE_OF(from, gaps) : " ";
        strcat(text, odd || !dice_below(from, 8) ? ONE_OF(from, words) : words[dice_below(from, 16)]);
        strcat(text, gap);
        assert_true(strlen(text) + 64 < sizeof text);
    }
    return keep(s, text);
}

static sample make_sample(uint64_t seed)
{
    static const char *const ids[] = {"a", "b"};
    dice from = {seed};
    sample s = {.made = book_new(), .with = talk_new()};
    for (size_t codes = 1 + dice_below(&from, 2), i = 0; i < codes; i++) {
        book_code(s.made, ids[i], dice_below(&from, 2) ? QCODE_UNIT_MATCH : (qcode_unit)dice_below(&from, 5), QCODE_SCOPE_ALL);
        for (size_t rules = 1 + dice_below(&from, 3); rules; rules--)
            add_rule(&from, &s);
    }
    book_done(s.made);
    for (size_t turns = 0; turns < TURNS; turns++) {
        const char *text = some_text(&from, &s);
        talk_say(s.with, turns % 2 ? "P1" : "Interviewer", text, strlen(text));
    }
    talk_done(s.with);
    return s;
}

static void free_sample(sample *s)
{
    talk_free(s->with);
    book_free(s->made);
    for (size_t i = 0; i < s->count; i++)
        free(s->strings[i]);
}

static qcode_codings *run(const sample *s, qcode_match_options options, qcode_rules **rules, qcode_matcher **matcher)
{
    qcode_error err = {.status = QCODE_OK};
    *rules = qcode_rules_new(book_done(s->made), &options, NULL, NULL, &err);
    *matcher = *rules ? qcode_matcher_new(*rules, NULL, &err) : NULL;
    return *matcher ? qcode_match(*matcher, talk_transcript(s->with), &err) : NULL;
}

static void show(const sample *s)
{
    for (size_t i = 0; i < s->count; i++)
        print_error("<%s>\n", s->strings[i]);
    for (int plain = 0; plain < 2; plain++) {
        const char *text = coded(s->made, s->with, (qcode_match_options){.plain = plain}, NULL);
        print_error("%s:\n%s", plain ? "plain" : "fast", text ? text : "refused\n");
    }
}

static void the_hunt_finds_what_the_plain_way_finds(void **state)
{
    size_t segments = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        sample s = make_sample(seed);
        qcode_rules *rules[2];
        qcode_matcher *matchers[2];
        qcode_codings *fast = run(&s, (qcode_match_options){.no_jit = seed % 8}, &rules[0], &matchers[0]);
        qcode_codings *plain = run(&s, (qcode_match_options){.plain = true, .no_jit = true}, &rules[1], &matchers[1]);
        if (!fast != !plain || (fast && !same_codings(fast, plain))) {
            show(&s);
            fail_msg("seed %llu: the two ways differ", (unsigned long long)seed);
        }
        segments += fast ? qcode_codings_count(fast) : 0;
        qcode_codings_free(fast);
        qcode_codings_free(plain);
        for (int i = 0; i < 2; i++) {
            qcode_matcher_free(matchers[i]);
            qcode_rules_free(rules[i]);
        }
        free_sample(&s);
    }
    assert_true(segments > CASES);
}

enum { MOST_BYTES = 400, ROOM = MOST_BYTES + 2 * QC_BLOCK, BLOCKS = ROOM / QC_BLOCK + 1 };

/* One look at bytes. */
typedef struct looked {
    char text[ROOM];
    uint64_t starts[BLOCKS], others[BLOCKS];
    bool any;
} looked;

static void all_ways_of_looking_see_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        static looked ways[4];
        dice from = {seed};
        size_t length = dice_below(&from, MOST_BYTES), count = 0;
        char *bytes = malloc(length + 1); /* so that a look behind its end is seen */
        assert_non_null(bytes);
        for (size_t i = 0; i < length; i++)
            bytes[i] = (char)(dice_below(&from, 4) ? ' ' + dice_below(&from, 95) : dice_below(&from, 256));
        char *tight = realloc(bytes, length ? length : 1);
        assert_non_null(tight);
        memset(ways, 0, sizeof ways);
        for (qc_look *look; (look = qc_look_way(count)); count++) {
            looked *to = &ways[count];
            if (seed % 2) {
                memcpy(to->text, tight, length);
                to->any = look(to->text, to->text, length, to->starts, to->others);
            } else {
                to->any = look(to->text, tight, length, to->starts, to->others);
            }
        }
        assert_true(count >= 1);
        for (size_t i = 1; i < count; i++)
            assert_memory_equal(&ways[0], &ways[i], sizeof *ways);
        free(tight);
    }
}

/* A glance has the text that terms see, and leads back to the same places. */
static void a_glance_is_the_folded_text(void **state)
{
    qc_folder folder = qc_folder_init(NULL), second = qc_folder_init(NULL);
    qc_glancer glancer;
    (void)state;
    assert_true(qc_glancer_init(&glancer, &second, NULL));
    for (uint64_t seed = 1; seed <= 5000; seed++) {
        dice from = {seed};
        sample s = {.count = 0};
        const char *text = some_text(&from, &s);
        qc_folded folded;
        qc_glance glance;
        assert_true(qc_fold(&folder, QC_FORM_TERM, text, strlen(text), &folded));
        assert_true(qc_glance_make(&glancer, text, strlen(text), &glance));
        assert_int_equal(glance.length, folded.length);
        assert_memory_equal(glance.text, folded.text, folded.length);
        for (size_t start = 0, end = 0; start < folded.length; start = end) {
            qc_utf8_next(folded.text, folded.length, &end);
            qcode_span want = qc_folded_span(&folded, start, end), got = qc_glance_span(&glance, start, end);
            assert_int_equal(want.start, got.start);
            assert_int_equal(want.end, got.end);
        }
        free(s.strings[0]);
    }
    qc_glancer_clear(&glancer);
    qc_folder_clear(&folder);
    qc_folder_clear(&second);
}

static void the_rarest_words_of_a_regex_are_looked_for(void **state)
{
    static const struct {
        const char *regex, *anchors;
    } cases[] = {
        {"\\b(?:lack|shortage)\\W+of\\W+(?:\\w+\\W+){0,2}?people\\b", "starts lack shortage; 4 behind: people"},
        {"\\bget(?:ting|s)?\\W+to\\W+the\\W+(?:bottom|root)\\b", "3 before: bottom root; 3 before: get"},
        {"\\b(?:s\\.?|section)\\s?60\\b", "starts s. 60 s.60 s 60 s60 section 60 section60"},
        {"\\bteam\\b|\\bcrew\\W+work", "starts team crew"},
        {"(?:\\bteam|\\bcrew)s", "starts teams crews"},
        {"\\w+ \\bteam", "1 before: team"},
        {"\\w+(?: \\w+)* \\bteam", "apart team"},
        {"team", "none"},
        {"\\b(?:team)?", "none"},
        {"\\bteam\\1()", "none"},
        {"(?i)\\bteam", "none"},
        {"\\b\\Qteam\\E", "none"},
    };
    (void)state;
    qc_frequencies english;
    qc_frequencies_of("en", &english);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qc_arena arena = qc_arena_init(NULL);
        qc_buffer got = qc_buffer_init(NULL);
        qc_anchors a;
        char text[64] = "none";
        assert_true(qc_anchors_of(cases[i].regex, strlen(cases[i].regex), &english, &arena, &a));
        if (a.count && a.place == QC_ANCHOR_INSIDE)
            snprintf(text, sizeof text, "%zu before:", a.before);
        else if (a.count)
            snprintf(text, sizeof text, "%s", a.place == QC_ANCHOR_STARTS ? "starts" : "apart");
        qc_buffer_string(&got, text);
        for (size_t k = 0; k < a.count; k++) {
            qc_buffer_byte(&got, ' ');
            qc_buffer_append(&got, a.at[k].text, a.at[k].length);
        }
        if (a.second_count) {
            snprintf(text, sizeof text, "; %zu %s:", a.second_reach, a.second_behind ? "behind" : "before");
            qc_buffer_string(&got, text);
        }
        for (size_t k = 0; k < a.second_count; k++) {
            qc_buffer_byte(&got, ' ');
            qc_buffer_append(&got, a.second[k].text, a.second[k].length);
        }
        assert_string_equal(qc_buffer_text(&got), cases[i].anchors);
        qc_buffer_clear(&got);
        qc_arena_clear(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_ways_of_looking_see_the_same),
        TEST(a_glance_is_the_folded_text),
        TEST(the_rarest_words_of_a_regex_are_looked_for),
        TEST(the_hunt_finds_what_the_plain_way_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
