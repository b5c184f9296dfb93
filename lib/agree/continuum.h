/* A continuum's spans in order, checked. */
#ifndef QC_AGREE_CONTINUUM_H
#define QC_AGREE_CONTINUUM_H

#include "base/memory.h"
#include <qcode/agree.h>

/* Spans by coder, then code, then start. */
typedef struct qc_spans {
    const qcode_memory *memory;
    qcode_coded *at;
    size_t count;
} qc_spans;

/* Only those of `code`, unless it is QCODE_ALL_CODES. False when a span is impossible, when two of one coder and code
 * overlap, or when memory runs out. */
bool qc_spans_init(qc_spans *spans, const qcode_continuum *continuum, size_t code, const qcode_memory *memory,
                   qcode_error *err);
void qc_spans_clear(qc_spans *spans);

/* The place of the first span behind `at` that is not of the same coder and code. */
size_t qc_spans_run(const qc_spans *spans, size_t at);

/* Puts spans by start, whatever their coder. */
void qc_spans_by_start(qc_spans *spans);

/* How many characters two spans share. */
size_t qc_shared(const qcode_coded *a, const qcode_coded *b);

#endif
