/* Weighed evidence: the parts make the score, the comparisons make the decision, and topics are carried or not. */
#include "match/evidence.h"
#include "model/transcript.h"
#include "match/build.h"
#include "support/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char book_text[] =
    "topics:\n"
    "  new: [turning to]\n"
    "  follow_up: [why, and then]\n"
    "  reset: [yourself]\n"
    "  filler: [well, yes, oh]\n"
    "evidence:\n"
    "  off_topic: [weather, dog*]\n"
    "codes:\n"
    "  - id: lead\n"
    "    threshold: 0.6\n"
    "    rules:\n"
    "      - {question: [in charge, leader*], weight: 1.2}\n"
    "      - terms: [boss*, leader*]\n"
    "      - {terms: [desk, office], weight: 0.5, weak: yes}\n"
    "      - {terms: [she, her], weight: 0.5, echo: yes}\n"
    "  - id: share\n"
    "    rules:\n"
    "      - {question: {regex: '\\bfind (?:\\w+ )?out\\b'}, weight: 2}\n"
    "      - {terms: [told us, data], unless: [data plan]}\n"
    "      - {terms: [desk, ring], weight: 0.3, weak: yes}\n"
    "  - id: ends\n"
    "    rules:\n"
    "      - {question: [funding], weight: 1}\n"
    "      - terms: [money, funding]\n";

static const char aspect_text[] =
    "  - id: seen\n"
    "    parent: lead\n"
    "    aspect: yes\n"
    "    terms: [desk, boss, weather]\n";

typedef struct seen {
    const qcode_codebook *codes;
    size_t sentences, coded, openings[4];
    qcode_span last;
    qc_verdict verdicts[8];
} seen;

static bool see_question(void *user, const qc_question *question, qc_opening opening, const qc_belief *belief)
{
    seen *s = user;
    s->openings[opening]++;
    assert_true(question->turn > 0);
    for (size_t c = 0; c < s->codes->count; c++) {
        assert_true(belief[c].asked >= 0 && belief[c].carried >= 0 && belief[c].built == 0);
        assert_true(belief[c].asked + belief[c].carried <= QC_ONE);
    }
    return true;
}

/* The decision, worked out again from what is printed. */
static qc_verdict decide_again(const qcode_codebook *codes, const qc_said *said, const qc_score *scores, size_t code)
{
    const qc_score *s = &scores[code];
    if (codes->codes[code].aspect) { /* with its parent, where it has words */
        qc_verdict of_parent = decide_again(codes, said, scores, codes->codes[code].parent->index);
        return of_parent == QC_VERDICT_CODED && !s->found ? QC_VERDICT_ABSENT : of_parent;
    }
    int32_t best = -1;
    size_t before = 0;
    for (size_t c = 0; c < codes->count; c++)
        if (!codes->codes[c].aspect && scores[c].score - scores[c].threshold > best)
            best = scores[c].score - scores[c].threshold;
    for (size_t c = 0; c < codes->count; c++) {
        int32_t excess = scores[c].score - scores[c].threshold;
        if (!codes->codes[c].aspect && excess >= 0 && best - excess <= scores[c].margin && (excess > s->excess || (excess == s->excess && c < code)))
            before++;
    }
    return said->filler                                           ? QC_VERDICT_FILLER
           : s->score < s->threshold                              ? QC_VERDICT_BELOW
           : best - s->excess > s->margin                         ? QC_VERDICT_BEHIND
           : before >= (size_t)(codes->numbers[QC_N_MOST_CODES] / QC_ONE) ? QC_VERDICT_TOO_MANY
                                                                  : QC_VERDICT_CODED;
}

static bool see_decision(void *user, size_t turn, qcode_span sentence, const qc_said *said, const qc_score *scores,
                         const qcode_hit *hits, size_t hit_count)
{
    seen *s = user;
    (void)hits;
    assert_true(turn && sentence.start < sentence.end && sentence.start >= s->last.end && hit_count < 100);
    s->last = sentence;
    s->sentences++;
    for (size_t c = 0; c < s->codes->count; c++) {
        int32_t sum = 0;
        for (int i = 0; i < QCODE_SHARES; i++)
            sum += scores[c].shares[i];
        assert_int_equal(sum, scores[c].score);
        assert_int_equal(scores[c].excess, scores[c].score - scores[c].threshold);
        assert_int_equal(scores[c].verdict, decide_again(s->codes, said, scores, c));
        s->coded += scores[c].verdict == QC_VERDICT_CODED;
        s->verdicts[c] = scores[c].verdict;
    }
    return true;
}

static qcode_codebook *parse(const char *text)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *codes = qcode_codebook_parse(text, strlen(text), "book", NULL, NULL, &err);
    if (!codes)
        fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
    return codes;
}

