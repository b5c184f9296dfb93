/* Codings in a table: a row for each of them, or a row for each unit with a column of codes for each coder. */
#include "base/error.h"
#include "format/csv.h"
#include "model/codings.h"
#include "read/codings/rows.h"

#include <ctype.h>
#include <string.h>

/* What columns are called in the tables of various programs: their letters and digits, in small letters. */
static const char *const names[QC_USE_USES][14] = {
    [QC_USE_DOCUMENT] = {"document", "doc", "documentname", "file", "filename", "source", "interview", "transcript", "media"},
    [QC_USE_START] = {"start", "begin", "from", "startoffset", "offset", "startposition", "pos0", "begins"},
    [QC_USE_END] = {"end", "to", "stop", "endoffset", "endposition", "pos1", "ends"},
    [QC_USE_TEXT] = {"text", "quote", "quotation", "words", "segment", "passage", "coded", "codedtext", "content", "highlight",
              "utterance", "sentence", "statement"},
    [QC_USE_CODE] = {"code", "codename", "label", "tag", "category"},
    [QC_USE_CODES] = {"codes", "labels", "tags"},
    [QC_USE_CODER] = {"coder", "codername", "user", "annotator", "rater", "author", "owner"},
    [QC_USE_TURN] = {"turn", "turnnumber"},
    [QC_USE_BASIS] = {"basis"},
    [QC_USE_PIECES] = {"pieces"},
    [QC_USE_DECISION] = {"decision"},
    [QC_USE_ORIGIN] = {"origin"},
    [QC_USE_STATE] = {"state"},
    [QC_USE_CODEBOOK] = {"codebook"},
};

/* "coder_a", "rater 2": a column of one coder's codes. */
static const char *const coder_words[] = {"coder", "rater", "annotator"};

enum { MOST_COLUMNS = 1000 };

typedef struct table {
    const char *source;
    qcode_error *err;
    qc_coding_rows *rows;
    size_t column[QC_USE_USES]; /* SIZE_MAX: there is none */
    size_t count;        /* of columns */
    size_t *coders;      /* columns with codes of one coder */
    const char **coder_names;
    size_t coder_count;
} table;

static void squeeze(const qc_csv_field *field, char *name, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < field->length && length + 1 < size; i++)
        if (isalnum((unsigned char)field->text[i]))
            name[length++] = (char)tolower((unsigned char)field->text[i]);
    name[length] = '\0';
}

static size_t use_of(const char *name)
{
    for (size_t i = 0; i < QC_USE_USES; i++)
        for (size_t k = 0; k < sizeof names[i] / sizeof *names[i] && names[i][k]; k++)
            if (strcmp(name, names[i][k]) == 0)
                return i;
    return QC_USE_USES;
}

static bool is_coder(const char *name)
{
    for (size_t i = 0; i < sizeof coder_words / sizeof *coder_words; i++) {
        size_t length = strlen(coder_words[i]);
        if (strncmp(name, coder_words[i], length) == 0 && name[length])
            return true;
    }
    return false;
}

qc_coding_use qc_coding_use_of(const qc_csv_field *field)
{
    char name[64];
    squeeze(field, name, sizeof name);
    size_t of = use_of(name);
    return of == QC_USE_USES && is_coder(name) ? QC_USE_ONE_CODER : (qc_coding_use)of;
}

static bool check_columns(const table *t, const qc_csv_field *fields)
{
    const size_t *column = t->column;
    bool has_codes = column[QC_USE_CODE] != SIZE_MAX || column[QC_USE_CODES] != SIZE_MAX || t->coder_count;
    const char *wanted = !has_codes ? "a column \"code\", or columns \"coder_a\" ... of codes"
                         : column[QC_USE_START] == SIZE_MAX && column[QC_USE_TEXT] == SIZE_MAX
                             ? "the columns \"start\" and \"end\", or a column \"text\" with the words"
                         : (column[QC_USE_START] == SIZE_MAX) != (column[QC_USE_END] == SIZE_MAX) ? "both \"start\" and \"end\""
                                                                                    : NULL;
    return !wanted || qc_fail(t->err, QCODE_INVALID, t->source, fields[0].line, 0, "expected %s", wanted);
}

