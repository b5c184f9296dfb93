/* The reference for conditions: every choice of hits, every hit in every window, every word counted anew. */
#include "match/condition.h"
#include "match/near.h"
#include "text/sentences.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

static size_t count_words(const qc_reading *reading, size_t from, size_t to)
{
    size_t at = 0, count = 0;
    qcode_span word;
    while (qc_next_word(reading->text, reading->length, &at, &word))
        count += word.start >= from && word.start < to;
    return count;
}

static bool overlap(qcode_span a, qcode_span b)
{
    return a.start < b.end && b.start < a.end;
}

static size_t gap(const qc_reading *reading, qcode_span a, qcode_span b)
{
    if (overlap(a, b))
        return 0;
    return a.end <= b.start ? count_words(reading, a.end, b.start) : count_words(reading, b.end, a.start);
}

/* Whether some sentence is touched by both. */
static bool share_sentence(const qc_reading *reading, qcode_span a, qcode_span b)
{
    size_t at = 0;
    qcode_span sentence;
    while (qc_next_sentence(reading->text, reading->length, &at, &sentence))
        if (overlap(a, sentence) && overlap(b, sentence))
            return true;
    return false;
}

static size_t count_touched(const qc_reading *reading, qcode_span a)
{
    size_t at = 0, count = 0;
    qcode_span sentence;
    while (qc_next_sentence(reading->text, reading->length, &at, &sentence))
        count += overlap(a, sentence);
    return count;
}

/* One hit of a part, in a choice of one of each. */
typedef struct chosen {
    qcode_span span;
    size_t part;
} chosen;

typedef struct choice {
    chosen hits[QC_MOST_NEAR]; /* in the order of the text */
} choice;

static int compare_chosen(const void *a, const void *b)
{
    const chosen *one = a, *two = b;
    if (one->span.start != two->span.start)
        return one->span.start < two->span.start ? -1 : 1;
    return one->span.end < two->span.end ? -1 : one->span.end > two->span.end;
}

static bool is_near(const qc_scene *scene, const qc_condition *node, const choice *c, size_t count)
{
    const qc_reading *reading = scene->ground->reading;
    for (size_t i = 0; i < count; i++) {
        qcode_span here = c->hits[i].span;
        if ((node->ordered && c->hits[i].part != i) ||
            (node->within.reach == QC_WITHIN_SENTENCE && count_touched(reading, here) != 1))
            return false;
        if (i + 1 == count)
            break;
        qcode_span next = c->hits[i + 1].span;
        if (here.end > next.start ||
            (node->within.reach == QC_WITHIN_WORDS && gap(reading, here, next) > node->within.words) ||
            (node->within.reach == QC_WITHIN_SENTENCE && !share_sentence(reading, here, next)))
            return false;
    }
    return true;
}

static qcode_span hull_of(const choice *c, size_t count)
{
    return (qcode_span){c->hits[0].span.start, c->hits[count - 1].span.end};
}

/* Whether `a` makes `b` needless: a shorter hull inside, or the same and better. */
static bool beats(const choice *a, const choice *b, size_t count)
{
    qcode_span one = hull_of(a, count), two = hull_of(b, count);
    if (one.start < two.start || one.end > two.end)
        return false;
    if (one.start != two.start || one.end != two.end)
        return true;
    for (size_t i = 0; i < count; i++) {
        const chosen *x = &a->hits[i], *y = &b->hits[i];
        if (x->span.start != y->span.start)
            return x->span.start > y->span.start;
        if (x->span.end != y->span.end)
            return x->span.end < y->span.end;
        if (x->part != y->part)
            return x->part < y->part;
    }
    return true;
}

/* Takes a choice into the list of those that no other makes needless. */
static bool keep(const qcode_memory *memory, choice **list, size_t *room, size_t *used, const choice *c, size_t count)
{
    size_t left = 0;
    for (size_t i = 0; i < *used; i++)
        if (beats(&(*list)[i], c, count))
            return true;
    for (size_t i = 0; i < *used; i++)
        if (!beats(c, &(*list)[i], count))
            (*list)[left++] = (*list)[i];
    *used = left;
    if (!qc_grow(memory, list, room, left + 1, sizeof *c))
        return false;
    (*list)[(*used)++] = *c;
    return true;
}

static bool put_hulls(const qc_scene *scene, const choice *list, size_t used, const bool *ghosts, size_t count,
                      qc_spots *made)
{
    *made = (qc_spots){qc_arena_take_array(scene->arena, used + 1, sizeof *made->at), used};
    for (size_t i = 0; made->at && i < used; i++) {
        qcode_span hull = {SIZE_MAX, 0};
        for (size_t k = count; k-- > 0;)
            if (!ghosts[list[i].hits[k].part]) {
                hull.start = list[i].hits[k].span.start;
                hull.end = hull.end ? hull.end : list[i].hits[k].span.end;
            }
        made->at[i] = hull;
    }
    if (made->at)
        qc_tidy(made);
    return made->at;
}

bool qc_near_plainly(const qc_scene *scene, const qc_condition *node, const qc_spots *parts, const bool *ghosts,
                     size_t count, qc_spots *made)
{
    size_t at[QC_MOST_NEAR] = {0}, room = 0, used = 0, turning = 0;
    choice *list = NULL;
    bool done = true;
    *made = (qc_spots){NULL, 0};
    for (size_t i = 0; i < count; i++)
        if (!parts[i].count)
            return true;
    while (done && turning < count) {
        choice c;
        for (size_t i = 0; i < count; i++)
            c.hits[i] = (chosen){parts[i].at[at[i]], i};
        qsort(c.hits, count, sizeof *c.hits, compare_chosen);
        if (is_near(scene, node, &c, count))
            done = keep(scene->arena->memory, &list, &room, &used, &c, count);
        for (turning = 0; turning < count && ++at[turning] == parts[turning].count; turning++)
            at[turning] = 0;
    }
    done = done && put_hulls(scene, list, used, ghosts, count, made);
    qc_release(scene->arena->memory, list);
    return done;
}

