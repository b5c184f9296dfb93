/* Segments and their matches, copied as they are found and sorted once. */
#include "model/codings.h"
#include "base/error.h"
#include "model/codebook.h"

#include <stdlib.h>
#include <string.h>

struct qcode_codings {
    const qcode_memory *memory;
    qc_arena arena; /* pieces and hits of the segments */
    const qcode_transcript *talk;
    qcode_segment *segments;
    size_t count, capacity;
    qcode_hit *vetoed;
    size_t vetoed_count, vetoed_capacity;
    qcode_codings *joined; /* whose pieces and hits segments here use too; NULL: none */
};

qcode_codings *qc_codings_new(const qcode_transcript *talk, const qcode_memory *memory, qcode_error *err)
{
    qcode_codings *codings = qc_resize(memory, NULL, sizeof *codings);
    if (!codings) {
        qc_no_memory(err);
        return NULL;
    }
    *codings = (qcode_codings){.memory = memory, .arena = qc_arena_init(memory), .talk = talk};
    return codings;
}

void qcode_codings_free(qcode_codings *codings)
{
    while (codings) {
        qcode_codings *next = codings->joined;
        qc_arena_clear(&codings->arena);
        qc_release(codings->memory, codings->segments);
        qc_release(codings->memory, codings->vetoed);
        qc_release(codings->memory, codings);
        codings = next;
    }
}

static void *copy_array(qc_arena *arena, const void *items, size_t count, size_t size)
{
    void *copy = qc_arena_take_array(arena, count, size);
    if (copy && count)
        memcpy(copy, items, count * size);
    return copy;
}

/* Asserted when one of the hits is; else the first in the order of their list. */
static qcode_claim claim_of(const qcode_hit *hits, size_t count)
{
    qcode_claim claim = QCODE_CLAIM_NONE;
    for (size_t i = 0; i < count; i++)
        claim = !claim || hits[i].claim < claim ? hits[i].claim : claim;
    return claim;
}

bool qc_codings_add(qcode_codings *codings, const qcode_segment *segment)
{
    qcode_segment copy = *segment;
    qcode_hit *hits = copy_array(&codings->arena, segment->hits, segment->hit_count, sizeof *hits);
    copy.pieces = copy_array(&codings->arena, segment->pieces, segment->piece_count, sizeof *segment->pieces);
    copy.hits = hits;
    copy.claim = claim_of(segment->hits, segment->hit_count);
    if (!hits || !copy.pieces ||
        !qc_grow(codings->memory, &codings->segments, &codings->capacity, codings->count + 1, sizeof copy))
        return false;
    if (copy.hit_count > 1)
        qsort(hits, copy.hit_count, sizeof *hits, qc_hit_compare);
    codings->segments[codings->count++] = copy;
    return true;
}

bool qc_codings_add_vetoed(qcode_codings *codings, const qcode_hit *hit)
{
    if (!qc_grow(codings->memory, &codings->vetoed, &codings->vetoed_capacity, codings->vetoed_count + 1, sizeof *hit))
        return false;
    codings->vetoed[codings->vetoed_count++] = *hit;
    return true;
}

const qcode_memory *qc_codings_memory(const qcode_codings *codings)
{
    return codings->memory;
}

qcode_segment *qc_codings_segment(qcode_codings *codings, size_t index)
{
    return &codings->segments[index];
}

void qc_codings_keep(qcode_codings *codings, const bool *kept)
{
    size_t count = 0;
    for (size_t i = 0; i < codings->count; i++)
        if (kept[i])
            codings->segments[count++] = codings->segments[i];
    codings->count = count;
}

int qc_order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_spans(qcode_span a, qcode_span b)
{
    int by_start = qc_order(a.start, b.start);
    return by_start ? by_start : qc_order(a.end, b.end);
}

int qc_hit_compare(const void *a, const void *b)
{
    const qcode_hit *one = a, *two = b;
    int by_span = compare_spans(one->span, two->span);
    return by_span ? by_span : qc_order(one->rule->index, two->rule->index);
}

static int compare_segments(const void *a, const void *b)
{
    const qcode_segment *one = a, *two = b;
    int by_span = compare_spans(one->span, two->span);
    return by_span ? by_span : qc_order(one->code->index, two->code->index);
}

