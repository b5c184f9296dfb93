/* Agreement of two coders, and of more as the mean over pairs: Cohen, Scott, PABAK, Holsti, Light. */
#include "agree/figure.h"
#include "agree/tally.h"
#include "agree/weights.h"
#include "base/error.h"

/* Two coders of a tally, with their margins on the units that are compared. */
typedef struct pair {
    const qcode_tally *tally;
    size_t a, b;
    bool complete;  /* compared are the units everybody rated, not those the two did */
    double units;
    double *first, *second;           /* shares of each category */
    double *by_first, *by_second;     /* mean weight of a category with the other's shares */
} pair;

static void clear(pair *two)
{
    qc_release(two->tally->memory, two->first);
    qc_release(two->tally->memory, two->second);
    qc_release(two->tally->memory, two->by_first);
    qc_release(two->tally->memory, two->by_second);
}

/* The two values of a row, or NULL where it is not compared. */
static const int32_t *compared(const pair *two, size_t row)
{
    const int32_t *values = two->tally->values + row * two->tally->coders;
    if (values[two->a] < 0 || values[two->b] < 0)
        return NULL;
    for (size_t c = 0; two->complete && c < two->tally->coders; c++)
        if (values[c] < 0)
            return NULL;
    return values;
}

static void margins(pair *two)
{
    two->units = 0;
    for (size_t k = 0; k < two->tally->categories; k++)
        two->first[k] = two->second[k] = 0;
    for (size_t i = 0; i < two->tally->rows; i++) {
        const int32_t *row = compared(two, i);
        if (!row)
            continue;
        two->units += (double)two->tally->counts[i];
        two->first[row[two->a]] += (double)two->tally->counts[i];
        two->second[row[two->b]] += (double)two->tally->counts[i];
    }
    for (size_t k = 0; two->units > 0 && k < two->tally->categories; k++) {
        two->first[k] /= two->units;
        two->second[k] /= two->units;
    }
}

static bool prepare(pair *two, const qcode_tally *tally, qcode_error *err)
{
    size_t q = tally->categories;
    const qcode_memory *memory = tally->memory;
    *two = (pair){.tally = tally};
    bool done = (two->first = qc_zeros(memory, q, err)) && (two->second = qc_zeros(memory, q, err)) &&
                (two->by_first = qc_zeros(memory, q, err)) && (two->by_second = qc_zeros(memory, q, err));
    if (!done)
        clear(two);
    return done;
}

static bool name_coders(const qcode_tally *tally, size_t a, size_t b, qcode_error *err)
{
    return (a < tally->coders && b < tally->coders) ||
           qc_fail(err, QCODE_USAGE, NULL, 0, 0, "there are %zu coders, and one beyond them is asked for", tally->coders);
}

static void choose(pair *two, size_t a, size_t b, bool complete)
{
    two->a = a;
    two->b = b;
    two->complete = complete;
    margins(two);
}

static double observed(const pair *two, const qc_weigher *weigher)
{
    double sum = 0;
    for (size_t i = 0; i < two->tally->rows; i++) {
        const int32_t *row = compared(two, i);
        if (row)
            sum += (double)two->tally->counts[i] * qc_weight(weigher, (size_t)row[two->a], (size_t)row[two->b]);
    }
    return sum / two->units;
}

/* Chance agreement; fills the mean weights on the way. */
static double expected(pair *two, const qc_weigher *weigher)
{
    size_t q = two->tally->categories;
    double sum = 0;
    for (size_t i = 0; i < q; i++) {
        two->by_second[i] = weigher->plain ? two->second[i] : 0;
        two->by_first[i] = weigher->plain ? two->first[i] : 0;
        for (size_t j = 0; !weigher->plain && j < q; j++) {
            two->by_second[i] += qc_weight(weigher, i, j) * two->second[j];
            two->by_first[i] += qc_weight(weigher, j, i) * two->first[j];
        }
        sum += two->first[i] * two->by_second[i];
    }
    return sum;
}

static qcode_figure kappa_of(pair *two, const qc_weigher *weigher)
{
    return two->units > 0 ? qc_beyond_chance(observed(two, weigher), expected(two, weigher))
                          : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
}

/* Fleiss, Cohen and Everitt 1969, formula 9 (formula 13 is its case without weights), around the mean, so that nothing
 * large cancels. */
static double standard_error(const pair *two, const qc_weigher *weigher, double po, double pe)
{
    double sum = 0, middle = po * pe - 2 * pe + po;
    for (size_t i = 0; i < two->tally->rows; i++) {
        const int32_t *row = compared(two, i);
        if (!row)
            continue;
        size_t a = (size_t)row[two->a], b = (size_t)row[two->b];
        double part = qc_weight(weigher, a, b) * (1 - pe) - (two->by_second[a] + two->by_first[b]) * (1 - po) - middle;
        sum += (double)two->tally->counts[i] / two->units * part * part;
    }
    return qc_root(sum / two->units) / ((1 - pe) * (1 - pe));
}

