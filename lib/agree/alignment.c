/* Alignments of units (Mathet, Widloecher and Metivier 2015, sections 4 and 5): each unitary alignment takes at most one
 * unit of each coder, every unit is in one, and its disorder is the mean over pairs of coders. A unit by itself costs
 * delta_empty; what an alignment of several gains over that is what is made as large as possible. */
#include "agree/alignment.h"
#include "agree/matching.h"
#include "agree/packing.h"
#include "agree/tally.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_SETS = 1 << 21 };

typedef struct alignment {
    const qcode_memory *memory;
    const qcode_gamma *how;
    const qc_unit *units;
    size_t count, coders;
    double pairs;   /* of coders */
    double longest; /* unit */
} alignment;

/* Positional and categorical dissimilarity (sections 4.2.1 and 4.2.2). */
static double dissimilarity(const qcode_gamma *how, const qc_unit *a, const qc_unit *b)
{
    double apart = (fabs(a->start - b->start) + fabs(a->end - b->end)) / (a->end - a->start + b->end - b->start);
    return (how->alpha * apart * apart + (a->code != b->code ? how->beta : 0)) * how->delta_empty;
}

/* The most by which the starts of units may differ whose positional part is at most `most` times delta_empty. */
static double farthest(const alignment *all, const qc_unit *unit, double most)
{
    return all->how->alpha > 0 ? sqrt(most / all->how->alpha) * (unit->end - unit->start + all->longest) : INFINITY;
}

static int by_start(const void *a, const void *b)
{
    const qc_unit *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    if (x->coder != y->coder)
        return x->coder < y->coder ? -1 : 1;
    return (x->code > y->code) - (x->code < y->code);
}

/* Edges from the first coder's units to the second's that gain; numbers are places among all units. */
static bool list_edges(const alignment *all, qc_edge **edges, size_t *count, qcode_error *err)
{
    size_t capacity = 0;
    for (size_t i = 0, low = 0; i < all->count; i++) {
        const qc_unit *unit = all->units + i;
        if (unit->coder != 0)
            continue;
        double far = farthest(all, unit, 2), widest = all->how->alpha > 0 ? sqrt(2 / all->how->alpha) * 2 * all->longest : INFINITY;
        while (all->units[low].start < unit->start - widest)
            low++;
        for (size_t j = low; j < all->count && all->units[j].start <= unit->start + far; j++) {
            if (all->units[j].coder == 0)
                continue;
            double gain = 2 * all->how->delta_empty - dissimilarity(all->how, unit, all->units + j);
            if (gain <= 0)
                continue;
            if (!qc_grow(all->memory, edges, &capacity, *count + 1, sizeof **edges))
                return qc_no_memory(err);
            (*edges)[(*count)++] = (qc_edge){i, j, gain};
        }
    }
    return true;
}

static bool align_two(const alignment *all, double *gain, qcode_error *err)
{
    qc_edge *edges = NULL;
    size_t count = 0;
    size_t *partner = qc_zeroed(all->memory, all->count, sizeof *partner, err);
    bool done = partner && list_edges(all, &edges, &count, err) &&
                qc_match_best(edges, count, all->count, all->count, partner, all->memory, err);
    *gain = 0;
    for (size_t i = 0; done && i < count; i++)
        *gain += partner[edges[i].left] == edges[i].right ? edges[i].gain : 0;
    qc_release(all->memory, edges);
    qc_release(all->memory, partner);
    return done;
}

/* A unitary alignment in the making: units in order, and the dissimilarities of each with the others. */
typedef struct candidate {
    size_t *items;
    double *sums; /* rows of `coders` numbers: of each item when there were 1, 2 ... items */
    size_t count;
} candidate;

/* A unit that costs more within an alignment than by itself is in none that is best. With `size` units in it: */
static double dearest(const alignment *all, size_t size)
{
    return (all->pairs + (double)size - 1) * all->how->delta_empty;
}

