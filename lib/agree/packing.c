/* Weighted set packing, exactly: prices for the items from the Lagrangian dual, then the cheapest path through the items
 * in their order, where a choice costs what the prices say it loses (A*). Good prices leave next to nothing to search. */
#include "agree/packing.h"
#include "agree/tally.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

qc_sets qc_sets_init(const qcode_memory *memory)
{
    return (qc_sets){.memory = memory};
}

void qc_sets_clear(qc_sets *sets)
{
    qc_release(sets->memory, sets->items);
    qc_release(sets->memory, sets->starts);
    qc_release(sets->memory, sets->gains);
    *sets = qc_sets_init(sets->memory);
}

bool qc_sets_add(qc_sets *sets, const size_t *items, size_t count, double gain, qcode_error *err)
{
    size_t start = sets->count ? sets->starts[sets->count] : 0;
    if (!qc_grow(sets->memory, &sets->items, &sets->item_capacity, start + count, sizeof *sets->items) ||
        !qc_grow(sets->memory, &sets->starts, &sets->start_capacity, sets->count + 2, sizeof *sets->starts) ||
        !qc_grow(sets->memory, &sets->gains, &sets->gain_capacity, sets->count + 1, sizeof *sets->gains))
        return qc_no_memory(err);
    memcpy(sets->items + start, items, count * sizeof *items);
    sets->starts[sets->count] = start;
    sets->starts[sets->count + 1] = start + count;
    sets->gains[sets->count++] = gain;
    return true;
}

enum { MOST_STATES = 1 << 21, ROUNDS = 1000 };

/* A place in the search: the items before `item` are decided, and `used` tells of those from it on. */
typedef struct state {
    double loss, gain;
    size_t item;
} state;

/* A state in the heap, out of date when its loss has fallen since. */
typedef struct waiting {
    double loss;
    size_t item, state;
} waiting;

typedef struct packing {
    const qc_sets *sets;
    const qcode_memory *memory;
    size_t items, words; /* of 64 items that a state looks ahead */
    double *prices, *slopes;
    size_t *order, *firsts; /* sets by their first item */
    state *states;
    uint64_t *used; /* words for each state */
    uint64_t *next; /* words of the state in the making */
    size_t count, state_capacity, used_capacity;
    waiting *heap; /* by loss, the farther first where equal */
    size_t heap_count, heap_capacity;
    size_t *places, place_count; /* a hash table of states: number + 1 */
} packing;

static void clear(packing *all)
{
    void *blocks[] = {all->prices, all->slopes, all->order, all->firsts, all->states, all->used, all->next, all->heap,
                      all->places};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        qc_release(all->memory, blocks[i]);
}

static const size_t *items_of(const packing *all, size_t set, size_t *count)
{
    *count = all->sets->starts[set + 1] - all->sets->starts[set];
    return all->sets->items + all->sets->starts[set];
}

/* What a set gains above its items' prices. */
static double excess(const packing *all, size_t set)
{
    size_t count;
    const size_t *items = items_of(all, set, &count);
    double sum = all->sets->gains[set];
    for (size_t i = 0; i < count; i++)
        sum -= all->prices[items[i]];
    return sum;
}

/* Prices high enough that no set gains above them; then each as low as its sets allow. */
static void settle(packing *all)
{
    size_t count;
    for (size_t s = 0; s < all->sets->count; s++) {
        const size_t *items = items_of(all, s, &count);
        double more = excess(all, s);
        for (size_t i = 0; more > 0 && i < count; i++)
            all->prices[items[i]] += more / (double)count;
    }
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < all->items; i++)
            all->slopes[i] = all->prices[i]; /* the most that an item's price may fall */
        for (size_t s = 0; s < all->sets->count; s++) {
            const size_t *items = items_of(all, s, &count);
            double spare = fmax(-excess(all, s), 0) / (double)count;
            for (size_t i = 0; i < count; i++)
                all->slopes[items[i]] = fmin(all->slopes[items[i]], spare);
        }
        for (size_t i = 0; i < all->items; i++)
            all->prices[i] -= all->slopes[i];
    }
}

/* Sets taken greedily by what they gain above the prices: a packing, so no more than the best. */
static double greedy(const packing *all, bool *taken, const size_t *by_excess)
{
    double sum = 0;
    size_t count;
    memset(taken, 0, all->items * sizeof *taken);
    for (size_t s = 0; s < all->sets->count; s++) {
        const size_t *items = items_of(all, by_excess[s], &count);
        bool is_free = true;
        for (size_t i = 0; i < count; i++)
            is_free = is_free && !taken[items[i]];
        for (size_t i = 0; is_free && i < count; i++)
            taken[items[i]] = true;
        sum += is_free ? all->sets->gains[by_excess[s]] : 0;
    }
    return sum;
}

