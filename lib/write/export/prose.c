/* Prose in three forms; WordprocessingML as ECMA-376-1 has it, with styles of its own names for headings and quotes. */
#include "write/export/prose.h"
#include "base/error.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "format/xml_put.h"
#include "format/zip_pack.h"
#include "write/html.h"

#include <stdio.h>

static const char page_begin[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>";
static const char page_style[] =
    "</title>\n<style>\nbody{font:1rem/1.5 serif;max-width:44rem;margin:2rem auto;padding:0 1rem}\n"
    "h1,h2,h3,h4{font-family:sans-serif;line-height:1.25;break-after:avoid}\n"
    ".chip{display:inline-block;width:.8em;height:.8em;border:1px solid;margin-right:.4em}\n"
    "p,blockquote{white-space:pre-line;break-inside:avoid}\n"
    "blockquote{margin:1rem 0;padding-left:1rem;border-left:.2rem solid #888}\nfooter{color:#444;font-size:.9rem}\n"
    "</style>\n</head>\n<body>\n";
static const char document_begin[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document "
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\n";
static const char document_end[] =
    "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" "
    "w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n";
static const char types[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>\n";
static const char relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
    "Target=\"word/document.xml\"/></Relationships>\n";
static const char document_relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>"
    "</Relationships>\n";
#define HEADING(level, outline, size) \
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading" level "\"><w:name w:val=\"heading " level "\"/>" \
    "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/>" \
    "<w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"" outline "\"/></w:pPr>" \
    "<w:rPr><w:b/><w:sz w:val=\"" size "\"/></w:rPr></w:style>"
static const char styles[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles "
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:pPr>"
    "<w:spacing w:after=\"120\"/></w:pPr><w:rPr><w:sz w:val=\"22\"/></w:rPr></w:style>"
    HEADING("1", "0", "36") HEADING("2", "1", "30") HEADING("3", "2", "26") HEADING("4", "3", "24")
    "<w:style w:type=\"paragraph\" w:styleId=\"Quote\"><w:name w:val=\"Quote\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after=\"0\"/>"
    "<w:ind w:left=\"567\" w:right=\"567\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Source\"><w:name w:val=\"Source\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:pPr><w:ind w:left=\"567\" w:right=\"567\"/></w:pPr><w:rPr>"
    "<w:color w:val=\"555555\"/><w:sz w:val=\"18\"/></w:rPr></w:style></w:styles>\n";

/* ---- Markdown: what means something in it (CommonMark 0.30) is kept from meaning it. */

static void put_markdown(qc_buffer *out, const char *text, const char *line)
{
    for (const char *c = text; *c; c++) {
        bool first = c == text || c[-1] == '\n';
        if (strchr("\\`*_[]<>&|~", *c) || (first && strchr("#+-=", *c)))
            qc_buffer_byte(out, '\\');
        else if (first && *c >= '0' && *c <= '9')
            qc_buffer_string(out, "\xE2\x80\x8B"); /* no numbered list */
        if (first && (*c == ' ' || *c == '\t'))
            continue;
        qc_buffer_byte(out, *c);
        if (*c == '\n')
            qc_buffer_string(out, line);
    }
}

/* ---- a document of a word processor */

/* A run of text; a line end within it is a break. */
static void put_run(qc_prose *prose, const char *text, const char *look)
{
    qc_buffer_print(&prose->out, "<w:r>%s", look);
    for (size_t length; *text; text += length) {
        length = strcspn(text, "\n\t");
        qc_buffer_string(&prose->out, length ? "<w:t xml:space=\"preserve\">" : "");
        qc_xml_put(&prose->out, text, length, &prose->replaced);
        qc_buffer_string(&prose->out, length ? "</w:t>" : "");
        if (text[length])
            qc_buffer_string(&prose->out, text[length++] == '\n' ? "<w:br/>" : "<w:tab/>");
    }
    qc_buffer_string(&prose->out, "</w:r>");
}

static void begin_paragraph(qc_prose *prose, const char *style)
{
    qc_buffer_print(&prose->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
}

static void end_paragraph(qc_prose *prose)
{
    qc_buffer_string(&prose->out, "</w:p>\n");
}

/* ---- all three */

qc_prose qc_prose_init(qc_prose_form form, const char *title, const qcode_memory *memory)
{
    qc_prose prose = {.form = form, .out = qc_buffer_init(memory)};
    if (form == QC_PROSE_HTML) {
        qc_buffer_string(&prose.out, page_begin);
        qc_put_html_string(&prose.out, title);
        qc_buffer_string(&prose.out, page_style);
    } else if (form == QC_PROSE_DOCX) {
        qc_buffer_string(&prose.out, document_begin);
    }
    qc_prose_heading(&prose, 1, title, "");
    return prose;
}

void qc_prose_clear(qc_prose *prose)
{
    qc_buffer_clear(&prose->out);
}

void qc_prose_heading(qc_prose *prose, size_t level, const char *text, const char *color)
{
    char style[16], look[80] = "";
    switch (prose->form) {
    case QC_PROSE_MARKDOWN:
        qc_buffer_print(&prose->out, "%s%.*s ", level > 1 ? "\n" : "", (int)level, "####");
        put_markdown(&prose->out, text, " ");
        qc_buffer_byte(&prose->out, '\n');
        break;
    case QC_PROSE_HTML:
        qc_buffer_print(&prose->out, "<h%zu>", level);
        if (*color)
            qc_buffer_print(&prose->out, "<span class=\"chip\" style=\"background:%s\"></span>", color);
        qc_put_html_string(&prose->out, text);
        qc_buffer_print(&prose->out, "</h%zu>\n", level);
        break;
    case QC_PROSE_DOCX:
        snprintf(style, sizeof style, "Heading%zu", level);
        begin_paragraph(prose, style);
        if (*color) {
            snprintf(look, sizeof look, "<w:rPr><w:color w:val=\"%s\"/></w:rPr>", color + 1);
            put_run(prose, "\xE2\x96\xA0 ", look);
        }
        put_run(prose, text, "");
        end_paragraph(prose);
        break;
    }
}

void qc_prose_paragraph(qc_prose *prose, const char *before, const char *text)
{
    if (!*text)
        return;
    switch (prose->form) {
    case QC_PROSE_MARKDOWN:
        qc_buffer_byte(&prose->out, '\n');
        if (*before)
            qc_buffer_print(&prose->out, "**%s** ", before);
        put_markdown(&prose->out, text, "");
        qc_buffer_byte(&prose->out, '\n');
        break;
    case QC_PROSE_HTML:
        qc_buffer_string(&prose->out, "<p>");
        if (*before)
            qc_buffer_print(&prose->out, "<b>%s</b> ", before);
        qc_put_html_string(&prose->out, text);
        qc_buffer_string(&prose->out, "</p>\n");
        break;
    case QC_PROSE_DOCX:
        begin_paragraph(prose, "Normal");
        if (*before) {
            put_run(prose, before, "<w:rPr><w:b/></w:rPr>");
            put_run(prose, " ", "");
        }
        put_run(prose, text, "");
        end_paragraph(prose);
        break;
    }
}

void qc_prose_quote(qc_prose *prose, const char *text, const char *source)
{
    switch (prose->form) {
    case QC_PROSE_MARKDOWN:
        qc_buffer_string(&prose->out, "\n> ");
        put_markdown(&prose->out, text, "> ");
        qc_buffer_string(&prose->out, "\n>\n> \xE2\x80\x94 ");
        put_markdown(&prose->out, source, "> ");
        qc_buffer_byte(&prose->out, '\n');
        break;
    case QC_PROSE_HTML:
        qc_buffer_string(&prose->out, "<blockquote>");
        qc_put_html_string(&prose->out, text);
        qc_buffer_string(&prose->out, "<footer>");
        qc_put_html_string(&prose->out, source);
        qc_buffer_string(&prose->out, "</footer></blockquote>\n");
        break;
    case QC_PROSE_DOCX:
        begin_paragraph(prose, "Quote");
        put_run(prose, text, "");
        end_paragraph(prose);
        begin_paragraph(prose, "Source");
        put_run(prose, source, "");
        end_paragraph(prose);
        break;
    }
}

bool qc_prose_write(qc_prose *prose, qcode_sink *sink, qcode_error *err)
{
    const char *const ends[] = {"", "</body>\n</html>\n", document_end};
    qc_buffer_string(&prose->out, ends[prose->form]);
    if (prose->out.failed)
        return qc_no_memory(err);
    if (prose->form != QC_PROSE_DOCX) {
        qc_sink_drain(sink, &prose->out);
        return true;
    }
    const qc_zip_part parts[] = {
        {.name = "[Content_Types].xml", .data = types, .length = sizeof types - 1},
        {.name = "_rels/.rels", .data = relations, .length = sizeof relations - 1},
        {.name = "word/document.xml", .data = prose->out.data, .length = prose->out.length},
        {.name = "word/_rels/document.xml.rels", .data = document_relations, .length = sizeof document_relations - 1},
        {.name = "word/styles.xml", .data = styles, .length = sizeof styles - 1},
    };
    return qc_zip_pack(parts, sizeof parts / sizeof *parts, sink, err);
}
