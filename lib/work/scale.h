/* What the categories of ratings stand for, as weights and distances that coefficients take. */
#ifndef QC_WORK_SCALE_H
#define QC_WORK_SCALE_H

#include "base/memory.h"
#include "read/ratings.h"

/* More categories than this have no weights of their own, and more sets are refused. */
enum { QC_MOST_WEIGHED = 500, QC_MOST_SETS = 2000 };

typedef struct qc_scale {
    qc_arena arena;
    const double *weights; /* categories x categories: by interval, ratio or MASI; NULL: none */
    const double *masi, *jaccard; /* distances of sets */
} qc_scale;

bool qc_scale_init(qc_scale *scale, const qc_ratings *ratings, qcode_level level, const char *source,
                   const qcode_memory *memory, qcode_error *err);
void qc_scale_clear(qc_scale *scale);

#endif
