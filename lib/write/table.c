/* Tables as CSV, as JSON, and as text for people. */
#include "write/table.h"
#include "base/error.h"
#include "base/screen.h"
#include "base/sink.h"
#include "format/csv.h"
#include "format/json.h"
#include "model/table.h"
#include "text/width.h"

#include <inttypes.h>

enum { WIDEST = 60 }; /* columns of the terminal that a cell takes at most */

static void put_csv_text(qc_buffer *out, const char *text, bool raw)
{
    if (raw)
        qc_csv_put_raw(out, text, strlen(text));
    else
        qc_csv_put(out, text, strlen(text));
}

static void put_csv_cell(qc_buffer *out, qcode_type type, qcode_cell cell, bool raw)
{
    if (cell.missing)
        return;
    switch (type) {
    case QCODE_TYPE_TEXT: put_csv_text(out, cell.as.text, raw); break;
    case QCODE_TYPE_INTEGER: qc_buffer_print(out, "%" PRId64, cell.as.integer); break;
    case QCODE_TYPE_NUMBER: qc_json_put_number(out, cell.as.number); break;
    case QCODE_TYPE_YES_NO: qc_buffer_string(out, cell.as.yes ? "yes" : "no"); break;
    }
}

static void put_csv_names(qc_buffer *out, const qcode_table *table, bool raw)
{
    for (size_t i = 0; i < qcode_table_column_count(table); i++) {
        qc_buffer_string(out, i ? "," : "");
        put_csv_text(out, qcode_table_column(table, i)->name, raw);
    }
    qc_buffer_byte(out, '\n');
}

static void put_csv_row(qc_buffer *out, const qcode_table *table, size_t row, bool raw)
{
    for (size_t i = 0; i < qcode_table_column_count(table); i++) {
        qc_buffer_string(out, i ? "," : "");
        put_csv_cell(out, qcode_table_column(table, i)->type, qcode_table_cell(table, row, i), raw);
    }
    qc_buffer_byte(out, '\n');
}

static void put_json_cell(qc_buffer *out, qcode_type type, qcode_cell cell)
{
    if (cell.missing) {
        qc_buffer_string(out, "null");
        return;
    }
    switch (type) {
    case QCODE_TYPE_TEXT: qc_json_put_string(out, cell.as.text); break;
    case QCODE_TYPE_INTEGER: qc_buffer_print(out, "%" PRId64, cell.as.integer); break;
    case QCODE_TYPE_NUMBER: qc_json_put_number(out, cell.as.number); break;
    case QCODE_TYPE_YES_NO: qc_buffer_string(out, cell.as.yes ? "true" : "false"); break;
    }
}

static void put_json_row(qc_buffer *out, const qcode_table *table, size_t row)
{
    for (size_t i = 0; i < qcode_table_column_count(table); i++) {
        const qcode_column *column = qcode_table_column(table, i);
        qc_buffer_byte(out, i ? ',' : '{');
        qc_json_put_string(out, column->name);
        qc_buffer_byte(out, ':');
        put_json_cell(out, column->type, qcode_table_cell(table, row, i));
    }
    qc_buffer_byte(out, '}');
}

bool qc_put_cell_text(qc_buffer *out, const char *text)
{
    size_t from = out->length;
    qc_screen(out, text, strlen(text), false);
    if (out->failed || qc_text_width(out->data + from, out->length - from) <= WIDEST)
        return !out->failed;
    out->length = from + qc_text_fitting(out->data + from, out->length - from, WIDEST - 1);
    return qc_buffer_string(out, "\xE2\x80\xA6");
}

static void put_shown(qc_buffer *out, qcode_type type, qcode_cell cell)
{
    if (cell.missing) {
        qc_buffer_byte(out, '-');
        return;
    }
    switch (type) {
    case QCODE_TYPE_TEXT: qc_put_cell_text(out, cell.as.text); break;
    case QCODE_TYPE_INTEGER: qc_buffer_print(out, "%" PRId64, cell.as.integer); break;
    case QCODE_TYPE_NUMBER: qc_buffer_print(out, "%.3f", cell.as.number); break;
    case QCODE_TYPE_YES_NO: qc_buffer_string(out, cell.as.yes ? "yes" : "no"); break;
    }
}

static size_t shown_width(qc_buffer *scratch, qcode_type type, qcode_cell cell)
{
    scratch->length = 0;
    put_shown(scratch, type, cell);
    return scratch->failed ? 0 : qc_text_width(scratch->data, scratch->length);
}

/* How wide a column is; 0 when no row has a value in it. */
static size_t column_width(qc_buffer *scratch, const qcode_table *table, const qc_table_part *part, size_t column)
{
    const qcode_column *about = qcode_table_column(table, column);
    size_t widest = 0;
    bool has_value = false;
    for (size_t row = part->first; row < part->end; row++) {
        qcode_cell cell = qcode_table_cell(table, row, column);
        size_t width = shown_width(scratch, about->type, cell);
        has_value |= !cell.missing;
        widest = width > widest ? width : widest;
    }
    size_t name = shown_width(scratch, QCODE_TYPE_TEXT, (qcode_cell){.as.text = about->name});
    return !has_value ? 0 : name > widest ? name : widest;
}

