/* Cells of tables that people filled in. */
#include "read/grid.h"
#include "base/error.h"
#include "format/csv.h"
#include "text/decode.h"

#include <stdarg.h>
#include <stdio.h>

bool qc_is_workbook(const unsigned char *data, size_t length)
{
    return length > 4 && memcmp(data, "PK\003\004", 4) == 0;
}

size_t qc_grid_row_count(const qc_grid *grid)
{
    return grid->rows.length / sizeof(qc_grid_row);
}

const qc_grid_row *qc_grid_row_at(const qc_grid *grid, size_t row)
{
    return (const qc_grid_row *)(const void *)grid->rows.data + row;
}

static const qc_grid_cell *cell_at(const qc_grid *grid, size_t row, size_t column)
{
    const qc_grid_row *of = row < qc_grid_row_count(grid) ? qc_grid_row_at(grid, row) : NULL;
    return !of || column >= of->count ? NULL : (const qc_grid_cell *)(const void *)grid->cells.data + of->first + column;
}

const char *qc_grid_text(const qc_grid *grid, size_t row, size_t column)
{
    const qc_grid_cell *cell = cell_at(grid, row, column);
    return cell ? cell->text : "";
}

bool qc_grid_add(qc_grid *grid, const char *text, size_t length, size_t column)
{
    const qc_grid_cell cell = {qc_arena_copy(&grid->arena, text, length), column};
    return cell.text && qc_buffer_append(&grid->cells, &cell, sizeof cell);
}

bool qc_grid_end_row(qc_grid *grid, size_t line)
{
    size_t rows = qc_grid_row_count(grid), count = grid->cells.length / sizeof(qc_grid_cell);
    const qc_grid_row *last = rows ? qc_grid_row_at(grid, rows - 1) : NULL;
    size_t first = last ? last->first + last->count : 0;
    const qc_grid_row new = {first, count - first, line};
    const qc_grid_cell *cells = (const void *)grid->cells.data;
    bool blank = true;
    for (size_t i = first; i < count; i++)
        blank = blank && cells[i].text[strspn(cells[i].text, " \t\r\n")] == '\0';
    if (!blank)
        return qc_buffer_append(&grid->rows, &new, sizeof new);
    grid->cells.length = first * sizeof *cells;
    return true;
}

/* "AB12" */
static void name_cell(size_t column, size_t line, char *name, size_t size)
{
    char letters[16];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (size_t left = column + 1; left && at; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    snprintf(name, size, "%s%zu", letters + at, line);
}

/* What stands before the message in a workbook, whose places are no lines. */
static void name_place(const qc_grid *grid, size_t row, size_t column, char *place, size_t size)
{
    char cell[40];
    *place = '\0';
    if (!grid->sheet)
        return;
    name_cell(column, qc_grid_row_at(grid, row)->line, cell, sizeof cell);
    snprintf(place, size, "%.60s!%s: ", grid->sheet, cell);
}

static size_t line_of(const qc_grid *grid, size_t row)
{
    return grid->sheet ? 0 : qc_grid_row_at(grid, row)->line;
}

static size_t column_of(const qc_grid *grid, size_t row, size_t column)
{
    const qc_grid_cell *cell = grid->sheet ? NULL : cell_at(grid, row, column);
    return cell ? cell->column : 0;
}

bool qc_grid_fail(const qc_grid *grid, size_t row, size_t column, qcode_error *err, const char *format, ...)
{
    char place[128], message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    name_place(grid, row, column, place, sizeof place);
    return qc_fail(err, QCODE_INVALID, grid->source, line_of(grid, row), column_of(grid, row, column), "%s%s", place,
                   message);
}

void qc_grid_note(const qc_grid *grid, size_t row, size_t column, qcode_note_kind kind, qcode_notes *notes,
                  const char *format, ...)
{
    char place[128], message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    name_place(grid, row, column, place, sizeof place);
    qc_note(notes, kind, grid->source, line_of(grid, row), column_of(grid, row, column), "%s%s", place, message);
}

static bool read_csv(qc_grid *grid, const qc_buffer *text, qcode_error *err)
{
    const qc_csv_field *fields;
    size_t count = 0;
    qc_csv *csv = qc_csv_new(text->data ? text->data : "", text->length, grid->source, grid->arena.memory, err);
    bool done = csv != NULL;
    while (done && (done = qc_csv_next(csv, &fields, &count, err)) && count) {
        size_t line = fields[0].line;
        for (size_t i = 0; done && i < count; i++)
            done = qc_grid_add(grid, fields[i].text, fields[i].length, fields[i].column);
        done = (done && qc_grid_end_row(grid, line)) || qc_no_memory(err);
    }
    qc_csv_free(csv);
    return done;
}

bool qc_grid_read(qc_grid *grid, const unsigned char *data, size_t length, const char *source, qc_grid_wanted *wanted,
                  const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    *grid = (qc_grid){.arena = qc_arena_init(memory), .source = source, .cells = qc_buffer_init(memory),
                      .rows = qc_buffer_init(memory)};
    if (qc_is_workbook(data, length))
        return qc_grid_read_workbook(grid, data, length, wanted, err);
    qc_buffer text = qc_buffer_init(memory);
    const char *encoding;
    bool done = qc_decode(data, length, NULL, source, &text, &encoding, notes, err) && read_csv(grid, &text, err);
    qc_buffer_clear(&text);
    return done;
}

void qc_grid_clear(qc_grid *grid)
{
    qc_buffer_clear(&grid->cells);
    qc_buffer_clear(&grid->rows);
    qc_arena_clear(&grid->arena);
}
