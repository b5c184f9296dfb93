/* Workbooks: the first sheet whose first row names its columns (words, and who speaks or when), a turn a row. */
#include "base/error.h"
#include "base/utf8.h"
#include "format/xlsx.h"
#include "read/containers.h"
#include "read/table.h"

#include <stdio.h>
#include <stdlib.h>

enum { CLOCK_SIZE = 24 };

/* A row as cells of text. Clocks are written into `clocks`: a number that is shown as a time is a part of a day. */
static void show_cells(const qc_xlsx_cell *row, size_t count, qc_cell *cells, char clocks[][CLOCK_SIZE])
{
    enum { MOST_DAYS = 30, DAY_MS = 24 * 60 * 60 * 1000 }; /* more than that is a date */
    for (size_t i = 0; i < count; i++) {
        cells[i] = (qc_cell){row[i].text, row[i].length};
        double days = row[i].is_days ? strtod(row[i].text, NULL) : -1;
        if (!(days >= 0 && days < MOST_DAYS))
            continue;
        unsigned long ms = (unsigned long)(days * DAY_MS + 0.5);
        int length = snprintf(clocks[i], CLOCK_SIZE, "%lu:%02lu:%02lu.%03lu", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
                              ms % 1000);
        cells[i] = (qc_cell){clocks[i], (size_t)length};
    }
}

/* Goes to the first sheet with named columns. */
static bool find_sheet(qc_xlsx *book, const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    const qc_xlsx_cell *row;
    qc_cell cells[QC_XLSX_MOST_COLUMNS];
    char clocks[QC_XLSX_MOST_COLUMNS][CLOCK_SIZE];
    size_t count, sheets = qc_xlsx_sheet_count(book);
    for (size_t i = 0; i < sheets; i++) {
        if (!qc_xlsx_sheet(book, i, err) || !qc_xlsx_next(book, &row, &count, err))
            return false;
        show_cells(row, count, cells, clocks);
        size_t column[QC_COLUMN_KINDS];
        const char *spec = source->options->columns;
        if (spec ? !qc_table_choose_columns(spec, source->path, 1, cells, count, column, NULL)
                 : !qc_table_is_header(cells, count))
            continue;
        if (sheets > 1)
            qc_note(notes, QCODE_NOTE_SKIPPED, source->path, 0, 0,
                    "of %zu sheets only \"%.*s\" is read, the first with named columns", sheets,
                    qc_utf8_cut(qc_xlsx_sheet_name(book, i), 60), qc_xlsx_sheet_name(book, i));
        return qc_xlsx_sheet(book, i, err);
    }
    return qc_fail(err, QCODE_INVALID, source->path, 0, 0,
                   "no sheet names its columns in its first row; expected \"text\", and \"speaker\" or \"time\"");
}

static bool read_rows(qc_xlsx *book, qc_table_reader *table, qcode_error *err)
{
    const qc_xlsx_cell *row;
    qc_cell cells[QC_XLSX_MOST_COLUMNS];
    char clocks[QC_XLSX_MOST_COLUMNS][CLOCK_SIZE];
    for (size_t count;;) {
        if (!qc_xlsx_next(book, &row, &count, err))
            return false;
        if (!count)
            return true;
        show_cells(row, count, cells, clocks);
        if (!qc_table_row(table, cells, count, qc_xlsx_row(book), err))
            return false;
    }
}

static qcode_transcript *read_xlsx(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    qc_table_reader table = qc_table_init(source, notes);
    qc_package package;
    bool done = qc_package_open(&package, source->data, source->length, source->path, &source->limits, source->memory,
                                err);
    qc_xlsx *book = done ? qc_xlsx_open(&package, err) : NULL;
    done = book && find_sheet(book, source, notes, err) && read_rows(book, &table, err);
    qc_xlsx_free(book);
    qc_package_close(&package);
    qcode_transcript *talk = done ? qc_table_finish(&table, "xlsx", "UTF-8", err) : NULL;
    qc_table_clear(&table);
    return talk;
}

const qc_reader qc_xlsx_reader = {"xlsx", qc_xlsx_endings, qc_sniff_xlsx, read_xlsx};
