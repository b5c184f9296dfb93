/* Tables of codes as YAML: each cell is one line of it, so that what is wrong there can be told by its cell. */
#include "read/codebook/table.h"
#include "base/error.h"
#include "format/json.h"
#include "read/grid.h"
#include <qcode/codebook.h>

#include <ctype.h>

typedef enum kind { TEXT, LIST, EXAMPLES } kind;

static const struct column {
    const char *name, *key;
    kind kind;
    const char *separators; /* of a list */
} columns[] = {
    {"code", "id", TEXT, NULL},
    {"name", "name", TEXT, NULL},
    {"definition", "definition", TEXT, NULL},
    {"include", "include", TEXT, NULL},
    {"exclude", "exclude", TEXT, NULL},
    {"note", "note", TEXT, NULL},
    {"color", "color", TEXT, NULL},
    {"parent", "parent", TEXT, NULL},
    {"unit", "unit", TEXT, NULL},
    {"scope", "scope", TEXT, NULL},
    {"origin", "origin", TEXT, NULL},
    {"terms", "terms", LIST, ";\r\n"},
    {"examples", "match", EXAMPLES, "\r\n"},
    {"counterexamples", "no_match", EXAMPLES, "\r\n"},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* Where a line of the YAML comes from. */
typedef struct origin {
    size_t row, column;
} origin;

typedef struct converter {
    const qc_grid *grid;
    size_t at[COLUMNS]; /* of the table; SIZE_MAX: there is none */
    qc_buffer *yaml, origins;
} converter;

static void squeeze(const char *text, char *word, size_t size)
{
    size_t length = 0;
    for (; *text && length + 1 < size; text++)
        if (isalnum((unsigned char)*text))
            word[length++] = (char)tolower((unsigned char)*text);
    word[length] = '\0';
}

static bool is_codebook(const qc_grid *grid, size_t row)
{
    bool found = false;
    for (size_t i = 0; i < qc_grid_row_at(grid, row)->count; i++) {
        char word[32];
        squeeze(qc_grid_text(grid, row, i), word, sizeof word);
        found = found || strcmp(word, "code") == 0;
    }
    return found;
}

static bool read_header(converter *c, qcode_notes *notes, qcode_error *err)
{
    for (size_t k = 0; k < COLUMNS; k++)
        c->at[k] = SIZE_MAX;
    if (!qc_grid_row_count(c->grid) || !is_codebook(c->grid, 0))
        return qc_fail(err, QCODE_INVALID, c->grid->source, 0, 0,
                       "expected a row of names with a column \"code\", as code, name, definition, terms, examples");
    for (size_t i = 0; i < qc_grid_row_at(c->grid, 0)->count; i++) {
        char word[32];
        size_t k = 0;
        squeeze(qc_grid_text(c->grid, 0, i), word, sizeof word);
        while (k < COLUMNS && strcmp(columns[k].name, word) != 0)
            k++;
        if (k < COLUMNS && c->at[k] != SIZE_MAX)
            return qc_grid_fail(c->grid, 0, i, err, "there are two columns \"%s\"", columns[k].name);
        if (k < COLUMNS)
            c->at[k] = i;
        else if (*word)
            qc_grid_note(c->grid, 0, i, QCODE_NOTE_SKIPPED, notes, "the column \"%s\" is none of a codebook: passed over", word);
    }
    return true;
}

/* Ends a line of the YAML, which this cell is the reason of. */
static void end_line(converter *c, size_t row, size_t column)
{
    const origin from = {row, column};
    qc_buffer_byte(c->yaml, '\n');
    c->yaml->failed |= !qc_buffer_append(&c->origins, &from, sizeof from);
}

static void put_item(converter *c, const char *text, size_t length)
{
    while (length && strchr(" \t\r\n", text[length - 1]))
        length--;
    qc_json_put(c->yaml, text, length);
}

/* Each part of a cell that has a word. */
static void put_list(converter *c, const char *text, const char *separators)
{
    size_t count = 0;
    qc_buffer_byte(c->yaml, '[');
    for (const char *at = text; *at;) {
        at += strspn(at, " \t");
        size_t length = strcspn(at, separators);
        if (length) {
            qc_buffer_string(c->yaml, count++ ? ", " : "");
            put_item(c, at, length);
        }
        at += length;
        at += strspn(at, separators);
    }
    qc_buffer_byte(c->yaml, ']');
}

static const char *cell_of(const converter *c, size_t row, size_t k)
{
    const char *text = c->at[k] == SIZE_MAX ? "" : qc_grid_text(c->grid, row, c->at[k]);
    return text + strspn(text, " \t\r\n");
}

static bool put_code(converter *c, size_t row, qcode_error *err)
{
    bool has_examples = false;
    if (!*cell_of(c, row, 0))
        return qc_grid_fail(c->grid, row, c->at[0], err, "the row names no code");
    for (size_t k = 0; k < COLUMNS; k++) {
        const char *text = cell_of(c, row, k);
        if (!*text)
            continue;
        if (columns[k].kind == EXAMPLES && !has_examples) {
            has_examples = true;
            qc_buffer_string(c->yaml, "    examples:");
            end_line(c, row, c->at[k]);
        }
        qc_buffer_print(c->yaml, "%s%s: ", k == 0 ? "  - " : columns[k].kind == EXAMPLES ? "      " : "    ", columns[k].key);
        if (columns[k].kind == TEXT)
            put_item(c, text, strlen(text));
        else
            put_list(c, text, strchr(text, '\n') ? "\r\n" : columns[k].separators); /* one on each line may hold a ; */
        end_line(c, row, c->at[k]);
    }
    return true;
}

/* Reads what was made; what is wrong in it is told by its cell. */
static bool check(const converter *c, const qcode_memory *memory, qcode_error *err)
{
    qcode_error found = {.status = QCODE_OK};
    qcode_codebook *book = qcode_codebook_parse(c->yaml->data, c->yaml->length, c->grid->source, memory, NULL, &found);
    const origin *origins = (const void *)c->origins.data;
    if (book) {
        qcode_codebook_free(book);
        return true;
    }
    if (found.line && found.line <= c->origins.length / sizeof *origins)
        return qc_grid_fail(c->grid, origins[found.line - 1].row, origins[found.line - 1].column, err, "%s", found.message);
    if (err)
        *err = found;
    return false;
}

bool qc_codebook_of_table(const unsigned char *data, size_t length, const char *source, qc_buffer *yaml,
                          const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_grid grid;
    converter c = {.grid = &grid, .yaml = yaml, .origins = qc_buffer_init(memory)};
    bool done = qc_grid_read(&grid, data, length, source, is_codebook, memory, notes, err) && read_header(&c, notes, err);
    if (done) {
        qc_buffer_string(yaml, "codes:");
        end_line(&c, 0, c.at[0]);
    }
    for (size_t row = 1; done && row < qc_grid_row_count(&grid); row++)
        done = put_code(&c, row, err);
    done = done && (!yaml->failed || qc_no_memory(err)) && check(&c, memory, err);
    qc_buffer_clear(&c.origins);
    qc_grid_clear(&grid);
    return done;
}
