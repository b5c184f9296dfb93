/* The reader of key.csv: the names of a study and what stands for them. */
#include "model/key.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/screen.h"
#include "base/utf8.h"
#include "format/csv.h"
#include "text/decode.h"
#include "text/words.h"

#include <string.h>

#define MOST_BYTES ((size_t)64 << 20)

typedef enum column_use { USE_NAME, USE_REPLACEMENT, USE_VARIANTS, USE_KIND, USES } column_use;
static const char *const use_names[USES] = {"name", "replacement", "variants", "kind"};

typedef struct key_reader {
    const char *source;
    const qcode_memory *memory;
    qcode_error *err;
    qc_csv *csv;
    qcode_key *key;
    size_t columns[USES]; /* where each is; SIZE_MAX: nowhere */
    size_t column_count, line_capacity, name_capacity;
    qc_key_line *lines;
    qc_key_name *names;
} key_reader;

static bool wrong(const key_reader *read, const qc_csv_field *field, size_t column, const char *what)
{
    return qc_fail(read->err, QCODE_INVALID, read->source, field->line, column ? column : field->column, "%s", what);
}

static bool read_header(key_reader *read)
{
    const qc_csv_field *fields;
    if (!qc_csv_next(read->csv, &fields, &read->column_count, read->err))
        return false;
    if (!read->column_count)
        return qc_fail(read->err, QCODE_INVALID, read->source, 1, 0, "expected a line with the names of the columns");
    for (size_t i = 0; i < USES; i++)
        read->columns[i] = SIZE_MAX;
    for (size_t i = 0; i < read->column_count; i++) {
        size_t use = 0;
        while (use < USES && strcmp(use_names[use], fields[i].text) != 0)
            use++;
        if (use == USES)
            return wrong(read, &fields[i], 0, "expected one of the columns name, replacement, variants and kind");
        if (read->columns[use] != SIZE_MAX)
            return qc_fail(read->err, QCODE_INVALID, read->source, fields[i].line, fields[i].column,
                           "the column \"%s\" is there twice", use_names[use]);
        read->columns[use] = i;
    }
    for (size_t use = USE_NAME; use <= USE_REPLACEMENT; use++)
        if (read->columns[use] == SIZE_MAX)
            return qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0, "expected a column \"%s\"",
                           use_names[use]);
    return true;
}

/* Without white space around it. */
static qcode_span trim(const char *text, size_t from, size_t end)
{
    for (size_t next = from; from < end && qc_is_space(qc_utf8_next(text, end, &next));)
        from = next;
    for (size_t before = end; end > from && qc_is_space(qc_utf8_previous(text, &before));)
        end = before;
    return (qcode_span){from, end};
}

static bool has_word(const char *text, size_t from, size_t end)
{
    while (from < end)
        if (qc_is_word(qc_utf8_next(text, end, &from)))
            return true;
    return false;
}

/* One name or variant: a part of a field. */
static bool add_name(key_reader *read, const qc_csv_field *field, size_t from, size_t end, size_t owner)
{
    qcode_span part = trim(field->text, from, end);
    size_t column = field->column + qc_utf8_count(field->text, part.start);
    if (part.start == part.end)
        return wrong(read, field, column, "the name is empty");
    if (!has_word(field->text, part.start, part.end))
        return wrong(read, field, column, "a name has a letter or a number in it");
    qcode_key *key = read->key;
    char *copy = qc_arena_copy(&key->arena, field->text + part.start, part.end - part.start);
    if (!copy || !qc_grow(read->memory, &read->names, &read->name_capacity, key->name_count + 1, sizeof *read->names))
        return qc_no_memory(read->err);
    read->names[key->name_count++] = (qc_key_name){copy, owner, field->line, column};
    return true;
}

static bool add_variants(key_reader *read, const qc_csv_field *field, size_t owner)
{
    for (size_t from = 0; field->length && from <= field->length;) {
        const char *bar = memchr(field->text + from, '|', field->length - from);
        size_t end = bar ? (size_t)(bar - field->text) : field->length;
        if (!add_name(read, field, from, end, owner))
            return false;
        from = end + 1;
    }
    return true;
}

