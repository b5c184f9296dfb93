/* `near`: for each set of parts and each hit, the best chain of hits of those parts that ends there. Chains grow by one
 * hit; which chain a hit goes on from is the best in a window that moves on through the text. */
#include "match/near.h"

#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

typedef struct near_hit {
    size_t start, end;
    uint32_t part;
    size_t sentence;
} near_hit;

typedef struct nearness {
    const qc_scene *scene;
    const qc_condition *node;
    const bool *ghosts;
    near_hit *hits;   /* by start */
    uint32_t *by_end; /* their indexes */
    uint32_t *before; /* [set of parts][hit]: the hit before it in its chain, itself in a chain of one, or NONE */
    uint32_t *window; /* scratch */
    size_t count;
} nearness;

static int order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_starts(const void *a, const void *b)
{
    const near_hit *one = a, *two = b;
    int by = order(one->start, two->start);
    by = by ? by : order(one->end, two->end);
    return by ? by : order(one->part, two->part);
}

typedef struct ended {
    size_t end;
    uint32_t hit;
} ended;

static int compare_ends(const void *a, const void *b)
{
    const ended *one = a, *two = b;
    int by = order(one->end, two->end);
    return by ? by : order(one->hit, two->hit);
}

static bool sort_ends(nearness *n)
{
    ended *list = qc_arena_take_array(n->scene->arena, n->count, sizeof *list);
    if (!list)
        return false;
    for (size_t i = 0; i < n->count; i++)
        list[i] = (ended){n->hits[i].end, (uint32_t)i};
    qsort(list, n->count, sizeof *list, compare_ends);
    for (size_t i = 0; i < n->count; i++)
        n->by_end[i] = list[i].hit;
    return true;
}

/* Lists the hits of all parts. Within a sentence those that touch more than one are of no use. */
static void list_hits(nearness *n, const qc_spots *parts, size_t count)
{
    for (size_t part = 0; part < count; part++)
        for (size_t i = 0; i < parts[part].count; i++) {
            qcode_span spot = parts[part].at[i];
            near_hit hit = {spot.start, spot.end, (uint32_t)part, 0};
            size_t last = 0;
            if (n->node->within.reach == QC_WITHIN_SENTENCE &&
                (!qc_ground_touch(n->scene->ground, spot, &hit.sentence, &last) || hit.sentence != last))
                continue;
            n->hits[n->count++] = hit;
        }
    if (n->count)
        qsort(n->hits, n->count, sizeof *n->hits, compare_starts);
}

static uint32_t *before(const nearness *n, size_t set, size_t hit)
{
    return &n->before[set * n->count + hit];
}

/* The hits of a chain, the first first. */
static size_t unfold(const nearness *n, size_t set, uint32_t last, uint32_t *chain)
{
    size_t size = 0;
    for (size_t rest = set; rest; rest &= rest - 1)
        size++;
    for (size_t i = size; i-- > 0;) {
        chain[i] = last;
        uint32_t next = *before(n, set, last);
        set ^= (size_t)1 << n->hits[last].part;
        last = next;
    }
    return size;
}

/* Above 0 when the chain that ends with `a` is better than that with `b`. */
static int prefer(const nearness *n, size_t set, uint32_t a, uint32_t b)
{
    uint32_t one[QC_MOST_NEAR], two[QC_MOST_NEAR];
    size_t size = unfold(n, set, a, one);
    unfold(n, set, b, two);
    int by = 0;
    for (size_t i = 0; i < size && !by; i++) {
        const near_hit *x = &n->hits[one[i]], *y = &n->hits[two[i]];
        by = order(x->start, y->start);
        by = by ? by : order(y->end, x->end);
        by = by ? by : order(y->part, x->part);
    }
    return by;
}

static bool is_too_far(const nearness *n, const near_hit *a, const near_hit *b)
{
    switch (n->node->within.reach) {
    case QC_WITHIN_WORDS: return qc_ground_words(n->scene->ground, a->end, b->start) > n->node->within.words;
    case QC_WITHIN_SENTENCE: return a->sentence != b->sentence;
    case QC_WITHIN_TURN: break;
    }
    return false;
}

