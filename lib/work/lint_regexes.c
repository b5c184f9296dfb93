/* Regexes that a code has twice, and regexes that may run for ever. */
#include "base/error.h"
#include "match/repeats.h"
#include "work/lint.h"

#include <stdlib.h>

/* A regex of a code's rules. */
typedef struct seen_regex {
    const qc_pattern *pattern;
    const qcode_rule *rule;
} seen_regex;

/* By kind of rule and by text, then by place. */
static int compare_text(const seen_regex *x, const seen_regex *y)
{
    int kind = x->rule->asks * 2 + x->rule->case_exact, other = y->rule->asks * 2 + y->rule->case_exact;
    return kind != other ? kind - other
                         : qc_term_compare((qc_term){(const unsigned char *)x->pattern->text, x->pattern->length},
                                           (qc_term){(const unsigned char *)y->pattern->text, y->pattern->length});
}

static int compare_regexes(const void *a, const void *b)
{
    const seen_regex *x = a, *y = b;
    size_t p = x->pattern->source_start, q = y->pattern->source_start;
    int order = compare_text(x, y);
    return order ? order : (p > q) - (p < q);
}

static bool look_for_doubles(qc_lint *lint, const qcode_code *code)
{
    size_t count = 0, bytes, used = 0;
    for (size_t i = 0; i < code->rule_count; i++)
        count += code->rules[i].regexes.count;
    if (count < 2)
        return true;
    seen_regex *list = qc_multiply(count, sizeof *list, &bytes) ? qc_resize(lint->memory, NULL, bytes) : NULL;
    if (!list)
        return qc_no_memory(lint->err);
    for (size_t i = 0; i < code->rule_count; i++)
        for (size_t k = 0; k < code->rules[i].regexes.count; k++)
            list[used++] = (seen_regex){&code->rules[i].regexes.at[k], &code->rules[i]};
    qsort(list, count, sizeof *list, compare_regexes);
    for (size_t i = 1; i < count; i++)
        if (compare_text(&list[i], &list[i - 1]) == 0)
            qc_lint_warn(lint, list[i].pattern->line, list[i].pattern->column,
                         "the regex is in the rule %s already, on line %zu", list[i - 1].rule->id,
                         list[i - 1].pattern->line);
    qc_release(lint->memory, list);
    return true;
}

static bool look_at(qc_lint *lint, const qcode_rule *rule, qc_patterns regexes)
{
    bool explodes;
    size_t offset, line, column;
    for (size_t i = 0; i < regexes.count; i++) {
        const qc_pattern *regex = &regexes.at[i];
        if (!qc_repeats_explode(regex->text, regex->length, !rule->case_exact, lint->memory, &explodes, &offset))
            return qc_no_memory(lint->err);
        if (!explodes)
            continue;
        qc_pattern_place(lint->book, regex, offset, &line, &column);
        qc_lint_warn(lint, line, column,
                     "what is repeated here can match the same words in ever so many ways, which a long turn may not end: "
                     "let its repetitions differ in how they begin, or write ++ or *+");
    }
    return true;
}

bool qc_lint_regexes(qc_lint *lint, const qcode_code *code)
{
    bool done = look_for_doubles(lint, code);
    for (size_t i = 0; done && i < code->rule_count; i++) {
        const qcode_rule *rule = &code->rules[i];
        done = look_at(lint, rule, rule->regexes) && look_at(lint, rule, rule->ghost_regexes) &&
               look_at(lint, rule, rule->question_regexes) && look_at(lint, rule, rule->unless_regexes);
        for (size_t k = 0; done && k < rule->condition_count; k++)
            done = look_at(lint, rule, rule->conditions[k].regexes);
    }
    return done;
}
