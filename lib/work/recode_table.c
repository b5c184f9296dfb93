/* A table of codings after a change of codes: of people, with a row for each coding or each unit, or segments.csv. */
#include "base/error.h"
#include "base/utf8.h"
#include "read/codings/rows.h"
#include "work/joining.h"
#include "write/writer.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_COLUMNS = 1000 };

/* Columns that only segments.csv has. */
enum { ID, MATCHES, CODEBOOK, OWN_COLUMNS };
static const char *const own_names[OWN_COLUMNS] = {"id", "matches", "codebook"};

typedef struct table {
    qc_recode_map *map;
    const char *text;
    size_t length;
    qc_arena arena;
    qc_coding_use *uses; /* of each column */
    const char **names;
    size_t column_count;
    size_t own[OWN_COLUMNS]; /* SIZE_MAX: not there */
    qc_csv_field *fields;    /* of all rows behind the header, column_count of each; texts are in the arena */
    size_t *starts;          /* where each row begins, and behind the last */
    size_t row_count;
    qc_joined_segment *segments; /* NULL: rows of people */
    qc_buffer *out, list, cell;
} table;

static const qc_csv_field *row_at(const table *t, size_t row)
{
    return t->fields + row * t->column_count;
}

static const qc_csv_field *cell_of(const table *t, size_t row, qc_coding_use use)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (t->uses[i] == use)
            return row_at(t, row) + i;
    return NULL;
}

static const char *text_of(const table *t, size_t row, qc_coding_use use)
{
    const qc_csv_field *cell = cell_of(t, row, use);
    return cell ? cell->text : "";
}

/* The same by a column's name. */
static const char *named_text(const table *t, size_t row, const char *name)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (strcmp(t->names[i], name) == 0)
            return row_at(t, row)[i].text;
    return "";
}

/* One record: its fields with texts that stay. */
static bool keep_record(table *t, const qc_csv_field *fields, size_t count, qc_buffer *all)
{
    for (size_t i = 0; i < count; i++) {
        qc_csv_field field = fields[i];
        field.text = qc_arena_copy(&t->arena, fields[i].text, fields[i].length);
        if (!field.text || !qc_buffer_append(all, &field, sizeof field))
            return qc_no_memory(t->map->err);
    }
    return true;
}

static bool read_header(table *t, const qc_csv_field *fields, size_t count)
{
    if (!count || count > MOST_COLUMNS)
        return qc_fail(t->map->err, QCODE_INVALID, t->map->path, 1, 0, "expected a line with the names of the columns");
    bool has_code = false, has_any = false;
    t->uses = qc_arena_take_array(&t->arena, count, sizeof *t->uses);
    t->names = qc_arena_take_array(&t->arena, count, sizeof *t->names);
    if (!t->uses || !t->names)
        return qc_no_memory(t->map->err);
    t->column_count = count;
    for (size_t i = 0; i < OWN_COLUMNS; i++)
        t->own[i] = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        t->uses[i] = qc_coding_use_of(&fields[i]);
        for (size_t k = 0; k < i; k++)
            if (t->uses[i] != QC_USE_ONE_CODER && t->uses[i] == t->uses[k])
                t->uses[i] = QC_USE_USES; /* the first column of a kind is the one that is read */
        has_code |= t->uses[i] == QC_USE_CODE;
        has_any |= t->uses[i] == QC_USE_CODE || t->uses[i] == QC_USE_CODES || t->uses[i] == QC_USE_ONE_CODER;
        if (!(t->names[i] = qc_arena_copy(&t->arena, fields[i].text, fields[i].length)))
            return qc_no_memory(t->map->err);
        for (size_t k = 0; k < OWN_COLUMNS; k++)
            if (strcmp(fields[i].text, own_names[k]) == 0)
                t->own[k] = i;
    }
    for (size_t i = 0; has_code && i < count; i++)
        if (t->uses[i] == QC_USE_ONE_CODER || t->uses[i] == QC_USE_CODES)
            t->uses[i] = QC_USE_USES; /* each row is a coding */
    return has_any || qc_fail(t->map->err, QCODE_INVALID, t->map->path, 1, 0,
                              "expected a column \"code\", or columns \"coder_a\" ... of codes");
}

