/* What is asked and said, gathered answer by answer and weighed. */
#include "match/evidence.h"
#include "match/record.h"

#include <stdlib.h>

/* Where a sentence of the answer stands. */
typedef struct qc_saying {
    qcode_span span;
    size_t turn;                    /* number */
    size_t first_piece, piece_count; /* bytes of `pieces` */
    size_t first_hit, hit_count;
} saying;

typedef qc_word word;

bool qc_evidence_init(qc_evidence *e, const qcode_codebook *book, const qcode_memory *memory)
{
    *e = (qc_evidence){.memory = memory, .book = book, .pieces = qc_buffer_init(memory)};
    return qc_weighing_init(&e->weigher, book, memory);
}

void qc_evidence_clear(qc_evidence *e)
{
    void *const blocks[] = {e->said, e->sayings, e->own, e->hits, e->words, e->sentences};
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
    by = by ? by : qc_order(one->start, two->start);
    by = by ? by : qc_order(two->end, one->end);
    return by ? by : qc_order(one->rule->index, two->rule->index);
}

static bool same_group(const word *a, const word *b)
{
    return a->sentence == b->sentence && a->code == b->code && a->rule->asks == b->rule->asks;
}

static size_t length_of(const word *w)
{
    return w->end - w->start;
}

/* Of two that overlap, whether the one that comes later counts: the heavier one does, then the longer one, then the first. */
static bool is_better(const word *later, const word *first)
{
    if (later->rule->weight != first->rule->weight)
        return later->rule->weight > first->rule->weight;
    return length_of(later) > length_of(first);
}

/* Adds a weight to a sum, which stops at what the formulas can bear. */
static void add_weight(int64_t *sum, int64_t weight)
{
    *sum = *sum + weight < QC_MOST_WEIGHT ? *sum + weight : QC_MOST_WEIGHT;
}

enum { LOOKED_BACK = 16 };

/* Whether the same words were counted in the group, among the last few: saying them again adds nothing. */
static bool is_repeated(const word *words, size_t count, const word *next, const char *text)
{
    for (size_t i = count, least = count > LOOKED_BACK ? count - LOOKED_BACK : 0; i-- > least;) {
        if (!same_group(&words[i], next))
            return false;
        if (length_of(&words[i]) == length_of(next) &&
            memcmp(text + words[i].start, text + next->start, length_of(next)) == 0)
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
                        words[i].start < words[kept - 1].end;
        if (overlaps) {
            if (is_better(&words[i], &words[kept - 1]))
                words[kept - 1] = words[i];
        } else if (!is_repeated(words, kept, &words[i], text)) {
            words[kept++] = words[i];
        }
    }
    return kept;
}

/* The words of a turn, sorted; of a question all in one. False when memory runs out. */
static bool list_words(qc_evidence *e, const qc_resolver *r, const qcode_rules *rules, bool question)
{
    if (!qc_grow(e->memory, &e->words, &e->word_room, r->unit_count + 1, sizeof *e->words))
        return false;
    for (size_t i = 0; i < r->unit_count; i++) {
        const qc_found *found = r->units[i].hit;
        e->words[i] = (word){.sentence = question ? 0 : qc_ground_behind(&r->ground, found->start),
                             .code = r->units[i].code->index,
                             .rule = rules->rules[found->rule].rule,
                             .start = found->start,
                             .end = found->end,
                             .span = found->span,
                             .claim = found->claim};
    }
    if (r->unit_count > 1)
        qsort(e->words, r->unit_count, sizeof *e->words, compare_words);
    return true;
}

/* Takes a copy of words that were heard before. */
static bool copy_words(qc_evidence *e, const qc_heard *heard)
{
    if (!qc_grow(e->memory, &e->words, &e->word_room, heard->word_count + 1, sizeof *e->words))
        return false;
    if (heard->word_count)
        memcpy(e->words, heard->words, heard->word_count * sizeof *e->words);
    return true;
}

static void weigh_question(qc_evidence *e, const qc_heard *heard)
{
    size_t count = keep_words(e->words, heard->word_count, heard->text);
    for (size_t i = 0; i < count; i++) {
        const word *w = &e->words[i];
        int64_t share = w->rule->asks ? QC_ONE : e->book->numbers[QC_N_QUESTION_OWN];
        if (w->code < e->book->count && !e->book->codes[w->code].aspect)
            add_weight(&e->weigher.raw[w->code], qc_times(share, w->rule->weight));
    }
}

bool qc_evidence_ask(qc_evidence *e, const qc_resolver *r, const qcode_rules *rules, const qc_reading *reading)
{
    if (!list_words(e, r, rules, true))
        return false;
    const qc_heard heard = {.turn = reading->turn.number, .text = reading->text, .words = e->words,
                            .word_count = r->unit_count};
    if (e->record && !qc_record_turn(e->record, QC_RECORDED_ASK, &heard, reading->length))
        return false;
    weigh_question(e, &heard);
    return true;
}

bool qc_evidence_ask_again(qc_evidence *e, const qc_heard *heard)
{
    if (!copy_words(e, heard))
        return false;
    weigh_question(e, heard);
    return true;
}

/* --- the answer --- */

