/* Terms, regexes, and the named lists that stand for many terms. */
#include "base/error.h"
#include "base/utf8.h"
#include "read/codebook/codebook.h"

#include <stdlib.h>
#include <string.h>

static bool mistake_inside(qc_book_reader *reader, const qc_yaml_node *node, size_t offset, const char *what)
{
    size_t line, column;
    qc_yaml_place(reader->book->bytes, reader->book->length, node, offset, &line, &column);
    return qc_book_mistake(reader, line, column, "%s", what);
}

static bool add_pattern(qc_book_reader *reader, const qc_yaml_node *node, const qc_pattern *pattern)
{
    if (++reader->pattern_total > QC_BOOK_MOST_PATTERNS)
        return qc_book_limit(reader, node, "more than the limit of %d terms and regexes, counted with every $list in its place",
                             QC_BOOK_MOST_PATTERNS);
    if (!qc_grow(reader->memory, &reader->patterns, &reader->pattern_capacity, reader->pattern_count + 1,
                 sizeof *reader->patterns))
        return qc_book_no_memory(reader);
    reader->patterns[reader->pattern_count++] = *pattern;
    return true;
}

static bool add_text(qc_book_reader *reader, const qc_yaml_node *node)
{
    const char *text = qc_arena_copy(&reader->book->arena, node->text, node->length);
    if (!text)
        return qc_book_no_memory(reader);
    return add_pattern(reader, node, &(qc_pattern){text, node->length, node->line, node->column, node->source_start,
                                                   node->source_end});
}

static bool add_list(qc_book_reader *reader, const qc_yaml_node *node, const qc_list *list)
{
    for (size_t i = 0; i < list->terms.count; i++)
        if (!add_pattern(reader, node, &list->terms.at[i]))
            return false;
    return true;
}

qc_patterns qc_book_patterns_from(qc_book_reader *reader, size_t from)
{
    qc_patterns found = {.count = reader->pattern_count - from};
    if (reader->stopped || !found.count)
        return (qc_patterns){0};
    qc_pattern *copy = qc_arena_take_array(&reader->book->arena, found.count, sizeof *copy);
    if (!copy) {
        qc_book_no_memory(reader);
        return (qc_patterns){0};
    }
    memcpy(copy, reader->patterns + from, found.count * sizeof *copy);
    found.at = copy;
    return found;
}

/* A term's grammar; its words are folded when rules are compiled. */
static bool check_term(qc_book_reader *reader, const qc_yaml_node *node)
{
    if (!qc_book_is_text(reader, node, "a term"))
        return false;
    if (node->length > QC_BOOK_MOST_TERM)
        return qc_book_mistake(reader, node->line, node->column, "a term of %zu bytes, more than the limit of %d",
                               node->length, QC_BOOK_MOST_TERM);
    bool holds_words = false;
    for (size_t at = 0; at < node->length;) {
        size_t from = at;
        if ((node->text[at] | 0x20) >= 'a' && (node->text[at] | 0x20) <= 'z') { /* nearly always */
            holds_words = true;
            at++;
            continue;
        }
        uint32_t point = qc_utf8_next(node->text, node->length, &at);
        if (point < 0x20 || (point >= 0x7F && point < 0xA0))
            return mistake_inside(reader, node, from, "a line end, tab or control character in a term");
        if (point == '\\') {
            if (at == node->length || !strchr("*?\\$", node->text[at]))
                return mistake_inside(reader, node, from,
                                      "a backslash in a term may stand before * ? $ or \\ only; is it meant for regex?");
            at++;
        }
        holds_words |= point != '*' && point != '?' && point != ' ';
    }
    return holds_words || qc_book_mistake(reader, node->line, node->column, "a term without a word: \"%s\"", node->text);
}

static int compare_drafts(const void *a, const void *b)
{
    const qc_list_draft *x = a, *y = b;
    int order = strcmp(x->list.name, y->list.name);
    return order ? order : (x->node->source_start > y->node->source_start) - (x->node->source_start < y->node->source_start);
}

