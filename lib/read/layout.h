/* The one place where labels, stamps, headers and roles are recognised: in a text laid out like a plain-text transcript. */
#ifndef QC_READ_LAYOUT_H
#define QC_READ_LAYOUT_H

#include "read/reader.h"

/* Finds the turns of `text`, which is well-formed UTF-8 with LF line ends and becomes the transcript's. `format` and
 * `encoding` are static strings. */
qcode_transcript *qc_read_layout(const qc_source *source, qc_buffer *text, const char *format, const char *encoding,
                                 qcode_notes *notes, qcode_error *err);

#endif
