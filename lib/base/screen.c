/* Strangers' text made safe to show. */
#include "base/screen.h"
#include "base/utf8.h"

bool qc_is_hidden(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C || (point >= 0x200E && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

bool qc_screen(qc_buffer *buffer, const char *text, size_t length, bool lines)
{
    size_t at = 0;
    while (at < length) {
        size_t good = at + qc_utf8_valid(text + at, length - at), from = at;
        while (at < good) {
            size_t here = at;
            uint32_t point = qc_utf8_next(text, length, &at);
            if (!qc_is_hidden(point) || (lines && (point == '\n' || point == '\t')))
                continue;
            qc_buffer_append(buffer, text + from, here - from);
            qc_buffer_print(buffer, point < 0x100 ? "\\x%02x" : "\\u{%04x}", (unsigned)point);
            from = at;
        }
        qc_buffer_append(buffer, text + from, good - from);
        if (good < length) {
            qc_buffer_print(buffer, "\\x%02x", (unsigned)(unsigned char)text[good]);
            at = good + 1;
        }
    }
    return !buffer->failed;
}
