/* Changes of YAML's text: values and lines at their places; every other byte stays. */
#ifndef QC_FORMAT_YAML_EDIT_H
#define QC_FORMAT_YAML_EDIT_H

#include "base/buffer.h"
#include "format/yaml.h"

typedef struct qc_yaml_edits {
    const char *data; /* the file that was parsed */
    size_t length;
    qc_buffer list, text;
} qc_yaml_edits;

qc_yaml_edits qc_yaml_edits_init(const char *data, size_t length, const qcode_memory *memory);
void qc_yaml_edits_clear(qc_yaml_edits *edits);

/* Puts `text` (YAML as it is to be written) in the place of bytes [start, end), or of a scalar. Places of different changes
 * must not overlap. False when memory runs out, as below. */
bool qc_yaml_edit(qc_yaml_edits *edits, size_t start, size_t end, const char *text);
bool qc_yaml_replace(qc_yaml_edits *edits, const qc_yaml_node *scalar, const char *text);

/* Adds `key: text` to a map that has something in it: behind its first value that ends on a line, as a line of its own, or
 * in braces. Several go in the order in which they were added. */
bool qc_yaml_add_key(qc_yaml_edits *edits, const qc_yaml_node *map, const char *key, const char *text);

/* Appends the file with all changes. */
bool qc_yaml_edits_apply(const qc_yaml_edits *edits, qc_buffer *out);

#endif
