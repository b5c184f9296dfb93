/* Weights by what categories stand for: 1 for the same, 0 for the two that differ most. */
#include "work/scale.h"
#include "base/error.h"

static double difference(double x, double y, qcode_level level)
{
    double apart = x - y;
    if (level == QCODE_RATIO)
        apart = x + y > 0 ? apart / (x + y) : 0;
    return apart * apart;
}

static const double *weigh_numbers(qc_scale *scale, const double *numbers, size_t count, qcode_level level)
{
    double *weights = qc_arena_take_array(&scale->arena, count * count + 1, sizeof *weights);
    double most = 0;
    for (size_t i = 0; weights && i < count * count; i++) {
        weights[i] = difference(numbers[i / count], numbers[i % count], level);
        most = weights[i] > most ? weights[i] : most;
    }
    for (size_t i = 0; weights && i < count * count; i++)
        weights[i] = most > 0 ? 1 - weights[i] / most : 1;
    return weights;
}

static bool measure_sets(qc_scale *scale, const qcode_set_of_codes *sets, size_t count)
{
    double *masi = qc_arena_take_array(&scale->arena, count * count + 1, sizeof *masi);
    double *jaccard = qc_arena_take_array(&scale->arena, count * count + 1, sizeof *jaccard);
    double *weights = qc_arena_take_array(&scale->arena, count * count + 1, sizeof *weights);
    if (!masi || !jaccard || !weights)
        return false;
    qcode_masi_distances(sets, count, masi);
    qcode_jaccard_distances(sets, count, jaccard);
    for (size_t i = 0; i < count * count; i++)
        weights[i] = 1 - masi[i];
    scale->masi = masi;
    scale->jaccard = jaccard;
    scale->weights = weights;
    return true;
}

bool qc_scale_init(qc_scale *scale, const qc_ratings *ratings, qcode_level level, const char *source,
                   const qcode_memory *memory, qcode_error *err)
{
    size_t count = ratings->data.categories;
    *scale = (qc_scale){.arena = qc_arena_init(memory)};
    if (level == QCODE_GIVEN_DISTANCE) {
        if (count > QC_MOST_SETS)
            return qc_fail(err, QCODE_LIMIT, source, 0, 0, "more than %d different sets of codes", QC_MOST_SETS);
        return measure_sets(scale, ratings->sets, count) || qc_no_memory(err);
    }
    if ((level != QCODE_INTERVAL && level != QCODE_RATIO) || count > QC_MOST_WEIGHED)
        return true;
    scale->weights = weigh_numbers(scale, ratings->numbers, count, level);
    return scale->weights || qc_no_memory(err);
}

void qc_scale_clear(qc_scale *scale)
{
    qc_arena_clear(&scale->arena);
}
