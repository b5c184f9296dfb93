/* Ids of a document and what they stand for: all are put in, then sorted once, then asked. */
#ifndef QC_READ_LOOKUP_H
#define QC_READ_LOOKUP_H

#include "base/buffer.h"
#include "base/memory.h"

typedef struct qc_entry {
    const char *id;
    const char *text; /* "" when nothing is said */
    int64_t number;
    size_t order; /* of putting in, from 0 */
} qc_entry;

typedef struct qc_lookup {
    qc_arena arena;
    qc_buffer entries; /* of qc_entry */
} qc_lookup;

qc_lookup qc_lookup_init(const qcode_memory *memory);
void qc_lookup_clear(qc_lookup *lookup);

/* Puts an id in; the strings are copied. False when memory runs out. */
bool qc_lookup_put(qc_lookup *lookup, const char *id, const char *text, size_t length, int64_t number);

/* Ends the putting in. Of an id that is there twice the first counts. */
void qc_lookup_sort(qc_lookup *lookup);

/* NULL when the id is not there. A # before it does not count. */
qc_entry *qc_lookup_find(const qc_lookup *lookup, const char *id, size_t length);

size_t qc_lookup_count(const qc_lookup *lookup);
qc_entry *qc_lookup_at(const qc_lookup *lookup, size_t index); /* in order of putting in, until they are sorted */

#endif
