/* Remarks that are paragraphs of their own: in brackets, or of the service that made the transcript. */
#include "read/text/text.h"

enum { MOST_REMARK_LINES = 12 };

/* "(Applause)", "*(10.00 am)*", "> (laughter)", "[Recording stops]": from its first character to its last. */
static bool is_bracketed(const char *text, size_t length)
{
    while (length && strchr("*_> ", *text))
        text++, length--;
    while (length && strchr("*_. ", text[length - 1]))
        length--;
    bool wide = length > 6 && memcmp(text, "\xEF\xBC\x88", 3) == 0;
    if (wide)
        return memcmp(text + length - 3, "\xEF\xBC\x89", 3) == 0;
    if (length < 2 || (*text != '(' && *text != '['))
        return false;
    size_t depth = 0;
    for (size_t i = 0; i < length; i++) {
        depth += text[i] == '(' || text[i] == '[';
        depth -= depth && (text[i] == ')' || text[i] == ']');
        if (!depth && i + 1 < length)
            return false;
    }
    return depth == 0;
}

/* What transcription services write below the words (Otter.ai, Google Meet). */
static bool is_signature(const char *text, size_t length)
{
    static const char *const signatures[] = {"Transcribed by https://otter.ai", "Meeting ended after ",
                                             "This editable transcript was computer generated"};
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (length >= strlen(signatures[i]) && memcmp(text, signatures[i], strlen(signatures[i])) == 0)
            return true;
    return false;
}

void qc_page_find_remarks(qc_page *page)
{
    for (size_t from = 0, end; from < page->count; from = end) {
        for (end = from + 1; end < page->count && !page->lines[end].after_blank; end++)
            ;
        const qc_line *first = &page->lines[from], *last = &page->lines[end - 1];
        const char *text = page->text + first->start;
        size_t length = last->end - first->start;
        bool remark = end - from <= MOST_REMARK_LINES && (is_bracketed(text, length) || is_signature(text, length));
        for (size_t i = from; i < end && remark; i++)
            page->lines[i].in_brackets = true;
    }
}
