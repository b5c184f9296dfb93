/* The ends of spans in the order of the text. */
#include "agree/sweep.h"
#include "agree/tally.h"

#include <stdlib.h>

static int by_place(const void *a, const void *b)
{
    const qc_event *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (x->begins != y->begins)
        return x->begins ? 1 : -1;
    return (x->span > y->span) - (x->span < y->span);
}

bool qc_sweep_init(qc_sweep *sweep, const qc_spans *spans, size_t length, qcode_error *err)
{
    *sweep = (qc_sweep){.memory = spans->memory, .spans = spans, .length = length, .count = 2 * spans->count};
    sweep->events = qc_zeroed(spans->memory, sweep->count, sizeof *sweep->events, err);
    if (!sweep->events)
        return false;
    for (size_t i = 0; i < spans->count; i++) {
        sweep->events[2 * i] = (qc_event){spans->at[i].start, i, true};
        sweep->events[2 * i + 1] = (qc_event){spans->at[i].end, i, false};
    }
    qsort(sweep->events, sweep->count, sizeof *sweep->events, by_place);
    return true;
}

void qc_sweep_clear(qc_sweep *sweep)
{
    qc_release(sweep->memory, sweep->events);
    sweep->events = NULL;
}

const qc_event *qc_sweep_take(qc_sweep *sweep, size_t place)
{
    return sweep->next < sweep->count && sweep->events[sweep->next].place <= place ? sweep->events + sweep->next++ : NULL;
}

size_t qc_sweep_until(const qc_sweep *sweep)
{
    return sweep->next < sweep->count ? sweep->events[sweep->next].place : sweep->length;
}
