/* Another id for a code, in a codebook and in tables of codings, all of them or none. */
#include "base/bytes.h"
#include "base/date.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "format/csv.h"
#include "read/rename.h"

#include <string.h>

#define MOST_BYTES ((size_t)1 << 30)

typedef struct recoding {
    const qcode_rename *rename;
    const qcode_memory *memory;
    qcode_error *err;
    qcode_sink **sinks; /* of the codebook and each table, written and not yet in their places */
    size_t count;
} recoding;

/* Where a line and column are, asked in rising order. */
typedef struct byte_finger {
    const char *text;
    size_t length, at, line, column;
} byte_finger;

static size_t find_place(byte_finger *finger, size_t line, size_t column)
{
    while (finger->at < finger->length && (finger->line < line || finger->column < column)) {
        bool ends = finger->text[finger->at] == '\n';
        qc_utf8_next(finger->text, finger->length, &finger->at);
        finger->line += ends;
        finger->column = ends ? 1 : finger->column + 1;
    }
    return finger->at;
}

static bool is_column(const qc_csv_field *field, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length && field->length == length; i++)
        if ((field->text[i] | 0x20) != name[i])
            return false;
    return field->length == length;
}

/* The column of codes. */
static bool find_column(const recoding *work, const char *path, const qc_csv_field *fields, size_t count, size_t *column)
{
    bool has_matches = false;
    *column = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        has_matches |= is_column(&fields[i], "matches");
        *column = *column == SIZE_MAX && is_column(&fields[i], "code") ? i : *column;
    }
    if (has_matches)
        return qc_fail(work->err, QCODE_INVALID, path, 1, 0,
                       "segments that a run wrote: code again with the changed codebook");
    return *column != SIZE_MAX || qc_fail(work->err, QCODE_INVALID, path, 1, 0, "expected a column \"code\"");
}

/* Puts the new id where a field has the old one, in its quotes. */
static bool replace_field(const recoding *work, const char *path, const qc_csv_field *field, byte_finger *finger,
                          size_t *copied, qc_buffer *out)
{
    const char *from = work->rename->from;
    size_t start = find_place(finger, field->line, field->column), length = strlen(from);
    start += start < finger->length && finger->text[start] == '"';
    if (finger->length - start < length || memcmp(finger->text + start, from, length) != 0)
        return qc_fail(work->err, QCODE_INVALID, path, field->line, field->column,
                       "the code is written in a way in which it cannot be replaced");
    qc_buffer_append(out, finger->text + *copied, start - *copied);
    qc_buffer_string(out, work->rename->to);
    *copied = start + length;
    return true;
}

static bool replace_rows(const recoding *work, const char *path, qc_csv *csv, byte_finger *finger, qc_buffer *out,
                         size_t *changed)
{
    const qc_csv_field *fields;
    size_t count, column, copied = 0;
    if (!qc_csv_next(csv, &fields, &count, work->err) || !find_column(work, path, fields, count, &column))
        return false;
    for (;;) {
        if (!qc_csv_next(csv, &fields, &count, work->err))
            return false;
        if (!count)
            break;
        const qc_csv_field *field = column < count ? &fields[column] : NULL;
        if (field && strcmp(field->text, work->rename->to) == 0)
            return qc_fail(work->err, QCODE_INVALID, path, field->line, field->column,
                           "the code \"%s\" is in this table already: renaming would mix the two", field->text);
        if (!field || strcmp(field->text, work->rename->from) != 0)
            continue;
        if (!replace_field(work, path, field, finger, &copied, out))
            return false;
        ++*changed;
    }
    qc_buffer_append(out, finger->text + copied, finger->length - copied);
    return !out->failed || qc_no_memory(work->err);
}

/* A file written beside its place. */
static bool hold_file(recoding *work, const char *path, qc_buffer *text)
{
    qcode_sink *sink = qcode_sink_file(path, work->memory, work->err);
    if (!sink)
        return false;
    work->sinks[work->count++] = sink;
    if (qc_sink_drain(sink, text))
        return true;
    return qcode_sink_finish(sink, work->err); /* which says why, and answers false */
}

