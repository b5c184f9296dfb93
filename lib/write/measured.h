/* What was measured of a codebook, as JSON. */
#ifndef QC_WRITE_MEASURED_H
#define QC_WRITE_MEASURED_H

#include "base/buffer.h"
#include <qcode/measured.h>

/* Appends an object; NULL: {"measured": false}. `line` is what stands before each code: "\n    " or " ". */
bool qc_put_measured(qc_buffer *out, const qcode_measured *agreement, const char *line);

/* Appends a sentence of a page: how far people's codings and the rules' are known to agree. Ends the paragraph. */
bool qc_put_measured_words(qc_buffer *out, const qcode_measured *agreement, qcode_codebooks books);

#endif
