/* A codebook kept as a table: a row for each code. */
#ifndef QC_READ_CODEBOOK_TABLE_H
#define QC_READ_CODEBOOK_TABLE_H

#include "base/buffer.h"
#include <qcode/notes.h>

/* Appends the codebook that a CSV file or a workbook says as YAML, which was read to see that it is one. Columns are `code`
 * and any of name, definition, include, exclude, note, color, parent, unit, scope and origin; `terms`, parted by ; or line
 * ends; `examples` and `counterexamples`, a line each. False with the cell to blame. */
bool qc_codebook_of_table(const unsigned char *data, size_t length, const char *source, qc_buffer *yaml,
                          const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

#endif