static bool recode_table(recoding *work, const char *path, size_t *changed)
{
    qc_bytes bytes;
    qc_buffer out = qc_buffer_init(work->memory);
    *changed = 0;
    if (!qc_bytes_read(path, MOST_BYTES, work->memory, &bytes, work->err))
        return false;
    const char *text = bytes.data ? (const char *)bytes.data : "";
    size_t mark = bytes.length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    byte_finger finger = {.text = text + mark, .length = bytes.length - mark, .line = 1, .column = 1};
    qc_buffer_append(&out, text, mark);
    bool done = qc_utf8_valid(finger.text, finger.length) == finger.length ||
                qc_fail(work->err, QCODE_ENCODING, path, 0, 0, "expected a table in UTF-8");
    qc_csv *csv = done ? qc_csv_new(finger.text, finger.length, path, work->memory, work->err) : NULL;
    done = csv && replace_rows(work, path, csv, &finger, &out, changed) && (!*changed || hold_file(work, path, &out));
    qc_csv_free(csv);
    qc_buffer_clear(&out);
    qc_bytes_clear(&bytes);
    return done;
}

static bool check_rename(const recoding *work, const qcode_codebook *book, const char *path)
{
    const qcode_rename *rename = work->rename;
    if (!qc_is_date(rename->on))
        return qc_fail(work->err, QCODE_USAGE, NULL, 0, 0, "found \"%s\" where a date (2023-03-14) is expected",
                       rename->on);
    if (!qcode_codebook_find(book, rename->from))
        return qc_fail(work->err, QCODE_INVALID, path, 0, 0, "no code has the id \"%s\"", rename->from);
    return !qcode_codebook_find(book, rename->to) ||
           qc_fail(work->err, QCODE_INVALID, path, 0, 0, "a code has the id \"%s\" already", rename->to);
}

/* The changed codebook is read again before it is kept: whatever refers to the code has to find it. */
static bool recode_book(recoding *work, const char *path)
{
    qc_buffer out = qc_buffer_init(work->memory);
    qcode_codebook *now = NULL, *book = qcode_codebook_read(path, work->memory, NULL, work->err);
    bool done = book && check_rename(work, book, path) &&
                qc_book_rename(book, path, work->rename, work->memory, &out, work->err) &&
                (now = qcode_codebook_parse(out.data, out.length, path, work->memory, NULL, work->err));
    if (done && (!qcode_codebook_find(now, work->rename->to) || qcode_codebook_find(now, work->rename->from) ||
                 qcode_codebook_count(now) != qcode_codebook_count(book)))
        done = qc_fail(work->err, QCODE_INVALID, path, 0, 0, "found no place where \"%s\" can be replaced",
                       work->rename->from);
    done = done && hold_file(work, path, &out);
    qcode_codebook_free(now);
    qcode_codebook_free(book);
    qc_buffer_clear(&out);
    return done;
}

bool qcode_recode_rename(const qcode_rename *rename, const char *book, const char *const *tables, size_t table_count,
                         const qcode_memory *memory, size_t *counts, qcode_error *err)
{
    recoding work = {.rename = rename, .memory = memory, .err = err};
    size_t bytes;
    if (qc_multiply(table_count + 1, sizeof *work.sinks, &bytes))
        work.sinks = qc_resize(memory, NULL, bytes);
    if (!work.sinks)
        return qc_no_memory(err);
    bool done = recode_book(&work, book);
    for (size_t i = 0; done && i < table_count; i++)
        done = recode_table(&work, tables[i], &counts[i]);
    for (size_t i = work.count; done && i-- > 0;) /* the codebook last */
        done = qcode_sink_finish(work.sinks[i], err);
    for (size_t i = 0; i < work.count; i++)
        qcode_sink_free(work.sinks[i]);
    qc_release(memory, work.sinks);
    return done;
}
