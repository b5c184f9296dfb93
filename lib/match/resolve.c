/* Hits become segments. */
#include "match/resolve.h"
#include "text/sentences.h"

#include <stdlib.h>
#include <string.h>

typedef qc_sentence sentence;
typedef qc_unit unit;

/* A hit that codes more than its turn. */
typedef struct qc_whole {
    qcode_hit hit;
    size_t answer;  /* the turn with which its topic opened; 0 under `unit: document` */
    size_t speaker; /* behind the first, from 1; 0 under `unit: document` and for nobody */
} whole;

qc_resolver qc_resolver_init(const qcode_memory *memory)
{
    return (qc_resolver){.memory = memory, .pieces = qc_buffer_init(memory)};
}

void qc_resolver_clear(qc_resolver *resolver)
{
    qc_release(resolver->memory, resolver->sentences);
    qc_release(resolver->memory, resolver->units);
    qc_release(resolver->memory, resolver->hits);
    qc_release(resolver->memory, resolver->whole);
    qc_buffer_clear(&resolver->pieces);
    *resolver = qc_resolver_init(resolver->memory);
}

/* Rule by rule, hits before vetoes, by start; the longest first of those that start together. */
static int compare_found(const void *a, const void *b)
{
    const qc_found *one = a, *two = b;
    int by = qc_order(one->rule, two->rule);
    by = by ? by : qc_order(one->veto, two->veto);
    by = by ? by : qc_order(one->start, two->start);
    return by ? by : qc_order(two->end, one->end);
}

static int compare_units(const void *a, const void *b)
{
    const unit *one = a, *two = b;
    int by = qc_order(one->code->index, two->code->index);
    by = by ? by : qc_order(one->start, two->start);
    by = by ? by : qc_order(one->end, two->end);
    return by ? by : compare_found(one->hit, two->hit);
}

/* By code and answer, then as hits are. */
static int compare_whole(const void *a, const void *b)
{
    const whole *one = a, *two = b;
    int by = qc_order(one->hit.rule->code->index, two->hit.rule->code->index);
    by = by ? by : qc_order(one->answer, two->answer);
    by = by ? by : qc_order(one->speaker, two->speaker);
    return by ? by : qc_hit_compare(&one->hit, &two->hit);
}

/* The sentences of the turn, each with those of its paragraph. */
static bool find_sentences(qc_resolver *r, const qc_reading *reading)
{
    size_t at = 0, first = 0;
    qcode_span span;
    r->sentence_count = 0;
    while (qc_next_sentence(reading->text, reading->length, &at, &span)) {
        size_t i = r->sentence_count;
        if (!qc_grow(r->memory, &r->sentences, &r->sentence_room, i + 1, sizeof *r->sentences))
            return false;
        if (i) {
            size_t before = r->sentences[i - 1].span.end;
            first = memchr(reading->text + before, '\n', span.start - before) ? i : first;
        }
        r->sentences[i] = (sentence){span, first, i};
        r->sentence_count++;
    }
    for (size_t i = r->sentence_count; i-- > 1;)
        if (r->sentences[i - 1].first == r->sentences[i].first)
            r->sentences[i - 1].last = r->sentences[i].last;
    return true;
}

size_t qc_sentence_behind(const qc_resolver *r, size_t byte)
{
    size_t low = 0, high = r->sentence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->sentences[middle].span.end > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The sentences that a hit touches, as a hull and by number. False when it touches none. */
static bool touch(const qc_resolver *r, const qc_found *hit, size_t *first, size_t *last)
{
    *first = qc_sentence_behind(r, hit->start);
    if (*first == r->sentence_count || r->sentences[*first].span.start >= hit->end)
        return false;
    *last = qc_sentence_behind(r, hit->end - 1);
    if (*last == r->sentence_count || r->sentences[*last].span.start >= hit->end)
        --*last;
    return true;
}

/* The unit a hit codes, and in `*veto` where an `unless` is looked for. */
static bool find_unit(const qc_resolver *r, const qcode_code *code, const qc_found *hit, unit *u, qcode_span *veto)
{
    size_t first, last;
    if (!touch(r, hit, &first, &last))
        return false;
    if (code->unit == QCODE_UNIT_PARAGRAPH) {
        first = r->sentences[first].first;
        last = r->sentences[last].last;
    } else if (code->unit == QCODE_UNIT_TURN) {
        first = 0;
        last = r->sentence_count - 1;
    }
    *veto = (qcode_span){r->sentences[first].span.start, r->sentences[last].span.end};
    *u = (unit){code, veto->start, veto->end, hit};
    if (code->unit == QCODE_UNIT_MATCH) {
        u->start = hit->start;
        u->end = hit->end;
    }
    return true;
}

/* Whether one of the vetoes overlaps the span. They are sorted by start, and the end of each is the furthest so far. */
static bool is_vetoed(const qc_found *vetoes, size_t count, qcode_span span)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (vetoes[middle].start < span.end)
            low = middle + 1;
        else
            high = middle;
    }
    return low && vetoes[low - 1].end > span.start;
}