/* Segments come turn by turn, so that few have to move, and not far. False when that is not so: then they are half sorted. */
static bool sort_nearby(qcode_segment *segments, size_t count)
{
    size_t moves = 0;
    for (size_t i = 1; i < count; i++) {
        if (compare_segments(&segments[i - 1], &segments[i]) <= 0)
            continue;
        qcode_segment moved = segments[i];
        size_t to = i;
        for (; to && compare_segments(&segments[to - 1], &moved) > 0 && moves <= 4 * count; to--, moves++)
            segments[to] = segments[to - 1];
        segments[to] = moved;
        if (moves > 4 * count)
            return false;
    }
    return true;
}

void qc_codings_finish(qcode_codings *codings)
{
    if (!sort_nearby(codings->segments, codings->count))
        qsort(codings->segments, codings->count, sizeof *codings->segments, compare_segments);
    if (codings->vetoed_count)
        qsort(codings->vetoed, codings->vetoed_count, sizeof *codings->vetoed, qc_hit_compare);
}

/* Merges sorted segments from the back into the room behind the first ones; of equal spans those of `into` come first. */
static void merge_segments(qcode_segment *into, size_t count, const qcode_segment *from, size_t from_count)
{
    for (size_t to = count + from_count; from_count; to--) {
        bool takes_own = count && compare_spans(into[count - 1].span, from[from_count - 1].span) > 0;
        into[to - 1] = takes_own ? into[--count] : from[--from_count];
    }
}

static void merge_vetoed(qcode_hit *into, size_t count, const qcode_hit *from, size_t from_count)
{
    for (size_t to = count + from_count; from_count; to--) {
        bool takes_own = count && compare_spans(into[count - 1].span, from[from_count - 1].span) > 0;
        into[to - 1] = takes_own ? into[--count] : from[--from_count];
    }
}

/* Makes room for both, and puts the segments and the vetoed hits in order. */
static bool join_pair(qcode_codings *first, const qcode_codings *second)
{
    if (!qc_grow(first->memory, &first->segments, &first->capacity, first->count + second->count,
                 sizeof *first->segments) ||
        !qc_grow(first->memory, &first->vetoed, &first->vetoed_capacity, first->vetoed_count + second->vetoed_count,
                 sizeof *first->vetoed))
        return false;
    merge_segments(first->segments, first->count, second->segments, second->count);
    merge_vetoed(first->vetoed, first->vetoed_count, second->vetoed, second->vetoed_count);
    first->count += second->count;
    first->vetoed_count += second->vetoed_count;
    return true;
}

qcode_codings *qc_codings_join(qcode_codings *const *parts, size_t count, qcode_error *err)
{
    bool done = true;
    for (size_t i = 1; i < count; i++)
        parts[i - 1]->joined = parts[i];
    for (size_t i = 1; done && i < count; i++)
        done = join_pair(parts[0], parts[i]);
    if (done)
        return parts[0];
    qcode_codings_free(parts[0]);
    qc_no_memory(err);
    return NULL;
}

const char *qcode_basis_name(qcode_basis basis)
{
    static const char *const names[] = {"own", "question", "carried", "neighbour"};
    return names[basis];
}

qcode_basis qc_basis_of(const char *name)
{
    for (int basis = QCODE_BASIS_OWN; basis <= QCODE_BASIS_NEIGHBOUR; basis++)
        if (strcmp(name, qcode_basis_name((qcode_basis)basis)) == 0)
            return (qcode_basis)basis;
    return QCODE_BASIS_OWN;
}

const char *qcode_state_name(qcode_state state)
{
    static const char *const names[] = {"proposed", "accepted", "edited", "rejected"};
    return names[state];
}

qcode_state qc_state_of(const char *name)
{
    for (int state = QCODE_PROPOSED; state <= QCODE_REJECTED; state++)
        if (strcmp(name, qcode_state_name((qcode_state)state)) == 0)
            return (qcode_state)state;
    return QCODE_PROPOSED;
}

const char *qcode_share_name(qcode_share share)
{
    static const char *const names[QCODE_SHARES] = {"own",    "echo",  "question", "carried",  "before",
                                                    "after",  "turn",  "off_topic", "off_topic_near"};
    return names[share];
}

const qcode_transcript *qcode_codings_transcript(const qcode_codings *codings)
{
    return codings->talk;
}

size_t qcode_codings_count(const qcode_codings *codings)
{
    return codings->count;
}

const qcode_segment *qcode_codings_at(const qcode_codings *codings, size_t index)
{
    return &codings->segments[index];
}

size_t qcode_codings_vetoed_count(const qcode_codings *codings)
{
    return codings->vetoed_count;
}

const qcode_hit *qcode_codings_vetoed(const qcode_codings *codings, size_t index)
{
    return &codings->vetoed[index];
}
