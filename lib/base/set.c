/* A set of strings: a hash table that no stranger can fill with collisions, as its hash is SHA-256. */
#include "base/set.h"
#include "base/sha256.h"

#include <string.h>

struct qc_set_item {
    uint64_t hash;
    const char *data;
    size_t length;
};

qc_set qc_set_init(const qcode_memory *memory)
{
    return (qc_set){.arena = qc_arena_init(memory)};
}

void qc_set_clear(qc_set *set)
{
    const qcode_memory *memory = set->arena.memory;
    qc_release(memory, set->items);
    qc_release(memory, set->places);
    qc_arena_clear(&set->arena);
    *set = qc_set_init(memory);
}

static uint64_t hash_of(const void *data, size_t length)
{
    char hex[65];
    uint64_t hash = 0;
    qc_sha256 sha = qc_sha256_init();
    qc_sha256_add(&sha, data, length);
    qc_sha256_hex(&sha, hex);
    for (int i = 0; i < 16; i++)
        hash = hash << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    return hash;
}

/* Where the string stands in the table, or where it would. The table has free places. */
static size_t find_place(const qc_set *set, uint64_t hash, const void *data, size_t length)
{
    size_t mask = set->place_count - 1, at = (size_t)hash & mask;
    for (; set->places[at]; at = (at + 1) & mask) {
        const struct qc_set_item *item = &set->items[set->places[at] - 1];
        if (item->hash == hash && item->length == length && memcmp(item->data, data, length) == 0)
            break;
    }
    return at;
}

/* Keeps the table at least half free. */
static bool make_room(qc_set *set)
{
    if (set->count < set->place_count / 2)
        return true;
    size_t count = set->place_count ? set->place_count * 2 : 64, size;
    if (!qc_multiply(count, sizeof *set->places, &size))
        return false;
    size_t *places = qc_resize(set->arena.memory, NULL, size);
    if (!places)
        return false;
    memset(places, 0, size);
    qc_release(set->arena.memory, set->places);
    set->places = places;
    set->place_count = count;
    for (size_t i = 0; i < set->count; i++)
        places[find_place(set, set->items[i].hash, set->items[i].data, set->items[i].length)] = i + 1;
    return true;
}

size_t qc_set_add(qc_set *set, const void *data, size_t length, bool *added)
{
    if (!make_room(set))
        return SIZE_MAX;
    uint64_t hash = hash_of(data, length);
    size_t place = find_place(set, hash, data, length);
    if (added)
        *added = !set->places[place];
    if (set->places[place])
        return set->places[place] - 1;
    const char *copy = qc_arena_copy(&set->arena, data, length);
    if (!copy || !qc_grow(set->arena.memory, &set->items, &set->item_capacity, set->count + 1, sizeof *set->items))
        return SIZE_MAX;
    set->items[set->count] = (struct qc_set_item){hash, copy, length};
    set->places[place] = ++set->count;
    return set->count - 1;
}

size_t qc_set_find(const qc_set *set, const void *data, size_t length)
{
    size_t found = set->count ? set->places[find_place(set, hash_of(data, length), data, length)] : 0;
    return found ? found - 1 : SIZE_MAX;
}

const char *qc_set_at(const qc_set *set, size_t number)
{
    return set->items[number].data;
}