/* The next line of a table parted by tabs, as fields. */
static bool split_line(const table *t, size_t *at, size_t line, qc_buffer *fields, qc_buffer *texts)
{
    const char *feed = memchr(t->text + *at, '\n', t->length - *at);
    size_t end = feed ? (size_t)(feed - t->text) : t->length, next = feed ? end + 1 : end, from = *at;
    end -= end > from && t->text[end - 1] == '\r';
    fields->length = texts->length = 0;
    if (!qc_buffer_reserve(texts, 2 * (end - from) + 2)) /* what is put there does not move */
        return false;
    for (size_t i = from; end > *at && i <= end; i++) {
        if (i < end && t->text[i] != '\t')
            continue;
        size_t quoted = i - from > 1 && t->text[from] == '"' && t->text[i - 1] == '"', length = i - from - 2 * quoted;
        const qc_csv_field field = {texts->data + texts->length, length, line, from - *at + 1, from, i};
        qc_buffer_append(texts, t->text + from + quoted, length);
        qc_buffer_byte(texts, '\0');
        qc_buffer_append(fields, &field, sizeof field);
        from = i + 1;
    }
    *at = next;
    return !fields->failed && !texts->failed;
}

/* Takes a record, the first of which names the columns. */
static bool take_record(table *t, const qc_csv_field *fields, size_t count, qc_buffer *all, qc_buffer *starts)
{
    if (!t->column_count)
        return read_header(t, fields, count);
    if (count != t->column_count)
        return qc_fail(t->map->err, QCODE_INVALID, t->map->path, fields[0].line, 0, "expected %zu fields, found %zu",
                       t->column_count, count);
    return keep_record(t, fields, count, all) &&
           (qc_buffer_append(starts, &fields[0].source_start, sizeof fields[0].source_start) || qc_no_memory(t->map->err));
}

static bool read_tabbed(table *t, qc_buffer *all, qc_buffer *starts)
{
    qc_buffer fields = qc_buffer_init(t->map->memory), texts = qc_buffer_init(t->map->memory);
    bool done = true;
    for (size_t at = 0, line = 1; done && at < t->length; line++) {
        done = split_line(t, &at, line, &fields, &texts) || qc_no_memory(t->map->err);
        if (done && fields.length)
            done = take_record(t, (const void *)fields.data, fields.length / sizeof(qc_csv_field), all, starts);
    }
    qc_buffer_clear(&fields);
    qc_buffer_clear(&texts);
    return done;
}

static bool read_commas(table *t, qc_buffer *all, qc_buffer *starts)
{
    const qc_csv_field *fields;
    size_t count = 0;
    qc_csv *csv = qc_csv_new(t->text, t->length, t->map->path, t->map->memory, t->map->err);
    bool done = csv;
    while (done && (done = qc_csv_next(csv, &fields, &count, t->map->err)) && count)
        done = take_record(t, fields, count, all, starts);
    qc_csv_free(csv);
    return done && (t->column_count || read_header(t, NULL, 0));
}

static bool read_rows(table *t)
{
    qc_buffer all = qc_buffer_init(t->map->memory), starts = qc_buffer_init(t->map->memory);
    bool done = (qc_is_tabbed(t->text, t->length) ? read_tabbed : read_commas)(t, &all, &starts) &&
                (qc_buffer_append(&starts, &t->length, sizeof t->length) || qc_no_memory(t->map->err));
    t->row_count = starts.length ? starts.length / sizeof(size_t) - 1 : 0;
    if (done) {
        t->fields = qc_arena_take(&t->arena, all.length + 1);
        t->starts = qc_arena_take(&t->arena, starts.length);
        done = (t->fields && t->starts) || qc_no_memory(t->map->err);
    }
    if (done && all.length)
        memcpy(t->fields, all.data, all.length);
    if (done)
        memcpy(t->starts, starts.data, starts.length);
    qc_buffer_clear(&all);
    qc_buffer_clear(&starts);
    return done;
}

/* "trust/1@2-9;trust/2@40-51" */
static bool fill_matches(table *t, size_t row, qc_joined_segment *segment)
{
    const qc_csv_field *cell = row_at(t, row) + t->own[MATCHES];
    size_t count = 1, at = 0;
    for (size_t i = 0; i < cell->length; i++)
        count += cell->text[i] == ';';
    qc_joined_match *matches = qc_arena_take_array(&t->arena, count, sizeof *matches);
    if (!matches)
        return qc_no_memory(t->map->err);
    segment->matches = matches;
    while (at < cell->length) {
        size_t length = strcspn(cell->text + at, ";"), sign = strcspn(cell->text + at, "@;");
        char *end;
        qc_joined_match match = {.from = at, .rule = qc_arena_copy(&t->arena, cell->text + at, sign)};
        if (!match.rule)
            return qc_no_memory(t->map->err);
        if (sign == length)
            return qc_fail(t->map->err, QCODE_INVALID, t->map->path, cell->line, cell->column,
                           "expected matches such as rule@12-40");
        match.start = strtoul(cell->text + at + sign + 1, &end, 10);
        match.end = *end == '-' ? strtoul(end + 1, NULL, 10) : match.start;
        matches[segment->match_count++] = match;
        at += length + 1;
    }
    return true;
}

