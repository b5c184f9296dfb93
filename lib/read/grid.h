/* A table that people filled in: the cells of a CSV file or of one sheet of a workbook, with names for their places. */
#ifndef QC_READ_GRID_H
#define QC_READ_GRID_H

#include "base/buffer.h"
#include "base/memory.h"
#include <qcode/error.h>
#include <qcode/notes.h>

typedef struct qc_grid_cell {
    const char *text;
    size_t column; /* of a CSV file: where the field begins in its line */
} qc_grid_cell;

typedef struct qc_grid_row {
    size_t first, count; /* of its cells */
    size_t line;         /* of the file, or the number of the sheet's row */
} qc_grid_row;

typedef struct qc_grid {
    qc_arena arena; /* the texts */
    const char *source;
    const char *sheet; /* its name; NULL in a CSV file */
    qc_buffer cells, rows;
} qc_grid;

/* Whether this row of names is that of the table that is looked for. */
typedef bool qc_grid_wanted(const qc_grid *grid, size_t row);

/* Whether the bytes are an archive, as workbooks are. */
bool qc_is_workbook(const unsigned char *data, size_t length);

/* Reads a CSV file, or of a workbook the first sheet whose first row is wanted; if none is, its first sheet. Rows without a
 * word are left out. Clear it in any case. */
bool qc_grid_read(qc_grid *grid, const unsigned char *data, size_t length, const char *source, qc_grid_wanted *wanted,
                  const qcode_memory *memory, qcode_notes *notes, qcode_error *err);
void qc_grid_clear(qc_grid *grid);

size_t qc_grid_row_count(const qc_grid *grid);
const qc_grid_row *qc_grid_row_at(const qc_grid *grid, size_t row);
const char *qc_grid_text(const qc_grid *grid, size_t row, size_t column); /* "" where there is no such cell */

/* Adds a row's cell, and ends the row: for those who fill a grid. */
bool qc_grid_add(qc_grid *grid, const char *text, size_t length, size_t column);
bool qc_grid_end_row(qc_grid *grid, size_t line);

/* Fails with the cell's place: "a.xlsx: coding!K12: ...", "a.csv:12:40: ...". */
bool qc_grid_fail(const qc_grid *grid, size_t row, size_t column, qcode_error *err, const char *format, ...)
    QCODE_PRINTF(5, 6);

/* The same as a note. */
void qc_grid_note(const qc_grid *grid, size_t row, size_t column, qcode_note_kind kind, qcode_notes *notes,
                  const char *format, ...) QCODE_PRINTF(6, 7);

/* Fills the grid from a workbook; where qcode is built without what reads it, that is the error. */
bool qc_grid_read_workbook(qc_grid *grid, const unsigned char *data, size_t length, qc_grid_wanted *wanted,
                           qcode_error *err);

#endif
