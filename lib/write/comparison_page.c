/* A comparison as a page: what it is about, a heat map of pairs and codes, every figure, and where coders differ. */
#include "base/error.h"
#include "base/sink.h"
#include "write/html.h"
#include <qcode/compare.h>

#include <inttypes.h>
#include <string.h>

enum { MOST_COLUMNS = 32 }; /* of the tables that are shown whole */

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1b1b;--soft:#595959;--line:#d0d0d0;--paper:#fff;--heat:0,105,92}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#b4b4b4;--line:#4a4a4a;--paper:#171717;"
    "--heat:38,166,154}}\n"
    "body{margin:0 auto;max-width:72rem;padding:1rem;color:var(--ink);background:var(--paper);"
    "font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\n"
    "h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}dt{color:var(--soft)}dd{margin:0 0 .5rem}\n"
    ".soft,caption{color:var(--soft);font-size:.875rem}caption{text-align:start;padding-bottom:.5rem}\n"
    ".wide{overflow-x:auto}table{border-collapse:collapse}\n"
    "th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:top;"
    "overflow-wrap:normal}\n"
    "tbody th{font-weight:500}.n{text-align:end;font-variant-numeric:tabular-nums}\n"
    "article{margin:1.25rem 0;padding-inline-start:1rem;border-inline-start:.25rem solid var(--line)}\n"
    "blockquote{margin:.25rem 0;white-space:pre-line;font-family:Georgia,'Times New Roman',serif}\n"
    ".yes{font-weight:600}a{color:inherit}\n"
    ".h0{background:rgba(var(--heat),.04)}.h1{background:rgba(var(--heat),.12)}.h2{background:rgba(var(--heat),.2)}"
    ".h3{background:rgba(var(--heat),.28)}.h4{background:rgba(var(--heat),.36)}\n"
    ".turn{white-space:pre-line}.turn:target{outline:.2rem solid rgb(var(--heat));outline-offset:.25rem}\n"
    "@media print{body{max-width:none;font-size:10pt}article{break-inside:avoid}}\n";

typedef struct page {
    const qcode_comparison *of;
    qcode_sink *sink;
    qc_buffer out;
    size_t turn; /* of the last passage */
} page;

static void put(page *p, const char *html)
{
    qc_buffer_string(&p->out, html);
}

/* A stranger's string, kept apart from the direction of what stands around it. */
static void put_name(page *p, const char *text)
{
    put(p, "<bdi>");
    qc_put_html_string(&p->out, text);
    put(p, "</bdi>");
}

static void put_cell(page *p, qcode_type type, qcode_cell cell)
{
    bool is_text = type == QCODE_TYPE_TEXT;
    put(p, is_text ? "<td>" : "<td class=\"n\">");
    if (cell.missing)
        put(p, is_text ? "" : "\xE2\x80\x93");
    else if (is_text)
        put_name(p, cell.as.text);
    else if (type == QCODE_TYPE_INTEGER)
        qc_buffer_print(&p->out, "%" PRId64, cell.as.integer);
    else if (type == QCODE_TYPE_NUMBER)
        qc_buffer_print(&p->out, "%.3f", cell.as.number);
    else
        put(p, cell.as.yes ? "yes" : "no");
    put(p, "</td>");
}

/* Whether a column has a value anywhere. */
static bool is_used(const qcode_table *table, size_t column)
{
    for (size_t i = 0; i < qcode_table_row_count(table); i++)
        if (!qcode_table_cell(table, i, column).missing)
            return true;
    return false;
}

/* "by_first" as "by first". */
static void put_title(page *p, const char *name)
{
    for (; *name; name++)
        qc_put_html(&p->out, *name == '_' ? " " : name, 1);
}

/* A table as far as a column, without those that are empty. */
static void put_table(page *p, const qcode_table *table, const char *id, const char *title, const char *last)
{
    if (!table || !qcode_table_row_count(table))
        return;
    size_t to = qcode_table_find(table, last) + 1;
    bool used[MOST_COLUMNS];
    for (size_t i = 0; i < to; i++)
        used[i] = is_used(table, i);
    qc_buffer_print(&p->out, "<h2 id=\"%s\">%s</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                             "aria-labelledby=\"%s\"><table>\n<thead><tr>", id, title, id);
    for (size_t i = 0; i < to; i++)
        if (used[i]) {
            put(p, qcode_table_column(table, i)->type == QCODE_TYPE_TEXT ? "<th scope=\"col\">"
                                                                          : "<th scope=\"col\" class=\"n\">");
            put_title(p, qcode_table_column(table, i)->name);
            put(p, "</th>");
        }
    put(p, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < qcode_table_row_count(table); row++) {
        put(p, "<tr>");
        for (size_t i = 0; i < to; i++)
            if (used[i])
                put_cell(p, qcode_table_column(table, i)->type, qcode_table_cell(table, row, i));
        put(p, "</tr>\n");
        qc_sink_drain(p->sink, &p->out);
    }
    put(p, "</tbody></table></div>\n");
}

