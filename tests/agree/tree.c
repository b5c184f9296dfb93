/* A JSON file as a tree, built without recursion. */
#include "agree/tree.h"

#include <stdio.h>
#include <string.h>

static char *read_file(const char *path, qc_arena *arena, size_t *length, qcode_error *err)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    if (file && fseek(file, 0, SEEK_END) == 0 && ftell(file) >= 0) {
        *length = (size_t)ftell(file);
        rewind(file);
        text = qc_arena_take(arena, *length + 1);
        if (text && fread(text, 1, *length, file) != *length)
            text = NULL;
    }
    if (file)
        fclose(file);
    if (!text)
        snprintf(err->message, sizeof err->message, "cannot be read");
    return text;
}

static void add(node *parent, node *child)
{
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

static bool closes(qc_json_kind kind)
{
    return kind == QC_JSON_CLOSE_OBJECT || kind == QC_JSON_CLOSE_ARRAY;
}

static bool build(qc_json *json, node *root, qc_arena *arena, qcode_error *err)
{
    node *here = root;
    const char *key = NULL;
    do {
        qc_json_token token;
        if (!qc_json_next(json, &token, err))
            return false;
        if (token.kind == QC_JSON_KEY) {
            key = qc_arena_copy(arena, token.text, token.length);
            continue;
        }
        if (closes(token.kind)) {
            here = here->parent;
            continue;
        }
        if (token.kind == QC_JSON_END) {
            snprintf(err->message, sizeof err->message, "ends too soon");
            return false;
        }
        node *child = qc_arena_take(arena, sizeof *child);
        *child = (node){.kind = token.kind, .key = key, .number = token.number};
        child->text = token.kind == QC_JSON_STRING ? qc_arena_copy(arena, token.text, token.length) : NULL;
        key = NULL;
        add(here, child);
        if (child->kind == QC_JSON_OPEN_OBJECT || child->kind == QC_JSON_OPEN_ARRAY)
            here = child;
    } while (here != root);
    return true;
}

node *read_tree(const char *path, qc_arena *arena, qcode_error *err)
{
    size_t length = 0;
    node *root = qc_arena_take(arena, sizeof *root);
    char *text = read_file(path, arena, &length, err);
    qc_json *json = text ? qc_json_new(text, length, path, 1, NULL, err) : NULL;
    bool done = json && build(json, root, arena, err);
    qc_json_free(json);
    return done ? root->first : NULL;
}

const node *member(const node *of, const char *key)
{
    for (const node *each = of ? of->first : NULL; each; each = each->next)
        if (each->key && strcmp(each->key, key) == 0)
            return each;
    return NULL;
}

const char *text_of(const node *of, const char *key, const char *otherwise)
{
    const node *found = member(of, key);
    return found && found->text ? found->text : otherwise;
}

double number_of(const node *of, const char *key, double otherwise)
{
    const node *found = member(of, key);
    return found && found->kind == QC_JSON_NUMBER ? found->number : otherwise;
}

bool is_null(const node *value)
{
    return !value || value->kind == QC_JSON_NULL;
}
