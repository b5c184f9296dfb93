/* Spans sorted and checked. */
#include "agree/continuum.h"
#include "agree/tally.h"
#include "base/error.h"

#include <stdlib.h>

static int order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_coder(const void *a, const void *b)
{
    const qcode_coded *x = a, *y = b;
    int found = order(x->coder, y->coder);
    if (!found)
        found = order(x->code, y->code);
    if (!found)
        found = order(x->start, y->start);
    return found ? found : order(x->end, y->end);
}

static int by_start(const void *a, const void *b)
{
    const qcode_coded *x = a, *y = b;
    int found = order(x->start, y->start);
    return found ? found : by_coder(a, b);
}

static bool is_possible(const qcode_continuum *continuum, const qcode_coded *span)
{
    return span->start < span->end && span->end <= continuum->length && span->coder < continuum->coders &&
           span->code < continuum->codes;
}

static bool fill(qc_spans *spans, const qcode_continuum *continuum, size_t code, qcode_error *err)
{
    for (size_t i = 0; i < continuum->count; i++) {
        const qcode_coded *span = continuum->spans + i;
        if (!is_possible(continuum, span))
            return qc_fail(err, QCODE_INVALID, NULL, 0, 0,
                           "span %zu is empty, ends behind the text, or has a coder or a code that is not in the list", i + 1);
        if (code == QCODE_ALL_CODES || span->code == code)
            spans->at[spans->count++] = *span;
    }
    qsort(spans->at, spans->count, sizeof *spans->at, by_coder);
    for (size_t i = 1; i < spans->count; i++) {
        const qcode_coded *before = spans->at + i - 1, *span = spans->at + i;
        if (before->coder == span->coder && before->code == span->code && before->end > span->start)
            return qc_fail(err, QCODE_INVALID, NULL, 0, 0,
                           "coder %zu has two spans of code %zu that overlap, at characters %zu and %zu", span->coder + 1,
                           span->code + 1, before->start, span->start);
    }
    return true;
}

bool qc_spans_init(qc_spans *spans, const qcode_continuum *continuum, size_t code, const qcode_memory *memory,
                   qcode_error *err)
{
    *spans = (qc_spans){.memory = memory};
    spans->at = qc_zeroed(memory, continuum->count, sizeof *spans->at, err);
    if (spans->at && fill(spans, continuum, code, err))
        return true;
    qc_spans_clear(spans);
    return false;
}

void qc_spans_clear(qc_spans *spans)
{
    qc_release(spans->memory, spans->at);
    spans->at = NULL;
}

size_t qc_spans_run(const qc_spans *spans, size_t at)
{
    size_t end = at + 1;
    while (end < spans->count && spans->at[end].coder == spans->at[at].coder && spans->at[end].code == spans->at[at].code)
        end++;
    return end;
}

void qc_spans_by_start(qc_spans *spans)
{
    qsort(spans->at, spans->count, sizeof *spans->at, by_start);
}

size_t qc_shared(const qcode_coded *a, const qcode_coded *b)
{
    size_t start = a->start > b->start ? a->start : b->start, end = a->end < b->end ? a->end : b->end;
    return start < end ? end - start : 0;
}