/* The list that "$name" stands for; NULL, and a mistake, when there is none. */
static qc_list_draft *find_list(qc_book_reader *reader, const qc_yaml_node *node)
{
    qc_folded name;
    if (!qc_fold(&reader->folder, QC_FORM_NFC, node->text + 1, node->length - 1, &name)) {
        qc_book_no_memory(reader);
        return NULL;
    }
    size_t low = 0, high = reader->list_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *known = reader->lists[middle].list.name;
        int order = strncmp(name.text, known, name.length);
        if (order == 0 && !known[name.length])
            return &reader->lists[middle];
        if (order <= 0)
            high = middle;
        else
            low = middle + 1;
    }
    qc_nearest nearest = {.word = node->text + 1};
    for (size_t i = 0; i < reader->list_count && reader->mistake_count < QC_BOOK_MOST_MISTAKES; i++)
        qc_nearest_look(&nearest, reader->lists[i].list.name);
    if (nearest.best)
        qc_book_mistake(reader, node->line, node->column, "there is no list \"%.*s\"; did you mean \"$%s\"?",
                        qc_utf8_cut(node->text, 100), node->text, nearest.best);
    else
        qc_book_mistake(reader, node->line, node->column,
                        "there is no list \"%.*s\"; a term that begins with a dollar sign is written \\$",
                        qc_utf8_cut(node->text, 100), node->text);
    return NULL;
}

static bool is_reference(const qc_yaml_node *node)
{
    return node->kind == QC_YAML_SCALAR && node->text[0] == '$';
}

void qc_book_gather_term(qc_book_reader *reader, const qc_yaml_node *node)
{
    qc_list_draft *named = is_reference(node) ? find_list(reader, node) : NULL;
    if (named) {
        named->list.used = true;
        add_list(reader, node, &named->list);
    } else if (!is_reference(node) && check_term(reader, node)) {
        add_text(reader, node);
    }
}

void qc_book_gather_terms(qc_book_reader *reader, const qc_yaml_node *node)
{
    bool list;
    const qc_yaml_node *item = qc_book_items(reader, node, "a term or a list of terms", &list);
    for (; item && !reader->stopped; item = list ? item->next : NULL)
        qc_book_gather_term(reader, item);
}

/* YAML ends plain text at " #", which a regex may well hold. */
static void warn_of_comment(qc_book_reader *reader, const qc_yaml_node *node)
{
    const qcode_codebook *book = reader->book;
    size_t at = node->source_end;
    while (at < book->length && (book->bytes[at] == ' ' || book->bytes[at] == '\t'))
        at++;
    if (node->quoted || at == node->source_end || at == book->length || book->bytes[at] != '#')
        return;
    qc_book_warn(reader, node->line, node->column,
                 "the regex ends before \" #\", where a comment begins; in single quotes it would hold the #");
}

void qc_book_gather_regexes(qc_book_reader *reader, const qc_yaml_node *node)
{
    bool list;
    const qc_yaml_node *item = qc_book_items(reader, node, "a regex or a list of regexes", &list);
    for (; item && !reader->stopped; item = list ? item->next : NULL) {
        if (!qc_book_is_text(reader, item, "a regex"))
            continue;
        if (item->length > QC_BOOK_MOST_REGEX) {
            qc_book_mistake(reader, item->line, item->column, "a regex of %zu bytes, more than the limit of %d",
                            item->length, QC_BOOK_MOST_REGEX);
        } else if (item->text[item->length - 1] == '\n') {
            qc_book_mistake(reader, item->line, item->column,
                            "a regex that ends with a line end; write |- or >- instead of | or >");
        } else {
            warn_of_comment(reader, item);
            add_text(reader, item);
        }
    }
}

