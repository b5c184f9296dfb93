/* A framework matrix that analysts wrote summaries in, read back. */
#include "base/bytes.h"
#include "base/error.h"
#include "model/summaries.h"
#include "read/grid.h"

#include <string.h>

#define MOST_BYTES ((size_t)256 << 20)
#define SUMMARY_OF "summary: "

typedef struct reading {
    qcode_summaries *summaries;
    const char *by, *on;
    qc_grid matrix, cells;
    qcode_notes *notes;
    qcode_error *err;
} reading;

static size_t find_column(const qc_grid *grid, size_t row, const char *name)
{
    for (size_t i = 0; i < qc_grid_row_at(grid, row)->count; i++)
        if (strcmp(qc_grid_text(grid, row, i), name) == 0)
            return i;
    return SIZE_MAX;
}

static bool is_matrix(const qc_grid *grid, size_t row)
{
    bool has_summaries = false;
    for (size_t i = 0; i < qc_grid_row_at(grid, row)->count; i++)
        has_summaries |= strncmp(qc_grid_text(grid, row, i), SUMMARY_OF, strlen(SUMMARY_OF)) == 0;
    return has_summaries && find_column(grid, row, "respondent") != SIZE_MAX;
}

static bool is_cells(const qc_grid *grid, size_t row)
{
    return find_column(grid, row, "respondent") != SIZE_MAX && find_column(grid, row, "code") != SIZE_MAX &&
           find_column(grid, row, "seen") != SIZE_MAX;
}

/* What the analyst had before them; NULL where the workbook has no such cell. */
static const char *seen_of(const reading *r, const char *respondent, const char *code)
{
    size_t who = find_column(&r->cells, 0, "respondent"), of = find_column(&r->cells, 0, "code");
    size_t seen = find_column(&r->cells, 0, "seen");
    for (size_t row = 1; row < qc_grid_row_count(&r->cells); row++)
        if (strcmp(qc_grid_text(&r->cells, row, who), respondent) == 0 &&
            strcmp(qc_grid_text(&r->cells, row, of), code) == 0)
            return qc_grid_text(&r->cells, row, seen);
    return NULL;
}

static bool take_cell(reading *r, size_t row, size_t column, const char *respondent)
{
    const char *code = qc_grid_text(&r->matrix, 0, column) + strlen(SUMMARY_OF);
    const char *text = qc_grid_text(&r->matrix, row, column), *seen = seen_of(r, respondent, code);
    const qcode_summary *there = qc_summaries_find(r->summaries, respondent, code);
    bool blank = !text[strspn(text, " \t\r\n")];
    if (!seen) {
        if (!blank)
            qc_grid_note(&r->matrix, row, column, QCODE_NOTE_SKIPPED, r->notes,
                         "a summary of no cell that was written: its row or column was added");
        return true;
    }
    if (there ? strcmp(there->text, blank ? "" : text) == 0 : blank)
        return true;
    if (blank)
        qc_grid_note(&r->matrix, row, column, QCODE_NOTE_REPLACED, r->notes, "the cell was emptied: its summary is taken away");
    const qcode_summary fresh = {respondent, code, blank ? "" : text, r->by, r->on, seen};
    return qc_summaries_put(r->summaries, &fresh) || qc_no_memory(r->err);
}

static bool take_all(reading *r)
{
    size_t who = find_column(&r->matrix, 0, "respondent");
    for (size_t row = 1; row < qc_grid_row_count(&r->matrix); row++)
        for (size_t i = 0; i < qc_grid_row_at(&r->matrix, 0)->count; i++) {
            const char *name = qc_grid_text(&r->matrix, 0, i);
            if (strncmp(name, SUMMARY_OF, strlen(SUMMARY_OF)) == 0 &&
                !take_cell(r, row, i, qc_grid_text(&r->matrix, row, who)))
                return false;
        }
    return true;
}

bool qcode_chart_read(qcode_summaries *summaries, const char *path, const char *by, const char *on,
                      const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes = {.memory = memory};
    reading r = {.summaries = summaries, .by = by, .on = on, .notes = notes, .err = err};
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return false;
    if (!qc_is_workbook(bytes.data ? bytes.data : (const void *)"", bytes.length)) {
        qc_bytes_clear(&bytes);
        return qc_fail(err, QCODE_INVALID, path, 0, 0, "is no workbook: a matrix is written and read as .xlsx");
    }
    bool done = qc_grid_read(&r.matrix, bytes.data, bytes.length, path, is_matrix, memory, notes, err);
    bool both = done && qc_grid_read(&r.cells, bytes.data, bytes.length, path, is_cells, memory, NULL, err);
    if (both && (!qc_grid_row_count(&r.matrix) || !is_matrix(&r.matrix, 0)))
        done = qc_fail(err, QCODE_INVALID, path, 0, 0, "has no sheet with a column \"respondent\" and columns \"summary: CODE\"");
    else if (both && (!qc_grid_row_count(&r.cells) || !is_cells(&r.cells, 0)))
        done = qc_fail(err, QCODE_INVALID, path, 0, 0, "has lost its sheet \"cells\", which says what the summaries are of");
    else
        done = both && take_all(&r);
    qc_grid_clear(&r.matrix);
    if (r.cells.arena.memory || both)
        qc_grid_clear(&r.cells);
    qc_bytes_clear(&bytes);
    return done;
}
