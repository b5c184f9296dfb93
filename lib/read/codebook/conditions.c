/* Conditions of a rule: `near`, `all`, `any`, `not` and `code`, in each other. */
#include "base/utf8.h"
#include "read/codebook/codebook.h"

#include <stdlib.h>
#include <string.h>

static void gather_regex_of(qc_book_reader *reader, const qc_yaml_node *item, const char *what)
{
    static const qc_book_field fields[] = {{"regex", qc_book_node, 0}};
    char name[40] = "an item of \"";
    strncat(name, what, 20);
    strcat(name, "\"");
    const qc_yaml_node *regex = NULL;
    if (!qc_book_map(reader, item, fields, 1, name, &regex))
        return;
    if (regex)
        qc_book_gather_regexes(reader, regex);
    else if (!item->count)
        qc_book_mistake(reader, item->line, item->column,
                        "found an empty map where a term or {regex: ...} is expected");
}

qc_words qc_book_words(qc_book_reader *reader, const qc_yaml_node *node, const char *what)
{
    qc_words made = {{0}, {0}};
    if (!node)
        return made;
    bool list;
    const qc_yaml_node *first = qc_book_items(reader, node, "a term, a list of terms or {regex: ...}", &list);
    for (const qc_yaml_node *item = first; item; item = list ? item->next : NULL)
        if (item->kind != QC_YAML_MAP)
            qc_book_gather_term(reader, item);
    made.terms = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    for (const qc_yaml_node *item = first; item; item = list ? item->next : NULL)
        if (item->kind == QC_YAML_MAP)
            gather_regex_of(reader, item, what);
    made.regexes = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    return made;
}

bool qc_book_within(qc_book_reader *reader, const qc_yaml_node *node, qc_within *within)
{
    static const char expected[] = "sentence, turn or a number of words such as \"8 words\"";
    if (!qc_book_is_text(reader, node, expected))
        return false;
    *within = (qc_within){QC_WITHIN_SENTENCE, 0};
    if (strcmp(node->text, "sentence") == 0)
        return true;
    within->reach = strcmp(node->text, "turn") == 0 ? QC_WITHIN_TURN : QC_WITHIN_WORDS;
    if (within->reach == QC_WITHIN_TURN)
        return true;
    size_t digits = strspn(node->text, "0123456789");
    const char *unit = node->text + digits;
    if (!digits || (strcmp(unit, " words") != 0 && strcmp(unit, " word") != 0))
        return qc_book_mistake(reader, node->line, node->column, "found \"%.*s\" where %s is expected",
                               qc_utf8_cut(node->text, 60), node->text, expected);
    within->words = digits > 9 ? SIZE_MAX : strtoul(node->text, NULL, 10);
    return within->words <= QC_BOOK_MOST_WITHIN ||
           qc_book_mistake(reader, node->line, node->column, "within more than the limit of %d words",
                           QC_BOOK_MOST_WITHIN);
}

/* Part of a condition that is yet to be read. */
typedef struct task {
    const qc_yaml_node *node;
    size_t parent; /* among the nodes so far */
    size_t depth;
    bool is_not; /* the value of `not`: none of its items */
    bool is_any; /* ... of `any`, or a list of alternatives */
} task;

/* A condition being read: parents stand before their children here. */
typedef struct condition_draft {
    qc_book_reader *reader;
    const qcode_rule *rule;
    qc_condition *nodes;
    const qc_yaml_node **codes; /* for each node the name of the code it refers to */
    size_t count, room, code_room;
    task *tasks;
    size_t task_count, task_room;
} condition_draft;

static bool add_node(condition_draft *d, const qc_condition *node, const qc_yaml_node *code)
{
    if (d->count == QC_MOST_CONDITIONS)
        return qc_book_mistake(d->reader, node->line, node->column, "more than the limit of %d parts of one rule",
                               QC_MOST_CONDITIONS);
    if (!qc_grow(d->reader->memory, &d->nodes, &d->room, d->count + 1, sizeof *d->nodes) ||
        !qc_grow(d->reader->memory, &d->codes, &d->code_room, d->count + 1, sizeof *d->codes))
        return qc_book_no_memory(d->reader);
    d->codes[d->count] = code;
    d->nodes[d->count++] = *node;
    return true;
}

static bool add_task(condition_draft *d, task t)
{
    if (t.depth > QC_MOST_DEPTH)
        return qc_book_mistake(d->reader, t.node->line, t.node->column,
                               "conditions in each other over more than the limit of %d levels", QC_MOST_DEPTH);
    if (!qc_grow(d->reader->memory, &d->tasks, &d->task_room, d->task_count + 1, sizeof *d->tasks))
        return qc_book_no_memory(d->reader);
    d->tasks[d->task_count++] = t;
    return true;
}

