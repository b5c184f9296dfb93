/* The writer of workbooks of the library: the first one loads the module that holds it, and each goes through its table. The
 * module stays loaded. */
#include "base/error.h"
#include "format/workbooks.h"

#include <dlfcn.h>

static const qc_workbooks *of(const qc_workbook *book)
{
    return *(const qc_workbooks *const *)(const void *)book;
}

bool qc_workbook_can(void)
{
    return true;
}

qc_workbook *qc_workbook_new(bool streams, const qcode_memory *memory, qcode_error *err)
{
    void *module = dlopen(WORKBOOKS_MODULE, RTLD_NOW | RTLD_LOCAL);
    const qc_workbooks *workbooks = module ? dlsym(module, "qcode_workbooks") : NULL;
    if (workbooks)
        return workbooks->start(streams, memory, err);
    qc_fail(err, QCODE_WRITE, NULL, 0, 0, "cannot load what writes workbooks (%s)", WORKBOOKS_MODULE);
    return NULL;
}

void qc_workbook_free(qc_workbook *book)
{
    if (book)
        of(book)->free(book);
}

void qc_workbook_sheet_begin(qc_workbook *book, const qc_workbook_sheet *sheet)
{
    of(book)->sheet_begin(book, sheet);
}

void qc_workbook_put(qc_workbook *book, qcode_type type, qcode_cell cell, const char *color)
{
    of(book)->put(book, type, cell, color);
}

void qc_workbook_row_end(qc_workbook *book)
{
    of(book)->row_end(book);
}

bool qc_workbook_finish(qc_workbook *book, qcode_sink *sink, qcode_error *err)
{
    return of(book)->finish(book, sink, err);
}