static void put_about(page *p)
{
    const qcode_table *about = p->of->about;
    put(p, "<dl>\n");
    for (size_t i = 0; i < qcode_table_row_count(about); i++) {
        put(p, "<dt>");
        put_name(p, qcode_table_cell(about, i, 0).as.text);
        put(p, "</dt><dd>");
        put_name(p, qcode_table_cell(about, i, 1).as.text);
        put(p, "</dd>\n");
    }
    put(p, "</dl>\n");
}

/* One cell of the map: its shade goes with the figure that stands in it, so colour alone says nothing. */
static void put_heat(page *p, size_t row)
{
    const qcode_table *codes = p->of->codes;
    qcode_cell alpha = qcode_table_cell(codes, row, qcode_table_find(codes, "alpha"));
    qcode_cell note = qcode_table_cell(codes, row, qcode_table_find(codes, "note"));
    if (alpha.missing) {
        put(p, "<td class=\"n\">undefined</td>");
        return;
    }
    double value = alpha.as.number;
    int shade = value < 0 ? 0 : value >= 0.8 ? 4 : (int)(value * 5);
    if (note.missing)
        qc_buffer_print(&p->out, "<td class=\"n h%d\">%.2f</td>", shade, value);
    else
        qc_buffer_print(&p->out, "<td class=\"n\">%.2f<br><span class=\"soft\">too few to judge</span></td>", value);
}

/* Rows are codes, which stand together in the table, and columns pairs of coders, in the same order for each code. */
static void put_map(page *p)
{
    const qcode_table *codes = p->of->codes;
    size_t rows = codes ? qcode_table_row_count(codes) : 0, wide = 0;
    if (!rows)
        return;
    const char *first = qcode_table_cell(codes, 0, 0).as.text;
    while (wide < rows && strcmp(qcode_table_cell(codes, wide, 0).as.text, first) == 0)
        wide++;
    put(p, "<h2 id=\"map\">Krippendorff\xE2\x80\x99s alpha, codes by coders</h2>\n<div class=\"wide\" tabindex=\"0\" "
           "role=\"region\" aria-labelledby=\"map\"><table>\n<thead><tr><th scope=\"col\">code</th>");
    for (size_t i = 0; i < wide; i++) {
        put(p, "<th scope=\"col\">");
        put_name(p, qcode_table_cell(codes, i, 1).as.text);
        put(p, "</th>");
    }
    put(p, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < rows; row++) {
        if (row % wide == 0) {
            put(p, "<tr><th scope=\"row\">");
            put_name(p, qcode_table_cell(codes, row, 0).as.text);
            put(p, "</th>");
        }
        put_heat(p, row);
        if (row % wide == wide - 1)
            put(p, "</tr>\n");
    }
    put(p, "</tbody></table></div>\n");
}

/* Who did what with the passage of a row. */
static void put_coders(page *p, const qcode_table *table, size_t row)
{
    size_t code = qcode_table_find(table, "code"), decision = qcode_table_column_count(table) - 1;
    put(p, "<p>");
    for (size_t i = code + 1; i < decision; i++) {
        qcode_cell cell = qcode_table_cell(table, row, i);
        bool yes = !cell.missing && strcmp(cell.as.text, "yes") == 0;
        put(p, i > code + 1 ? " \xC2\xB7 " : "");
        put(p, yes ? "<span class=\"yes\">" : "<span>");
        put_name(p, qcode_table_column(table, i)->name);
        put(p, yes ? ": coded</span>" : cell.missing ? ": did not look</span>" : ": not coded</span>");
    }
    put(p, "</p></article>\n");
}

/* Whether two rows, of two tables that begin with `document`, are of the same one. */
static bool same_document(const qcode_table *a, size_t row, const qcode_table *b, size_t other)
{
    return strcmp(qcode_table_cell(a, row, 0).as.text, qcode_table_cell(b, other, 0).as.text) == 0;
}

/* The turn that the passage of a row begins in; SIZE_MAX when turns are not shown. Turns and passages come in one order,
 * so the search goes on where it was. */
static size_t turn_of(page *p, const qcode_table *table, size_t row)
{
    const qcode_table *talks = p->of->talks;
    size_t rows = talks ? qcode_table_row_count(talks) : 0, column = talks ? qcode_table_find(talks, "start") : 0;
    int64_t start = qcode_table_cell(table, row, qcode_table_find(table, "start")).as.integer;
    while (p->turn < rows && !same_document(talks, p->turn, table, row))
        p->turn++;
    while (p->turn + 1 < rows && same_document(talks, p->turn + 1, table, row) &&
           qcode_table_cell(talks, p->turn + 1, column).as.integer <= start)
        p->turn++;
    return p->turn < rows ? p->turn : SIZE_MAX;
}

