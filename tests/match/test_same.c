/* Random rules on random transcripts: the fast way gives what the plain way gives, in any thread, with any memory. */
#include "match/build.h"
#include "support/random.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 20000, MOST_STRINGS = 128 };

#define ONE_OF(from, list) (list)[dice_below(from, sizeof(list) / sizeof *(list))]

/* A codebook and a transcript, with the strings they are made of. */
typedef struct sample {
    char *strings[MOST_STRINGS];
    size_t count;
    book *made;
    talk *with;
} sample;

static const char *const letters[] = {
    "a", "b", "A", "B", "ab", "ba", "aab", "BAA", "_", "1", "s", "k", "i", "J", "ab", "\xCC\x8C",
    "\xC3\xA9", "e\xCC\x81", "E\xCC\x81", "\xC3\x9F", "ss", "\xC5\xBF", "\xE2\x84\xAA", "\xC4\xB0", "\xC4\xB1",
    "\xEF\xAC\x81", "fi", "\xEF\xBD\x81", "q\xCC\xA3\xCC\x81", "\xCC\x81", "\xD9\x88", "\xD8\xA8", "\xD9\x8E",
    "\xED\x95\x9C", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xE1\x85\xA1", "\xE0\xA4\xB9\xE0\xA4\xBF", "\xF0\x9F\x98\x80",
};
static const char *const others[] = {"-", "'", "\xE2\x80\x99", "\xE2\x80\x90", "\xC2\xAD", "\xE2\x80\x8B", "#", ".", "!", "?"};
static const char *const gaps[] = {" ", " ", " ", "  ", "\n", "\n\n", "\t", "\xC2\xA0", ". ", ".\n", "? A", ", "};

static const char *keep(sample *s, const char *text)
{
    assert_true(s->count < MOST_STRINGS);
    return s->strings[s->count++] = strdup(text);
}

static void add(char *text, size_t size, const char *more)
{
    size_t length = strlen(text);
    if (length + strlen(more) < size)
        strcpy(text + length, more);
}

static const char *some_term(dice *from, sample *s)
{
    char text[64] = "";
    do {
        switch (dice_below(from, 12)) {
        case 0: add(text, sizeof text, "*"); break;
        case 1: add(text, sizeof text, "?"); break;
        case 2: add(text, sizeof text, " "); break;
        case 3: {
            const char *other = ONE_OF(from, others);
            add(text, sizeof text, *other == '?' ? "\\?" : other);
            break;
        }
        default: add(text, sizeof text, ONE_OF(from, letters)); break;
        }
    } while (dice_below(from, 4));
    add(text, sizeof text, ONE_OF(from, letters));
    return keep(s, text);
}

static const char *some_regex(dice *from, sample *s)
{
    static const char *const parts[] = {"a", "b+", "\\b", "\\w*", "\\W", "[^a]", "\xC3\xA9", "(?:ab|ba)", "(?<=a)", "(?!b)",
                                        "^", "$", "s", ".", "a?", "\\s", "(a)\\1", "\\K", "[a-k]",
                                        "aab", "aBa", "abab?", "(?:aab|baa|j)", "(?:aab)*", "(?:baa|ssk){1,2}", "[]a]", "[^]b[]",
                                        "[[:alpha:]]", "(?=aab)", "(?!aab)", "(?<!bab)", "(?>aaba)", "|", "a{2}", "bab{0,2}", "{", "\\.", "(?:j|aab)",
                                        "fifi", "kia", "jab", "\\pL", "\\p{Ll}"};
    char text[128] = "";
    do
        add(text, sizeof text, ONE_OF(from, parts));
    while (dice_below(from, 3));
    return keep(s, text);
}

static const char *some_words(dice *from, sample *s)
{
    char text[256] = "";
    for (size_t count = dice_below(from, 40); count; count--) {
        size_t which = dice_below(from, 10);
        add(text, sizeof text, which < 6 ? ONE_OF(from, letters) : which < 9 ? ONE_OF(from, gaps) : ONE_OF(from, others));
    }
    return keep(s, text);
}

static void add_rule(dice *from, sample *s)
{
    book_rule(s->made, dice_below(from, 5) == 0);
    for (size_t count = dice_below(from, 5); count; count--)
        book_term(s->made, some_term(from, s));
    for (size_t count = dice_below(from, 8) == 0 ? 2 : 0; count; count--)
        book_regex(s->made, some_regex(from, s));
    if (dice_below(from, 4) == 0)
        book_unless_term(s->made, some_term(from, s));
    if (dice_below(from, 16) == 0)
        book_unless_regex(s->made, some_regex(from, s));
}

