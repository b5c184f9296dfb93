/* The rules and examples of a code put with those of another. */
#include "format/json.h"
#include "read/codebook/rewrite.h"

/* Keys of a code that make one rule when they stand in it directly. */
static bool is_rule_key(const char *key)
{
    static const char *const keys[] = {"terms", "regex", "unless", "case",   "near",  "ordered", "all",
                                       "any",   "not",   "within", "code",   "ghost", "after",   "before",
                                       "where", NULL};
    size_t i = 0;
    while (keys[i] && strcmp(keys[i], key) != 0)
        i++;
    return keys[i];
}

/* A key and its value as a line of a rule, whose keys stand in column `indent`. */
static void put_key(qc_rewrite *rewrite, const qc_yaml_node *map, const qc_yaml_node *value, size_t indent, qc_buffer *out)
{
    bool lines = qc_in_lines(rewrite, map);
    size_t start = qc_key_start(rewrite, value), end = lines ? qc_lines_end(rewrite, value) : value->source_end;
    qc_put_moved(out, rewrite->text, start, end, lines ? (long)indent - (long)value->key_column + 1 : 0);
    if (out->length && out->data[out->length - 1] != '\n')
        qc_buffer_byte(out, '\n');
}

/* The one rule that a code gives directly, as an item whose dash is in column `indent`. */
static void put_direct(qc_rewrite *rewrite, const qc_yaml_node *code, size_t indent, qc_buffer *out)
{
    size_t keys = 0;
    for (const qc_yaml_node *value = code->first; value; value = value->next) {
        if (!is_rule_key(value->key))
            continue;
        qc_buffer_print(out, "%*s%s", (int)indent, "", keys++ ? "  " : "- ");
        put_key(rewrite, code, value, indent + 2, out);
    }
}

static bool refuse_unless(const qc_rewrite *rewrite, const qc_yaml_node *unless)
{
    return qc_fail(rewrite->err, QCODE_INVALID, rewrite->path, unless->key_line, unless->key_column,
                   "\"unless\" beside \"rules\" would hold for the rules of both codes: write it in each rule first");
}

/* The rules of a code as items of a list whose dashes stand in column `indent`. */
static bool put_rules(qc_rewrite *rewrite, const qc_yaml_node *code, size_t indent, qc_buffer *out)
{
    const qc_yaml_node *rules = qc_yaml_get(code, "rules"), *unless = qc_yaml_get(code, "unless");
    if (!rules) {
        put_direct(rewrite, code, indent, out);
        return true;
    }
    if (unless)
        return refuse_unless(rewrite, unless);
    for (const qc_yaml_node *rule = rules->first; rule; rule = rule->next) {
        size_t start = rule->source_start;
        bool lines = qc_in_lines(rewrite, rules);
        if (lines && !qc_item_start(rewrite, rules, rule, &start))
            return false;
        long by = lines ? (long)indent - (long)rules->column + 1 : 0;
        for (long i = 0; lines && i < (long)indent; i++)
            qc_buffer_byte(out, ' ');
        if (lines)
            start += rules->column - 1; /* the blanks before its dash, or before the comment above */
        else
            qc_buffer_print(out, "%*s- ", (int)indent, "");
        qc_put_moved(out, rewrite->text, start, lines ? qc_lines_end(rewrite, rule) : rule->source_end, by);
        if (out->length && out->data[out->length - 1] != '\n')
            qc_buffer_byte(out, '\n');
    }
    return true;
}

/* What the code was that the rules come from, for whoever reads the book next. */
static void put_origin(const qc_yaml_node *code, size_t indent, qc_buffer *out)
{
    const qc_yaml_node *definition = qc_yaml_get(code, "definition"), *id = qc_yaml_get(code, "id");
    qc_buffer_print(out, "%*s# from %s", (int)indent, "", id->text);
    qc_buffer_string(out, definition && definition->length ? ": " : "");
    for (size_t i = 0; definition && i < definition->length; i++) {
        char byte = definition->text[i];
        bool breaks = byte == '\n' || byte == '\r';
        if (!breaks || i + 1 < definition->length)
            qc_buffer_byte(out, breaks ? ' ' : byte);
    }
    qc_buffer_byte(out, '\n');
}