/* Chains of `set` and, behind them, a hit of `part`. */
static void extend(nearness *n, size_t set, uint32_t part)
{
    size_t entered = 0, head = 0, tail = 0, whole = set | (size_t)1 << part;
    for (size_t i = 0; i < n->count; i++) {
        const near_hit *hit = &n->hits[i];
        if (hit->part != part)
            continue;
        for (; entered < n->count && n->hits[n->by_end[entered]].end <= hit->start; entered++) {
            uint32_t next = n->by_end[entered];
            if (*before(n, set, next) == NONE)
                continue;
            while (tail > head && prefer(n, set, next, n->window[tail - 1]) >= 0)
                tail--;
            n->window[tail++] = next;
        }
        while (head < tail && is_too_far(n, &n->hits[n->window[head]], hit))
            head++;
        if (head < tail)
            *before(n, whole, i) = n->window[head];
    }
}

static void grow_chains(nearness *n, size_t parts)
{
    size_t sets = (size_t)1 << parts;
    memset(n->before, 0xFF, sets * n->count * sizeof *n->before);
    for (size_t i = 0; i < n->count; i++)
        if (!n->node->ordered || n->hits[i].part == 0)
            *before(n, (size_t)1 << n->hits[i].part, i) = (uint32_t)i;
    for (size_t set = 1; set + 1 < sets; set++)
        for (uint32_t part = 0; part < parts; part++)
            if (!(set >> part & 1) && (!n->node->ordered || set + 1 == (size_t)1 << part))
                extend(n, set, part);
}

/* The hull of those that are no ghosts. */
static qcode_span trim(const nearness *n, const uint32_t *chain, size_t size)
{
    qcode_span hull = {SIZE_MAX, 0};
    for (size_t i = 0; i < size; i++) {
        const near_hit *hit = &n->hits[chain[i]];
        if (n->ghosts[hit->part])
            continue;
        hull.start = hull.start < hit->start ? hull.start : hit->start;
        hull.end = hit->end;
    }
    return hull;
}

/* Keeps the whole chains whose hulls hold no other's. They are met by their ends; one is shorter than all before it
 * when it begins behind them. */
static void keep_shortest(const nearness *n, size_t parts, qc_spots *made)
{
    size_t set = ((size_t)1 << parts) - 1, furthest = 0;
    bool any = false;
    for (size_t i = 0, next; i < n->count; i = next) {
        uint32_t best = NONE, chain[QC_MOST_NEAR];
        size_t end = n->hits[n->by_end[i]].end, best_start = 0;
        for (next = i; next < n->count && n->hits[n->by_end[next]].end == end; next++) {
            uint32_t last = n->by_end[next];
            if (*before(n, set, last) == NONE)
                continue;
            if (best == NONE || prefer(n, set, last, best) > 0)
                best = last;
        }
        if (best == NONE)
            continue;
        size_t size = unfold(n, set, best, chain);
        best_start = n->hits[chain[0]].start;
        if (any && best_start <= furthest)
            continue;
        any = true;
        furthest = best_start;
        made->at[made->count++] = trim(n, chain, size);
    }
    qc_tidy(made);
}

bool qc_near(const qc_scene *scene, const qc_condition *node, const qc_spots *parts, const bool *ghosts, size_t count,
             qc_spots *made)
{
    nearness n = {.scene = scene, .node = node, .ghosts = ghosts};
    size_t total = 0;
    *made = (qc_spots){NULL, 0};
    for (size_t i = 0; i < count; i++) {
        if (!parts[i].count)
            return true;
        total += parts[i].count;
    }
    if (node->within.reach == QC_WITHIN_WORDS && !qc_ground_count_words(scene->ground))
        return false;
    n.hits = qc_arena_take_array(scene->arena, total, sizeof *n.hits);
    if (!n.hits)
        return false;
    list_hits(&n, parts, count);
    n.by_end = qc_arena_take_array(scene->arena, n.count + 1, sizeof *n.by_end);
    n.window = qc_arena_take_array(scene->arena, n.count + 1, sizeof *n.window);
    n.before = qc_arena_take_array(scene->arena, (n.count + 1) << count, sizeof *n.before);
    made->at = qc_arena_take_array(scene->arena, n.count + 1, sizeof *made->at);
    if (!n.by_end || !n.window || !n.before || !made->at || (n.count && !sort_ends(&n)))
        return false;
    grow_chains(&n, count);
    keep_shortest(&n, count, made);
    return true;
}
