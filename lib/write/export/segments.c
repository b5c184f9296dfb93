/* Rows from lines of segments.jsonl. */
#include "write/export/segments.h"
#include "base/error.h"
#include "base/set.h"
#include "format/json.h"
#include "write/writer.h"

static bool add_attributes(qc_set *names, const qcode_attribute *at)
{
    return strcmp(at->name, qc_column_names[QC_GROUP]) == 0 ||
           qc_set_add(names, at->name, strlen(at->name), NULL) != SIZE_MAX;
}

/* The attributes of documents in view, and of respondents in them that are. */
static bool list_names(const qc_view *view, qc_set *names)
{
    bool done = true;
    for (size_t i = 0; done && i < view->talk_count; i++) {
        const qcode_transcript *talk = view->talks[i];
        for (size_t k = 0; done && view->talk_in_view[i] && k < qcode_transcript_attribute_count(talk); k++)
            done = add_attributes(names, qcode_transcript_attribute(talk, k));
        for (size_t k = 0; done && view->talk_in_view[i] && k < qcode_transcript_speaker_count(talk); k++) {
            const qcode_speaker *speaker = qcode_transcript_speaker(talk, k);
            for (size_t n = 0; done && !speaker->left_out && n < speaker->attribute_count; n++)
                done = add_attributes(names, &speaker->attributes[n]);
        }
    }
    return done;
}

static qcode_type type_of(size_t column)
{
    static const qc_column numbers[] = {QC_START, QC_END, QC_LINE, QC_TURN, QC_GUIDE};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i] == column)
            return QCODE_TYPE_INTEGER;
    return column == QC_SCORE ? QCODE_TYPE_NUMBER : QCODE_TYPE_TEXT;
}

static bool make_columns(qc_segment_rows *rows)
{
    qc_set names = qc_set_init(rows->from->memory);
    bool done = list_names(rows->from->view, &names);
    rows->count = QC_SEGMENT_COLUMNS + names.count;
    qcode_column *columns = qc_arena_take_array(&rows->arena, rows->count, sizeof *columns);
    rows->cells = qc_arena_take_array(&rows->arena, rows->count, sizeof *rows->cells);
    rows->places = qc_arena_take_array(&rows->arena, rows->count, sizeof *rows->places);
    done = done && columns && rows->cells && rows->places;
    for (size_t i = 0; done && i < QC_SEGMENT_COLUMNS; i++)
        columns[i] = (qcode_column){qc_column_names[i], type_of(i)};
    for (size_t i = 0; done && i < names.count; i++) {
        columns[QC_SEGMENT_COLUMNS + i].name = qc_arena_string(&rows->arena, qc_set_at(&names, i));
        done = columns[QC_SEGMENT_COLUMNS + i].name != NULL;
    }
    rows->columns = columns;
    qc_set_clear(&names);
    return done;
}

static bool find_lines(qc_segment_rows *rows, qcode_error *err)
{
    size_t count = rows->from->view->run->segment_count, at = 0, line = 0;
    const char *text = rows->from->lines;
    if (!(rows->line_ends = qc_arena_take_array(&rows->arena, count + 1, sizeof *rows->line_ends)))
        return qc_no_memory(err);
    while (line < count && at < rows->from->lines_length) {
        const char *end = memchr(text + at, '\n', rows->from->lines_length - at);
        at = end ? (size_t)(end - text) + 1 : rows->from->lines_length;
        rows->line_ends[line++] = at;
    }
    return line == count || qc_fail(err, QCODE_INVALID, "segments.jsonl", line, 0, "expected a segment on each line");
}

bool qc_segment_rows_begin(qc_segment_rows *rows, const qc_exporting *from, qcode_error *err)
{
    *rows = (qc_segment_rows){.from = from, .arena = qc_arena_init(from->memory),
                              .words = qc_buffer_init(from->memory)};
    return (make_columns(rows) || qc_no_memory(err)) && find_lines(rows, err);
}

void qc_segment_rows_clear(qc_segment_rows *rows)
{
    qc_arena_clear(&rows->arena);
    qc_buffer_clear(&rows->words);
}

const char *qc_segment_line(const qc_segment_rows *rows, size_t segment, size_t *length)
{
    const qc_view *view = rows->from->view;
    size_t line = (size_t)(view->segments[segment].line - view->run->segments);
    size_t start = line ? rows->line_ends[line - 1] : 0;
    *length = rows->line_ends[line] - start;
    return rows->from->lines + start;
}

/* A list as a cell has it: own=0.512;question=0.33, pieces as 12-40;44-60, matches as rule@12-40. */
typedef struct listing {
    qc_buffer *out;
    size_t column, depth, items, numbers; /* numbers: of the item */
    bool words;                           /* of a match: not shown */
} listing;

