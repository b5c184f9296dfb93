/* The shown text of one document after another, and the words at places of it. */
#ifndef QC_WRITE_EXPORT_PASSAGES_H
#define QC_WRITE_EXPORT_PASSAGES_H

#include "base/points.h"
#include "write/export/target.h"

typedef struct qc_shown_document {
    const qcode_transcript *talk;
    qc_buffer text;   /* as outputs may show it */
    qc_points points; /* of it */
    size_t count;     /* its code points */
} qc_shown_document;

qc_shown_document qc_shown_init(const qcode_memory *memory);
void qc_shown_clear(qc_shown_document *shown);

/* Goes to a document; what was there is gone. False when memory runs out. */
bool qc_shown_go_to(qc_shown_document *shown, const qcode_transcript *talk);

/* Bytes of the text at code points, which may lie beyond its end. */
qcode_span qc_shown_span(const qc_shown_document *shown, size_t start, size_t end);

#endif
