/* YAML into a tree of places and texts, by libyaml's events. */
#include "format/yaml.h"
#include "base/error.h"
#include "format/yaml_lists.h"
#include "format/yaml_parts.h"

#include <stdlib.h>
#include <string.h>

/* A list or map that is open. */
typedef struct frame {
    qc_yaml_node *node, *last;
    const char *key; /* of a map, until its value is there */
    size_t key_line, key_column;
} frame;

typedef struct builder {
    yaml_parser_t parser;
    qc_arena *arena;
    const char *source;
    qcode_error *err;
    qc_yaml_cursor cursor;
    qc_yaml_quote quote;
    frame frames[QC_YAML_MOST_DEPTH];
    size_t depth, count;
    qc_yaml_node *root;
    const qc_yaml_cut *cuts; /* the lists that are still to be put in */
    size_t cut_count, shift; /* shift: the code points cut out so far */
} builder;

static bool refuse(builder *b, qcode_status status, const char *what)
{
    return qc_fail(b->err, status, b->source, b->cursor.line, b->cursor.column, "%s", what);
}

/* A new node in its place: the root, a list's next or the value of the map's key. */
static qc_yaml_node *put_node(builder *b, qc_yaml_kind kind)
{
    if (++b->count > QC_YAML_MOST_NODES) {
        qc_fail(b->err, QCODE_LIMIT, b->source, b->cursor.line, b->cursor.column, "more than the limit of %d items",
                QC_YAML_MOST_NODES);
        return NULL;
    }
    qc_yaml_node *node = qc_arena_take(b->arena, sizeof *node);
    if (!node) {
        qc_no_memory(b->err);
        return NULL;
    }
    *node = (qc_yaml_node){.kind = kind, .line = b->cursor.line, .column = b->cursor.column, .text = "",
                           .source_start = b->cursor.byte, .source_end = b->cursor.byte};
    frame *up = b->depth ? &b->frames[b->depth - 1] : NULL;
    if (!up) {
        b->root = node;
        return node;
    }
    node->key = up->key;
    node->key_line = up->key_line;
    node->key_column = up->key_column;
    up->key = NULL;
    up->node->count++;
    if (up->last)
        up->last->next = node;
    else
        up->node->first = node;
    up->last = node;
    return node;
}

static bool wants_key(const builder *b)
{
    return b->depth && b->frames[b->depth - 1].node->kind == QC_YAML_MAP && !b->frames[b->depth - 1].key;
}

static bool open_node(builder *b, qc_yaml_kind kind)
{
    if (wants_key(b))
        return refuse(b, QCODE_SYNTAX, "a list or map where a key is expected");
    if (b->depth == QC_YAML_MOST_DEPTH)
        return refuse(b, QCODE_LIMIT, "lists and maps nested too deep");
    qc_yaml_node *node = put_node(b, kind);
    if (node)
        b->frames[b->depth++] = (frame){.node = node};
    return node != NULL;
}

/* Keys by their text, the same keys by their place. */
static int compare_keys(const void *a, const void *b)
{
    const qc_yaml_node *x = *(const qc_yaml_node *const *)a, *y = *(const qc_yaml_node *const *)b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->source_start > y->source_start) - (x->source_start < y->source_start);
}

static bool check_keys(const builder *b, const qc_yaml_node *map)
{
    if (map->count < 2)
        return true;
    size_t bytes, count = 0;
    const qc_yaml_node **sorted = NULL, *twice = NULL, *before = NULL;
    if (qc_multiply(map->count, sizeof *sorted, &bytes))
        sorted = qc_resize(b->arena->memory, NULL, bytes);
    if (!sorted)
        return qc_no_memory(b->err);
    for (const qc_yaml_node *node = map->first; node; node = node->next)
        sorted[count++] = node;
    qsort(sorted, count, sizeof *sorted, compare_keys);
    for (size_t i = 1; i < count; i++)
        if (strcmp(sorted[i]->key, sorted[i - 1]->key) == 0 &&
            (!twice || sorted[i]->source_start < twice->source_start)) {
            twice = sorted[i];
            before = sorted[i - 1];
        }
    qc_release(b->arena->memory, sorted);
    return !twice || qc_fail(b->err, QCODE_SYNTAX, b->source, twice->key_line, twice->key_column,
                             "the key \"%s\" stands in this map already, on line %zu", twice->key, before->key_line);
}