static bool add_whole(qc_resolver *r, const qcode_hit *hit)
{
    if (!qc_grow(r->memory, &r->whole, &r->whole_room, r->whole_count + 1, sizeof *r->whole))
        return false;
    r->whole[r->whole_count++] = (whole){.hit = *hit};
    return true;
}

/* The hits of one rule, with its vetoes behind them, become units. */
static bool add_units(qc_resolver *r, const qcode_rule *rule, const qc_reading *reading, qc_found *found, size_t hits,
                      size_t count, qcode_codings *codings)
{
    size_t furthest = 0;
    for (size_t i = hits + 1; i < count; i++)
        if (found[i].end < found[i - 1].end)
            found[i].end = found[i - 1].end;
    for (size_t i = 0; i < hits; i++) {
        unit u;
        qcode_span veto;
        if (found[i].end <= furthest || !find_unit(r, rule->code, &found[i], &u, &veto))
            continue;
        furthest = found[i].end;
        qcode_hit hit = {rule, found[i].span, reading->turn->number};
        bool done;
        if (is_vetoed(found + hits, count - hits, veto)) {
            done = qc_codings_add_vetoed(codings, &hit);
        } else if (rule->code->unit == QCODE_UNIT_DOCUMENT || rule->code->unit == QCODE_UNIT_ANSWER) {
            done = add_whole(r, &hit);
        } else {
            done = qc_grow(r->memory, &r->units, &r->unit_room, r->unit_count + 1, sizeof u);
            if (done)
                r->units[r->unit_count++] = u;
        }
        if (!done)
            return false;
    }
    return true;
}

/* Units [first, last) overlap: one segment. */
static bool add_segment(qc_resolver *r, const qcode_rules *rules, const qc_reading *reading, size_t first, size_t last,
                        size_t end, qcode_codings *codings)
{
    r->hit_count = r->pieces.length = 0;
    if (!qc_grow(r->memory, &r->hits, &r->hit_room, last - first, sizeof *r->hits))
        return false;
    for (size_t i = first; i < last; i++) {
        const qc_found *hit = r->units[i].hit;
        r->hits[r->hit_count++] = (qcode_hit){rules->rules[hit->rule].rule, hit->span, reading->turn->number};
    }
    size_t start = r->units[first].start;
    if (!qc_reading_pieces(reading, start, end, &r->pieces))
        return false;
    const qcode_segment segment = {
        .code = r->units[first].code,
        .span = qc_reading_span(reading, start, end),
        .pieces = (const qcode_span *)(const void *)r->pieces.data,
        .piece_count = r->pieces.length / sizeof(qcode_span),
        .turn = reading->turn->number,
        .hits = r->hits,
        .hit_count = r->hit_count,
        .basis = QCODE_BASIS_OWN,
    };
    return qc_codings_add(codings, &segment);
}

bool qc_resolve_hits(qc_resolver *r, const qcode_rules *rules, const qc_reading *reading, qc_found *found, size_t count,
                     bool always, qcode_codings *codings)
{
    r->unit_count = r->sentence_count = 0;
    if (!count && !always)
        return true;
    if (count > 1)
        qsort(found, count, sizeof *found, compare_found);
    if (!find_sentences(r, reading))
        return false;
    for (size_t first = 0, last; first < count; first = last) {
        size_t rule = found[first].rule, hits = 0;
        for (last = first; last < count && found[last].rule == rule; last++)
            hits += !found[last].veto;
        if (hits && !add_units(r, rules->rules[rule].rule, reading, found + first, hits, last - first, codings))
            return false;
    }
    if (r->unit_count > 1)
        qsort(r->units, r->unit_count, sizeof *r->units, compare_units);
    return true;
}

