/* A coding sheet that was filled in: a row for each unit, a column for each code. */
#ifndef QC_READ_CODINGS_SHEET_H
#define QC_READ_CODINGS_SHEET_H

#include "read/codings/rows.h"
#include "read/grid.h"

/* The names of its columns, as the writer of sheets puts them; of a code this and its id. */
#define QC_SHEET_CODE "code:"

/* Whether the first line of a file names a code's column, before any of it is understood. */
bool qc_may_be_coding_sheet(const unsigned char *data, size_t length);

/* Whether a row of names is that of a coding sheet. */
bool qc_is_coding_sheet(const qc_grid *grid, size_t row);

/* Its rows as units. A row with a cell filled in, or with yes in `done`, was judged: its empty cells are codes that were
 * not given. Any other row says nothing. */
bool qc_read_coding_sheet(qc_coding_rows *rows, const qc_grid *grid, qcode_notes *notes, qcode_error *err);

#endif