/* A list whose items are being gathered. */
typedef struct open_list {
    qc_list_draft *draft;
    const qc_yaml_node *item;
    bool is_list;
    size_t from;
} open_list;

static open_list begin_list(qc_book_reader *reader, qc_list_draft *draft)
{
    open_list open = {.draft = draft, .from = reader->pattern_count};
    draft->state = QC_LIST_OPEN;
    open.item = qc_book_items(reader, draft->node, "a list of terms", &open.is_list);
    return open;
}

/* Gathers the terms of one list. A list in it that is not done yet is gathered first, in place: what it adds belongs to both. */
static void gather_list(qc_book_reader *reader, open_list *stack, qc_list_draft *first)
{
    size_t depth = 0;
    stack[depth++] = begin_list(reader, first);
    while (depth && !reader->stopped) {
        open_list *top = &stack[depth - 1];
        const qc_yaml_node *item = top->item;
        if (!item) {
            top->draft->list.terms = qc_book_patterns_from(reader, top->from);
            top->draft->state = QC_LIST_DONE;
            depth--;
            continue;
        }
        top->item = top->is_list ? item->next : NULL;
        qc_list_draft *named = is_reference(item) ? find_list(reader, item) : NULL;
        if (named)
            named->list.used = true;
        if (named && named->state == QC_LIST_OPEN)
            qc_book_mistake(reader, item->line, item->column, "the list \"%s\" would hold itself", named->list.name);
        else if (named && named->state == QC_LIST_NEW)
            stack[depth++] = begin_list(reader, named);
        else if (named)
            add_list(reader, item, &named->list);
        else if (!is_reference(item) && check_term(reader, item))
            add_text(reader, item);
    }
    reader->pattern_count = 0;
}

static bool take_names(qc_book_reader *reader, const qc_yaml_node *map)
{
    size_t bytes;
    reader->lists = qc_multiply(map->count, sizeof *reader->lists, &bytes) ? qc_resize(reader->memory, NULL, bytes) : NULL;
    if (!reader->lists)
        return qc_book_no_memory(reader);
    for (const qc_yaml_node *node = map->first; node && !reader->stopped; node = node->next) {
        if (node->key[0] == '$') {
            qc_book_mistake(reader, node->key_line, node->key_column,
                            "the name of a list is written without $ here; only its use has one");
            continue;
        }
        const char *name = qc_book_name(reader, NULL, node->key, node->key_line, node->key_column, "the name of a list");
        if (name)
            reader->lists[reader->list_count++] = (qc_list_draft){
                .list = {.name = name, .line = node->key_line, .column = node->key_column}, .node = node};
    }
    if (reader->list_count)
        qsort(reader->lists, reader->list_count, sizeof *reader->lists, compare_drafts);
    for (size_t i = 1; i < reader->list_count; i++)
        if (strcmp(reader->lists[i].list.name, reader->lists[i - 1].list.name) == 0)
            qc_book_mistake(reader, reader->lists[i].list.line, reader->lists[i].list.column,
                            "the list \"%s\" is there already, on line %zu", reader->lists[i].list.name,
                            reader->lists[i - 1].list.line);
    return !reader->stopped;
}

void qc_book_lists(qc_book_reader *reader, const qc_yaml_node *node)
{
    if (node->kind != QC_YAML_MAP) {
        qc_book_mistake(reader, node->line, node->column, "expected a map of lists, each with its name as the key");
        return;
    }
    size_t bytes;
    if (!node->count || !take_names(reader, node))
        return;
    open_list *stack = qc_multiply(node->count, sizeof *stack, &bytes) ? qc_resize(reader->memory, NULL, bytes) : NULL;
    if (!stack) {
        qc_book_no_memory(reader);
        return;
    }
    for (size_t i = 0; i < reader->list_count && !reader->stopped; i++)
        if (reader->lists[i].state == QC_LIST_NEW)
            gather_list(reader, stack, &reader->lists[i]);
    qc_release(reader->memory, stack);
}
