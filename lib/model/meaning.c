/* Comparing what codes mean: their words to people, and their rules. Ids of rules, notes and examples change nothing. */
#include "model/meaning.h"

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_patterns(qc_patterns a, qc_patterns b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++)
        same = a.at[i].length == b.at[i].length && memcmp(a.at[i].text, b.at[i].text, a.at[i].length) == 0;
    return same;
}

static bool same_within(qc_within a, qc_within b)
{
    return a.reach == b.reach && (a.reach != QC_WITHIN_WORDS || a.words == b.words);
}

static bool same_code(const qcode_code *a, const qcode_code *b)
{
    return (!a && !b) || (a && b && strcmp(a->id, b->id) == 0);
}

static bool same_conditions(const qcode_rule *a, const qcode_rule *b)
{
    bool same = a->condition_count == b->condition_count;
    for (size_t i = 0; same && i < a->condition_count; i++) {
        const qc_condition *one = &a->conditions[i], *two = &b->conditions[i];
        same = one->kind == two->kind && one->parent == two->parent && one->has_window == two->has_window &&
               (!one->has_window || same_within(one->within, two->within)) && one->ordered == two->ordered &&
               one->ghost == two->ghost && same_patterns(one->terms, two->terms) &&
               same_patterns(one->regexes, two->regexes) && same_code(one->code, two->code);
    }
    return same;
}

static bool same_surroundings(const qcode_rule *a, const qcode_rule *b)
{
    bool same = a->beside_count == b->beside_count && a->where_count == b->where_count;
    for (size_t i = 0; same && i < a->beside_count; i++)
        same = same_code(a->besides[i].code, b->besides[i].code) && a->besides[i].behind == b->besides[i].behind &&
               same_within(a->besides[i].within, b->besides[i].within);
    for (size_t i = 0; same && i < a->where_count; i++) {
        const qc_where *one = &a->wheres[i], *two = &b->wheres[i];
        same = same_text(one->attribute, two->attribute) && one->value_count == two->value_count;
        for (size_t k = 0; same && k < one->value_count; k++)
            same = same_text(one->values[k], two->values[k]);
    }
    return same;
}

static bool same_rule(const qcode_rule *a, const qcode_rule *b)
{
    const qc_patterns *const lists[][2] = {{&a->terms, &b->terms},
                                           {&a->regexes, &b->regexes},
                                           {&a->unless_terms, &b->unless_terms},
                                           {&a->unless_regexes, &b->unless_regexes},
                                           {&a->ghost_terms, &b->ghost_terms},
                                           {&a->ghost_regexes, &b->ghost_regexes},
                                           {&a->question_terms, &b->question_terms},
                                           {&a->question_regexes, &b->question_regexes}};
    bool same = a->case_exact == b->case_exact && a->weight == b->weight && a->weak == b->weak &&
                a->echoes == b->echoes && a->asks == b->asks;
    for (size_t i = 0; same && i < sizeof lists / sizeof *lists; i++)
        same = same_patterns(*lists[i][0], *lists[i][1]);
    return same && same_conditions(a, b) && same_surroundings(a, b);
}

static bool same_rules(const qcode_code *a, const qcode_code *b)
{
    bool same = a->rule_count == b->rule_count;
    for (size_t i = 0; same && i < a->rule_count; i++)
        same = same_rule(&a->rules[i], &b->rules[i]);
    return same;
}

/* What holds for the rules of all codes. */
static bool same_weighing(const qcode_codebook *a, const qcode_codebook *b)
{
    bool same = same_text(a->language, b->language) && a->weighed == b->weighed && !a->cues == !b->cues;
    for (size_t i = 0; same && a->weighed && i < QC_NUMBERS; i++)
        same = a->numbers[i] == b->numbers[i];
    for (size_t i = 0; same && a->cues && i < QC_CUES; i++)
        same = same_rules(&a->cues[i], &b->cues[i]);
    return same;
}

unsigned qc_meaning_differs(const qcode_code *one, const qcode_code *two)
{
    bool rules = one->unit == two->unit && one->scope == two->scope && one->retired == two->retired &&
                 one->aspect == two->aspect && one->threshold == two->threshold && same_rules(one, two) &&
                 same_weighing(one->book, two->book);
    return (same_text(one->definition, two->definition) ? 0U : QC_MEANS_DEFINITION) |
           (same_text(one->include, two->include) ? 0U : QC_MEANS_INCLUDE) |
           (same_text(one->exclude, two->exclude) ? 0U : QC_MEANS_EXCLUDE) | (rules ? 0U : QC_MEANS_RULES);
}

bool qc_put_meaning(qc_buffer *out, unsigned parts)
{
    static const char *const names[] = {"definition", "include", "exclude", "rules"};
    const char *before = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (parts & 1U << i) {
            qc_buffer_print(out, "%s%s", before, names[i]);
            before = ", ";
        }
    return !out->failed;
}
