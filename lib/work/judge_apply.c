/* People's decisions replayed on what the rules found, in the order in which
 * they were made. */
#include "base/buffer.h"
#include "model/codings.h"
#include "model/reading.h"
#include "model/shown.h"
#include "work/judge.h"

#include <stdlib.h>
#include <string.h>

/* A segment that a person put there. */
typedef struct put_segment {
    qcode_segment segment; /* its pieces are made at the end */
    qcode_span was;        /* what it was before an edit; empty: nothing */
    bool dropped;
} put_segment;

typedef struct replay {
    qcode_codings *codings;
    size_t count;  /* of segments that were found */
    bool *kept;    /* for each of them */
    qc_buffer put; /* of put_segment */
} replay;

static int compare_moments(const void *a, const void *b)
{
    const qc_judged *one = *(const qc_judged *const *)a, *two = *(const qc_judged *const *)b;
    int order = strcmp(one->given->on, two->given->on);
    return order ? order : qc_decision_compare(one->given, two->given);
}

static bool is_span(qcode_span a, qcode_span b)
{
    return a.start == b.start && a.end == b.end;
}

/* The first segment that was found at or behind a span. */
static size_t first_at(const replay *r, qcode_span span)
{
    size_t low = 0, high = r->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const qcode_span at = qc_codings_segment(r->codings, middle)->span;
        if (at.start < span.start || (at.start == span.start && at.end < span.end))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A segment of a code, and what says that it is there. */
typedef struct found {
    qcode_segment *segment; /* NULL: there is none */
    bool *kept, *dropped;   /* one of the two */
} found;

static found find_put(replay *r, const qcode_code *code, qcode_span span, bool before)
{
    put_segment *put = (void *)r->put.data;
    for (size_t i = 0; i < r->put.length / sizeof *put; i++)
        if (put[i].segment.code == code && !put[i].dropped &&
            is_span(before ? put[i].was : put[i].segment.span, span))
            return (found){.segment = &put[i].segment, .dropped = &put[i].dropped};
    return (found){.segment = NULL};
}

/* The segment of a code at a place, as it now is. */
static found find_at(replay *r, const qcode_code *code, qcode_span span)
{
    for (size_t i = first_at(r, span); i < r->count; i++) {
        qcode_segment *segment = qc_codings_segment(r->codings, i);
        if (!is_span(segment->span, span))
            break;
        if (segment->code == code && r->kept[i])
            return (found){.segment = segment, .kept = &r->kept[i]};
    }
    return find_put(r, code, span, false);
}

/* The same, or the one that was there before somebody gave it other boundaries. */
static found find_subject(replay *r, const qcode_code *code, qcode_span span)
{
    found there = find_at(r, code, span);
    return there.segment ? there : find_put(r, code, span, true);
}

static void take_away(const found *one)
{
    if (one->kept)
        *one->kept = false;
    if (one->dropped)
        *one->dropped = true;
}

static bool put_new(replay *r, const qc_judged *one, const qcode_segment *old, qcode_state state)
{
    put_segment put = {.was = one->was};
    if (old)
        put.segment = *old;
    put.segment.code = one->code;
    put.segment.span = one->span;
    put.segment.state = state;
    put.segment.by_person = old ? old->by_person : one->given->act == QCODE_ACT_ADD;
    put.segment.decided = one->given;
    return qc_buffer_append(&r->put, &put, sizeof put);
}

/* Puts a segment in the place of the one that a decision is about, if there is one. */
static bool put_instead(replay *r, const qc_judged *one, const found *old, qcode_state state)
{
    const qcode_segment copy = old->segment ? *old->segment : (qcode_segment){.code = NULL};
    take_away(old);
    return put_new(r, one, old->segment ? &copy : NULL, state);
}

static bool replay_edit(replay *r, const qc_judged *one)
{
    const found old = one->was.end ? find_subject(r, one->code, one->was) : (found){.segment = NULL};
    const found there = find_at(r, one->code, one->span);
    if (!there.segment || there.segment == old.segment)
        return put_instead(r, one, &old, QCODE_EDITED);
    take_away(&old); /* the rules propose the very passage now, or somebody else put it there */
    there.segment->state = QCODE_EDITED;
    there.segment->decided = one->given;
    return true;
}

static bool replay_one(replay *r, const qc_judged *one)
{
    qcode_act act = one->given->act;
    if (act == QCODE_ACT_EDIT)
        return replay_edit(r, one);
    found there = act == QCODE_ACT_REJECT ? find_subject(r, one->code, one->span) : find_at(r, one->code, one->span);
    if (there.segment) {
        there.segment->state = act == QCODE_ACT_REJECT ? QCODE_REJECTED : QCODE_ACCEPTED;
        there.segment->decided = one->given;
        return true;
    }
    if (act == QCODE_ACT_REJECT) /* what no rule proposes any more needs no rejection */
        return true;
    if (act == QCODE_ACT_ACCEPT) /* as it was before somebody gave it other boundaries */
        there = find_put(r, one->code, one->span, true);
    return put_instead(r, one, &there, QCODE_ACCEPTED);
}

/* The pieces and hits of a segment that a person put there; nothing when none
 * of its words may be used. */
static bool add_segment(replay *r, const put_segment *put, qc_buffer *pieces, qc_buffer *hits)
{
    qcode_segment segment = put->segment;
    hits->length = 0;
    segment.turn = qc_list_speech(pieces, qcode_codings_transcript(r->codings), segment.span);
    for (size_t i = 0; i < segment.hit_count; i++)
        if (segment.hits[i].span.start >= segment.span.start && segment.hits[i].span.end <= segment.span.end)
            qc_buffer_append(hits, &segment.hits[i], sizeof segment.hits[i]);
    segment.pieces = (const void *)pieces->data;
    segment.piece_count = pieces->length / sizeof(qcode_span);
    segment.hits = (const void *)hits->data;
    segment.hit_count = hits->length / sizeof(qcode_hit);
    if (segment.piece_count)
        segment.span = (qcode_span){segment.pieces[0].start, segment.pieces[segment.piece_count - 1].end};
    return !pieces->failed && !hits->failed && (!segment.turn || qc_codings_add(r->codings, &segment));
}

static bool finish(replay *r)
{
    const put_segment *put = (const void *)r->put.data;
    qc_buffer pieces = qc_buffer_init(r->put.memory), hits = qc_buffer_init(r->put.memory);
    qc_codings_keep(r->codings, r->kept);
    bool done = true;
    for (size_t i = 0; done && i < r->put.length / sizeof *put; i++)
        done = put[i].dropped || add_segment(r, &put[i], &pieces, &hits);
    qc_buffer_clear(&pieces);
    qc_buffer_clear(&hits);
    qc_codings_finish(r->codings);
    return done;
}

bool qc_apply_decisions(qcode_codings *codings, const qc_judged *judged, size_t count)
{
    qc_arena arena = qc_arena_init(qc_codings_memory(codings));
    replay r = {.codings = codings, .count = qcode_codings_count(codings), .put = qc_buffer_init(arena.memory)};
    const qc_judged **order = qc_arena_take_array(&arena, count + 1, sizeof *order);
    size_t ordered = 0;
    r.kept = qc_arena_take_array(&arena, r.count + 1, sizeof *r.kept);
    bool done = order && r.kept;
    for (size_t i = 0; done && i < r.count; i++)
        r.kept[i] = true;
    for (size_t i = 0; done && i < count; i++)
        if (!judged[i].why && !judged[i].given->undone && qc_is_judgement(judged[i].given))
            order[ordered++] = &judged[i];
    if (done)
        qsort(order, ordered, sizeof *order, compare_moments);
    for (size_t i = 0; done && i < ordered; i++)
        done = replay_one(&r, order[i]);
    done = done && (!ordered || finish(&r));
    qc_buffer_clear(&r.put);
    qc_arena_clear(&arena);
    return done;
}