/* Adds unit `next` if the alignment may still be part of a best one. */
static bool extend(const alignment *all, candidate *made, size_t next)
{
    size_t count = made->count;
    double *before = made->sums + (count - 1) * all->coders, *sums = made->sums + count * all->coders, own = 0;
    for (size_t i = 0; i < count; i++) {
        if (all->units[made->items[i]].coder == all->units[next].coder)
            return false;
        double apart = dissimilarity(all->how, all->units + made->items[i], all->units + next);
        sums[i] = before[i] + apart;
        own += apart;
        if (sums[i] >= dearest(all, all->coders))
            return false;
    }
    if (own >= dearest(all, all->coders))
        return false;
    sums[count] = own;
    made->items[made->count++] = next;
    return true;
}

/* The gain of what is made, when none of its units is better off by itself; else 0. */
static double gain_of(const alignment *all, const candidate *made)
{
    double size = (double)made->count, sum = 0;
    const double *sums = made->sums + (made->count - 1) * all->coders;
    for (size_t i = 0; i < made->count; i++) {
        if (sums[i] >= dearest(all, made->count))
            return 0;
        sum += sums[i] / 2;
    }
    double gain = ((size - 1) * all->pairs + size * (size - 1) / 2) * all->how->delta_empty - sum;
    return gain > 0 ? gain / all->pairs : 0;
}

/* All alignments whose first unit is `first`: depth first, each unit a later one than the one before. */
static bool list_from(const alignment *all, size_t first, candidate *made, qc_sets *sets, qcode_error *err)
{
    double last = all->units[first].start + farthest(all, all->units + first, dearest(all, all->coders) / all->how->delta_empty);
    made->items[0] = first;
    made->sums[0] = 0;
    made->count = 1;
    for (size_t next = first + 1;; next++) {
        if (next == all->count || all->units[next].start > last) {
            if (made->count == 1)
                return true;
            next = made->items[--made->count];
            continue;
        }
        if (made->count == all->coders || !extend(all, made, next))
            continue;
        double gain = gain_of(all, made);
        if (gain <= 0)
            continue;
        if (sets->count == MOST_SETS)
            return qc_fail(err, QCODE_LIMIT, NULL, 0, 0, "there are more than %d ways to align units", MOST_SETS);
        if (!qc_sets_add(sets, made->items, made->count, gain, err))
            return false;
    }
}

static bool align_many(const alignment *all, double *gain, qcode_error *err)
{
    qc_sets sets = qc_sets_init(all->memory);
    candidate made = {.items = qc_zeroed(all->memory, all->coders, sizeof *made.items, err)};
    size_t cells;
    if (made.items && !qc_multiply(all->coders, all->coders, &cells))
        qc_no_memory(err);
    else if (made.items)
        made.sums = qc_zeros(all->memory, cells, err);
    bool done = made.sums != NULL;
    for (size_t i = 0; done && i < all->count; i++)
        done = list_from(all, i, &made, &sets, err);
    *gain = 0;
    done = done && qc_pack_best(&sets, all->count, gain, err);
    qc_release(all->memory, made.items);
    qc_release(all->memory, made.sums);
    qc_sets_clear(&sets);
    return done;
}

bool qc_best_disorder(qc_unit *units, size_t count, size_t coders, const qcode_gamma *how, double *disorder,
                      const qcode_memory *memory, qcode_error *err)
{
    alignment all = {memory, how, units, count, coders, (double)coders * ((double)coders - 1) / 2, 0};
    double gain;
    qsort(units, count, sizeof *units, by_start);
    for (size_t i = 0; i < count; i++)
        all.longest = fmax(all.longest, units[i].end - units[i].start);
    if (!(coders == 2 ? align_two : align_many)(&all, &gain, err))
        return false;
    *disorder = (how->delta_empty * (double)count - gain) * (double)coders / (double)count;
    return true;
}
