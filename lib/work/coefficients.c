/* The coefficients that comparisons offer, and the intervals that threads draw for them. */
#include "work/coefficients.h"
#include "base/error.h"
#include "base/memory.h"
#include "work/crew.h"

#include <string.h>

enum { USUAL_RESAMPLES = 1000, PIECE = 50 };

static const qcode_figure no_formula = {.reason = QCODE_REASON_NO_FORMULA};

static bool general(const qcode_tally *tally, const qc_asked *asked, qcode_chance chance, qcode_figure *value,
                    qcode_figure *se, qcode_error *err)
{
    qcode_agreement result;
    if (!qcode_chance_corrected(tally, chance, &asked->weights, &result, err))
        return false;
    *value = result.value;
    *se = result.se;
    return true;
}

static bool percent(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                    qcode_error *err)
{
    return general(tally, asked, QCODE_PERCENT_AGREEMENT, value, se, err);
}

static bool brennan_prediger(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                             qcode_error *err)
{
    return general(tally, asked, QCODE_BRENNAN_PREDIGER, value, se, err);
}

static bool fleiss(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                   qcode_error *err)
{
    return general(tally, asked, QCODE_FLEISS_KAPPA, value, se, err);
}

static bool conger(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                   qcode_error *err)
{
    return general(tally, asked, QCODE_CONGER_KAPPA, value, se, err);
}

static bool gwet(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                 qcode_error *err)
{
    return general(tally, asked, QCODE_GWET_AC, value, se, err);
}

static bool full(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                 qcode_error *err)
{
    (void)asked;
    (void)err;
    *value = qcode_full_agreement(tally);
    *se = no_formula;
    return true;
}

static bool holsti(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                   qcode_error *err)
{
    (void)asked;
    (void)err;
    *value = qcode_holsti(tally);
    *se = no_formula;
    return true;
}

static bool pabak(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                  qcode_error *err)
{
    (void)asked;
    (void)err;
    *value = qcode_pabak(tally);
    *se = no_formula;
    return true;
}

static bool light(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                  qcode_error *err)
{
    (void)asked;
    *se = no_formula;
    return qcode_light_kappa(tally, value, err);
}

static bool cohen(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                  qcode_error *err)
{
    qcode_kappa result;
    if (!qcode_cohen_kappa(tally, asked->a, asked->b, &asked->weights, &result, err))
        return false;
    *value = result.value;
    *se = result.se;
    return true;
}

static bool cohen_max(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                      qcode_error *err)
{
    qcode_kappa result;
    if (!qcode_cohen_kappa(tally, asked->a, asked->b, &asked->weights, &result, err))
        return false;
    *value = result.highest;
    *se = no_formula;
    return true;
}

/* Whether a kappa of 0.65 or more might come from codings below it, as Eagan et al. ask. */
static bool rho(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                qcode_error *err)
{
    const qcode_rho how = {.kappa_threshold = 0.65, .kappa_min = 0.4, .precision_min = 0.6, .precision_max = 1,
                           .length = 10000, .replicates = 800, .seed = asked->seed};
    uint64_t cells[4];
    qcode_tally_pair(tally, asked->a, asked->b, cells);
    const qcode_pairs pairs = {.both = cells[3], .only_a = cells[2], .only_b = cells[1], .neither = cells[0]};
    *se = no_formula;
    return qcode_shaffer_rho(&pairs, &how, value, err);
}

static bool scott(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                  qcode_error *err)
{
    *se = no_formula;
    return qcode_scott_pi(tally, asked->a, asked->b, value, err);
}

static bool krippendorff(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                         qcode_error *err)
{
    qcode_alpha result;
    if (!qcode_krippendorff_alpha(tally, &asked->distance, &result, err))
        return false;
    *value = result.value;
    *se = result.se;
    return true;
}

static const qc_coefficient coefficients[] = {
    {"percent_agreement", "Gwet 2014", false, false, percent},
    {"full_agreement", "share of units on which all agree", false, false, full},
    {"krippendorff_alpha", "Krippendorff 2011", false, false, krippendorff},
    {"cohen_kappa", "Cohen 1960, 1968", true, false, cohen},
    {"cohen_kappa_max", "Cohen 1960", true, true, cohen_max},
    {"scott_pi", "Scott 1955", true, false, scott},
    {"fleiss_kappa", "Fleiss 1971", false, false, fleiss},
    {"conger_kappa", "Conger 1980", false, false, conger},
    {"light_kappa", "Light 1971", false, false, light},
    {"brennan_prediger", "Brennan and Prediger 1981", false, false, brennan_prediger},
    {"pabak", "Byrt, Bishop and Carlin 1993", false, false, pabak},
    {"gwet_ac1", "Gwet 2008", false, false, gwet},
    {"gwet_ac2", "Gwet 2014", false, false, gwet},
    {"holsti", "Holsti 1969", false, false, holsti},
    {"shaffer_rho", "Eagan, Rogers, Serlin, Ruis, Arastoopour Irgens and Shaffer 2017", true, true, rho},
};

