/* Who was asked to code what: an assigned document without codings is coded with nothing. */
#include "base/bytes.h"
#include "base/error.h"
#include "format/csv.h"
#include "text/decode.h"
#include "work/comparing.h"

#include <string.h>

#define MOST_BYTES ((size_t)64 << 20)

typedef struct assignment_reader {
    qc_comparing *c;
    const char *path;
    qc_csv *csv;
    size_t document, coder, codes, columns; /* indexes of columns; `codes` may be SIZE_MAX */
} assignment_reader;

static bool read_header(assignment_reader *read)
{
    const qc_csv_field *fields;
    if (!qc_csv_next(read->csv, &fields, &read->columns, read->c->err))
        return false;
    read->document = read->coder = read->codes = SIZE_MAX;
    for (size_t i = 0; i < read->columns; i++) {
        if (strcmp(fields[i].text, "document") == 0)
            read->document = i;
        if (strcmp(fields[i].text, "coder") == 0)
            read->coder = i;
        if (strcmp(fields[i].text, "codes") == 0)
            read->codes = i;
    }
    return (read->document != SIZE_MAX && read->coder != SIZE_MAX) ||
           qc_fail(read->c->err, QCODE_INVALID, read->path, 1, 0, "expected the columns \"document\" and \"coder\"");
}

/* The codes asked for, parted by ; . An empty cell and "all" are every code. */
static bool read_codes(assignment_reader *read, const qc_csv_field *field, size_t coder, size_t document)
{
    bool done = true, all = strcmp(field->text, "all") == 0;
    for (size_t at = 0; done && !all && at < field->length;) {
        size_t end = at + strcspn(field->text + at, ";"), from = at, to = end;
        while (from < to && field->text[from] == ' ')
            from++;
        while (to > from && field->text[to - 1] == ' ')
            to--;
        size_t code = from < to ? qc_coders_code(read->c->coders, field->text + from, to - from) : 0;
        done = from == to || (code != SIZE_MAX && qc_coders_asked(read->c->coders, coder, document, code));
        at = end + 1;
    }
    return done;
}

static bool read_line(assignment_reader *read, const qc_csv_field *fields, size_t count)
{
    qc_comparing *c = read->c;
    if (count != read->columns)
        return qc_fail(c->err, QCODE_INVALID, read->path, fields[0].line, 0, "expected %zu columns and found %zu",
                       read->columns, count);
    size_t document = qc_coders_match_document(c->coders, fields[read->document].text);
    size_t coder = qcode_coders_find(c->coders, fields[read->coder].text);
    if (document == SIZE_MAX)
        qc_note(c->notes, QCODE_NOTE_SKIPPED, read->path, fields[0].line, fields[read->document].column,
                "no transcript is called \"%s\"", fields[read->document].text);
    if (coder == SIZE_MAX)
        qc_note(c->notes, QCODE_NOTE_SKIPPED, read->path, fields[0].line, fields[read->coder].column,
                "nothing is by the coder \"%s\"", fields[read->coder].text);
    if (document == SIZE_MAX || coder == SIZE_MAX)
        return true;
    return (qc_coders_saw(c->coders, coder, document) &&
            (read->codes == SIZE_MAX || read_codes(read, &fields[read->codes], coder, document))) ||
           qc_no_memory(c->err);
}

static bool read_lines(assignment_reader *read)
{
    const qc_csv_field *fields;
    size_t count;
    while (qc_csv_next(read->csv, &fields, &count, read->c->err)) {
        if (!count)
            return true;
        if (!read_line(read, fields, count))
            return false;
    }
    return false;
}

bool qc_read_assignments(qc_comparing *c)
{
    qc_bytes bytes;
    const char *path = c->job->assignments, *encoding;
    if (!path)
        return true;
    if (!qc_bytes_read(path, MOST_BYTES, c->memory, &bytes, c->err))
        return false;
    qc_buffer text = qc_buffer_init(c->memory);
    assignment_reader read = {.c = c, .path = path};
    bool done = qc_decode(bytes.data ? bytes.data : (const void *)"", bytes.length, NULL, path, &text, &encoding,
                          c->notes, c->err) &&
                (read.csv = qc_csv_new(text.data ? text.data : "", text.length, path, c->memory, c->err)) &&
                read_header(&read) && read_lines(&read);
    if (done)
        qc_coders_sort(c->coders);
    qc_csv_free(read.csv);
    qc_buffer_clear(&text);
    qc_bytes_clear(&bytes);
    return done;
}
