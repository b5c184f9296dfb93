/* Transcripts that come through pipes, read before any output is opened: reading them may wait for ever. */
#ifndef QC_WORK_PIPES_H
#define QC_WORK_PIPES_H

#include "base/bytes.h"
#include "base/memory.h"
#include <qcode/job.h>

/* What came through one pipe. */
typedef struct qc_piped {
    qc_bytes bytes;
    qcode_error err; /* why it could not be read */
} qc_piped;

/* One for each path, NULL for a plain file, which is read when its turn comes. The list lives in `arena`;
 * the bytes end with qc_pipes_clear. NULL when memory runs out. */
qc_piped **qc_pipes_read(const qcode_inputs *inputs, qc_arena *arena, qcode_error *err);
void qc_pipes_clear(qc_piped **pipes, size_t count);

/* The transcript at `path`, from its file or from what was read of it before (then `piped` is not NULL), which is
 * forgotten. */
qcode_transcript *qc_piped_transcript(qc_piped *piped, const char *path, const qcode_read_options *options,
                                      const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

#endif
