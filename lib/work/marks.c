/* Precision, recall, F1 and kappa of one code. */
#include "work/marks.h"
#include "base/error.h"
#include "base/memory.h"

static qcode_figure ratio(size_t a, size_t b)
{
    return b ? (qcode_figure){true, (double)a / (double)b, QCODE_REASON_NONE}
             : (qcode_figure){false, 0, QCODE_REASON_NOTHING_TO_COMPARE};
}

qcode_figure qc_f1(size_t reference, size_t rules, size_t both)
{
    return ratio(2 * both, reference + rules);
}

static bool kappa_of(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    qcode_kappa kappa;
    (void)user;
    if (!qcode_cohen_kappa(tally, 0, 1, NULL, &kappa, err))
        return false;
    *figure = kappa.value;
    return true;
}

/* Whole interviews are drawn again: what one person says is not independent. */
static bool make_interval(const qcode_tally *tally, uint64_t seed, const qcode_memory *memory, qc_marks *marks,
                          qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    qcode_interval interval;
    qcode_figure *figures = qc_arena_take_array(&arena, QC_RESAMPLES, sizeof *figures);
    bool done = figures && qcode_resample(tally, QCODE_RESAMPLE_CLUSTERS, seed, 0, QC_RESAMPLES, kappa_of, NULL, figures, err) &&
                qcode_percentile_interval(figures, QC_RESAMPLES, 0.95, &interval, memory, err);
    if (!figures)
        qc_no_memory(err);
    if (done) {
        marks->low = interval.low;
        marks->high = interval.high;
    }
    qc_arena_clear(&arena);
    return done;
}

static bool make_kappa(const qcode_ratings *ratings, uint64_t seed, const qcode_memory *memory, qc_marks *marks,
                       qcode_error *err)
{
    qcode_tally *tally = qcode_tally_new(ratings, memory, err);
    bool done = tally && kappa_of(tally, NULL, &marks->kappa, err);
    if (done && marks->interviews >= QC_ENOUGH_CLUSTERS && marks->kappa.defined)
        done = make_interval(tally, seed, memory, marks, err);
    qcode_tally_free(tally);
    return done;
}

/* Gathers the units that count as pairs of ratings. */
static void gather(const qc_units *units, const int32_t *reference, const int32_t *rules, const unsigned char *mask,
                   int32_t *pairs, uint32_t *clusters, qc_marks *marks)
{
    size_t last = SIZE_MAX, last_coded = SIZE_MAX;
    for (size_t i = 0; i < qc_units_count(units); i++) {
        size_t document = qc_units_at(units, i)->document;
        if (reference[i] < 0 || rules[i] < 0 || (mask && !mask[i]))
            continue;
        marks->interviews += document != last;
        last = document;
        if (reference[i]) {
            marks->coded_interviews += document != last_coded;
            last_coded = document;
        }
        clusters[marks->units] = (uint32_t)(marks->interviews - 1);
        pairs[2 * marks->units] = reference[i];
        pairs[2 * marks->units++ + 1] = rules[i];
        marks->reference += (size_t)reference[i];
        marks->rules += (size_t)rules[i];
        marks->both += (size_t)(reference[i] & rules[i]);
    }
}

bool qc_marks_make(const qc_units *units, const int32_t *reference, const int32_t *rules,
                   const unsigned char *mask, uint64_t seed, const qcode_memory *memory, qc_marks *marks,
                   qcode_error *err)
{
    static const qcode_figure none = {false, 0, QCODE_REASON_NOTHING_TO_COMPARE};
    qc_arena arena = qc_arena_init(memory);
    int32_t *pairs = qc_arena_take_array(&arena, 2 * qc_units_count(units), sizeof *pairs);
    uint32_t *clusters = qc_arena_take_array(&arena, qc_units_count(units), sizeof *clusters);
    bool done = pairs && clusters;
    *marks = (qc_marks){.kappa = none, .low = none, .high = none, .judgement = ""};
    if (done) {
        gather(units, reference, rules, mask, pairs, clusters, marks);
        const qcode_ratings ratings = {marks->units, 2, 2, pairs, NULL, clusters, marks->interviews};
        marks->precision = ratio(marks->both, marks->rules);
        marks->recall = ratio(marks->both, marks->reference);
        marks->f1 = qc_f1(marks->reference, marks->rules, marks->both);
        if (marks->reference < QC_FEW_POSITIVES || marks->coded_interviews < QC_FEW_INTERVIEWS)
            marks->judgement = "too few to judge";
        done = !marks->units || make_kappa(&ratings, seed, memory, marks, err);
        if (!*marks->judgement && !marks->kappa.defined)
            marks->judgement = qcode_reason_text(marks->kappa.reason);
    } else {
        qc_no_memory(err);
    }
    qc_arena_clear(&arena);
    return done;
}
