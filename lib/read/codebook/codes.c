/* The codes of a codebook, with their examples. */
#include "read/codebook/codebook.h"

#include <stdlib.h>
#include <string.h>

typedef struct code_draft {
    qcode_code code;
    const qc_yaml_node *parent, *codes, *id, *rules, *examples, *threshold;
    qc_rule_draft direct;
} code_draft;

typedef struct examples_draft {
    const qc_yaml_node *match, *no_match;
} examples_draft;

static const qc_book_field code_fields[] = {
    {"id", qc_book_node, offsetof(code_draft, id)},
    {"name", qc_book_text, offsetof(code_draft, code.name)},
    {"definition", qc_book_text, offsetof(code_draft, code.definition)},
    {"include", qc_book_text, offsetof(code_draft, code.include)},
    {"exclude", qc_book_text, offsetof(code_draft, code.exclude)},
    {"note", qc_book_text, offsetof(code_draft, code.note)},
    {"color", qc_book_color, offsetof(code_draft, code.color)},
    {"unit", qc_book_unit, offsetof(code_draft, code.unit)},
    {"scope", qc_book_scope, offsetof(code_draft, code.scope)},
    {"origin", qc_book_origin, offsetof(code_draft, code.origin)},
    {"retired", qc_book_yes, offsetof(code_draft, code.retired)},
    {"parent", qc_book_node, offsetof(code_draft, parent)},
    {"codes", qc_book_node, offsetof(code_draft, codes)},
    {"threshold", qc_book_node, offsetof(code_draft, threshold)},
    {"aspect", qc_book_yes, offsetof(code_draft, code.aspect)},
    {"rules", qc_book_node, offsetof(code_draft, rules)},
    {"terms", qc_book_node, offsetof(code_draft, direct.terms)},
    {"regex", qc_book_node, offsetof(code_draft, direct.regex)},
    {"unless", qc_book_node, offsetof(code_draft, direct.unless)},
    {"case", qc_book_node, offsetof(code_draft, direct.letters)},
    {"near", qc_book_node, offsetof(code_draft, direct.near)},
    {"ordered", qc_book_node, offsetof(code_draft, direct.ordered)},
    {"all", qc_book_node, offsetof(code_draft, direct.all)},
    {"any", qc_book_node, offsetof(code_draft, direct.any)},
    {"not", qc_book_node, offsetof(code_draft, direct.none)},
    {"within", qc_book_node, offsetof(code_draft, direct.within)},
    {"code", qc_book_node, offsetof(code_draft, direct.code)},
    {"ghost", qc_book_node, offsetof(code_draft, direct.ghost)},
    {"after", qc_book_node, offsetof(code_draft, direct.after)},
    {"before", qc_book_node, offsetof(code_draft, direct.before)},
    {"where", qc_book_node, offsetof(code_draft, direct.where)},
    {"question", qc_book_node, offsetof(code_draft, direct.question)},
    {"weight", qc_book_node, offsetof(code_draft, direct.weight)},
    {"weak", qc_book_node, offsetof(code_draft, direct.weak)},
    {"echo", qc_book_node, offsetof(code_draft, direct.echo)},
    {"examples", qc_book_node, offsetof(code_draft, examples)},
};

static size_t item_count(const qc_yaml_node *node)
{
    return !node ? 0 : node->kind == QC_YAML_LIST ? node->count : 1;
}

/* An example with what is known of it: the question it answers, and attributes of who says it. */
static bool read_situation(qc_book_reader *reader, const qc_yaml_node *node, qc_example *example)
{
    qcode_attribute *list = qc_arena_take_array(&reader->book->arena, node->count + 1, sizeof *list);
    if (!list)
        return qc_book_no_memory(reader);
    example->attributes = list;
    bool done = true;
    for (const qc_yaml_node *item = node->first; item && done; item = item->next) {
        done = qc_book_is_text(reader, item, "text");
        if (done && strcmp(item->key, "text") == 0) {
            done = qc_book_text(reader, item, &example->text);
            example->length = item->length;
        } else if (done && strcmp(item->key, "question") == 0) {
            done = qc_book_text(reader, item, &example->question);
        } else if (done) {
            qcode_attribute *next = &list[example->attribute_count++];
            next->name = qc_arena_string(&reader->book->arena, item->key);
            done = next->name ? qc_book_text(reader, item, &next->value) : qc_book_no_memory(reader);
        }
    }
    return done && (example->text || qc_book_is_text(reader, node, "an example"));
}

