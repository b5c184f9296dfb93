/* A table of labels: those that differ in case or white space alone are one. Linear time, whoever wrote them. */
#ifndef QC_MODEL_LABELS_H
#define QC_MODEL_LABELS_H

#include "base/memory.h"
#include "text/fold.h"

#define QC_NO_LABEL SIZE_MAX

typedef struct qc_label {
    const char *text; /* as it was written first, with a NUL behind it */
    const char *key;  /* folded, white space as one space; two labels are one when their keys are */
    size_t length, key_length;
    uint64_t hash;
} qc_label;

typedef struct qc_labels {
    qc_arena arena;
    qc_folder folder;
    qc_buffer key;
    qc_label *at;
    size_t count, capacity;
    size_t *slots; /* index + 1, or 0; a power of two of them */
    size_t slot_count;
    bool failed; /* memory ran out */
} qc_labels;

qc_labels qc_labels_init(const qcode_memory *memory);
void qc_labels_clear(qc_labels *labels);

/* The index of a label, added if new. QC_NO_LABEL when memory runs out. */
size_t qc_labels_add(qc_labels *labels, const char *text, size_t length);

/* The same for one that is there; QC_NO_LABEL when it is not, or when memory ran out (`failed`). */
size_t qc_labels_find(qc_labels *labels, const char *text, size_t length);

/* The index of a label of another table; QC_NO_LABEL when it is not here. Needs no memory, and writes to nothing. */
size_t qc_labels_find_same(const qc_labels *labels, const qc_label *label);

#endif