/* Codes the talk while it is watched. */
static qcode_codings *run(const qcode_codebook *codes, const qcode_transcript *spoken, bool plain, seen *s)
{
    qcode_error err = {.status = QCODE_OK};
    const qcode_match_options options = {.plain = plain};
    qcode_rules *rules = qcode_rules_new(codes, &options, NULL, NULL, &err);
    qcode_matcher *matcher = qcode_matcher_new(rules, NULL, &err);
    *s = (seen){.codes = codes};
    const qc_witness witness = {s, see_question, see_decision};
    qc_matcher_watch(matcher, &witness);
    qcode_codings *codings = qcode_match(matcher, spoken, &err);
    assert_non_null(codings);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    return codings;
}

static const char *const words[] = {
    "boss",  "bosses", "leader", "in charge", "find things out", "funding", "money", "told us", "data",   "data plan",
    "desk",  "office", "ring",   "she",       "her",             "weather", "dogs",  "why",     "and then", "turning to",
    "yes",   "well",   "oh",     "the",       "a",               "yourself", "was",  "it",      ".",      ".",
    ". Yes.", "?",     ",",
};

static talk *random_talk(dice *seed)
{
    talk *made = talk_new();
    char said[600];
    size_t turns = 1 + dice_below(seed, 9);
    for (size_t t = 0; t < turns; t++) {
        size_t count = 1 + dice_below(seed, 20), used = 0;
        for (size_t i = 0; i < count; i++)
            used += (size_t)snprintf(said + used, sizeof said - used, "%s%s", i ? " " : "",
                                     words[dice_below(seed, sizeof words / sizeof *words)]);
        talk_say(made, dice_below(seed, 2) ? "Interviewer" : dice_below(seed, 2) ? "P1" : "P2", said, used);
    }
    return made;
}

static void the_parts_sum_to_the_score_and_the_comparisons_give_the_decision(void **state)
{
    (void)state;
    char text[sizeof book_text + sizeof aspect_text];
    snprintf(text, sizeof text, "%s%s", book_text, aspect_text);
    qcode_codebook *codes = parse(text);
    dice seed = {7};
    size_t sentences = 0, coded = 0, openings[4] = {0};
    for (int i = 0; i < 3000; i++) {
        talk *made = random_talk(&seed);
        seen s, plain;
        qcode_codings *codings = run(codes, talk_done(made), false, &s);
        assert_int_equal(qcode_codings_count(codings), s.coded);
        for (size_t k = 0; k < s.coded; k++) {
            const qcode_segment *segment = qcode_codings_at(codings, k);
            assert_true(segment->weighed && segment->score >= 0);
            assert_true(segment->basis != QCODE_BASIS_OWN || segment->hit_count);
        }
        qcode_codings *again = run(codes, talk_transcript(made), true, &plain);
        assert_memory_equal(s.verdicts, plain.verdicts, sizeof s.verdicts);
        assert_int_equal(s.coded, plain.coded);
        sentences += s.sentences;
        coded += s.coded;
        for (int k = 0; k < 4; k++)
            openings[k] += s.openings[k];
        qcode_codings_free(again);
        qcode_codings_free(codings);
        talk_free(made);
    }
    assert_true(sentences > 3000 && coded > 500 && coded < sentences * 2);
    for (int k = 0; k < 4; k++)
        if (openings[k] < 50)
            fail_msg("only %zu questions of kind %d", openings[k], k);
    qcode_codebook_free(codes);
}

/* "speaker: words" a line; what is coded as "code basis|..." by sentences' order. */
static const char *coded_lines(const char *text, const char *const (*lines)[2], size_t count)
{
    static char told[2000];
    qcode_codebook *codes = parse(text);
    talk *made = talk_new();
    for (size_t i = 0; i < count; i++)
        talk_say(made, lines[i][0], lines[i][1], strlen(lines[i][1]));
    qcode_error err = {.status = QCODE_OK};
    qcode_rules *rules = qcode_rules_new(codes, NULL, NULL, NULL, &err);
    qcode_matcher *matcher = qcode_matcher_new(rules, NULL, &err);
    qcode_codings *codings = qcode_match(matcher, talk_done(made), &err);
    size_t used = 0;
    told[0] = '\0';
    for (size_t i = 0; i < qcode_codings_count(codings); i++) {
        const qcode_segment *s = qcode_codings_at(codings, i);
        used += (size_t)snprintf(told + used, sizeof told - used, "%s%zu %s %s", i ? "|" : "", s->turn, s->code->id,
                                 qcode_basis_name(s->basis));
        for (size_t k = 1; k < s->piece_count; k++)
            used += (size_t)snprintf(told + used, sizeof told - used, "+");
    }
    qcode_codings_free(codings);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    qcode_codebook_free(codes);
    talk_free(made);
    return told;
}

#define CODED(text, lines) coded_lines(text, lines, sizeof(lines) / sizeof *(lines))

static void a_topic_is_carried_over_a_follow_up_and_ends_with_a_new_one(void **state)
{
    (void)state;
    static const char *const lines[][2] = {
        {"Interviewer", "Who would you say is in charge?"}, {"P1", "It is the one in the hat."},
        {"Interviewer", "Oh, and then?"},                   {"P1", "It got better."},
        {"Interviewer", "Turning to the garden, please."},  {"P1", "It grew."},
        {"Interviewer", "How do you find things out?"},     {"P1", "It is a list."},
        {"Interviewer", "Tell me about yourself."},         {"P1", "It was spring."},
    };
    assert_string_equal(CODED(book_text, lines), "2 lead question|4 lead carried|8 share question");
}

