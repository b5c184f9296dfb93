/* Ids, sorted once. */
#include "read/research/lookup.h"

#include <stdlib.h>

qc_lookup qc_lookup_init(const qcode_memory *memory)
{
    return (qc_lookup){qc_arena_init(memory), qc_buffer_init(memory)};
}

void qc_lookup_clear(qc_lookup *lookup)
{
    qc_arena_clear(&lookup->arena);
    qc_buffer_clear(&lookup->entries);
}

size_t qc_lookup_count(const qc_lookup *lookup)
{
    return lookup->entries.length / sizeof(qc_entry);
}

qc_entry *qc_lookup_at(const qc_lookup *lookup, size_t index)
{
    return (qc_entry *)(void *)lookup->entries.data + index;
}

bool qc_lookup_put(qc_lookup *lookup, const char *id, const char *text, size_t length, int64_t number)
{
    qc_entry entry = {.id = qc_arena_string(&lookup->arena, id), .text = qc_arena_copy(&lookup->arena, text, length),
                      .number = number, .order = qc_lookup_count(lookup)};
    return entry.id && entry.text && qc_buffer_append(&lookup->entries, &entry, sizeof entry);
}

static int by_id(const void *a, const void *b)
{
    const qc_entry *first = a, *second = b;
    int order = strcmp(first->id, second->id);
    return order ? order : (first->order > second->order) - (first->order < second->order);
}

void qc_lookup_sort(qc_lookup *lookup)
{
    if (lookup->entries.length)
        qsort(lookup->entries.data, qc_lookup_count(lookup), sizeof(qc_entry), by_id);
}

/* Compares an entry's id with `length` bytes. */
static int compare(const qc_entry *entry, const char *id, size_t length)
{
    size_t size = strlen(entry->id);
    int order = memcmp(entry->id, id, size < length ? size : length);
    return order ? order : (size > length) - (size < length);
}

qc_entry *qc_lookup_find(const qc_lookup *lookup, const char *id, size_t length)
{
    if (length && *id == '#')
        id++, length--;
    size_t low = 0, high = qc_lookup_count(lookup);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(qc_lookup_at(lookup, middle), id, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < qc_lookup_count(lookup) && compare(qc_lookup_at(lookup, low), id, length) == 0;
    return found ? qc_lookup_at(lookup, low) : NULL;
}
