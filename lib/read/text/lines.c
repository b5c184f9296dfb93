/* Plain text in lines: what is on each beside its words. */
#include "read/text/text.h"
#include "base/utf8.h"
#include "text/words.h"

static bool skip_blank(const char *text, size_t length, size_t *at)
{
    if ((unsigned char)text[*at] < 0x80) {
        bool blank = strchr(" \t\f\v\r", text[*at]) && text[*at];
        *at += blank;
        return blank;
    }
    size_t here = *at;
    bool blank = qc_is_space(qc_utf8_next(text, length, &here));
    *at = blank ? here : *at;
    return blank;
}

static size_t trimmed_end(const char *text, size_t start, size_t end)
{
    while (end > start) {
        size_t before = end;
        uint32_t point = qc_utf8_previous(text, &before);
        if (!qc_is_space(point))
            break;
        end = before;
    }
    return end;
}

uint32_t qc_columns(const char *text, size_t from, size_t to)
{
    uint32_t columns = 0;
    for (; from < to && columns < 10000; from++)
        columns = text[from] == '\t' ? columns / 8 * 8 + 8
                                     : columns + (((unsigned char)text[from] & 0xC0) != 0x80 && text[from] != '\f');
    return columns;
}

bool qc_page_split(qc_page *page)
{
    bool blank = page->after_blank, feed = false;
    size_t number = page->line;
    page->count = 0;
    for (size_t from = page->from; from < page->until; number++) {
        const char *feed_at = memchr(page->text + from, '\n', page->length - from);
        size_t stop = feed_at ? (size_t)(feed_at - page->text) : page->length, start = from;
        while (start < stop && skip_blank(page->text, stop, &start))
            feed |= page->text[start - 1] == '\f';
        size_t end = trimmed_end(page->text, start, stop);
        qc_line *before = page->count ? &page->lines[page->count - 1] : NULL;
        if (before && feed)
            before->before_feed = true;
        if (start == stop) {
            blank = true;
            if (before)
                before->before_blank = true;
        } else {
            if (!qc_grow(page->source->memory, &page->lines, &page->capacity, page->count + 1, sizeof *page->lines))
                return false;
            page->lines[page->count++] = (qc_line){.start = start,
                                                   .end = end,
                                                   .number = number + 1,
                                                   .time_ms = -1,
                                                   .end_ms = -1,
                                                   .label = QC_LINE_NO_LABEL,
                                                   .indent = qc_columns(page->text, from, start),
                                                   .after_blank = blank,
                                                   .after_feed = feed};
            blank = feed = false;
            for (size_t i = end; i < stop; i++)
                feed |= page->text[i] == '\f';
        }
        from = stop + 1;
    }
    if (page->count)
        page->lines[page->count - 1].before_blank = true;
    return true;
}

/* "-----", "=====", "* * *": marks alone, at least three alike. */
static bool is_divider(const char *text, size_t length)
{
    char mark = text[0];
    size_t marks = 0;
    if (!strchr("-=_*~^#+", mark))
        return false;
    for (size_t i = 0; i < length; i++) {
        marks += text[i] == mark;
        if (text[i] != mark && text[i] != ' ')
            return false;
    }
    return marks >= 3;
}

void qc_page_find_dividers(qc_page *page)
{
    for (size_t i = 0; i < page->count; i++)
        if (is_divider(page->text + page->lines[i].start, page->lines[i].end - page->lines[i].start))
            page->lines[i].kind = QC_LINE_DIVIDER;
}
