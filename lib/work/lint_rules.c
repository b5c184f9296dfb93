/* Rules, and parts of rules, that can find nothing: what they ask for is taken back, or is never there. */
#include "base/error.h"
#include "work/lint.h"

#include <string.h>

enum { MOST_COMPARED = 500 }; /* rules of a code, and regexes of a list, with each other */

/* Terms and regexes, any of which a rule takes, and those that forbid them in the same place. */
typedef struct meeting {
    const qcode_rule *rule;
    qc_patterns terms, regexes;
    qc_patterns no_terms, no_regexes;
    const char *what; /* "the rule": that can find nothing when all of them are forbidden */
    const char *key;  /* under which the forbidding ones stand: "unless", "not" */
    size_t line, column;
} meeting;

static const qc_pattern *find_regex(qc_patterns list, const qc_pattern *wanted)
{
    for (size_t i = 0; i < list.count && i < MOST_COMPARED; i++)
        if (list.at[i].length == wanted->length && memcmp(list.at[i].text, wanted->text, wanted->length) == 0)
            return &list.at[i];
    return NULL;
}

/* The pattern of this number, and what forbids it wherever it is found: for a term one that stands in it, for a regex
 * the same; NULL when nothing does. */
static bool find_bar(qc_lint *lint, const meeting *m, size_t number, const qc_pattern **found, const qc_pattern **bar)
{
    if (number >= m->terms.count) {
        *found = &m->regexes.at[number - m->terms.count];
        *bar = find_regex(m->no_regexes, *found);
        return true;
    }
    const qc_seen_term *inside;
    bool done = qc_term_set_inside(lint, &lint->others, &lint->terms.at[number], true, &inside);
    *found = lint->terms.at[number].pattern;
    *bar = done && inside ? inside->pattern : NULL;
    return done;
}

static void warn_of(qc_lint *lint, const meeting *m, const qc_pattern *found, const qc_pattern *bar, bool all)
{
    int length = qc_lint_shown(found->text, found->length), bar_length = qc_lint_shown(bar->text, bar->length);
    if (all)
        qc_lint_warn(lint, m->line, m->column,
                     "%s can never match: \"%s\" takes back all it finds, as \"%.*s\" by \"%.*s\" on line %zu", m->what,
                     m->key, length, found->text, bar_length, bar->text, bar->line);
    else
        qc_lint_warn(lint, found->line, found->column, "\"%.*s\" never counts here: \"%s\" has \"%.*s\", on line %zu",
                     length, found->text, m->key, bar_length, bar->text, bar->line);
}

/* Warns of each pattern that is forbidden wherever it is found, or of all together. False when memory runs out. */
static bool look_at_meeting(qc_lint *lint, const meeting *m)
{
    size_t all = m->terms.count + m->regexes.count, barred = 0;
    const qc_pattern *found, *bar, *first = NULL, *first_bar = NULL;
    if (!all || !(m->no_terms.count + m->no_regexes.count))
        return true;
    qc_term_set_empty(&lint->terms);
    qc_term_set_empty(&lint->others);
    if (!qc_term_set_add(lint, &lint->terms, m->rule, m->terms) ||
        !qc_term_set_add(lint, &lint->others, m->rule, m->no_terms))
        return false;
    qc_term_set_sort(&lint->terms);
    qc_term_set_sort(&lint->others);
    for (size_t i = 0; i < all; i++) {
        if (!find_bar(lint, m, i, &found, &bar))
            return false;
        if (bar && !barred++)
            first = found, first_bar = bar;
    }
    if (barred && barred == all)
        warn_of(lint, m, first, first_bar, true);
    for (size_t i = 0; barred < all && i < all; i++) {
        if (!find_bar(lint, m, i, &found, &bar))
            return false;
        if (bar)
            warn_of(lint, m, found, bar, false);
    }
    return true;
}

static const qc_condition *window_of(const qcode_rule *rule, const qc_condition *node)
{
    while (!node->has_window)
        node = &rule->conditions[node->parent];
    return node;
}

static bool is_under_not(const qcode_rule *rule, const qc_condition *node)
{
    for (size_t at = node->parent; at != SIZE_MAX; at = rule->conditions[at].parent)
        if (rule->conditions[at].kind == QC_NOT)
            return true;
    return false;
}

/* `unless` looks at the sentence of a match: what is in the match is there. The matches of `all` in a turn may stand in
 * several sentences. */
static bool look_at_unless(qc_lint *lint, const qcode_rule *rule)
{
    meeting m = {.rule = rule, .terms = rule->terms, .regexes = rule->regexes, .no_terms = rule->unless_terms,
                 .no_regexes = rule->unless_regexes, .what = "the rule", .key = "unless", .line = rule->line,
                 .column = rule->column};
    bool done = look_at_meeting(lint, &m);
    for (size_t i = 0; done && i < rule->condition_count; i++) {
        const qc_condition *node = &rule->conditions[i], *window = window_of(rule, node);
        bool in_match = window->kind == QC_NEAR && !node->ghost;
        if (node->kind != QC_WORDS || is_under_not(rule, node) ||
            (!in_match && window->within.reach != QC_WITHIN_SENTENCE))
            continue;
        m.terms = node->terms;
        m.regexes = node->regexes;
        m.what = "what stands here";
        m.line = node->line;
        m.column = node->column;
        done = look_at_meeting(lint, &m);
    }
    m.terms = rule->ghost_terms;
    m.regexes = rule->ghost_regexes;
    m.what = "the rule's ghost";
    m.line = rule->line;
    m.column = rule->column;
    return done && look_at_meeting(lint, &m);
}

