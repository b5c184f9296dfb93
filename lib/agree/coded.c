/* Spans as ratings: coded or not, character by character or stretch by stretch. */
#include "agree/sweep.h"
#include "agree/tally.h"
#include "base/error.h"

#include <string.h>

/* Rows of ratings in the making. */
typedef struct made {
    const qcode_memory *memory;
    size_t coders, count;
    int32_t *values;
    uint64_t *counts;
    uint32_t *clusters;
    size_t value_capacity, count_capacity, cluster_capacity;
} made;

static void clear(made *rows)
{
    qc_release(rows->memory, rows->values);
    qc_release(rows->memory, rows->counts);
    qc_release(rows->memory, rows->clusters);
}

/* A row: how many spans each coder has there. */
static bool add(made *rows, const size_t *open, size_t times, uint32_t cluster, qcode_error *err)
{
    size_t need;
    if (!qc_multiply(rows->count + 1, rows->coders, &need) ||
        !qc_grow(rows->memory, &rows->values, &rows->value_capacity, need, sizeof *rows->values) ||
        !qc_grow(rows->memory, &rows->counts, &rows->count_capacity, rows->count + 1, sizeof *rows->counts) ||
        !qc_grow(rows->memory, &rows->clusters, &rows->cluster_capacity, rows->count + 1, sizeof *rows->clusters))
        return qc_no_memory(err);
    for (size_t c = 0; c < rows->coders; c++)
        rows->values[rows->count * rows->coders + c] = open[c] > 0;
    rows->counts[rows->count] = times;
    rows->clusters[rows->count++] = cluster;
    return true;
}

static bool check(const qcode_stretch *stretches, size_t count, size_t length, qcode_error *err)
{
    size_t before = 0;
    for (size_t i = 0; i < count; before = stretches[i++].end)
        if (stretches[i].start < before || stretches[i].start >= stretches[i].end || stretches[i].end > length)
            return qc_fail(err, QCODE_INVALID, NULL, 0, 0,
                           "stretch %zu is empty, overlaps the one before, or ends behind the text", i + 1);
    return true;
}

static void follow(const qc_sweep *sweep, const qc_event *event, size_t *open, size_t *touched)
{
    size_t coder = sweep->spans->at[event->span].coder;
    if (!event->begins) {
        open[coder]--;
        return;
    }
    open[coder]++;
    touched[coder]++;
}

/* Each stretch, with `open` as it is at each of its characters, and `touched` of all of them. */
static bool walk(made *rows, qc_sweep *sweep, const qcode_stretch *stretches, size_t count, bool whole, size_t *open,
                 size_t *touched, qcode_error *err)
{
    bool done = true;
    const qc_event *event;
    for (size_t i = 0; done && i < count; i++) {
        const qcode_stretch *stretch = stretches + i;
        size_t place = stretch->start;
        while ((event = qc_sweep_take(sweep, place)))
            follow(sweep, event, open, touched);
        memcpy(touched, open, rows->coders * sizeof *touched);
        while (done && place < stretch->end) {
            size_t until = qc_sweep_until(sweep);
            if (until > stretch->end)
                until = stretch->end;
            done = whole || add(rows, open, until - place, stretch->cluster, err);
            place = until;
            while (place < stretch->end && (event = qc_sweep_take(sweep, place)))
                follow(sweep, event, open, touched);
        }
        done = done && (!whole || add(rows, touched, 1, stretch->cluster, err));
    }
    return done;
}

static qcode_tally *tally_of(const made *rows, size_t clusters, qcode_error *err)
{
    qcode_ratings ratings = {.units = rows->count, .coders = rows->coders, .categories = 2, .values = rows->values,
                             .counts = rows->counts, .clusters = clusters ? rows->clusters : NULL,
                             .cluster_count = clusters};
    return qcode_tally_new(&ratings, rows->memory, err);
}

static qcode_tally *convert(const qcode_continuum *continuum, size_t code, const qcode_stretch *stretches, size_t count,
                            size_t clusters, bool whole, const qcode_memory *memory, qcode_error *err)
{
    qc_spans spans;
    qc_sweep sweep = {0};
    qcode_tally *tally = NULL;
    qcode_stretch all = {0, continuum->length, 0};
    made rows = {.memory = memory, .coders = continuum->coders};
    if (!stretches) {
        stretches = &all;
        count = continuum->length > 0;
    }
    if (!check(stretches, count, continuum->length, err) || !qc_spans_init(&spans, continuum, code, memory, err))
        return NULL;
    size_t *open = qc_zeroed(memory, continuum->coders, sizeof *open, err);
    size_t *touched = open ? qc_zeroed(memory, continuum->coders, sizeof *touched, err) : NULL;
    if (touched && qc_sweep_init(&sweep, &spans, continuum->length, err) &&
        walk(&rows, &sweep, stretches, count, whole, open, touched, err))
        tally = tally_of(&rows, clusters, err);
    clear(&rows);
    qc_sweep_clear(&sweep);
    qc_release(memory, open);
    qc_release(memory, touched);
    qc_spans_clear(&spans);
    return tally;
}

qcode_tally *qcode_tally_characters(const qcode_continuum *continuum, size_t code, const qcode_stretch *stretches,
                                    size_t count, size_t clusters, const qcode_memory *memory, qcode_error *err)
{
    return convert(continuum, code, stretches, count, clusters, false, memory, err);
}

qcode_tally *qcode_tally_stretches(const qcode_continuum *continuum, size_t code, const qcode_stretch *stretches,
                                   size_t count, size_t clusters, const qcode_memory *memory, qcode_error *err)
{
    return convert(continuum, code, stretches, count, clusters, true, memory, err);
}