/* What is put into a transcript stays on its line and shows what it is. */
static bool check_replacement(const key_reader *read, const qc_csv_field *field)
{
    if (!has_word(field->text, 0, field->length))
        return wrong(read, field, 0, "a replacement has a letter or a number in it");
    for (size_t at = 0; at < field->length;) {
        uint32_t point = qc_utf8_next(field->text, field->length, &at);
        if (qc_is_hidden(point))
            return wrong(read, field, 0, "a replacement has no line end and no control character in it");
    }
    return true;
}

static bool read_line(key_reader *read, const qc_csv_field *fields, size_t count)
{
    if (count != read->column_count)
        return qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0, "expected %zu fields, found %zu",
                       read->column_count, count);
    qcode_key *key = read->key;
    const qc_csv_field *of[USES];
    for (size_t use = 0; use < USES; use++)
        of[use] = read->columns[use] == SIZE_MAX ? NULL : &fields[read->columns[use]];
    size_t owner = key->count, first = key->name_count;
    const qc_csv_field *with = of[USE_REPLACEMENT];
    if (!add_name(read, of[USE_NAME], 0, of[USE_NAME]->length, owner) || !check_replacement(read, with) ||
        (of[USE_VARIANTS] && !add_variants(read, of[USE_VARIANTS], owner)))
        return false;
    qcode_span part = trim(with->text, 0, with->length);
    qc_key_line line = {.name = read->names[first].text, .line = fields[0].line, .replacement_column = with->column};
    line.replacement = qc_arena_copy(&key->arena, with->text + part.start, part.end - part.start);
    line.kind = qc_arena_string(&key->arena, of[USE_KIND] ? of[USE_KIND]->text : "");
    if (!line.replacement || !line.kind ||
        !qc_grow(read->memory, &read->lines, &read->line_capacity, owner + 1, sizeof *read->lines))
        return qc_no_memory(read->err);
    read->lines[key->count++] = line;
    return true;
}

static bool read_lines(key_reader *read)
{
    const qc_csv_field *fields;
    size_t count;
    for (;;) {
        if (!qc_csv_next(read->csv, &fields, &count, read->err))
            return false;
        if (!count)
            return read->key->count || qc_fail(read->err, QCODE_INVALID, read->source, 1, 0, "the key has no names");
        if (!read_line(read, fields, count))
            return false;
    }
}

/* Moves the lists to the key. */
static bool keep_lists(const key_reader *read)
{
    qcode_key *key = read->key;
    key->lines = qc_arena_take_array(&key->arena, key->count, sizeof *key->lines);
    key->names = qc_arena_take_array(&key->arena, key->name_count, sizeof *key->names);
    if (!key->lines || !key->names)
        return qc_no_memory(read->err);
    memcpy(key->lines, read->lines, key->count * sizeof *key->lines);
    memcpy(key->names, read->names, key->name_count * sizeof *key->names);
    return true;
}

static qcode_key *new_key(const char *source, const qcode_memory *memory, qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    qcode_key *key = qc_arena_take(&arena, sizeof *key);
    if (key && (key->source = qc_arena_string(&arena, source))) {
        key->arena = arena;
        return key;
    }
    qc_arena_clear(&arena);
    qc_no_memory(err);
    return NULL;
}

qcode_key *qcode_key_parse(const void *data, size_t length, const char *name, const qcode_memory *memory,
                           qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(memory);
    const char *encoding;
    key_reader read = {.source = name, .memory = memory, .err = err};
    bool done = (read.key = new_key(name, memory, err)) &&
                qc_decode(data, length, NULL, name, &text, &encoding, notes, err) &&
                (read.csv = qc_csv_new(text.data ? text.data : "", text.length, name, memory, err)) &&
                read_header(&read) && read_lines(&read) && keep_lists(&read);
    if (done && notes && !qcode_notes_complete(notes))
        done = qc_no_memory(err);
    qc_csv_free(read.csv);
    qc_release(memory, read.lines);
    qc_release(memory, read.names);
    qc_buffer_clear(&text);
    if (done)
        return read.key;
    qcode_key_free(read.key);
    return NULL;
}

qcode_key *qcode_key_read(const char *path, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return NULL;
    qcode_key *key = qcode_key_parse(bytes.data, bytes.length, path, memory, notes, err);
    qc_bytes_clear(&bytes);
    return key;
}
