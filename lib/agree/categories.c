/* Agreement category by category, and what Fleiss' kappa needs of complete ratings. */
#include "agree/figure.h"
#include "agree/profile.h"

/* One pass over the rows, for each category. */
typedef struct by_category {
    qc_profile profile;
    double units, compared, pairable;
    double *shares; /* mean share of a unit's ratings, over rated units */
    double *same;   /* sum over compared units of r_k (r_k - 1) / (r (r - 1)) */
    double *joined; /* sum over compared units of r_k / r */
    double *totals, *coinciding; /* n_k and o_kk of alpha */
    double *pair_totals, *pair_same; /* sums of r_k (r - 1) and of r_k (r_k - 1) */
} by_category;

static double **blocks(by_category *all, size_t i)
{
    double **each[] = {&all->shares, &all->same, &all->joined, &all->totals, &all->coinciding, &all->pair_totals,
                       &all->pair_same};
    return i < sizeof each / sizeof *each ? each[i] : NULL;
}

static void clear(by_category *all)
{
    double **block;
    for (size_t i = 0; (block = blocks(all, i)); i++)
        qc_release(all->profile.tally->memory, *block);
    qc_profile_clear(&all->profile);
}

static void add_row(by_category *all, double count)
{
    const qc_profile *unit = &all->profile;
    double r = unit->ratings;
    all->units += count;
    all->compared += r >= 2 ? count : 0;
    all->pairable += r >= 2 ? count * r : 0;
    for (size_t a = 0; a < unit->kinds; a++) {
        size_t k = unit->given[a].category;
        double own = unit->given[a].count;
        all->shares[k] += count * own / r;
        if (r < 2)
            continue;
        all->same[k] += count * own * (own - 1) / (r * (r - 1));
        all->joined[k] += count * own / r;
        all->totals[k] += count * own;
        all->coinciding[k] += count * own * (own - 1) / (r - 1);
        all->pair_totals[k] += count * own * (r - 1);
        all->pair_same[k] += count * own * (own - 1);
    }
}

static bool gather(by_category *all, const qcode_tally *tally, qcode_error *err)
{
    double **block;
    *all = (by_category){.profile.tally = tally};
    bool done = qc_profile_init(&all->profile, tally, err);
    for (size_t i = 0; done && (block = blocks(all, i)); i++)
        done = (*block = qc_zeros(tally->memory, tally->categories, err)) != NULL;
    if (!done) {
        clear(all);
        return false;
    }
    for (size_t i = 0; i < tally->rows; i++) {
        qc_profile_of(&all->profile, i);
        add_row(all, (double)tally->counts[i]);
    }
    return true;
}

/* The category against all others: agreeing pairs are both in it or both out of it. */
static qcode_figure fleiss(const by_category *all, size_t k)
{
    double share = all->shares[k] / all->units;
    double agreed = 1 - 2 * (all->joined[k] - all->same[k]) / all->compared;
    return qc_beyond_chance(agreed, share * share + (1 - share) * (1 - share));
}

static qcode_figure alpha(const by_category *all, size_t k)
{
    double n = all->pairable, own = all->totals[k];
    return qc_less_than_chance(2 * (own - all->coinciding[k]) / n, 2 * own * (n - own) / (n * (n - 1)));
}

static qcode_figure specific(const by_category *all, size_t k)
{
    return all->pair_totals[k] > 0 ? qc_defined(all->pair_same[k] / all->pair_totals[k])
                                   : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
}

static bool fill(const qcode_tally *tally, qcode_figure (*figure)(const by_category *all, size_t k),
                 qcode_figure *figures, qcode_error *err)
{
    by_category all;
    if (!gather(&all, tally, err))
        return false;
    for (size_t k = 0; k < tally->categories; k++)
        figures[k] = all.compared > 0 ? figure(&all, k) : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    clear(&all);
    return true;
}

bool qcode_fleiss_categories(const qcode_tally *tally, qcode_figure *figures, qcode_error *err)
{
    return fill(tally, fleiss, figures, err);
}

bool qcode_alpha_categories(const qcode_tally *tally, qcode_figure *figures, qcode_error *err)
{
    return fill(tally, alpha, figures, err);
}

bool qcode_specific_agreement(const qcode_tally *tally, qcode_figure *figures, qcode_error *err)
{
    return fill(tally, specific, figures, err);
}

static qcode_figure null_error(const by_category *all)
{
    double units = all->compared, coders = (double)all->profile.tally->coders, spread = 0, skew = 0;
    if (units <= 0)
        return qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    if (all->pairable < all->units * coders)
        return qc_undefined(QCODE_REASON_INCOMPLETE);
    for (size_t k = 0; k < all->profile.tally->categories; k++) {
        double p = all->shares[k] / units;
        spread += p * (1 - p);
        skew += p * (1 - p) * (1 - 2 * p);
    }
    if (qc_certain(1 - spread))
        return qc_undefined(QCODE_REASON_NO_VARIATION);
    return qc_defined(qc_root(2 * (spread * spread - skew) / (units * coders * (coders - 1))) / spread);
}

bool qcode_fleiss_null_se(const qcode_tally *tally, qcode_figure *se, qcode_error *err)
{
    by_category all;
    if (!gather(&all, tally, err))
        return false;
    *se = null_error(&all);
    clear(&all);
    return true;
}