static void put_spaces(qc_buffer *out, size_t count)
{
    for (; count; count--)
        qc_buffer_byte(out, ' ');
}

/* One cell in its column: numbers stand at the right. */
static void put_aligned(qc_buffer *out, qc_buffer *scratch, qcode_type type, qcode_type column, qcode_cell cell,
                        size_t width)
{
    size_t used = shown_width(scratch, type, cell), spaces = width > used ? width - used : 0;
    bool right = column == QCODE_TYPE_INTEGER || column == QCODE_TYPE_NUMBER;
    put_spaces(out, right ? spaces : 0);
    qc_buffer_append(out, scratch->data, scratch->length);
    put_spaces(out, right ? 0 : spaces);
}

/* Row `row`, or the names for SIZE_MAX. */
static void put_text_row(qc_buffer *out, qc_buffer *scratch, const qcode_table *table, const size_t *widths,
                         size_t indent, size_t row)
{
    put_spaces(out, indent);
    bool parted = false;
    for (size_t i = 0; i < qcode_table_column_count(table); i++) {
        if (!widths[i])
            continue;
        const qcode_column *column = qcode_table_column(table, i);
        bool is_name = row == SIZE_MAX;
        put_spaces(out, parted ? 2 : 0);
        put_aligned(out, scratch, is_name ? QCODE_TYPE_TEXT : column->type, column->type,
                    is_name ? (qcode_cell){.as.text = column->name} : qcode_table_cell(table, row, i), widths[i]);
        parted = true;
    }
    while (out->length && out->data[out->length - 1] == ' ')
        out->length--;
    qc_buffer_byte(out, '\n');
}

bool qc_put_table_text(qc_buffer *out, const qcode_table *table, const qc_table_part *part, size_t indent)
{
    size_t count = qcode_table_column_count(table);
    qc_buffer widths = qc_buffer_init(out->memory), scratch = qc_buffer_init(out->memory);
    for (size_t i = 0; i < count; i++) {
        size_t width = i < part->from || i >= part->to ? 0 : column_width(&scratch, table, part, i);
        qc_buffer_append(&widths, &width, sizeof width);
    }
    for (size_t row = part->first; !widths.failed && row < part->end; row++) {
        if (row == part->first)
            put_text_row(out, &scratch, table, (const void *)widths.data, indent, SIZE_MAX);
        put_text_row(out, &scratch, table, (const void *)widths.data, indent, row);
    }
    out->failed = out->failed || widths.failed || scratch.failed;
    qc_buffer_clear(&widths);
    qc_buffer_clear(&scratch);
    return !out->failed;
}

/* What stands before the first row, between two and behind the last. */
static void put_between(qc_buffer *out, const qcode_table *table, const qcode_table_style *style, size_t row)
{
    bool last = row == qcode_table_row_count(table);
    if (style->format == QCODE_FORMAT_CSV && row == 0)
        put_csv_names(out, table, style->raw);
    if (style->format == QCODE_FORMAT_JSON)
        qc_buffer_string(out, last ? row ? "\n]\n" : "[]\n" : row ? ",\n" : "[\n");
}

static void put_row(qc_buffer *out, const qcode_table *table, const qcode_table_style *style, size_t row)
{
    if (style->format == QCODE_FORMAT_CSV)
        put_csv_row(out, table, row, style->raw);
    else
        put_json_row(out, table, row);
    if (style->format == QCODE_FORMAT_JSONL)
        qc_buffer_byte(out, '\n');
}

static void drain(qcode_sink *sink, qc_buffer *out, qc_buffer *safe, bool screen)
{
    if (!screen) {
        qc_sink_drain(sink, out);
        return;
    }
    safe->failed = safe->failed || out->failed;
    qc_screen(safe, out->data, out->length, true);
    out->length = 0;
    qc_sink_drain(sink, safe);
}

bool qcode_table_write(const qcode_table *table, const qcode_table_style *style, qcode_sink *sink, qcode_error *err)
{
    if (style->format == QCODE_FORMAT_XLSX)
        return qc_write_sheets(&(qc_named_table){"table", table}, 1, qc_table_memory(table), sink, err);
    qc_buffer out = qc_buffer_init(qc_table_memory(table)), safe = qc_buffer_init(qc_table_memory(table));
    size_t rows = qcode_table_row_count(table);
    if (style->format == QCODE_FORMAT_TEXT) {
        qc_put_table_text(&out, table, &(qc_table_part){.to = qcode_table_column_count(table), .end = rows}, 0);
        qc_sink_drain(sink, &out);
    }
    for (size_t row = 0; style->format != QCODE_FORMAT_TEXT && row <= rows; row++) {
        put_between(&out, table, style, row);
        if (row < rows)
            put_row(&out, table, style, row);
        drain(sink, &out, &safe, style->screen);
    }
    bool done = !out.failed && !safe.failed;
    qc_buffer_clear(&out);
    qc_buffer_clear(&safe);
    return done || qc_no_memory(err);
}
