/* Tables of turns: CSV and TSV whose columns are named. */
#include "read/table.h"
#include "format/csv.h"
#include "read/peek.h"
#include "text/decode.h"

static bool read_records(qc_table_reader *table, qc_csv *csv, qcode_error *err)
{
    const qc_csv_field *fields;
    size_t count;
    qc_cell cells[QC_TABLE_MOST_COLUMNS];
    for (;;) {
        if (!qc_csv_next(csv, &fields, &count, err))
            return false;
        if (!count)
            return true;
        size_t line = fields[0].line;
        for (size_t i = 0; i < count && i < QC_TABLE_MOST_COLUMNS; i++)
            cells[i] = (qc_cell){fields[i].text, fields[i].length};
        if (!qc_table_row(table, cells, count, line, err))
            return false;
    }
}

static qcode_transcript *read_table(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(source->memory);
    const char *encoding = NULL;
    qcode_transcript *talk = NULL;
    qc_csv *csv = NULL;
    qc_table_reader table = qc_table_init(source, notes);
    if (qc_decode(source->data, source->length, source->options->encoding, source->path, &text, &encoding, notes,
                  err) &&
        (csv = qc_csv_new(text.data, text.length, source->path, source->memory, err)) && read_records(&table, csv, err))
        talk = qc_table_finish(&table, "csv", encoding, err);
    qc_csv_free(csv);
    qc_buffer_clear(&text);
    qc_table_clear(&table);
    return talk;
}

/* Appends each field of a table's first line to `cells`; quotes around them are taken off. Answers their number. */
static size_t split_line(char *line, char separator, qc_cell *cells)
{
    size_t count = 0;
    for (char *at = line; at && count < QC_TABLE_MOST_COLUMNS;) {
        char *end = strchr(at, separator), *behind = end ? end : at + strlen(at);
        size_t length = (size_t)(behind - at);
        bool quoted = length > 1 && at[0] == '"' && at[length - 1] == '"';
        cells[count++] = (qc_cell){at + quoted, length - 2 * quoted};
        at = end ? end + 1 : NULL;
    }
    return count;
}

/* A first line of columns, one with the words and one with who or when. A file so named that has two columns is claimed
 * all the same, and refused with what is missing. */
static int sniff(const qc_source *source)
{
    char start[QC_PEEK];
    qc_cell cells[QC_TABLE_MOST_COLUMNS];
    memcpy(start, source->start, sizeof start);
    char *line = start;
    if (strncmp(line, "sep=", 4) == 0)
        line += strcspn(line, "\n") + strspn(line + strcspn(line, "\n"), "\n");
    line[strcspn(line, "\n")] = '\0';
    size_t most = 1;
    for (const char *separator = ",;\t"; *separator; separator++) {
        char copy[QC_PEEK];
        memcpy(copy, line, strlen(line) + 1);
        size_t count = split_line(copy, *separator, cells);
        size_t column[QC_COLUMN_KINDS];
        const char *spec = source->options->columns;
        if (spec ? count > 1 && qc_table_choose_columns(spec, source->path, 1, cells, count, column, NULL)
                 : qc_table_is_header(cells, count))
            return spec ? 99 : 85;
        most = count > most ? count : most;
    }
    return most > 1 ? 2 : 0;
}

static const char *const endings[] = {".csv", ".tsv", ".tab", NULL};

const qc_reader qc_csv_reader = {"csv", endings, sniff, read_table};
