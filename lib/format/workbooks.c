/* The table of the writer of workbooks, which is all that its module shows. */
#include "format/workbooks.h"

const qc_workbooks qcode_workbooks = {
    .start = qc_workbook_new,
    .free = qc_workbook_free,
    .sheet_begin = qc_workbook_sheet_begin,
    .put = qc_workbook_put,
    .row_end = qc_workbook_row_end,
    .finish = qc_workbook_finish,
};
