/* Coefficients by name, each with its interval. */
#ifndef QC_WORK_COEFFICIENTS_H
#define QC_WORK_COEFFICIENTS_H

#include <qcode/compare.h>

#define QC_ALL_CODERS SIZE_MAX

/* A coefficient to be worked out, and on what terms. */
typedef struct qc_asked {
    const struct qc_coefficient *what;
    const char *terms; /* "linear", "ordinal", "MASI": of weights or of a distance; NULL: none */
    qcode_weights weights;
    qcode_distance distance;
    size_t a, b; /* the pair of coders, or QC_ALL_CODERS */
    uint64_t seed; /* of coefficients that simulate */
} qc_asked;

typedef struct qc_coefficient {
    const char *name;   /* "cohen_kappa", as tables have it */
    const char *source; /* "Cohen 1960" */
    bool pair;          /* of two coders, each pair on its own */
    bool point;         /* of the data as they are: it has no interval */
    /* `se` is undefined where no formula is known */
    bool (*work)(const qcode_tally *tally, const qc_asked *asked, qcode_figure *value, qcode_figure *se,
                 qcode_error *err);
} qc_coefficient;

/* NULL when no coefficient has this name. */
const qc_coefficient *qc_coefficient_find(const char *name);

typedef struct qc_estimate {
    qcode_figure value, se, low, high;
    size_t left_out; /* resamples that gave no number */
} qc_estimate;

/* With the defaults in place of zeros. */
qcode_intervals qc_intervals_resolved(const qcode_intervals *how);

/* What is drawn of this tally: QCODE_RESAMPLE_CLUSTERS or _UNITS. */
qcode_resampling qc_drawn(const qcode_intervals *how, size_t clusters);

/* Works it out. Without `how` (which is resolved) or with too few clusters there is no interval: then its ends are undefined. */
bool qc_estimate_of(const qcode_tally *tally, size_t clusters, const qc_asked *asked, const qcode_intervals *how,
                    qc_estimate *result, const qcode_memory *memory, qcode_error *err);

#endif
