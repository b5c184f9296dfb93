/* Comparisons of coders as text, CSV, JSON Lines and JSON. */
#include "base/error.h"
#include "base/screen.h"
#include "base/sink.h"
#include "write/table.h"
#include <qcode/compare.h>

#include <string.h>

/* Conventions are named with their source; whether a figure is good enough is for people to say. */
static const char conventions[] =
    "Conventions, not judgements: Krippendorff (2004) relies on alpha from .800 and draws tentative conclusions from\n"
    ".667; Landis and Koch (1977) call kappa above .20 fair, .40 moderate, .60 substantial and .80 almost perfect.\n";

void qcode_comparison_clear(qcode_comparison *comparison)
{
    qcode_table_free(comparison->about);
    qcode_table_free(comparison->figures);
    *comparison = (qcode_comparison){.about = NULL};
}

static void put_about(qc_buffer *out, const qcode_table *about)
{
    for (size_t i = 0; i < qcode_table_row_count(about); i++) {
        qc_put_cell_text(out, qcode_table_cell(about, i, 0).as.text);
        qc_buffer_string(out, ": ");
        const char *value = qcode_table_cell(about, i, 1).as.text;
        qc_screen(out, value, strlen(value), false);
        qc_buffer_byte(out, '\n');
    }
}

/* The figures as far as `standing`; what all of them share is told above. Those of categories stand apart. */
static void put_figures(qc_buffer *out, const qcode_table *figures)
{
    size_t rows = qcode_table_row_count(figures), to = qcode_table_find(figures, "standing") + 1;
    size_t category = qcode_table_find(figures, "category"), first = 0;
    while (first < rows) {
        size_t end = first;
        bool apart = !qcode_table_cell(figures, first, category).missing;
        while (end < rows && !qcode_table_cell(figures, end, category).missing == apart)
            end++;
        qc_buffer_byte(out, '\n');
        qc_put_table_text(out, figures, &(qc_table_part){.to = to, .first = first, .end = end}, 0);
        first = end;
    }
}

static bool write_text(const qcode_comparison *comparison, const qcode_memory *memory, qcode_sink *sink,
                       qcode_error *err)
{
    qc_buffer out = qc_buffer_init(memory);
    put_about(&out, comparison->about);
    put_figures(&out, comparison->figures);
    qc_buffer_byte(&out, '\n');
    qc_buffer_string(&out, conventions);
    bool done = !out.failed;
    qc_sink_drain(sink, &out);
    qc_buffer_clear(&out);
    return done || qc_no_memory(err);
}

static bool write_json(const qcode_comparison *comparison, const qcode_table_style *style, qcode_sink *sink,
                       qcode_error *err)
{
    const struct {
        const char *name;
        const qcode_table *table;
    } parts[] = {{"about", comparison->about}, {"figures", comparison->figures}};
    bool done = true;
    for (size_t i = 0; done && i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].table)
            continue;
        qc_sink_string(sink, i ? ",\"" : "{\"");
        qc_sink_string(sink, parts[i].name);
        qc_sink_string(sink, "\":");
        done = qcode_table_write(parts[i].table, style, sink, err);
    }
    qc_sink_string(sink, "}\n");
    return done;
}

bool qcode_comparison_write(const qcode_comparison *comparison, const qcode_table_style *style,
                            const qcode_memory *memory, qcode_sink *sink, qcode_error *err)
{
    switch (style->format) {
    case QCODE_FORMAT_TEXT: return write_text(comparison, memory, sink, err);
    case QCODE_FORMAT_JSON: return write_json(comparison, style, sink, err);
    case QCODE_FORMAT_CSV:
    case QCODE_FORMAT_JSONL: return qcode_table_write(comparison->figures, style, sink, err);
    }
    return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a comparison has no such format");
}
