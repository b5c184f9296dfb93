/* Bytes that wait until something else is known: in memory, and beyond a measure in a temporary file without a name.
 */
#ifndef QC_WRITE_SPOOL_H
#define QC_WRITE_SPOOL_H

#include "base/buffer.h"
#include <qcode/error.h>

typedef struct qc_spool {
    const char *folder; /* of the temporary file; NULL: where the system has them */
    qc_buffer held;     /* what is not in the file */
    size_t most;        /* held at most, about */
    int fd;             /* -1: no file yet */
    uint64_t length;    /* of everything */
} qc_spool;

qc_spool qc_spool_init(const char *folder, size_t most, const qcode_memory *memory);
void qc_spool_clear(qc_spool *spool);
bool qc_spool_add(qc_spool *spool, const void *data, size_t length, qcode_error *err);

/* Bytes from `at` (below the length) on, at most `most` and at least one: `*data` lasts until the next call. */
bool qc_spool_read(qc_spool *spool, uint64_t at, uint64_t most, const char **data, size_t *length, qcode_error *err);

#endif
