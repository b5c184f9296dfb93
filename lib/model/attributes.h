/* What is known of a document or a speaker: names and values, and which names are taken. */
#ifndef QC_MODEL_ATTRIBUTES_H
#define QC_MODEL_ATTRIBUTES_H

#include "base/memory.h"
#include <qcode/transcript.h>

typedef struct qc_attributes {
    qcode_attribute *at;
    size_t count, capacity;
} qc_attributes;

/* The name an attribute goes by: lower case, `_` for anything between its words, `Respondent group` as group, `Role`
 * and `Respondent role` as position. NULL when memory runs out. */
char *qc_attribute_name(qc_arena *arena, const char *name, size_t length);

/* Adds one. A name that is there or that the outputs have already gets _1, _2 ...; then `*renamed` is true. */
bool qc_attributes_add(qc_attributes *list, qc_arena *arena, const char *name, size_t name_length, const char *value,
                       size_t value_length, bool *renamed);

/* Adds one, or puts the value in the place of the one there; a name the outputs have already gets _1. */
bool qc_attributes_set(qc_attributes *list, qc_arena *arena, const char *name, const char *value);

/* NULL when there is none. */
const char *qc_attributes_value(const qcode_attribute *list, size_t count, const char *name);

#endif
