/* PDF, through poppler's program pdftotext where it is installed: its text, page by page, for the layouts of plain
 * text. */
#include "base/process.h"
#include "read/layout.h"
#include "text/decode.h"

static const qc_process_limits bounds = {
    .seconds = 60, .most_output = QCODE_MOST_INPUT, .most_memory = (size_t)2 << 30};

static bool has_words(const qc_buffer *text)
{
    for (size_t i = 0; i < text->length; i++)
        if (!strchr(" \t\n\f\r", text->data[i]))
            return true;
    return false;
}

/* What pdftotext prints; it keeps columns where they stand, and ends each page with a form feed. */
static bool convert(const qc_source *source, qc_buffer *printed, qcode_error *err)
{
    static const char *const arguments[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-", "-", NULL};
    char program[1024];
    int status = 0;
    if (!qc_process_find(arguments[0], program, sizeof program))
        return qc_fail(err, QCODE_READ, source->path, 0, 0,
                       "a PDF is read by the program pdftotext (in Debian's poppler-utils), which is not on the PATH");
    qc_process_limits limits = bounds;
    limits.most_output = source->limits.text;
    if (!qc_process_run(program, arguments, source->data, source->length, &limits, source->path, printed, &status, err))
        return false;
    if (status)
        return qc_fail(err, QCODE_SYNTAX, source->path, 0, 0,
                       "pdftotext cannot read this PDF: it is damaged or protected (pdftotext ended with %d)", status);
    return has_words(printed) || qc_fail(err, QCODE_INVALID, source->path, 0, 0,
                                         "a PDF without text, of pictures perhaps: recognise its text (OCR) first");
}

static qcode_transcript *read_pdf(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    qc_buffer printed = qc_buffer_init(source->memory), text = qc_buffer_init(source->memory);
    const char *encoding;
    qcode_transcript *talk = NULL;
    if (convert(source, &printed, err) && qc_decode((const unsigned char *)printed.data, printed.length, "UTF-8",
                                                    source->path, &text, &encoding, notes, err)) {
        qc_buffer_clear(&printed);
        qc_note(notes, QCODE_NOTE_INFO, source->path, 0, 0,
                "the text is what pdftotext makes of the PDF; lines count in that text");
        talk = qc_read_layout(source, &text, "pdf", encoding, notes, err);
    }
    qc_buffer_clear(&printed);
    qc_buffer_clear(&text);
    return talk;
}

/* The mark may stand behind other bytes, as readers of PDF allow. */
static int sniff(const qc_source *source)
{
    for (size_t i = 0; i + 5 <= source->length && i < 1024; i++)
        if (memcmp(source->data + i, "%PDF-", 5) == 0)
            return i ? 40 : 100;
    return 0;
}

static const char *const endings[] = {".pdf", NULL};

const qc_reader qc_pdf = {"pdf", endings, sniff, read_pdf};
