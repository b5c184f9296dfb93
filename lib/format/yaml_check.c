/* Places in a YAML file, and the characters it may hold. */
#include "base/error.h"
#include "base/utf8.h"
#include "format/yaml_parts.h"

#include <string.h>

qc_yaml_cursor qc_yaml_cursor_init(const char *data, size_t length)
{
    size_t first = length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    return (qc_yaml_cursor){.data = data, .length = length, .first = first, .byte = first, .line = 1, .column = 1};
}

/* Moves over plain ASCII, where bytes, code points and columns go together: at most `most` of them. False when there are none. */
static bool run(qc_yaml_cursor *cursor, size_t most)
{
    size_t room = cursor->length - cursor->byte, count = 0;
    most = most < room ? most : room;
    const char *data = cursor->data + cursor->byte;
    while (count < most && data[count] >= ' ' && data[count] <= '~')
        count++;
    cursor->byte += count;
    cursor->index += count;
    cursor->column += count;
    return count > 0;
}

/* Moves over one code point. */
static void step(qc_yaml_cursor *cursor)
{
    const char *data = cursor->data;
    char byte = data[cursor->byte++];
    bool ends_line = byte == '\n' || (byte == '\r' && !(cursor->byte < cursor->length && data[cursor->byte] == '\n'));
    while (cursor->byte < cursor->length && ((unsigned char)data[cursor->byte] & 0xC0) == 0x80)
        cursor->byte++;
    cursor->index++;
    cursor->line += ends_line;
    cursor->column = ends_line ? 1 : cursor->column + 1;
}

void qc_yaml_to_index(qc_yaml_cursor *cursor, size_t index)
{
    if (index < cursor->index)
        *cursor = qc_yaml_cursor_init(cursor->data, cursor->length);
    while (cursor->index < index && cursor->byte < cursor->length)
        if (!run(cursor, index - cursor->index))
            step(cursor);
}

void qc_yaml_to_byte(qc_yaml_cursor *cursor, size_t byte)
{
    if (byte < cursor->byte)
        *cursor = qc_yaml_cursor_init(cursor->data, cursor->length);
    while (cursor->byte < byte && cursor->byte < cursor->length)
        if (!run(cursor, byte - cursor->byte))
            step(cursor);
}

/* Why a code point cannot stand in a YAML file; NULL when it can. */
static const char *objection(uint32_t point)
{
    if (point == 0x85 || point == 0x2028 || point == 0x2029)
        return "is a line end to some readers of YAML and none to others; write it as an escape in double quotes";
    if (point == '\t' || point == '\n' || point == '\r')
        return NULL;
    if (point < 0x20 || (point >= 0x7F && point < 0xA0))
        return "is a control character, which YAML forbids";
    if (point == 0xFEFF || (point >= 0xFFFE && point <= 0xFFFF))
        return "cannot stand here";
    return NULL;
}

bool qc_yaml_check_characters(const char *data, size_t length, const char *source, qcode_error *err)
{
    qc_yaml_cursor cursor = qc_yaml_cursor_init(data, length);
    size_t valid = qc_utf8_valid(data, length), at = cursor.first;
    while (at < valid) {
        if ((data[at] >= 0x20 && data[at] < 0x7F) || data[at] == '\n') {
            at++;
            continue;
        }
        size_t from = at;
        uint32_t point = qc_utf8_next(data, length, &at);
        const char *why = objection(point);
        if (why) {
            qc_yaml_to_byte(&cursor, from);
            return qc_fail(err, QCODE_SYNTAX, source, cursor.line, cursor.column, "U+%04X %s", (unsigned)point, why);
        }
    }
    if (valid == length)
        return true;
    qc_yaml_to_byte(&cursor, valid);
    bool wide = valid == 0 && length >= 2 && (memcmp(data, "\xFF\xFE", 2) == 0 || memcmp(data, "\xFE\xFF", 2) == 0);
    return qc_fail(err, QCODE_ENCODING, source, cursor.line, cursor.column, "%s; expected UTF-8",
                   wide ? "this looks like UTF-16" : "bytes that are no character");
}
