/* Another program as a filter: bytes in, bytes out, within limits, and never through a shell. */
#ifndef QC_BASE_PROCESS_H
#define QC_BASE_PROCESS_H

#include "base/buffer.h"
#include <qcode/error.h>

typedef struct qc_process_limits {
    unsigned seconds;   /* of real time and of processor time */
    size_t most_output; /* bytes */
    size_t most_memory; /* bytes of the program's address space; 0: not limited */
} qc_process_limits;

/* The path of a program on PATH (empty entries do not count), written to `path`; false when there is none. */
bool qc_process_find(const char *program, char *path, size_t size);

/* Runs the program at `path` with these arguments (ended by NULL; the first is its name), gives it the input and
 * appends what it prints to `out`; its standard error is dropped, and it can write no file. Answers true when it has
 * ended, with its exit status in `*status` (128 and more: a signal). False when it could not be run or met a limit
 * (QCODE_LIMIT): then it is ended. `source` stands for the file in errors. Threads may run programs at the same time.
 */
bool qc_process_run(const char *path, const char *const *arguments, const void *input, size_t length,
                    const qc_process_limits *limits, const char *source, qc_buffer *out, int *status, qcode_error *err);

#endif
