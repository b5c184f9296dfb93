/* An analysis as text, JSON, a workbook or a page: always with what it rests on, except where a format is rows alone. */
#include "base/error.h"
#include "base/screen.h"
#include "base/sink.h"
#include "write/html.h"
#include "write/table.h"
#include <qcode/analyse.h>

#include <inttypes.h>
#include <string.h>

static bool write_text(const qcode_analysed *analysed, const qcode_memory *memory, qcode_sink *sink, qcode_error *err)
{
    qc_buffer out = qc_buffer_init(memory);
    const qc_table_part whole = {.to = qcode_table_column_count(analysed->table),
                                 .end = qcode_table_row_count(analysed->table)};
    for (size_t i = 0; i < qcode_table_row_count(analysed->about); i++) {
        qc_put_cell_text(&out, qcode_table_cell(analysed->about, i, 0).as.text);
        qc_buffer_string(&out, ": ");
        const char *value = qcode_table_cell(analysed->about, i, 1).as.text;
        qc_screen(&out, value, strlen(value), false);
        qc_buffer_byte(&out, '\n');
    }
    qc_buffer_byte(&out, '\n');
    qc_put_table_text(&out, analysed->table, &whole, 0);
    bool done = !out.failed;
    qc_sink_drain(sink, &out);
    qc_buffer_clear(&out);
    return done || qc_no_memory(err);
}

static bool write_json(const qcode_analysed *analysed, const qcode_table_style *style, qcode_sink *sink,
                       qcode_error *err)
{
    qc_sink_string(sink, "{\"about\":");
    if (!qcode_table_write(analysed->about, style, sink, err))
        return false;
    qc_sink_string(sink, ",\"table\":");
    bool done = qcode_table_write(analysed->table, style, sink, err);
    qc_sink_string(sink, "}\n");
    return done;
}

bool qcode_analysed_write(const qcode_analysed *analysed, const qcode_table_style *style, const qcode_memory *memory,
                          qcode_sink *sink, qcode_error *err)
{
    const qc_named_table parts[] = {{"table", analysed->table}, {"about", analysed->about}};
    switch (style->format) {
    case QCODE_FORMAT_TEXT: return write_text(analysed, memory, sink, err);
    case QCODE_FORMAT_JSON: return write_json(analysed, style, sink, err);
    case QCODE_FORMAT_XLSX: return qc_write_sheets(parts, sizeof parts / sizeof *parts, memory, sink, err);
    case QCODE_FORMAT_CSV:
    case QCODE_FORMAT_JSONL: return qcode_table_write(analysed->table, style, sink, err);
    }
    return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "an analysis has no such format");
}

static const char style_sheet[] =
    ":root{color-scheme:light dark}body{margin:0 auto;max-width:72rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;"
    "overflow-wrap:anywhere}.wide{overflow-x:auto}table{border-collapse:collapse}th,td{padding:.25rem .5rem;"
    "border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent);text-align:start;vertical-align:top}"
    "thead th{position:sticky;top:0;background:Canvas}.n{text-align:end;font-variant-numeric:tabular-nums}\n";

static void put_cell(qc_buffer *out, qcode_type type, qcode_cell cell)
{
    qc_buffer_string(out, type == QCODE_TYPE_TEXT ? "<td><bdi>" : "<td class=\"n\">");
    if (cell.missing)
        qc_buffer_string(out, "");
    else if (type == QCODE_TYPE_TEXT)
        qc_put_html_string(out, cell.as.text);
    else if (type == QCODE_TYPE_INTEGER)
        qc_buffer_print(out, "%" PRId64, cell.as.integer);
    else if (type == QCODE_TYPE_NUMBER)
        qc_buffer_print(out, "%.3f", cell.as.number);
    else
        qc_buffer_string(out, cell.as.yes ? "yes" : "no");
    qc_buffer_string(out, type == QCODE_TYPE_TEXT ? "</bdi></td>" : "</td>");
}

static void put_table(qc_buffer *out, const qcode_table *table, qcode_sink *sink)
{
    qc_buffer_string(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"table\"><table><thead><tr>");
    for (size_t i = 0; i < qcode_table_column_count(table); i++) {
        const qcode_column *column = qcode_table_column(table, i);
        qc_buffer_string(out, column->type == QCODE_TYPE_TEXT ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">");
        qc_put_html_string(out, column->name);
        qc_buffer_string(out, "</th>");
    }
    qc_buffer_string(out, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < qcode_table_row_count(table); row++) {
        qc_buffer_string(out, "<tr>");
        for (size_t i = 0; i < qcode_table_column_count(table); i++)
            put_cell(out, qcode_table_column(table, i)->type, qcode_table_cell(table, row, i));
        qc_buffer_string(out, "</tr>\n");
        qc_sink_drain(sink, out);
    }
    qc_buffer_string(out, "</tbody></table></div>\n");
}

bool qcode_analysed_page(const qcode_analysed *analysed, const char *title, const qcode_memory *memory,
                         qcode_sink *sink, qcode_error *err)
{
    qc_buffer out = qc_buffer_init(memory);
    qc_buffer_string(&out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                           "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                           "<title>");
    qc_put_html_string(&out, title);
    qc_buffer_string(&out, "</title>\n<style>\n");
    qc_buffer_string(&out, style_sheet);
    qc_buffer_string(&out, "</style></head>\n<body><main>\n<h1>");
    qc_put_html_string(&out, title);
    qc_buffer_string(&out, "</h1>\n<dl>\n");
    for (size_t i = 0; i < qcode_table_row_count(analysed->about); i++) {
        qc_buffer_string(&out, "<dt>");
        qc_put_html_string(&out, qcode_table_cell(analysed->about, i, 0).as.text);
        qc_buffer_string(&out, "</dt><dd><bdi>");
        qc_put_html_string(&out, qcode_table_cell(analysed->about, i, 1).as.text);
        qc_buffer_string(&out, "</bdi></dd>\n");
    }
    qc_buffer_string(&out, "</dl>\n");
    put_table(&out, analysed->table, sink);
    qc_buffer_string(&out, "</main></body></html>\n");
    bool done = !out.failed;
    qc_sink_drain(sink, &out);
    qc_buffer_clear(&out);
    return done || qc_no_memory(err);
}

void qcode_analysed_clear(qcode_analysed *result)
{
    qcode_table_free(result->about);
    qcode_table_free(result->table);
    *result = (qcode_analysed){.about = NULL};
}
