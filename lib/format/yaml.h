/* YAML as codebooks use it: maps, lists and strings with the place of each; no anchors, aliases, tags or second document.
 * Every scalar is the text as it was written (`no`, `1.0` and `~` are strings). */
#ifndef QC_FORMAT_YAML_H
#define QC_FORMAT_YAML_H

#include "base/memory.h"
#include <qcode/error.h>

#define QC_YAML_MOST_DEPTH 64
#define QC_YAML_MOST_NODES 500000

typedef enum qc_yaml_kind { QC_YAML_SCALAR, QC_YAML_LIST, QC_YAML_MAP } qc_yaml_kind;

typedef struct qc_yaml_node {
    qc_yaml_kind kind;
    size_t line, column; /* from 1; where it begins */
    const char *key;     /* its name in the map above it; NULL in a list */
    size_t key_line, key_column;
    const char *text; /* a scalar's characters, and their number in bytes; "" for a map or list */
    size_t length;
    bool quoted;                 /* ' or ", or a block: certainly a string */
    const struct qc_yaml_node *first; /* children, in order */
    const struct qc_yaml_node *next;
    size_t count;
    size_t source_start, source_end; /* bytes of the file that the node was written in */
} qc_yaml_node;

/* Parses all of `data`. NULL with file:line:column in `err`. The nodes live in `arena` and own their strings. An empty file
 * is refused. A key that stands twice in a map is refused and names the line of the first. */
const qc_yaml_node *qc_yaml_parse(qc_arena *arena, const char *data, size_t length, const char *source,
                                  qcode_error *err);

/* The child of a map with this key, or NULL. */
const qc_yaml_node *qc_yaml_get(const qc_yaml_node *map, const char *key);

/* Where byte `offset` of a scalar's text was written in the file: exact also in quoted, escaped and folded scalars (but
 * white space that YAML folded stands where its run begins or ends). `offset` may be the text's length. */
void qc_yaml_place(const char *data, size_t length, const qc_yaml_node *scalar, size_t offset, size_t *line,
                   size_t *column);

#endif
