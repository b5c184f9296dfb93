/* Krippendorff's alpha for ratings, from coincidences with n - 1 (Krippendorff 2011), and its nominal standard error
 * (Gwet 2014, section 6.5). */
#include "agree/figure.h"
#include "agree/profile.h"
#include "base/error.h"

/* Only units rated twice or more count. */
typedef struct coincidences {
    qc_profile profile;
    qcode_distance distance;
    double units, ratings;
    double *totals; /* of each category: n_c */
    double *places; /* of each category on the line where the difference is a distance (ordinal, interval) */
} coincidences;

static void clear(coincidences *all)
{
    qc_release(all->profile.tally->memory, all->totals);
    qc_release(all->profile.tally->memory, all->places);
    qc_profile_clear(&all->profile);
}

static bool prepare(coincidences *all, const qcode_tally *tally, const qcode_distance *distance, qcode_error *err)
{
    *all = (coincidences){.profile.tally = tally, .distance = *distance};
    if (distance->level == QCODE_GIVEN_DISTANCE && !distance->given)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "distances are to be given, and there are none");
    bool done = qc_profile_init(&all->profile, tally, err) &&
                (all->totals = qc_zeros(tally->memory, tally->categories, err)) &&
                (all->places = qc_zeros(tally->memory, tally->categories, err));
    if (!done)
        clear(all);
    return done;
}

static void add_up(coincidences *all)
{
    const qcode_tally *tally = all->profile.tally;
    for (size_t i = 0; i < tally->rows; i++) {
        qc_profile_of(&all->profile, i);
        if (all->profile.ratings < 2)
            continue;
        double count = (double)tally->counts[i];
        all->units += count;
        all->ratings += count * all->profile.ratings;
        for (size_t a = 0; a < all->profile.kinds; a++)
            all->totals[all->profile.given[a].category] += count * all->profile.given[a].count;
    }
}

/* The ordinal difference of two categories is that of their middle ranks among all ratings; values are counted from
 * the first that was used, so that no variation is exactly none. */
static void place(coincidences *all)
{
    size_t q = all->profile.tally->categories, first = 0;
    const double *values = all->distance.values;
    double below = 0;
    while (first < q && all->totals[first] <= 0)
        first++;
    for (size_t k = 0; k < q; k++) {
        double own = values ? values[k] : (double)k, start = values && first < q ? values[first] : (double)first;
        all->places[k] = all->distance.level == QCODE_ORDINAL    ? below + all->totals[k] / 2
                         : all->distance.level == QCODE_INTERVAL ? own - start
                                                                 : own;
        below += all->totals[k];
    }
}

static double difference(const coincidences *all, size_t a, size_t b)
{
    if (all->distance.level == QCODE_GIVEN_DISTANCE)
        return all->distance.given[a * all->profile.tally->categories + b];
    double sum = all->places[a] + all->places[b], apart = all->places[a] - all->places[b];
    return sum != 0 ? apart / sum * (apart / sum) : 0; /* ratio */
}

/* The sum of the differences of all ordered pairs of ratings in a list of categories with counts. */
static double differences(const coincidences *all, const qc_given *given, size_t kinds, double ratings)
{
    double sum = 0, middle = 0;
    switch (all->distance.level) {
    case QCODE_NOMINAL:
        for (size_t a = 0; a < kinds; a++)
            sum += given[a].count * (ratings - given[a].count);
        return sum;
    case QCODE_ORDINAL:
    case QCODE_INTERVAL:
        if (kinds < 2)
            return 0;
        for (size_t a = 0; a < kinds; a++)
            middle += given[a].count * all->places[given[a].category] / ratings;
        for (size_t a = 0; a < kinds; a++) {
            double apart = all->places[given[a].category] - middle;
            sum += given[a].count * apart * apart;
        }
        return 2 * ratings * sum;
    default:
        for (size_t a = 0; a < kinds; a++)
            for (size_t b = 0; b < a; b++)
                sum += 2 * given[a].count * given[b].count * difference(all, given[a].category, given[b].category);
        return sum;
    }
}

static double observed(coincidences *all)
{
    const qcode_tally *tally = all->profile.tally;
    double sum = 0;
    for (size_t i = 0; i < tally->rows; i++) {
        qc_profile_of(&all->profile, i);
        if (all->profile.ratings >= 2)
            sum += (double)tally->counts[i] / (all->profile.ratings - 1) *
                   differences(all, all->profile.given, all->profile.kinds, all->profile.ratings);
    }
    return sum / all->ratings;
}

static bool expected(const coincidences *all, double *result, qcode_error *err)
{
    const qcode_tally *tally = all->profile.tally;
    size_t kinds = 0;
    qc_given *used = qc_zeroed(tally->memory, tally->categories, sizeof *used, err);
    if (!used)
        return false;
    for (size_t k = 0; k < tally->categories; k++)
        if (all->totals[k] > 0)
            used[kinds++] = (qc_given){k, all->totals[k]};
    *result = differences(all, used, kinds, all->ratings) / (all->ratings * (all->ratings - 1));
    qc_release(tally->memory, used);
    return true;
}

/* Over the units rated twice or more, with the observed agreement before its correction for small samples. */
static double nominal_error(coincidences *all)
{
    const qcode_tally *tally = all->profile.tally;
    double mean = all->ratings / all->units, agreed = 0, chance = 0, sum = 0;
    for (size_t k = 0; k < tally->categories; k++)
        chance += all->totals[k] / all->ratings * (all->totals[k] / all->ratings);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < tally->rows; i++) {
            qc_profile *unit = &all->profile;
            double count = (double)tally->counts[i], same = 0, likely = 0;
            qc_profile_of(unit, i);
            if (unit->ratings < 2)
                continue;
            for (size_t a = 0; a < unit->kinds; a++) {
                same += unit->given[a].count * (unit->given[a].count - 1);
                likely += unit->given[a].count * all->totals[unit->given[a].category] / all->ratings;
            }
            same /= mean * (unit->ratings - 1);
            if (pass == 0) {
                agreed += count * same / all->units;
                continue;
            }
            double value = (agreed - chance) / (1 - chance), more = (unit->ratings - mean) / mean;
            double own = (same - agreed * more - chance) / (1 - chance);
            own -= 2 * (1 - value) * (likely / mean - chance * more - chance) / (1 - chance);
            sum += count * (own - value) * (own - value);
        }
    return qc_root(sum / (all->units * (all->units - 1)));
}

static bool conclude(coincidences *all, qcode_alpha *result, qcode_error *err)
{
    qcode_figure nothing = qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    double by_chance;
    add_up(all);
    if (all->ratings <= 0) {
        *result = (qcode_alpha){nothing, nothing, nothing, nothing};
        return true;
    }
    place(all);
    if (!expected(all, &by_chance, err))
        return false;
    result->observed = qc_defined(observed(all));
    result->expected = qc_defined(by_chance);
    result->value = result->se = qc_less_than_chance(result->observed.value, by_chance);
    if (!result->value.defined)
        return true;
    result->se = all->distance.level != QCODE_NOMINAL ? qc_undefined(QCODE_REASON_NO_FORMULA)
                 : all->units < 2                     ? qc_undefined(QCODE_REASON_TOO_FEW_UNITS)
                                                      : qc_defined(nominal_error(all));
    return true;
}

bool qcode_krippendorff_alpha(const qcode_tally *tally, const qcode_distance *distance, qcode_alpha *result,
                              qcode_error *err)
{
    coincidences all;
    if (!prepare(&all, tally, distance, err))
        return false;
    bool done = conclude(&all, result, err);
    clear(&all);
    return done;
}
