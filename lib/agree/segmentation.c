/* Segmentations compared by the edits that turn one into the other (Fournier 2013), and by sliding windows. */
#include "agree/figure.h"
#include "agree/tally.h"
#include "base/error.h"

#include <math.h>

/* A boundary that only one of two has. */
typedef struct miss {
    size_t place;
    bool of_first;
    bool moved; /* part of a near miss */
} miss;

typedef struct edits {
    double matches, additions, near_misses;
    double moved; /* sum of the distances of near misses */
} edits;

/* The boundaries of a segmentation, one after another: the last piece ends none. */
typedef struct cursor {
    const qcode_segmentation *of;
    size_t next, place; /* 0 behind the last */
} cursor;

static void step(cursor *at)
{
    at->place = at->next + 1 < at->of->count ? at->place + at->of->masses[at->next] : 0;
    at->next++;
}

static cursor start(const qcode_segmentation *of)
{
    cursor at = {.of = of};
    step(&at);
    return at;
}

static size_t list_misses(const qcode_segmentation *a, const qcode_segmentation *b, miss *misses, edits *sum)
{
    size_t count = 0;
    cursor x = start(a), y = start(b);
    while (x.place || y.place) {
        if (x.place == y.place) {
            sum->matches++;
            step(&x);
            step(&y);
        } else if (x.place && (!y.place || x.place < y.place)) {
            misses[count++] = (miss){x.place, true, false};
            step(&x);
        } else {
            misses[count++] = (miss){y.place, false, false};
            step(&y);
        }
    }
    return count;
}

/* Pairs misses of opposite sides that lie `apart` units from each other, from left to right. */
static void pair_misses(miss *misses, size_t count, size_t apart, edits *sum)
{
    for (size_t i = 0, j = 0; i < count; i++) {
        while (j < count && misses[j].place < misses[i].place + apart)
            j++;
        if (j == count)
            return;
        if (misses[j].place != misses[i].place + apart || misses[i].moved || misses[j].moved ||
            misses[i].of_first == misses[j].of_first)
            continue;
        misses[i].moved = misses[j].moved = true;
        sum->near_misses++;
        sum->moved += (double)apart;
        sum->additions -= 2;
    }
}

static edits compare(const qcode_segmentation *a, const qcode_segmentation *b, size_t n_t, miss *misses)
{
    edits sum = {0};
    size_t count = list_misses(a, b, misses, &sum);
    sum.additions = (double)count;
    for (size_t apart = 1; apart < n_t && count && apart <= misses[count - 1].place; apart++)
        pair_misses(misses, count, apart, &sum);
    return sum;
}

static size_t units_of(const qcode_segmentation *of)
{
    size_t sum = 0;
    for (size_t i = 0; i < of->count; i++)
        sum += of->masses[i];
    return sum;
}

static bool check(const qcode_segmentation *coders, size_t count, qcode_error *err)
{
    for (size_t c = 0; c < count; c++) {
        for (size_t i = 0; i < coders[c].count; i++)
            if (!coders[c].masses[i])
                return qc_fail(err, QCODE_INVALID, NULL, 0, 0, "piece %zu of coder %zu is empty", i + 1, c + 1);
        if (units_of(coders + c) != units_of(coders))
            return qc_fail(err, QCODE_INVALID, NULL, 0, 0, "coder %zu has %zu units, and the first %zu", c + 1,
                           units_of(coders + c), units_of(coders));
    }
    return true;
}

bool qcode_boundary_similarity(const qcode_segmentation *coders, size_t count, size_t n_t, qcode_boundaries *result,
                               const qcode_memory *memory, qcode_error *err)
{
    double b = 0, s = 0, pairs = 0;
    size_t most = 0;
    if (!n_t)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a near miss spans at least 1 unit");
    if (!check(coders, count, err))
        return false;
    for (size_t c = 0; c < count; c++)
        most = coders[c].count > most ? coders[c].count : most;
    miss *misses = qc_zeroed(memory, most, 2 * sizeof *misses, err);
    if (!misses)
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            edits sum = compare(coders + i, coders + j, n_t, misses);
            double cost = sum.additions + sum.moved / (double)n_t, all = sum.additions + sum.near_misses + sum.matches;
            b += all > 0 ? (all - cost) / all : 1;
            s += 1 - cost / ((double)units_of(coders) - 1);
            pairs++;
        }
    qc_release(memory, misses);
    result->boundary = result->segmentation = qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    if (pairs > 0 && units_of(coders) > 1) {
        result->boundary = qc_defined(b / pairs);
        result->segmentation = qc_defined(s / pairs);
    }
    return true;
}

/* How many boundaries a segmentation has before a place that only grows. */
static size_t passed(cursor *at, size_t place)
{
    while (at->place && at->place <= place)
        step(at);
    return at->next - 1;
}

bool qcode_window_errors(const qcode_segmentation *found, const qcode_segmentation *wanted, size_t k,
                         qcode_windows *result, qcode_error *err)
{
    qcode_segmentation both[] = {*wanted, *found};
    if (!check(both, 2, err))
        return false;
    size_t units = units_of(wanted), differ = 0, apart = 0;
    if (!k) {
        double half = wanted->count ? (double)units / (double)wanted->count / 2 : 0;
        k = (size_t)nearbyint(half);
        k = k < 2 ? 2 : k;
    }
    result->window_diff = result->pk = qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    if (units <= k)
        return true;
    cursor at[4] = {start(wanted), start(wanted), start(found), start(found)};
    for (size_t i = 0; i + k < units; i++) {
        size_t in_wanted = passed(at + 1, i + k) - passed(at, i), in_found = passed(at + 3, i + k) - passed(at + 2, i);
        differ += in_wanted != in_found;
        apart += (in_wanted > 0) != (in_found > 0);
    }
    result->window_diff = qc_defined((double)differ / (double)(units - k));
    result->pk = qc_defined((double)apart / (double)(units - k));
    return true;
}
