/* Changes of a YAML file, gathered by their places and made in one go. */
#include "format/yaml_edit.h"

#include <stdlib.h>

typedef struct edit {
    size_t start, end;
    size_t text, length; /* of the new bytes, in `text` of the edits */
    size_t number;
} edit;

qc_yaml_edits qc_yaml_edits_init(const char *data, size_t length, const qcode_memory *memory)
{
    return (qc_yaml_edits){data, length, qc_buffer_init(memory), qc_buffer_init(memory)};
}

void qc_yaml_edits_clear(qc_yaml_edits *edits)
{
    qc_buffer_clear(&edits->list);
    qc_buffer_clear(&edits->text);
}

/* The bytes of `text` from `from` on are a change. */
static bool end_edit(qc_yaml_edits *edits, size_t start, size_t end, size_t from)
{
    const edit next = {start, end, from, edits->text.length - from, edits->list.length / sizeof(edit)};
    return !edits->text.failed && qc_buffer_append(&edits->list, &next, sizeof next);
}

bool qc_yaml_edit(qc_yaml_edits *edits, size_t start, size_t end, const char *text)
{
    size_t from = edits->text.length;
    qc_buffer_string(&edits->text, text);
    return end_edit(edits, start, end, from);
}

bool qc_yaml_replace(qc_yaml_edits *edits, const qc_yaml_node *scalar, const char *text)
{
    return qc_yaml_edit(edits, scalar->source_start, scalar->source_end, text);
}

/* A value that is written on one line or ends one: no block of lines. */
static bool ends_a_line(const qc_yaml_edits *edits, const qc_yaml_node *node)
{
    return node->kind == QC_YAML_SCALAR && node->source_end > node->source_start &&
           !strchr("|>", edits->data[node->source_start]);
}

static size_t line_end(const qc_yaml_edits *edits, size_t at)
{
    while (at < edits->length && edits->data[at] != '\n' && edits->data[at] != '\r')
        at++;
    return at;
}

static bool has_crlf(const qc_yaml_edits *edits)
{
    size_t end = line_end(edits, 0);
    return end < edits->length && edits->data[end] == '\r';
}

static bool add_in_braces(qc_yaml_edits *edits, const qc_yaml_node *map, const char *key, const char *text)
{
    size_t from = edits->text.length;
    qc_buffer_print(&edits->text, "%s: %s%s", key, text, map->count ? ", " : "");
    return end_edit(edits, map->source_start + 1, map->source_start + 1, from);
}

bool qc_yaml_add_key(qc_yaml_edits *edits, const qc_yaml_node *map, const char *key, const char *text)
{
    const char *newline = has_crlf(edits) ? "\r\n" : "\n";
    const qc_yaml_node *child = map->first;
    size_t from = edits->text.length;
    if (edits->data[map->source_start] == '{')
        return add_in_braces(edits, map, key, text);
    while (child && !ends_a_line(edits, child))
        child = child->next;
    int indent = (int)map->first->key_column - 1;
    if (child) {
        size_t at = line_end(edits, child->source_end);
        qc_buffer_print(&edits->text, "%s%*s%s: %s", newline, indent, "", key, text);
        return end_edit(edits, at, at, from);
    }
    qc_buffer_print(&edits->text, "%s: %s%s%*s", key, text, newline, indent, "");
    return end_edit(edits, map->source_start, map->source_start, from);
}

static int compare_edits(const void *a, const void *b)
{
    const edit *one = a, *two = b;
    if (one->start != two->start)
        return one->start < two->start ? -1 : 1;
    if ((one->start == one->end) != (two->start == two->end))
        return one->start == one->end ? -1 : 1; /* what is put in front of something that goes */
    return one->number < two->number ? -1 : one->number > two->number;
}

bool qc_yaml_edits_apply(const qc_yaml_edits *edits, qc_buffer *out)
{
    size_t count = edits->list.length / sizeof(edit), at = 0;
    edit *list = (void *)edits->list.data;
    if (count > 1)
        qsort(list, count, sizeof *list, compare_edits);
    for (size_t i = 0; i < count; i++) {
        qc_buffer_append(out, edits->data + at, list[i].start - at);
        if (list[i].length) /* where nothing was ever put there is no text */
            qc_buffer_append(out, edits->text.data + list[i].text, list[i].length);
        at = list[i].end;
    }
    qc_buffer_append(out, edits->data + at, edits->length - at);
    return !out->failed;
}
