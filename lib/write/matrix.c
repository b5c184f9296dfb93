/* A framework matrix as a workbook: a row for each respondent, for each code a column to write in and one to read. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "format/workbook.h"
#include "write/table.h"
#include <qcode/chart.h>

#include <string.h>

#define STALE_COLOR "#ffe0b2"

typedef struct matrix {
    const qcode_table *cells;
    qc_workbook *book;
    size_t group, respondent, code, cell, quotes, summary, stale, raised, seen; /* columns of `cells` */
    size_t width; /* codes of each respondent */
    qc_arena arena;
    qc_buffer text;
} matrix;

static const char *text_at(const matrix *m, size_t row, size_t column)
{
    qcode_cell cell = qcode_table_cell(m->cells, row, column);
    return cell.missing ? NULL : cell.as.text;
}

static bool is_yes(const matrix *m, size_t row, size_t column)
{
    qcode_cell cell = qcode_table_cell(m->cells, row, column);
    return !cell.missing && cell.as.yes;
}

/* The rows of the first respondent are one for each code, and all others have the same. */
static void find_width(matrix *m)
{
    size_t rows = qcode_table_row_count(m->cells);
    while (m->width < rows && strcmp(text_at(m, m->width, m->respondent), text_at(m, 0, m->respondent)) == 0)
        m->width++;
}

static const char *print(matrix *m, const char *code, const char *what)
{
    m->text.length = 0;
    qc_buffer_print(&m->text, "%s: %s", what, code);
    const char *text = qc_buffer_text(&m->text);
    return text ? qc_arena_string(&m->arena, text) : NULL;
}

static bool begin_matrix(matrix *m)
{
    size_t count = 2 + 2 * m->width;
    qc_workbook_column *columns = qc_arena_take_array(&m->arena, count, sizeof *columns);
    if (!columns)
        return false;
    columns[0] = (qc_workbook_column){.name = "group", .fixed = true};
    columns[1] = (qc_workbook_column){.name = "respondent", .fixed = true};
    for (size_t i = 0; i < m->width; i++) {
        const char *code = text_at(m, i, m->code);
        columns[2 + 2 * i] = (qc_workbook_column){.name = print(m, code, "summary"), .width = 45, .wrapped = true};
        columns[3 + 2 * i] = (qc_workbook_column){.name = print(m, code, "quotes"), .width = 60, .wrapped = true, .fixed = true};
        if (!columns[2 + 2 * i].name || !columns[3 + 2 * i].name)
            return false;
    }
    qc_workbook_sheet_begin(m->book, &(qc_workbook_sheet){.name = "matrix", .columns = columns, .count = count, .frozen = 2});
    return true;
}

/* How many of a group's respondents raised each code: "2 of 3 raised it". */
static void put_subtotal(matrix *m, size_t first, size_t end)
{
    const char *group = text_at(m, first, m->group);
    qc_workbook_put_text(m->book, group);
    qc_workbook_put_text(m->book, "(all of the group)");
    for (size_t i = 0; i < m->width; i++) {
        size_t raised = 0, people = 0;
        for (size_t row = first + i; row < end; row += m->width, people++)
            raised += is_yes(m, row, m->raised);
        m->text.length = 0;
        qc_buffer_print(&m->text, "%zu of %zu raised it", raised, people);
        qc_workbook_put_text(m->book, NULL);
        qc_workbook_put_text(m->book, qc_buffer_text(&m->text));
    }
    qc_workbook_row_end(m->book);
}

static bool same_group(const matrix *m, size_t a, size_t b)
{
    const char *one = text_at(m, a, m->group), *other = text_at(m, b, m->group);
    return one && other ? strcmp(one, other) == 0 : one == other;
}