static void put_difference(page *p, const qcode_table *table, size_t row)
{
    qcode_cell speaker = qcode_table_cell(table, row, qcode_table_find(table, "speaker"));
    qcode_cell text = qcode_table_cell(table, row, qcode_table_find(table, "text"));
    put(p, "<article><strong>");
    put_name(p, qcode_table_cell(table, row, qcode_table_find(table, "code")).as.text);
    put(p, "</strong> <span class=\"soft\">");
    put_name(p, qcode_table_cell(table, row, 0).as.text);
    size_t turn = turn_of(p, table, row);
    if (turn != SIZE_MAX)
        qc_buffer_print(&p->out, ", <a href=\"#turn%zu\">line %" PRId64 "</a>", turn,
                        qcode_table_cell(table, row, 1).as.integer);
    else
        qc_buffer_print(&p->out, ", line %" PRId64, qcode_table_cell(table, row, 1).as.integer);
    if (!speaker.missing) {
        put(p, ", ");
        put_name(p, speaker.as.text);
    }
    put(p, "</span>\n<blockquote dir=\"auto\">");
    if (text.missing)
        put(p, "<span class=\"soft\">(not shown)</span>");
    else
        qc_put_html_string(&p->out, text.as.text);
    put(p, "</blockquote>");
    put_coders(p, table, row);
    qc_sink_drain(p->sink, &p->out);
}

static void put_differences(page *p)
{
    const qcode_table *table = p->of->decisions;
    size_t differ = 0, rows = table ? qcode_table_row_count(table) : 0;
    if (!table)
        return;
    size_t decision = qcode_table_column_count(table) - 1;
    for (size_t i = 0; i < rows; i++)
        differ += qcode_table_cell(table, i, decision).missing;
    qc_buffer_print(&p->out, "<h2 id=\"differences\">Where coders differ: %zu time%s</h2>\n", differ,
                    differ == 1 ? "" : "s");
    for (size_t i = 0; i < rows; i++)
        if (qcode_table_cell(table, i, decision).missing)
            put_difference(p, table, i);
}

/* The documents, turn by turn. */
static void put_talks(page *p)
{
    const qcode_table *talks = p->of->talks;
    size_t speaker = talks ? qcode_table_find(talks, "speaker") : 0, text = talks ? qcode_table_find(talks, "text") : 0;
    for (size_t i = 0; talks && i < qcode_table_row_count(talks); i++) {
        if (!i || !same_document(talks, i, talks, i - 1)) {
            put(p, i ? "</section>\n<section>\n<h2>" : "<section>\n<h2>");
            put_name(p, qcode_table_cell(talks, i, 0).as.text);
            put(p, "</h2>\n");
        }
        qc_buffer_print(&p->out, "<p class=\"turn\" id=\"turn%zu\">", i);
        qcode_cell who = qcode_table_cell(talks, i, speaker);
        if (!who.missing) {
            put(p, "<strong>");
            put_name(p, who.as.text);
            put(p, "</strong> ");
        }
        qc_buffer_print(&p->out, "<span class=\"soft\">line %" PRId64 "</span><br>",
                        qcode_table_cell(talks, i, 2).as.integer);
        put_name(p, qcode_table_cell(talks, i, text).as.text);
        put(p, "</p>\n");
        qc_sink_drain(p->sink, &p->out);
    }
    put(p, talks && qcode_table_row_count(talks) ? "</section>\n" : "");
}

bool qcode_comparison_page(const qcode_comparison *comparison, const qcode_memory *memory, qcode_sink *sink,
                           qcode_error *err)
{
    page p = {.of = comparison, .sink = sink, .out = qc_buffer_init(memory)};
    put(&p, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<title>How far coders agree</title>\n<style>\n");
    put(&p, style);
    put(&p, "</style>\n</head>\n<body>\n<main>\n<h1>How far coders agree</h1>\n");
    put_about(&p);
    put_map(&p);
    put(&p, comparison->codes ? "<p><a href=\"#differences\">Where coders differ</a></p>\n" : "");
    put_table(&p, comparison->codes, "codes", "Code by code", "note");
    put_table(&p, comparison->figures, "figures", "Each figure with its interval", "standing");
    put_table(&p, comparison->pooled, "pooled",
              "Over all codes: each unit and code a decision of its own, or all codes of a unit as one set", "undefined");
    put_table(&p, comparison->retrieval, "retrieval",
              "Passages: the second coder\xE2\x80\x99s against the first\xE2\x80\x99s", "undefined");
    put_table(&p, comparison->spans, "spans", "Passages: where they begin and end", "undefined");
    put_differences(&p);
    put_table(&p, comparison->interviews, "interviews", "Interview by interview", "undefined");
    put(&p, "<p class=\"soft\">Conventions, not judgements: Krippendorff (2004) relies on alpha from .800 and draws "
            "tentative conclusions from .667; Landis and Koch (1977) call kappa above .20 fair, .40 moderate, .60 "
            "substantial and .80 almost perfect. Shades of the map are fifths of alpha, not thresholds.</p>\n");
    put_talks(&p);
    put(&p, "</main>\n</body>\n</html>\n");
    bool done = !p.out.failed;
    qc_sink_drain(sink, &p.out);
    qc_buffer_clear(&p.out);
    return done || qc_no_memory(err);
}
