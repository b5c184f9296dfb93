/* Where things stand in the text of a codebook that people wrote, and how they are taken out or put in. */
#include "read/codebook/rewrite.h"
#include "base/utf8.h"
#include "read/codebook/codebook.h"

const qc_yaml_node *qc_find_code_node(const qc_yaml_node *root, const char *id)
{
    const qc_yaml_node *list = qc_yaml_get(root, "codes");
    size_t parent;
    if (!list || list->kind != QC_YAML_LIST)
        return NULL;
    qc_code_walk walk = qc_code_walk_init(list);
    for (const qc_yaml_node *code; (code = qc_code_walk_next(&walk, &parent));) {
        const qc_yaml_node *name = qc_yaml_get(code, "id");
        if (name && strcmp(name->text, id) == 0)
            return code;
    }
    return NULL;
}

static bool holds(const qc_yaml_node *list, const qc_yaml_node *item)
{
    const qc_yaml_node *at = list && list->kind == QC_YAML_LIST ? list->first : NULL;
    while (at && at != item)
        at = at->next;
    return at;
}

const qc_yaml_node *qc_find_code_list(const qc_yaml_node *root, const qc_yaml_node *code)
{
    const qc_yaml_node *list = qc_yaml_get(root, "codes"), *found = holds(list, code) ? list : NULL;
    size_t parent;
    qc_code_walk walk = qc_code_walk_init(list);
    for (const qc_yaml_node *at; !found && (at = qc_code_walk_next(&walk, &parent));)
        if (holds(qc_yaml_get(at, "codes"), code))
            found = qc_yaml_get(at, "codes");
    return found;
}

bool qc_cannot_rewrite(const qc_rewrite *rewrite, const qc_yaml_node *node, const char *what)
{
    return qc_fail(rewrite->err, QCODE_INVALID, rewrite->path, node->line, node->column,
                   "%s in a way in which it cannot be changed", what);
}

bool qc_in_lines(const qc_rewrite *rewrite, const qc_yaml_node *node)
{
    char first = rewrite->text[node->source_start];
    return node->kind != QC_YAML_SCALAR && first != '{' && first != '[';
}

size_t qc_line_start(const qc_rewrite *rewrite, size_t at)
{
    while (at && rewrite->text[at - 1] != '\n')
        at--;
    return at;
}

size_t qc_key_start(const qc_rewrite *rewrite, const qc_yaml_node *node)
{
    size_t at = 0;
    for (size_t line = 1; line < node->key_line; line++) {
        const char *feed = memchr(rewrite->text + at, '\n', rewrite->length - at);
        at = feed ? (size_t)(feed - rewrite->text) + 1 : rewrite->length;
    }
    for (size_t column = 1; column < node->key_column && at < rewrite->length; column++)
        qc_utf8_next(rewrite->text, rewrite->length, &at);
    return at;
}

size_t qc_lines_end(const qc_rewrite *rewrite, const qc_yaml_node *node)
{
    while (node->first && qc_in_lines(rewrite, node))
        for (node = node->first; node->next;)
            node = node->next;
    size_t at = node->source_end;
    while (at < rewrite->length && at && rewrite->text[at - 1] != '\n')
        at++;
    return at;
}

/* Whether the line that begins at a place is a comment whose # is in this column, from 0. */
static bool is_comment(const qc_rewrite *rewrite, size_t at, size_t column)
{
    size_t from = at;
    while (at < rewrite->length && rewrite->text[at] == ' ')
        at++;
    return at - from == column && at < rewrite->length && rewrite->text[at] == '#';
}

bool qc_item_start(const qc_rewrite *rewrite, const qc_yaml_node *list, const qc_yaml_node *item, size_t *start)
{
    size_t column = list->column - 1, at = qc_line_start(rewrite, item->source_start);
    for (size_t i = 0; i < column; i++)
        if (rewrite->text[at + i] != ' ')
            return qc_cannot_rewrite(rewrite, item, "an item is written");
    if (rewrite->text[at + column] != '-')
        return qc_cannot_rewrite(rewrite, item, "an item is written");
    for (size_t above = at; above && is_comment(rewrite, above = qc_line_start(rewrite, above - 1), column);)
        at = above;
    *start = at;
    return true;
}

void qc_put_moved(qc_buffer *out, const char *text, size_t from, size_t to, long by)
{
    for (bool first = true; from < to; first = false) {
        const char *feed = memchr(text + from, '\n', to - from);
        size_t end = feed ? (size_t)(feed - text) + 1 : to;
        bool blank = text[from] == '\n' || text[from] == '\r';
        for (long i = 0; !first && !blank && i < by; i++)
            qc_buffer_byte(out, ' ');
        for (long i = 0; !first && i > by && from < end && text[from] == ' '; i--)
            from++;
        qc_buffer_append(out, text + from, end - from);
        from = end;
    }
}

bool qc_put_edit(qc_rewrite *rewrite, size_t start, size_t end, qc_buffer *text)
{
    const char *put = qc_buffer_text(text);
    bool done = (put && qc_yaml_edit(&rewrite->edits, start, end, put)) || qc_no_memory(rewrite->err);
    text->length = 0;
    return done;
}

static bool cut(qc_rewrite *rewrite, size_t start, size_t end)
{
    return qc_yaml_edit(&rewrite->edits, start, end, "") || qc_no_memory(rewrite->err);
}

static const qc_yaml_node *before(const qc_yaml_node *parent, const qc_yaml_node *child)
{
    const qc_yaml_node *at = parent->first;
    while (at != child && at->next != child)
        at = at->next;
    return at == child ? NULL : at;
}

bool qc_remove_item(qc_rewrite *rewrite, const qc_yaml_node *list, const qc_yaml_node *item)
{
    size_t start;
    if (qc_in_lines(rewrite, list))
        return qc_item_start(rewrite, list, item, &start) && cut(rewrite, start, qc_lines_end(rewrite, item));
    return item->next ? cut(rewrite, item->source_start, item->next->source_start)
                      : cut(rewrite, before(list, item)->source_end, item->source_end);
}

bool qc_remove_key(qc_rewrite *rewrite, const qc_yaml_node *map, const qc_yaml_node *value)
{
    size_t start = qc_key_start(rewrite, value);
    if (!qc_in_lines(rewrite, map))
        return value->next ? cut(rewrite, start, qc_key_start(rewrite, value->next))
                           : cut(rewrite, before(map, value)->source_end, value->source_end);
    if (value == map->first && value->next) /* it may share its line with a dash */
        return cut(rewrite, start, qc_key_start(rewrite, value->next));
    return cut(rewrite, qc_line_start(rewrite, start), qc_lines_end(rewrite, value));
}

bool qc_add_item(qc_rewrite *rewrite, const qc_yaml_node *list, const char *text)
{
    const qc_yaml_node *last = list->first;
    while (last->next)
        last = last->next;
    qc_buffer put = qc_buffer_init(rewrite->memory);
    size_t at = last->source_end;
    if (qc_in_lines(rewrite, list)) {
        at = qc_lines_end(rewrite, last);
        qc_buffer_string(&put, at && rewrite->text[at - 1] == '\n' ? "" : "\n");
        qc_buffer_print(&put, "%*s- %s\n", (int)list->column - 1, "", text);
    } else {
        qc_buffer_print(&put, ", %s", text);
    }
    bool done = qc_put_edit(rewrite, at, at, &put);
    qc_buffer_clear(&put);
    return done;
}
