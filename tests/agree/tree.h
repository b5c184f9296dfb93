/* A JSON file as a tree. */
#ifndef TESTS_AGREE_TREE_H
#define TESTS_AGREE_TREE_H

#include "base/memory.h"
#include "format/json.h"
#include <qcode/error.h>

typedef struct node {
    qc_json_kind kind; /* QC_JSON_OPEN_OBJECT and _OPEN_ARRAY for the two that hold others */
    const char *key;   /* in an object */
    const char *text;  /* of a string */
    double number;
    size_t count; /* of what it holds */
    struct node *first, *last, *next, *parent;
} node;

/* NULL with `err` when the file cannot be read or holds no JSON. The tree lives in the arena. */
node *read_tree(const char *path, qc_arena *arena, qcode_error *err);

/* A member, or NULL when there is none or `of` is no object. */
const node *member(const node *of, const char *key);
const char *text_of(const node *of, const char *key, const char *otherwise);
double number_of(const node *of, const char *key, double otherwise);
bool is_null(const node *value); /* absent counts as null */

#endif
