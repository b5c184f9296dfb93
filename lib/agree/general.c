/* Gwet's general form of chance-corrected agreement, and its standard error over units (Gwet 2014, chapters 2 and 5). */
#include "agree/figure.h"
#include "agree/profile.h"
#include "agree/weights.h"
#include "base/error.h"

/* What the rows say, gathered once. */
typedef struct sums {
    const qcode_tally *tally;
    qc_weigher weigher;
    qc_profile profile;
    double units, compared; /* rated at all; rated twice or more */
    double observed, expected;
    double *shares;  /* pi: each category's mean share of a unit's ratings */
    double *credit;  /* by which the category of a rating adds to its unit's chance agreement */
    double *own;     /* coders x categories: each coder's own distribution (Conger) */
    double *rated;   /* by each coder */
    double *effects; /* coders x categories (Conger) */
    double *base;    /* of each coder (Conger) */
} sums;

static void clear(sums *all)
{
    double *blocks[] = {all->shares, all->credit, all->own, all->rated, all->effects, all->base};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        qc_release(all->tally->memory, blocks[i]);
    qc_profile_clear(&all->profile);
}

static bool prepare(sums *all, const qcode_tally *tally, qcode_chance chance, const qcode_weights *weights,
                    qcode_error *err)
{
    size_t q = tally->categories, cells = 0;
    const qcode_memory *memory = tally->memory;
    *all = (sums){.tally = tally, .profile.tally = tally};
    if (!qc_weigher_init(&all->weigher, weights, q, err))
        return false;
    if (chance == QCODE_CONGER_KAPPA && !qc_multiply(q, tally->coders, &cells))
        return qc_no_memory(err);
    bool done = qc_profile_init(&all->profile, tally, err) && (all->shares = qc_zeros(memory, q, err)) &&
                (all->credit = qc_zeros(memory, q, err)) && (all->own = qc_zeros(memory, cells, err)) &&
                (all->rated = qc_zeros(memory, tally->coders, err)) &&
                (all->effects = qc_zeros(memory, cells, err)) && (all->base = qc_zeros(memory, tally->coders, err));
    if (!done)
        clear(all);
    return done;
}

/* The share of agreeing pairs among a unit's ratings. */
static double agreement(const sums *all)
{
    const qc_profile *unit = &all->profile;
    double sum = 0;
    for (size_t a = 0; a < unit->kinds; a++) {
        double credit = unit->given[a].count;
        for (size_t b = 0; !all->weigher.plain && b < unit->kinds; b++)
            if (b != a)
                credit += qc_weight(&all->weigher, unit->given[a].category, unit->given[b].category) * unit->given[b].count;
        sum += unit->given[a].count * (credit - 1);
    }
    return sum / (unit->ratings * (unit->ratings - 1));
}

static void observe(sums *all)
{
    for (size_t i = 0; i < all->tally->rows; i++) {
        double count = (double)all->tally->counts[i];
        qc_profile_of(&all->profile, i);
        all->units += count;
        for (size_t a = 0; a < all->profile.kinds; a++)
            all->shares[all->profile.given[a].category] += count * all->profile.given[a].count / all->profile.ratings;
        if (all->profile.ratings < 2)
            continue;
        all->compared += count;
        all->observed += count * agreement(all);
    }
    all->observed /= all->compared;
    for (size_t k = 0; k < all->tally->categories; k++)
        all->shares[k] /= all->units;
}

