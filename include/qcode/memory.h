/* Where libqcode gets its memory from. */
#ifndef QCODE_MEMORY_H
#define QCODE_MEMORY_H

#include <qcode/export.h>

/* An allocator. Threads may share it, so its three functions must be safe to call at the same time.
 * `resize` gets NULL for a new block and never a size of 0; it answers NULL when memory runs out and
 * leaves the old block as it was. Wherever a `const qcode_memory *` is asked for, NULL means malloc,
 * realloc and free. The structure must outlive everything made with it. */
typedef struct qcode_memory {
    void *(*resize)(void *user, void *block, size_t size);
    void (*release)(void *user, void *block);
    void *user;
} qcode_memory;

#endif
