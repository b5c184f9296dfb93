/* Remarks in brackets that are paragraphs of their own. */
#include "read/text.h"

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

void qc_page_find_remarks(qc_page *page)
{
    for (size_t from = 0, end; from < page->count; from = end) {
        for (end = from + 1; end < page->count && !page->lines[end].after_blank; end++)
            ;
        const qc_line *first = &page->lines[from], *last = &page->lines[end - 1];
        bool remark = end - from <= MOST_REMARK_LINES && is_bracketed(page->text + first->start, last->end - first->start);
        for (size_t i = from; i < end && remark; i++)
            page->lines[i].in_brackets = true;
    }
}
