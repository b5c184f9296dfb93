/* Precision, recall and F1 of one coder's spans against another's. */
#include "agree/continuum.h"
#include "agree/figure.h"
#include "agree/matching.h"
#include "agree/tally.h"
#include "base/error.h"

/* The spans of one coder and code. */
typedef struct list {
    const qcode_coded *at;
    size_t count;
} list;

typedef struct counts {
    double found, found_right, wanted, wanted_met; /* spans, or characters */
} counts;

typedef struct comparison {
    const qcode_memory *memory;
    qcode_span_match match;
    double least;
    qc_edge *edges; /* room for all spans that share a character */
    size_t *partner;
} comparison;

static double characters(list spans)
{
    double sum = 0;
    for (size_t i = 0; i < spans.count; i++)
        sum += (double)(spans.at[i].end - spans.at[i].start);
    return sum;
}

/* Spans of `a` that share a character with one of `b`. */
static double met(list a, list b)
{
    double sum = 0;
    for (size_t i = 0, j = 0; i < a.count; i++) {
        while (j < b.count && b.at[j].end <= a.at[i].start)
            j++;
        sum += j < b.count && qc_shared(a.at + i, b.at + j) > 0;
    }
    return sum;
}

/* Lists each pair that shares characters, with how many; both lists are in order and have no overlap in themselves. */
static size_t meetings(list a, list b, qc_edge *edges)
{
    size_t count = 0;
    for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
        size_t shared = qc_shared(a.at + i, b.at + j);
        if (shared)
            edges[count++] = (qc_edge){i, j, (double)shared};
        if (a.at[i].end < b.at[j].end)
            i++;
        else
            j++;
    }
    return count;
}

static double exact(list a, list b, const qc_edge *edges, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        const qcode_coded *x = a.at + edges[i].left, *y = b.at + edges[i].right;
        sum += x->start == y->start && x->end == y->end;
    }
    return sum;
}

static double shared_characters(const qc_edge *edges, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += edges[i].gain;
    return sum;
}

/* Keeps the pairs that overlap enough and matches them. */
static bool matched(const comparison *how, list a, list b, size_t count, double *sum, qcode_error *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const qcode_coded *x = a.at + how->edges[i].left, *y = b.at + how->edges[i].right;
        double shared = how->edges[i].gain, covered = (double)(x->end - x->start) + (double)(y->end - y->start) - shared;
        if (shared >= how->least * covered)
            how->edges[kept++] = (qc_edge){how->edges[i].left, how->edges[i].right, 1};
    }
    if (!qc_match_best(how->edges, kept, a.count, b.count, how->partner, how->memory, err))
        return false;
    for (size_t i = 0; i < a.count; i++)
        *sum += how->partner[i] != SIZE_MAX;
    return true;
}

static bool count_code(const comparison *how, list a, list b, counts *out, qcode_error *err)
{
    size_t pairs = meetings(a, b, how->edges);
    double both = 0;
    *out = (counts){.found = (double)a.count, .wanted = (double)b.count};
    switch (how->match) {
    case QCODE_SPAN_OVERLAP:
        out->found_right = met(a, b);
        out->wanted_met = met(b, a);
        return true;
    case QCODE_SPAN_EXACT: both = exact(a, b, how->edges, pairs); break;
    case QCODE_SPAN_CHARACTERS:
        out->found = characters(a);
        out->wanted = characters(b);
        both = shared_characters(how->edges, pairs);
        break;
    case QCODE_SPAN_IOU:
        if (!matched(how, a, b, pairs, &both, err))
            return false;
        break;
    }
    out->found_right = out->wanted_met = both;
    return true;
}

static qcode_figure share(double part, double whole)
{
    return whole > 0 ? qc_defined(part / whole) : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
}

static qcode_figure harmonic(qcode_figure precision, qcode_figure recall)
{
    if (!precision.defined && !recall.defined)
        return precision;
    double sum = precision.value + recall.value;
    return qc_defined(sum > 0 ? 2 * precision.value * recall.value / sum : 0);
}

static qcode_retrieval conclude(const counts *sum)
{
    qcode_retrieval result = {.precision = share(sum->found_right, sum->found), .recall = share(sum->wanted_met, sum->wanted)};
    result.f1 = harmonic(result.precision, result.recall);
    return result;
}

/* The spans of a coder and code from `at` on, which moves behind them. */
static list next(const qc_spans *spans, size_t *at, size_t coder, size_t code)
{
    list found = {spans->at + *at, 0};
    if (*at >= spans->count || spans->at[*at].coder != coder || spans->at[*at].code != code)
        return found;
    size_t end = qc_spans_run(spans, *at);
    found.count = end - *at;
    *at = end;
    return found;
}

static size_t first_of(const qc_spans *spans, size_t coder)
{
    size_t at = 0;
    while (at < spans->count && spans->at[at].coder < coder)
        at++;
    return at;
}

static bool count_codes(const comparison *how, const qc_spans *spans, size_t codes, size_t found, size_t wanted,
                        qcode_retrieval *result, qcode_error *err)
{
    counts sum = {0}, one;
    double f1 = 0, used = 0;
    size_t a = first_of(spans, found), b = first_of(spans, wanted);
    for (size_t k = 0; k < codes; k++) {
        list mine = next(spans, &a, found, k), theirs = next(spans, &b, wanted, k);
        if (!count_code(how, mine, theirs, &one, err))
            return false;
        qcode_figure own = conclude(&one).f1;
        f1 += own.value;
        used += own.defined;
        sum.found += one.found;
        sum.found_right += one.found_right;
        sum.wanted += one.wanted;
        sum.wanted_met += one.wanted_met;
    }
    *result = conclude(&sum);
    result->macro_f1 = share(f1, used);
    return true;
}

bool qcode_span_retrieval(const qcode_continuum *continuum, size_t code, size_t found, size_t wanted,
                          qcode_span_match match, double least, qcode_retrieval *result, const qcode_memory *memory,
                          qcode_error *err)
{
    qc_spans spans;
    comparison how = {.memory = memory, .match = match, .least = least};
    if (found >= continuum->coders || wanted >= continuum->coders || (match == QCODE_SPAN_IOU && !(least > 0)))
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a coder is not in the list, or the threshold is not above 0");
    if (!qc_spans_init(&spans, continuum, code, memory, err))
        return false;
    how.edges = qc_zeroed(memory, 2 * spans.count, sizeof *how.edges, err);
    how.partner = how.edges ? qc_zeroed(memory, spans.count, sizeof *how.partner, err) : NULL;
    bool done = how.partner && count_codes(&how, &spans, continuum->codes, found, wanted, result, err);
    qc_release(memory, how.edges);
    qc_release(memory, how.partner);
    qc_spans_clear(&spans);
    return done;
}
