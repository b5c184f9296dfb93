/* Workbooks: the first sheet whose first row names its columns (words, and who speaks, when or where), a turn a row. */
#include "base/error.h"
#include "format/timecode.h"
#include "format/xlsx.h"
#include "read/columns.h"
#include "read/containers.h"
#include "read/rendering.h"

#include <stdlib.h>
#include <string.h>

typedef struct table_sheet {
    const qc_source *source;
    qcode_notes *notes;
    qc_xlsx *book;
    qc_columns columns;
    qc_rendering rendering;
    qc_buffer document; /* the first value of the document column */
    bool mixed;         /* there are others */
} table_sheet;

static bool name_columns(const qc_xlsx_cell *cells, size_t count, qc_columns *columns)
{
    qc_cell names[QC_XLSX_MOST_COLUMNS];
    for (size_t i = 0; i < count; i++)
        names[i] = (qc_cell){cells[i].text, cells[i].length};
    return qc_columns_by_name(names, count, columns);
}

/* Goes behind the first row of the first sheet with named columns. */
static bool find_sheet(table_sheet *sheet, qcode_error *err)
{
    const qc_xlsx_cell *cells;
    size_t count, sheets = qc_xlsx_sheet_count(sheet->book);
    for (size_t i = 0; i < sheets; i++) {
        if (!qc_xlsx_sheet(sheet->book, i, err) || !qc_xlsx_next(sheet->book, &cells, &count, err))
            return false;
        if (!count || !name_columns(cells, count, &sheet->columns))
            continue;
        if (sheets > 1)
            qc_note(sheet->notes, QCODE_NOTE_SKIPPED, sheet->source->path, 0, 0,
                    "of %zu sheets only \"%.60s\" is read, the first with named columns", sheets,
                    qc_xlsx_sheet_name(sheet->book, i));
        return true;
    }
    return qc_fail(err, QCODE_INVALID, sheet->source->path, 0, 0,
                   "no sheet names its columns in its first row; expected \"speaker\", \"time\", \"text\" or the like");
}

static qc_xlsx_cell cell_of(const qc_xlsx_cell *cells, size_t count, size_t column)
{
    return column < count ? cells[column] : (qc_xlsx_cell){.text = ""};
}

/* Days beyond a few are a date, not a time of the recording. */
static int64_t time_of(const qc_xlsx_cell *cell)
{
    enum { MOST_DAYS = 30, DAY = 24 * 60 * 60 };
    if (!cell->is_days)
        return qc_time_of(cell->text, cell->length);
    double days = strtod(cell->text, NULL);
    return days >= 0 && days < MOST_DAYS ? qc_time_of_seconds(days * DAY) : -1;
}

static bool say_row(table_sheet *sheet, const qc_xlsx_cell *cells, size_t count)
{
    const qc_columns *columns = &sheet->columns;
    qc_xlsx_cell words = cell_of(cells, count, columns->text), label = cell_of(cells, count, columns->speaker);
    qc_xlsx_cell time = cell_of(cells, count, columns->time), document = cell_of(cells, count, columns->document);
    if (document.length && !sheet->document.length)
        qc_buffer_append(&sheet->document, document.text, document.length);
    else if (document.length)
        sheet->mixed |= document.length != sheet->document.length ||
                        memcmp(document.text, sheet->document.data, document.length) != 0;
    qc_said said = {.label = label.text, .label_length = label.length, .words = words.text, .length = words.length,
                    .start_ms = time_of(&time), .end_ms = -1, .new_turn = true};
    return qc_rendering_say(&sheet->rendering, &said) && !sheet->document.failed;
}

static bool read_rows(table_sheet *sheet, qcode_error *err)
{
    const qc_xlsx_cell *cells;
    size_t count;
    for (;;) {
        if (!qc_xlsx_next(sheet->book, &cells, &count, err))
            return false;
        if (!count)
            return true;
        if (!say_row(sheet, cells, count))
            return qc_no_memory(err);
        if (sheet->rendering.text.length > sheet->source->limits.text)
            return qc_fail(err, QCODE_LIMIT, sheet->source->path, 0, 0, "the text is longer than the limit of %zu bytes",
                           sheet->source->limits.text);
    }
}

static qcode_transcript *read_xlsx(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = source->memory;
    table_sheet sheet = {.source = source, .notes = notes, .rendering = qc_rendering_init(memory),
                   .document = qc_buffer_init(memory)};
    qc_package package;
    bool done = qc_package_open(&package, source->data, source->length, source->path, &source->limits, memory, err);
    sheet.book = done ? qc_xlsx_open(&package, err) : NULL;
    done = sheet.book && find_sheet(&sheet, err) && read_rows(&sheet, err);
    qc_xlsx_free(sheet.book);
    qc_package_close(&package);
    if (done && sheet.mixed)
        qc_note(notes, QCODE_NOTE_WARNING, source->path, 0, 0, "the rows of several documents are read as one");
    qcode_transcript *talk =
        done ? qc_rendering_finish(&sheet.rendering, source, "xlsx", "columns", "UTF-8", notes, err) : NULL;
    qc_rendering_clear(&sheet.rendering);
    qc_buffer_clear(&sheet.document);
    return talk;
}

const qc_reader qc_xlsx_reader = {"xlsx", qc_xlsx_endings, qc_sniff_xlsx, read_xlsx};