/* Where a key can be put into a code: before its examples or children, else behind all of it. */
static size_t place_in(const qc_rewrite *rewrite, const qc_yaml_node *code)
{
    for (const qc_yaml_node *value = code->first->next; value; value = value->next)
        if (strcmp(value->key, "examples") == 0 || strcmp(value->key, "codes") == 0)
            return qc_line_start(rewrite, qc_key_start(rewrite, value));
    return qc_lines_end(rewrite, code);
}

static bool add_rules(qc_rewrite *rewrite, const qc_yaml_node *from, const qc_yaml_node *to, qc_buffer *out)
{
    const qc_yaml_node *rules = qc_yaml_get(to, "rules"), *unless = qc_yaml_get(to, "unless");
    size_t indent = to->first->key_column + 1;
    if (is_rule_key(to->first->key))
        return qc_cannot_rewrite(rewrite, to->first, "the code begins with a rule and is written");
    if (rules && !qc_in_lines(rewrite, rules))
        return qc_cannot_rewrite(rewrite, rules, "\"rules\" are written");
    if (rules && unless)
        return refuse_unless(rewrite, unless);
    size_t at = rules ? qc_lines_end(rewrite, rules) : place_in(rewrite, to);
    if (at && rewrite->text[at - 1] != '\n')
        qc_buffer_byte(out, '\n');
    if (rules) {
        put_origin(from, rules->column - 1, out);
        return put_rules(rewrite, from, rules->column - 1, out) && qc_put_edit(rewrite, at, at, out);
    }
    bool has = qc_yaml_get(from, "rules"), direct = false;
    for (const qc_yaml_node *value = to->first; value; value = value->next) {
        direct |= is_rule_key(value->key);
        if (is_rule_key(value->key) && !qc_remove_key(rewrite, to, value))
            return false;
    }
    for (const qc_yaml_node *value = from->first; value; value = value->next)
        has |= is_rule_key(value->key);
    if (has || direct)
        qc_buffer_print(out, "%*srules:\n", (int)indent - 2, "");
    put_direct(rewrite, to, indent, out);
    put_origin(from, has || direct ? indent : indent - 2, out);
    return put_rules(rewrite, from, indent, out) && qc_put_edit(rewrite, at, at, out);
}

static void put_example(const qc_yaml_node *item, qc_buffer *out)
{
    if (item->kind == QC_YAML_SCALAR) {
        qc_json_put(out, item->text, item->length);
        return;
    }
    for (const qc_yaml_node *value = item->first; value; value = value->next) {
        qc_buffer_string(out, value == item->first ? "{" : ", ");
        qc_json_put_string(out, value->key);
        qc_buffer_string(out, ": ");
        qc_json_put(out, value->text, value->length);
    }
    qc_buffer_byte(out, '}');
}

/* "[...]" of one kind of examples, which may be one text. */
static void put_examples(const qc_yaml_node *items, qc_buffer *out)
{
    qc_buffer_byte(out, '[');
    if (items->kind != QC_YAML_LIST)
        put_example(items, out);
    for (const qc_yaml_node *item = items->kind == QC_YAML_LIST ? items->first : NULL; item; item = item->next) {
        put_example(item, out);
        qc_buffer_string(out, item->next ? ", " : "");
    }
    qc_buffer_byte(out, ']');
}

