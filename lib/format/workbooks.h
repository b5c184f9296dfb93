/* What workbook.h promises, as a table: libxlsxwriter and what it needs take longer to load than a small run takes, so they
 * stand in a module of their own, which is loaded when the first workbook is begun. A workbook begins with the table that it
 * is used by. */
#ifndef QC_FORMAT_WORKBOOKS_H
#define QC_FORMAT_WORKBOOKS_H

#include "format/workbook.h"
#include <qcode/export.h>

typedef struct qc_workbooks {
    qc_workbook *(*start)(bool streams, const qcode_memory *memory, qcode_error *err);
    void (*free)(qc_workbook *book);
    void (*sheet_begin)(qc_workbook *book, const qc_workbook_sheet *sheet);
    void (*put)(qc_workbook *book, qcode_type type, qcode_cell cell, const char *color);
    void (*row_end)(qc_workbook *book);
    bool (*finish)(qc_workbook *book, qcode_sink *sink, qcode_error *err);
} qc_workbooks;

QCODE_API extern const qc_workbooks qcode_workbooks;

#endif
