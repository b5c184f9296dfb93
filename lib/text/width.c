/* The width of text, by the width of its characters. */
#include "text/width.h"
#include "base/utf8.h"

#include <utf8proc.h>

static size_t width_of(uint32_t point)
{
    int width = utf8proc_charwidth((utf8proc_int32_t)point);
    return width > 0 ? (size_t)width : 0;
}

size_t qc_text_fitting(const char *text, size_t length, size_t most)
{
    size_t at = 0;
    for (size_t width = 0; at < length;) {
        size_t next = at;
        width += width_of(qc_utf8_next(text, length, &next));
        if (width > most)
            break;
        at = next;
    }
    return at;
}

size_t qc_text_width(const char *text, size_t length)
{
    size_t width = 0;
    for (size_t at = 0; at < length;)
        width += width_of(qc_utf8_next(text, length, &at));
    return width;
}
