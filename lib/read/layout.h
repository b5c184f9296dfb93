/* Text whose layout shows who speaks: what plain text is, and what other containers hold once their syntax is gone. */
#ifndef QC_READ_LAYOUT_H
#define QC_READ_LAYOUT_H

#include "base/buffer.h"
#include "read/reader.h"

/* Makes the transcript of a source from its decoded text (well-formed UTF-8, LF line ends), recognising its layout. The
 * text is taken over, and the buffer is empty afterwards. `format` and `encoding` are static strings. */
qcode_transcript *qc_read_layout(const qc_source *source, qc_buffer *text, const char *format, const char *encoding,
                                 qcode_notes *notes, qcode_error *err);

#endif
