/* A walk along the continuum in stretches over which nothing changes. */
#ifndef QC_AGREE_SWEEP_H
#define QC_AGREE_SWEEP_H

#include "agree/continuum.h"

/* Where a span begins or ends. */
typedef struct qc_event {
    size_t place;
    size_t span; /* in the list that was given */
    bool begins;
} qc_event;

typedef struct qc_sweep {
    const qcode_memory *memory;
    const qc_spans *spans;
    qc_event *events; /* by place, ends before beginnings */
    size_t count, next;
    size_t length;
} qc_sweep;

/* The spans must live as long; 0 to `length`. */
bool qc_sweep_init(qc_sweep *sweep, const qc_spans *spans, size_t length, qcode_error *err);
void qc_sweep_clear(qc_sweep *sweep);

/* Takes the next event at or before `place`, or answers NULL. */
const qc_event *qc_sweep_take(qc_sweep *sweep, size_t place);

/* Where something changes next, at the latest the end. */
size_t qc_sweep_until(const qc_sweep *sweep);

#endif
