/* The order of rules: codes by how far they stand above those they refer to, then by their place in the codebook. */
#include "match/order.h"

/* One code that refers to another. */
typedef struct reference {
    size_t from, to;
} reference;

/* Lists what a rule refers to in `list`, or only counts it when that is NULL. */
static size_t list_references(const qcode_rule *rule, reference *list)
{
    size_t count = 0, from = rule->code->index;
    for (size_t i = 0; i < rule->condition_count; i++) {
        if (rule->conditions[i].kind == QC_OTHER_CODE && list)
            list[count] = (reference){from, rule->conditions[i].code->index};
        count += rule->conditions[i].kind == QC_OTHER_CODE;
    }
    for (size_t i = 0; i < rule->beside_count; i++, count++)
        if (list)
            list[count] = (reference){from, rule->besides[i].code->index};
    return count;
}

/* Raises codes above those they refer to. */
static void raise_codes(size_t *levels, const reference *list, size_t count)
{
    for (bool raised = true; raised;) {
        raised = false;
        for (size_t i = 0; i < count; i++)
            if (levels[list[i].from] <= levels[list[i].to]) {
                levels[list[i].from] = levels[list[i].to] + 1;
                raised = true;
            }
    }
}

/* Rules by their codes' levels, those of one level as they stand in the book. */
static bool put_order(qcode_rules *rules, const size_t *levels, size_t highest)
{
    size_t *starts = qc_arena_take_array(&rules->arena, highest + 2, sizeof *starts);
    if (!starts)
        return false;
    for (size_t i = 0; i < rules->count; i++)
        starts[levels[rules->rules[i].rule->code->index] + 1]++;
    for (size_t level = 1; level <= highest; level++)
        starts[level] += starts[level - 1];
    for (size_t i = 0; i < rules->count; i++) {
        size_t rank = starts[levels[rules->rules[i].rule->code->index]]++;
        rules->rules[i].rank = rank;
        rules->order[rank] = i;
    }
    return true;
}

bool qc_order_rules(qcode_rules *rules)
{
    size_t count = 0, used = 0, highest = 0;
    rules->code_count = rules->book->count;
    for (size_t i = 0; i < rules->count; i++) {
        size_t index = rules->rules[i].rule->code->index;
        count += list_references(rules->rules[i].rule, NULL);
        rules->code_count = index < rules->code_count ? rules->code_count : index + 1;
    }
    size_t *levels = qc_arena_take_array(&rules->arena, rules->code_count + 1, sizeof *levels);
    reference *list = qc_arena_take_array(&rules->arena, count + 1, sizeof *list);
    rules->order = qc_arena_take_array(&rules->arena, rules->count + 1, sizeof *rules->order);
    rules->is_referred = qc_arena_take_array(&rules->arena, rules->code_count + 1, sizeof *rules->is_referred);
    if (!levels || !list || !rules->order || !rules->is_referred)
        return false;
    for (size_t i = 0; i < rules->count; i++)
        used += list_references(rules->rules[i].rule, list + used);
    raise_codes(levels, list, count);
    for (size_t i = 0; i < count; i++) {
        rules->is_referred[list[i].to] = true;
        highest = levels[list[i].from] > highest ? levels[list[i].from] : highest;
    }
    return put_order(rules, levels, highest);
}
