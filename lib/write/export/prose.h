/* Headings, paragraphs and quotes, as Markdown, as a page, or as a document of a word processor. */
#ifndef QC_WRITE_EXPORT_PROSE_H
#define QC_WRITE_EXPORT_PROSE_H

#include "base/buffer.h"
#include <qcode/error.h>
#include <qcode/sink.h>

typedef enum qc_prose_form { QC_PROSE_MARKDOWN, QC_PROSE_HTML, QC_PROSE_DOCX } qc_prose_form;

typedef struct qc_prose {
    qc_prose_form form;
    qc_buffer out;
    size_t replaced; /* characters that XML cannot hold */
} qc_prose;

qc_prose qc_prose_init(qc_prose_form form, const char *title, const qcode_memory *memory);
void qc_prose_clear(qc_prose *prose);

/* `level` from 1 to 4; the title is of 1. `color` is "#rrggbb" or "". */
void qc_prose_heading(qc_prose *prose, size_t level, const char *text, const char *color);

/* `before` stands out in front of the text, and may be "". Nothing when there is no text. */
void qc_prose_paragraph(qc_prose *prose, const char *before, const char *text);
void qc_prose_quote(qc_prose *prose, const char *text, const char *source);

/* The whole into the sink, which stays to be finished. */
bool qc_prose_write(qc_prose *prose, qcode_sink *sink, qcode_error *err);

#endif
