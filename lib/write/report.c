/* The report of a run: what each code holds, quote by quote. */
#include "write/report.h"
#include "write/measured.h"
#include "base/memory.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "model/books.h"
#include "write/left_out.h"
#include "model/shown.h"
#include "write/html.h"
#include "write/writer.h"

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1b1b;--soft:#595959;--line:#d0d0d0;--paper:#fff;--mark:#ffe58a}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#b4b4b4;--line:#4a4a4a;--paper:#171717;"
    "--mark:#6b5400}}\n"
    "body{margin:0 auto;max-width:46rem;padding:1rem;color:var(--ink);background:var(--paper);"
    "font:1rem/1.5 Georgia,'Times New Roman',serif;overflow-wrap:anywhere}\n"
    "h1,h2,h3,th,figcaption,nav,.soft{font-family:system-ui,sans-serif}\n"
    "h1{line-height:1.2}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}\n"
    ".soft,figcaption,caption{color:var(--soft);font-size:.875rem}\n"
    "caption{text-align:start;padding-bottom:.5rem}\n"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}\n"
    "th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:top;"
    "overflow-wrap:break-word}\n"
    "tbody th{font-weight:500;min-width:8rem}.n{text-align:end;font-variant-numeric:tabular-nums}\n"
    "@media (max-width:30rem){th,td{padding:.25rem;font-size:.8125rem}tbody th{min-width:6rem}}\n"
    "figure{margin:1.25rem 0;padding-inline-start:1rem;border-inline-start:.25rem solid var(--line)}\n"
    "blockquote{margin:0;white-space:pre-line}\n"
    "mark{background:var(--mark);color:inherit}a{color:inherit}\n"
    ".proposed{padding:.5rem .75rem;border:1px solid var(--line);font-family:system-ui,sans-serif}\n"
    ".color{display:inline-block;width:.75em;height:.75em;margin-inline-end:.4em;border:1px solid var(--line)}\n"
    "@media print{body{max-width:none;font-size:10pt}figure{break-inside:avoid}h2,h3{break-after:avoid}"
    "a{text-decoration:none}mark{background:none;text-decoration:underline}details{display:none}}\n";

/* What a report is written from, and the buffer it goes through. */
typedef struct report_page {
    const qc_run *run;
    qcode_codebooks books;
    qcode_sink *sink;
    qc_buffer out, marks;
} report_page;

static void put(report_page *page, const char *html)
{
    qc_buffer_string(&page->out, html);
}

/* A stranger's string, kept apart from the direction of what stands around it. */
static void put_name(report_page *page, const char *text)
{
    put(page, "<bdi>");
    qc_put_html_string(&page->out, text);
    put(page, "</bdi>");
}

static void put_number(report_page *page, size_t number)
{
    qc_buffer_number(&page->out, number);
}

/* "1 interview", "2 interviews" */
static void put_count(report_page *page, size_t count, const char *noun)
{
    put_number(page, count);
    qc_buffer_print(&page->out, " %s%s", noun, count == 1 ? "" : "s");
}

static void put_number_cell(report_page *page, size_t number)
{
    put(page, "<td class=\"n\">");
    put_number(page, number);
    put(page, "</td>");
}

