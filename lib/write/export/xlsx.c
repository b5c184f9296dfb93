/* A run as a workbook: its segments, who raised what, its matrices, and its codebook. */
#include "base/error.h"
#include "base/utf8.h"
#include "model/codebook.h"
#include "write/export/codes.h"
#include "write/export/segments.h"
#include "write/table.h"
#include "write/writer.h"

enum { MOST_UNITS = 32767 }; /* UTF-16 units of a cell */

/* A text no longer than a cell holds: cut, with three dots, in `room`. */
static const char *fit(const qc_exporting *from, const char *text, const char *which, qc_buffer *room)
{
    size_t length = strlen(text), units = 0, at = 0, good = 0;
    if (length <= MOST_UNITS)
        return text;
    while (at < length && units <= MOST_UNITS) {
        if (units < MOST_UNITS - 1)
            good = at;
        units += qc_utf8_next(text, length, &at) > 0xFFFF ? 2 : 1;
    }
    if (units <= MOST_UNITS)
        return text;
    qc_lose(from->losses, "texts longer than a cell holds (32767 characters), which are cut", 1, which);
    room->length = 0;
    qc_buffer_append(room, text, good);
    qc_buffer_string(room, "\xE2\x80\xA6");
    const char *cut = qc_buffer_text(room);
    return cut ? cut : "";
}

static bool is_wide(size_t column)
{
    return column == QC_TEXT || column == QC_QUESTION;
}

static void put_row(qc_workbook *book, const qc_exporting *from, const qc_segment_rows *rows, const qcode_cell *cells,
                    size_t segment, qc_buffer *room)
{
    const qc_viewed *seen = &from->view->segments[segment];
    const qcode_code *code = qc_view_code(from->view, seen->code);
    for (size_t k = 0; k < rows->count; k++) {
        qcode_cell cell = cells[k];
        if (!cell.missing && rows->columns[k].type == QCODE_TYPE_TEXT)
            cell.as.text = fit(from, cell.as.text, seen->line->id, room);
        qc_workbook_put(book, rows->columns[k].type, cell, k == QC_CODE ? code->color : NULL);
    }
    qc_workbook_row_end(book);
}

static bool put_segments(qc_workbook *book, const qc_exporting *from, qcode_error *err)
{
    enum { WIDE = 80 };
    qc_segment_rows rows;
    qc_buffer room = qc_buffer_init(from->memory);
    bool done = qc_segment_rows_begin(&rows, from, err);
    qc_workbook_column *columns = done ? qc_arena_take_array(&rows.arena, rows.count, sizeof *columns) : NULL;
    done = done && (columns || qc_no_memory(err));
    for (size_t i = 0; done && i < rows.count; i++)
        columns[i] = (qc_workbook_column){.name = rows.columns[i].name, .width = is_wide(i) ? WIDE : 0,
                                          .wrapped = is_wide(i)};
    if (done)
        qc_workbook_sheet_begin(book, &(qc_workbook_sheet){"segments", columns, rows.count, 2});
    for (size_t i = 0; done && i < from->view->segment_count; i++) {
        const qcode_cell *cells = qc_segment_row(&rows, i, err);
        if ((done = cells != NULL))
            put_row(book, from, &rows, cells, i, &room);
    }
    done = done && (!room.failed || qc_no_memory(err));
    qc_buffer_clear(&room);
    qc_segment_rows_clear(&rows);
    return done;
}

static void put_code(qc_workbook *book, const qc_exporting *from, const qc_code_row *row, qc_buffer *room)
{
    const qcode_code *code = qc_view_code(from->view, row->code);
    qc_workbook_put(book, QCODE_TYPE_TEXT, (qcode_cell){.as.text = code->id}, code->color);
    const char *const texts[] = {row->name, code->parent ? code->parent->id : "", code->definition,
                                 code->include, code->exclude, code->note, code->color};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        qc_workbook_put_text(book, texts[i] && *texts[i] ? fit(from, texts[i], code->id, room) : NULL);
    qc_workbook_put(book, QCODE_TYPE_INTEGER, (qcode_cell){.as.integer = (int64_t)code->rule_count}, NULL);
    qc_workbook_put(book, QCODE_TYPE_YES_NO, (qcode_cell){.as.yes = code->retired}, NULL);
    qc_workbook_row_end(book);
}

static bool put_codebook(qc_workbook *book, const qc_exporting *from, qcode_error *err)
{
    static const qc_workbook_column columns[] = {
        {.name = "code"}, {.name = "name"}, {.name = "parent"}, {.name = "definition", .width = 60, .wrapped = true},
        {.name = "include", .width = 40, .wrapped = true}, {.name = "exclude", .width = 40, .wrapped = true},
        {.name = "note", .width = 40, .wrapped = true}, {.name = "color"}, {.name = "rules"}, {.name = "retired"}};
    qc_arena arena = qc_arena_init(from->memory);
    qc_buffer room = qc_buffer_init(from->memory);
    qc_code_tree tree;
    bool done = qc_code_tree_make(from, &arena, &tree);
    if (done)
        qc_workbook_sheet_begin(book, &(qc_workbook_sheet){"codebook", columns, sizeof columns / sizeof *columns, 1});
    for (size_t i = 0; done && i < tree.count; i++)
        put_code(book, from, &tree.rows[i], &room);
    done = done && !room.failed;
    qc_buffer_clear(&room);
    qc_arena_clear(&arena);
    return done || qc_no_memory(err);
}

static bool write_xlsx(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    qc_workbook *book = qc_workbook_new(true, from->memory, err);
    bool done = book && put_segments(book, from, err);
    for (size_t i = 0; done && i < QC_EXPORT_TABLES; i++)
        done = !from->tables[i].table || qc_put_table_sheet(book, from->tables[i].name, from->tables[i].table) ||
               qc_no_memory(err);
    done = done && put_codebook(book, from, err) && qc_workbook_finish(book, sink, err);
    qc_workbook_free(book);
    return done;
}

const qc_target qc_export_xlsx = {
    {"xlsx", ".xlsx", "a workbook: segments, who raised each code, matrices, codebook"},
    .write = write_xlsx,
    .tables = true};
