/* The order of rules: codes by how far they stand above those they refer to, then by their place in the codebook. */
#include "match/order.h"

/* Puts the rule's code above the one it refers to. True when it was not there already. */
static bool lift(size_t *levels, const qcode_rule *rule, const qcode_code *other)
{
    size_t *own = &levels[rule->code->index], least = levels[other->index] + 1;
    if (*own >= least)
        return false;
    *own = least;
    return true;
}

static bool lift_rule(size_t *levels, const qcode_rule *rule, bool *is_referred)
{
    bool lifted = false;
    for (size_t i = 0; i < rule->condition_count; i++)
        if (rule->conditions[i].kind == QC_CODE) {
            is_referred[rule->conditions[i].code->index] = true;
            lifted |= lift(levels, rule, rule->conditions[i].code);
        }
    for (size_t i = 0; i < rule->beside_count; i++) {
        is_referred[rule->besides[i].code->index] = true;
        lifted |= lift(levels, rule, rule->besides[i].code);
    }
    return lifted;
}

bool qc_order_rules(qcode_rules *rules)
{
    size_t codes = rules->book->count, *levels = qc_arena_take_array(&rules->arena, codes + 1, sizeof *levels);
    rules->order = qc_arena_take_array(&rules->arena, rules->count + 1, sizeof *rules->order);
    rules->is_referred = qc_arena_take_array(&rules->arena, codes + 1, sizeof *rules->is_referred);
    if (!levels || !rules->order || !rules->is_referred)
        return false;
    bool lifted = true;
    while (lifted) {
        lifted = false;
        for (size_t i = 0; i < rules->count; i++)
            if (rules->rules[i].refers)
                lifted |= lift_rule(levels, rules->rules[i].rule, rules->is_referred);
    }
    for (size_t level = 0, used = 0; used < rules->count; level++)
        for (size_t i = 0; i < rules->count; i++)
            if (levels[rules->rules[i].rule->code->index] == level) {
                rules->rules[i].rank = used;
                rules->order[used++] = i;
            }
    return true;
}
