/* What is asked and said, gathered answer by answer and weighed. */
#include "match/evidence.h"

#include <stdlib.h>

/* Where a sentence of the answer stands. */
typedef struct qc_saying {
    qcode_span span;
    size_t turn;                    /* number */
    size_t first_piece, piece_count; /* bytes of `pieces` */
    size_t first_hit, hit_count;
} saying;

/* A hit in a turn. */
typedef struct qc_word {
    size_t sentence; /* of the turn; 0 of all in a question */
    size_t code;
    const qcode_rule *rule;
    const qc_found *found;
} word;

bool qc_evidence_init(qc_evidence *e, const qcode_codebook *book, const qcode_memory *memory)
{
    *e = (qc_evidence){.memory = memory, .book = book, .pieces = qc_buffer_init(memory)};
    return qc_weighing_init(&e->weigher, book, memory);
}

void qc_evidence_clear(qc_evidence *e)
{
    void *const blocks[] = {e->said, e->sayings, e->own, e->hits, e->words};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        qc_release(e->memory, blocks[i]);
    qc_buffer_clear(&e->pieces);
    qc_weighing_clear(&e->weigher);
    *e = (qc_evidence){.memory = e->memory, .book = e->book, .pieces = qc_buffer_init(e->memory)};
}

static void forget_answer(qc_evidence *e)
{
    e->said_count = e->own_count = e->hit_count = e->pieces.length = 0;
}

void qc_evidence_begin(qc_evidence *e, qcode_codings *codings)
{
    e->codings = codings;
    qc_buffer_clear(&e->pieces); /* it may have failed */
    forget_answer(e);
    qc_weighing_begin(&e->weigher);
}

/* --- the words of a turn --- */

static int compare_words(const void *a, const void *b)
{
    const word *one = a, *two = b;
    int by = qc_order(one->sentence, two->sentence);
    by = by ? by : qc_order(one->code, two->code);
    by = by ? by : qc_order(one->rule->asks, two->rule->asks);
    by = by ? by : qc_order(one->found->start, two->found->start);
    by = by ? by : qc_order(two->found->end, one->found->end);
    return by ? by : qc_order(one->rule->index, two->rule->index);
}

static bool same_group(const word *a, const word *b)
{
    return a->sentence == b->sentence && a->code == b->code && a->rule->asks == b->rule->asks;
}

static size_t length_of(const word *w)
{
    return w->found->end - w->found->start;
}

/* Of two that overlap, whether the one that comes later counts: the heavier one does, then the longer one, then the first. */
static bool is_better(const word *later, const word *first)
{
    if (later->rule->weight != first->rule->weight)
        return later->rule->weight > first->rule->weight;
    return length_of(later) > length_of(first);
}

enum { LOOKED_BACK = 16 };

/* Whether the same words were counted in the group, among the last few: saying them again adds nothing. */
static bool is_repeated(const word *words, size_t count, const word *next, const char *text)
{
    for (size_t i = count, least = count > LOOKED_BACK ? count - LOOKED_BACK : 0; i-- > least;) {
        if (!same_group(&words[i], next))
            return false;
        if (length_of(&words[i]) == length_of(next) &&
            memcmp(text + words[i].found->start, text + next->found->start, length_of(next)) == 0)
            return true;
    }
    return false;
}

/* Keeps of the sorted words those that count, in place; how many. */
static size_t keep_words(word *words, size_t count, const char *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool overlaps = kept && same_group(&words[kept - 1], &words[i]) &&
                        words[i].found->start < words[kept - 1].found->end;
        if (overlaps) {
            if (is_better(&words[i], &words[kept - 1]))
                words[kept - 1] = words[i];
        } else if (!is_repeated(words, kept, &words[i], text)) {
            words[kept++] = words[i];
        }
    }
    return kept;
}

/* The words of a turn, sorted, those that count; of a question all in one. False when memory runs out. */
static bool list_words(qc_evidence *e, const qc_resolver *r, const qcode_rules *rules, const qc_reading *reading,
                       bool question, size_t *count)
{
    if (!qc_grow(e->memory, &e->words, &e->word_room, r->unit_count + 1, sizeof *e->words))
        return false;
    for (size_t i = 0; i < r->unit_count; i++) {
        const qc_found *found = r->units[i].hit;
        e->words[i] = (word){.sentence = question ? 0 : qc_ground_behind(&r->ground, found->start),
                             .code = r->units[i].code->index,
                             .rule = rules->rules[found->rule].rule,
                             .found = found};
    }
    if (r->unit_count > 1)
        qsort(e->words, r->unit_count, sizeof *e->words, compare_words);
    *count = keep_words(e->words, r->unit_count, reading->text);
    return true;
}

