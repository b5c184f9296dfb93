/* Where results go: a file that appears whole or not at all, a stream, or memory. */
#ifndef QCODE_SINK_H
#define QCODE_SINK_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>

typedef struct qcode_sink qcode_sink;

/* A file. The bytes go to a temporary file beside it; qcode_sink_finish flushes that to the disk and renames
 * it to `path`, so that whoever reads `path` meets the old file or the whole new one. A device or a pipe is written to as it is. */
QCODE_API qcode_sink *qcode_sink_file(const char *path, const qcode_memory *memory, qcode_error *err);

/* An open file descriptor, which stays the caller's and stays open. `name` is for errors ("stdout"). */
QCODE_API qcode_sink *qcode_sink_descriptor(int descriptor, const char *name, const qcode_memory *memory,
                                            qcode_error *err);

/* Memory, to be looked at with qcode_sink_bytes. */
QCODE_API qcode_sink *qcode_sink_memory(const qcode_memory *memory, qcode_error *err);

/* Adds bytes. The first failure is kept: later writes do nothing and answer false. */
QCODE_API bool qcode_sink_write(qcode_sink *sink, const void *data, size_t length);

/* Everything written so far has reached its place, or `err` says what went wrong first. */
QCODE_API bool qcode_sink_finish(qcode_sink *sink, qcode_error *err);

/* What a memory sink holds; borrowed, until the next write. */
QCODE_API const void *qcode_sink_bytes(const qcode_sink *sink, size_t *length);

/* Ends the sink. A file that was not finished is given up: the temporary goes, the old file stays. */
QCODE_API void qcode_sink_free(qcode_sink *sink);

#endif