/* The items of a list, or the one that stands for a list, as children of a node. */
static void add_items(condition_draft *d, const qc_yaml_node *node, size_t parent, size_t depth, const char *expected)
{
    bool list;
    const qc_yaml_node *item = qc_book_items(d->reader, node, expected, &list);
    for (; item && !d->reader->stopped; item = list ? item->next : NULL)
        if (!add_task(d, (task){.node = item, .parent = parent, .depth = depth}))
            return;
}

static bool is_regex(const qc_yaml_node *node)
{
    return node->kind == QC_YAML_MAP && node->count == 1 && strcmp(node->first->key, "regex") == 0;
}

/* A term, or a list of nothing but terms and regexes. */
static bool is_words(const qc_yaml_node *node)
{
    if (node->kind != QC_YAML_LIST)
        return node->kind == QC_YAML_SCALAR || is_regex(node);
    for (const qc_yaml_node *item = node->first; item; item = item->next)
        if (item->kind != QC_YAML_SCALAR && !is_regex(item))
            return false;
    return true;
}

static void add_words(condition_draft *d, const task *t, const qc_yaml_node *node, bool ghost)
{
    qc_words words = qc_book_words(d->reader, node, ghost ? "ghost" : "near");
    qc_condition made = {.kind = QC_WORDS,
                         .parent = t->parent,
                         .ghost = ghost,
                         .terms = words.terms,
                         .regexes = words.regexes,
                         .line = t->node->line,
                         .column = t->node->column};
    add_node(d, &made, NULL);
}

static void read_ordered(qc_book_reader *reader, const qc_yaml_node *node, bool *ordered)
{
    if (!qc_book_is_text(reader, node, "yes or no"))
        return;
    *ordered = strcmp(node->text, "yes") == 0;
    if (!*ordered && strcmp(node->text, "no") != 0)
        qc_book_mistake(reader, node->line, node->column, "found \"%.*s\" where yes or no is expected",
                        qc_utf8_cut(node->text, 60), node->text);
}

static void add_near(condition_draft *d, const task *t, const qc_rule_draft *draft)
{
    const qc_yaml_node *list = draft->near;
    qc_condition made = {
        .kind = QC_NEAR, .parent = t->parent, .has_window = true, .line = list->line, .column = list->column};
    if (draft->within)
        qc_book_within(d->reader, draft->within, &made.within);
    if (draft->ordered)
        read_ordered(d->reader, draft->ordered, &made.ordered);
    if (list->kind != QC_YAML_LIST || list->count < 2 || list->count > QC_MOST_NEAR)
        qc_book_mistake(
            d->reader, list->line, list->column,
            "expected a list of 2 to %d items under \"near\", each a term, a $list, a list of terms or a map",
            QC_MOST_NEAR);
    else if (add_node(d, &made, NULL))
        add_items(d, list, d->count - 1, t->depth + 1, "an item of \"near\"");
}

/* `all`, `any` and `not` of one map: all of them have to hold. */
static void add_group(condition_draft *d, const task *t, const qc_rule_draft *draft)
{
    qc_condition made = {.kind = QC_ALL,
                         .parent = t->parent,
                         .has_window = t->parent == SIZE_MAX || draft->within,
                         .line = t->node->line,
                         .column = t->node->column};
    if (draft->within)
        qc_book_within(d->reader, draft->within, &made.within);
    if (!add_node(d, &made, NULL))
        return;
    size_t group = d->count - 1;
    if (draft->all)
        add_items(d, draft->all, group, t->depth + 1, "an item of \"all\"");
    if (draft->any && !d->reader->stopped)
        add_task(d, (task){.node = draft->any, .parent = group, .depth = t->depth + 1, .is_any = true});
    if (draft->none && !d->reader->stopped)
        add_task(d, (task){.node = draft->none, .parent = group, .depth = t->depth + 1, .is_not = true});
}

/* What a map asks for: the rule itself, or an item with one kind of keys. */
static void add_kind(condition_draft *d, const task *t, const qc_rule_draft *draft)
{
    if (draft->near)
        add_near(d, t, draft);
    else if (draft->all || draft->any || draft->none)
        add_group(d, t, draft);
    else if (draft->code)
        add_node(d,
                 &(qc_condition){
                     .kind = QC_OTHER_CODE, .parent = t->parent, .line = draft->code->line, .column = draft->code->column},
                 draft->code);
}

