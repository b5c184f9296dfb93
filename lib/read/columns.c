/* Looks of columns. */
#include "read/columns.h"
#include "format/timecode.h"
#include "read/text/text.h"

#include <string.h>

enum { LONGEST_LABEL = 60 };

static size_t total_length(const qc_cell *cells, size_t rows, size_t width, size_t column)
{
    size_t total = 0;
    for (size_t row = 0; row < rows; row++)
        total += cells[row * width + column].length;
    return total;
}

static bool is_time(const qc_cell *cell)
{
    return memchr(cell->text, ':', cell->length) && qc_time_of(cell->text, cell->length) >= 0;
}

static bool has_letter(const qc_cell *cell)
{
    for (size_t i = 0; i < cell->length; i++) {
        unsigned char c = (unsigned char)cell->text[i];
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80)
            return true;
    }
    return false;
}

static bool is_label(const qc_cell *cell)
{
    return cell->length <= LONGEST_LABEL && has_letter(cell) && !memchr(cell->text, '\n', cell->length) &&
           !qc_ends_a_sentence(cell->text, cell->length);
}

static bool is_number(const qc_cell *cell)
{
    return strspn(cell->text, "0123456789.") >= cell->length;
}

/* Whether every cell of a column that holds anything is such a one, and some cell is. */
static bool all_are(bool (*is)(const qc_cell *), const qc_cell *cells, size_t rows, size_t width, size_t column)
{
    size_t met = 0;
    for (size_t row = 0; row < rows; row++) {
        const qc_cell *cell = &cells[row * width + column];
        if (cell->length && !is(cell))
            return false;
        met += cell->length > 0;
    }
    return met > 0;
}

bool qc_cast_by_name(const qc_cell *cells, size_t count, qc_cast_columns *columns)
{
    size_t named[QC_COLUMN_KINDS];
    qc_table_find_columns(cells, count, named);
    *columns = (qc_cast_columns){named[QC_COLUMN_SPEAKER] - 1, named[QC_COLUMN_TIME] - 1, named[QC_COLUMN_TEXT] - 1};
    return columns->text != QC_NO_COLUMN && columns->speaker != QC_NO_COLUMN;
}

bool qc_cast_by_look(const qc_cell *cells, size_t rows, size_t width, qc_cast_columns *columns)
{
    *columns = (qc_cast_columns){QC_NO_COLUMN, QC_NO_COLUMN, QC_NO_COLUMN};
    size_t longest = 0, others = 0; /* columns of neither words, times, labels nor numbers */
    for (size_t i = 0; i < width; i++) {
        size_t length = total_length(cells, rows, width, i);
        if (length > longest)
            longest = length, columns->text = i;
    }
    if (width == 2)
        columns->text = 1;
    for (size_t i = 0; i < width; i++) {
        if (i == columns->text)
            continue;
        if (columns->time == QC_NO_COLUMN && all_are(is_time, cells, rows, width, i))
            columns->time = i;
        else if (columns->speaker == QC_NO_COLUMN && all_are(is_label, cells, rows, width, i))
            columns->speaker = i;
        else
            others += !all_are(is_number, cells, rows, width, i) && total_length(cells, rows, width, i);
    }
    return columns->text != QC_NO_COLUMN && columns->speaker < columns->text &&
           (!others || columns->time != QC_NO_COLUMN);
}
