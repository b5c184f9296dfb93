/* Text escaped for XML. */
#include "format/xml_put.h"
#include "base/utf8.h"

/* A reader makes a space of a tab or a line end in an attribute, and a line feed of a carriage return (3.3.3, 2.11). */
static const char *entity(uint32_t point)
{
    switch (point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";
    case '\n': return "&#10;";
    case '\r': return "&#13;";
    default: return point < 0x20 || point == 0xFFFE || point == 0xFFFF ? "\xEF\xBF\xBD" : NULL;
    }
}

bool qc_xml_put(qc_buffer *out, const char *text, size_t length, size_t *replaced)
{
    size_t from = 0;
    for (size_t at = 0; at < length;) {
        size_t here = at;
        const char *name = entity(qc_utf8_next(text, length, &at));
        if (!name)
            continue;
        qc_buffer_append(out, text + from, here - from);
        qc_buffer_string(out, name);
        *replaced += *name != '&';
        from = at;
    }
    return qc_buffer_append(out, text + from, length - from);
}

bool qc_xml_put_string(qc_buffer *out, const char *text, size_t *replaced)
{
    return qc_xml_put(out, text, strlen(text), replaced);
}
