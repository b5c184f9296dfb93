/* Figures on one code: what rules say of units, beside what a reference says. */
#ifndef QC_WORK_MARKS_H
#define QC_WORK_MARKS_H

#include "model/units.h"
#include <qcode/agree.h>

enum { QC_FEW_POSITIVES = 10, QC_FEW_INTERVIEWS = 3, QC_ENOUGH_CLUSTERS = 10, QC_RESAMPLES = 1000 };

typedef struct qc_marks {
    size_t units, interviews;      /* compared */
    size_t reference, rules, both; /* units that were given the code */
    size_t coded_interviews;       /* in which the reference gives it */
    qcode_figure precision, recall, f1, kappa, low, high;
    const char *judgement; /* "" or why the figures say little; static */
} qc_marks;

/* `reference` and `rules` have a value for each unit; those below 0 are left out, and where `mask` is given (not NULL) those
 * that have 0 there. */
bool qc_marks_make(const qc_units *units, const int32_t *reference, const int32_t *rules,
                   const unsigned char *mask, uint64_t seed, const qcode_memory *memory, qc_marks *marks,
                   qcode_error *err);

/* The harmonic mean of precision and recall by counts. */
qcode_figure qc_f1(size_t reference, size_t rules, size_t both);

#endif
