/* The rules of a code: terms, regexes, and what takes their matches back. */
#include "read/codebook/codebook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What `unless` of a rule and of its code say. */
typedef struct veto {
    qc_patterns terms, regexes;
} veto;

static void gather_veto_regex(qc_book_reader *reader, const qc_yaml_node *item)
{
    static const qc_book_field fields[] = {{"regex", qc_book_node, 0}};
    const qc_yaml_node *regex = NULL;
    if (!qc_book_map(reader, item, fields, 1, "an item of \"unless\"", &regex))
        return;
    if (regex)
        qc_book_gather_regexes(reader, regex);
    else if (!item->count)
        qc_book_mistake(reader, item->line, item->column, "found an empty map where a term or {regex: ...} is expected");
}

static veto read_veto(qc_book_reader *reader, const qc_yaml_node *node)
{
    veto made = {{0}, {0}};
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
            gather_veto_regex(reader, item);
    made.regexes = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    return made;
}

static qc_patterns join(qc_book_reader *reader, qc_patterns a, qc_patterns b)
{
    if (!a.count || !b.count)
        return a.count ? a : b;
    qc_pattern *both = qc_arena_take_array(&reader->book->arena, a.count + b.count, sizeof *both);
    if (!both) {
        qc_book_no_memory(reader);
        return a;
    }
    memcpy(both, a.at, a.count * sizeof *both);
    memcpy(both + a.count, b.at, b.count * sizeof *both);
    return (qc_patterns){both, a.count + b.count};
}

/* "code/rule"; without an id of its own a rule has its number in the code. */
static const char *make_id(qc_book_reader *reader, const qcode_code *code, const qc_yaml_node *node, size_t number)
{
    char digits[24];
    const char *own = digits;
    snprintf(digits, sizeof digits, "%zu", number);
    if (node && qc_book_is_text(reader, node, "the id of a rule"))
        own = qc_book_name(reader, node, node->text, node->line, node->column, "the id of a rule");
    size_t head = strlen(code->id), tail = own ? strlen(own) : 0;
    char *id = qc_arena_take(&reader->book->arena, head + tail + 2);
    if (!id) {
        qc_book_no_memory(reader);
        return code->id;
    }
    memcpy(id, code->id, head);
    id[head] = '/';
    memcpy(id + head + 1, own ? own : "", tail + 1);
    return id;
}

/* What is there only where evidence is weighed. */
static void read_weight(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule)
{
    const qc_yaml_node *const keys[] = {draft->question, draft->weight, draft->weak, draft->echo};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !reader->book->weighed; i++)
        if (keys[i])
            qc_book_mistake(reader, keys[i]->key_line, keys[i]->key_column,
                            "\"%s\" in a codebook without \"evidence\": there a match codes its unit", keys[i]->key);
    if (draft->weight)
        qc_book_number(reader, draft->weight, "weight", 0, 10 * QC_ONE, &rule->weight);
    if (draft->weak)
        qc_book_yes(reader, draft->weak, &rule->weak);
    if (draft->echo)
        qc_book_yes(reader, draft->echo, &rule->echoes);
    if (rule->weak && rule->echoes)
        qc_book_mistake(reader, draft->echo->key_line, draft->echo->key_column, "a rule that is both \"weak\" and \"echo\"");
}

/* A rule about the question has nothing beside it: what the answer says is for another rule. */
static void read_question(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule)
{
    const qc_yaml_node *const keys[] = {draft->terms, draft->regex, draft->unless, draft->weak, draft->echo};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i])
            qc_book_mistake(reader, keys[i]->key_line, keys[i]->key_column,
                            "\"%s\" beside \"question\": make it a rule of its own", keys[i]->key);
    veto asked = read_veto(reader, draft->question);
    rule->asks = true;
    rule->terms = asked.terms;
    rule->regexes = asked.regexes;
    rule->note = draft->note ? draft->note : "";
    if (draft->letters)
        qc_book_case(reader, draft->letters, &rule->case_exact);
}

static void read_rule(qc_book_reader *reader, const qc_rule_draft *draft, const veto *of_code, qcode_rule *rule)
{
    rule->weight = QC_ONE;
    if (!draft->terms && !draft->regex && !draft->question)
        qc_book_mistake(reader, rule->line, rule->column, "a rule without \"terms\" or \"regex\"");
    read_weight(reader, draft, rule);
    if (draft->question) {
        read_question(reader, draft, rule);
        return;
    }
    if (draft->terms)
        qc_book_gather_terms(reader, draft->terms);
    rule->terms = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    if (draft->regex)
        qc_book_gather_regexes(reader, draft->regex);
    rule->regexes = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    veto own = read_veto(reader, draft->unless);
    rule->unless_terms = join(reader, own.terms, of_code->terms);
    rule->unless_regexes = join(reader, own.regexes, of_code->regexes);
    rule->note = draft->note ? draft->note : "";
    if (draft->letters)
        qc_book_case(reader, draft->letters, &rule->case_exact);
}

