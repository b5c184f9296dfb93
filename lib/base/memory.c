/* The allocator hook, checked sizes and the arena. */
#include "base/memory.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

void *qc_resize(const qcode_memory *memory, void *block, size_t size)
{
    return memory ? memory->resize(memory->user, block, size) : realloc(block, size);
}

void qc_release(const qcode_memory *memory, void *block)
{
    if (!block)
        return;
    if (memory)
        memory->release(memory->user, block);
    else
        free(block);
}

bool qc_add(size_t a, size_t b, size_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

bool qc_multiply(size_t a, size_t b, size_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

bool qc_grow(const qcode_memory *memory, void *items, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return true;
    size_t wanted = *capacity < 8 ? 8 : *capacity, bytes;
    while (wanted < need)
        if (!qc_multiply(wanted, 2, &wanted))
            return false;
    if (!qc_multiply(wanted, size, &bytes))
        return false;
    void *block;
    memcpy(&block, items, sizeof block); /* `items` points to an object pointer of any type */
    block = qc_resize(memory, block, bytes);
    if (!block)
        return false;
    memcpy(items, &block, sizeof block);
    *capacity = wanted;
    return true;
}

struct qc_arena_block {
    struct qc_arena_block *before;
    size_t used, size; /* of the bytes behind this head */
};

enum { ALIGNMENT = alignof(max_align_t) };
enum { HEAD = (sizeof(struct qc_arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT };
enum { FIRST_BLOCK = 4096 - HEAD, LARGEST_BLOCK = (1 << 20) - HEAD };

qc_arena qc_arena_init(const qcode_memory *memory)
{
    return (qc_arena){.memory = memory};
}

void qc_arena_clear(qc_arena *arena)
{
    const qcode_memory *memory = arena->memory;
    struct qc_arena_block *block = arena->last;
    arena->last = NULL; /* the arena may live in one of its blocks */
    while (block) {
        struct qc_arena_block *before = block->before;
        qc_release(memory, block);
        block = before;
    }
}

/* A block with room for `size` bytes: each twice the one before, up to a bound. */
static bool add_block(qc_arena *arena, size_t size)
{
    size_t room = arena->last ? arena->last->size * 2 : FIRST_BLOCK, bytes;
    if (room > LARGEST_BLOCK)
        room = LARGEST_BLOCK;
    if (room < size)
        room = size;
    if (!qc_add(room, HEAD, &bytes))
        return false;
    struct qc_arena_block *block = qc_resize(arena->memory, NULL, bytes);
    if (!block)
        return false;
    *block = (struct qc_arena_block){.before = arena->last, .size = room};
    arena->last = block;
    return true;
}

/* Bytes that are not cleared. */
static void *take_raw(qc_arena *arena, size_t size)
{
    size_t rounded;
    if (!qc_add(size, alignof(max_align_t) - 1, &rounded))
        return NULL;
    rounded &= ~(alignof(max_align_t) - 1);
    if (!arena->last || arena->last->size - arena->last->used < rounded)
        if (!add_block(arena, rounded))
            return NULL;
    unsigned char *place = (unsigned char *)arena->last + HEAD + arena->last->used;
    arena->last->used += rounded;
    return place;
}

void *qc_arena_take(qc_arena *arena, size_t size)
{
    void *place = take_raw(arena, size);
    return place ? memset(place, 0, size) : NULL;
}

void *qc_arena_take_array(qc_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    return qc_multiply(count, size, &bytes) ? qc_arena_take(arena, bytes) : NULL;
}

char *qc_arena_copy(qc_arena *arena, const char *text, size_t length)
{
    size_t bytes;
    char *copy = qc_add(length, 1, &bytes) ? take_raw(arena, bytes) : NULL;
    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *qc_arena_string(qc_arena *arena, const char *text)
{
    return qc_arena_copy(arena, text, strlen(text));
}
