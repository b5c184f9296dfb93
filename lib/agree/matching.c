/* Largest one-to-one matching by shortest augmenting paths (Jonker and Volgenant 1987) on a sparse graph. Each left end
 * may also stay alone, which gains nothing; so a path looks no farther than that is worth. */
#include "agree/matching.h"
#include "agree/tally.h"

#include <math.h>

/* A right end that was reached, in a heap by distance. */
typedef struct reached {
    double distance;
    size_t right;
} reached;

typedef struct matching {
    const qcode_memory *memory;
    const qc_edge *edges;
    size_t count, rights;
    size_t *first;    /* of each left end's edges, and one behind the last */
    size_t *partner;  /* of each left end */
    size_t *owner;    /* of each right end: a left end or SIZE_MAX */
    size_t *from;     /* the left end from which a right end was reached */
    double *price;    /* of each right end: at most 0 */
    double *distance; /* to each right end; infinite where not reached */
    bool *done;
    size_t *seen; /* the right ends that were reached */
    reached *heap;
    size_t seen_count, heap_count;
} matching;

static void clear(matching *all)
{
    void *blocks[] = {all->first, all->owner, all->from, all->price, all->distance, all->done, all->seen, all->heap};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        qc_release(all->memory, blocks[i]);
}

static bool prepare(matching *all, size_t lefts, qcode_error *err)
{
    const qcode_memory *memory = all->memory;
    size_t n = all->rights;
    bool done = (all->first = qc_zeroed(memory, lefts + 1, sizeof *all->first, err)) &&
                (all->owner = qc_zeroed(memory, n, sizeof *all->owner, err)) &&
                (all->from = qc_zeroed(memory, n, sizeof *all->from, err)) && (all->price = qc_zeros(memory, n, err)) &&
                (all->distance = qc_zeros(memory, n, err)) && (all->done = qc_zeroed(memory, n, sizeof *all->done, err)) &&
                (all->seen = qc_zeroed(memory, n, sizeof *all->seen, err)) &&
                (all->heap = qc_zeroed(memory, all->count, sizeof *all->heap, err));
    for (size_t i = 0; done && i < n; i++) {
        all->owner[i] = SIZE_MAX;
        all->distance[i] = INFINITY;
    }
    for (size_t i = 0; done && i < all->count; i++)
        all->first[all->edges[i].left + 1]++;
    for (size_t i = 0; done && i < lefts; i++) {
        all->first[i + 1] += all->first[i];
        all->partner[i] = SIZE_MAX;
    }
    return done;
}

static void push(matching *all, reached item)
{
    size_t at = all->heap_count++;
    for (; at && item.distance < all->heap[(at - 1) / 2].distance; at = (at - 1) / 2)
        all->heap[at] = all->heap[(at - 1) / 2];
    all->heap[at] = item;
}

static reached pop(matching *all)
{
    reached top = all->heap[0], item = all->heap[--all->heap_count];
    size_t at = 0, child;
    while ((child = 2 * at + 1) < all->heap_count) {
        child += child + 1 < all->heap_count && all->heap[child + 1].distance < all->heap[child].distance;
        if (item.distance <= all->heap[child].distance)
            break;
        all->heap[at] = all->heap[child];
        at = child;
    }
    all->heap[at] = item;
    return top;
}

/* What a left end pays for its present place: its partner's cost less its price, or 0 for being alone. */
static double paid(const matching *all, size_t left)
{
    for (size_t i = all->first[left]; i < all->first[left + 1]; i++)
        if (all->edges[i].right == all->partner[left])
            return -all->edges[i].gain - all->price[all->partner[left]];
    return 0;
}

/* Distances to all that can be reached from a left end at `distance`. */
static void relax(matching *all, size_t left, double distance, double least)
{
    double base = distance - paid(all, left);
    for (size_t i = all->first[left]; i < all->first[left + 1]; i++) {
        size_t right = all->edges[i].right;
        double far = base - all->edges[i].gain - all->price[right];
        if (all->done[right] || far >= all->distance[right] || far >= least)
            continue;
        if (isinf(all->distance[right]))
            all->seen[all->seen_count++] = right;
        all->distance[right] = far;
        all->from[right] = left;
        push(all, (reached){far, right});
    }
}

/* Gives each left end on the path the place of the one behind it; the last becomes free. */
static void shift(matching *all, size_t start, size_t right)
{
    for (;;) {
        size_t left = all->from[right], before = all->partner[left];
        all->partner[left] = right;
        all->owner[right] = left;
        if (left == start)
            return;
        right = before;
    }
}

/* Finds a place for `start`, or leaves it alone, or makes another alone, whichever costs least. */
static void place(matching *all, size_t start)
{
    double best = 0;                            /* the least distance to an end found so far: `start` stays alone */
    size_t end = SIZE_MAX, alone = start;       /* a free right end; or the left end that gives up its own */
    all->seen_count = all->heap_count = 0;
    relax(all, start, 0, best);
    while (all->heap_count && all->heap[0].distance < best) {
        reached item = pop(all);
        if (all->done[item.right] || item.distance > all->distance[item.right])
            continue;
        all->done[item.right] = true;
        size_t owner = all->owner[item.right];
        if (owner == SIZE_MAX) {
            best = item.distance;
            end = item.right;
            alone = SIZE_MAX;
            break;
        }
        double given_up = item.distance - paid(all, owner);
        if (given_up < best) {
            best = given_up;
            end = item.right;
            alone = owner;
        }
        relax(all, owner, item.distance, best);
    }
    for (size_t i = 0; i < all->seen_count; i++) {
        size_t right = all->seen[i];
        if (all->done[right] && all->distance[right] < best)
            all->price[right] += all->distance[right] - best;
        all->distance[right] = INFINITY;
        all->done[right] = false;
    }
    if (alone == start)
        return;
    if (alone != SIZE_MAX)
        all->partner[alone] = SIZE_MAX;
    shift(all, start, end);
}

bool qc_match_best(const qc_edge *edges, size_t count, size_t lefts, size_t rights, size_t *partner,
                   const qcode_memory *memory, qcode_error *err)
{
    matching all = {.memory = memory, .edges = edges, .count = count, .rights = rights, .partner = partner};
    bool done = prepare(&all, lefts, err);
    for (size_t left = 0; done && left < lefts; left++)
        place(&all, left);
    clear(&all);
    return done;
}