static sample make_sample(uint64_t seed)
{
    static const char *const ids[] = {"a", "b", "c"}, *const speakers[] = {"Interviewer", "P1", "P2"};
    dice from = {seed};
    sample s = {.made = book_new(), .with = talk_new()};
    for (size_t codes = 1 + dice_below(&from, 3), i = 0; i < codes; i++) {
        book_code(s.made, ids[i], (qcode_unit)dice_below(&from, 5), (qcode_scope)dice_below(&from, 3));
        for (size_t rules = 1 + dice_below(&from, 2); rules; rules--)
            add_rule(&from, &s);
    }
    book_done(s.made);
    bool nobody = dice_below(&from, 4) == 0;
    for (size_t turns = 1 + dice_below(&from, 4); turns; turns--) {
        const char *words = some_words(&from, &s);
        talk_say(s.with, nobody ? NULL : ONE_OF(&from, speakers), words, strlen(words));
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

/* What the headers promise of every coding. */
static void assert_sound(const qcode_codings *codings, uint64_t seed)
{
    size_t length;
    qcode_transcript_text(qcode_codings_transcript(codings), &length);
    for (size_t i = 0; i < qcode_codings_count(codings); i++) {
        const qcode_segment *s = qcode_codings_at(codings, i);
        bool sound = s->hit_count && s->piece_count && s->turn && s->span.start < s->span.end && s->span.end <= length &&
                     s->pieces[0].start == s->span.start && s->pieces[s->piece_count - 1].end == s->span.end;
        for (size_t k = 0; k < s->hit_count; k++) {
            qcode_span hit = s->hits[k].span;
            sound = sound && hit.start < hit.end && s->hits[k].rule->code == s->code && s->span.start < hit.end &&
                    hit.start < s->span.end;
        }
        for (size_t k = 0; k + 1 < s->piece_count; k++)
            sound = sound && s->pieces[k].end < s->pieces[k + 1].start;
        if (!sound)
            fail_msg("seed %llu: segment %zu is not sound", (unsigned long long)seed, i);
    }
}

/* A sample as text, for whoever has to find out why it failed. */
static void show(const sample *s, uint64_t seed)
{
    const qcode_codebook *made = book_done(s->made);
    size_t length;
    for (size_t c = 0; c < made->count; c++)
        for (size_t r = 0; r < made->codes[c].rule_count; r++) {
            const qcode_rule *rule = &made->codes[c].rules[r];
            const qc_patterns *lists[] = {&rule->terms, &rule->regexes, &rule->unless_terms, &rule->unless_regexes};
            print_error("%s%s", rule->id, rule->case_exact ? " exact" : "");
            for (size_t k = 0; k < 4; k++)
                for (size_t i = 0; i < lists[k]->count; i++)
                    print_error(" %s<%s>", k == 1 ? "regex" : k > 1 ? "unless" : "", lists[k]->at[i].text);
            print_error("\n");
        }
    print_error("%s\n", qcode_transcript_text(talk_transcript(s->with), &length));
    for (int plain = 0; plain < 2; plain++) {
        const char *text = coded(s->made, s->with, (qcode_match_options){.plain = plain}, NULL);
        print_error("%s:\n%s", plain ? "plain" : "fast", text ? text : "refused\n");
    }
    print_error("seed %llu\n", (unsigned long long)seed);
}

static qcode_codings *run(const sample *s, qcode_match_options options, qcode_rules **rules, qcode_matcher **matcher)
{
    qcode_error err = {.status = QCODE_OK};
    *rules = qcode_rules_new(book_done(s->made), &options, NULL, NULL, &err);
    *matcher = *rules ? qcode_matcher_new(*rules, NULL, &err) : NULL;
    return *matcher ? qcode_match(*matcher, talk_transcript(s->with), &err) : NULL;
}

static void the_fast_way_gives_what_the_plain_way_gives(void **state)
{
    size_t segments = 0, vetoed = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        sample s = make_sample(seed);
        qcode_rules *rules[2];
        qcode_matcher *matchers[2];
        qcode_codings *fast = run(&s, (qcode_match_options){.no_jit = seed % 8}, &rules[0], &matchers[0]);
        qcode_codings *plain = run(&s, (qcode_match_options){.plain = true, .no_jit = true}, &rules[1], &matchers[1]);
        if (!fast != !plain || (fast && !same_codings(fast, plain))) {
            show(&s, seed);
            fail_msg("the two ways differ");
        }
        if (fast) {
            assert_sound(fast, seed);
            segments += qcode_codings_count(fast);
            vetoed += qcode_codings_vetoed_count(fast);
        }
        qcode_codings_free(fast);
        qcode_codings_free(plain);
        for (int i = 0; i < 2; i++) {
            qcode_matcher_free(matchers[i]);
            qcode_rules_free(rules[i]);
        }
        free_sample(&s);
    }
    assert_true(segments > CASES / 2 && vetoed > CASES / 200);
}

/* A sample with regexes in it that are run more than once. */
static sample busy_sample(void)
{
    sample s = {.made = book_of(QCODE_UNIT_SENTENCE, "a*", "b+"), .with = talk_new()};
    static const char words[] = "Ab bb ba. E\xCC\x81t aab bab?\n\nAaa bab, caf\xC3\xA9\nbb. And none of it.";
    book_term(s.made, "*b a*");
    book_unless_term(s.made, "none");
    book_unless_regex(s.made, "z|q");
    book_code(s.made, "d", QCODE_UNIT_DOCUMENT, QCODE_SCOPE_ALL);
    book_rule(s.made, true);
    book_term(s.made, "caf\xC3\xA9");
    book_regex(s.made, "(b)\\1|^(?:a|b)*$");
    book_done(s.made);
    for (int i = 0; i < 12; i++)
        talk_say(s.with, i % 2 ? "P1" : "Interviewer", words, strlen(words));
    talk_done(s.with);
    return s;
}

static bool match_with(const qcode_memory *memory, void *user, qcode_error *err)
{
    const sample *s = user;
    qcode_rules *rules = qcode_rules_new(book_done(s->made), NULL, memory, NULL, err);
    qcode_matcher *matcher = rules ? qcode_matcher_new(rules, memory, err) : NULL;
    qcode_codings *codings = matcher ? qcode_match(matcher, talk_transcript(s->with), err) : NULL;
    bool done = codings;
    qcode_codings_free(codings);
    if (matcher && !done) { /* the matcher can be used again */
        qcode_error again = {.status = QCODE_OK};
        codings = qcode_match(matcher, talk_transcript(s->with), &again);
        assert_non_null(codings);
        assert_true(qcode_codings_count(codings) > 0);
        qcode_codings_free(codings);
    }
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    return done;
}

static void a_refused_allocation_is_told_and_leaves_nothing_behind(void **state)
{
    (void)state;
    sample s = busy_sample();
    refuse_each_allocation(match_with, &s);
    free_sample(&s);
}

enum { THREADS = 4 };

typedef struct worker {
    const qcode_rules *rules;
    const sample *s;
    const qcode_codings *want;
    bool same;
} worker;

static void *work(void *user)
{
    worker *w = user;
    qcode_matcher *matcher = qcode_matcher_new(w->rules, NULL, NULL);
    w->same = matcher;
    for (int i = 0; w->same && i < 20; i++) {
        qcode_codings *codings = qcode_match(matcher, talk_transcript(w->s->with), NULL);
        w->same = codings && same_codings(codings, w->want);
        qcode_codings_free(codings);
    }
    qcode_matcher_free(matcher);
    return NULL;
}

static void threads_that_share_rules_find_the_same(void **state)
{
    (void)state;
    sample s = busy_sample();
    qcode_rules *rules[2];
    qcode_matcher *matcher;
    qcode_codings *want = run(&s, (qcode_match_options){.plain = true}, &rules[0], &matcher);
    rules[1] = qcode_rules_new(book_done(s.made), NULL, NULL, NULL, NULL);
    pthread_t threads[THREADS];
    worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.rules = rules[1], .s = &s, .want = want};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(workers[i].same);
    }
    qcode_codings_free(want);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules[0]);
    qcode_rules_free(rules[1]);
    free_sample(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_fast_way_gives_what_the_plain_way_gives),
        TEST(a_refused_allocation_is_told_and_leaves_nothing_behind),
        TEST(threads_that_share_rules_find_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
