/* Workbooks in a build without libxlsxwriter: there are none, and that is said. */
#include "format/workbook.h"
#include "base/error.h"

bool qc_workbook_can(void)
{
    return false;
}

static bool refuse(qcode_error *err)
{
    return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "this qcode is built without libxlsxwriter, which writing XLSX needs");
}

qc_workbook *qc_workbook_new(bool streams, const qcode_memory *memory, qcode_error *err)
{
    (void)streams;
    (void)memory;
    refuse(err);
    return NULL;
}

void qc_workbook_free(qc_workbook *book)
{
    (void)book; /* NULL, as are those below */
}

void qc_workbook_sheet_begin(qc_workbook *book, const qc_workbook_sheet *sheet)
{
    (void)book;
    (void)sheet;
}

void qc_workbook_put(qc_workbook *book, qcode_type type, qcode_cell cell, const char *color)
{
    (void)book;
    (void)type;
    (void)cell;
    (void)color;
}

void qc_workbook_row_end(qc_workbook *book)
{
    (void)book;
}

bool qc_workbook_finish(qc_workbook *book, qcode_sink *sink, qcode_error *err)
{
    (void)book;
    (void)sink;
    return refuse(err);
}