bool qc_resolve_turn(qc_resolver *r, const qcode_rules *rules, const qc_reading *reading, qcode_codings *codings)
{
    for (size_t first = 0, last; first < r->unit_count; first = last) {
        size_t end = r->units[first].end;
        for (last = first + 1; last < r->unit_count; last++) {
            if (r->units[last].code != r->units[first].code || r->units[last].start >= end)
                break;
            end = r->units[last].end > end ? r->units[last].end : end;
        }
        bool is_cue = r->units[first].code->index >= rules->book->count;
        if (!is_cue && !add_segment(r, rules, reading, first, last, end, codings))
            return false;
    }
    return true;
}

/* A speaker as a number from 1; 0 is nobody. */
static size_t speaker_number(const qcode_transcript *talk, const qcode_turn *turn)
{
    return turn->speaker ? (size_t)(turn->speaker - qcode_transcript_speaker(talk, 0)) + 1 : 0;
}

/* All speech in scope as pieces, or of one speaker in one answer. */
static bool list_speech(qc_resolver *r, const qcode_transcript *talk, const whole *of, const size_t *answers, size_t *turn)
{
    const qcode_code *code = of->hit.rule->code;
    r->pieces.length = 0;
    *turn = 0;
    for (size_t i = of->answer ? of->answer - 1 : 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn *t = qcode_transcript_turn(talk, i);
        if (of->answer && answers[i] != of->answer)
            break;
        if (!qc_in_scope(code->scope, t->speaker ? t->speaker->role : QCODE_ROLE_NONE) ||
            (of->answer && speaker_number(talk, t) != of->speaker))
            continue;
        *turn = *turn ? *turn : t->number;
        qc_buffer_append(&r->pieces, t->ranges, t->range_count * sizeof *t->ranges);
    }
    return !r->pieces.failed;
}

/* The hits [first, last) make one segment. */
static bool add_whole_segment(qc_resolver *r, const qcode_transcript *talk, const size_t *answers, size_t first, size_t last,
                              qcode_codings *codings)
{
    size_t turn;
    if (!list_speech(r, talk, &r->whole[first], answers, &turn) ||
        !qc_grow(r->memory, &r->hits, &r->hit_room, last - first, sizeof *r->hits))
        return false;
    for (size_t i = first; i < last; i++)
        r->hits[i - first] = r->whole[i].hit;
    const qcode_span *pieces = (const qcode_span *)(const void *)r->pieces.data;
    size_t count = r->pieces.length / sizeof *pieces;
    const qcode_segment segment = {.code = r->whole[first].hit.rule->code,
                                   .span = {pieces[0].start, pieces[count - 1].end},
                                   .pieces = pieces,
                                   .piece_count = count,
                                   .turn = turn,
                                   .hits = r->hits,
                                   .hit_count = last - first,
                                   .basis = QCODE_BASIS_OWN};
    return qc_codings_add(codings, &segment);
}

bool qc_resolve_document(qc_resolver *r, const qcode_transcript *talk, const size_t *answers, qcode_codings *codings)
{
    for (size_t i = 0; i < r->whole_count; i++) {
        whole *w = &r->whole[i];
        if (w->hit.rule->code->unit != QCODE_UNIT_ANSWER)
            continue;
        w->answer = answers[w->hit.turn - 1];
        w->speaker = speaker_number(talk, qcode_transcript_turn(talk, w->hit.turn - 1));
    }
    if (r->whole_count > 1)
        qsort(r->whole, r->whole_count, sizeof *r->whole, compare_whole);
    for (size_t first = 0, last; first < r->whole_count; first = last) {
        const whole *w = &r->whole[first];
        for (last = first + 1; last < r->whole_count && r->whole[last].hit.rule->code == w->hit.rule->code &&
                               r->whole[last].answer == w->answer && r->whole[last].speaker == w->speaker;)
            last++;
        if (!add_whole_segment(r, talk, answers, first, last, codings))
            return false;
    }
    r->whole_count = 0;
    return true;
}