static void put_respondent(matrix *m, size_t first)
{
    qc_workbook_put_text(m->book, text_at(m, first, m->group));
    qc_workbook_put_text(m->book, text_at(m, first, m->respondent));
    for (size_t row = first; row < first + m->width; row++) {
        qcode_cell summary = qcode_table_cell(m->cells, row, m->summary);
        qc_workbook_put(m->book, QCODE_TYPE_TEXT, summary, is_yes(m, row, m->stale) ? STALE_COLOR : NULL);
        const char *quotes = text_at(m, row, m->quotes), *cell = text_at(m, row, m->cell);
        m->text.length = 0;
        qc_buffer_print(&m->text, "%s%s%s", cell ? cell : "", cell && quotes ? "\n" : "", quotes ? quotes : "");
        qc_workbook_put_text(m->book, qc_buffer_text(&m->text));
    }
    qc_workbook_row_end(m->book);
}

static bool put_matrix(matrix *m)
{
    size_t rows = qcode_table_row_count(m->cells), group = 0;
    if (!begin_matrix(m))
        return false;
    for (size_t row = 0; m->width && row < rows; row += m->width) {
        put_respondent(m, row);
        size_t next = row + m->width;
        if (next >= rows || !same_group(m, row, next)) {
            put_subtotal(m, group, next);
            group = next;
        }
    }
    return !m->text.failed;
}

/* What the quotes were when the workbook was written: summaries are marked as stale by it. */
static void put_cells(matrix *m)
{
    static const qc_workbook_column columns[] = {{.name = "respondent", .fixed = true},
                                                 {.name = "code", .fixed = true},
                                                 {.name = "seen", .fixed = true}};
    qc_workbook_sheet_begin(m->book, &(qc_workbook_sheet){.name = "cells", .columns = columns, .count = 3});
    for (size_t row = 0; row < qcode_table_row_count(m->cells); row++) {
        qc_workbook_put_text(m->book, text_at(m, row, m->respondent));
        qc_workbook_put_text(m->book, text_at(m, row, m->code));
        qc_workbook_put_text(m->book, text_at(m, row, m->seen));
        qc_workbook_row_end(m->book);
    }
}

static void put_how_to(matrix *m)
{
    static const qc_workbook_column column = {.name = "how to", .width = 90, .wrapped = true, .fixed = true};
    static const char *const lines[] = {
        "Write what a respondent says on a code, in your own words, in the columns called summary.",
        "A summary on orange is stale: the passages beside it have changed since. Read them, and write it anew.",
        "The sheet called cells remembers which passages you had before you: leave it as it is.",
        "Read the summaries back with: qcode chart --read matrix.xlsx --by NAME -o summaries.jsonl"};
    qc_workbook_sheet_begin(m->book, &(qc_workbook_sheet){.name = "how to", .columns = &column, .count = 1});
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        qc_workbook_put_text(m->book, lines[i]);
        qc_workbook_row_end(m->book);
    }
}

bool qcode_chart_workbook(const qcode_analysed *chart, const qcode_memory *memory, qcode_sink *sink, qcode_error *err)
{
    const qcode_table *cells = chart->table;
    matrix m = {.cells = cells, .arena = qc_arena_init(memory), .text = qc_buffer_init(memory),
                .group = qcode_table_find(cells, "group"), .respondent = qcode_table_find(cells, "respondent"),
                .code = qcode_table_find(cells, "code"), .cell = qcode_table_find(cells, "cell"),
                .quotes = qcode_table_find(cells, "quotes"), .summary = qcode_table_find(cells, "summary"),
                .stale = qcode_table_find(cells, "stale"), .raised = qcode_table_find(cells, "raised"),
                .seen = qcode_table_find(cells, "seen")};
    bool done = (m.book = qc_workbook_new(false, memory, err)) != NULL;
    find_width(&m);
    if (done && !put_matrix(&m))
        done = qc_no_memory(err);
    if (done) {
        put_cells(&m);
        put_how_to(&m);
        done = qc_put_table_sheet(m.book, "about", chart->about) || qc_no_memory(err);
        done = done && qc_workbook_finish(m.book, sink, err);
    }
    qc_workbook_free(m.book);
    qc_buffer_clear(&m.text);
    qc_arena_clear(&m.arena);
    return done;
}
