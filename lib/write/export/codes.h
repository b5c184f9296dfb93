/* The codes of a view as a tree, with names that tell them apart. */
#ifndef QC_WRITE_EXPORT_CODES_H
#define QC_WRITE_EXPORT_CODES_H

#include "write/export/target.h"

typedef struct qc_code_row {
    size_t code;  /* the place in the books */
    size_t depth; /* 0: under no other */
    const char *name; /* unique: its id is behind a name that is taken */
    bool gathers; /* nothing bears it: it is there for those below it */
} qc_code_row;

typedef struct qc_code_tree {
    const qc_code_row *rows; /* each behind the one that it stands under */
    size_t count;
    const size_t *place; /* of each code of the books its row; SIZE_MAX: not in view */
} qc_code_tree;

/* The codes that the filter lets through, and those they stand under. False when memory runs out. */
bool qc_code_tree_make(const qc_exporting *from, qc_arena *arena, qc_code_tree *tree);

/* Appends what is said of a code: its definition, what it includes and excludes, its note. Nothing when nothing is. */
bool qc_put_code_words(qc_buffer *out, const qcode_code *code);

#endif
