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

/* Labels that were recognised on the page before stay so: it was cut at one. */
static void go_on(qc_page *page)
{
    qc_line *first = page->lines;
    first->is_label |= page->form != QC_LINE_NONE && first->form == page->form && first->label != QC_LINE_NO_LABEL;
    page->body = 0;
}

static bool recognise(qc_page *page)
{
    qc_labels_clear(&page->labels);
    page->labels = qc_labels_init(page->source->memory);
    memset(page->asked, 0, sizeof page->asked);
    page->form = QC_LINE_NONE;
    if (!qc_page_split(page))
        return false;
    qc_page_take_numbers_off(page);
    qc_page_take_end_stamps_off(page);
    qc_page_find_dividers(page);
    if (!qc_page_find_furniture(page))
        return false;
    qc_page_find_remarks(page);
    if (!qc_page_mark(page))
        return false;
    qc_page_choose(page);
    return true;
}

/* The last line of the page's second half where a turn begins; 0 when there is none. */
static size_t find_cut(const qc_page *page)
{
    bool paragraphs = page->form == QC_LINE_NONE || page->lone;
    size_t half = page->from + (page->until - page->from) / 2;
    for (size_t i = page->count; i-- > 1 && page->lines[i].start >= half;)
        if (paragraphs ? page->lines[i].after_blank && !page->lines[i].in_brackets : page->lines[i].is_label)
            return i;
    return 0;
}

static size_t line_start(const qc_page *page, size_t at)
{
    while (at > page->from && page->text[at - 1] != '\n')
        at--;
    return at;
}

/* Where a page of about so many bytes ends: behind a line. What would be left for a page of less than half that is taken in,
 * for little text shows little of its layout. */
static size_t page_end(const qc_page *page, size_t size)
{
    if (page->length - page->from <= size + size / 2)
        return page->length;
    const char *feed = memchr(page->text + page->from + size, '\n', page->length - page->from - size);
    return feed ? (size_t)(feed - page->text) + 1 : page->length;
}

/* Recognises the next page, which grows until it can be cut; `*next` is its last line and what the next begins with. */
static bool take_page(qc_page *page, qc_line *next)
{
    size_t once = page->once, first_once = page->first_once, left = page->left, first_left = page->first_left, cut = 0;
    for (size_t size = QC_PAGE_BYTES; !cut; size *= 2) {
        page->once = once, page->first_once = first_once, page->left = left, page->first_left = first_left;
        page->until = page_end(page, size);
        if (!recognise(page))
            return false;
        if (page->until == page->length)
            return true;
        cut = find_cut(page);
    }
    *next = page->lines[cut];
    page->count = cut;
    page->until = line_start(page, next->start);
    return true;
}

static bool read_pages(qc_page *page, qcode_transcript *talk)
{
    qc_line next = {.number = 0};
    for (page->after_blank = true, page->until = 0; !page->follows || page->until < page->length; page->follows = true) {
        if (page->follows) {
            page->from = page->until;
            page->line = next.number - 1;
            page->after_blank = next.after_blank;
        }
        if (!take_page(page, &next))
            return false;
        if (!page->follows)
            qc_page_find_header(page);
        else if (page->count)
            go_on(page);
        qc_page_find_skipped(page);
        if (!page->follows)
            qc_transcript_set_layout(talk, layouts[page->form]);
        if (!qc_page_put_turns(page, talk) || (!page->follows && !qc_page_put_header(page, talk)) || page->labels.failed)
            return false;
    }
    qc_page_tell(page);
    return true;
}

/* The page's memory is given back before the turns are finished, which take some of their own. */
static void end_page(qc_page *page)
{
    qc_labels_clear(&page->labels);
    qc_release(page->source->memory, page->lines);
    qc_release(page->source->memory, page->facts);
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
    bool done = read_pages(&page, talk) || qc_no_memory(err);
    end_page(&page);
    if (!done || !qc_transcript_finish(talk, source->options, notes, err)) {
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