/* One kind of examples behind those that the survivor has. */
static bool add_examples(qc_rewrite *rewrite, const qc_yaml_node *items, const qc_yaml_node *to, const char *kind,
                         qc_buffer *out)
{
    const qc_yaml_node *own = qc_yaml_get(to, kind), *item = items->kind == QC_YAML_LIST ? items->first : items;
    bool done = true;
    if (!own) {
        put_examples(items, out);
        const char *text = qc_buffer_text(out);
        done = (text && qc_yaml_add_key(&rewrite->edits, to, kind, text)) || qc_no_memory(rewrite->err);
        out->length = 0;
        return done;
    }
    if (own->kind == QC_YAML_MAP || (own->kind == QC_YAML_SCALAR && strchr("|>", rewrite->text[own->source_start])))
        return qc_cannot_rewrite(rewrite, own, "the example is written");
    if (own->kind == QC_YAML_SCALAR) {
        qc_buffer_byte(out, '[');
        put_example(own, out);
        for (; item; item = items->kind == QC_YAML_LIST ? item->next : NULL) {
            qc_buffer_string(out, ", ");
            put_example(item, out);
        }
        qc_buffer_byte(out, ']');
        return qc_put_edit(rewrite, own->source_start, own->source_end, out);
    }
    for (; done && item; item = items->kind == QC_YAML_LIST ? item->next : NULL) {
        put_example(item, out);
        const char *text = qc_buffer_text(out);
        done = text ? qc_add_item(rewrite, own, text) : qc_no_memory(rewrite->err);
        out->length = 0;
    }
    return done;
}

/* All examples, when the survivor has none of its own. */
static bool copy_examples(qc_rewrite *rewrite, const qc_yaml_node *from, const qc_yaml_node *to, qc_buffer *out)
{
    size_t indent = to->first->key_column - 1, at = qc_lines_end(rewrite, to);
    for (const qc_yaml_node *value = to->first->next; value; value = value->next)
        if (strcmp(value->key, "codes") == 0)
            at = qc_line_start(rewrite, qc_key_start(rewrite, value));
    qc_buffer_print(out, "%s%*sexamples:\n", rewrite->text[at - 1] == '\n' ? "" : "\n", (int)indent, "");
    for (const qc_yaml_node *items = from->first; items; items = items->next) {
        qc_buffer_print(out, "%*s%s: ", (int)indent + 2, "", items->key);
        put_examples(items, out);
        qc_buffer_byte(out, '\n');
    }
    return qc_put_edit(rewrite, at, at, out);
}

static bool add_all_examples(qc_rewrite *rewrite, const qc_yaml_node *from, const qc_yaml_node *to, qc_buffer *out)
{
    const qc_yaml_node *theirs = qc_yaml_get(from, "examples"), *own = qc_yaml_get(to, "examples");
    if (!theirs)
        return true;
    if (!own)
        return copy_examples(rewrite, theirs, to, out);
    bool done = true;
    for (const qc_yaml_node *items = theirs->first; done && items; items = items->next)
        done = add_examples(rewrite, items, own, items->key, out);
    return done;
}

/* Both have to code the same unit of the same people's speech: else one's rules would mean something else. */
static bool check_alike(const qc_rewrite *rewrite, const qc_yaml_node *from, const qc_yaml_node *to)
{
    static const char *const keys[] = {"unit", "scope"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const qc_yaml_node *a = qc_yaml_get(from, keys[i]), *b = qc_yaml_get(to, keys[i]);
        const qc_yaml_node *usual = qc_yaml_get(rewrite->root, keys[i]);
        const char *own = usual ? usual->text : i ? "respondent" : "sentence";
        const char *one = a ? a->text : own, *other = b ? b->text : own;
        if (strcmp(one, other) != 0)
            return qc_fail(rewrite->err, QCODE_INVALID, rewrite->path, from->line, from->column,
                           "its %s is %s, and that of the code it is merged into is %s: they have to be the same", keys[i],
                           one, other);
    }
    const qc_yaml_node *below = qc_yaml_get(from, "codes");
    return !below || qc_fail(rewrite->err, QCODE_INVALID, rewrite->path, below->key_line, below->key_column,
                             "codes stand under one that is merged: move them first");
}

bool qc_step_rules(qc_rewrite *rewrite, const char *from, const char *to)
{
    const qc_yaml_node *one = qc_find_code_node(rewrite->root, from), *other = qc_find_code_node(rewrite->root, to);
    if (!qc_in_lines(rewrite, other))
        return qc_cannot_rewrite(rewrite, other, "the code is written");
    qc_buffer out = qc_buffer_init(rewrite->memory);
    bool done = check_alike(rewrite, one, other) && add_rules(rewrite, one, other, &out) &&
                add_all_examples(rewrite, one, other, &out);
    qc_buffer_clear(&out);
    return done;
}
