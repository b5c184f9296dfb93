/* A table as text, to be put among other text, and as sheets of a workbook. */
#ifndef QC_WRITE_TABLE_H
#define QC_WRITE_TABLE_H

#include "base/buffer.h"
#include "format/workbook.h"
#include <qcode/table.h>

/* Rows [first, end) of columns [from, to). */
typedef struct qc_table_part {
    size_t from, to, first, end;
} qc_table_part;

/* Appends a part, aligned, each line behind `indent` spaces, below the names of its columns. A column without a value
 * is left out. */
bool qc_put_table_text(qc_buffer *out, const qcode_table *table, const qc_table_part *part, size_t indent);

/* Appends a string on one line, safe to show and no wider than a cell. */
bool qc_put_cell_text(qc_buffer *out, const char *text);

/* Adds a sheet with the table's columns and rows; false when memory runs out. */
bool qc_put_table_sheet(qc_workbook *book, const char *name, const qcode_table *table);

typedef struct qc_named_table {
    const char *name;         /* of the sheet, or the key */
    const qcode_table *table; /* may be NULL: there is none */
} qc_named_table;

/* Writes a workbook with a sheet for each table that there is. */
bool qc_write_sheets(const qc_named_table *tables, size_t count, const qcode_memory *memory, qcode_sink *sink,
                     qcode_error *err);

#endif