static bool begins_item(const listing *to, qc_json_kind kind)
{
    return to->column == QC_MATCHES  ? kind == QC_JSON_OPEN_OBJECT
           : to->column == QC_PIECES ? kind == QC_JSON_OPEN_ARRAY && to->depth > 1
                                     : kind == QC_JSON_KEY;
}

static void list_token(listing *to, const qc_json_token *token)
{
    to->depth += token->kind == QC_JSON_OPEN_ARRAY || token->kind == QC_JSON_OPEN_OBJECT;
    to->depth -= token->kind == QC_JSON_CLOSE_ARRAY || token->kind == QC_JSON_CLOSE_OBJECT;
    if (begins_item(to, token->kind)) {
        qc_buffer_string(to->out, to->items++ ? ";" : "");
        to->numbers = 0;
    }
    if (token->kind == QC_JSON_KEY && to->column == QC_SHARES)
        qc_buffer_print(to->out, "%s=", token->text);
    else if (token->kind == QC_JSON_KEY)
        to->words = strcmp(token->text, "text") == 0;
    else if (token->kind == QC_JSON_STRING && !to->words)
        qc_buffer_print(to->out, "%s@", token->text);
    else if (token->kind == QC_JSON_NUMBER) {
        qc_buffer_string(to->out, to->numbers++ ? "-" : "");
        qc_json_put_number(to->out, token->number);
    }
}

static bool read_list(qc_segment_rows *rows, qc_json *json, size_t column, const qc_json_token *open, qcode_error *err)
{
    qc_json_token token = *open;
    listing to = {.out = &rows->words, .column = column};
    for (list_token(&to, &token); to.depth; list_token(&to, &token))
        if (!qc_json_next(json, &token, err))
            return false;
    return true;
}

static size_t find_column(const qc_segment_rows *rows, const char *name, size_t guess)
{
    if (guess < rows->count && strcmp(rows->columns[guess].name, name) == 0)
        return guess;
    size_t at = 0;
    while (at < rows->count && strcmp(rows->columns[at].name, name) != 0)
        at++;
    return at;
}

static bool read_value(qc_segment_rows *rows, qc_json *json, size_t column, qcode_error *err)
{
    qc_json_token token;
    if (column >= rows->count)
        return qc_json_skip(json, err);
    if (!qc_json_next(json, &token, err))
        return false;
    qcode_cell *cell = &rows->cells[column];
    rows->places[column] = rows->words.length;
    cell->missing = false;
    bool text = rows->columns[column].type == QCODE_TYPE_TEXT;
    if (token.kind == QC_JSON_OPEN_ARRAY || token.kind == QC_JSON_OPEN_OBJECT) {
        if (!read_list(rows, json, column, &token, err))
            return false;
    } else if (token.kind == QC_JSON_STRING && text) {
        qc_buffer_append(&rows->words, token.text, strlen(token.text));
    } else if (token.kind == QC_JSON_NUMBER && rows->columns[column].type == QCODE_TYPE_INTEGER) {
        cell->as.integer = (int64_t)token.number;
    } else if (token.kind == QC_JSON_NUMBER && !text) {
        cell->as.number = token.number;
    } else {
        cell->missing = true;
    }
    cell->missing |= text && rows->words.length == rows->places[column];
    return !text || qc_buffer_byte(&rows->words, '\0') || qc_no_memory(err);
}

static bool read_row(qc_segment_rows *rows, qc_json *json, qcode_error *err)
{
    qc_json_token token;
    size_t next = 0;
    if (!qc_json_next(json, &token, err) || token.kind != QC_JSON_OPEN_OBJECT)
        return false;
    while (qc_json_next(json, &token, err) && token.kind == QC_JSON_KEY) {
        next = find_column(rows, token.text, next);
        if (!read_value(rows, json, next++, err))
            return false;
    }
    return token.kind == QC_JSON_CLOSE_OBJECT;
}

const qcode_cell *qc_segment_row(qc_segment_rows *rows, size_t segment, qcode_error *err)
{
    size_t length;
    const char *line = qc_segment_line(rows, segment, &length);
    qc_json *json = qc_json_new(line, length, "segments.jsonl", 1, rows->from->memory, err);
    rows->words.length = 0;
    for (size_t i = 0; i < rows->count; i++)
        rows->cells[i].missing = true;
    bool done = json && read_row(rows, json, err);
    qc_json_free(json);
    for (size_t i = 0; done && i < rows->count; i++)
        if (!rows->cells[i].missing && rows->columns[i].type == QCODE_TYPE_TEXT)
            rows->cells[i].as.text = rows->words.data + rows->places[i];
    return done ? rows->cells : NULL;
}
