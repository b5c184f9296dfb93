/* Coding sheets: what people put into the cells, however the rows and columns were moved about. */
#include "read/codings/sheet.h"
#include "base/error.h"
#include "base/set.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

typedef enum use { DOCUMENT, TEXT, START, END, PIECES, TRANSCRIPT, CODER, DONE, USES } use;

static const char *const names[USES] = {"document", "text", "start", "end", "pieces", "transcript", "coder", "done"};

/* Other columns that a sheet comes with. */
static const char *const others[] = {"line", "turn", "speaker", "question", "before", "after", "proposed", "notes", "time", "group"};

/* What may stand in a cell of a code. */
static const struct answer {
    const char *word;
    char means; /* 1, 0 or ? */
} answers[] = {{"1", '1'}, {"x", '1'}, {"yes", '1'}, {"y", '1'}, {"true", '1'}, {"1.0", '1'}, {"0", '0'},
               {"no", '0'}, {"n", '0'}, {"false", '0'}, {"0.0", '0'}, {"?", '?'}};

typedef struct sheet {
    const qc_grid *grid;
    qc_coding_rows *rows;
    qcode_notes *notes;
    qcode_error *err;
    size_t column[USES]; /* SIZE_MAX: there is none */
    const char **codes;  /* for each column; NULL: not of a code */
    size_t columns;
    qc_set places; /* of the rows so far: document, start, end */
    qc_buffer key, lines;
    size_t judged, blank;
} sheet;

/* A cell without the white space around it, in small letters; cut to the array. */
static void squeeze(const char *text, char *word, size_t size)
{
    size_t length = 0;
    text += strspn(text, " \t\r\n");
    for (; text[length] && length + 1 < size; length++)
        word[length] = (char)tolower((unsigned char)text[length]);
    while (length && strchr(" \t\r\n", word[length - 1]))
        length--;
    word[length] = '\0';
}

/* The id behind "code:"; NULL when it is no such name. */
static const char *code_of(const char *name)
{
    size_t length = strlen(QC_SHEET_CODE);
    name += strspn(name, " \t\r\n");
    for (size_t i = 0; i < length; i++)
        if (tolower((unsigned char)name[i]) != QC_SHEET_CODE[i])
            return NULL;
    name += length;
    name += strspn(name, " \t\r\n");
    return *name ? name : NULL;
}

bool qc_may_be_coding_sheet(const unsigned char *data, size_t length)
{
    const char *text = (const char *)data;
    size_t feed = 0, size = strlen(QC_SHEET_CODE);
    if (length > 1 && (data[0] >= 0xFE || data[1] == 0))
        return true; /* UTF-16 */
    while (feed < length && text[feed] != '\n')
        feed++;
    for (size_t at = 0; at + size <= feed; at++)
        if (strncasecmp(text + at, QC_SHEET_CODE, size) == 0)
            return text[0] != '{';
    return false;
}

bool qc_is_coding_sheet(const qc_grid *grid, size_t row)
{
    bool has_code = false, has_document = false;
    for (size_t i = 0; i < qc_grid_row_at(grid, row)->count; i++) {
        char word[32];
        squeeze(qc_grid_text(grid, row, i), word, sizeof word);
        has_code = has_code || code_of(qc_grid_text(grid, row, i));
        has_document = has_document || strcmp(word, names[DOCUMENT]) == 0;
    }
    return has_code && has_document;
}

static bool add_code(sheet *s, size_t at, const char *name)
{
    size_t length = strlen(name);
    while (length && strchr(" \t\r\n", name[length - 1]))
        length--;
    for (size_t i = 0; i < at; i++)
        if (s->codes[i] && strlen(s->codes[i]) == length && memcmp(s->codes[i], name, length) == 0)
            return qc_grid_fail(s->grid, 0, at, s->err, "the code \"%.*s\" has two columns", (int)length, name);
    s->codes[at] = qc_arena_copy(&s->rows->arena, name, length);
    return s->codes[at] || qc_no_memory(s->err);
}

static bool is_known(const char *word)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i], word) == 0)
            return true;
    return !*word;
}

