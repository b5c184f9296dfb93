/* Text escaped for HTML. */
#include "write/html.h"
#include "base/screen.h"
#include "base/utf8.h"

static const char *entity(uint32_t point)
{
    switch (point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

static bool is_spelt(uint32_t point)
{
    return qc_is_hidden(point) && point != '\n' && point != '\t' && point != 0x061C && point != 0x200E &&
           point != 0x200F;
}

bool qc_put_html(qc_buffer *out, const char *text, size_t length)
{
    size_t from = 0;
    for (size_t at = 0; at < length;) {
        size_t here = at;
        uint32_t point = qc_utf8_next(text, length, &at);
        const char *name = entity(point);
        if (!name && !is_spelt(point))
            continue;
        qc_buffer_append(out, text + from, here - from);
        if (name)
            qc_buffer_string(out, name);
        else
            qc_buffer_print(out, point < 0x100 ? "\\x%02x" : "\\u{%04x}", (unsigned)point);
        from = at;
    }
    return qc_buffer_append(out, text + from, length - from);
}

bool qc_put_html_string(qc_buffer *out, const char *text)
{
    return qc_put_html(out, text, strlen(text));
}
