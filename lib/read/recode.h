/* A change of codes in the text of a codebook: all else stays as it was written. */
#ifndef QC_READ_RECODE_H
#define QC_READ_RECODE_H

#include "base/buffer.h"
#include <qcode/recode.h>

/* Appends the new text of a codebook to `out`, with one more of `changes`. `text` is a codebook that was read; what comes
 * out has to be read again, for it may contradict itself in ways that only the reader sees. */
bool qc_book_recode(const qcode_recode_job *job, const char *path, const char *text, size_t length,
                    const qcode_memory *memory, qc_buffer *out, qcode_error *err);

/* "merge trust, faith into hope": what `changes` says of it. */
void qc_put_recoding(qc_buffer *out, const qcode_recode_job *job);

#endif