static void a_sentence_of_fillers_and_one_off_topic_get_nothing(void **state)
{
    (void)state;
    static const char *const lines[][2] = {
        {"Interviewer", "Who would you say is in charge?"},
        {"P1", "Oh well, yes. Dogs, the weather, dogs and dogs. The one in the hat."},
    };
    assert_string_equal(CODED(book_text, lines), "2 lead question");
}

static void weak_words_are_no_own_words_and_echoes_follow_strong_ones(void **state)
{
    (void)state;
    static const char *const lines[][2] = {
        {"Interviewer", "Who would you say is in charge?"},
        {"P1", "There was an office. The boss came. She stayed."},
    };
    assert_string_equal(CODED(book_text, lines), "2 lead question|2 lead own|2 lead question");
}

static void weights_beyond_all_measure_do_not_overflow(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    qcode_codebook *codes = parse("evidence: {own: 10, cap: 0}\n"
                                  "codes:\n"
                                  "  - id: many\n"
                                  "    rules:\n"
                                  "      - terms: [boss]\n"
                                  "      - {regex: '\\d+', weight: 10, echo: yes}\n");
    qcode_error err = {.status = QCODE_OK};
    char *spoken = calloc(COUNT, 8);
    size_t length = (size_t)sprintf(spoken, "The boss.");
    for (int i = 0; i < COUNT; i++)
        length += (size_t)sprintf(spoken + length, " %d", i);
    talk *made = talk_new();
    talk_say(made, "P1", spoken, length);
    qcode_rules *rules = qcode_rules_new(codes, NULL, NULL, NULL, &err);
    qcode_matcher *matcher = qcode_matcher_new(rules, NULL, &err);
    qcode_codings *codings = qcode_match(matcher, talk_done(made), &err);
    assert_int_equal(qcode_codings_count(codings), 1);
    const qcode_segment *segment = qcode_codings_at(codings, 0);
    assert_int_equal(segment->shares[QCODE_SHARE_ECHO], 10 * 1000 * 1000);
    assert_int_equal(segment->score, segment->shares[QCODE_SHARE_ECHO] + segment->shares[QCODE_SHARE_TURN]);
    qcode_codings_free(codings);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    qcode_codebook_free(codes);
    talk_free(made);
    free(spoken);
}

static void an_answer_goes_on_to_the_next_new_topic(void **state)
{
    (void)state;
    static const char *const lines[][2] = {
        {"Interviewer", "What about the green park here?"}, {"P1", "It is safe."}, {"P2", "Quite."},
        {"Interviewer", "Why?"},                            {"P1", "Lamps."},
        {"Interviewer", "And what about the old school?"},  {"P1", "Not safe."},
    };
    assert_string_equal(CODED("codes:\n- {id: a, unit: answer, terms: safe}\n- {id: b, unit: answer, terms: [quite, lamps]}\n",
                              lines),
                        "2 a own+|2 b own+|3 b own|7 a own");
}

static bool read_and_match(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_codebook *codes = qcode_codebook_parse(book_text, strlen(book_text), "book", memory, NULL, err);
    qcode_rules *rules = codes ? qcode_rules_new(codes, NULL, memory, NULL, err) : NULL;
    qcode_matcher *matcher = rules ? qcode_matcher_new(rules, memory, err) : NULL;
    qcode_codings *codings = matcher ? qcode_match(matcher, user, err) : NULL;
    bool done = codings;
    qcode_codings_free(codings);
    if (matcher && !done) { /* the matcher can be used again */
        qcode_error again = {.status = QCODE_OK};
        codings = qcode_match(matcher, user, &again);
        if (!codings)
            fail_msg("%s", again.message);
        assert_int_equal(qcode_codings_count(codings), 3);
        qcode_codings_free(codings);
    }
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    qcode_codebook_free(codes);
    return done;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    static const char asked[] = "Who is in charge?", said[] = "The boss. She told us. Dogs!", next[] = "Why?";
    talk *made = talk_new();
    talk_say(made, "Interviewer", asked, strlen(asked));
    talk_say(made, "P1", said, strlen(said));
    talk_say(made, "Interviewer", next, strlen(next));
    talk_say(made, "P1", said, 3);
    refuse_each_allocation(read_and_match, (void *)talk_done(made));
    talk_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_parts_sum_to_the_score_and_the_comparisons_give_the_decision),
        TEST(a_topic_is_carried_over_a_follow_up_and_ends_with_a_new_one),
        TEST(a_sentence_of_fillers_and_one_off_topic_get_nothing),
        TEST(weak_words_are_no_own_words_and_echoes_follow_strong_ones),
        TEST(weights_beyond_all_measure_do_not_overflow),
        TEST(an_answer_goes_on_to_the_next_new_topic),
        TEST(a_refused_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
