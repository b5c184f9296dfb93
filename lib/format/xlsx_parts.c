/* Shared strings and number formats. */
#include "format/xlsx_parts.h"
#include "base/error.h"
#include "base/utf8.h"

#include <stdlib.h>

static bool hex4(const char *text, uint32_t *point)
{
    *point = 0;
    for (int i = 0; i < 4; i++) {
        char c = text[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            return false;
        *point = *point << 4 | (uint32_t)digit;
    }
    return true;
}

void qc_xlsx_put(qc_buffer *out, const char *text, size_t length)
{
    enum { SIZE = 7 }; /* of _x000D_ */
    size_t from = 0;
    for (size_t at = 0; at + SIZE <= length; at++) {
        uint32_t point;
        if (text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_' || !hex4(text + at + 2, &point))
            continue;
        if (!point || (point >= 0xD800 && point < 0xE000))
            continue; /* no character: it stays as it is written */
        char bytes[4];
        qc_buffer_append(out, text + from, at - from);
        qc_buffer_append(out, bytes, qc_utf8_put(point, bytes));
        from = at + SIZE;
        at = from - 1;
    }
    if (length > from)
        qc_buffer_append(out, text + from, length - from);
}

/* Reads one string element (si) of which some parts are not shown: the readings of characters (rPh). */
static bool read_string(qc_xml *xml, qc_buffer *plain, qcode_error *err)
{
    qc_xml_event event;
    bool in_text = false;
    for (;;) {
        if (!qc_xml_next(xml, &event, err))
            return false;
        if (event.kind == QC_XML_TEXT && in_text)
            qc_buffer_append(plain, event.text, event.length);
        if (event.kind == QC_XML_CLOSE && strcmp(event.name, "si") == 0)
            return true;
        if (event.kind != QC_XML_TEXT)
            in_text = event.kind == QC_XML_OPEN && strcmp(event.name, "t") == 0;
        if (event.kind == QC_XML_OPEN && strcmp(event.name, "rPh") == 0 && !qc_xml_skip(xml, err))
            return false;
    }
}

static bool put_string(qc_xlsx_strings *strings, const qc_buffer *plain)
{
    qc_xlsx_put(&strings->text, plain->data, plain->length);
    qc_buffer_byte(&strings->text, '\0');
    qc_buffer_append(&strings->ends, &strings->text.length, sizeof strings->text.length);
    return !plain->failed && !strings->text.failed && !strings->ends.failed;
}

bool qc_xlsx_read_strings(const qc_package *package, const char *name, qc_xlsx_strings *strings, qcode_error *err)
{
    qc_part part;
    if (!*name)
        return true;
    if (!qc_part_open(&part, package, name, err))
        return false;
    qc_buffer plain = qc_buffer_init(package->memory);
    qc_xml_event event;
    bool done;
    while ((done = qc_xml_next(part.xml, &event, err)) && event.kind != QC_XML_END) {
        if (event.kind != QC_XML_OPEN || strcmp(event.name, "si") != 0)
            continue;
        plain.length = 0;
        done = read_string(part.xml, &plain, err) && (put_string(strings, &plain) || qc_no_memory(err));
        if (!done)
            break;
    }
    qc_buffer_clear(&plain);
    qc_part_close(&part);
    return done;
}

bool qc_xlsx_string(const qc_xlsx_strings *strings, size_t index, const char **text, size_t *length)
{
    size_t start = 0, end;
    if (index >= strings->ends.length / sizeof end)
        return false;
    memcpy(&end, strings->ends.data + index * sizeof end, sizeof end);
    if (index)
        memcpy(&start, strings->ends.data + (index - 1) * sizeof start, sizeof start);
    *text = strings->text.data + start;
    *length = end - start - 1;
    return true;
}

/* Letters outside quotes, brackets and escapes that stand for parts of a date or a time. */
static bool shows_time(const char *code)
{
    for (; *code; code++) {
        if (*code == '"' || *code == '[') {
            const char *end = strchr(code + 1, *code == '"' ? '"' : ']');
            if (*code == '[' && strchr("hHmMsS", code[1]) && code[1])
                return true; /* [h]: hours beyond a day */
            if (!end)
                return false;
            code = end;
        } else if (*code == '\\') {
            code += code[1] != '\0';
        } else if (strchr("dDmMyYhHsS", *code)) {
            return true;
        }
    }
    return false;
}

/* The formats that need no definition (ECMA-376-1, 18.8.30). */
static bool is_built_in_time(unsigned long id)
{
    return (id >= 14 && id <= 22) || (id >= 45 && id <= 47);
}

static unsigned long number_of(const qc_xml_event *event, const char *name)
{
    const char *value = qc_xml_get(event, name);
    return value ? strtoul(value, NULL, 10) : 0;
}

static bool is_custom_time(const qc_buffer *customs, unsigned long id)
{
    for (size_t at = 0; at < customs->length; at += sizeof id)
        if (memcmp(customs->data + at, &id, sizeof id) == 0)
            return true;
    return false;
}

bool qc_xlsx_read_formats(const qc_package *package, const char *name, qc_buffer *formats, qcode_error *err)
{
    enum { MOST_CUSTOM = 1024 };
    qc_part part;
    if (!*name)
        return true;
    if (!qc_part_open(&part, package, name, err))
        return false;
    qc_buffer customs = qc_buffer_init(package->memory); /* ids of formats that show times */
    qc_xml_event event;
    bool done, in_cells = false;
    while ((done = qc_xml_next(part.xml, &event, err)) && event.kind != QC_XML_END) {
        const char *code = event.kind == QC_XML_OPEN ? qc_xml_get(&event, "formatCode") : NULL;
        unsigned long id = event.kind == QC_XML_OPEN ? number_of(&event, "numFmtId") : 0;
        if (code && shows_time(code) && customs.length < MOST_CUSTOM * sizeof id)
            qc_buffer_append(&customs, &id, sizeof id);
        if (strcmp(event.name, "cellXfs") == 0)
            in_cells = event.kind == QC_XML_OPEN;
        else if (in_cells && event.kind == QC_XML_OPEN && strcmp(event.name, "xf") == 0)
            qc_buffer_byte(formats, is_built_in_time(id) || is_custom_time(&customs, id));
        if (customs.failed || formats->failed) {
            done = qc_no_memory(err);
            break;
        }
    }
    qc_buffer_clear(&customs);
    qc_part_close(&part);
    return done;
}
