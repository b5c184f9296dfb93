/* WebAnno TSV 3, as WebAnno and INCEpTION write it: a token a line, with a column for each feature of each layer. Places are
 * UTF-16 units, and the text is put together from the sentences. */
#include "base/error.h"
#include "base/utf8.h"
#include "read/projects/lines.h"
#include "read/projects/project.h"

enum { MOST_COLUMNS = 1000, MOST_GAP = 4096 };

/* A column behind the three of the token. */
typedef struct column {
    const char *layer; /* its short name */
    bool is_code;      /* what stands there is a code; else it is passed over */
} column;

typedef struct webanno {
    qc_project *project;
    qc_buffer columns; /* of column */
    qc_buffer text;
    size_t units;      /* UTF-16 units of `text` */
    qc_buffer sentence; /* the one at hand, unescaped */
    bool is_open;      /* a sentence was read, and no token of it yet */
    qc_buffer key;     /* scratch */
    qc_buffer name;
} webanno;

static bool is_reserved(char c)
{
    return c && strchr("\\[]|_*;->", c);
}

/* Appends a value without the backslashes of its escapes. _ stands for a space, as a value begins with none. */
static bool unescape(qc_buffer *out, const char *text, size_t length, bool is_value)
{
    bool done = true;
    for (size_t i = 0; done && i < length; i++) {
        bool escaped = text[i] == '\\' && i + 1 < length;
        char c = escaped ? text[++i] : text[i];
        if (escaped && (c == 't' || c == 'n' || c == 'r'))
            c = c == 't' ? '\t' : c == 'n' ? '\n' : '\r';
        else if (escaped && !is_reserved(c))
            done = qc_buffer_byte(out, '\\');
        else if (!escaped && is_value && c == '_')
            c = ' ';
        done = done && qc_buffer_byte(out, c);
    }
    return done;
}

static size_t units_of(const char *text, size_t length)
{
    size_t units = 0;
    for (size_t at = 0; at < length;)
        units += qc_utf8_next(text, length, &at) > 0xFFFF ? 2 : 1;
    return units;
}

/* -- the header: #T_SP=webanno.custom.Code|value ------------------------------------------------------------------- */

/* What a parser adds to every word: no coding of a person. */
static bool is_linguistic(const char *layer)
{
    return strstr(layer, ".lexmorph.") || strstr(layer, ".segmentation.") || strstr(layer, ".dependency.") ||
           strstr(layer, ".constituent.");
}

static bool add_column(webanno *w, const char *layer, bool is_code)
{
    const char *dot = strrchr(layer, '.');
    const column one = {dot ? dot + 1 : layer, is_code};
    return w->columns.length / sizeof one < MOST_COLUMNS && qc_buffer_append(&w->columns, &one, sizeof one);
}

static bool is_called_value(qc_text_line part)
{
    return part.length >= 5 && memcmp(part.text + part.length - 5, "value", 5) == 0;
}

static bool read_layer(webanno *w, qc_text_line line, bool is_span, bool is_relation)
{
    qc_text_line name = qc_text_line_part(&line, '|'), rest = line, part = {NULL, 0, 0};
    const char *layer = qc_arena_copy(&w->project->arena, name.text, name.length);
    bool coded = false, has_value = false, done = layer != NULL;
    for (qc_text_line look = rest; look.length;)
        has_value |= is_called_value(qc_text_line_part(&look, '|'));
    is_span = done && is_span && !is_linguistic(layer);
    if (done && !is_span)
        done = qc_project_lose(w->project, "layer that is no coding", layer);
    if (done && !rest.length)
        return add_column(w, layer, is_span);
    while (done && rest.length) {
        part = qc_text_line_part(&rest, '|');
        bool is_code = is_span && !coded && (!has_value || is_called_value(part));
        coded |= is_code;
        done = add_column(w, layer, is_code);
    }
    return done && (!is_relation || (part.length > 3 && memcmp(part.text, "BT_", 3) == 0) || add_column(w, layer, false));
}

