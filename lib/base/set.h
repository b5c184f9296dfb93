/* A set of strings, numbered in the order they came. */
#ifndef QC_BASE_SET_H
#define QC_BASE_SET_H

#include "base/memory.h"

typedef struct qc_set {
    qc_arena arena; /* holds the strings */
    struct qc_set_item *items;
    size_t count, item_capacity;
    size_t *places; /* of a hash table: an item's number + 1, 0 where free */
    size_t place_count;
} qc_set;

qc_set qc_set_init(const qcode_memory *memory);
void qc_set_clear(qc_set *set);

/* The number of a string, which is added if it is new (`*added`, which may be NULL); SIZE_MAX when memory runs out.
 */
size_t qc_set_add(qc_set *set, const void *data, size_t length, bool *added);

/* The number of a string that is there; SIZE_MAX when it is not. */
size_t qc_set_find(const qc_set *set, const void *data, size_t length);

/* The string with a number, with a NUL behind it. */
const char *qc_set_at(const qc_set *set, size_t number);

#endif
