/* Comparisons of coders as text, CSV, JSON Lines and JSON. */
#include "base/error.h"
#include "base/screen.h"
#include "base/sink.h"
#include "write/table.h"
#include <qcode/compare.h>

#include <inttypes.h>
#include <string.h>

enum { MOST_SHOWN = 20 }; /* disagreements on a terminal */

/* Conventions are named with their source; whether a figure is good enough is for people to say. */
static const char conventions[] =
    "Conventions, not judgements: Krippendorff (2004) relies on alpha from .800 and draws tentative conclusions from\n"
    ".667; Landis and Koch (1977) call kappa above .20 fair, .40 moderate, .60 substantial and .80 almost perfect.\n";

void qcode_comparison_clear(qcode_comparison *comparison)
{
    qcode_table *const tables[] = {comparison->about,  comparison->codes,  comparison->interviews,
                                   comparison->figures, comparison->pooled, comparison->decisions,
                                   comparison->retrieval, comparison->spans, comparison->talks};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        qcode_table_free(tables[i]);
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

/* A table below a line that says what it is, as far as a column. */
static void put_part(qc_buffer *out, const qcode_table *table, const char *title, const char *last)
{
    if (!table || !qcode_table_row_count(table))
        return;
    qc_buffer_print(out, "\n%s\n", title);
    const qc_table_part part = {.to = qcode_table_find(table, last) + 1, .end = qcode_table_row_count(table)};
    qc_put_table_text(out, table, &part, 0);
}

/* Whether a figure was declared or asked for beyond what the codes show. */
static bool goes_further(const qcode_table *figures)
{
    size_t standing = qcode_table_find(figures, "standing");
    for (size_t i = 0; i < qcode_table_row_count(figures); i++) {
        qcode_cell cell = qcode_table_cell(figures, i, standing);
        if (!cell.missing && strcmp(cell.as.text, "usual") != 0)
            return true;
    }
    return false;
}

/* One code that coders differ on: "T01.txt:12  leadership: yes A; no B  the words". */
static void put_difference(qc_buffer *out, const qcode_table *table, size_t row)
{
    size_t code = qcode_table_find(table, "code"), words = qcode_table_find(table, "text");
    size_t decision = qcode_table_column_count(table) - 1;
    qc_put_cell_text(out, qcode_table_cell(table, row, 0).as.text);
    qcode_cell line = qcode_table_cell(table, row, 1);
    if (line.missing)
        qc_buffer_string(out, "  ");
    else
        qc_buffer_print(out, ":%" PRId64 "  ", line.as.integer);
    qc_put_cell_text(out, qcode_table_cell(table, row, code).as.text);
    for (size_t i = code + 1; i < decision; i++) {
        qcode_cell cell = qcode_table_cell(table, row, i);
        qc_buffer_string(out, i == code + 1 ? ": " : ", ");
        qc_put_cell_text(out, qcode_table_column(table, i)->name);
        qc_buffer_print(out, " %s", cell.missing ? "did not look" : cell.as.text);
    }
    qcode_cell text = qcode_table_cell(table, row, words);
    qc_buffer_string(out, "\n    ");
    if (text.missing)
        qc_buffer_string(out, "(not shown)");
    else
        qc_screen(out, text.as.text, strlen(text.as.text), false);
    qc_buffer_byte(out, '\n');
}

/* Those that are not decided. */
static void put_differences(qc_buffer *out, const qcode_table *table)
{
    size_t differ = 0, shown = 0, rows = table ? qcode_table_row_count(table) : 0;
    if (!table)
        return;
    size_t decision = qcode_table_column_count(table) - 1;
    for (size_t i = 0; i < rows; i++)
        differ += qcode_table_cell(table, i, decision).missing;
    qc_buffer_print(out, "\nwhere coders differ: %zu time%s\n", differ, differ == 1 ? "" : "s");
    for (size_t i = 0; i < rows && shown < MOST_SHOWN; i++)
        if (qcode_table_cell(table, i, decision).missing) {
            put_difference(out, table, i);
            shown++;
        }
    if (differ > shown)
        qc_buffer_print(out, "... and %zu more; --disagreements FILE lists them all\n", differ - shown);
}

static bool write_text(const qcode_comparison *comparison, const qcode_memory *memory, qcode_sink *sink,
                       qcode_error *err)
{
    qc_buffer out = qc_buffer_init(memory);
    put_about(&out, comparison->about);
    put_part(&out, comparison->codes, "code by code", "note");
    put_part(&out, comparison->interviews, "interview by interview", "undefined");
    if (!comparison->codes || goes_further(comparison->figures))
        put_figures(&out, comparison->figures);
    put_part(&out, comparison->pooled, "over all codes: each unit and code a decision of its own, or all codes of a unit as one set", "undefined");
    put_part(&out, comparison->retrieval, "passages: the second coder's against the first's", "undefined");
    put_part(&out, comparison->spans, "passages: where they begin and end", "undefined");
    put_differences(&out, comparison->decisions);
    qc_buffer_byte(&out, '\n');
    qc_buffer_string(&out, conventions);
    bool done = !out.failed;
    qc_sink_drain(sink, &out);
    qc_buffer_clear(&out);
    return done || qc_no_memory(err);
}

enum { PARTS = 8 };

static void list_parts(const qcode_comparison *comparison, qc_named_table parts[PARTS])
{
    const qc_named_table all[PARTS] = {{"about", comparison->about},           {"codes", comparison->codes},
                                       {"interviews", comparison->interviews}, {"figures", comparison->figures},
                                       {"pooled", comparison->pooled},         {"retrieval", comparison->retrieval},
                                       {"spans", comparison->spans},           {"decisions", comparison->decisions}};
    memcpy(parts, all, sizeof all);
}

static bool write_json(const qcode_comparison *comparison, const qcode_table_style *style, qcode_sink *sink,
                       qcode_error *err)
{
    qc_named_table parts[PARTS];
    list_parts(comparison, parts);
    bool done = true;
    for (size_t i = 0; done && i < PARTS; i++) {
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

static bool write_workbook(const qcode_comparison *comparison, const qcode_memory *memory, qcode_sink *sink,
                           qcode_error *err)
{
    qc_named_table parts[PARTS];
    list_parts(comparison, parts);
    return qc_write_sheets(parts, PARTS, memory, sink, err);
}

bool qcode_comparison_write(const qcode_comparison *comparison, const qcode_table_style *style,
                            const qcode_memory *memory, qcode_sink *sink, qcode_error *err)
{
    switch (style->format) {
    case QCODE_FORMAT_TEXT: return write_text(comparison, memory, sink, err);
    case QCODE_FORMAT_JSON: return write_json(comparison, style, sink, err);
    case QCODE_FORMAT_XLSX: return write_workbook(comparison, memory, sink, err);
    case QCODE_FORMAT_CSV:
    case QCODE_FORMAT_JSONL:
        return qcode_table_write(comparison->codes ? comparison->codes : comparison->figures, style, sink, err);
    }
    return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a comparison has no such format");
}
