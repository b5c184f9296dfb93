/* Terms that are there twice, or that find nothing that another one beside them would not find. */
#include "base/error.h"
#include "work/lint.h"

#include <stdlib.h>

/* A term that another one makes needless. */
typedef struct qc_needless {
    const qc_pattern *term, *other;
    const qcode_rule *rule, *other_rule;
    const char *where; /* the key under which both stand; NULL: in the terms of the code's rules */
    enum { SAME, WIDER, WITHIN } kind; /* the other: the same words, wider, or some of its words */
} needless;

static bool keep(qc_lint *lint, const needless *one)
{
    if (!qc_grow(lint->memory, &lint->found, &lint->found_room, lint->found_count + 1, sizeof *lint->found))
        return qc_no_memory(lint->err);
    lint->found[lint->found_count++] = *one;
    return true;
}

static int compare_needless(const void *a, const void *b)
{
    const needless *x = a, *y = b;
    if (x->term->source_start != y->term->source_start)
        return x->term->source_start < y->term->source_start ? -1 : 1;
    if (x->other->source_start != y->other->source_start)
        return x->other->source_start < y->other->source_start ? -1 : 1;
    return (x->rule->index > y->rule->index) - (x->rule->index < y->rule->index);
}

/* A term that comes by a list into two rules of a code is meant so. */
static void warn_of(qc_lint *lint, const needless *found)
{
    const qc_pattern *term = found->term, *other = found->other;
    int length = qc_lint_shown(term->text, term->length), other_length = qc_lint_shown(other->text, other->length);
    if (found->kind == WIDER)
        qc_lint_warn(lint, term->line, term->column, "the term \"%.*s\" adds nothing to \"%.*s\" on line %zu", length,
                     term->text, other_length, other->text, other->line);
    else if (found->kind == WITHIN)
        qc_lint_warn(lint, term->line, term->column,
                     "the term \"%.*s\" adds nothing: \"%.*s\" on line %zu stands in it", length, term->text,
                     other_length, other->text, other->line);
    else if (term->source_start != other->source_start && found->where)
        qc_lint_warn(lint, term->line, term->column, "the term \"%.*s\" is under \"%s\" already, on line %zu", length,
                     term->text, found->where, other->line);
    else if (term->source_start != other->source_start)
        qc_lint_warn(lint, term->line, term->column, "the term \"%.*s\" is in the rule %s already, on line %zu", length,
                     term->text, found->other_rule->id, other->line);
    else if (found->rule == found->other_rule)
        qc_lint_warn(lint, found->rule->line, found->rule->column,
                     "the term \"%.*s\" comes into %s%s%s twice by its lists", length, term->text,
                     found->where ? "\"" : "the rule ", found->where ? found->where : found->rule->id,
                     found->where ? "\"" : "");
}

/* The needless ones among the terms gathered; `inside`: also those that hold another. */
static bool look_for_needless(qc_lint *lint, const char *where, bool inside)
{
    const qc_term_set *set = &lint->terms;
    qc_term_set_sort(&lint->terms);
    for (size_t i = 0; i < set->count; i++) {
        const qc_seen_term *term = &set->at[i], *other = i ? term - 1 : NULL;
        bool same = other && qc_same_words(other, term), done = true;
        needless one = {.term = term->pattern, .rule = term->rule, .where = where, .kind = same ? SAME : WIDER};
        if (!same && (done = qc_term_set_cover(lint, set, term, &other)) && !other && inside) {
            one.kind = WITHIN;
            done = qc_term_set_inside(lint, set, term, false, &other);
        }
        if (done && other) {
            one.other = other->pattern;
            one.other_rule = other->rule;
            done = keep(lint, &one);
        }
        if (!done)
            return false;
    }
    return true;
}

/* Terms of all rules about questions, or of all others. A sentence that holds a phrase holds its words; but where
 * evidence is weighed, the words are marked or their status is told, a phrase is more than they. */
