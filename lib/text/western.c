/* The one-byte encodings of Western Europe, and how to tell them from other alphabets. */
#include "text/western.h"
#include "base/utf8.h"

/* Windows-1252, 80 to 9F; 0: undefined. */
static const uint16_t upper[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* An accented letter with punctuation behind it ("\xE9\xA0\xBB" is the end of a French quotation) that has the shape of
 * UTF-8 by accident. Sequences that begin with C0 to C5 or E2 are common in UTF-8, or in attacks on it. */
static bool reads_well(const unsigned char *data, size_t length)
{
    static const char closing[] = "\x85\x91\x92\x93\x94\x95\x96\x97\xA0\xAB\xBB";
    for (size_t i = 1; i < length; i++)
        if (!memchr(closing, data[i], sizeof closing - 1))
            return false;
    return data[0] > 0xC5 && data[0] != 0xE2;
}

bool qc_has_utf8_shape(const unsigned char *data, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        unsigned char lead = data[at];
        if (lead < 0xC0 || lead > 0xF7)
            continue;
        size_t wanted = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3, found = 0;
        while (found < wanted && at + 1 + found < length && (data[at + 1 + found] & 0xC0) == 0x80)
            found++;
        bool whole = found == wanted || (found > 0 && at + 1 + found == length);
        if (whole && !reads_well(data + at, 1 + found))
            return true;
    }
    return false;
}

/* Bytes that stand in Western prose as its punctuation does: quotes, dashes, dots, the euro, no-break space,
 * guillemets, degree and the like. They say nothing about the letters beside them. */
static bool is_punctuation(unsigned char byte)
{
    static const char common[] = "\x80\x85\x91\x92\x93\x94\x95\x96\x97\xA0\xA1\xA3\xA7\xAB\xB0\xBB\xBF";
    return memchr(common, byte, sizeof common - 1) != NULL;
}

static bool is_ascii_letter(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_capital(unsigned char byte)
{
    return (byte >= 0xC0 && byte <= 0xDE && byte != 0xD7) || byte == 0x8A || byte == 0x8C || byte == 0x8E ||
           byte == 0x9F;
}

static bool is_symbol(unsigned char byte)
{
    static const char between_letters[] = "\xAD\xB4\xB7"; /* soft hyphen, an apostrophe for some, Catalan l.l */
    bool symbol = (byte >= 0xA1 && byte <= 0xBF) || (byte >= 0x80 && byte < 0xA0 && !is_capital(byte) && byte != 0x83 &&
                                                     byte != 0x9A && byte != 0x9C && byte != 0x9E);
    return symbol && !memchr(between_letters, byte, sizeof between_letters - 1);
}

/* A byte alone or in a pair among ASCII that would not stand there in a Western word. */
static bool is_out_of_place(unsigned char before, unsigned char byte, unsigned char after)
{
    if (byte < 0xA0 && !upper[byte - 0x80])
        return true;
    if (is_capital(byte) && before >= 'a' && before <= 'z')
        return true;
    return is_symbol(byte) && is_ascii_letter(before) && is_ascii_letter(after);
}

/* Western words hold one accented letter here and there, seldom two together, hardly ever three. So three or more in
 * a row are of another alphabet (Cyrillic, Greek, Chinese ...); so are undefined bytes, symbols inside words
 * (Polish, old Mac) and capitals behind small letters. Where these make up a quarter of the bytes above 7F, any
 * guess would be a bad one. */
qc_western qc_western_guess(const unsigned char *data, size_t length)
{
    size_t high = 0, odd = 0, undefined = 0;
    for (size_t at = 0; at < length;) {
        if (data[at] < 0x80 || is_punctuation(data[at])) {
            high += data[at++] >= 0x80;
            continue;
        }
        size_t end = at;
        for (; end < length && data[end] >= 0x80 && !is_punctuation(data[end]); end++) {
            unsigned char before = end ? data[end - 1] : 0, after = end + 1 < length ? data[end + 1] : 0;
            odd += is_out_of_place(before, data[end], after);
            undefined += data[end] < 0xA0 && !upper[data[end] - 0x80];
        }
        high += end - at;
        odd += end - at > 2 ? end - at : 0;
        at = end;
    }
    if (odd * 4 > high)
        return QC_WESTERN_NOT;
    return undefined ? QC_WESTERN_LATIN1 : QC_WESTERN_1252;
}

bool qc_western_append(qc_buffer *text, const unsigned char *data, size_t length, qc_western encoding)
{
    for (size_t at = 0; at < length; at++) {
        if (!qc_buffer_reserve(text, 4))
            return false;
        uint32_t point = data[at];
        if (point >= 0x80 && point < 0xA0 && encoding == QC_WESTERN_1252)
            point = upper[point - 0x80];
        text->length += qc_utf8_put(point, text->data + text->length);
    }
    return !text->failed;
}
