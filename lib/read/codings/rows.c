/* Rows of codings as they are read, and those of JSON Lines. */
#include "read/codings/rows.h"
#include "base/error.h"
#include "model/coders.h"
#include "model/codings.h"
#include "read/fields.h"
#include "read/run.h"

#include <string.h>

qc_coding_rows qc_coding_rows_init(const qcode_memory *memory)
{
    return (qc_coding_rows){.arena = qc_arena_init(memory),
                            .rows = qc_buffer_init(memory),
                            .marks = qc_buffer_init(memory),
                            .saw = qc_buffer_init(memory),
                            .versions = qc_set_init(memory)};
}

void qc_coding_rows_clear(qc_coding_rows *rows)
{
    qc_buffer_clear(&rows->rows);
    qc_buffer_clear(&rows->marks);
    qc_buffer_clear(&rows->saw);
    qc_set_clear(&rows->versions);
    qc_arena_clear(&rows->arena);
}

bool qc_coding_rows_add(qc_coding_rows *rows, const qc_coding_row *row)
{
    qc_coding_row copy = *row;
    const qc_coding_row *last = (const void *)rows->rows.data;
    size_t count = rows->rows.length / sizeof *row;
    copy.first_mark = count ? last[count - 1].first_mark + last[count - 1].mark_count : 0;
    copy.mark_count = rows->marks.length / sizeof(qc_coding_mark) - copy.first_mark;
    return qc_buffer_append(&rows->rows, &copy, sizeof copy);
}

bool qc_coding_rows_mark_as(qc_coding_rows *rows, qc_mark_kind kind, const char *coder, const char *code)
{
    const qc_coding_mark mark = {coder, code, kind};
    return qc_buffer_append(&rows->marks, &mark, sizeof mark);
}

bool qc_coding_rows_mark(qc_coding_rows *rows, const char *coder, const char *code, size_t length)
{
    const char *copy = qc_arena_copy(&rows->arena, code, length);
    return copy && qc_coding_rows_mark_as(rows, QC_MARK_CODED, coder, copy);
}

bool qc_coding_rows_version(qc_coding_rows *rows, bool by_person, const char *code, const char *version)
{
    if (version && *version)
        return qc_put_version(&rows->versions, by_person, code, version);
    rows->unversioned = true;
    return true;
}

bool qc_coding_rows_saw(qc_coding_rows *rows, const char *coder, const char *document)
{
    const qc_coding_saw saw = {coder, document};
    return qc_buffer_append(&rows->saw, &saw, sizeof saw);
}

typedef struct coding_line {
    const char *document, *code, *coder, *text, *basis, *state, *origin, *codebook;
    size_t start, end;
    qc_run_spans pieces;
} coding_line;

#define FIELD(name, read) {#name, read, offsetof(coding_line, name)}

static const qc_field line_fields[] = {FIELD(document, qc_field_string), FIELD(code, qc_field_string),
                                       FIELD(coder, qc_field_string),    FIELD(text, qc_field_string),
                                       FIELD(basis, qc_field_string),    FIELD(start, qc_field_number),
                                       FIELD(end, qc_field_number),      FIELD(pieces, qc_field_spans),
                                       FIELD(state, qc_field_string),    FIELD(origin, qc_field_string),
                                       FIELD(codebook, qc_field_string), {NULL, NULL, 0}};

/* Whether a person stands for it: it is a rule's when it says so and nobody has accepted it. */
static bool is_by_person(const coding_line *line)
{
    return strcmp(line->origin, "rule") != 0 || strcmp(line->state, qcode_state_name(QCODE_ACCEPTED)) == 0 ||
           strcmp(line->state, qcode_state_name(QCODE_EDITED)) == 0;
}

static bool add_line(qc_coding_rows *rows, const coding_line *line, size_t number)
{
    const qc_coding_row row = {.document = line->document,
                               .text = line->text,
                               .start = line->start,
                               .end = line->end,
                               .pieces = line->pieces,
                               .line = number,
                               .basis = qc_basis_of(line->basis)};
    if (strcmp(line->state, qcode_state_name(QCODE_REJECTED)) == 0)
        return qc_coding_rows_saw(rows, line->coder, line->document);
    return qc_coding_rows_version(rows, is_by_person(line), line->code, line->codebook) &&
           qc_coding_rows_mark(rows, line->coder, line->code, strlen(line->code)) && qc_coding_rows_add(rows, &row);
}

bool qc_read_coding_lines(qc_coding_rows *rows, const char *text, size_t length, const char *source, qcode_error *err)
{
    qc_input in = {.arena = &rows->arena, .source = source, .err = err};
    in.json = qc_json_new(text, length, source, 1, rows->arena.memory, err);
    bool done = in.json != NULL;
    for (qc_json_token token; done && (done = qc_json_next(in.json, &token, err)) && token.kind != QC_JSON_END;) {
        coding_line line = {.document = "", .code = "", .text = "", .basis = "", .state = "", .origin = "", .start = QC_NO_OFFSET,
                            .end = QC_NO_OFFSET};
        size_t number = token.line, column = token.column;
        done = qc_field_object(&in, &token, line_fields, &line);
        if (done && (!*line.document || !*line.code))
            done = qc_fail(err, QCODE_INVALID, source, number, column, "a coding names a document and a code");
        if (done && !add_line(rows, &line, number))
            done = qc_no_memory(err);
    }
    qc_json_free(in.json);
    return done;
}