static bool read_header(table *t, const qc_csv_field *fields, size_t count)
{
    qc_arena *arena = &t->rows->arena;
    if (!count || count > MOST_COLUMNS)
        return qc_fail(t->err, QCODE_INVALID, t->source, 1, 0, "expected a line with the names of the columns");
    for (size_t i = 0; i < QC_USE_USES; i++)
        t->column[i] = SIZE_MAX;
    t->count = count;
    t->coders = qc_arena_take_array(arena, count, sizeof *t->coders);
    t->coder_names = qc_arena_take_array(arena, count, sizeof *t->coder_names);
    if (!t->coders || !t->coder_names)
        return qc_no_memory(t->err);
    for (size_t i = 0; i < count; i++) {
        qc_coding_use of = qc_coding_use_of(&fields[i]);
        if (of < QC_USE_USES && t->column[of] == SIZE_MAX) {
            t->column[of] = i;
        } else if (of == QC_USE_ONE_CODER) {
            t->coders[t->coder_count] = i;
            if (!(t->coder_names[t->coder_count++] = qc_arena_copy(arena, fields[i].text, fields[i].length)))
                return qc_no_memory(t->err);
        }
    }
    if (t->column[QC_USE_CODE] != SIZE_MAX)
        t->coder_count = 0; /* each row is a coding */
    if (t->column[QC_USE_CODE] != SIZE_MAX && t->column[QC_USE_DECISION] != SIZE_MAX)
        t->coder_names[t->coder_count++] = "decision"; /* whose sheet it is */
    t->rows->columns = t->coder_names;
    t->rows->column_count = t->coder_count;
    return check_columns(t, fields);
}

/* The field of a use; NULL when there is none. */
static const qc_csv_field *field_of(const table *t, const qc_csv_field *fields, qc_coding_use of)
{
    return t->column[of] == SIZE_MAX ? NULL : &fields[t->column[of]];
}

static const char *keep(table *t, const qc_csv_field *field)
{
    return field ? qc_arena_copy(&t->rows->arena, field->text, field->length) : "";
}

/* A whole number, digits and nothing else; an empty field leaves it as it was. */
static bool read_number(const table *t, const qc_csv_field *field, size_t *number)
{
    size_t value = 0, i = 0;
    if (!field || !field->length)
        return true;
    for (; i < field->length && isdigit((unsigned char)field->text[i]) && value < SIZE_MAX / 100; i++)
        value = value * 10 + (size_t)(field->text[i] - '0');
    if (i < field->length)
        return qc_fail(t->err, QCODE_INVALID, t->source, field->line, field->column, "expected a whole number");
    *number = value;
    return true;
}

/* "12-40;51-60" */
static bool read_pieces(table *t, const qc_csv_field *field, qc_run_spans *pieces)
{
    size_t count = 1, at = 0;
    if (!field || !field->length)
        return true;
    for (size_t i = 0; i < field->length; i++)
        count += field->text[i] == ';';
    qcode_span *spans = qc_arena_take_array(&t->rows->arena, count, sizeof *spans);
    if (!spans)
        return qc_no_memory(t->err);
    for (size_t i = 0; i < count; i++) {
        const char *from = field->text + at;
        size_t length = strcspn(from, ";"), dash = strcspn(from, "-;");
        qc_csv_field start = *field, end = *field;
        start.text = from;
        start.length = dash;
        end.text = from + dash + (dash < length);
        end.length = dash < length ? length - dash - 1 : 0;
        if (!read_number(t, &start, &spans[i].start) || !read_number(t, &end, &spans[i].end))
            return false;
        if (spans[i].start >= spans[i].end)
            return qc_fail(t->err, QCODE_INVALID, t->source, field->line, field->column,
                           "expected pieces such as 12-40;51-60");
        at += length + 1;
    }
    *pieces = (qc_run_spans){spans, count};
    return true;
}

