/* Percentile intervals from resampled units or clusters (Efron and Tibshirani 1993, chapter 13), through the counts of
 * distinct rows: a resample is new counts for the same rows. */
#include "agree/figure.h"
#include "agree/random.h"
#include "agree/tally.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A multinomial draw, row by row: each takes its binomial share of the units that are left. */
static void draw_units(const qcode_tally *tally, qc_random *from, uint64_t *counts)
{
    uint64_t left = tally->units, weight = tally->units;
    for (size_t i = 0; i < tally->rows; i++) {
        uint64_t own = tally->counts[i];
        counts[i] = own < weight ? qc_random_binomial(from, left, (double)own / (double)weight) : left;
        left -= counts[i];
        weight -= own;
    }
}

static void draw_clusters(const qcode_tally *tally, qc_random *from, uint64_t *counts)
{
    memset(counts, 0, tally->rows * sizeof *counts);
    for (size_t c = 0; c < tally->clusters; c++) {
        size_t drawn = (size_t)qc_random_below(from, tally->clusters);
        for (size_t i = tally->starts[drawn]; i < tally->starts[drawn + 1]; i++)
            counts[tally->shares[i].row] += tally->shares[i].count;
    }
}

bool qcode_resample(const qcode_tally *tally, qcode_resampling by, uint64_t seed, size_t first, size_t count,
                    qcode_statistic *statistic, const void *user, qcode_figure *figures, qcode_error *err)
{
    if (by == QCODE_RESAMPLE_CLUSTERS && !tally->clusters)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "clusters are to be resampled, and there are none");
    uint64_t *counts = qc_zeroed(tally->memory, tally->rows, sizeof *counts, err);
    bool done = counts != NULL;
    qcode_tally drawn = *tally;
    drawn.counts = counts;
    for (size_t i = 0; done && i < count; i++) {
        qc_random from = qc_random_init(seed, first + i);
        if (by == QCODE_RESAMPLE_CLUSTERS)
            draw_clusters(tally, &from, counts);
        else
            draw_units(tally, &from, counts);
        drawn.units = 0;
        for (size_t r = 0; r < tally->rows; r++)
            drawn.units += counts[r];
        done = statistic(&drawn, user, figures + i, err);
    }
    qc_release(tally->memory, counts);
    return done;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Between the two nearest (R's type 7). */
static double quantile(const double *sorted, size_t count, double p)
{
    double place = p * (double)(count - 1), below = floor(place);
    size_t at = (size_t)below;
    return at + 1 < count ? sorted[at] + (place - below) * (sorted[at + 1] - sorted[at]) : sorted[at];
}

bool qcode_percentile_interval(const qcode_figure *figures, size_t count, double level, qcode_interval *result,
                               const qcode_memory *memory, qcode_error *err)
{
    size_t defined = 0;
    double *sorted = qc_zeros(memory, count, err);
    if (!sorted)
        return false;
    for (size_t i = 0; i < count; i++)
        if (figures[i].defined)
            sorted[defined++] = figures[i].value;
    qsort(sorted, defined, sizeof *sorted, rising);
    *result = (qcode_interval){qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE), qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE),
                               count - defined};
    if (defined) {
        result->low = qc_defined(quantile(sorted, defined, (1 - level) / 2));
        result->high = qc_defined(quantile(sorted, defined, (1 + level) / 2));
    }
    qc_release(memory, sorted);
    return true;
}
