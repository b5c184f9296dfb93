/* Gamma (Mathet, Widloecher and Metivier 2015): the disorder of the best alignment against that of random continua. */
#include "agree/alignment.h"
#include "agree/continuum.h"
#include "agree/figure.h"
#include "agree/random.h"
#include "agree/tally.h"
#include "base/error.h"

#include <math.h>
#include <string.h>

/* What random continua are drawn from: the sampler of pygamma-agreement called statistical (Titeux and Riad 2021). */
typedef struct habits {
    double units_mean, units_spread;   /* of a coder */
    double gap_mean, gap_spread;       /* between a coder's units, or before the first */
    double length_mean, length_spread; /* of a unit */
    size_t *seen;                      /* of each code; summed up */
    size_t codes, coders, count;
} habits;

/* A mean and a standard deviation in the making. */
typedef struct moments {
    double count, mean, squares;
} moments;

static void add(moments *of, double value)
{
    double before = value - of->mean;
    of->count++;
    of->mean += before / of->count;
    of->squares += before * (value - of->mean);
}

static double spread(const moments *of)
{
    return qc_root(of->squares / of->count);
}

/* Units are in the order of coders, and of starts within each. */
static void learn_gaps(const qc_unit *units, size_t count, moments *gaps)
{
    add(gaps, 0); /* so that a single unit gives a mean as well */
    for (size_t i = 0; i < count; i++) {
        bool first = !i || units[i].coder != units[i - 1].coder;
        if (!first)
            add(gaps, units[i].start - units[i - 1].end);
        else if (units[i].start > 0)
            add(gaps, units[i].start);
    }
}

static void learn(const qc_unit *units, size_t count, habits *of)
{
    moments gaps = {0}, lengths = {0}, numbers = {0};
    size_t at = 0;
    learn_gaps(units, count, &gaps);
    for (size_t c = 0; c < of->coders; c++) {
        size_t start = at;
        while (at < count && units[at].coder == c)
            at++;
        add(&numbers, (double)(at - start));
    }
    for (size_t i = 0; i < count; i++) {
        add(&lengths, units[i].end - units[i].start);
        of->seen[units[i].code]++;
    }
    for (size_t k = 1; k < of->codes; k++)
        of->seen[k] += of->seen[k - 1];
    of->count = count;
    of->units_mean = numbers.mean;
    of->units_spread = spread(&numbers);
    of->gap_mean = gaps.mean;
    of->gap_spread = spread(&gaps);
    of->length_mean = lengths.mean;
    of->length_spread = spread(&lengths);
}

static double normal(qc_random *from, double mean, double deviation)
{
    return mean + deviation * qc_random_normal(from);
}

static size_t draw_code(const habits *of, qc_random *from)
{
    size_t drawn = (size_t)qc_random_below(from, of->count), code = 0;
    while (of->seen[code] <= drawn)
        code++;
    return code;
}

static qc_unit draw_unit(const habits *of, size_t coder, double *last, qc_random *from)
{
    double start = *last + normal(from, of->gap_mean, of->gap_spread), length;
    do
        length = fabs(normal(from, of->length_mean, of->length_spread));
    while (length < 1e-6);
    *last = start + length;
    return (qc_unit){start, start + length, coder, draw_code(of, from)};
}

/* A growing list of random units. */
typedef struct drawn {
    qc_unit *at;
    size_t count, capacity;
} drawn;

static bool draw(const habits *of, qc_random *from, drawn *units, const qcode_memory *memory, qcode_error *err)
{
    units->count = 0;
    for (size_t c = 0; c < of->coders; c++) {
        double wanted = floor(fabs(normal(from, of->units_mean, of->units_spread))), last = 0;
        if (!units->count && wanted < 1)
            wanted = 1;
        for (double i = 0; i < wanted; i++) {
            if (!qc_grow(memory, &units->at, &units->capacity, units->count + 1, sizeof *units->at))
                return qc_no_memory(err);
            units->at[units->count++] = draw_unit(of, c, &last, from);
        }
    }
    return true;
}

/* The units of a continuum, by coder and start. */
static qc_unit *units_of(const qcode_continuum *continuum, const qcode_memory *memory, qcode_error *err)
{
    qc_spans spans;
    if (!qc_spans_init(&spans, continuum, QCODE_ALL_CODES, memory, err))
        return NULL;
    qc_unit *units = qc_zeroed(memory, spans.count, sizeof *units, err);
    qc_spans_by_start(&spans);
    for (size_t c = 0, at = 0; units && at < spans.count; c++)
        for (size_t i = 0; i < spans.count; i++)
            if (spans.at[i].coder == c)
                units[at++] = (qc_unit){(double)spans.at[i].start, (double)spans.at[i].end, c, spans.at[i].code};
    qc_spans_clear(&spans);
    return units;
}

static bool check(const qcode_gamma *how, qcode_error *err)
{
    return (how->alpha >= 0 && how->beta >= 0 && how->delta_empty > 0 && isfinite(how->alpha + how->beta + how->delta_empty)) ||
           qc_fail(err, QCODE_USAGE, NULL, 0, 0, "alpha and beta have to be at least 0, and delta_empty above 0");
}

bool qcode_gamma_disorder(const qcode_continuum *continuum, const qcode_gamma *how, qcode_figure *result,
                          const qcode_memory *memory, qcode_error *err)
{
    double disorder = 0;
    qc_unit *units = check(how, err) ? units_of(continuum, memory, err) : NULL;
    bool some = continuum->count > 0 && continuum->coders > 1;
    bool done = units && (!some || qc_best_disorder(units, continuum->count, continuum->coders, how, &disorder, memory, err));
    if (done)
        *result = some ? qc_defined(disorder) : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    qc_release(memory, units);
    return done;
}

bool qcode_gamma_samples(const qcode_continuum *continuum, const qcode_gamma *how, size_t first, size_t count,
                         double *disorders, const qcode_memory *memory, qcode_error *err)
{
    habits of = {.codes = continuum->codes, .coders = continuum->coders};
    drawn units = {0};
    if (!check(how, err))
        return false;
    if (!continuum->count || continuum->coders < 2)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "there is nothing to draw random continua from");
    qc_unit *own = units_of(continuum, memory, err);
    of.seen = own ? qc_zeroed(memory, continuum->codes, sizeof *of.seen, err) : NULL;
    bool done = of.seen != NULL;
    if (done)
        learn(own, continuum->count, &of);
    for (size_t i = 0; done && i < count; i++) {
        qc_random from = qc_random_init(how->seed, first + i);
        done = draw(&of, &from, &units, memory, err) &&
               qc_best_disorder(units.at, units.count, continuum->coders, how, disorders + i, memory, err);
    }
    qc_release(memory, own);
    qc_release(memory, of.seen);
    qc_release(memory, units.at);
    return done;
}

qcode_figure qcode_gamma_of(qcode_figure disorder, const double *disorders, size_t count)
{
    double sum = 0;
    if (!disorder.defined)
        return disorder;
    for (size_t i = 0; i < count; i++)
        sum += disorders[i];
    return count ? qc_less_than_chance(disorder.value, sum / (double)count) : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
}