/* Rows of a segments.csv, for codes that are one now. */
static bool fill_segments(table *t)
{
    bool done = (t->segments = qc_arena_take_array(&t->arena, t->row_count + 1, sizeof *t->segments)) ||
                qc_no_memory(t->map->err);
    for (size_t i = 0; done && i < t->row_count; i++) {
        const char *basis = text_of(t, i, QC_USE_BASIS);
        t->segments[i] = (qc_joined_segment){.document = text_of(t, i, QC_USE_DOCUMENT),
                                             .code = text_of(t, i, QC_USE_CODE),
                                             .coder = text_of(t, i, QC_USE_CODER),
                                             .start = text_of(t, i, QC_USE_START),
                                             .end = text_of(t, i, QC_USE_END),
                                             .origin = named_text(t, i, "origin"),
                                             .state = named_text(t, i, "state"),
                                             .decided_by = named_text(t, i, "decided_by"),
                                             .decided_on = named_text(t, i, "decided_on"),
                                             .own = !*basis || strcmp(basis, "own") == 0};
        done = fill_matches(t, i, &t->segments[i]);
    }
    return done;
}

static bool list_passage(table *t, size_t row, size_t column, const char *code, size_t length)
{
    const qcode_recode_job *job = t->map->job;
    if (!t->map->sheet || strlen(job->codes[0]) != length || memcmp(code, job->codes[0], length) != 0)
        return true;
    const qc_csv_field *coder = cell_of(t, row, QC_USE_CODER);
    const qc_to_judge passage = {.line = row_at(t, row)->line,
                                 .document = text_of(t, row, QC_USE_DOCUMENT),
                                 .start = text_of(t, row, QC_USE_START),
                                 .end = text_of(t, row, QC_USE_END),
                                 .coder = t->uses[column] == QC_USE_ONE_CODER ? t->names[column]
                                          : coder                             ? coder->text
                                                                              : NULL,
                                 .text = text_of(t, row, QC_USE_TEXT)};
    return qc_sheet_add(t->map, job->codes[0], &passage);
}

/* Whether one of the first bytes of a cell made anew has this code among its parts. */
static bool has_part(const qc_buffer *cell, const char *code)
{
    size_t length = strlen(code), from = 0;
    for (size_t i = 0; i <= cell->length; i++)
        if (i == cell->length || cell->data[i] == ';') {
            size_t start = from, end = i;
            while (start < end && cell->data[start] == ' ')
                start++;
            while (end > start && cell->data[end - 1] == ' ')
                end--;
            if (end - start == length && memcmp(cell->data + start, code, length) == 0)
                return true;
            from = i + 1;
        }
    return false;
}

/* One code of a cell, bytes [from, to) of its text, which go to the new cell; a code that it has already is left out. */
static bool put_part(table *t, size_t row, size_t column, size_t from, size_t to, qcode_recoded *count)
{
    const qc_csv_field *field = row_at(t, row) + column;
    size_t start = from, end = to;
    while (start < end && field->text[start] == ' ')
        start++;
    while (end > start && field->text[end - 1] == ' ')
        end--;
    const char *code = qc_arena_copy(&t->arena, field->text + start, end - start);
    if (!code)
        return qc_no_memory(t->map->err);
    if (!qc_check_fresh(t->map, code, field->line, field->column) ||
        !list_passage(t, row, column, code, end - start))
        return false;
    const char *now = qc_recoded_code(t->map, code);
    count->changed += now != NULL;
    if (t->map->job->kind == QCODE_MERGE && *code && from && has_part(&t->cell, now ? now : code)) {
        count->joined++;
        return true;
    }
    qc_buffer_string(&t->cell, from && t->cell.length ? ";" : "");
    qc_buffer_append(&t->cell, field->text + from, start - from);
    qc_buffer_string(&t->cell, now ? now : code);
    return qc_buffer_append(&t->cell, field->text + end, to - end) || qc_no_memory(t->map->err);
}

static bool make_codes(table *t, size_t row, size_t column, qcode_recoded *count)
{
    const qc_csv_field *field = row_at(t, row) + column;
    bool list = t->uses[column] != QC_USE_CODE, done = true;
    for (size_t from = 0, to; done && from <= field->length; from = to + 1) {
        to = list ? from + strcspn(field->text + from, ";") : field->length;
        done = put_part(t, row, column, from, to, count);
    }
    return done;
}

