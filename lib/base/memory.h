/* Memory: one allocator hook, sizes that cannot wrap, and an arena for things that end together. */
#ifndef QC_BASE_MEMORY_H
#define QC_BASE_MEMORY_H

#include <qcode/memory.h>

/* The hook, with NULL read as malloc, realloc and free. */
void *qc_resize(const qcode_memory *memory, void *block, size_t size);
void qc_release(const qcode_memory *memory, void *block);

/* Sums and products that answer false instead of wrapping. */
bool qc_add(size_t a, size_t b, size_t *sum);
bool qc_multiply(size_t a, size_t b, size_t *product);

/* Makes room for `need` items of `size` bytes in the array `*items`, at least doubling it. On failure nothing changes.
 * Use: qc_grow(memory, &list, &capacity, count + 1, sizeof *list), where `list` is any object pointer. */
bool qc_grow(const qcode_memory *memory, void *items, size_t *capacity, size_t need, size_t size);

/* Blocks that end together. */
typedef struct qc_arena {
    const qcode_memory *memory;
    struct qc_arena_block *last;
} qc_arena;

qc_arena qc_arena_init(const qcode_memory *memory);
void qc_arena_clear(qc_arena *arena);

/* `size` zeroed bytes, aligned for anything; NULL when memory runs out. */
void *qc_arena_take(qc_arena *arena, size_t size);
void *qc_arena_take_array(qc_arena *arena, size_t count, size_t size);

/* A copy of `length` bytes with a NUL behind them. */
char *qc_arena_copy(qc_arena *arena, const char *text, size_t length);
char *qc_arena_string(qc_arena *arena, const char *text);

#endif
