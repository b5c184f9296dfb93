/* The numbers of a codebook that may be fitted: where each is kept, and where it stands in the file. */
#ifndef QC_WORK_TUNE_NUMBERS_H
#define QC_WORK_TUNE_NUMBERS_H

#include "format/yaml_edit.h"
#include "model/codebook.h"

typedef struct qc_tunable {
    const char *kind; /* "threshold", "weight", "carry" */
    const char *name; /* "trust.threshold", "trust/1.weight", "carry" */
    int64_t *value;   /* in the codebook; in millionths, as all here */
    int64_t was, least, most;
    int64_t grain;             /* it is a multiple of this once it was changed */
    const qc_yaml_node *scalar; /* where it is written; NULL: nowhere yet */
    const qc_yaml_node *map;   /* where it would be added, as `kind` */
} qc_tunable;

/* A reading of a codebook of its own, whose numbers may change. */
typedef struct qc_tune_book {
    qc_arena arena;
    qcode_codebook *book;
    qc_tunable *at; /* the same in each reading */
    size_t count, room;
} qc_tune_book;

/* Reads it again, with the thresholds of the codes that are `wanted` (one for each code). False when it was not done; clear
 * it in any case. */
bool qc_tune_book_open(qc_tune_book *tuned, const qcode_codebook *book, const size_t *wanted,
                       const qcode_memory *memory, qcode_error *err);
void qc_tune_book_clear(qc_tune_book *tuned);

/* Keeps those that are named, by kind or name. Fails at a name that is none. */
bool qc_tune_book_only(qc_tune_book *tuned, const char *const *only, size_t count, qcode_error *err);

/* Appends the file with the numbers as they are now; all else stays. False when memory runs out. */
bool qc_tune_book_write(const qc_tune_book *tuned, const qcode_memory *memory, qc_buffer *out);

#endif