/* Each of the codes of a field, parted by ; , without the white space around them. */
static bool mark_codes(table *t, const char *coder, const qc_csv_field *field)
{
    bool done = true;
    for (size_t at = 0; done && at <= field->length;) {
        size_t end = at + strcspn(field->text + at, ";"), from = at, to = end;
        while (from < to && field->text[from] == ' ')
            from++;
        while (to > from && field->text[to - 1] == ' ')
            to--;
        done = from == to || qc_coding_rows_mark(t->rows, coder, field->text + from, to - from);
        at = end + 1;
    }
    return done || qc_no_memory(t->err);
}

/* A row of a sheet that was filled in: yes gives the code, no and nothing do not. */
static bool mark_decision(table *t, const qc_csv_field *code, const qc_csv_field *decision)
{
    char word[8];
    squeeze(decision, word, sizeof word);
    if (strcmp(word, "yes") == 0)
        return qc_coding_rows_mark(t->rows, t->coder_names[0], code->text, code->length) || qc_no_memory(t->err);
    return !*word || strcmp(word, "no") == 0 ||
           qc_fail(t->err, QCODE_INVALID, t->source, decision->line, decision->column,
                   "expected a decision of yes or no, or none");
}

/* Whether a person rejected it: a row of a run's segments. */
static bool is_rejected(const table *t, const qc_csv_field *fields)
{
    const qc_csv_field *state = field_of(t, fields, QC_USE_STATE);
    return field_of(t, fields, QC_USE_ORIGIN) && field_of(t, fields, QC_USE_CODEBOOK) && state &&
           strcmp(state->text, qcode_state_name(QCODE_REJECTED)) == 0;
}

/* Who stands for a row of a run's segments, and by which codebook; other tables may say by which. */
static bool mark_version(table *t, const qc_csv_field *fields)
{
    const qc_csv_field *code = field_of(t, fields, QC_USE_CODE), *book = field_of(t, fields, QC_USE_CODEBOOK);
    const qc_csv_field *origin = field_of(t, fields, QC_USE_ORIGIN), *state = field_of(t, fields, QC_USE_STATE);
    t->rows->unversioned |= !code;
    if (!code || is_rejected(t, fields))
        return true;
    bool by_rule = origin && strcmp(origin->text, "rule") == 0 && state &&
                   strcmp(state->text, qcode_state_name(QCODE_PROPOSED)) == 0;
    return qc_coding_rows_version(t->rows, !by_rule, code->text, book ? book->text : NULL);
}

static bool mark_row(table *t, const qc_csv_field *fields, qc_coding_row *row)
{
    const qc_csv_field *code = field_of(t, fields, QC_USE_CODE), *codes = field_of(t, fields, QC_USE_CODES);
    const qc_csv_field *by = field_of(t, fields, QC_USE_CODER);
    const char *coder = by && by->length ? keep(t, by) : NULL;
    bool done = !by || !by->length || coder || qc_no_memory(t->err);
    row->is_unit = !code;
    if (code && !code->length)
        return qc_fail(t->err, QCODE_INVALID, t->source, code->line, code->column, "a coding without a code");
    if (code && t->column[QC_USE_DECISION] != SIZE_MAX)
        return done && mark_decision(t, code, field_of(t, fields, QC_USE_DECISION));
    if (code)
        return done && (qc_coding_rows_mark(t->rows, coder, code->text, code->length) || qc_no_memory(t->err));
    if (done && codes)
        done = mark_codes(t, coder, codes);
    for (size_t i = 0; done && i < t->coder_count; i++)
        done = mark_codes(t, t->coder_names[i], &fields[t->coders[i]]);
    return done;
}