static bool read_column(sheet *s, size_t at)
{
    char word[32];
    const char *code = code_of(qc_grid_text(s->grid, 0, at));
    if (code)
        return add_code(s, at, code);
    squeeze(qc_grid_text(s->grid, 0, at), word, sizeof word);
    for (size_t i = 0; i < USES; i++)
        if (strcmp(word, names[i]) == 0) {
            if (s->column[i] != SIZE_MAX)
                return qc_grid_fail(s->grid, 0, at, s->err, "there are two columns \"%s\"", word);
            s->column[i] = at;
            return true;
        }
    if (!is_known(word))
        qc_grid_note(s->grid, 0, at, QCODE_NOTE_SKIPPED, s->notes, "the column \"%s\" is none of a coding sheet: passed over",
                     word);
    return true;
}

static bool read_header(sheet *s)
{
    s->columns = qc_grid_row_at(s->grid, 0)->count;
    s->codes = qc_arena_take_array(&s->rows->arena, s->columns + 1, sizeof *s->codes);
    const char **asked = qc_arena_take_array(&s->rows->arena, s->columns + 1, sizeof *asked);
    if (!s->codes || !asked)
        return qc_no_memory(s->err);
    for (size_t i = 0; i < USES; i++)
        s->column[i] = SIZE_MAX;
    for (size_t i = 0; i < s->columns; i++)
        if (!read_column(s, i))
            return false;
    if (s->column[TEXT] == SIZE_MAX && (s->column[START] == SIZE_MAX || s->column[END] == SIZE_MAX))
        return qc_grid_fail(s->grid, 0, 0, s->err, "expected the columns \"start\" and \"end\", or \"text\" with the words");
    s->rows->asked = asked;
    for (size_t i = 0; i < s->columns; i++)
        if (s->codes[i])
            asked[s->rows->asked_count++] = s->codes[i];
    return true;
}

static const char *cell(const sheet *s, size_t row, use of)
{
    return s->column[of] == SIZE_MAX ? "" : qc_grid_text(s->grid, row, s->column[of]);
}

/* A whole number; spreadsheets may have written it as 12.0. An empty cell leaves it as it was. */
static bool read_number(sheet *s, size_t row, use of, size_t *number)
{
    const char *text = cell(s, row, of);
    char *end;
    text += strspn(text, " ");
    if (!*text)
        return true;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || (*end && strcmp(end, ".0") != 0) || value >= SIZE_MAX)
        return qc_grid_fail(s->grid, row, s->column[of], s->err, "expected a whole number");
    *number = (size_t)value;
    return true;
}

/* "12-40;51-60" */
static bool read_pieces(sheet *s, size_t row, qc_run_spans *pieces)
{
    const char *text = cell(s, row, PIECES);
    size_t most = 1, count = 0;
    for (const char *at = text; *at; at++)
        most += *at == ';';
    qcode_span *spans = *text ? qc_arena_take_array(&s->rows->arena, most, sizeof *spans) : NULL;
    if (*text && !spans)
        return qc_no_memory(s->err);
    while (*text) {
        int used = 0;
        if (sscanf(text, "%zu-%zu%n", &spans[count].start, &spans[count].end, &used) < 2 ||
            spans[count].start >= spans[count].end || (text[used] && text[used] != ';'))
            return qc_grid_fail(s->grid, row, s->column[PIECES], s->err, "expected pieces such as 12-40;51-60");
        count++;
        text += used + (text[used] == ';');
    }
    *pieces = (qc_run_spans){spans, count};
    return true;
}

/* A unit has one row: two might say two things. */
static bool check_place(sheet *s, size_t row, const qc_coding_row *unit)
{
    bool is_new;
    if (unit->start == QC_NO_OFFSET)
        return true;
    s->key.length = 0;
    qc_buffer_print(&s->key, "%zu %zu %s", unit->start, unit->end, unit->document);
    size_t number = s->key.failed ? SIZE_MAX : qc_set_add(&s->places, s->key.data, s->key.length, &is_new);
    size_t line = qc_grid_row_at(s->grid, row)->line;
    if (number == SIZE_MAX || (is_new && !qc_buffer_append(&s->lines, &line, sizeof line)))
        return qc_no_memory(s->err);
    return is_new || qc_grid_fail(s->grid, row, s->column[START], s->err, "the same unit stands in row %zu too",
                                  ((const size_t *)(const void *)s->lines.data)[number]);
}

