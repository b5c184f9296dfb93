/* The largest gain of sets that share nothing. */
#ifndef QC_AGREE_PACKING_H
#define QC_AGREE_PACKING_H

#include "base/memory.h"
#include <qcode/error.h>

/* Sets of items, each with a gain above 0. */
typedef struct qc_sets {
    const qcode_memory *memory;
    size_t *items;  /* rising within a set */
    size_t *starts; /* of each set's items, and one behind the last */
    double *gains;
    size_t count, item_capacity, start_capacity, gain_capacity;
} qc_sets;

qc_sets qc_sets_init(const qcode_memory *memory);
void qc_sets_clear(qc_sets *sets);
bool qc_sets_add(qc_sets *sets, const size_t *items, size_t count, double gain, qcode_error *err);

/* Exactly the largest sum of gains of sets without a common item. QCODE_LIMIT when it cannot be proved with bounded
 * memory. */
bool qc_pack_best(const qc_sets *sets, size_t items, double *gain, qcode_error *err);

#endif