static bool read_row(table *t, const qc_csv_field *fields, size_t count)
{
    if (count != t->count)
        return qc_fail(t->err, QCODE_INVALID, t->source, fields[0].line, 0, "expected %zu fields, found %zu", t->count,
                       count);
    const qc_csv_field *basis = field_of(t, fields, QC_USE_BASIS);
    qc_coding_row row = {.document = keep(t, field_of(t, fields, QC_USE_DOCUMENT)),
                         .text = keep(t, field_of(t, fields, QC_USE_TEXT)),
                         .start = QC_NO_OFFSET,
                         .end = QC_NO_OFFSET,
                         .line = fields[0].line,
                         .basis = basis ? qc_basis_of(basis->text) : QCODE_BASIS_OWN};
    if (!row.document || !row.text || !mark_version(t, fields))
        return qc_no_memory(t->err);
    if (is_rejected(t, fields)) {
        const qc_csv_field *by = field_of(t, fields, QC_USE_CODER);
        const char *coder = by && by->length ? keep(t, by) : NULL;
        return ((coder || !by || !by->length) && qc_coding_rows_saw(t->rows, coder, row.document)) || qc_no_memory(t->err);
    }
    if (!read_number(t, field_of(t, fields, QC_USE_START), &row.start) ||
        !read_number(t, field_of(t, fields, QC_USE_END), &row.end) || !read_number(t, field_of(t, fields, QC_USE_TURN), &row.turn) ||
        !read_pieces(t, field_of(t, fields, QC_USE_PIECES), &row.pieces) || !mark_row(t, fields, &row))
        return false;
    return qc_coding_rows_add(t->rows, &row) || qc_no_memory(t->err);
}

/* Lines of fields parted by tabs. A quote in front is as a rule one that somebody speaks, so that quotes part nothing. */
static bool read_tabbed(table *t, const char *text, size_t length)
{
    qc_buffer fields = qc_buffer_init(t->rows->arena.memory), line = qc_buffer_init(t->rows->arena.memory);
    bool done = true, header = true;
    for (size_t at = 0, number = 1; done && at < length; number++) {
        const char *feed = memchr(text + at, '\n', length - at);
        size_t end = feed ? (size_t)(feed - text) : length;
        fields.length = line.length = 0;
        done = (qc_buffer_append(&line, text + at, end - at) && qc_buffer_byte(&line, '\0')) || qc_no_memory(t->err);
        for (size_t from = 0; done && end > at && from <= end - at;) {
            char *field = line.data + from;
            size_t size = strcspn(field, "\t"), quoted = size > 1 && field[0] == '"' && field[size - 1] == '"';
            qc_csv_field one = {.text = field + quoted, .length = size - 2 * quoted, .line = number, .column = from + 1};
            field[size - quoted] = '\0';
            from += size + 1;
            done = qc_buffer_append(&fields, &one, sizeof one) || qc_no_memory(t->err);
        }
        size_t count = fields.length / sizeof(qc_csv_field);
        if (done && count)
            done = header ? read_header(t, (const void *)fields.data, count)
                          : read_row(t, (const void *)fields.data, count);
        header = header && !count;
        at = end + 1;
    }
    qc_buffer_clear(&fields);
    qc_buffer_clear(&line);
    return done && (!header || read_header(t, NULL, 0));
}

static bool read_csv(table *t, const char *text, size_t length)
{
    const qc_csv_field *fields;
    size_t count = 0;
    qc_csv *csv = qc_csv_new(text, length, t->source, t->rows->arena.memory, t->err);
    bool done = csv && qc_csv_next(csv, &fields, &count, t->err) && read_header(t, fields, count);
    while (done && (done = qc_csv_next(csv, &fields, &count, t->err)) && count)
        done = read_row(t, fields, count);
    qc_csv_free(csv);
    return done;
}

bool qc_is_tabbed(const char *text, size_t length)
{
    const char *feed = length ? memchr(text, '\n', length) : NULL;
    size_t first = feed ? (size_t)(feed - text) : length;
    return first && memchr(text, '\t', first) && !memchr(text, ',', first);
}

bool qc_read_coding_table(qc_coding_rows *rows, const char *text, size_t length, const char *source, qcode_error *err)
{
    table t = {.source = source, .err = err, .rows = rows};
    return qc_is_tabbed(text, length) ? read_tabbed(&t, text, length) : read_csv(&t, text, length);
}
