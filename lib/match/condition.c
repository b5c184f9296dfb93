/* Judging conditions: nodes in their order, so that each finds its children done. */
#include "match/condition.h"
#include "match/near.h"

#include <stdlib.h>
#include <string.h>

static int compare_spots(const void *a, const void *b)
{
    const qcode_span *one = a, *two = b;
    int by = (one->start > two->start) - (one->start < two->start);
    return by ? by : (one->end < two->end) - (one->end > two->end);
}

void qc_tidy(qc_spots *spots)
{
    size_t used = 0;
    if (spots->count > 1)
        qsort(spots->at, spots->count, sizeof *spots->at, compare_spots);
    for (size_t i = 0; i < spots->count; i++)
        if (!used || spots->at[i].end > spots->at[used - 1].end)
            spots->at[used++] = spots->at[i];
    spots->count = used;
}

bool qc_spots_of_part(const qc_scene *scene, size_t part, qc_spots *spots)
{
    size_t first = 0, last;
    while (first < scene->count && scene->found[first].part != part)
        first++;
    for (last = first; last < scene->count && scene->found[last].part == part;)
        last++;
    *spots = (qc_spots){NULL, last - first};
    if (first == last)
        return true;
    spots->at = qc_arena_take_array(scene->arena, last - first, sizeof *spots->at);
    for (size_t i = first; spots->at && i < last; i++)
        spots->at[i - first] = (qcode_span){scene->found[i].start, scene->found[i].end};
    return spots->at;
}

bool qc_is_leaf(const qc_condition *node)
{
    return node->kind == QC_WORDS || node->kind == QC_OTHER_CODE || node->has_window;
}

size_t qc_group_of(const qcode_rule *rule, size_t node)
{
    do
        node = rule->conditions[node].parent;
    while (node != SIZE_MAX && !rule->conditions[node].has_window);
    return node;
}

bool qc_is_positive(const qcode_rule *rule, size_t node)
{
    if (rule->conditions[node].ghost)
        return false;
    for (size_t at = rule->conditions[node].parent; at != SIZE_MAX; at = rule->conditions[at].parent) {
        if (rule->conditions[at].kind == QC_NOT)
            return false;
        if (rule->conditions[at].has_window)
            break;
    }
    return true;
}

/* A leaf of a group: the spots of a node, and which of them are matches. */
typedef struct leaf {
    size_t node;
    const qc_spots *spots;
    size_t low, high; /* in the window that is looked at */
    size_t *marks;    /* how many more (or, below 0, fewer) ranges of matches begin than end at each spot */
    bool positive;
} leaf;

typedef struct group {
    const qc_scene *scene;
    const qcode_rule *rule;
    size_t root;
    qc_within within;
    leaf *leaves;
    size_t leaf_count;
    size_t *members; /* the nodes between the leaves and the root, the root the last */
    size_t member_count;
    bool *holds, *counts; /* of each node of the rule */
} group;

static bool open_group(group *g, const qc_spots *spots)
{
    qc_arena *arena = g->scene->arena;
    size_t nodes = g->root + 1;
    g->leaves = qc_arena_take_array(arena, nodes, sizeof *g->leaves);
    g->members = qc_arena_take_array(arena, nodes, sizeof *g->members);
    g->holds = qc_arena_take_array(arena, nodes, sizeof *g->holds);
    g->counts = qc_arena_take_array(arena, nodes, sizeof *g->counts);
    if (!g->leaves || !g->members || !g->holds || !g->counts)
        return false;
    for (size_t i = 0; i < g->root; i++) {
        if (qc_group_of(g->rule, i) != g->root)
            continue;
        if (!qc_is_leaf(&g->rule->conditions[i])) {
            g->members[g->member_count++] = i;
            continue;
        }
        leaf *l = &g->leaves[g->leaf_count++];
        *l = (leaf){.node = i, .spots = &spots[i], .positive = qc_is_positive(g->rule, i)};
        l->marks = l->positive ? qc_arena_take_array(arena, spots[i].count + 1, sizeof *l->marks) : NULL;
        if (l->positive && !l->marks)
            return false;
    }
    g->members[g->member_count++] = g->root;
    return true;
}

