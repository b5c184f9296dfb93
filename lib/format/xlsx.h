/* Workbooks (ECMA-376-1, SpreadsheetML) read row by row: each cell as the text that is stored for it. */
#ifndef QC_FORMAT_XLSX_H
#define QC_FORMAT_XLSX_H

#include "format/package.h"

#define QC_XLSX_MOST_SHEETS 1024
#define QC_XLSX_MOST_COLUMNS 256

typedef struct qc_xlsx_cell {
    const char *text; /* UTF-8, NUL-terminated; "" when the cell is empty. Lasts until the next row */
    size_t length;
    bool is_days; /* a number that is shown as a date or a time: days, with a fraction */
} qc_xlsx_cell;

typedef struct qc_xlsx qc_xlsx;

/* Opens a workbook; the package stays the caller's and is closed after it. */
qc_xlsx *qc_xlsx_open(const qc_package *package, qcode_error *err);
void qc_xlsx_free(qc_xlsx *book);

size_t qc_xlsx_sheet_count(const qc_xlsx *book);
const char *qc_xlsx_sheet_name(const qc_xlsx *book, size_t index);

/* Goes to the beginning of a sheet. */
bool qc_xlsx_sheet(qc_xlsx *book, size_t index, qcode_error *err);

/* The next row that holds a cell, from column A on; `*count` is 0 at the end. False with the sheet's part and place; the
 * message names the cell. */
bool qc_xlsx_next(qc_xlsx *book, const qc_xlsx_cell **cells, size_t *count, qcode_error *err);
size_t qc_xlsx_row(const qc_xlsx *book); /* the number of the row given out last */

#endif