static bool close_node(builder *b)
{
    frame *top = &b->frames[--b->depth];
    if (top->last)
        top->node->source_end = top->last->source_end;
    return top->node->kind == QC_YAML_LIST || check_keys(b, top->node);
}

static bool take_key(builder *b, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    if (strcmp(text, "<<") == 0 && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        return refuse(b, QCODE_SYNTAX, "merge keys (<<) are not supported");
    frame *map = &b->frames[b->depth - 1];
    map->key_line = b->cursor.line;
    map->key_column = b->cursor.column;
    map->key = qc_arena_copy(b->arena, text, event->data.scalar.length);
    return map->key || qc_no_memory(b->err);
}

/* Where the scalar ends; a missing quote shows behind it. */
static void note_end(builder *b, const yaml_event_t *event, bool quoted)
{
    size_t start = b->cursor.index, line = b->cursor.line;
    qc_yaml_to_index(&b->cursor, event->end_mark.index + b->shift);
    b->quote = (qc_yaml_quote){0};
    if (quoted)
        b->quote = (qc_yaml_quote){start, b->cursor.index, line, b->cursor.line};
}

static bool take_scalar(builder *b, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    yaml_scalar_style_t style = event->data.scalar.style;
    bool quotes = style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    if (memchr(text, '\0', length))
        return refuse(b, QCODE_SYNTAX, "text with an escaped NUL");
    if (wants_key(b)) {
        bool taken = take_key(b, event);
        note_end(b, event, quotes);
        return taken;
    }
    qc_yaml_node *node = put_node(b, QC_YAML_SCALAR);
    if (!node)
        return false;
    node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    node->length = length;
    node->text = qc_arena_copy(b->arena, text, length);
    note_end(b, event, quotes);
    node->source_end = b->cursor.byte;
    return node->text || qc_no_memory(b->err);
}

static bool refuse_name(builder *b, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        return refuse(b, QCODE_SYNTAX, "anchors are not supported; text that begins with & must stand in single quotes");
    if (tag)
        return refuse(b, QCODE_SYNTAX, "tags are not supported; text that begins with ! must stand in single quotes");
    return true;
}

static bool take_event(builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (b->root)
            return refuse(b, QCODE_SYNTAX, "a second document; only one is allowed in a file");
        return event->data.document_start.tag_directives.start == event->data.document_start.tag_directives.end ||
               refuse(b, QCODE_SYNTAX, "tags are not supported");
    case YAML_ALIAS_EVENT:
        return refuse(b, QCODE_SYNTAX, "aliases are not supported; text that begins with * must stand in single quotes");
    case YAML_SCALAR_EVENT:
        return refuse_name(b, event->data.scalar.anchor, event->data.scalar.tag) && take_scalar(b, event);
    case YAML_SEQUENCE_START_EVENT:
        return refuse_name(b, event->data.sequence_start.anchor, event->data.sequence_start.tag) &&
               open_node(b, QC_YAML_LIST);
    case YAML_MAPPING_START_EVENT:
        return refuse_name(b, event->data.mapping_start.anchor, event->data.mapping_start.tag) &&
               open_node(b, QC_YAML_MAP);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return close_node(b);
    default:
        return true;
    }
}

