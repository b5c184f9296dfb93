/* Segments or turns as CSV. Attributes are the last columns, one for each name that any document has, so the first line is
 * known when the last document is: the records wait in memory, and beyond a measure in a temporary file without a
 * name. */
#ifndef QC_WRITE_CSV_H
#define QC_WRITE_CSV_H

#include "write/writer.h"
#include <qcode/sink.h>

typedef struct qc_csv_table qc_csv_table;

/* Where a record ends, and who speaks in it. */
typedef struct qc_csv_end {
    size_t end;
    const qcode_speaker *speaker;
} qc_csv_end;

/* `layout` stays the caller's. `folder` is where a temporary file may be made; NULL: where the system has them. */
qc_csv_table *qc_csv_table_new(const qc_layout *layout, const char *folder, const qcode_memory *memory, qcode_error *err);
void qc_csv_table_free(qc_csv_table *table);

/* Adds the records of one document, as qc_put_row_csv made them: record i is bytes [ends[i-1].end, ends[i].end) of
 * `records`, the first begins at `start`. */
bool qc_csv_table_add(qc_csv_table *table, const qcode_transcript *talk, const char *records, size_t start,
                      const qc_csv_end *ends, size_t count, qcode_error *err);

/* The whole table, with control characters spelt out for a terminal (`screen`). It is spent afterwards. A failed write
 * is kept by the sink. */
bool qc_csv_table_write(qc_csv_table *table, bool screen, qcode_sink *sink, qcode_error *err);

#endif
