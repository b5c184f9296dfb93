/* Code units of two and four bytes. */
#include "text/units.h"
#include "base/utf8.h"

#include <string.h>

const qc_units qc_utf16le = {"UTF-16LE", 2, false};
const qc_units qc_utf16be = {"UTF-16BE", 2, true};
const qc_units qc_utf32le = {"UTF-32LE", 4, false};
const qc_units qc_utf32be = {"UTF-32BE", 4, true};

static uint32_t unit_at(const unsigned char *p, const qc_units *units)
{
    uint32_t value = 0;
    for (size_t i = 0; i < units->width; i++)
        value = value << 8 | p[units->big_endian ? i : units->width - 1 - i];
    return value;
}

/* The character at the start of the data and its bytes; 0 bytes when there is none. */
static size_t character_at(const unsigned char *data, size_t length, const qc_units *units, uint32_t *point)
{
    if (length < units->width)
        return 0;
    *point = unit_at(data, units);
    if (*point < 0xD800 || (*point > 0xDFFF && *point <= 0x10FFFF))
        return units->width;
    if (units->width != 2 || *point > 0xDBFF || length < 4)
        return 0;
    uint32_t low = unit_at(data + 2, units);
    if (low < 0xDC00 || low > 0xDFFF)
        return 0;
    *point = 0x10000 + ((*point - 0xD800) << 10) + (low - 0xDC00);
    return 4;
}

size_t qc_units_append(qc_buffer *text, const unsigned char *data, size_t length, const qc_units *units)
{
    size_t at = 0, size;
    uint32_t point;
    while (at < length && (size = character_at(data + at, length - at, units, &point)) != 0) {
        if (!qc_buffer_reserve(text, 4))
            break;
        text->length += qc_utf8_put(point, text->data + text->length);
        at += size;
    }
    return at;
}

const qc_units *qc_units_guess(const unsigned char *data, size_t length)
{
    size_t nuls[2] = {0, 0};
    if (length && !memchr(data, 0, length))
        return NULL;
    for (size_t i = 0; i < length; i++)
        nuls[i % 2] += data[i] == 0;
    /* a tenth of the units: spaces and line ends alone are more than that in most alphabets */
    size_t least = length / 20 > 1 ? length / 20 : 1;
    if (length % 2 || (nuls[0] && nuls[1]))
        return NULL;
    return nuls[0] > least ? &qc_utf16be : nuls[1] > least ? &qc_utf16le : NULL;
}
