/* The names of a study and what stands for them. */
#ifndef QC_MODEL_KEY_H
#define QC_MODEL_KEY_H

#include "base/memory.h"
#include <qcode/pseudonymise.h>

/* One line of a key. */
typedef struct qc_key_line {
    const char *name, *replacement;
    const char *kind; /* "" when none is said */
    size_t line, replacement_column;
} qc_key_line;

/* A name or a variant of it. */
typedef struct qc_key_name {
    const char *text;
    size_t owner; /* the index of its line */
    size_t line, column;
} qc_key_name;

struct qcode_key {
    qc_arena arena; /* holds all of it */
    const char *source;
    qc_key_line *lines;
    size_t count;
    qc_key_name *names;
    size_t name_count;
};

#endif