/* The dual bound at the prices, and its slope at each price. */
static double slope(packing *all, double *square)
{
    double bound = 0;
    size_t count;
    for (size_t i = 0; i < all->items; i++) {
        all->slopes[i] = 1;
        bound += all->prices[i];
    }
    for (size_t s = 0; s < all->sets->count; s++) {
        double more = excess(all, s);
        if (more <= 0)
            continue;
        bound += more;
        const size_t *items = items_of(all, s, &count);
        for (size_t i = 0; i < count; i++)
            all->slopes[items[i]]--;
    }
    *square = 0;
    for (size_t i = 0; i < all->items; i++)
        if (all->prices[i] > 0 || all->slopes[i] < 0)
            *square += all->slopes[i] * all->slopes[i];
    return bound;
}

/* Subgradient steps with Polyak's length towards a target, the best prices kept (Fisher 1981). */
static bool find_prices(packing *all, qcode_error *err)
{
    size_t count;
    double pace = 1, best = INFINITY, square, target;
    double *kept = qc_zeros(all->memory, all->items, err);
    bool *taken = kept ? qc_zeroed(all->memory, all->items, sizeof *taken, err) : NULL;
    for (size_t s = 0; s < all->sets->count; s++) {
        const size_t *items = items_of(all, s, &count);
        for (size_t i = 0; i < count; i++)
            all->prices[items[i]] = fmax(all->prices[items[i]], all->sets->gains[s] / (double)count);
    }
    target = taken ? greedy(all, taken, all->order) : 0;
    for (int round = 0, idle = 0; taken && round < ROUNDS; round++) {
        double bound = slope(all, &square);
        if (round == 0 || bound < best - 1e-9 * fabs(best)) {
            best = bound;
            memcpy(kept, all->prices, all->items * sizeof *kept);
            idle = 0;
        } else if (++idle == 8) {
            pace /= 2;
            idle = 0;
        }
        if (square <= 0 || best - target <= 1e-9 * fabs(best) || pace < 1e-6)
            break;
        double step = pace * (bound - target) / square;
        for (size_t i = 0; i < all->items; i++)
            all->prices[i] = fmax(all->prices[i] - step * all->slopes[i], 0);
    }
    if (taken)
        memcpy(all->prices, kept, all->items * sizeof *kept);
    qc_release(all->memory, kept);
    qc_release(all->memory, taken);
    if (taken)
        settle(all);
    return taken != NULL;
}

static bool comes_before(const waiting *a, const waiting *b)
{
    return a->loss != b->loss ? a->loss < b->loss : a->item > b->item;
}

static bool push(packing *all, waiting item, qcode_error *err)
{
    if (!qc_grow(all->memory, &all->heap, &all->heap_capacity, all->heap_count + 1, sizeof *all->heap))
        return qc_no_memory(err);
    size_t at = all->heap_count++;
    for (; at && comes_before(&item, all->heap + (at - 1) / 2); at = (at - 1) / 2)
        all->heap[at] = all->heap[(at - 1) / 2];
    all->heap[at] = item;
    return true;
}

static waiting pop(packing *all)
{
    waiting top = all->heap[0], item = all->heap[--all->heap_count];
    size_t at = 0, child;
    while ((child = 2 * at + 1) < all->heap_count) {
        child += child + 1 < all->heap_count && comes_before(all->heap + child + 1, all->heap + child);
        if (!comes_before(all->heap + child, &item))
            break;
        all->heap[at] = all->heap[child];
        at = child;
    }
    all->heap[at] = item;
    return top;
}

static size_t *place_of(const packing *all, size_t item, const uint64_t *used)
{
    uint64_t hash = item * 0x9E3779B97F4A7C15u;
    for (size_t w = 0; w < all->words; w++)
        hash = (hash ^ used[w] ^ hash >> 29) * 0xBF58476D1CE4E5B9u;
    size_t at = (size_t)(hash ^ hash >> 32) & (all->place_count - 1);
    for (; all->places[at]; at = (at + 1) & (all->place_count - 1)) {
        size_t found = all->places[at] - 1;
        if (all->states[found].item == item &&
            memcmp(all->used + found * all->words, used, all->words * sizeof *used) == 0)
            break;
    }
    return all->places + at;
}

static bool widen(packing *all, qcode_error *err)
{
    size_t *before = all->places, count = all->place_count ? 2 * all->place_count : 1024;
    size_t *places = qc_zeroed(all->memory, count, sizeof *places, err);
    if (!places)
        return false;
    all->places = places;
    all->place_count = count;
    qc_release(all->memory, before);
    for (size_t i = 0; i < all->count; i++)
        *place_of(all, all->states[i].item, all->used + i * all->words) = i + 1;
    return true;
}

