/* The rules of a code: terms, regexes, and what takes their matches back. */
#include "read/codebook/codebook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* A rule has one kind of evidence: words, or a condition of one of these kinds. */
static void check_kinds(qc_book_reader *reader, const qc_rule_draft *draft, const qcode_rule *rule)
{
    const qc_yaml_node *group = draft->all ? draft->all : draft->any ? draft->any : draft->none;
    const qc_yaml_node *const kinds[] = {draft->terms ? draft->terms : draft->regex, draft->near, group, draft->code};
    const qc_yaml_node *first = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (first && kinds[i])
            qc_book_mistake(reader, kinds[i]->key_line, kinds[i]->key_column,
                            "\"%s\" beside \"%s\" in one rule: make it a rule of its own, or an item of \"all\" or \"any\"",
                            kinds[i]->key, first->key);
        first = first ? first : kinds[i];
    }
    if (!first)
        qc_book_mistake(reader, rule->line, rule->column,
                        "a rule without \"terms\", \"regex\", \"near\", \"all\", \"any\" or \"code\"");
    if (draft->within && !draft->near && !group)
        qc_book_mistake(reader, draft->within->key_line, draft->within->key_column,
                        "\"within\" without \"near\", \"all\" or \"any\"");
    if (draft->ordered && !draft->near)
        qc_book_mistake(reader, draft->ordered->key_line, draft->ordered->key_column, "\"ordered\" without \"near\"");
}

static void read_rule(qc_book_reader *reader, const qc_rule_draft *draft, const qc_words *of_code, qcode_rule *rule)
{
    rule->weight = QC_ONE;
    qc_book_weight(reader, draft, rule);
    if (draft->question) {
        qc_book_question(reader, draft, rule);
        return;
    }
    check_kinds(reader, draft, rule);
    if (draft->terms)
        qc_book_gather_terms(reader, draft->terms);
    rule->terms = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    if (draft->regex)
        qc_book_gather_regexes(reader, draft->regex);
    rule->regexes = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    qc_words own = qc_book_words(reader, draft->unless, "unless");
    rule->unless_terms = join(reader, own.terms, of_code->terms);
    rule->unless_regexes = join(reader, own.regexes, of_code->regexes);
    rule->note = draft->note ? draft->note : "";
    if (draft->letters)
        qc_book_case(reader, draft->letters, &rule->case_exact);
    if (!draft->terms && !draft->regex)
        qc_book_condition(reader, draft, rule);
    qc_book_surroundings(reader, draft, rule);
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

static void read_rules(qc_book_reader *reader, qcode_code *code, const qc_yaml_node *list, const qc_words *of_code)
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
        {"near", qc_book_node, offsetof(qc_rule_draft, near)},
        {"ordered", qc_book_node, offsetof(qc_rule_draft, ordered)},
        {"all", qc_book_node, offsetof(qc_rule_draft, all)},
        {"any", qc_book_node, offsetof(qc_rule_draft, any)},
        {"not", qc_book_node, offsetof(qc_rule_draft, none)},
        {"within", qc_book_node, offsetof(qc_rule_draft, within)},
        {"code", qc_book_node, offsetof(qc_rule_draft, code)},
        {"ghost", qc_book_node, offsetof(qc_rule_draft, ghost)},
        {"after", qc_book_node, offsetof(qc_rule_draft, after)},
        {"before", qc_book_node, offsetof(qc_rule_draft, before)},
        {"where", qc_book_node, offsetof(qc_rule_draft, where)},
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

/* The first key that belongs in a rule, `unless` aside; NULL: none. */
static const qc_yaml_node *first_of(const qc_rule_draft *direct)
{
    const qc_yaml_node *const keys[] = {direct->terms,  direct->regex, direct->near,    direct->all,  direct->any,
                                        direct->none,   direct->code,  direct->letters, direct->within,
                                        direct->ordered, direct->ghost, direct->after,  direct->before, direct->where,
                                        direct->question, direct->weight, direct->weak, direct->echo};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i])
            return keys[i];
    return NULL;
}

static void read_direct(qc_book_reader *reader, qcode_code *code, const qc_rule_draft *direct)
{
    static const qc_words none = {{0}, {0}};
    const qc_yaml_node *at = first_of(direct);
    at = at ? at : direct->unless;
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
    const qc_yaml_node *both = first_of(direct);
    if (both)
        qc_book_mistake(reader, both->key_line, both->key_column,
                        "\"%s\" beside \"rules\": make it a rule of its own, or give up \"rules\"", both->key);
    if (rules->kind != QC_YAML_LIST || !rules->count) {
        qc_book_mistake(reader, rules->line, rules->column, "expected a list of rules, each a map with \"terms\" or \"regex\"");
        return;
    }
    qc_words of_code = qc_book_words(reader, direct->unless, "unless");
    read_rules(reader, code, rules, &of_code);
}

void qc_book_cue(qc_book_reader *reader, qcode_code *cue, const qc_yaml_node *node)
{
    static const qc_words none = {{0}, {0}};
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
    qc_words words = qc_book_words(reader, node, node->key);
    rule->terms = words.terms;
    rule->regexes = words.regexes;
}
