/* The reference for terms: each at each place, with no thought of speed. */
#ifndef QC_MATCH_PLAIN_H
#define QC_MATCH_PLAIN_H

#include "match/term.h"

/* Scratch for one thread: the places a term may have reached. */
typedef struct qc_plain {
    qc_buffer reached, next;
} qc_plain;

qc_plain qc_plain_init(const qcode_memory *memory);
void qc_plain_clear(qc_plain *plain);

/* The first place at or after `*start` where the term stands: `*start` and the longest `*end`. False when there is none,
 * or when memory ran out: then `plain->reached.failed`. */
bool qc_plain_next(qc_plain *plain, const qc_term *term, const char *text, size_t length, size_t *start, size_t *end);

#endif
