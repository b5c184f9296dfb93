/* Coding sheets as workbooks: the rows with drop-downs, the codebook, and how to fill it in. */
#include "write/sheet.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/codebook.h"
#include "model/table.h"
#include "write/table.h"

static const char *const answers[] = {"1", "0", "?", NULL};
static const char *const done_words[] = {"yes", NULL};

/* How a column of the sheet looks; those of codes are not listed. */
static const struct kind {
    const char *name;
    size_t width;
    bool wrapped, hidden, fixed;
} kinds[] = {
    {"document", 14, false, false, true}, {"line", 6, false, false, true},   {"speaker", 12, false, false, true},
    {"question", 30, true, false, true},  {"before", 30, true, false, true}, {"text", 50, true, false, true},
    {"after", 30, true, false, true},     {"proposed", 16, true, false, true}, {"done", 6, false, false, false},
    {"notes", 30, true, false, false},    {"turn", 6, false, true, true},    {"start", 8, false, true, true},
    {"end", 8, false, true, true},        {"pieces", 8, false, true, true},  {"transcript", 8, false, true, true},
    {"coder", 8, false, true, true},
};

static const char *const how_to[] = {
    "1: the unit has the code. 0: it has not. ?: you are not sure, and the codebook should be talked about.",
    "A row with any answer counts as judged: its empty cells are codes that you did not give.",
    "A row that has none of the codes: yes in the column done. A row with nothing filled in counts as not looked at.",
    "Rows may be sorted and filtered, columns moved, and columns of your own added.",
    "The hidden columns say where in the transcript a row stands. Leave them as they are.",
    "Where cells are coloured, rules propose the code. They only propose: an empty cell is not an answer.",
};

static void put_kind(qc_workbook_column *column)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, column->name) == 0) {
            column->width = kinds[i].width;
            column->wrapped = kinds[i].wrapped;
            column->hidden = kinds[i].hidden;
            column->fixed = kinds[i].fixed;
        }
    if (strcmp(column->name, "done") == 0)
        column->choices = done_words;
}

static const qcode_code *code_of(const qcode_codebook *book, const char *name)
{
    size_t length = strlen(QC_SHEET_CODE);
    return strncmp(name, QC_SHEET_CODE, length) == 0 ? qcode_codebook_find(book, name + length) : NULL;
}

static void put_columns(const qcode_table *rows, const qcode_codebook *book, qc_workbook_column *columns)
{
    for (size_t i = 0; i < qcode_table_column_count(rows); i++) {
        columns[i] = (qc_workbook_column){.name = qcode_table_column(rows, i)->name};
        const qcode_code *code = code_of(book, columns[i].name);
        if (!code) {
            put_kind(&columns[i]);
            continue;
        }
        columns[i].choices = answers;
        columns[i].centred = true;
        columns[i].width = 12;
        columns[i].hint = *code->definition ? code->definition : code->name;
        columns[i].color = code->color;
    }
}

/* Whether the code is among those that are parted by "; ". */
static bool is_listed(const char *list, const char *id)
{
    size_t length = strlen(id);
    for (const char *at = list; (at = strstr(at, id)); at += length)
        if ((at == list || at[-1] == ' ') && (!at[length] || at[length] == ';'))
            return true;
    return false;
}

static void put_rows(qc_workbook *book, const qcode_table *rows)
{
    size_t proposed = qcode_table_find(rows, "proposed"), code = strlen(QC_SHEET_CODE);
    for (size_t row = 0; row < qcode_table_row_count(rows); row++) {
        qcode_cell list = proposed == SIZE_MAX ? (qcode_cell){.missing = true} : qcode_table_cell(rows, row, proposed);
        for (size_t i = 0; i < qcode_table_column_count(rows); i++) {
            const qcode_column *column = qcode_table_column(rows, i);
            bool marked = !list.missing && strncmp(column->name, QC_SHEET_CODE, code) == 0 &&
                          is_listed(list.as.text, column->name + code);
            qc_workbook_put(book, column->type, qcode_table_cell(rows, row, i), marked ? "#ffe699" : NULL);
        }
        qc_workbook_row_end(book);
    }
}

static bool put_coding(qc_workbook *book, const qcode_table *rows, const qcode_codebook *codes)
{
    const qcode_memory *memory = qc_table_memory(rows);
    size_t count = qcode_table_column_count(rows), size;
    qc_workbook_column *columns = qc_multiply(count, sizeof *columns, &size) ? qc_resize(memory, NULL, size) : NULL;
    if (!columns)
        return false;
    put_columns(rows, codes, columns);
    qc_workbook_sheet_begin(book, &(qc_workbook_sheet){.name = "coding", .columns = columns, .count = count, .frozen = 1});
    put_rows(book, rows);
    qc_release(memory, columns);
    return true;
}

static bool put_codebook(qc_workbook *book, const qcode_codebook *codes, const qcode_memory *memory)
{
    qcode_table *table = qc_codebook_table(codes, NULL, memory);
    bool done = table && qc_put_table_sheet(book, "codebook", table);
    qcode_table_free(table);
    return done;
}

static void put_how_to(qc_workbook *book)
{
    const qc_workbook_column column = {.name = "how to fill in this sheet", .width = 100, .wrapped = true};
    qc_workbook_sheet_begin(book, &(qc_workbook_sheet){.name = "how to", .columns = &column, .count = 1});
    for (size_t i = 0; i < sizeof how_to / sizeof *how_to; i++) {
        qc_workbook_put_text(book, how_to[i]);
        qc_workbook_row_end(book);
    }
}

bool qc_write_sheet(const qcode_table *rows, const qcode_codebook *codes, const qcode_memory *memory, qcode_sink *sink,
                    qcode_error *err)
{
    qc_workbook *book = qc_workbook_new(true, memory, err);
    if (!book)
        return false;
    bool done = (put_coding(book, rows, codes) && put_codebook(book, codes, memory)) || qc_no_memory(err);
    if (done)
        put_how_to(book);
    done = done && qc_workbook_finish(book, sink, err);
    qc_workbook_free(book);
    return done;
}
