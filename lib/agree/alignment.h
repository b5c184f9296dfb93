/* The best alignment of several coders' units, for gamma. */
#ifndef QC_AGREE_ALIGNMENT_H
#define QC_AGREE_ALIGNMENT_H

#include <qcode/agree.h>

typedef struct qc_unit {
    double start, end; /* start < end */
    size_t coder, code;
} qc_unit;

/* The disorder of the best alignment. The units are put into order. False when memory runs out, or (QCODE_LIMIT) when
 * three or more coders' units lie too densely to prove what is best. */
bool qc_best_disorder(qc_unit *units, size_t count, size_t coders, const qcode_gamma *how, double *disorder,
                      const qcode_memory *memory, qcode_error *err);

#endif