/* "1 respondent withdrawn, in no number here." */
static void put_kept_back(report_page *page)
{
    const struct qc_run_kept_back *kept = &page->run->kept_back;
    const struct {
        size_t count;
        const char *noun, *what;
    } facts[] = {{kept->withdrawn, "respondent", "withdrawn, in no number here"},
                 {kept->without_consent_to_use, "respondent", "without consent to use, in no number here"},
                 {kept->documents, "interview", "in which nobody else answers, in no number here"},
                 {kept->without_consent_to_quote, "respondent", "without consent to quote: counted, words withheld"}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (facts[i].count) {
            put(page, "<p class=\"proposed\">");
            put_count(page, facts[i].count, facts[i].noun);
            put(page, " ");
            put(page, facts[i].what);
            put(page, ".</p>\n");
        }
}

/* The titles of the codebooks, as of one study. */
static void put_title(report_page *page)
{
    size_t titles = 0;
    for (size_t i = 0; i < page->books.count; i++) {
        const char *title = qcode_codebook_title(page->books.at[i]);
        put(page, *title && titles ? "; " : "");
        qc_put_html_string(&page->out, title);
        titles += *title != '\0';
    }
    put(page, titles ? "" : "Coded interviews");
}

/* "12 of 140 segments reviewed by a person": 3 rejected ... */
static void put_reviewed(report_page *page)
{
    const struct qc_run_counts *counts = &page->run->counts;
    size_t reviewed = counts->accepted + counts->edited + counts->rejected;
    put_number(page, reviewed);
    put(page, " of ");
    put_count(page, counts->segments + counts->rejected, "segment");
    put(page, " reviewed by a person");
    if (reviewed)
        qc_buffer_print(&page->out, ": %zu accepted, %zu edited, %zu rejected and in no number here. The others are proposed "
                                    "by rules, not yet read.", counts->accepted, counts->edited, counts->rejected);
    else
        put(page, ". Proposed by rules, not yet read.");
}

static void put_head(report_page *page)
{
    put(page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    put_title(page);
    put(page, "</title>\n<style>\n");
    put(page, style);
    put(page, "</style>\n</head>\n<body>\n<main>\n<h1 dir=\"auto\">");
    put_title(page);
    put(page, "</h1>\n<p>");
    put_count(page, page->run->counts.segments, "segment");
    put(page, " in ");
    put_count(page, page->run->counts.documents, "interview");
    put(page, " with ");
    put_count(page, page->run->counts.respondents, "respondent");
    put(page, ".</p>\n<p class=\"proposed\"><strong>");
    put_reviewed(page);
    put(page, "</strong>");
    qc_put_measured_words(&page->out, page->run->agreement, page->books);
    put_kept_back(page);
    if (page->run->counts.refused) {
        put(page, "<p class=\"proposed\"><strong>");
        put_count(page, page->run->counts.refused, "document");
        put(page,
            " could not be coded</strong> and stand in no number here; <a href=\"#notes\">the notes</a> say why.</p>\n");
    }
}

static void put_color(report_page *page, const qcode_code *code)
{
    const char *color = qcode_code_color(code);
    if (strlen(color) == 7 && color[0] == '#' && strspn(color + 1, "0123456789abcdefABCDEF") == 6)
        qc_buffer_print(&page->out, "<span class=\"color\" style=\"background:%s\"></span>", color);
}

/* The line of run.json for a code; it names the codes in the codebook's order. */
static qc_run_code count_of(const report_page *page, const qcode_code *code)
{
    size_t index = qc_books_index(page->books, code);
    const qc_run *run = page->run;
    if (index < run->code_count && strcmp(run->codes[index].code, qcode_code_id(code)) == 0)
        return run->codes[index];
    return (qc_run_code){.code = qcode_code_id(code)};
}

static void put_counts(report_page *page, const qc_run_code *count)
{
    put_number_cell(page, count->segments);
    put_number_cell(page, count->interviews);
    put_number_cell(page, count->respondents);
    put(page, "</tr>\n");
}

static void put_table_head(report_page *page, const char *what, const char *caption)
{
    qc_buffer_print(&page->out,
                    "<div class=\"wide\"><table>\n<caption>%s</caption>\n"
                    "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">Segments</th>"
                    "<th scope=\"col\" class=\"n\">Interviews</th><th scope=\"col\" class=\"n\">Respondents</th></tr></thead>\n"
                    "<tbody>\n",
                    caption, what);
}

/* The codes of a theme, as links. */
static void put_members(report_page *page, const qcode_theme *theme)
{
    put(page, "<br><span class=\"soft\">");
    for (size_t i = 0; i < qcode_theme_code_count(theme); i++) {
        const qcode_code *code = qcode_theme_code(theme, i);
        qc_buffer_print(&page->out, "%s<a href=\"#code-%zu\">", i ? ", " : "", qc_books_index(page->books, code) + 1);
        put_name(page, qcode_code_name(code));
        put(page, "</a>");
    }
    put(page, "</span>");
}

static void put_themes(report_page *page)
{
    size_t count = qc_books_theme_count(page->books);
    if (!count)
        return;
    put(page, "<h2 id=\"themes\">Themes</h2>\n");
    put_table_head(page, "Theme", "Of the codes of a theme together; a passage that several of them have is counted once");
    for (size_t i = 0; i < count; i++) {
        const qcode_theme *theme = qc_books_theme(page->books, i);
        if (qc_is_left_out(qcode_theme_code(theme, 0)))
            continue;
        qc_run_code counted = {.code = ""};
        if (i < page->run->theme_count && strcmp(page->run->themes[i].code, qcode_theme_id(theme)) == 0)
            counted = page->run->themes[i];
        put(page, "<tr><th scope=\"row\">");
        put_name(page, qcode_theme_name(theme));
        put_members(page, theme);
        put(page, "</th>");
        put_counts(page, &counted);
    }
    put(page, "</tbody>\n</table></div>\n");
}

static bool is_weighed(const report_page *page)
{
    bool weighed = false;
    for (size_t i = 0; i < page->books.count; i++)
        weighed |= qcode_codebook_weighs(page->books.at[i]);
    return weighed;
}

static void put_summary(report_page *page)
{
    put(page, "<h2 id=\"summary\">Codes</h2>\n");
    put_table_head(page, "Code", is_weighed(page)
                                     ? "Proposed segments, the interviews they come from, and the respondents who said it in their own words"
                                     : "Proposed segments, and the interviews and respondents they come from");
    for (size_t i = 0; i < qc_books_code_count(page->books); i++) {
        const qcode_code *code = qc_books_code(page->books, i);
        if (qc_is_left_out(code))
            continue;
        qc_run_code count = count_of(page, code);
        size_t depth = qc_code_depth(code);
        if (depth) /* under another code, whose line counts this one too */
            qc_buffer_print(&page->out, "<tr><th scope=\"row\" style=\"padding-inline-start:%zuem\">", depth + 1);
        else
            put(page, "<tr><th scope=\"row\">");
        put_color(page, code);
        qc_buffer_print(&page->out, "<a href=\"#code-%zu\">", i + 1);
        put_name(page, qcode_code_name(code));
        put(page, "</a></th>");
        put_counts(page, &count);
    }
    put(page, "</tbody>\n</table></div>\n");
    qc_put_left_out(&page->out, page->books);
    put_themes(page);
}

/* The byte where character `wanted` of a text begins; `*character` and `*byte` are where the search goes on. */
static size_t byte_of(const char *text, size_t length, size_t *character, size_t *byte, size_t wanted)
{
    while (*character < wanted && *byte < length) {
        qc_utf8_next(text, length, byte);
        ++*character;
    }
    return *byte;
}

static void put_words(report_page *page, const qc_run_segment *segment)
{
    const char *text = segment->text;
    size_t length = strlen(text), character = 0, byte = 0, from = 0;
    page->marks.length = 0;
    qc_find_marks(&page->marks, segment->pieces.at, segment->pieces.count, segment->matches.at,
                  segment->matches.count);
    const qcode_span *mark = (const void *)page->marks.data;
    for (size_t i = 0; i < page->marks.length / sizeof *mark; i++) {
        size_t start = byte_of(text, length, &character, &byte, mark[i].start);
        size_t end = byte_of(text, length, &character, &byte, mark[i].end);
        qc_put_html(&page->out, text + from, start - from);
        put(page, "<mark>");
        qc_put_html(&page->out, text + start, end - start);
        put(page, "</mark>");
        from = end;
    }
    qc_put_html(&page->out, text + from, length - from);
}

/* Words of which some are masked: a remark for each stretch of masks. */
static void put_withheld(report_page *page, const char *text)
{
    size_t length = strlen(text), from = 0;
    for (size_t at = 0, masked; at < length; at += masked ? masked : 1) {
        masked = qc_masked_length(text + at, length - at);
        if (!masked)
            continue;
        qc_put_html(&page->out, text + from, at - from);
        put(page, "<em>" QC_WITHHELD "</em>");
        from = at + masked;
    }
    qc_put_html(&page->out, text + from, length - from);
}

static void put_quote(report_page *page, const qc_run_segment *segment)
{
    put(page, "<figure>\n<blockquote dir=\"auto\">");
    if (page->run->kept_back.without_consent_to_quote && strstr(segment->text, QC_MASK))
        put_withheld(page, segment->text);
    else
        put_words(page, segment);
    put(page, "</blockquote>\n<figcaption>");
    if (*segment->speaker) {
        put_name(page, segment->speaker);
        put(page, *segment->role ? " (" : "");
        qc_put_html_string(&page->out, segment->role);
        put(page, *segment->role ? "), " : ", ");
    }
    if (*segment->group) {
        put_name(page, segment->group);
        put(page, ", ");
    }
    put_name(page, segment->document);
    put(page, ", line ");
    put_number(page, segment->line);
    if (*segment->time) {
        put(page, ", at ");
        qc_put_html_string(&page->out, segment->time);
    }
    if (*segment->basis && strcmp(segment->basis, "own") != 0) {
        put(page, "; not in so many words: by ");
        put(page, strcmp(segment->basis, "question") == 0  ? "the question"
                  : strcmp(segment->basis, "carried") == 0 ? "the topic of before"
                                                           : "the sentences around");
    }
    if (*segment->decided_by) {
        put(page, "; ");
        put_name(page, segment->state);
        put(page, " by ");
        put_name(page, segment->decided_by);
    }
    if (*segment->question) {
        put(page, "<details><summary>the question</summary><span dir=\"auto\">");
        qc_put_html_string(&page->out, segment->question);
        put(page, "</span></details>");
    }
    put(page, "</figcaption>\n</figure>\n");
    qc_sink_drain(page->sink, &page->out);
}

static void put_code(report_page *page, const qcode_code *code, const qc_run_segment *const *segments, size_t count)
{
    qc_buffer_print(&page->out, "<h2 id=\"code-%zu\">", qc_books_index(page->books, code) + 1);
    put_color(page, code);
    put_name(page, qcode_code_name(code));
    put(page, "</h2>\n<p class=\"soft\">");
    put_name(page, qcode_code_id(code));
    put(page, ": ");
    put_count(page, count, "segment");
    put(page, "</p>\n");
    if (*qcode_code_definition(code)) {
        put(page, "<p dir=\"auto\">");
        qc_put_html_string(&page->out, qcode_code_definition(code));
        put(page, "</p>\n");
    }
    for (size_t i = 0; i < count; i++)
        put_quote(page, segments[i]);
    if (!count)
        put(page, qcode_code_rule_count(code) ? "<p class=\"soft\">No rule of this code matched.</p>\n"
                                              : "<p class=\"soft\">No rules: coded by hand, or by the codes under it.</p>\n");
}

/* The code of a segment that is shown; NULL of what somebody rejected. */
static const qcode_code *shown_code(const report_page *page, const qc_run_segment *segment)
{
    return strcmp(segment->state, "rejected") == 0 ? NULL : qc_books_find(page->books, segment->code);
}

/* Segments by code, in the order of the file: those of code i are [ends[i-1], ends[i]) of `sorted`. */
static void sort_by_code(const report_page *page, const qc_run_segment **sorted, size_t *ends)
{
    const qc_run *run = page->run;
    size_t codes = qc_books_code_count(page->books);
    for (size_t i = 0; i < run->segment_count; i++) {
        const qcode_code *code = shown_code(page, &run->segments[i]);
        if (code)
            ends[qc_books_index(page->books, code)]++;
    }
    for (size_t i = 0, sum = 0; i < codes; i++) {
        size_t count = ends[i];
        ends[i] = sum; /* for now where they begin */
        sum += count;
    }
    for (size_t i = 0; i < run->segment_count; i++) {
        const qcode_code *code = shown_code(page, &run->segments[i]);
        if (code)
            sorted[ends[qc_books_index(page->books, code)]++] = &run->segments[i];
    }
}

static bool put_codes(report_page *page)
{
    qc_arena arena = qc_arena_init(page->out.memory);
    size_t codes = qc_books_code_count(page->books);
    const qc_run_segment **sorted = qc_arena_take_array(&arena, page->run->segment_count + 1, sizeof *sorted);
    size_t *ends = qc_arena_take_array(&arena, codes + 1, sizeof *ends);
    bool done = sorted && ends;
    if (done)
        sort_by_code(page, sorted, ends);
    for (size_t i = 0; done && i < codes; i++) {
        size_t start = i ? ends[i - 1] : 0;
        put_code(page, qc_books_code(page->books, i), sorted + start, ends[i] - start);
    }
    qc_arena_clear(&arena);
    return done;
}

static void put_documents(report_page *page)
{
    put(page, "<h2 id=\"documents\">Interviews</h2>\n<div class=\"wide\"><table>\n<caption>What was read</caption>\n"
              "<thead><tr><th scope=\"col\">Document</th><th scope=\"col\" class=\"n\">Turns</th>"
              "<th scope=\"col\" class=\"n\">Speakers</th><th scope=\"col\" class=\"n\">Respondents</th>"
              "<th scope=\"col\">Layout</th><th scope=\"col\">Encoding</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < page->run->document_count; i++) {
        const qc_run_document *document = &page->run->documents[i];
        put(page, "<tr><th scope=\"row\">");
        put_name(page, document->document);
        put(page, "</th>");
        put_number_cell(page, document->turns);
        put_number_cell(page, document->cast.speakers);
        put_number_cell(page, document->cast.respondents);
        put(page, "<td>");
        qc_put_html_string(&page->out, document->layout);
        put(page, "</td><td>");
        qc_put_html_string(&page->out, document->encoding);
        put(page, "</td></tr>\n");
        qc_sink_drain(page->sink, &page->out);
    }
    put(page, "</tbody>\n</table></div>\n");
}

static void put_notes(report_page *page)
{
    put(page, "<h2 id=\"notes\">Notes</h2>\n");
    put(page, page->run->note_count ? "<ul>\n" : "<p class=\"soft\">Nothing was guessed, skipped or replaced.</p>\n");
    for (size_t i = 0; i < page->run->note_count; i++) {
        const qc_run_note *note = &page->run->notes[i];
        const char *about = *note->document ? note->document : note->file;
        put(page, "<li>");
        if (*about)
            put_name(page, about);
        if (note->line)
            qc_buffer_print(&page->out, ", line %zu", note->line);
        put(page, *about ? ": " : "");
        put(page, "<strong>");
        qc_put_html_string(&page->out, note->kind);
        put(page, "</strong> <span dir=\"auto\">");
        qc_put_html_string(&page->out, note->text);
        put(page, "</span></li>\n");
        qc_sink_drain(page->sink, &page->out);
    }
    put(page, page->run->note_count ? "</ul>\n" : "");
}

static void put_foot(report_page *page)
{
    put(page, "</main>\n<footer class=\"soft\"><p>qcode ");
    qc_put_html_string(&page->out, page->run->qcode);
    put(page, " (");
    qc_put_html_string(&page->out, page->run->engines);
    put(page, ")");
    for (size_t i = 0; i < page->books.count; i++) {
        const char *version = qcode_codebook_version(page->books.at[i]);
        put(page, ", codebook ");
        put_name(page, version);
        put(page, *version ? ", " : "");
        qc_buffer_print(&page->out, "SHA-256 <code>%s</code>", qcode_codebook_hash(page->books.at[i]));
    }
    put(page, "</p></footer>\n</body>\n</html>\n");
}

void qc_write_report(const qc_run *run, qcode_codebooks books, qcode_sink *sink)
{
    const qcode_memory *memory = run->arena.memory;
    report_page page = {
        .run = run, .books = books, .sink = sink, .out = qc_buffer_init(memory), .marks = qc_buffer_init(memory)};
    put_head(&page);
    put_summary(&page);
    if (!put_codes(&page) || page.marks.failed)
        qc_sink_no_memory(sink);
    put_documents(&page);
    put_notes(&page);
    put_foot(&page);
    qc_sink_drain(sink, &page.out);
    qc_buffer_clear(&page.out);
    qc_buffer_clear(&page.marks);
}
