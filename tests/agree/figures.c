/* All figures of ratings at once. */
#include "agree/figures.h"
#include "support/test.h"

#include <math.h>

static void add(figures *out, qcode_figure figure)
{
    out->at[out->count++] = figure;
}

static bool add_general(const qcode_tally *tally, bool by_rank, figures *out, qcode_error *err)
{
    static const qcode_weights weights[] = {{QCODE_UNWEIGHTED, NULL}, {QCODE_LINEAR, NULL}, {QCODE_QUADRATIC, NULL},
                                            {QCODE_ORDINAL_WEIGHTS, NULL}};
    for (int chance = QCODE_PERCENT_AGREEMENT; chance <= QCODE_GWET_AC; chance++)
        for (size_t w = 0; w < (by_rank ? 4 : 1); w++) {
            qcode_agreement result;
            if (!qcode_chance_corrected(tally, (qcode_chance)chance, weights + w, &result, err))
                return false;
            add(out, result.value);
            add(out, result.se);
        }
    return true;
}

static bool add_alphas(const qcode_tally *tally, bool by_rank, figures *out, qcode_error *err)
{
    for (int level = QCODE_NOMINAL; level <= (by_rank ? QCODE_RATIO : QCODE_NOMINAL); level++) {
        qcode_distance distance = {(qcode_level)level, NULL, NULL};
        qcode_alpha result;
        if (!qcode_krippendorff_alpha(tally, &distance, &result, err))
            return false;
        add(out, result.value);
        add(out, result.observed);
        add(out, result.se);
    }
    return true;
}

static bool add_pair(const qcode_tally *tally, figures *out, qcode_error *err)
{
    qcode_kappa kappa;
    qcode_figure pi;
    if (!qcode_cohen_kappa(tally, 0, 1, NULL, &kappa, err) || !qcode_scott_pi(tally, 0, 1, &pi, err))
        return false;
    add(out, kappa.value);
    add(out, kappa.se);
    add(out, kappa.null_se);
    add(out, kappa.highest);
    add(out, pi);
    return true;
}

bool all_figures(const qcode_tally *tally, bool by_pair, bool by_rank, figures *out, qcode_error *err)
{
    qcode_figure light, se;
    out->count = 0;
    if (!add_general(tally, by_rank, out, err) || !add_alphas(tally, by_rank, out, err) ||
        (by_pair && !add_pair(tally, out, err)) || !qcode_light_kappa(tally, &light, err) ||
        !qcode_fleiss_null_se(tally, &se, err))
        return false;
    add(out, light);
    add(out, se);
    add(out, qcode_full_agreement(tally));
    add(out, qcode_holsti(tally));
    add(out, qcode_pabak(tally));
    return true;
}

void check_near(double a, double b, double margin, const char *what, const char *file, int line)
{
    if (fabs(a - b) <= margin)
        return;
    print_error("%s is %.17g, and not %.17g\n", what, a, b);
    _fail(file, line);
}

void assert_same_figures(const figures *a, const figures *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->at[i].defined, b->at[i].defined);
        assert_int_equal(a->at[i].reason, b->at[i].reason);
        assert_near(a->at[i].value, b->at[i].value, 1e-10);
    }
}
