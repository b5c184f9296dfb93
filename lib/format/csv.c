/* CSV (RFC 4180) as people make it. */
#include "format/csv.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/place.h"

#include <string.h>

struct qc_csv {
    const qcode_memory *memory;
    const char *text, *source;
    size_t length, at;
    char separator;
    qc_walker walker;
    qc_buffer bytes; /* the texts of one record's fields, each with a NUL behind it */
    qc_csv_field *fields;
    size_t count, capacity;
};

static bool at_line_end(const qc_csv *csv)
{
    return csv->text[csv->at] == '\n' ||
           (csv->text[csv->at] == '\r' && csv->at + 1 < csv->length && csv->text[csv->at + 1] == '\n');
}

/* Passes over the end of a line, if one stands there. */
static bool take_line_end(qc_csv *csv)
{
    if (csv->at == csv->length || !at_line_end(csv))
        return false;
    csv->at += csv->text[csv->at] == '\r' ? 2 : 1;
    return true;
}

static bool fail_at(qc_csv *csv, size_t byte, const char *message, qcode_error *err)
{
    qcode_place place = qc_walker_at(&csv->walker, byte);
    return qc_fail(err, QCODE_SYNTAX, csv->source, place.line, place.column, "%s", message);
}

static bool refuse_control(qc_csv *csv, size_t byte, qcode_error *err)
{
    qcode_place place = qc_walker_at(&csv->walker, byte);
    return qc_fail(err, QCODE_SYNTAX, csv->source, place.line, place.column,
                   "the control character U+%04X, which no field of a CSV file may hold%s",
                   (unsigned)(unsigned char)csv->text[byte], csv->text[byte] ? " outside quotes" : "");
}

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7F;
}

/* Whether a spreadsheet could take the text for a formula, or would if it had fewer ' in front. */
static bool is_formula(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && text[at] == '\'')
        at++;
    return at < length && text[at] && strchr("=+-@\t\r", text[at]);
}

static bool read_quoted(qc_csv *csv, qcode_error *err)
{
    size_t open = csv->at++;
    for (;;) {
        const char *from = csv->text + csv->at;
        const char *quote = memchr(from, '"', csv->length - csv->at);
        size_t run = quote ? (size_t)(quote - from) : csv->length - csv->at;
        const char *nul = memchr(from, '\0', run);
        if (nul)
            return refuse_control(csv, (size_t)(nul - csv->text), err);
        if (!quote)
            return fail_at(csv, open, "a quote that is never closed", err);
        qc_buffer_append(&csv->bytes, from, run);
        csv->at += run + 1;
        if (csv->at == csv->length || csv->text[csv->at] != '"')
            break;
        qc_buffer_byte(&csv->bytes, '"');
        csv->at++;
    }
    if (csv->at == csv->length || csv->text[csv->at] == csv->separator || at_line_end(csv))
        return true;
    if (memchr(csv->text + open, '\n', csv->at - open)) /* the next quote met belongs to another field */
        return fail_at(csv, open, "a quote that is never closed", err);
    return fail_at(csv, csv->at, "text behind a closing quote, where the field has to end", err);
}

static bool read_plain(qc_csv *csv, qcode_error *err)
{
    size_t start = csv->at;
    for (; csv->at < csv->length && csv->text[csv->at] != csv->separator && !at_line_end(csv); csv->at++)
        if (is_control(csv->text[csv->at]))
            return refuse_control(csv, csv->at, err);
    return qc_buffer_append(&csv->bytes, csv->text + start, csv->at - start) || qc_no_memory(err);
}

/* One field. Its text is found once the whole record is read: the bytes may move until then. */
static bool read_field(qc_csv *csv, qcode_error *err)
{
    if (!qc_grow(csv->memory, &csv->fields, &csv->capacity, csv->count + 1, sizeof *csv->fields))
        return qc_no_memory(err);
    qcode_place place = qc_walker_at(&csv->walker, csv->at);
    size_t start = csv->bytes.length, source = csv->at;
    bool quoted = csv->at < csv->length && csv->text[csv->at] == '"';
    if (!(quoted ? read_quoted(csv, err) : read_plain(csv, err)))
        return false;
    size_t length = csv->bytes.length - start;
    if (!qc_buffer_byte(&csv->bytes, '\0'))
        return qc_no_memory(err);
    csv->fields[csv->count++] = (qc_csv_field){.length = length, .line = place.line, .column = place.column,
                                               .source_start = source, .source_end = csv->at};
    return true;
}