static double dot(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Conger: the mean over ordered pairs of the coders who rated anything. Also what each rating adds (Gwet 2014, 5.3). */
static void expect_of_own(sums *all)
{
    const qcode_tally *tally = all->tally;
    size_t q = tally->categories;
    double coders = 0, alone = 0;
    for (size_t i = 0; i < tally->rows; i++)
        for (size_t c = 0; c < tally->coders; c++) {
            int32_t value = tally->values[i * tally->coders + c];
            if (value >= 0) {
                all->own[c * q + (size_t)value] += (double)tally->counts[i];
                all->rated[c] += (double)tally->counts[i];
            }
        }
    double *total = all->credit, *means = all->shares; /* neither is needed for anything else here */
    for (size_t c = 0; c < tally->coders; c++) {
        coders += all->rated[c] > 0;
        for (size_t k = 0; k < q && all->rated[c] > 0; k++)
            total[k] += all->own[c * q + k] /= all->rated[c];
    }
    for (size_t c = 0; c < tally->coders; c++) {
        qc_weigh(&all->weigher, all->own + c * q, means);
        alone += dot(means, all->own + c * q, q);
    }
    qc_weigh(&all->weigher, total, means);
    double pairs = coders * (coders - 1);
    all->expected = (dot(means, total, q) - alone) / pairs;
    for (size_t c = 0; c < tally->coders; c++) {
        if (all->rated[c] <= 0)
            continue;
        double *effects = all->effects + c * q, *own = all->own + c * q;
        qc_weigh(&all->weigher, own, effects);
        for (size_t k = 0; k < q; k++)
            effects[k] = (means[k] - effects[k]) * all->units / all->rated[c] / pairs;
        all->base[c] = dot(effects, own, q);
    }
}

static void expect(sums *all, qcode_chance chance)
{
    size_t q = all->tally->categories;
    double cells = (double)q * (double)q;
    switch (chance) {
    case QCODE_PERCENT_AGREEMENT: break;
    case QCODE_BRENNAN_PREDIGER: all->expected = qc_weight_sum(&all->weigher) / cells; break;
    case QCODE_FLEISS_KAPPA:
        qc_weigh(&all->weigher, all->shares, all->credit);
        all->expected = dot(all->credit, all->shares, q);
        break;
    case QCODE_CONGER_KAPPA: expect_of_own(all); break;
    case QCODE_GWET_AC:
        for (size_t k = 0; k < q; k++)
            all->credit[k] = qc_weight_sum(&all->weigher) / (cells - (double)q) * (1 - all->shares[k]);
        all->expected = dot(all->credit, all->shares, q);
        break;
    }
}

/* The chance agreement of one unit: its mean over units is that of the whole. */
static double chance_of(const sums *all, qcode_chance chance, size_t row)
{
    const qcode_tally *tally = all->tally;
    double sum = 0;
    if (chance == QCODE_PERCENT_AGREEMENT || chance == QCODE_BRENNAN_PREDIGER)
        return all->expected;
    if (chance != QCODE_CONGER_KAPPA) {
        for (size_t a = 0; a < all->profile.kinds; a++)
            sum += all->profile.given[a].count * all->credit[all->profile.given[a].category];
        return sum / all->profile.ratings;
    }
    for (size_t c = 0; c < tally->coders; c++) {
        int32_t value = tally->values[row * tally->coders + c];
        sum += all->base[c] * all->rated[c] / all->units;
        if (value >= 0)
            sum += all->effects[c * tally->categories + (size_t)value] - all->base[c];
    }
    return sum;
}

static double standard_error(sums *all, qcode_chance chance, double value)
{
    double sum = 0, left = 1 - all->expected;
    for (size_t i = 0; i < all->tally->rows; i++) {
        qc_profile_of(&all->profile, i);
        double part = 0;
        if (all->profile.ratings >= 2)
            part = all->units / all->compared * (agreement(all) - all->expected) / left;
        part -= 2 * (1 - value) * (chance_of(all, chance, i) - all->expected) / left;
        sum += (double)all->tally->counts[i] * (part - value) * (part - value);
    }
    return qc_root(sum / (all->units * (all->units - 1)));
}

static void conclude(sums *all, qcode_chance chance, qcode_agreement *result)
{
    bool alone = all->tally->categories < 2 && (chance == QCODE_BRENNAN_PREDIGER || chance == QCODE_GWET_AC);
    qcode_figure nothing = qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    *result = (qcode_agreement){nothing, nothing, nothing, nothing};
    observe(all);
    if (all->compared <= 0)
        return;
    result->observed = qc_defined(all->observed);
    if (alone) {
        result->value = result->expected = result->se = qc_undefined(QCODE_REASON_ONE_CATEGORY);
        return;
    }
    expect(all, chance);
    result->expected = qc_defined(all->expected);
    result->value = qc_beyond_chance(all->observed, all->expected);
    if (!result->value.defined)
        result->se = result->value;
    else if (all->units < 2)
        result->se = qc_undefined(QCODE_REASON_TOO_FEW_UNITS);
    else
        result->se = qc_defined(standard_error(all, chance, result->value.value));
}

bool qcode_chance_corrected(const qcode_tally *tally, qcode_chance chance, const qcode_weights *weights,
                            qcode_agreement *result, qcode_error *err)
{
    sums all;
    if (!prepare(&all, tally, chance, weights, err))
        return false;
    conclude(&all, chance, result);
    clear(&all);
    return true;
}

qcode_figure qcode_full_agreement(const qcode_tally *tally)
{
    double whole = 0, agreed = 0;
    for (size_t i = 0; i < tally->rows; i++) {
        const int32_t *row = tally->values + i * tally->coders;
        bool complete = true, same = true;
        for (size_t c = 0; c < tally->coders; c++) {
            complete = complete && row[c] >= 0;
            same = same && row[c] == row[0];
        }
        whole += complete ? (double)tally->counts[i] : 0;
        agreed += complete && same ? (double)tally->counts[i] : 0;
    }
    return tally->coders > 1 && whole > 0 ? qc_defined(agreed / whole) : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
}
