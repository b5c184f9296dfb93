/* The segments of an export as rows: what segments.jsonl says of each, under the columns of every output. */
#ifndef QC_WRITE_EXPORT_SEGMENTS_H
#define QC_WRITE_EXPORT_SEGMENTS_H

#include "write/export/target.h"
#include <qcode/table.h>

typedef struct qc_segment_rows {
    const qc_exporting *from;
    qc_arena arena;              /* holds the columns */
    const qcode_column *columns; /* those of every output, then the attributes that anybody in view has */
    size_t count;
    size_t *line_ends; /* of each line of segments.jsonl */
    qcode_cell *cells; /* the row made last */
    size_t *places;    /* of each cell's text in `words` */
    qc_buffer words;
} qc_segment_rows;

/* Clear it in any case. */
bool qc_segment_rows_begin(qc_segment_rows *rows, const qc_exporting *from, qcode_error *err);
void qc_segment_rows_clear(qc_segment_rows *rows);

/* The row of a segment of the view, until the next; NULL with the reason in `err`. Lists are as in segments.csv. */
const qcode_cell *qc_segment_row(qc_segment_rows *rows, size_t segment, qcode_error *err);

/* Its line of segments.jsonl, with its line feed. */
const char *qc_segment_line(const qc_segment_rows *rows, size_t segment, size_t *length);

#endif