/* An item of `all` or `any` beside a `not` that has the same words. */
static bool look_at_not(qc_lint *lint, const qcode_rule *rule, const qc_condition *node)
{
    size_t group = node->parent;
    if (group != SIZE_MAX && rule->conditions[group].kind == QC_ANY)
        group = rule->conditions[group].parent;
    bool done = true;
    for (size_t i = 0; done && group != SIZE_MAX && i < rule->condition_count; i++) {
        const qc_condition *no = &rule->conditions[i];
        size_t parent = no->parent;
        if (no->kind != QC_WORDS || parent == SIZE_MAX || rule->conditions[parent].kind != QC_NOT ||
            rule->conditions[parent].parent != group)
            continue;
        const meeting m = {.rule = rule, .terms = node->terms, .regexes = node->regexes, .no_terms = no->terms,
                           .no_regexes = no->regexes, .what = "what stands here", .key = "not", .line = node->line,
                           .column = node->column};
        done = look_at_meeting(lint, &m);
    }
    return done;
}

static bool has_value(const qc_where *where, const char *value)
{
    for (size_t i = 0; i < where->value_count; i++)
        if (strcmp(where->values[i], value) == 0)
            return true;
    return false;
}

/* `where` and `scope` hold together. */
static void look_at_where(qc_lint *lint, const qcode_rule *rule)
{
    qcode_scope scope = rule->code->scope;
    const char *wanted = scope == QCODE_SCOPE_RESPONDENT ? "respondent" : "interviewer";
    for (size_t i = 0; i < rule->where_count && scope != QCODE_SCOPE_ALL; i++)
        if (!rule->wheres[i].attribute && !has_value(&rule->wheres[i], wanted))
            qc_lint_warn(lint, rule->line, rule->column,
                         "the rule can match in no interview: \"where\" asks for the role %s, and the scope is %s",
                         rule->wheres[i].values[0], qc_scope_name(scope));
    if (scope == QCODE_SCOPE_INTERVIEWER && (rule->question_terms.count || rule->question_regexes.count))
        qc_lint_warn(lint, rule->line, rule->column,
                     "the rule can never match: \"where\" asks for the question that a turn answers, and the scope is "
                     "interviewer");
}

/* Another code that never has a match where this rule looks. */
static void look_at_reference(qc_lint *lint, const qcode_rule *rule, const qcode_code *other)
{
    qcode_scope a = rule->code->scope, b = other->scope;
    if (!other->rule_count)
        qc_lint_warn(lint, rule->line, rule->column,
                     "the code \"%s\", to which the rule refers, has no rules of its own and so no matches", other->id);
    else if (a != b && a != QCODE_SCOPE_ALL && b != QCODE_SCOPE_ALL)
        qc_lint_warn(lint, rule->line, rule->column,
                     "the code \"%s\", to which the rule refers, looks at what the %s says, and this one never does",
                     other->id, qc_scope_name(b));
}

static bool same_patterns(qc_patterns a, qc_patterns b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++)
        same = a.at[i].length == b.at[i].length && memcmp(a.at[i].text, b.at[i].text, a.at[i].length) == 0;
    return same;
}

static bool same_node(const qc_condition *a, const qc_condition *b)
{
    return a->kind == b->kind && a->parent == b->parent && a->has_window == b->has_window &&
           a->within.reach == b->within.reach && a->within.words == b->within.words && a->ordered == b->ordered &&
           a->ghost == b->ghost && a->code == b->code && same_patterns(a->terms, b->terms) &&
           same_patterns(a->regexes, b->regexes);
}

/* Whether two rules ask for the same condition; what stands around it may differ. */
static bool same_condition(const qcode_rule *a, const qcode_rule *b)
{
    bool same = a->condition_count && a->condition_count == b->condition_count && a->case_exact == b->case_exact &&
                a->where_count == b->where_count && a->beside_count == b->beside_count && !a->where_count &&
                !a->beside_count && same_patterns(a->unless_terms, b->unless_terms) &&
                same_patterns(a->unless_regexes, b->unless_regexes) && same_patterns(a->ghost_terms, b->ghost_terms) &&
                same_patterns(a->ghost_regexes, b->ghost_regexes);
    for (size_t i = 0; same && i < a->condition_count; i++)
        same = same_node(&a->conditions[i], &b->conditions[i]);
    return same;
}

static void look_for_doubles(qc_lint *lint, const qcode_code *code)
{
    for (size_t i = 1; i < code->rule_count; i++)
        for (size_t k = i > MOST_COMPARED ? i - MOST_COMPARED : 0; k < i; k++)
            if (same_condition(&code->rules[i], &code->rules[k])) {
                qc_lint_warn(lint, code->rules[i].line, code->rules[i].column, "the rule is the same as %s on line %zu",
                             code->rules[k].id, code->rules[k].line);
                break;
            }
}

static bool look_at_rule(qc_lint *lint, const qcode_rule *rule)
{
    bool done = look_at_unless(lint, rule);
    look_at_where(lint, rule);
    if (lint->book->weighed && !rule->weight)
        qc_lint_warn(lint, rule->line, rule->column, "the rule weighs nothing: what it finds changes no score");
    for (size_t i = 0; i < rule->beside_count; i++)
        look_at_reference(lint, rule, rule->besides[i].code);
    for (size_t i = 0; done && i < rule->condition_count; i++) {
        const qc_condition *node = &rule->conditions[i];
        if (node->kind == QC_OTHER_CODE)
            look_at_reference(lint, rule, node->code);
        done = node->kind != QC_WORDS || is_under_not(rule, node) || look_at_not(lint, rule, node);
    }
    return done;
}

bool qc_lint_rules(qc_lint *lint, const qcode_code *code)
{
    bool done = true;
    for (size_t i = 0; done && i < code->rule_count; i++)
        done = look_at_rule(lint, &code->rules[i]);
    look_for_doubles(lint, code);
    return done;
}