static void read_item(condition_draft *d, const task *t)
{
    static const qc_book_field fields[] = {
        {"near", qc_book_node, offsetof(qc_rule_draft, near)},
        {"all", qc_book_node, offsetof(qc_rule_draft, all)},
        {"any", qc_book_node, offsetof(qc_rule_draft, any)},
        {"not", qc_book_node, offsetof(qc_rule_draft, none)},
        {"within", qc_book_node, offsetof(qc_rule_draft, within)},
        {"ordered", qc_book_node, offsetof(qc_rule_draft, ordered)},
        {"regex", qc_book_node, offsetof(qc_rule_draft, regex)},
        {"terms", qc_book_node, offsetof(qc_rule_draft, terms)},
        {"ghost", qc_book_node, offsetof(qc_rule_draft, ghost)},
        {"code", qc_book_node, offsetof(qc_rule_draft, code)},
    };
    qc_rule_draft draft = {0};
    if (!qc_book_map(d->reader, t->node, fields, sizeof fields / sizeof *fields, "a part of a rule", &draft))
        return;
    bool group = draft.all || draft.any || draft.none;
    int kinds = !!draft.near + group + !!draft.regex + !!draft.terms + !!draft.ghost + !!draft.code;
    bool in_near = d->nodes[t->parent].kind == QC_NEAR;
    if (kinds != 1 || (draft.within && !draft.near && !group) || (draft.ordered && !draft.near))
        qc_book_mistake(
            d->reader, t->node->line, t->node->column,
            "expected one of \"terms\", \"regex\", \"near\", \"all\", \"any\", \"not\", \"code\" and \"ghost\" in this map, "
            "\"within\" beside the groups alone");
    else if (in_near && (draft.near || group))
        qc_book_mistake(d->reader, t->node->line, t->node->column,
                        "an item of \"near\" is made of terms, regexes, \"code\" or \"ghost\"");
    else if (draft.ghost)
        add_words(d, t, draft.ghost, true);
    else if (draft.terms)
        add_words(d, t, draft.terms, false);
    else
        add_kind(d, t, &draft);
}

static void read_task(condition_draft *d, const task *t)
{
    if (t->is_not || t->is_any) {
        qc_condition made = {
            .kind = t->is_not ? QC_NOT : QC_ANY, .parent = t->parent, .line = t->node->line, .column = t->node->column};
        if (add_node(d, &made, NULL))
            add_items(d, t->node, d->count - 1, t->depth + 1, t->is_not ? "an item of \"not\"" : "an item of \"any\"");
    } else if (is_words(t->node)) {
        add_words(d, t, t->node, false);
    } else if (t->node->kind == QC_YAML_MAP) {
        read_item(d, t);
    } else if (d->nodes[t->parent].kind == QC_NEAR) {
        qc_book_mistake(d->reader, t->node->line, t->node->column,
                        "a list in \"near\" holds terms, $lists and {regex: ...} alone");
    } else { /* a list of alternatives */
        add_task(d, (task){.node = t->node, .parent = t->parent, .depth = t->depth, .is_any = true});
    }
}

/* Whether a leaf below a node can give it matches. */
static bool can_match(const condition_draft *d, size_t node)
{
    for (size_t i = node + 1; i < d->count; i++) {
        const qc_condition *leaf = &d->nodes[i];
        if (leaf->ghost || !(leaf->kind == QC_WORDS || leaf->kind == QC_OTHER_CODE || leaf->has_window))
            continue;
        size_t at = leaf->parent;
        while (at != node && at != SIZE_MAX && d->nodes[at].kind != QC_NOT && !d->nodes[at].has_window)
            at = d->nodes[at].parent;
        if (at == node)
            return true;
    }
    return false;
}

static void check_matches(const condition_draft *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->nodes[i].has_window && !can_match(d, i))
            qc_book_mistake(d->reader, d->nodes[i].line, d->nodes[i].column,
                            "this can never match: there is nothing in it but \"not\" and ghosts");
}

/* Turns the nodes over, so that children stand before their parents, and into the book. */
static void keep_nodes(const condition_draft *d, qcode_rule *rule)
{
    qc_condition *nodes = qc_arena_take_array(&d->reader->book->arena, d->count, sizeof *nodes);
    if (!nodes) {
        qc_book_no_memory(d->reader);
        return;
    }
    for (size_t i = 0; i < d->count; i++) {
        qc_condition *node = &nodes[d->count - 1 - i];
        *node = d->nodes[i];
        node->parent = node->parent == SIZE_MAX ? SIZE_MAX : d->count - 1 - node->parent;
        if (d->codes[i] && !qc_book_refer(d->reader, rule->code, d->codes[i], &node->code))
            return;
    }
    rule->conditions = nodes;
    rule->condition_count = d->count;
}

void qc_book_condition(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule)
{
    const qc_yaml_node *at = draft->near  ? draft->near
                             : draft->all ? draft->all
                             : draft->any ? draft->any
                                          : draft->none;
    at = at ? at : draft->code;
    if (!at)
        return;
    size_t mistakes = reader->mistake_count;
    condition_draft d = {.reader = reader, .rule = rule};
    add_kind(&d, &(task){.node = at, .parent = SIZE_MAX}, draft);
    while (d.task_count && !reader->stopped && reader->mistake_count < QC_BOOK_MOST_MISTAKES) {
        task next = d.tasks[--d.task_count];
        read_task(&d, &next);
    }
    if (!reader->stopped && reader->mistake_count == mistakes)
        check_matches(&d);
    if (!reader->stopped && reader->mistake_count == mistakes)
        keep_nodes(&d, rule);
    qc_release(reader->memory, d.nodes);
    qc_release(reader->memory, d.codes);
    qc_release(reader->memory, d.tasks);
}
