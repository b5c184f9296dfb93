/* Lists of simple texts, which are cut out of a YAML file before libyaml reads it. */
#ifndef QC_FORMAT_YAML_LISTS_H
#define QC_FORMAT_YAML_LISTS_H

#include "base/buffer.h"

/* A text of such a list: bytes [start, end) of the file, and what it says. */
typedef struct qc_yaml_item {
    size_t start, end, text, length;
    bool quoted;
} qc_yaml_item;

typedef enum qc_yaml_found { QC_YAML_ODD, QC_YAML_ITEM, QC_YAML_LAST } qc_yaml_found;

/* The item at or behind `*at`, which moves behind the comma or bracket that ends it. QC_YAML_ODD: anything else. */
qc_yaml_found qc_yaml_next_item(const char *data, size_t length, size_t *at, qc_yaml_item *item);

/* What was cut out between two brackets. */
typedef struct qc_yaml_cut {
    size_t byte, end;     /* of the file */
    size_t index, points; /* of the opening bracket in what is left, and how many were cut out, in code points */
} qc_yaml_cut;

typedef struct qc_yaml_cuts {
    qc_buffer left; /* the file without them; empty when there are none */
    qc_buffer list; /* of qc_yaml_cut, in order */
} qc_yaml_cuts;

/* Cuts what is between the brackets out of `data`, which begins at `first`. False when memory runs out. */
bool qc_yaml_cut_lists(qc_yaml_cuts *cuts, const char *data, size_t first, size_t length);
void qc_yaml_cuts_clear(qc_yaml_cuts *cuts);

#endif