/* The same paper's formula 10, for kappa = 0, cell by cell and around the mean. */
static double null_sum(const pair *two, const qc_weigher *weigher, double pe)
{
    size_t q = two->tally->categories;
    double sum = 0;
    for (size_t i = 0; i < q; i++)
        for (size_t j = 0; j < q; j++) {
            double part = qc_weight(weigher, i, j) - two->by_second[i] - two->by_first[j] + pe;
            sum += two->first[i] * two->second[j] * part * part;
        }
    return sum;
}

/* The same without weights, by the margins alone. */
static double plain_null_sum(const pair *two, double pe)
{
    double sum = pe + pe * pe;
    for (size_t k = 0; k < two->tally->categories; k++) {
        double a = two->first[k], b = two->second[k];
        sum += a * (b - pe) * (b - pe) + b * (a - pe) * (a - pe) + 2 * a * b * (pe - a - b);
    }
    return sum;
}

enum { MOST_CELLS = 1 << 16 }; /* beyond, time linear in the categories is worth a few digits */

static double null_error(const pair *two, const qc_weigher *weigher, double pe)
{
    size_t q = two->tally->categories;
    double sum = weigher->plain && q * q > MOST_CELLS ? plain_null_sum(two, pe) : null_sum(two, weigher, pe);
    return qc_root(sum / two->units) / (1 - pe);
}

static qcode_figure highest(const pair *two, double pe)
{
    double sum = 0;
    for (size_t k = 0; k < two->tally->categories; k++)
        sum += two->first[k] < two->second[k] ? two->first[k] : two->second[k];
    return qc_beyond_chance(sum, pe);
}

bool qcode_cohen_kappa(const qcode_tally *tally, size_t a, size_t b, const qcode_weights *weights, qcode_kappa *result,
                       qcode_error *err)
{
    pair two;
    qc_weigher weigher;
    if (!name_coders(tally, a, b, err) || !qc_weigher_init(&weigher, weights, tally->categories, err) ||
        !prepare(&two, tally, err))
        return false;
    choose(&two, a, b, false);
    qcode_figure value = kappa_of(&two, &weigher);
    *result = (qcode_kappa){value, value, value, value};
    if (value.defined) {
        double po = observed(&two, &weigher), pe = expected(&two, &weigher);
        result->se = qc_defined(standard_error(&two, &weigher, po, pe));
        result->null_se = qc_defined(null_error(&two, &weigher, pe));
        result->highest = weigher.plain ? highest(&two, pe) : qc_undefined(QCODE_REASON_NO_FORMULA);
    }
    clear(&two);
    return true;
}

bool qcode_scott_pi(const qcode_tally *tally, size_t a, size_t b, qcode_figure *result, qcode_error *err)
{
    pair two;
    qc_weigher weigher;
    if (!name_coders(tally, a, b, err) || !qc_weigher_init(&weigher, NULL, tally->categories, err) ||
        !prepare(&two, tally, err))
        return false;
    choose(&two, a, b, false);
    for (size_t k = 0; k < tally->categories; k++)
        two.first[k] = two.second[k] = (two.first[k] + two.second[k]) / 2;
    *result = kappa_of(&two, &weigher);
    clear(&two);
    return true;
}

qcode_figure qcode_pabak(const qcode_tally *tally)
{
    if (tally->coders != 2)
        return qc_undefined(QCODE_REASON_NOT_TWO_CODERS);
    if (tally->categories != 2)
        return qc_undefined(QCODE_REASON_NOT_TWO_CATEGORIES);
    qcode_figure agreed = qcode_full_agreement(tally);
    return agreed.defined ? qc_defined(2 * agreed.value - 1) : agreed;
}

qcode_figure qcode_holsti(const qcode_tally *tally)
{
    double sum = 0, pairs = 0;
    for (size_t a = 0; a < tally->coders; a++)
        for (size_t b = a + 1; b < tally->coders; b++) {
            double same = 0, given = 0;
            for (size_t i = 0; i < tally->rows; i++) {
                const int32_t *row = tally->values + i * tally->coders;
                double count = (double)tally->counts[i];
                same += row[a] >= 0 && row[a] == row[b] ? count : 0;
                given += (row[a] >= 0 ? count : 0) + (row[b] >= 0 ? count : 0);
            }
            sum += given > 0 ? 2 * same / given : 0;
            pairs += given > 0;
        }
    return pairs > 0 ? qc_defined(sum / pairs) : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
}

bool qcode_light_kappa(const qcode_tally *tally, qcode_figure *result, qcode_error *err)
{
    pair two;
    qc_weigher weigher;
    double sum = 0, pairs = 0;
    qcode_figure one = qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE), failed = one;
    if (!qc_weigher_init(&weigher, NULL, tally->categories, err) || !prepare(&two, tally, err))
        return false;
    bool whole = tally->coders > 1;
    for (size_t a = 0; whole && a < tally->coders; a++)
        for (size_t b = a + 1; whole && b < tally->coders; b++) {
            choose(&two, a, b, true);
            one = kappa_of(&two, &weigher);
            if (!one.defined) {
                whole = false;
                failed = one;
            }
            sum += one.value;
            pairs++;
        }
    *result = whole ? qc_defined(sum / pairs) : failed;
    clear(&two);
    return true;
}
