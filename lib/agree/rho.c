/* Shaffer's rho (Eagan, Rogers, Serlin, Ruis, Arastoopour Irgens and Shaffer 2017; the standard method of rhoR): how
 * often codings that are not good enough as a whole give a test set with a kappa like this one. */
#include "agree/figure.h"
#include "agree/random.h"
#include "base/error.h"

#include <math.h>

/* How finely kappa and precision are drawn from their ranges. */
enum { KAPPAS = 100000, PRECISIONS = 10000 };

static double kappa_of(const qcode_pairs *table)
{
    double n = (double)table->both + (double)table->only_a + (double)table->only_b + (double)table->neither;
    double a = ((double)table->both + (double)table->only_a) / n, b = ((double)table->both + (double)table->only_b) / n;
    double chance = a * b + (1 - a) * (1 - b);
    if ((double)table->both >= n || (double)table->neither >= n) /* nothing to disagree about: agreement in full */
        return 1;
    return (((double)table->both + (double)table->neither) / n - chance) / (1 - chance);
}

static double on_grid(double low, double high, uint64_t at, uint64_t count)
{
    return low + (high - low) * (double)at / (double)(count - 1);
}

/* The precision that a kappa and a base rate must exceed. */
static double least_precision(double kappa, double rate)
{
    return (2 * rate * kappa - 2 * rate - kappa) / (kappa - 2);
}

/* Draws until precision and kappa can go together; false when no precision of the range can go with any kappa drawn. */
static bool draw(const qcode_rho *how, double rate, qc_random *from, double *kappa, double *precision)
{
    for (int tries = 0; tries < 10000; tries++) {
        *kappa = on_grid(how->kappa_min, how->kappa_threshold, qc_random_below(from, KAPPAS), KAPPAS);
        *precision = on_grid(how->precision_min, how->precision_max, qc_random_below(from, PRECISIONS), PRECISIONS);
        double least = least_precision(*kappa, rate);
        if (*precision > least)
            return true;
        uint64_t first = 0;
        if (how->precision_max > how->precision_min && least >= how->precision_min)
            first = (uint64_t)floor((least - how->precision_min) / (how->precision_max - how->precision_min) *
                                    (PRECISIONS - 1)) + 1;
        if (first >= PRECISIONS)
            continue;
        *precision = on_grid(how->precision_min, how->precision_max, first + qc_random_below(from, PRECISIONS - first),
                             PRECISIONS);
        if (*precision > least)
            return true;
    }
    return false;
}

/* A whole coded set with this kappa, precision and base rate. */
static qcode_pairs simulate(const qcode_rho *how, double rate, double kappa, double precision)
{
    double length = (double)how->length, recall = kappa * precision / (2 * precision - 2 * rate - kappa + 2 * rate * kappa);
    double positive = fmax(nearbyint(rate * length), 1);
    double both = fmin(fmax(nearbyint(positive * recall), 1), positive);
    double false_positive = fmin(length - positive, fmax(nearbyint(both * (1 - precision) / precision), 1));
    return (qcode_pairs){(uint64_t)both, (uint64_t)(positive - both), (uint64_t)false_positive,
                         (uint64_t)(length - positive - false_positive)};
}

/* `count` of a set's pairs, at least `positive` of them positive for the first coder. */
static qcode_pairs take(const qcode_pairs *set, uint64_t count, uint64_t positive, qc_random *from)
{
    qcode_pairs rest = *set, got = {0};
    got.both = qc_random_hypergeometric(from, rest.both, rest.only_a, positive);
    got.only_a = positive - got.both;
    rest.both -= got.both;
    rest.only_a -= got.only_a;
    count -= positive;
    uint64_t of_a = qc_random_hypergeometric(from, rest.both + rest.only_a, rest.only_b + rest.neither, count);
    uint64_t both = qc_random_hypergeometric(from, rest.both, rest.only_a, of_a);
    uint64_t only_b = qc_random_hypergeometric(from, rest.only_b, rest.neither, count - of_a);
    return (qcode_pairs){got.both + both, got.only_a + of_a - both, only_b, count - of_a - only_b};
}

static bool check(const qcode_rho *how, double rate, uint64_t units, uint64_t positive, qcode_error *err)
{
    if (!(how->kappa_min >= 0 && how->kappa_min < how->kappa_threshold && how->kappa_threshold <= 1))
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the smallest kappa has to lie below the threshold, both in 0 to 1");
    if (!(how->precision_min > 0 && how->precision_min <= how->precision_max && how->precision_max <= 1))
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "precisions have to lie in 0 to 1, the smaller first");
    if (!how->replicates || units > how->length || positive > units || rate * (double)how->length < (double)positive)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a simulated set has to be larger than the test set, and there has to be one");
    return true;
}

bool qcode_shaffer_rho(const qcode_pairs *test, const qcode_rho *how, qcode_figure *result, qcode_error *err)
{
    uint64_t units = test->both + test->only_a + test->only_b + test->neither, as_high = 0;
    double rate = how->base_rate > 0 ? how->base_rate : ((double)test->both + (double)test->only_a) / (double)units;
    uint64_t positive = (uint64_t)ceil((double)units * how->inflation);
    double own = kappa_of(test), sum = 0;
    if (!units || !(rate > 0 && rate < 1)) {
        *result = qc_undefined(units ? QCODE_REASON_NO_VARIATION : QCODE_REASON_NOTHING_TO_COMPARE);
        return true;
    }
    if (!check(how, rate, units, positive, err))
        return false;
    for (size_t i = 0; i < how->replicates; i++) {
        qc_random from = qc_random_init(how->seed, i);
        double kappa, precision;
        if (!draw(how, rate, &from, &kappa, &precision)) {
            *result = qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
            return true;
        }
        qcode_pairs whole = simulate(how, rate, kappa, precision), part = take(&whole, units, positive, &from);
        double drawn = kappa_of(&part);
        sum += drawn;
        as_high += drawn >= own;
    }
    *result = qc_defined(own < sum / (double)how->replicates ? 1 : (double)as_high / (double)how->replicates);
    return true;
}