static bool make_matches(table *t, size_t row)
{
    const char *before = "";
    bool done = qc_join_matches(t->segments, row, &t->list) || qc_no_memory(t->map->err);
    const qc_joined_match *matches = (const void *)t->list.data;
    for (size_t i = 0; done && i < t->list.length / sizeof *matches; i++, before = ";")
        qc_buffer_print(&t->cell, "%s%s@%zu-%zu", before, qc_recoded_rule(t->map, matches[i].rule), matches[i].start,
                        matches[i].end);
    return done;
}

/* What a cell is now, in `cell`. */
static bool make_cell(table *t, size_t row, size_t column, qcode_recoded *count)
{
    const qc_csv_field *field = row_at(t, row) + column;
    const qc_joined_segment *segment = t->segments ? &t->segments[row] : NULL;
    const char *code = segment ? qc_recoded_code(t->map, segment->code) : NULL;
    qc_coding_use use = t->uses[column];
    char id[65];
    t->cell.length = 0;
    if (use == QC_USE_CODE || use == QC_USE_CODES || use == QC_USE_ONE_CODER)
        return make_codes(t, row, column, count);
    if (code && column == t->own[ID]) {
        qc_segment_id(segment->document, code, strtoul(segment->start, NULL, 10), strtoul(segment->end, NULL, 10),
                      segment->coder, id);
        return qc_buffer_string(&t->cell, id) || qc_no_memory(t->map->err);
    }
    if (segment && segment->changed && column == t->own[MATCHES])
        return make_matches(t, row);
    bool is_version = column == t->own[CODEBOOK] && strcmp(field->text, t->map->before) == 0;
    qc_buffer_string(&t->cell, is_version ? t->map->now : field->text);
    return !t->cell.failed || qc_no_memory(t->map->err);
}

/* A row up to the next; its cells that have changed are written anew, in the quotes of the old ones. */
static bool put_row(table *t, size_t row, qcode_recoded *count)
{
    size_t copied = t->starts[row];
    for (size_t i = 0; i < t->column_count; i++) {
        const qc_csv_field *field = row_at(t, row) + i;
        if (t->segments && t->segments[row].judged != row && qc_is_judgement_column(t->names[i])) {
            const qc_csv_field *other = row_at(t, t->segments[row].judged) + i;
            qc_buffer_append(t->out, t->text + copied, field->source_start - copied);
            qc_buffer_append(t->out, t->text + other->source_start, other->source_end - other->source_start);
            copied = field->source_end;
            continue;
        }
        if (!make_cell(t, row, i, count))
            return false;
        if (t->cell.length == field->length && (!field->length || memcmp(t->cell.data, field->text, field->length) == 0))
            continue;
        bool quoted = field->source_end > field->source_start && t->text[field->source_start] == '"';
        quoted |= t->segments && memchr(t->cell.data, ';', t->cell.length); /* as a run writes it */
        qc_buffer_append(t->out, t->text + copied, field->source_start - copied);
        qc_buffer_string(t->out, quoted ? "\"" : "");
        qc_buffer_append(t->out, t->cell.data, t->cell.length);
        qc_buffer_string(t->out, quoted ? "\"" : "");
        copied = field->source_end;
    }
    return qc_buffer_append(t->out, t->text + copied, t->starts[row + 1] - copied) || qc_no_memory(t->map->err);
}

static bool put_rows(table *t, qcode_recoded *count)
{
    qcode_recoded of_cells = {0};
    bool done = qc_buffer_append(t->out, t->text, t->starts[0]) || qc_no_memory(t->map->err);
    for (size_t i = 0; done && i < t->row_count; i++)
        done = (t->segments && t->segments[i].gone) || put_row(t, i, &of_cells);
    if (!t->segments)
        *count = of_cells;
    return done;
}

bool qc_recode_table(qc_recode_map *map, const char *text, size_t length, qc_buffer *out, qcode_recoded *count)
{
    size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    table t = {.map = map, .text = text + mark, .length = length - mark, .arena = qc_arena_init(map->memory), .out = out,
               .list = qc_buffer_init(map->memory), .cell = qc_buffer_init(map->memory)};
    bool done = qc_utf8_valid(text, length) == length ||
                qc_fail(map->err, QCODE_ENCODING, map->path, 0, 0, "expected a table in UTF-8");
    qc_buffer_append(out, text, mark);
    done = done && read_rows(&t);
    if (done && t.own[ID] != SIZE_MAX && t.own[MATCHES] != SIZE_MAX)
        done = fill_segments(&t) && qc_join_segments(map, t.segments, t.row_count, count);
    done = done && put_rows(&t, count);
    qc_buffer_clear(&t.list);
    qc_buffer_clear(&t.cell);
    qc_arena_clear(&t.arena);
    return done;
}