/* The first spot that the window does not lie behind, or the first that lies behind the window. */
static size_t border(const group *g, const qc_spots *spots, qcode_span window, size_t reach, bool behind)
{
    size_t low = 0, high = spots->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        qcode_span spot = spots->at[middle];
        bool reached = behind ? spot.start >= window.end &&
                                    (!reach || qc_ground_words(g->scene->ground, window.end, spot.start) >= reach)
                              : spot.end > window.start ||
                                    (reach && qc_ground_words(g->scene->ground, spot.end, window.start) < reach);
        if (reached)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Lets what a node is say something to its parent. */
static void tell_parent(group *g, size_t node)
{
    size_t parent = g->rule->conditions[node].parent;
    bool holds = g->holds[node];
    switch (g->rule->conditions[parent].kind) {
    case QC_ALL: g->holds[parent] &= holds; break;
    case QC_ANY: g->holds[parent] |= holds; break;
    default: g->holds[parent] &= !holds; break;
    }
}

/* Looks at one window: `reach` words more on both sides, and one; 0 for none. */
static void look(group *g, qcode_span window, size_t reach)
{
    for (size_t i = 0; i < g->member_count; i++)
        g->holds[g->members[i]] = g->rule->conditions[g->members[i]].kind != QC_ANY;
    for (size_t i = 0; i < g->leaf_count; i++) {
        leaf *l = &g->leaves[i];
        l->low = border(g, l->spots, window, reach, false);
        l->high = border(g, l->spots, window, reach, true);
        g->holds[l->node] = l->low < l->high;
        tell_parent(g, l->node);
    }
    for (size_t i = 0; i + 1 < g->member_count; i++)
        tell_parent(g, g->members[i]);
    g->counts[g->root] = g->holds[g->root];
    for (size_t i = g->member_count - 1; i-- > 0;) {
        size_t node = g->members[i], parent = g->rule->conditions[node].parent;
        g->counts[node] = g->counts[parent] && g->holds[node];
    }
    for (size_t i = 0; i < g->leaf_count; i++) {
        leaf *l = &g->leaves[i];
        if (!l->positive || !g->holds[l->node] || !g->counts[g->rule->conditions[l->node].parent])
            continue;
        l->marks[l->low]++;
        l->marks[l->high]--;
    }
}

/* Each sentence that the spots of a leaf touch; those that one touched before are looked at once. */
static void look_at_sentences(group *g, const leaf *l)
{
    const qc_ground *ground = g->scene->ground;
    size_t next = 0;
    for (size_t i = 0; i < l->spots->count; i++) {
        size_t first, last;
        if (!qc_ground_touch(ground, l->spots->at[i], &first, &last))
            continue;
        for (first = first > next ? first : next; first <= last; first++)
            look(g, ground->sentences[first].span, 0);
        next = first > next ? first : next;
    }
}

static void look_around(group *g)
{
    for (size_t i = 0; i < g->leaf_count; i++) {
        const leaf *l = &g->leaves[i];
        if (!l->positive)
            continue;
        if (g->within.reach == QC_WITHIN_SENTENCE)
            look_at_sentences(g, l);
        for (size_t k = 0; g->within.reach == QC_WITHIN_WORDS && k < l->spots->count; k++)
            look(g, l->spots->at[k], g->within.words + 1);
    }
    if (g->within.reach == QC_WITHIN_TURN)
        look(g, (qcode_span){0, g->scene->ground->reading->length}, 0);
}

static bool gather(const group *g, qc_spots *made)
{
    size_t most = 0;
    for (size_t i = 0; i < g->leaf_count; i++)
        most += g->leaves[i].spots->count;
    *made = (qc_spots){qc_arena_take_array(g->scene->arena, most + 1, sizeof *made->at), 0};
    if (!made->at)
        return false;
    for (size_t i = 0; i < g->leaf_count; i++) {
        const leaf *l = &g->leaves[i];
        size_t open = 0;
        for (size_t k = 0; l->positive && k < l->spots->count; k++) {
            open += l->marks[k];
            if (open)
                made->at[made->count++] = l->spots->at[k];
        }
    }
    qc_tidy(made);
    return true;
}

bool qc_find_group(const qc_scene *scene, const qcode_rule *rule, size_t node, const qc_spots *spots, qc_spots *made)
{
    group g = {.scene = scene, .rule = rule, .root = node, .within = rule->conditions[node].within};
    if (g.within.reach == QC_WITHIN_WORDS && !qc_ground_count_words(scene->ground))
        return false;
    if (!open_group(&g, spots))
        return false;
    look_around(&g);
    return gather(&g, made);
}

static bool find_near(const qc_scene *scene, const qcode_rule *rule, size_t node, const qc_spots *spots, qc_spots *made)
{
    qc_spots parts[QC_MOST_NEAR];
    bool ghosts[QC_MOST_NEAR];
    size_t count = 0;
    for (size_t i = 0; i < node; i++)
        if (rule->conditions[i].parent == node) {
            ghosts[count] = rule->conditions[i].ghost;
            parts[count++] = spots[i];
        }
    return (scene->plain ? qc_near_plainly : qc_near)(scene, &rule->conditions[node], parts, ghosts, count, made);
}

static bool find_node(const qc_scene *scene, const qcode_rule *rule, size_t node, qc_spots *spots)
{
    const qc_condition *n = &rule->conditions[node];
    qc_spots *made = &spots[node];
    bool done = true;
    if (n->kind == QC_WORDS)
        done = qc_spots_of_part(scene, QC_PART_NODES + node, made);
    else if (n->kind == QC_OTHER_CODE)
        *made = scene->codes[n->code->index];
    else if (n->kind == QC_NEAR)
        done = find_near(scene, rule, node, spots, made);
    else if (n->has_window)
        done = (scene->plain ? qc_find_group_plainly : qc_find_group)(scene, rule, node, spots, made);
    bool in_near = n->parent != SIZE_MAX && rule->conditions[n->parent].kind == QC_NEAR;
    if (done && n->kind == QC_WORDS && !in_near)
        qc_tidy(made);
    return done;
}

bool qc_find_condition(const qc_scene *scene, const qcode_rule *rule, qc_spots *made)
{
    qc_spots *spots = qc_arena_take_array(scene->arena, rule->condition_count, sizeof *spots);
    for (size_t i = 0; spots && i < rule->condition_count; i++)
        if (!find_node(scene, rule, i, spots))
            return false;
    if (spots)
        *made = spots[rule->condition_count - 1];
    return spots;
}

bool qc_is_beside(const qc_ground *ground, const qc_spots *spots, bool behind, qc_within within, qcode_span hit)
{
    size_t low = 0, high = spots->count; /* the first that begins behind the hit, or ends behind its start */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (behind ? spots->at[middle].start >= hit.end : spots->at[middle].end > hit.start)
            high = middle;
        else
            low = middle + 1;
    }
    if (behind ? low == spots->count : low == 0)
        return false;
    qcode_span other = spots->at[behind ? low : low - 1];
    qcode_span one = behind ? hit : other, two = behind ? other : hit;
    size_t first, last, ignored;
    switch (within.reach) {
    case QC_WITHIN_WORDS: return qc_ground_words(ground, one.end, two.start) <= within.words;
    case QC_WITHIN_SENTENCE:
        return qc_ground_touch(ground, one, &ignored, &last) &&
               qc_ground_touch(ground, two, &first, &ignored) && first <= last;
    case QC_WITHIN_TURN: break;
    }
    return true;
}