/* The state of `item` and all->next, reached with this loss. */
static bool reach(packing *all, size_t item, double loss, double gain, qcode_error *err)
{
    if (2 * (all->count + 1) > all->place_count && !widen(all, err))
        return false;
    size_t *place = place_of(all, item, all->next), number = all->count;
    if (*place && all->states[*place - 1].loss <= loss)
        return true;
    if (*place) {
        number = *place - 1;
    } else {
        if (number == MOST_STATES)
            return qc_fail(err, QCODE_LIMIT, NULL, 0, 0, "the best alignment cannot be proved within %d steps", MOST_STATES);
        if (!qc_grow(all->memory, &all->states, &all->state_capacity, number + 1, sizeof *all->states) ||
            !qc_grow(all->memory, &all->used, &all->used_capacity, (number + 1) * all->words, sizeof *all->used))
            return qc_no_memory(err);
        memcpy(all->used + number * all->words, all->next, all->words * sizeof *all->next);
        *place = number + 1;
        all->count++;
    }
    all->states[number] = (state){loss, gain, item};
    return push(all, (waiting){loss, item, number}, err);
}

/* Takes the first item out of all->next, and those behind it that are used as well; the first that is not. */
static size_t advance(packing *all, size_t item)
{
    do {
        for (size_t w = 0; w < all->words; w++)
            all->next[w] = all->next[w] >> 1 | (w + 1 < all->words ? all->next[w + 1] << 63 : 0);
        item++;
    } while (all->next[0] & 1);
    return item;
}

/* Adds a set to what all->next says is used; false where they share an item. */
static bool join(packing *all, size_t set, size_t item)
{
    size_t count;
    const size_t *items = items_of(all, set, &count);
    for (size_t i = 0; i < count; i++)
        if (all->next[(items[i] - item) / 64] >> (items[i] - item) % 64 & 1)
            return false;
    for (size_t i = 0; i < count; i++)
        all->next[(items[i] - item) / 64] |= (uint64_t)1 << (items[i] - item) % 64;
    return true;
}

/* What rounding left of nothing is nothing: many choices lose none, and none should be looked at twice. */
static double lost(double price)
{
    return price > 1e-12 ? price : 0;
}

static bool expand(packing *all, size_t number, qcode_error *err)
{
    state from = all->states[number];
    size_t bytes = all->words * sizeof *all->next;
    memcpy(all->next, all->used + number * all->words, bytes);
    size_t item = advance(all, from.item);
    if (!reach(all, item, from.loss + lost(all->prices[from.item]), from.gain, err))
        return false;
    for (size_t i = all->firsts[from.item]; i < all->firsts[from.item + 1]; i++) {
        size_t set = all->order[i];
        memcpy(all->next, all->used + number * all->words, bytes);
        if (!join(all, set, from.item))
            continue;
        item = advance(all, from.item);
        if (!reach(all, item, from.loss + lost(-excess(all, set)), from.gain + all->sets->gains[set], err))
            return false;
    }
    return true;
}

static bool search(packing *all, double *gain, qcode_error *err)
{
    if (!reach(all, 0, 0, 0, err))
        return false;
    for (;;) {
        waiting best = pop(all);
        if (best.loss > all->states[best.state].loss)
            continue;
        if (best.item >= all->items) {
            *gain = all->states[best.state].gain;
            return true;
        }
        if (!expand(all, best.state, err))
            return false;
    }
}

/* Sets by their first item, and how far a set reaches. */
static bool prepare(packing *all, qcode_error *err)
{
    const qcode_memory *memory = all->memory;
    size_t count, reach_most = 0;
    bool done = (all->prices = qc_zeros(memory, all->items, err)) && (all->slopes = qc_zeros(memory, all->items, err)) &&
                (all->order = qc_zeroed(memory, all->sets->count, sizeof *all->order, err)) &&
                (all->firsts = qc_zeroed(memory, all->items + 2, sizeof *all->firsts, err));
    for (size_t s = 0; done && s < all->sets->count; s++) {
        const size_t *items = items_of(all, s, &count);
        all->firsts[items[0] + 2]++;
        reach_most = items[count - 1] - items[0] > reach_most ? items[count - 1] - items[0] : reach_most;
    }
    for (size_t i = 2; done && i < all->items + 2; i++)
        all->firsts[i] += all->firsts[i - 1];
    for (size_t s = 0; done && s < all->sets->count; s++)
        all->order[all->firsts[items_of(all, s, &count)[0] + 1]++] = s;
    all->words = reach_most / 64 + 1;
    return done && (all->next = qc_zeroed(memory, all->words, sizeof *all->next, err));
}

bool qc_pack_best(const qc_sets *sets, size_t items, double *gain, qcode_error *err)
{
    packing all = {.sets = sets, .memory = sets->memory, .items = items};
    bool done = prepare(&all, err) && find_prices(&all, err) && search(&all, gain, err);
    clear(&all);
    return done;
}
