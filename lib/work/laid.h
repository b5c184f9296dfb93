/* The documents of a comparison laid end to end: one continuum in code points. */
#ifndef QC_WORK_LAID_H
#define QC_WORK_LAID_H

#include "work/comparing.h"

typedef struct qc_laid {
    qc_buffer stretches; /* of qcode_stretch: what is said in the documents in scope, in rising order */
    qc_buffer starts;    /* of size_t: each document's, and where the last one ends */
    qc_buffer spans;     /* of qcode_coded */
} qc_laid;

/* Lays the documents. Clear it in any case; false when memory runs out. */
bool qc_laid_init(qc_laid *laid, qc_comparing *c);
void qc_laid_clear(qc_laid *laid);

/* The passages of a code (or of all, QC_ALL_CODERS) by the coders `a` and `b`, or by all, in place of those that were
 * laid before. Pieces of one segment are one span from end to end; so are passages of one coder and code that overlap,
 * and with `join` those that touch. Passages where nothing in scope is said are left out. */
bool qc_laid_passages(qc_laid *laid, qc_comparing *c, size_t code, size_t a, size_t b, bool join);

/* What was laid, for coefficients; it lasts as long as `laid` does. */
qcode_continuum qc_laid_continuum(const qc_laid *laid, const qc_comparing *c, size_t code, size_t a);

#endif