static qcode_rule *new_rules(qc_book_reader *reader, qcode_code *code, size_t count)
{
    qcode_rule *rules = qc_arena_take_array(&reader->book->arena, count, sizeof *rules);
    if (!rules) {
        qc_book_no_memory(reader);
        return NULL;
    }
    code->rules = rules;
    code->rule_count = count;
    for (size_t i = 0; i < count; i++) {
        rules[i].code = code;
        rules[i].index = reader->book->rule_count++;
    }
    return rules;
}

static int compare_rules(const void *a, const void *b)
{
    const qcode_rule *x = *(const qcode_rule *const *)a, *y = *(const qcode_rule *const *)b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void check_ids(qc_book_reader *reader, const qcode_code *code)
{
    size_t bytes, count = code->rule_count;
    if (count < 2 || reader->stopped)
        return;
    const qcode_rule **sorted = qc_multiply(count, sizeof *sorted, &bytes) ? qc_resize(reader->memory, NULL, bytes) : NULL;
    if (!sorted) {
        qc_book_no_memory(reader);
        return;
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = &code->rules[i];
    qsort(sorted, count, sizeof *sorted, compare_rules);
    for (size_t i = 1; i < count; i++)
        if (strcmp(sorted[i]->id, sorted[i - 1]->id) == 0)
            qc_book_mistake(reader, sorted[i]->line, sorted[i]->column, "the rule \"%s\" is there already, on line %zu",
                            sorted[i]->id, sorted[i - 1]->line);
    qc_release(reader->memory, sorted);
}

static void read_rules(qc_book_reader *reader, qcode_code *code, const qc_yaml_node *list, const veto *of_code)
{
    static const qc_book_field fields[] = {
        {"id", qc_book_node, offsetof(qc_rule_draft, id)},
        {"terms", qc_book_node, offsetof(qc_rule_draft, terms)},
        {"regex", qc_book_node, offsetof(qc_rule_draft, regex)},
        {"unless", qc_book_node, offsetof(qc_rule_draft, unless)},
        {"case", qc_book_node, offsetof(qc_rule_draft, letters)},
        {"question", qc_book_node, offsetof(qc_rule_draft, question)},
        {"weight", qc_book_node, offsetof(qc_rule_draft, weight)},
        {"weak", qc_book_node, offsetof(qc_rule_draft, weak)},
        {"echo", qc_book_node, offsetof(qc_rule_draft, echo)},
        {"note", qc_book_text, offsetof(qc_rule_draft, note)},
    };
    qcode_rule *rule = new_rules(reader, code, list->count);
    size_t number = 1;
    for (const qc_yaml_node *node = list->first; node && !reader->stopped; node = node->next, rule++, number++) {
        qc_rule_draft draft = {0};
        bool is_map = qc_book_map(reader, node, fields, sizeof fields / sizeof *fields, "a rule", &draft);
        rule->line = draft.id ? draft.id->line : node->line;
        rule->column = draft.id ? draft.id->column : node->column;
        rule->id = make_id(reader, code, draft.id, number);
        if (is_map)
            read_rule(reader, &draft, of_code, rule);
    }
    check_ids(reader, code);
}

static void read_direct(qc_book_reader *reader, qcode_code *code, const qc_rule_draft *direct)
{
    static const veto none = {{0}, {0}};
    const qc_yaml_node *at = direct->terms    ? direct->terms
                             : direct->regex  ? direct->regex
                             : direct->unless ? direct->unless
                                              : direct->letters;
    qcode_rule *rule = at ? new_rules(reader, code, 1) : NULL;
    if (!rule)
        return; /* a code without rules is coded by hand */
    rule->line = at->key_line;
    rule->column = at->key_column;
    rule->id = make_id(reader, code, NULL, 1);
    read_rule(reader, direct, &none, rule);
}

void qc_book_rules(qc_book_reader *reader, qcode_code *code, const qc_yaml_node *rules, const qc_rule_draft *direct)
{
    if (!rules) {
        read_direct(reader, code, direct);
        return;
    }
    const qc_yaml_node *const both[] = {direct->terms, direct->regex, direct->letters};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        if (both[i])
            qc_book_mistake(reader, both[i]->key_line, both[i]->key_column,
                            "\"%s\" beside \"rules\": make it a rule of its own, or give up \"rules\"", both[i]->key);
    if (rules->kind != QC_YAML_LIST || !rules->count) {
        qc_book_mistake(reader, rules->line, rules->column, "expected a list of rules, each a map with \"terms\" or \"regex\"");
        return;
    }
    veto of_code = read_veto(reader, direct->unless);
    read_rules(reader, code, rules, &of_code);
}

void qc_book_cue(qc_book_reader *reader, qcode_code *cue, const qc_yaml_node *node)
{
    static const veto none = {{0}, {0}};
    if (node->kind == QC_YAML_LIST && node->first && node->first->kind == QC_YAML_MAP) {
        read_rules(reader, cue, node, &none);
        return;
    }
    qcode_rule *rule = new_rules(reader, cue, 1);
    if (!rule)
        return;
    rule->line = node->key_line;
    rule->column = node->key_column;
    rule->id = make_id(reader, cue, NULL, 1);
    rule->note = "";
    rule->weight = QC_ONE;
    veto words = read_veto(reader, node);
    rule->terms = words.terms;
    rule->regexes = words.regexes;
}
