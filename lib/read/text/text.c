/* The plain-text reader: recognises how a transcript is laid out. */
#include "read/text/text.h"
#include "read/layout.h"
#include "text/decode.h"

static const char *const layouts[QC_LINE_FORMS] = {"none",  "heading", "bold",   "label", "letter",
                                                   "stamp", "bracket", "dash",   "tab",   "column", "rule", "line"};

static const char *const endings[] = {".txt", ".text", ".md", ".markdown", ".rst", NULL};

static int sniff_text(const qc_source *source)
{
    (void)source;
    return 1; /* anything may be text; decoding refuses what is not */
}

static bool read_page(qc_page *page, qcode_transcript *talk)
{
    if (!qc_page_split(page))
        return false;
    qc_page_take_numbers_off(page);
    qc_page_find_dividers(page);
    if (!qc_page_find_furniture(page))
        return false;
    qc_page_find_remarks(page);
    if (!qc_page_mark(page))
        return false;
    qc_page_choose(page);
    qc_page_find_header(page);
    qc_page_find_skipped(page);
    qc_transcript_set_layout(talk, layouts[page->form]);
    return qc_page_put_turns(page, talk) && qc_page_put_header(page, talk) && !page->labels.failed;
}

qcode_transcript *qc_read_layout(const qc_source *source, qc_buffer *text, const char *format, const char *encoding,
                                 qcode_notes *notes, qcode_error *err)
{
    qcode_transcript *talk = NULL;
    if (text->length > source->limits.text)
        qc_fail(err, QCODE_LIMIT, source->path, 0, 0, "the text is longer than the limit of %zu bytes", source->limits.text);
    else
        talk = qc_transcript_new(source->name, text, source->hash, format, encoding, source->memory, err);
    qc_buffer_clear(text);
    if (!talk)
        return NULL;
    qc_page page = {.source = source, .notes = notes, .labels = qc_labels_init(source->memory)};
    page.text = qcode_transcript_text(talk, &page.length);
    qc_transcript_set_source(talk, source->path);
    bool done = read_page(&page, talk) || qc_no_memory(err);
    done = done && qc_transcript_finish(talk, source->options, notes, err);
    qc_labels_clear(&page.labels);
    qc_release(source->memory, page.lines);
    qc_release(source->memory, page.facts);
    if (!done) {
        qcode_transcript_free(talk);
        return NULL;
    }
    return talk;
}

static qcode_transcript *read_text(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(source->memory);
    const char *encoding = NULL;
    const char *wanted = source->options->encoding, *path = source->path;
    bool done = source->own
                    ? qc_decode_own(source->own, wanted, path, &text, &encoding, notes, err)
                    : qc_decode(source->data, source->length, wanted, path, &text, &encoding, notes, err);
    if (!done) {
        qc_buffer_clear(&text);
        return NULL;
    }
    if (source->own)
        qc_bytes_clear(source->own);
    return qc_read_layout(source, &text, "text", encoding, notes, err);
}

const qc_reader qc_text = {"text", endings, sniff_text, read_text};