const qc_coefficient *qc_coefficient_find(const char *name)
{
    for (size_t i = 0; i < sizeof coefficients / sizeof *coefficients; i++)
        if (strcmp(coefficients[i].name, name) == 0)
            return &coefficients[i];
    return NULL;
}

qcode_intervals qc_intervals_resolved(const qcode_intervals *how)
{
    qcode_intervals resolved = *how;
    resolved.resamples = how->resamples ? how->resamples : USUAL_RESAMPLES;
    resolved.level = how->level > 0 ? how->level : 0.95;
    return resolved;
}

qcode_resampling qc_drawn(const qcode_intervals *how, size_t clusters)
{
    bool units = how->draw == QCODE_DRAW_UNITS || (how->draw == QCODE_DRAW_USUAL && !clusters);
    return units ? QCODE_RESAMPLE_UNITS : QCODE_RESAMPLE_CLUSTERS;
}

/* Resamples, drawn by several threads; each figure has its own place, so their order is that of the numbers. */
typedef struct drawing {
    const qcode_tally *tally;
    const qc_asked *asked;
    const qcode_intervals *how;
    qcode_resampling by;
    size_t count;
    qcode_figure *figures;
    qcode_error errors[2 * QC_CREW_MOST]; /* by slot */
    bool failed[2 * QC_CREW_MOST];
    qcode_error *err;
} drawing;

static bool one_figure(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    const qc_asked *asked = user;
    qcode_figure se;
    return asked->what->work(tally, asked, figure, &se, err);
}

static void draw(void *user, size_t worker, size_t slot, size_t piece)
{
    drawing *run = user;
    size_t first = piece * PIECE, left = run->count - first;
    (void)worker;
    run->failed[slot] = !qcode_resample(run->tally, run->by, run->how->seed, first, left < PIECE ? left : PIECE,
                                        one_figure, run->asked, run->figures + first, &run->errors[slot]);
}

static bool take(void *user, size_t slot, size_t piece)
{
    drawing *run = user;
    (void)piece;
    if (run->failed[slot] && run->err)
        *run->err = run->errors[slot];
    return !run->failed[slot];
}

static bool draw_interval(drawing *run, double level, qc_estimate *result, const qcode_memory *memory)
{
    size_t threads = run->how->threads ? run->how->threads : qc_crew_processors();
    threads = threads > QC_CREW_MOST ? QC_CREW_MOST : threads;
    const qc_crew crew = {.count = (run->count + PIECE - 1) / PIECE,
                          .workers = threads,
                          .slots = 2 * threads,
                          .work = draw,
                          .take = take,
                          .user = run};
    qcode_interval interval;
    if (!qc_crew_run(&crew) ||
        !qcode_percentile_interval(run->figures, run->count, level, &interval, memory, run->err))
        return false;
    result->low = interval.low;
    result->high = interval.high;
    result->left_out = interval.undefined;
    return true;
}

bool qc_estimate_of(const qcode_tally *tally, size_t clusters, const qc_asked *asked, const qcode_intervals *how,
                    qc_estimate *result, const qcode_memory *memory, qcode_error *err)
{
    *result = (qc_estimate){.low = {.reason = QCODE_REASON_TOO_FEW_UNITS}, .high = {.reason = QCODE_REASON_TOO_FEW_UNITS}};
    if (!asked->what->work(tally, asked, &result->value, &result->se, err))
        return false;
    if (!how || asked->what->point || !result->value.defined ||
        (qc_drawn(how, clusters) == QCODE_RESAMPLE_CLUSTERS && clusters < QCODE_LEAST_CLUSTERS))
        return true;
    size_t size;
    drawing *run = qc_multiply(how->resamples, sizeof *run->figures, &size) ? qc_resize(memory, NULL, sizeof *run) : NULL;
    qcode_figure *figures = run ? qc_resize(memory, NULL, size) : NULL;
    bool done = figures || qc_no_memory(err);
    if (done) {
        *run = (drawing){.tally = tally, .asked = asked, .how = how, .by = qc_drawn(how, clusters), .count = how->resamples,
                         .figures = figures, .err = err};
        done = draw_interval(run, how->level, result, memory);
    }
    qc_release(memory, figures);
    qc_release(memory, run);
    return done;
}
