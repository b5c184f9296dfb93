/* A table as text, to be put among other text. */
#ifndef QC_WRITE_TABLE_H
#define QC_WRITE_TABLE_H

#include "base/buffer.h"
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

#endif
