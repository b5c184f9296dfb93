/* Segments as CSV. Attributes are the last columns, one for each name that any document has, so the first line is
 * known when the last document is: the records wait in memory, and beyond a measure in a temporary file without a
 * name. */
#ifndef QC_WRITE_CSV_H
#define QC_WRITE_CSV_H

#include "write/writer.h"
#include <qcode/sink.h>

typedef struct qc_csv_table qc_csv_table;

/* `folder` is where a temporary file may be made; NULL: where the system has them. */
qc_csv_table *qc_csv_table_new(const char *folder, const qcode_memory *memory, qcode_error *err);
void qc_csv_table_free(qc_csv_table *table);

/* Adds the segments of one document: record i is bytes [ends[i-1], ends[i]) of `records`, as qc_put_segment_csv made
 * it. */
bool qc_csv_table_add(qc_csv_table *table, const qcode_codings *codings, const char *records, const size_t *ends,
                      qcode_error *err);

/* The whole table. It is spent afterwards. A failed write is kept by the sink. */
bool qc_csv_table_write(qc_csv_table *table, qcode_sink *sink, qcode_error *err);

#endif
