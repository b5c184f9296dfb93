/* Unitizing alpha in its first form (Krippendorff 1995; 2004, section 11.6): how far ends of units lie apart, against
 * units and gaps put together at random. */
#include "agree/continuum.h"
#include "agree/figure.h"
#include "agree/tally.h"

#include <stdlib.h>

/* The units of one coder and code. */
typedef struct units {
    const qcode_coded *at;
    size_t count;
} units;

/* One code: each coder's units, and room for the lengths of all gaps. */
typedef struct one_code {
    const qcode_continuum *continuum;
    units *coders;
    size_t *gaps;
    size_t gap_count;
} one_code;

static double square(double x)
{
    return x * x;
}

/* The gap behind unit `i` - 1 and before unit `i`, as [start, end). */
static qcode_coded gap(const units *list, size_t i, size_t length)
{
    return (qcode_coded){.start = i ? list->at[i - 1].end : 0, .end = i < list->count ? list->at[i].start : length};
}

static double distance_of_units(const units *a, const units *b)
{
    double sum = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        const qcode_coded *x = a->at + i, *y = b->at + j;
        if (qc_shared(x, y))
            sum += square((double)x->start - (double)y->start) + square((double)x->end - (double)y->end);
        if (x->end < y->end)
            i++;
        else
            j++;
    }
    return sum;
}

/* Units of `a` that lie within a gap of `b`. */
static double distance_to_gaps(const units *a, const units *b, size_t length)
{
    double sum = 0;
    for (size_t i = 0, j = 0; i < a->count; i++) {
        while (j < b->count && b->at[j].end <= a->at[i].start)
            j++;
        qcode_coded space = gap(b, j, length);
        if (space.start <= a->at[i].start && a->at[i].end <= space.end)
            sum += square((double)(a->at[i].end - a->at[i].start));
    }
    return sum;
}

static double observed(const one_code *code)
{
    size_t coders = code->continuum->coders, length = code->continuum->length;
    double sum = 0, pairs = (double)coders * ((double)coders - 1);
    for (size_t a = 0; a < coders; a++)
        for (size_t b = a + 1; b < coders; b++)
            sum += distance_of_units(code->coders + a, code->coders + b) +
                   distance_to_gaps(code->coders + a, code->coders + b, length) +
                   distance_to_gaps(code->coders + b, code->coders + a, length);
    return 2 * sum / (pairs * square((double)length));
}

static int falling(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x < y) - (x > y);
}

static void list_gaps(one_code *code)
{
    code->gap_count = 0;
    for (size_t c = 0; c < code->continuum->coders; c++)
        for (size_t i = 0; i <= code->coders[c].count; i++) {
            qcode_coded space = gap(code->coders + c, i, code->continuum->length);
            if (space.end > space.start)
                code->gaps[code->gap_count++] = space.end - space.start;
        }
    qsort(code->gaps, code->gap_count, sizeof *code->gaps, falling);
}

/* The lengths of a code's units behind each other in `lengths`, falling, so that the gaps they fit into only grow. */
static double expected(one_code *code, size_t *lengths)
{
    size_t count = 0, fitting = 0;
    double sum = 0, room = 0, itself = 0, whole = (double)code->continuum->coders * (double)code->continuum->length;
    for (size_t c = 0; c < code->continuum->coders; c++)
        for (size_t i = 0; i < code->coders[c].count; i++)
            lengths[count++] = code->coders[c].at[i].end - code->coders[c].at[i].start;
    qsort(lengths, count, sizeof *lengths, falling);
    list_gaps(code);
    for (size_t i = 0; i < count; i++) {
        double length = (double)lengths[i];
        for (; fitting < code->gap_count && code->gaps[fitting] >= lengths[i]; fitting++)
            room += (double)code->gaps[fitting];
        sum += ((double)count - 1) / 3 * (2 * length * length * length - 3 * length * length + length);
        sum += length * length * (room - (double)fitting * (length - 1));
        itself += length * (length - 1);
    }
    return count ? sum * 2 / (double)code->continuum->length / (whole * (whole - 1) - itself) : 0;
}

/* Where each code begins in spans that are sorted by coder and code: every coder has a place of its own. */
static void find_units(const qc_spans *spans, const qcode_continuum *continuum, units *all)
{
    for (size_t i = 0; i < spans->count;) {
        size_t end = qc_spans_run(spans, i);
        all[spans->at[i].code * continuum->coders + spans->at[i].coder] = (units){spans->at + i, end - i};
        i = end;
    }
}

static void sum_up(const qcode_continuum *continuum, units *all, size_t *gaps, size_t *lengths, qcode_alpha *result)
{
    double do_sum = 0, de_sum = 0, used = 0;
    for (size_t k = 0; k < continuum->codes; k++) {
        one_code code = {continuum, all + k * continuum->coders, gaps, 0};
        double chance = expected(&code, lengths);
        bool is_used = false;
        for (size_t c = 0; c < continuum->coders; c++)
            is_used = is_used || code.coders[c].count > 0;
        if (!is_used)
            continue;
        do_sum += observed(&code);
        de_sum += chance;
        used++;
    }
    qcode_figure value = used > 0 ? qc_less_than_chance(do_sum, de_sum) : qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    *result = (qcode_alpha){value, value, value, value};
    if (used > 0) {
        result->observed = qc_defined(do_sum / used);
        result->expected = qc_defined(de_sum / used);
        result->se = value.defined ? qc_undefined(QCODE_REASON_NO_FORMULA) : value;
    }
}

bool qcode_unitizing_alpha_1995(const qcode_continuum *continuum, size_t code, qcode_alpha *result,
                                const qcode_memory *memory, qcode_error *err)
{
    qc_spans spans;
    size_t cells, most;
    qcode_figure nothing = qc_undefined(QCODE_REASON_NOTHING_TO_COMPARE);
    if (!qc_spans_init(&spans, continuum, code, memory, err))
        return false;
    if (!qc_multiply(continuum->codes, continuum->coders, &cells) || !qc_add(spans.count, continuum->coders, &most))
        cells = most = SIZE_MAX;
    units *all = qc_zeroed(memory, cells, sizeof *all, err);
    size_t *gaps = all ? qc_zeroed(memory, most, sizeof *gaps, err) : NULL;
    size_t *lengths = gaps ? qc_zeroed(memory, spans.count, sizeof *lengths, err) : NULL;
    if (lengths && (continuum->coders < 2 || !continuum->length)) {
        *result = (qcode_alpha){nothing, nothing, nothing, nothing};
    } else if (lengths) {
        find_units(&spans, continuum, all);
        sum_up(continuum, all, gaps, lengths, result);
    }
    qc_release(memory, all);
    qc_release(memory, gaps);
    qc_release(memory, lengths);
    qc_spans_clear(&spans);
    return lengths != NULL;
}
