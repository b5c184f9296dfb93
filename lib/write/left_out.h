/* Which codes a report counts, and where they stand. */
#ifndef QC_WRITE_LEFT_OUT_H
#define QC_WRITE_LEFT_OUT_H

#include "base/buffer.h"
#include <qcode/codebook.h>

/* Whether the code is of an experimental codebook: its passages are there to be read, and nothing of it is counted. */
bool qc_is_left_out(const qcode_code *code);

/* Says in a page which codebooks these are; nothing when there is none. */
void qc_put_left_out(qc_buffer *out, qcode_codebooks books);

/* How many codes it stands under. */
size_t qc_code_depth(const qcode_code *code);

#endif
