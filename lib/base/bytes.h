/* One reader of bytes: a file, a pipe or the standard input, whole; and the parts of paths. */
#ifndef QC_BASE_BYTES_H
#define QC_BASE_BYTES_H

#include "base/buffer.h"
#include <qcode/error.h>
#include <qcode/memory.h>

typedef struct qc_bytes {
    const qcode_memory *memory;
    unsigned char *data; /* NULL when empty; `length` bytes and a NUL behind them otherwise */
    size_t length;
} qc_bytes;

/* Reads all of `path` ("-": standard input). More than `most` bytes are refused with QCODE_LIMIT, and a folder with
 * QCODE_READ. */
bool qc_bytes_read(const char *path, size_t most, const qcode_memory *memory, qc_bytes *bytes, qcode_error *err);
void qc_bytes_clear(qc_bytes *bytes);

/* Gives the memory of bytes [from, to) back to the system as far as it can, and keeps the others: what stands there is lost. */
void qc_bytes_forget(qc_bytes *bytes, size_t from, size_t to);

/* The part of a path behind its last slash. */
const char *qc_base_name(const char *path);

/* "folder/name" in `path`, which is emptied first; NULL when memory runs out. */
const char *qc_path_in(qc_buffer *path, const char *folder, const char *name);

#endif
