/* Steps that change the text of a codebook, and what they find their places with. */
#ifndef QC_READ_CODEBOOK_REWRITE_H
#define QC_READ_CODEBOOK_REWRITE_H

#include "base/error.h"
#include "format/yaml_edit.h"
#include "read/recode.h"

/* A codebook's text under one step; edits gather what it changes. */
typedef struct qc_rewrite {
    const qcode_recode_job *job;
    const char *path;
    const char *text;
    size_t length;
    const qcode_memory *memory;
    qcode_error *err;
    qc_arena arena; /* holds the tree */
    const qc_yaml_node *root;
    qc_yaml_edits edits;
} qc_rewrite;

/* One step. `from` and `to` are ids; `to` may be NULL. */
typedef bool qc_rewriter(qc_rewrite *rewrite, const char *from, const char *to);

/* The node of a code, and of the list that holds it; NULL when no code has the id. */
const qc_yaml_node *qc_find_code_node(const qc_yaml_node *root, const char *id);
const qc_yaml_node *qc_find_code_list(const qc_yaml_node *root, const qc_yaml_node *code);

/* Fails at a node: "... in a way in which it cannot be changed". */
bool qc_cannot_rewrite(const qc_rewrite *rewrite, const qc_yaml_node *node, const char *what);

/* Written with a line for each item or key, not in brackets or braces. */
bool qc_in_lines(const qc_rewrite *rewrite, const qc_yaml_node *node);

/* The first byte of a line; the byte where a node's key is; the byte behind the last line of a node. */
size_t qc_line_start(const qc_rewrite *rewrite, size_t at);
size_t qc_key_start(const qc_rewrite *rewrite, const qc_yaml_node *node);
size_t qc_lines_end(const qc_rewrite *rewrite, const qc_yaml_node *node);

/* Where an item of a list in lines begins: its dash's line, or the comments right above it. False when the dash is not on
 * the item's first line. */
bool qc_item_start(const qc_rewrite *rewrite, const qc_yaml_node *list, const qc_yaml_node *item, size_t *start);

/* Appends bytes [from, to), each line behind the first moved by `by` columns. */
void qc_put_moved(qc_buffer *out, const char *text, size_t from, size_t to, long by);

/* Puts what a buffer holds at a place, and empties it. */
bool qc_put_edit(qc_rewrite *rewrite, size_t start, size_t end, qc_buffer *text);

/* Takes an item out of a list of two or more, a key out of a map. */
bool qc_remove_item(qc_rewrite *rewrite, const qc_yaml_node *list, const qc_yaml_node *item);
bool qc_remove_key(qc_rewrite *rewrite, const qc_yaml_node *map, const qc_yaml_node *value);

/* Appends a scalar to a list behind its last item. */
bool qc_add_item(qc_rewrite *rewrite, const qc_yaml_node *list, const char *text);

qc_rewriter qc_step_rename;     /* every place that names `from`, its own id too */
qc_rewriter qc_step_refer;      /* every place that refers to `from`, but its own id */
qc_rewriter qc_step_one_theme;  /* themes that hold both: `from` goes */
qc_rewriter qc_step_rules;      /* rules and examples of `from` are copied to `to` */
qc_rewriter qc_step_remove;     /* the code `from` goes */
qc_rewriter qc_step_add;        /* a new code `to` under `from` */
qc_rewriter qc_step_rise;       /* a code that stands in the `codes` of another comes to the top */
qc_rewriter qc_step_under;      /* `from` stands under `to`; NULL: under none */
qc_rewriter qc_step_theme;      /* `from` is in the theme `to` and in no other */
qc_rewriter qc_step_retire;
qc_rewriter qc_step_note;       /* one more of `changes` */

#endif