static bool look_at_code(qc_lint *lint, const qcode_code *code, bool asks)
{
    bool inside = !lint->book->weighed && !lint->book->status_cue_count && code->unit != QCODE_UNIT_MATCH;
    qc_term_set_empty(&lint->terms);
    for (size_t i = 0; i < code->rule_count; i++) {
        const qcode_rule *rule = &code->rules[i];
        inside = inside && !rule->beside_count;
        if (rule->asks == asks && !qc_term_set_add(lint, &lint->terms, rule, rule->terms))
            return false;
    }
    return look_for_needless(lint, NULL, inside);
}

static bool look_at(qc_lint *lint, const qcode_rule *rule, qc_patterns terms, const char *where, bool inside)
{
    if (terms.count < 2)
        return true;
    qc_term_set_empty(&lint->terms);
    return qc_term_set_add(lint, &lint->terms, rule, terms) && look_for_needless(lint, where, inside);
}

static const qc_condition *window_of(const qcode_rule *rule, const qc_condition *node)
{
    while (!node->has_window)
        node = &rule->conditions[node->parent];
    return node;
}

static bool is_choice(const qc_condition *node)
{
    return node->kind == QC_ANY || node->kind == QC_NOT;
}

/* The words of a node, or of all items of `any` and `not` together. */
static bool look_at_node(qc_lint *lint, const qcode_rule *rule, size_t at)
{
    static const char *const names[] = {[QC_NEAR] = "near", [QC_ALL] = "all", [QC_ANY] = "any", [QC_NOT] = "not"};
    const qc_condition *node = &rule->conditions[at];
    bool choice = is_choice(node);
    size_t parent = choice ? at : node->parent;
    if (!choice && (node->kind != QC_WORDS || is_choice(&rule->conditions[parent])))
        return true;
    bool found = rule->code->unit != QCODE_UNIT_MATCH && !lint->book->weighed && !lint->book->status_cue_count;
    bool inside = (found || node->ghost || node->kind == QC_NOT) &&
                  window_of(rule, node)->within.reach != QC_WITHIN_WORDS;
    qc_term_set_empty(&lint->terms);
    for (size_t i = 0; i < rule->condition_count; i++) {
        const qc_condition *words = &rule->conditions[i];
        if (words->kind == QC_WORDS && (choice ? words->parent == at && !words->ghost : i == at) &&
            !qc_term_set_add(lint, &lint->terms, rule, words->terms))
            return false;
    }
    return look_for_needless(lint, names[rule->conditions[parent].kind], inside);
}

static bool look_at_rule(qc_lint *lint, const qcode_rule *rule)
{
    bool done = look_at(lint, rule, rule->unless_terms, "unless", true) &&
                look_at(lint, rule, rule->ghost_terms, "ghost", true) &&
                look_at(lint, rule, rule->question_terms, "question", true);
    for (size_t i = 0; done && i < rule->condition_count; i++)
        done = look_at_node(lint, rule, i);
    return done;
}

bool qc_lint_terms(qc_lint *lint, const qcode_code *code)
{
    lint->found_count = 0;
    bool done = look_at_code(lint, code, false) && look_at_code(lint, code, true);
    for (size_t i = 0; done && i < code->rule_count; i++)
        done = look_at_rule(lint, &code->rules[i]);
    if (!done)
        return false;
    if (lint->found_count)
        qsort(lint->found, lint->found_count, sizeof *lint->found, compare_needless);
    for (size_t i = 0; i < lint->found_count; i++) {
        const needless *one = &lint->found[i];
        const size_t pair[] = {one->term->source_start, one->other->source_start};
        bool is_new = true, lists = pair[0] == pair[1];
        if (!lists && qc_set_add(&lint->told, pair, sizeof pair, &is_new) == SIZE_MAX)
            return qc_no_memory(lint->err);
        if (is_new)
            warn_of(lint, one);
    }
    return true;
}