bool qc_evidence_ask(qc_evidence *e, const qc_resolver *r, const qcode_rules *rules, const qc_reading *reading)
{
    size_t count;
    if (!list_words(e, r, rules, reading, true, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const word *w = &e->words[i];
        int64_t share = w->rule->asks ? QC_ONE : e->book->numbers[QC_N_QUESTION_OWN];
        if (w->code < e->book->count)
            e->weigher.raw[w->code] += qc_times(share, w->rule->weight);
    }
    return true;
}

/* --- the answer --- */

static bool add_hit(qc_evidence *e, const word *w, const qc_reading *reading)
{
    if (!qc_grow(e->memory, &e->hits, &e->hit_room, e->hit_count + 1, sizeof *e->hits))
        return false;
    e->hits[e->hit_count++] = (qcode_hit){w->rule, w->found->span, reading->turn->number, w->found->claim};
    return true;
}

/* Adds the word to what its code has in the sentence. */
static bool add_own(qc_evidence *e, const word *w, qc_said *said)
{
    if (!said->count || e->own[e->own_count - 1].code != w->code) {
        if (!qc_grow(e->memory, &e->own, &e->own_room, e->own_count + 1, sizeof *e->own))
            return false;
        e->own[e->own_count++] = (qc_own){.code = w->code};
        said->count++;
    }
    qc_own *own = &e->own[e->own_count - 1];
    *(w->rule->echoes ? &own->echo : w->rule->weak ? &own->weak : &own->strong) += w->rule->weight;
    return true;
}

/* One sentence, with its words [*next, count) of the turn as far as they are in it. */
static bool add_said(qc_evidence *e, const qc_resolver *r, const qc_reading *reading, size_t sentence, size_t *next,
                     size_t count)
{
    qcode_span span = r->ground.sentences[sentence].span;
    qc_said *said = &e->said[e->said_count];
    saying *place = &e->sayings[e->said_count];
    *said = (qc_said){.first = e->own_count};
    *place = (saying){.span = qc_reading_span(reading, span.start, span.end), .turn = reading->turn->number,
                      .first_piece = e->pieces.length, .first_hit = e->hit_count};
    if (!qc_reading_pieces(reading, span.start, span.end, &e->pieces))
        return false;
    int64_t off_topic = 0;
    for (; *next < count && e->words[*next].sentence == sentence; ++*next) {
        const word *w = &e->words[*next];
        if (w->code == e->book->count + QC_CUE_OFF_TOPIC)
            off_topic += w->rule->weight;
        else if (w->code < e->book->count && !w->rule->asks && (!add_own(e, w, said) || !add_hit(e, w, reading)))
            return false;
    }
    int64_t words = (int64_t)qc_count_words(reading->text + span.start, span.end - span.start) * QC_ONE;
    int64_t long_words = e->book->numbers[QC_N_OFF_TOPIC_WORDS];
    said->off_topic = words > long_words ? qc_times(off_topic, qc_over(long_words, words)) : off_topic;
    said->filler = qc_is_filler(r, e->book, reading, span);
    place->piece_count = (e->pieces.length - place->first_piece) / sizeof(qcode_span);
    place->hit_count = e->hit_count - place->first_hit;
    e->said_count++;
    return true;
}

bool qc_evidence_hear(qc_evidence *e, const qc_resolver *r, const qcode_rules *rules, const qc_reading *reading)
{
    size_t count, next = 0, need = e->said_count + r->ground.sentence_count + 1;
    if (!list_words(e, r, rules, reading, false, &count) ||
        !qc_grow(e->memory, &e->said, &e->said_room, need, sizeof *e->said) ||
        !qc_grow(e->memory, &e->sayings, &e->saying_room, need, sizeof *e->sayings))
        return false;
    for (size_t i = 0; i < r->ground.sentence_count; i++)
        if (!add_said(e, r, reading, i, &next, count))
            return false;
    return true;
}

static bool add_segment(qc_evidence *e, const saying *place, size_t code, const qc_score *score)
{
    const qcode_hit *hits = e->hits + place->first_hit;
    size_t first = 0, last;
    while (first < place->hit_count && hits[first].rule->code->index < code)
        first++;
    for (last = first; last < place->hit_count && hits[last].rule->code->index == code;)
        last++;
    qcode_segment segment = {
        .code = &e->book->codes[code],
        .span = place->span,
        .pieces = (const qcode_span *)(const void *)(e->pieces.data + place->first_piece),
        .piece_count = place->piece_count,
        .turn = place->turn,
        .hits = hits + first,
        .hit_count = last - first,
        .basis = qc_score_basis(score),
        .weighed = true,
        .score = score->score,
    };
    memcpy(segment.shares, score->shares, sizeof segment.shares);
    return qc_codings_add(e->codings, &segment);
}

static bool sentence_decided(void *user, size_t sentence, const qc_score *scores)
{
    qc_evidence *e = user;
    const saying *place = &e->sayings[sentence];
    if (e->witness && e->witness->decided &&
        !e->witness->decided(e->witness->user, place->turn, place->span, &e->said[sentence], scores,
                             e->hits + place->first_hit, place->hit_count))
        return false;
    for (size_t c = 0; c < e->book->count; c++)
        if (scores[c].verdict == QC_VERDICT_CODED && !add_segment(e, place, c, &scores[c]))
            return false;
    return true;
}

bool qc_evidence_end_answer(qc_evidence *e)
{
    bool done = qc_weigh_answer(&e->weigher, e->said, e->said_count, e->own, sentence_decided, e);
    forget_answer(e);
    return done;
}

bool qc_evidence_end_question(qc_evidence *e, const qc_question *question, qc_opening opening)
{
    qc_weigh_question(&e->weigher, opening);
    return !e->witness || !e->witness->asked ||
           e->witness->asked(e->witness->user, question, opening, e->weigher.start);
}