/* Gives the fields their texts, and takes the guards off. */
static void place_texts(qc_csv *csv)
{
    const char *text = csv->bytes.data;
    for (qc_csv_field *field = csv->fields; field < csv->fields + csv->count; field++) {
        size_t guard = field->length && text[0] == '\'' && is_formula(text, field->length);
        field->text = text + guard;
        text += field->length + 1;
        field->length -= guard;
    }
}

bool qc_csv_next(qc_csv *csv, const qc_csv_field **fields, size_t *count, qcode_error *err)
{
    csv->count = 0;
    csv->bytes.length = 0;
    *fields = NULL;
    *count = 0;
    while (take_line_end(csv))
        ;
    if (csv->at == csv->length)
        return true;
    for (;;) {
        if (!read_field(csv, err))
            return false;
        if (csv->at == csv->length || take_line_end(csv))
            break;
        csv->at++; /* the separator */
    }
    place_texts(csv);
    *fields = csv->fields;
    *count = csv->count;
    return true;
}

/* Excel's own first line: sep=; */
static bool take_separator_line(qc_csv *csv)
{
    static const char mark[] = "sep=";
    size_t size = sizeof mark - 1;
    if (csv->length <= size || memcmp(csv->text, mark, size) != 0 || !strchr(",;\t|", csv->text[size]) ||
        !csv->text[size])
        return false;
    csv->at = size + 1;
    csv->separator = csv->text[size];
    if (csv->at == csv->length || take_line_end(csv))
        return true;
    csv->at = 0;
    return false;
}

/* The one of , ; and tab that stands most often in the first line, outside quotes. */
static char likely_separator(const char *text, size_t length)
{
    static const char known[] = ",;\t";
    size_t counts[sizeof known - 1] = {0}, best = 0;
    bool quoted = false;
    for (size_t at = 0; at < length && (quoted || text[at] != '\n'); at++) {
        const char *which = text[at] ? strchr(known, text[at]) : NULL;
        if (text[at] == '"')
            quoted = !quoted;
        else if (which && !quoted)
            counts[which - known]++;
    }
    for (size_t i = 1; i < sizeof known - 1; i++)
        if (counts[i] > counts[best])
            best = i;
    return known[best];
}

qc_csv *qc_csv_new(const char *text, size_t length, const char *source, const qcode_memory *memory, qcode_error *err)
{
    qc_csv *csv = qc_resize(memory, NULL, sizeof *csv);
    if (!csv) {
        qc_no_memory(err);
        return NULL;
    }
    *csv = (qc_csv){.memory = memory, .text = text, .source = source, .length = length};
    csv->walker = qc_walker_init(text, length);
    csv->bytes = qc_buffer_init(memory);
    if (!take_separator_line(csv))
        csv->separator = likely_separator(text, length);
    return csv;
}

void qc_csv_free(qc_csv *csv)
{
    if (!csv)
        return;
    qc_buffer_clear(&csv->bytes);
    qc_release(csv->memory, csv->fields);
    qc_release(csv->memory, csv);
}

/* Quotes are needed around a separator, a quote, a line end or other control, and space at either end. */
static bool needs_quotes(const char *text, size_t length)
{
    if (!length)
        return false;
    if (text[0] == ' ' || text[length - 1] == ' ')
        return true;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == ',' || c == ';' || c == '\t' || c == '"' || is_control(c))
            return true;
    }
    return false;
}

static bool put(qc_buffer *out, const char *text, size_t length, bool guarded)
{
    if (!guarded && !needs_quotes(text, length))
        return qc_buffer_append(out, text, length);
    qc_buffer_string(out, guarded ? "\"'" : "\"");
    for (size_t from = 0; from < length;) {
        const char *quote = memchr(text + from, '"', length - from);
        size_t run = quote ? (size_t)(quote - text) + 1 - from : length - from;
        qc_buffer_append(out, text + from, run);
        if (quote)
            qc_buffer_byte(out, '"');
        from += run;
    }
    return qc_buffer_byte(out, '"');
}

bool qc_csv_put(qc_buffer *out, const char *text, size_t length)
{
    return put(out, text, length, is_formula(text, length));
}

bool qc_csv_put_raw(qc_buffer *out, const char *text, size_t length)
{
    return put(out, text, length, false);
}
