/* A table as text, to be put among other text. */
#ifndef QC_WRITE_TABLE_H
#define QC_WRITE_TABLE_H

#include "base/buffer.h"
#include <qcode/table.h>

/* Appends the columns from `first` on, aligned, each line behind `indent` spaces. */
bool qc_put_table_text(qc_buffer *out, const qcode_table *table, size_t first, size_t indent);

#endif
