/* Another id for a code, in the text of a codebook: all else stays as it was written. */
#ifndef QC_READ_RENAME_H
#define QC_READ_RENAME_H

#include "base/buffer.h"
#include <qcode/recode.h>

/* Appends the new text to `out`: the code's id and what refers to it, and one more of `changes`. */
bool qc_book_rename(const qcode_codebook *book, const char *path, const qcode_rename *rename,
                    const qcode_memory *memory, qc_buffer *out, qcode_error *err);

#endif
