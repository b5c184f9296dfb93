/* The one-to-one matching of two sides with the largest gain. */
#ifndef QC_AGREE_MATCHING_H
#define QC_AGREE_MATCHING_H

#include "base/memory.h"
#include <qcode/error.h>

/* Two that may be matched, and what it gains: above 0. */
typedef struct qc_edge {
    size_t left, right;
    double gain;
} qc_edge;

/* Edges come with rising left ends. Fills partner[left] with the right end or SIZE_MAX. */
bool qc_match_best(const qc_edge *edges, size_t count, size_t lefts, size_t rights, size_t *partner,
                   const qcode_memory *memory, qcode_error *err);

#endif
