/* Workbooks (XLSX) being written: sheets of named columns, row by row, and the same bytes for the same input. */
#ifndef QC_FORMAT_WORKBOOK_H
#define QC_FORMAT_WORKBOOK_H

#include <qcode/memory.h>
#include <qcode/sink.h>
#include <qcode/table.h>

typedef struct qc_workbook_column {
    const char *name;
    size_t width; /* in digits; 0: as wide as its widest cell, up to a limit */
    bool wrapped, centred, hidden;
    bool fixed;                 /* typing over a cell is refused; sorting and filtering are not */
    const char *const *choices; /* a cell's drop-down, ended by NULL, of at most 255 characters with a comma between
                                 * two: typing anything else is refused. May be NULL */
    const char *hint;           /* shown beside a cell of it that is entered; may be NULL */
    const char *color;          /* behind its name, "#rrggbb"; may be NULL or "" */
} qc_workbook_column;

typedef struct qc_workbook_sheet {
    const char *name; /* up to 31 characters, none of []:*?/\ */
    const qc_workbook_column *columns;
    size_t count;
    size_t frozen; /* columns that stay in sight; the names of the columns always do */
} qc_workbook_sheet;

typedef struct qc_workbook qc_workbook;

/* Whether this build can write workbooks; qc_workbook_new says it in an error too. */
bool qc_workbook_can(void);

/* A workbook. With `streams` its memory does not grow with the rows, which are kept in a temporary file. */
qc_workbook *qc_workbook_new(bool streams, const qcode_memory *memory, qcode_error *err);
void qc_workbook_free(qc_workbook *book);

/* Goes on to a new sheet, whose rows follow; the columns and all they point to are looked at once. */
void qc_workbook_sheet_begin(qc_workbook *book, const qc_workbook_sheet *sheet);

/* The next cell of the row; a text is never taken for a formula, and yes and no are these words. `color` ("#rrggbb") is
 * behind it; NULL or "" for none. */
void qc_workbook_put(qc_workbook *book, qcode_type type, qcode_cell cell, const char *color);
void qc_workbook_row_end(qc_workbook *book);

/* The same of a text; NULL is an empty cell. */
static inline void qc_workbook_put_text(qc_workbook *book, const char *text)
{
    qc_workbook_put(book, QCODE_TYPE_TEXT, text ? (qcode_cell){.as.text = text} : (qcode_cell){.missing = true}, NULL);
}

/* Puts the whole file into the sink, which stays to be finished, or tells the first thing that went wrong: no memory; a
 * text longer than a cell holds (32767 UTF-16 units), more rows or columns than a sheet has, a name or a drop-down that
 * no sheet can have. Nothing can be added afterwards. */
bool qc_workbook_finish(qc_workbook *book, qcode_sink *sink, qcode_error *err);

#endif