static bool add_hit(qc_evidence *e, const word *w, size_t turn)
{
    if (!qc_grow(e->memory, &e->hits, &e->hit_room, e->hit_count + 1, sizeof *e->hits))
        return false;
    e->hits[e->hit_count++] = (qcode_hit){w->rule, w->span, turn, w->claim};
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
    if (!e->book->codes[w->code].aspect)
        add_weight(w->rule->echoes ? &own->echo : w->rule->weak ? &own->weak : &own->strong, w->rule->weight);
    return true;
}

/* One sentence, with its words [*next, count) of the turn as far as they are in it. */
static bool add_said(qc_evidence *e, const qc_heard *heard, size_t sentence, size_t *next, size_t count)
{
    const qc_uttered *uttered = &heard->sentences[sentence];
    qc_said *said = &e->said[e->said_count];
    saying *place = &e->sayings[e->said_count];
    *said = (qc_said){.first = e->own_count, .filler = uttered->filler};
    place->span = uttered->span;
    place->turn = heard->turn;
    place->first_hit = e->hit_count;
    int64_t off_topic = 0;
    for (; *next < count && e->words[*next].sentence == sentence; ++*next) {
        const word *w = &e->words[*next];
        if (w->code == e->book->count + QC_CUE_OFF_TOPIC)
            add_weight(&off_topic, w->rule->weight);
        else if (w->code < e->book->count && !w->rule->asks && (!add_own(e, w, said) || !add_hit(e, w, heard->turn)))
            return false;
    }
    int64_t words = (int64_t)uttered->words * QC_ONE, long_words = e->book->numbers[QC_N_OFF_TOPIC_WORDS];
    said->off_topic = words > long_words ? qc_times(off_topic, qc_over(long_words, words)) : off_topic;
    place->hit_count = e->hit_count - place->first_hit;
    e->said_count++;
    return true;
}

static bool make_room(qc_evidence *e, size_t sentences)
{
    size_t need = e->said_count + sentences + 1;
    return qc_grow(e->memory, &e->said, &e->said_room, need, sizeof *e->said) &&
           qc_grow(e->memory, &e->sayings, &e->saying_room, need, sizeof *e->sayings);
}

static bool add_turn(qc_evidence *e, const qc_heard *heard)
{
    size_t count = keep_words(e->words, heard->word_count, heard->text), next = 0;
    for (size_t i = 0; i < heard->sentence_count; i++)
        if (!add_said(e, heard, i, &next, count))
            return false;
    return true;
}

/* What the turn's sentences are, whatever their words, and where each stands. */
static bool list_sentences(qc_evidence *e, const qc_resolver *r, const qc_reading *reading)
{
    size_t count = r->ground.sentence_count;
    if (!make_room(e, count) ||
        !qc_grow(e->memory, &e->sentences, &e->sentence_room, count + 1, sizeof *e->sentences))
        return false;
    for (size_t i = 0; i < count; i++) {
        qcode_span span = r->ground.sentences[i].span;
        saying *place = &e->sayings[e->said_count + i];
        e->sentences[i] = (qc_uttered){.span = qc_reading_span(reading, span.start, span.end),
                                       .words = qc_count_words(reading->text + span.start, span.end - span.start),
                                       .filler = qc_is_filler(r, e->book, reading, span)};
        place->first_piece = e->pieces.length;
        if (!qc_reading_pieces(reading, span.start, span.end, &e->pieces))
            return false;
        place->piece_count = (e->pieces.length - place->first_piece) / sizeof(qcode_span);
    }
    return true;
}

bool qc_evidence_hear(qc_evidence *e, const qc_resolver *r, const qcode_rules *rules, const qc_reading *reading)
{
    if (!list_words(e, r, rules, false) || !list_sentences(e, r, reading))
        return false;
    const qc_heard heard = {.turn = reading->turn.number, .text = reading->text, .words = e->words,
                            .word_count = r->unit_count, .sentences = e->sentences,
                            .sentence_count = r->ground.sentence_count};
    return (!e->record || qc_record_turn(e->record, QC_RECORDED_HEAR, &heard, reading->length)) && add_turn(e, &heard);
}

bool qc_evidence_hear_again(qc_evidence *e, const qc_heard *heard)
{
    return copy_words(e, heard) && make_room(e, heard->sentence_count) && add_turn(e, heard);
}

/* NULL for none. */
static const qcode_hit *hits_of(const qc_evidence *e, const saying *place)
{
    return place->hit_count ? e->hits + place->first_hit : NULL;
}

static bool add_segment(qc_evidence *e, const saying *place, size_t code, const qc_score *score)
{
    const qcode_hit *hits = hits_of(e, place);
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
        .hits = last > first ? hits + first : NULL,
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
                             hits_of(e, place), place->hit_count))
        return false;
    for (size_t c = 0; e->codings && c < e->book->count; c++)
        if (scores[c].verdict == QC_VERDICT_CODED && !add_segment(e, place, c, &scores[c]))
            return false;
    return true;
}

bool qc_evidence_end_answer(qc_evidence *e)
{
    bool done = (!e->record || qc_record_end_answer(e->record)) &&
                qc_weigh_answer(&e->weigher, e->said, e->said_count, e->own, sentence_decided, e);
    forget_answer(e);
    return done;
}

bool qc_evidence_end_question(qc_evidence *e, const qc_question *question, qc_opening opening)
{
    if (e->record && !qc_record_end_question(e->record, question))
        return false;
    qc_weigh_question(&e->weigher, opening);
    return !e->witness || !e->witness->asked ||
           e->witness->asked(e->witness->user, question, opening, e->weigher.start);
}
