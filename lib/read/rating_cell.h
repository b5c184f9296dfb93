/* What a cell of a table of ratings holds. */
#ifndef QC_READ_RATING_CELL_H
#define QC_READ_RATING_CELL_H

#include "base/buffer.h"
#include "format/csv.h"

/* What stands between the spaces at both ends. */
qc_csv_field qc_trimmed(const qc_csv_field *field);

/* -12.5, in any locale; false for anything else. */
bool qc_read_rating_number(const qc_csv_field *field, double *number);

/* The codes of "b|a|b", each once and in the order of their names, joined in `name`: "a|b", or "|" for none of them.
 * `list` is scratch. False when memory runs out. */
bool qc_read_rating_set(const qc_csv_field *field, qc_buffer *list, qc_buffer *name);

#endif