/* Whether a spot is in the window: the sentence or the turn, or so many words from the spot that the window is. */
static bool is_in(const qc_scene *scene, qc_within within, qcode_span window, qcode_span spot)
{
    if (within.reach == QC_WITHIN_WORDS)
        return gap(scene->ground->reading, window, spot) <= within.words;
    return overlap(window, spot);
}

static bool any_in(const qc_scene *scene, qc_within within, qcode_span window, const qc_spots *spots)
{
    for (size_t i = 0; i < spots->count; i++)
        if (is_in(scene, within, window, spots->at[i]))
            return true;
    return false;
}

typedef struct plain_group {
    const qc_scene *scene;
    const qcode_rule *rule;
    size_t root;
    const qc_spots *spots;
    bool *holds, *counts;
    bool **matched; /* of each node each spot */
} plain_group;

static bool is_of(const plain_group *g, size_t node)
{
    return node == g->root || qc_group_of(g->rule, node) == g->root;
}

/* Whether a node holds in a window in which its children are judged. */
static bool judge(const plain_group *g, size_t node, qcode_span window)
{
    const qc_condition *nodes = g->rule->conditions;
    if (node != g->root && qc_is_leaf(&nodes[node]))
        return any_in(g->scene, nodes[g->root].within, window, &g->spots[node]);
    size_t children = 0, holding = 0;
    for (size_t i = 0; i < node; i++)
        if (nodes[i].parent == node) {
            children++;
            holding += g->holds[i];
        }
    return nodes[node].kind == QC_ALL ? holding == children : nodes[node].kind == QC_ANY ? holding > 0 : !holding;
}

static void look_plainly(plain_group *g, qcode_span window)
{
    const qc_condition *nodes = g->rule->conditions;
    qc_within within = nodes[g->root].within;
    for (size_t i = 0; i <= g->root; i++)
        if (is_of(g, i))
            g->holds[i] = judge(g, i, window);
    for (size_t i = g->root + 1; i-- > 0;) {
        if (!is_of(g, i))
            continue;
        g->counts[i] = g->holds[i] && (i == g->root || g->counts[nodes[i].parent]);
        for (size_t k = 0; i != g->root && qc_is_leaf(&nodes[i]) && g->counts[i] && k < g->spots[i].count; k++)
            g->matched[i][k] |= qc_is_positive(g->rule, i) && is_in(g->scene, within, window, g->spots[i].at[k]);
    }
}

static bool look_everywhere(plain_group *g)
{
    const qc_reading *reading = g->scene->ground->reading;
    qc_within within = g->rule->conditions[g->root].within;
    size_t at = 0;
    qcode_span sentence;
    if (within.reach == QC_WITHIN_TURN)
        look_plainly(g, (qcode_span){0, reading->length});
    while (within.reach == QC_WITHIN_SENTENCE && qc_next_sentence(reading->text, reading->length, &at, &sentence))
        look_plainly(g, sentence);
    for (size_t i = 0; within.reach == QC_WITHIN_WORDS && i < g->root; i++)
        if (is_of(g, i) && qc_is_leaf(&g->rule->conditions[i]) && qc_is_positive(g->rule, i))
            for (size_t k = 0; k < g->spots[i].count; k++)
                look_plainly(g, g->spots[i].at[k]);
    return true;
}

bool qc_find_group_plainly(const qc_scene *scene, const qcode_rule *rule, size_t node, const qc_spots *spots,
                           qc_spots *made)
{
    qc_arena *arena = scene->arena;
    plain_group g = {.scene = scene, .rule = rule, .root = node, .spots = spots};
    size_t most = 1;
    g.holds = qc_arena_take_array(arena, node + 1, sizeof *g.holds);
    g.counts = qc_arena_take_array(arena, node + 1, sizeof *g.counts);
    g.matched = qc_arena_take_array(arena, node + 1, sizeof *g.matched);
    for (size_t i = 0; g.matched && i < node; i++) {
        most += spots[i].count;
        if (!(g.matched[i] = qc_arena_take(arena, spots[i].count + 1)))
            return false;
    }
    *made = (qc_spots){qc_arena_take_array(arena, most, sizeof *made->at), 0};
    if (!g.holds || !g.counts || !g.matched || !made->at || !look_everywhere(&g))
        return false;
    for (size_t i = 0; i < node; i++)
        for (size_t k = 0; k < spots[i].count; k++)
            if (g.matched[i][k])
                made->at[made->count++] = spots[i].at[k];
    qc_tidy(made);
    return true;
}

bool qc_is_beside_plainly(const qc_ground *ground, const qc_spots *spots, bool behind, qc_within within,
                          qcode_span hit)
{
    const qc_reading *reading = ground->reading;
    for (size_t i = 0; i < spots->count; i++) {
        qcode_span other = spots->at[i];
        if (behind ? other.start < hit.end : other.end > hit.start)
            continue;
        if (within.reach == QC_WITHIN_TURN ||
            (within.reach == QC_WITHIN_WORDS && gap(reading, other, hit) <= within.words) ||
            (within.reach == QC_WITHIN_SENTENCE && share_sentence(reading, other, hit)))
            return true;
    }
    return false;
}