/* 1, 0, ? or, for an empty cell, a space; 0 after a failure. */
static char answer_in(sheet *s, size_t row, size_t column)
{
    char word[24];
    squeeze(qc_grid_text(s->grid, row, column), word, sizeof word);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (strcmp(word, answers[i].word) == 0)
            return answers[i].means;
    if (!*word)
        return ' ';
    qc_grid_fail(s->grid, row, column, s->err, "expected 1, 0 or ? for the code \"%s\", or an empty cell", s->codes[column]);
    return 0;
}

static bool mark_row(sheet *s, size_t row, const char *coder)
{
    char word[8], answer;
    squeeze(cell(s, row, DONE), word, sizeof word);
    bool judged = strcmp(word, "yes") == 0 || strcmp(word, "1") == 0 || strcmp(word, "x") == 0, done = true;
    if (!judged && *word && strcmp(word, "no") != 0 && strcmp(word, "0") != 0)
        return qc_grid_fail(s->grid, row, s->column[DONE], s->err, "expected yes, or an empty cell");
    for (size_t i = 0; done && i < s->columns; i++) {
        if (!s->codes[i])
            continue;
        if (!(answer = answer_in(s, row, i)))
            return false;
        judged = judged || answer != ' ';
        if (answer == '1' || answer == '?')
            done = qc_coding_rows_mark_as(s->rows, answer == '1' ? QC_MARK_CODED : QC_MARK_UNSURE, coder, s->codes[i]);
    }
    s->judged += judged;
    s->blank += !judged;
    return (done && qc_coding_rows_mark_as(s->rows, judged ? QC_MARK_JUDGED : QC_MARK_BLANK, coder, NULL)) ||
           qc_no_memory(s->err);
}

static const char *keep(sheet *s, const char *text)
{
    return qc_arena_string(&s->rows->arena, text);
}

static bool read_row(sheet *s, size_t row)
{
    const char *hash = cell(s, row, TRANSCRIPT), *coder = cell(s, row, CODER);
    qc_coding_row unit = {.document = keep(s, cell(s, row, DOCUMENT)),
                          .text = keep(s, cell(s, row, TEXT)),
                          .start = QC_NO_OFFSET,
                          .end = QC_NO_OFFSET,
                          .line = qc_grid_row_at(s->grid, row)->line,
                          .is_unit = true,
                          .hash = *hash ? keep(s, hash) : NULL};
    if (!unit.document || !unit.text || (*hash && !unit.hash) || (*coder && !(coder = keep(s, coder))))
        return qc_no_memory(s->err);
    if (!*unit.document)
        return qc_grid_fail(s->grid, row, s->column[DOCUMENT], s->err, "the row names no document");
    if (!read_number(s, row, START, &unit.start) || !read_number(s, row, END, &unit.end) ||
        !read_pieces(s, row, &unit.pieces) || !check_place(s, row, &unit) || !mark_row(s, row, *coder ? coder : NULL))
        return false;
    return qc_coding_rows_add(s->rows, &unit) || qc_no_memory(s->err);
}

bool qc_read_coding_sheet(qc_coding_rows *rows, const qc_grid *grid, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = rows->arena.memory;
    sheet s = {.grid = grid, .rows = rows, .notes = notes, .err = err, .places = qc_set_init(memory),
               .key = qc_buffer_init(memory), .lines = qc_buffer_init(memory)};
    bool done = read_header(&s);
    for (size_t i = 1; done && i < qc_grid_row_count(grid); i++)
        done = read_row(&s, i);
    if (done && s.blank)
        qc_note(notes, QCODE_NOTE_SKIPPED, grid->source, 0, 0,
                "%zu of %zu units are not filled in: nothing is known of them, which is not the same as not coded", s.blank,
                s.judged + s.blank);
    qc_set_clear(&s.places);
    qc_buffer_clear(&s.key);
    qc_buffer_clear(&s.lines);
    return done;
}