static bool read_header(webanno *w, qc_text_line line)
{
    static const struct {
        const char *mark;
        bool is_span, is_relation;
    } kinds[] = {{"#T_SP=", true, false}, {"#T_CH=", false, false}, {"#T_RL=", false, true}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (line.length > 6 && memcmp(line.text, kinds[i].mark, 6) == 0) {
            line.text += 6;
            line.length -= 6;
            return read_layer(w, line, kinds[i].is_span, kinds[i].is_relation);
        }
    return true;
}

/* -- sentences and tokens ------------------------------------------------------------------------------------------ */

static bool read_sentence(webanno *w, qc_text_line line)
{
    if (!w->is_open)
        w->sentence.length = 0;
    else if (!qc_buffer_byte(&w->sentence, '\n')) /* a sentence of several lines has several */
        return false;
    w->is_open = true;
    return unescape(&w->sentence, line.text + 6, line.length - 6, false);
}

/* Puts the sentence where its first token says it begins. */
static bool place_sentence(webanno *w, size_t start)
{
    if (!w->is_open)
        return true;
    w->is_open = false;
    for (size_t gap = 0; w->units < start && gap < MOST_GAP; gap++, w->units++)
        if (!qc_buffer_byte(&w->text, '\n'))
            return false;
    w->units += units_of(w->sentence.data ? w->sentence.data : "", w->sentence.length);
    return qc_buffer_append(&w->text, w->sentence.data, w->sentence.length);
}

/* The value's number, behind it in [ ], which tells what belongs together; 0: it is of this token alone. */
static size_t take_number(qc_text_line *value)
{
    size_t open = value->length, number = 0;
    if (!open || value->text[open - 1] != ']')
        return 0;
    while (open && value->text[open - 1] != '[')
        open--;
    qc_text_line digits = {value->text + open, value->length - open, 0};
    if (!open || !qc_text_line_number(&digits, &number))
        return 0;
    value->length = open - 1;
    return number;
}

static bool add_value(webanno *w, size_t number_of_column, qc_text_line value, size_t start, size_t end)
{
    const column *of = (const column *)(const void *)w->columns.data + number_of_column;
    size_t number = take_number(&value), known = QC_NO_ITEM;
    w->key.length = w->name.length = 0;
    if (number) {
        if (!qc_buffer_print(&w->key, "%zu:%zu", number_of_column, number))
            return false;
        known = qc_project_called(w->project, 'w', qc_buffer_text(&w->key));
    }
    if (known != QC_NO_ITEM) {
        qc_project_coding_at(w->project, known)->end = end;
        return true;
    }
    bool nameless = value.length == 1 && *value.text == '*';
    if (!(nameless ? qc_buffer_string(&w->name, of->layer) : unescape(&w->name, value.text, value.length, true)))
        return false;
    const qc_project_coding coding = {.coder = "", .words = "", .memo = "", .line = value.number, .start = start, .end = end,
                                      .code = qc_project_code_named(w->project, w->name.data, w->name.length)};
    return coding.code != QC_NO_ITEM &&
           (!number || qc_project_call(w->project, 'w', w->key.data, qc_project_coding_count(w->project))) &&
           qc_project_add_coding(w->project, &coding);
}

/* The values of a cell: A[1]|B[2] */
static bool read_cell(webanno *w, size_t number, qc_text_line cell, size_t start, size_t end)
{
    bool done = true;
    if (!((const column *)(const void *)w->columns.data)[number].is_code)
        return true;
    while (done && cell.length) {
        size_t length = 0;
        while (length < cell.length && cell.text[length] != '|')
            length += cell.text[length] == '\\' && length + 1 < cell.length ? 2 : 1;
        qc_text_line value = cell;
        value.length = length < cell.length ? length : cell.length;
        cell.text += value.length + (length < cell.length);
        cell.length -= value.length + (length < cell.length);
        if (value.length && !(value.length == 1 && *value.text == '_'))
            done = add_value(w, number, value, start, end);
    }
    return done;
}

/* "2-26", "227-230", the token, and the columns. */
static bool read_token(webanno *w, qc_text_line line)
{
    size_t start = 0, end = 0;
    qc_text_line_part(&line, '\t');
    qc_text_line place = qc_text_line_part(&line, '\t');
    bool known = qc_text_line_number(&place, &start) && place.length && *place.text == '-';
    qc_text_line_part(&place, '-');
    if (!known || !qc_text_line_number(&place, &end))
        return qc_project_lose(w->project, "line that is not understood", "");
    qc_text_line_part(&line, '\t');
    bool done = place_sentence(w, start);
    for (size_t i = 0; done && line.length && i < w->columns.length / sizeof(column); i++)
        done = read_cell(w, i, qc_text_line_part(&line, '\t'), start, end);
    return done;
}

static bool read_line(webanno *w, qc_text_line line)
{
    if (!line.length)
        return true;
    if (line.length >= 6 && memcmp(line.text, "#Text=", 6) == 0)
        return read_sentence(w, line);
    return *line.text == '#' ? read_header(w, line) : read_token(w, line);
}

static bool read_all(webanno *w, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    qc_text_lines lines = {NULL, 0, 0, 0};
    qc_text_line line;
    qc_arena *arena = &w->project->arena;
    const char *base = qc_base_name(file->path), *dot = strrchr(base, '.');
    qc_project_source source = {.memo = "", .is_file_name = true};
    source.name = qc_arena_copy(arena, base, dot ? (size_t)(dot - base) : strlen(base));
    if (!source.name || qc_project_add_source(w->project, &source) == QC_NO_ITEM)
        return qc_no_memory(err);
    if (!(lines.text = qc_project_decode(w->project, file->data, file->length, file->path, &lines.length, notes, err)))
        return false;
    bool done = true;
    while (done && qc_text_lines_next(&lines, &line))
        done = read_line(w, line);
    qc_project_source *kept = qc_project_source_at(w->project, 0);
    kept->text = done ? qc_arena_copy(arena, w->text.data ? w->text.data : "", w->text.length) : NULL;
    kept->length = w->text.length;
    return kept->text || qc_no_memory(err);
}

static bool read(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    qc_buffer none = qc_buffer_init(file->memory);
    webanno w = {.project = project, .columns = none, .text = none, .sentence = none, .key = none, .name = none};
    project->program = "WebAnno TSV 3";
    project->preferred.count = QC_COUNT_UTF16;
    bool done = read_all(&w, file, notes, err);
    qc_buffer *const lists[] = {&w.columns, &w.text, &w.sentence, &w.key, &w.name};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        qc_buffer_clear(lists[i]);
    return done;
}

static bool sniff(const qc_project_file *file)
{
    static const char mark[] = "#FORMAT=WebAnno TSV 3";
    size_t bom = file->length > 2 && memcmp(file->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    return file->length >= bom + sizeof mark - 1 && memcmp(file->data + bom, mark, sizeof mark - 1) == 0;
}

const qc_project_reader qc_read_webanno = {"WebAnno TSV", sniff, read};