static void add_examples(qc_book_reader *reader, const qc_yaml_node *node, bool match, qc_example *list, size_t *count)
{
    bool is_list = false;
    const qc_yaml_node *item = node ? qc_book_items(reader, node, "an example or a list of examples", &is_list) : NULL;
    for (; item && !reader->stopped; item = is_list ? item->next : NULL) {
        qc_example example = {.length = item->length, .line = item->line, .column = item->column, .match = match};
        bool done = item->kind == QC_YAML_MAP ? read_situation(reader, item, &example)
                                              : qc_book_is_text(reader, item, "an example") &&
                                                    qc_book_text(reader, item, &example.text);
        if (done)
            list[(*count)++] = example;
    }
}

static void read_examples(qc_book_reader *reader, const qc_yaml_node *node, qcode_code *code)
{
    static const qc_book_field fields[] = {
        {"match", qc_book_node, offsetof(examples_draft, match)},
        {"no_match", qc_book_node, offsetof(examples_draft, no_match)},
    };
    examples_draft draft = {0};
    if (!qc_book_map(reader, node, fields, sizeof fields / sizeof *fields, "\"examples\"", &draft))
        return;
    size_t most = item_count(draft.match) + item_count(draft.no_match);
    qc_example *list = qc_arena_take_array(&reader->book->arena, most, sizeof *list);
    if (!list) {
        qc_book_no_memory(reader);
        return;
    }
    code->examples = list;
    add_examples(reader, draft.match, true, list, &code->example_count);
    add_examples(reader, draft.no_match, false, list, &code->example_count);
}

/* What a code stands under: the code whose `codes` it is in, which `code` has already, or the one it names. */
static void read_place(qc_book_reader *reader, const code_draft *draft, qcode_code *code)
{
    if (draft->codes && (draft->codes->kind != QC_YAML_LIST || !draft->codes->count))
        qc_book_mistake(reader, draft->codes->line, draft->codes->column,
                        "expected a list of codes, each a map that begins with \"- id: \"");
    if (draft->parent && code->parent)
        qc_book_mistake(reader, draft->parent->key_line, draft->parent->key_column,
                        "\"parent\" in a code that stands in the \"codes\" of another");
    else if (draft->parent)
        qc_book_refer_to_parent(reader, draft->parent, code);
}

/* A code that says no threshold has the one of the book, which is read behind the codes. */
static void read_threshold(qc_book_reader *reader, const qc_yaml_node *node, qcode_code *code)
{
    code->threshold = -1;
    if (node && !reader->book->weighed)
        qc_book_mistake(reader, node->key_line, node->key_column,
                        "\"threshold\" in a codebook without \"evidence\": there a match codes its unit");
    else if (node)
        qc_book_number(reader, node, "threshold", 0, qc_numbers[QC_N_THRESHOLD].most, &code->threshold);
    if (reader->book->weighed && (code->unit != QCODE_UNIT_SENTENCE || code->scope != QCODE_SCOPE_RESPONDENT))
        qc_book_mistake(reader, code->line, code->column,
                        "where evidence is weighed, sentences of respondents are coded: expected \"unit: sentence\" and "
                        "\"scope: respondent\"");
}

