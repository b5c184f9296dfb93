/* Segments as lines of JSON, as they stand in the run's folder, and as CSV. */
#include "base/error.h"
#include "base/sink.h"
#include "format/csv.h"
#include "format/json.h"
#include "write/export/segments.h"

static bool write_jsonl(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    qc_segment_rows rows;
    bool done = qc_segment_rows_begin(&rows, from, err);
    for (size_t i = 0; done && i < from->view->segment_count; i++) {
        size_t length;
        const char *line = qc_segment_line(&rows, i, &length);
        qcode_sink_write(sink, line, length);
    }
    qc_segment_rows_clear(&rows);
    return done;
}

static void put_text(qc_buffer *out, const char *text, bool raw)
{
    if (raw)
        qc_csv_put_raw(out, text, strlen(text));
    else
        qc_csv_put(out, text, strlen(text));
}

static void put_cell(qc_buffer *out, qcode_type type, const qcode_cell *cell, bool raw)
{
    if (cell->missing)
        return;
    if (type == QCODE_TYPE_TEXT)
        put_text(out, cell->as.text, raw);
    else if (type == QCODE_TYPE_INTEGER)
        qc_buffer_number(out, (uint64_t)cell->as.integer);
    else
        qc_json_put_number(out, cell->as.number);
}

static bool write_rows(qc_segment_rows *rows, qcode_sink *sink, qc_buffer *out, qcode_error *err)
{
    enum { ENOUGH = 1 << 16 };
    const bool raw = rows->from->job->raw;
    for (size_t i = 0; i < rows->count; i++) {
        qc_buffer_string(out, i ? "," : "");
        put_text(out, rows->columns[i].name, raw);
    }
    qc_buffer_byte(out, '\n');
    for (size_t i = 0; i < rows->from->view->segment_count; i++) {
        const qcode_cell *cells = qc_segment_row(rows, i, err);
        if (!cells)
            return false;
        for (size_t k = 0; k < rows->count; k++) {
            qc_buffer_string(out, k ? "," : "");
            put_cell(out, rows->columns[k].type, &cells[k], raw);
        }
        qc_buffer_byte(out, '\n');
        if (out->length > ENOUGH)
            qc_sink_drain(sink, out);
    }
    qc_sink_drain(sink, out);
    return !out->failed || qc_no_memory(err);
}

static bool write_csv(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    qc_segment_rows rows;
    qc_buffer out = qc_buffer_init(from->memory);
    bool done = qc_segment_rows_begin(&rows, from, err) && write_rows(&rows, sink, &out, err);
    qc_segment_rows_clear(&rows);
    qc_buffer_clear(&out);
    return done;
}

const qc_target qc_export_jsonl = {{"jsonl", ".jsonl", "the segments as lines of JSON"}, .write = write_jsonl};
const qc_target qc_export_csv = {{"csv", ".csv", "the segments as CSV"}, .write = write_csv};
