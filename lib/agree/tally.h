/* Distinct rows of ratings from inside. */
#ifndef QC_AGREE_TALLY_H
#define QC_AGREE_TALLY_H

#include "base/memory.h"
#include <qcode/agree.h>

/* How often the distinct row occurs in one cluster. */
typedef struct qc_share {
    size_t row;
    uint64_t count;
} qc_share;

struct qcode_tally {
    const qcode_memory *memory;
    size_t coders, categories;
    size_t rows;      /* distinct ones, in rising order: the same however the units came */
    int32_t *values;  /* rows x coders */
    uint64_t *counts; /* of each row */
    uint64_t units;   /* their sum */
    size_t clusters;  /* 0: none were given */
    qc_share *shares; /* cluster by cluster */
    size_t *starts;   /* clusters + 1 of them: where each cluster's shares begin */
};

/* `count` zeroed numbers; NULL with `err` when memory runs out. Released with qc_release. */
double *qc_zeros(const qcode_memory *memory, size_t count, qcode_error *err);

/* `count` zeroed items of `size` bytes; never NULL for 0 of them. */
void *qc_zeroed(const qcode_memory *memory, size_t count, size_t size, qcode_error *err);

#endif