static void read_code(qc_book_reader *reader, const qc_yaml_node *node, const qcode_code *defaults, qcode_code *code)
{
    code_draft draft = {.code = *defaults};
    draft.code.line = node->line;
    draft.code.column = node->column;
    if (!qc_book_map(reader, node, code_fields, sizeof code_fields / sizeof *code_fields, "a code", &draft))
        return;
    const char *id = NULL;
    if (!draft.id)
        qc_book_mistake(reader, node->line, node->column, "a code without \"id\"");
    else if (qc_book_is_text(reader, draft.id, "the id of a code"))
        id = qc_book_name(reader, draft.id, draft.id->text, draft.id->line, draft.id->column, "the id of a code");
    *code = draft.code;
    code->id = id ? id : "";
    if (!*code->name)
        code->name = code->id;
    if (draft.id) {
        code->line = draft.id->line;
        code->column = draft.id->column;
    }
    read_place(reader, &draft, code);
    read_threshold(reader, draft.threshold, code);
    qc_book_rules(reader, code, draft.rules, &draft.direct);
    if (draft.examples)
        read_examples(reader, draft.examples, code);
}

/* Sorts the codes by id, where the same ones stand side by side. */
static void index_codes(qc_book_reader *reader)
{
    qcode_codebook *book = reader->book;
    const qcode_code **sorted = qc_arena_take_array(&book->arena, book->count, sizeof *sorted);
    if (!sorted) {
        qc_book_no_memory(reader);
        return;
    }
    for (size_t i = 0; i < book->count; i++)
        sorted[i] = &book->codes[i];
    qsort(sorted, book->count, sizeof *sorted, qc_code_compare);
    for (size_t i = 1; i < book->count; i++)
        if (*sorted[i]->id && strcmp(sorted[i]->id, sorted[i - 1]->id) == 0)
            qc_book_mistake(reader, sorted[i]->line, sorted[i]->column, "the code \"%s\" is there already, on line %zu",
                            sorted[i]->id, sorted[i - 1]->line);
    book->by_id = sorted;
}

void qc_book_codes(qc_book_reader *reader, const qc_yaml_node *node, qcode_unit unit, qcode_scope scope)
{
    qcode_codebook *book = reader->book;
    if (node->kind != QC_YAML_LIST || !node->count) {
        qc_book_mistake(reader, node->line, node->column, "expected a list of codes, each a map that begins with \"- id: \"");
        return;
    }
    qc_code_walk walk = qc_code_walk_init(node);
    size_t count = 0, parent;
    while (qc_code_walk_next(&walk, &parent))
        count++;
    if (count > QC_BOOK_MOST_CODES) {
        qc_book_limit(reader, node, "%zu codes, more than the limit of %d", count, QC_BOOK_MOST_CODES);
        return;
    }
    qcode_code *codes = qc_arena_take_array(&book->arena, count, sizeof *codes);
    if (!codes) {
        qc_book_no_memory(reader);
        return;
    }
    book->codes = codes;
    qcode_code defaults = {.id = "", .name = "", .definition = "", .include = "", .exclude = "", .color = "", .note = "",
                           .unit = unit, .scope = scope, .book = book};
    walk = qc_code_walk_init(node);
    for (const qc_yaml_node *child; !reader->stopped && (child = qc_code_walk_next(&walk, &parent));) {
        defaults.index = book->count;
        defaults.parent = parent == SIZE_MAX ? NULL : &codes[parent];
        codes[book->count] = defaults;
        read_code(reader, child, &defaults, &codes[book->count++]);
    }
    if (!reader->stopped)
        index_codes(reader);
}

void qc_book_check_aspects(qc_book_reader *reader)
{
    for (size_t i = 0; i < reader->book->count; i++) {
        const qcode_code *code = &reader->book->codes[i];
        if (!code->aspect)
            continue;
        if (!reader->book->weighed || !code->parent || code->parent->aspect)
            qc_book_mistake(reader, code->line, code->column,
                            "an aspect stands under a code whose evidence is weighed, in a codebook with \"evidence\"");
        if (code->threshold >= 0)
            qc_book_mistake(reader, code->line, code->column, "an aspect has no \"threshold\": it comes with its parent");
        for (size_t k = 0; k < code->rule_count; k++) {
            const qcode_rule *rule = &code->rules[k];
            if (rule->asks || rule->weak || rule->echoes || rule->weight != QC_ONE)
                qc_book_mistake(reader, rule->line, rule->column,
                                "a rule of an aspect is not weighed: it has no \"question\", \"weight\", \"weak\" and "
                                "\"echo\"");
        }
    }
}
