/* Cells of a sheet of a workbook. */
#include "base/error.h"
#include "format/xlsx.h"
#include "read/grid.h"

static bool add_row(qc_grid *grid, const qc_xlsx_cell *cells, size_t count, size_t line)
{
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = qc_grid_add(grid, cells[i].text, cells[i].length, 0);
    return done && qc_grid_end_row(grid, line);
}

static bool read_sheet(qc_grid *grid, qc_xlsx *book, size_t index, bool whole, qcode_error *err)
{
    const qc_xlsx_cell *cells;
    size_t count;
    const qc_arena empty = qc_arena_init(grid->arena.memory);
    qc_arena_clear(&grid->arena);
    grid->arena = empty;
    grid->cells.length = grid->rows.length = 0;
    if (!(grid->sheet = qc_arena_string(&grid->arena, qc_xlsx_sheet_name(book, index))))
        return qc_no_memory(err);
    if (!qc_xlsx_sheet(book, index, err))
        return false;
    do {
        if (!qc_xlsx_next(book, &cells, &count, err))
            return false;
        if (!add_row(grid, cells, count, qc_xlsx_row(book)))
            return qc_no_memory(err);
    } while (count && (whole || !qc_grid_row_count(grid)));
    return true;
}

bool qc_grid_read_workbook(qc_grid *grid, const unsigned char *data, size_t length, qc_grid_wanted *wanted,
                           qcode_error *err)
{
    qcode_limits limits = qcode_limits_resolve(NULL);
    qc_package package;
    if (!qc_package_open(&package, data, length, grid->source, &limits, grid->arena.memory, err))
        return false;
    qc_xlsx *book = qc_xlsx_open(&package, err);
    size_t chosen = 0;
    bool done = book != NULL;
    for (size_t i = 0; done && !chosen && i < qc_xlsx_sheet_count(book); i++) {
        done = read_sheet(grid, book, i, false, err);
        if (done && qc_grid_row_count(grid) && wanted(grid, 0))
            chosen = i + 1;
    }
    if (done && !qc_xlsx_sheet_count(book))
        done = qc_fail(err, QCODE_INVALID, grid->source, 0, 0, "the workbook has no sheet");
    done = done && read_sheet(grid, book, chosen ? chosen - 1 : 0, true, err);
    qc_xlsx_free(book);
    qc_package_close(&package);
    return done;
}