/* Puts in the items that were cut out of the list just opened. */
static bool put_items(builder *b)
{
    const qc_yaml_cut *cut = b->cuts++;
    qc_yaml_item item;
    qc_yaml_found found = QC_YAML_ITEM;
    for (size_t at = cut->byte; found == QC_YAML_ITEM;) {
        found = qc_yaml_next_item(b->cursor.data, b->cursor.length, &at, &item);
        qc_yaml_to_byte(&b->cursor, item.start);
        qc_yaml_node *node = put_node(b, QC_YAML_SCALAR);
        if (!node)
            return false;
        node->quoted = item.quoted;
        node->length = item.length;
        node->text = qc_arena_copy(b->arena, b->cursor.data + item.text, item.length);
        node->source_end = item.end;
        if (!node->text)
            return qc_no_memory(b->err);
    }
    b->cut_count--;
    b->shift += cut->points;
    return true;
}

/* An event, and if it opens a list that was cut, the list. What was cut must come as such a list: else it was none. */
static bool take_next(builder *b, const yaml_event_t *event)
{
    if (!b->cut_count || event->end_mark.index <= b->cuts->index)
        return take_event(b, event);
    return event->type == YAML_SEQUENCE_START_EVENT && event->start_mark.index == b->cuts->index &&
           take_event(b, event) && put_items(b);
}

static bool take_events(builder *b)
{
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&b->parser, &event))
            return qc_yaml_problem(&b->parser, &b->quote, &b->cursor, b->source, b->err);
        bool ends_node = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
        if (!ends_node && event.type != YAML_DOCUMENT_END_EVENT && event.type != YAML_STREAM_END_EVENT)
            qc_yaml_to_index(&b->cursor, event.start_mark.index + b->shift);
        bool taken = take_next(b, &event);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (!taken)
            return false;
    }
    return b->root || qc_fail(b->err, QCODE_SYNTAX, b->source, 1, 1, "an empty file");
}

static const qc_yaml_node *build(builder *b, const char *text, size_t length)
{
    if (!yaml_parser_initialize(&b->parser)) {
        qc_no_memory(b->err);
        return NULL;
    }
    yaml_parser_set_encoding(&b->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b->parser, (const unsigned char *)text, length);
    bool done = take_events(b) && !b->cut_count;
    yaml_parser_delete(&b->parser);
    return done ? b->root : NULL;
}

/* The tree of a file in which nothing is wrong, with the lists of simple texts cut out. NULL when it has none, or when anything
 * is wrong or else than it seemed: then libyaml is to see all of it. */
static const qc_yaml_node *build_cut(builder b, bool *no_memory)
{
    qcode_error why = {.status = QCODE_OK};
    const qc_buffer none = qc_buffer_init(b.arena->memory);
    qc_yaml_cuts cuts = {none, none};
    const qc_yaml_node *root = NULL;
    *no_memory = !qc_yaml_cut_lists(&cuts, b.cursor.data, b.cursor.first, b.cursor.length);
    if (!*no_memory && cuts.list.length) {
        b.err = &why;
        b.cuts = (const void *)cuts.list.data;
        b.cut_count = cuts.list.length / sizeof *b.cuts;
        root = build(&b, cuts.left.data, cuts.left.length);
        *no_memory = why.status == QCODE_NO_MEMORY;
    }
    qc_yaml_cuts_clear(&cuts);
    return root;
}

const qc_yaml_node *qc_yaml_parse(qc_arena *arena, const char *data, size_t length, const char *source,
                                  qcode_error *err)
{
    if (!length)
        data = ""; /* NULL will do for no bytes */
    if (!qc_yaml_check_characters(data, length, source, err))
        return NULL;
    builder b = {.arena = arena, .source = source, .err = err, .cursor = qc_yaml_cursor_init(data, length)};
    size_t first = b.cursor.first;
    bool no_memory;
    const qc_yaml_node *root = build_cut(b, &no_memory);
    if (no_memory)
        qc_no_memory(err);
    return root || no_memory ? root : build(&b, data + first, length - first);
}

const qc_yaml_node *qc_yaml_get(const qc_yaml_node *map, const char *key)
{
    for (const qc_yaml_node *node = map->kind == QC_YAML_MAP ? map->first : NULL; node; node = node->next)
        if (strcmp(node->key, key) == 0)
            return node;
    return NULL;
}
