/* A codebook of one pattern, for looking words up. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/utf8.h"
#include "read/codebook/codebook.h"
#include <qcode/job.h>

#include <string.h>

/* As YAML's double-quoted scalars have it (YAML 1.2.2, section 7.3.1). */
static void put_quoted(qc_buffer *out, const char *text)
{
    qc_buffer_byte(out, '"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            qc_buffer_print(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7F)
            qc_buffer_print(out, "\\x%02x", byte);
        else
            qc_buffer_byte(out, (char)byte);
    }
    qc_buffer_byte(out, '"');
}

enum { PATTERN_LINE = 7, PATTERN_COLUMN = 9 }; /* of the quote or brace before it, in the book that is made */

static void put_book(qc_buffer *out, const char *pattern, qcode_pattern_kind kind, const char *language)
{
    static const char *const keys[] = {"terms", "regex", "rules"}; /* in the order of qcode_pattern_kind */
    qc_buffer_string(out, "language: ");
    put_quoted(out, language ? language : "");
    qc_buffer_print(out, "\ncodes:\n  - id: found\n    unit: match\n    scope: all\n    %s:\n      - ", keys[kind]);
    if (kind == QCODE_PATTERN_RULE)
        qc_buffer_print(out, "{%s}", pattern);
    else
        put_quoted(out, pattern);
    qc_buffer_byte(out, '\n');
}

/* Where a line begins, or the end. */
static size_t line_start(const char *text, size_t length, size_t line)
{
    const char *at = text, *end = text + length;
    while (at < end && line-- > 1) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        at = feed ? feed + 1 : end;
    }
    return (size_t)(at - text);
}

/* Turns a place of the book that was made into one of the pattern; what stands around that blames its ends. */
static void place_in_pattern(const char *text, size_t length, size_t *line, size_t *column)
{
    size_t at = line_start(text, length, PATTERN_LINE) + PATTERN_COLUMN, stop = PATTERN_COLUMN + 1, made = 1;
    bool quoted = text[at - 1] == '"';
    size_t wanted = *line < PATTERN_LINE ? 1 : *line > PATTERN_LINE ? SIZE_MAX : *column, end = length - 2;
    while (at < end && stop < wanted) {
        size_t from = at, bytes = at;
        qc_utf8_next(text, end, &at);
        if (quoted && text[from] == '\\')
            at = from + (text[from + 1] == 'x' ? 4 : 2);
        while (bytes < at) { /* columns count characters */
            qc_utf8_next(text, end, &bytes);
            stop++;
        }
        made += stop <= wanted;
    }
    *line = 1;
    *column = made;
}

static void place_of_pattern(const qcode_codebook *book, const qc_pattern *pattern, size_t offset, size_t *line,
                             size_t *column)
{
    qc_book_place(book, pattern, offset, line, column);
    place_in_pattern(book->bytes, book->length, line, column);
}

/* Moves what the reader had to say to the places where the user wrote it. */
static void tell(const qc_buffer *text, const qcode_notes *said, qcode_notes *notes, qcode_error *err)
{
    for (size_t i = 0; i < qcode_notes_count(said); i++) {
        qcode_note note = *qcode_notes_at(said, i);
        if (note.line)
            place_in_pattern(text->data, text->length, &note.line, &note.column);
        qc_note(notes, note.kind, note.source, note.line, note.column, "%s", note.text);
    }
    if (err && err->status != QCODE_OK && err->line)
        place_in_pattern(text->data, text->length, &err->line, &err->column);
}

static qcode_codebook *parse(const qc_buffer *text, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qcode_error why = {.status = QCODE_OK};
    qcode_notes *said = qcode_notes_new(memory);
    qcode_codebook *book = NULL;
    if (!said || text->failed) {
        qc_no_memory(&why);
    } else {
        book = qcode_codebook_parse(text->data, text->length, "pattern", memory, said, &why);
        tell(text, said, notes, &why);
    }
    if (book)
        book->place = place_of_pattern;
    else if (err)
        *err = why;
    qcode_notes_free(said);
    return book;
}

qcode_codebook *qcode_pattern_codebook(const char *pattern, qcode_pattern_kind kind, const char *language,
                                       const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qcode_codebook *book = NULL;
    qc_buffer text = qc_buffer_init(memory);
    size_t length = strlen(pattern), language_length = language ? strlen(language) : 0;
    if (kind == QCODE_PATTERN_RULE && strpbrk(pattern, "\n\r")) {
        qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a rule to find stands on one line");
    } else if (qc_utf8_valid(pattern, length) != length ||
               (language && qc_utf8_valid(language, language_length) != language_length)) {
        qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the pattern to find is not UTF-8");
    } else {
        put_book(&text, pattern, kind, language);
        book = parse(&text, memory, notes, err);
    }
    qc_buffer_clear(&text);
    return book;
}
