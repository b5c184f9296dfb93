/* From a byte of a scalar's text to the place where it was written. */
#include "base/utf8.h"
#include "format/yaml.h"
#include "format/yaml_parts.h"

#include <string.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_break(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* Moves over blanks and line ends; the number of line ends. */
static size_t skip_white(const char *data, size_t end, size_t *at)
{
    size_t breaks = 0;
    for (; *at < end && (is_blank(data[*at]) || is_break(data[*at])); ++*at)
        breaks += data[*at] == '\n' || (data[*at] == '\r' && !(*at + 1 < end && data[*at + 1] == '\n'));
    return breaks;
}

/* An escape of "...", its backslash at `*at`: moves behind it; the number of bytes it makes. */
static size_t pass_escape(const char *data, size_t end, size_t *at)
{
    size_t digits;
    char bytes[4], kind = *at + 1 < end ? data[*at + 1] : '\0';
    *at += 2;
    switch (kind) {
    case 'x': digits = 2; break;
    case 'u': digits = 4; break;
    case 'U': digits = 8; break;
    case 'N': case '_': return 2;
    case 'L': case 'P': return 3;
    case '\n': case '\r':
        --*at;
        return skip_white(data, end, at) - 1; /* the line end that is escaped is nothing, further ones stay */
    default: return 1;
    }
    uint32_t point = 0;
    for (; digits && *at < end; digits--, ++*at) {
        char digit = data[*at];
        point = point << 4 | (uint32_t)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    return qc_utf8_put(point & 0x1FFFFF, bytes);
}

/* The next piece of a plain or quoted scalar: moves behind it; the number of bytes of text it makes. */
static size_t pass_piece(const char *data, size_t end, char quote, size_t *at)
{
    if (quote == '"' && data[*at] == '\\')
        return pass_escape(data, end, at);
    if (quote == '\'' && data[*at] == '\'')
        return *at += 2, 1;
    if (is_blank(data[*at]) || is_break(data[*at])) {
        size_t run = *at, breaks = skip_white(data, end, &run);
        size_t first = *at;
        while (first < run && is_blank(data[first]))
            first++;
        if (first < run && is_break(data[first])) {
            *at = run;
            return breaks == 1 ? 1 : breaks - 1;
        }
    }
    ++*at;
    return 1;
}

static size_t flow_byte(const char *data, const qc_yaml_node *scalar, size_t offset)
{
    char quote = scalar->quoted ? data[scalar->source_start] : '\0';
    size_t at = scalar->source_start + scalar->quoted, end = scalar->source_end - scalar->quoted, made = 0;
    while (at < end) {
        size_t from = at;
        made += pass_piece(data, end, quote, &at);
        if (made > offset)
            return from;
    }
    return end;
}

/* In a block every character that is not white stands there as it is, in order. White space is told by the lines between. */
static size_t block_byte(const char *data, const qc_yaml_node *scalar, size_t offset)
{
    size_t at = scalar->source_start, end = scalar->source_end, white = 0;
    while (at < end && !is_break(data[at])) /* | or > and what stands beside it */
        at++;
    size_t last = at;
    for (size_t i = 0; i < offset; i++) {
        if (is_blank(scalar->text[i]) || is_break(scalar->text[i])) {
            white++;
            continue;
        }
        skip_white(data, end, &at);
        last = ++at;
        white = 0;
    }
    if (offset < scalar->length && !is_blank(scalar->text[offset]) && !is_break(scalar->text[offset])) {
        skip_white(data, end, &at);
        return at;
    }
    while (white && last < end && is_blank(data[last])) /* blanks at a line's end, or between two words */
        last++, white--;
    return last;
}

void qc_yaml_place(const char *data, size_t length, const qc_yaml_node *scalar, size_t offset, size_t *line,
                   size_t *column)
{
    bool block = scalar->quoted && (data[scalar->source_start] == '|' || data[scalar->source_start] == '>');
    size_t byte = block ? block_byte(data, scalar, offset) : flow_byte(data, scalar, offset);
    while (byte > scalar->source_start && byte < length && ((unsigned char)data[byte] & 0xC0) == 0x80)
        byte--;
    qc_yaml_cursor cursor = qc_yaml_cursor_init(data, length);
    cursor.byte = scalar->source_start;
    cursor.line = scalar->line;
    cursor.column = scalar->column;
    qc_yaml_to_byte(&cursor, byte);
    *line = cursor.line;
    *column = cursor.column;
}
