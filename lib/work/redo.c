/* Segments without what is left out: most lines stay byte by byte, others lose a piece, others go. */
#include "work/redo.h"
#include "base/error.h"
#include "base/points.h"
#include "format/csv.h"
#include "model/attributes.h"
#include "model/books.h"
#include "model/codings.h"
#include "model/shown.h"

#include <stdlib.h>

/* A segment that stays. */
typedef struct item {
    size_t number; /* its line before, from 0 */
    qcode_span span;
    size_t code;
    bool edited;
} item;

/* What is kept for segments.csv: a record as it was, with other bytes for some fields. */
typedef struct kept_record {
    size_t number;
    const char *text; /* of an edited one: its contract's fields and, behind them, attributes; NULL: as it was */
    qc_csv_record fields;
    const qcode_attribute *attributes;
    size_t attribute_count;
} kept_record;

/* One record: its fields as bytes, and where the next begins. Quotes stand in pairs. */
static bool split_record(qc_arena *arena, const char *csv, size_t length, size_t *at, qc_csv_record *record)
{
    qc_buffer fields = qc_buffer_init(arena->memory);
    size_t from = *at, i = *at;
    bool quoted = false, ended = false;
    for (; !ended; i++) {
        ended = i == length || (csv[i] == '\n' && !quoted);
        quoted ^= i < length && csv[i] == '"';
        if (ended || (csv[i] == ',' && !quoted)) {
            const qcode_span field = {from, i};
            qc_buffer_append(&fields, &field, sizeof field);
            from = i + 1;
        }
    }
    *at = i > length ? length : i;
    record->count = fields.length / sizeof(qcode_span);
    record->fields = fields.failed ? NULL : qc_arena_take(arena, fields.length);
    if (record->fields)
        memcpy(record->fields, fields.data, fields.length);
    qc_buffer_clear(&fields);
    return record->fields != NULL;
}

static bool is_field(const char *csv, qcode_span field, const char *text)
{
    return field.end - field.start == strlen(text) && memcmp(csv + field.start, text, strlen(text)) == 0;
}

static bool read_csv(qc_redo *redo, size_t length)
{
    size_t at = 0, count = 0;
    redo->records = qc_arena_take_array(&redo->arena, redo->segment_count, sizeof *redo->records);
    if (!redo->records || !split_record(&redo->arena, redo->csv, length, &at, &redo->header))
        return qc_no_memory(redo->err);
    while (redo->contract < redo->header.count && redo->contract < QC_SEGMENT_COLUMNS &&
           is_field(redo->csv, redo->header.fields[redo->contract], qc_column_names[redo->contract]))
        redo->contract++;
    for (; at < length && count < redo->segment_count; count++) {
        if (!split_record(&redo->arena, redo->csv, length, &at, &redo->records[count]))
            return qc_no_memory(redo->err);
        if (redo->records[count].count != redo->header.count)
            break;
    }
    return (count == redo->segment_count && at == length && redo->contract == QC_SEGMENT_COLUMNS) ||
           qc_fail(redo->err, QCODE_INVALID, "segments.csv", 0, 0,
                   "does not have the columns and the segments of segments.jsonl");
}

static bool list_code_rules(qc_redo *redo, const qcode_code *code)
{
    for (size_t i = 0; i < qcode_code_rule_count(code); i++) {
        const char *id = qcode_rule_id(qcode_code_rule(code, i));
        bool added;
        size_t index = qc_set_add(&redo->rule_ids, id, strlen(id), &added);
        if (index == SIZE_MAX)
            return false;
        if (added)
            redo->rules[index] = qcode_code_rule(code, i);
    }
    return true;
}

static bool list_rules(qc_redo *redo)
{
    size_t count = 0, codes = qc_books_code_count(redo->books);
    for (size_t i = 0; i < codes; i++)
        count += qcode_code_rule_count(qc_books_code(redo->books, i));
    redo->rules = qc_arena_take_array(&redo->arena, count + 1, sizeof *redo->rules);
    bool done = redo->rules != NULL;
    for (size_t i = 0; done && i < codes; i++)
        done = list_code_rules(redo, qc_books_code(redo->books, i));
    return done;
}

bool qc_redo_init(qc_redo *redo, qcode_codebooks books, const char *json, size_t json_length, const char *csv,
                  size_t csv_length, const qcode_memory *memory, qcode_code_totals *totals, qcode_error *err)
{
    *redo = (qc_redo){.arena = qc_arena_init(memory),
                      .err = err,
                      .books = books,
                      .rule_ids = qc_set_init(memory),
                      .names = qc_set_init(memory),
                      .json = json,
                      .csv = csv,
                      .json_out = qc_buffer_init(memory),
                      .kept = qc_buffer_init(memory)};
    qc_rows_init(&redo->rows, "", memory);
    if (!qc_counter_init(&redo->counter, books, memory, totals) || !list_rules(redo))
        return qc_no_memory(err);
    return qc_restore_segments(json, json_length, &redo->arena, &redo->segments, &redo->segment_count, err) &&
           read_csv(redo, csv_length);
}

void qc_redo_clear(qc_redo *redo)
{
    qc_rows_clear(&redo->rows);
    qc_counter_clear(&redo->counter);
    qc_set_clear(&redo->rule_ids);
    qc_set_clear(&redo->names);
    qc_buffer_clear(&redo->json_out);
    qc_buffer_clear(&redo->kept);
    qc_arena_clear(&redo->arena);
}

/* The columns of one more document, as segments.csv has them. */
static bool add_names(qc_redo *redo, const qcode_attribute *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, qc_column_names[QC_GROUP]) != 0 &&
            qc_set_add(&redo->names, list[i].name, strlen(list[i].name), NULL) == SIZE_MAX)
            return false;
    return true;
}

static bool add_all_names(qc_redo *redo, const qcode_transcript *talk)
{
    bool done = !qcode_transcript_attribute_count(talk) ||
                add_names(redo, qcode_transcript_attribute(talk, 0), qcode_transcript_attribute_count(talk));
    for (size_t i = 0; done && i < qcode_transcript_speaker_count(talk); i++) {
        const qcode_speaker *speaker = qcode_transcript_speaker(talk, i);
        done = speaker->left_out || add_names(redo, speaker->attributes, speaker->attribute_count);
    }
    return done;
}

/* The number of the turn that some characters are in, when its words may be used; 0: they may not. */
static size_t usable_turn(const qcode_transcript *talk, size_t byte)
{
    size_t turn = qc_turn_at(talk, byte);
    return turn && qcode_may_use(talk, qcode_transcript_turn(talk, turn - 1).speaker) ? turn : 0;
}

/* What is left of a segment: its pieces and hits. False when memory runs out; no pieces when nothing is left. */
static bool list_rest(const qc_redo *redo, const qcode_transcript *talk, const qc_restored_segment *old,
                      const qc_points *points, qc_buffer *pieces, qc_buffer *hits)
{
    pieces->length = hits->length = 0;
    for (size_t i = 0; i < old->pieces.count; i++) {
        qcode_span piece = {qc_points_byte(points, old->pieces.at[i].start), qc_points_byte(points, old->pieces.at[i].end)};
        if (usable_turn(talk, piece.start))
            qc_buffer_append(pieces, &piece, sizeof piece);
    }
    for (size_t i = 0; i < old->matches.count; i++) {
        const qc_restored_match *match = &old->matches.at[i];
        size_t rule = qc_set_find(&redo->rule_ids, match->rule, strlen(match->rule));
        qcode_hit hit = {.span = {qc_points_byte(points, match->start), qc_points_byte(points, match->end)}};
        size_t turn = usable_turn(talk, hit.span.start);
        if (!turn || rule == SIZE_MAX)
            continue;
        hit.rule = redo->rules[rule];
        hit.turn = turn;
        qc_buffer_append(hits, &hit, sizeof hit);
    }
    if (old->matches.count && !hits->length)
        pieces->length = 0; /* nothing of what it rests on is left */
    return !pieces->failed && !hits->failed;
}

static int compare_items(const void *a, const void *b)
{
    const item *one = a, *two = b;
    int by = qc_order(one->span.start, two->span.start);
    by = by ? by : qc_order(one->span.end, two->span.end);
    by = by ? by : qc_order(one->code, two->code);
    return by ? by : qc_order(one->number, two->number);
}

/* The segments of one document that stay, in `codings` and in `items`. */
static bool gather(qc_redo *redo, const qcode_transcript *talk, size_t first, size_t last, qcode_codings *codings,
                   item *items, size_t *count)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    const qcode_memory *memory = redo->arena.memory;
    qc_points points = qc_points_init(text, length, memory);
    qc_buffer pieces = qc_buffer_init(memory), hits = qc_buffer_init(memory);
    bool done = !points.marks.failed || qc_no_memory(redo->err);
    for (size_t i = first; done && i < last; i++) {
        const qc_restored_segment *old = &redo->segments[i];
        const qcode_code *code = qc_books_find(redo->books, old->code);
        done = code ? list_rest(redo, talk, old, &points, &pieces, &hits) || qc_no_memory(redo->err)
                    : qc_fail(redo->err, QCODE_INVALID, "segments.jsonl", i + 1, 0, "a code that is in no codebook of the run");
        const qcode_span *at = (const void *)pieces.data;
        size_t piece_count = pieces.length / sizeof *at;
        if (!done || !piece_count)
            continue;
        const qcode_segment segment = {.code = code,
                                       .span = {at[0].start, at[piece_count - 1].end},
                                       .pieces = at,
                                       .piece_count = piece_count,
                                       .turn = qc_turn_at(talk, at[0].start),
                                       .hits = (const void *)hits.data,
                                       .hit_count = hits.length / sizeof(qcode_hit),
                                       .basis = qc_basis_of(old->basis),
                                       .state = qc_state_of(old->state)};
        items[(*count)++] = (item){i, segment.span, qc_books_index(redo->books, code),
                                   piece_count < old->pieces.count || segment.hit_count < old->matches.count};
        done = qc_codings_add(codings, &segment) || qc_no_memory(redo->err);
    }
    qc_points_clear(&points);
    qc_buffer_clear(&pieces);
    qc_buffer_clear(&hits);
    return done;
}

static const qc_member *find_member(const qc_member *list, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].key, key) == 0)
            return &list[i];
    return NULL;
}

/* What an edited segment keeps of its line: everything that does not follow from its place and its words. */
static bool is_kept(const char *key)
{
    static const char *const keys[] = {"score",  "shares",     "basis",      "status", "coder",   "origin",
                                       "state",  "decided_by", "decided_on", "reason", "codebook"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

/* The line of an edited segment: that of its row, with what it keeps. */
static bool put_edited_json(qc_redo *redo, const char *line, size_t length, const qc_row *row)
{
    const qc_member *old, *new;
    size_t old_count, new_count;
    qc_buffer made = qc_buffer_init(redo->arena.memory), *out = &redo->json_out;
    bool done = qc_put_row_json(&made, row, &qc_segment_layout) || qc_no_memory(redo->err);
    done = done &&
           qc_list_members(line, length, "segments.jsonl", &redo->arena, &old, &old_count, redo->err) &&
           qc_list_members(made.data, made.length, "segments.jsonl", &redo->arena, &new, &new_count, redo->err);
    size_t from = 0;
    for (size_t i = 0; done && i < new_count; i++) {
        const qc_member *kept = is_kept(new[i].key) ? find_member(old, old_count, new[i].key) : NULL;
        if (!kept)
            continue;
        qc_buffer_append(out, made.data + from, new[i].start - from);
        qc_buffer_append(out, line + kept->start, kept->end - kept->start);
        from = new[i].end;
    }
    if (done)
        qc_buffer_append(out, made.data + from, made.length - from);
    qc_buffer_clear(&made);
    return done;
}

static bool keep_edited_csv(qc_redo *redo, kept_record *kept, const qc_row *row)
{
    qc_buffer made = qc_buffer_init(redo->arena.memory);
    qcode_attribute *attributes = qc_arena_take_array(&redo->arena, row->attribute_count, sizeof *attributes);
    size_t at = 0;
    bool done = attributes && qc_put_row_csv(&made, row, &qc_segment_layout) &&
                (kept->text = qc_arena_copy(&redo->arena, made.data, made.length)) &&
                split_record(&redo->arena, kept->text, made.length, &at, &kept->fields);
    for (size_t i = 0; done && i < row->attribute_count; i++) {
        attributes[i].name = qc_arena_string(&redo->arena, row->attributes[i].name);
        attributes[i].value = qc_arena_string(&redo->arena, row->attributes[i].value);
        done = attributes[i].name && attributes[i].value;
    }
    kept->attributes = attributes;
    kept->attribute_count = row->attribute_count;
    qc_buffer_clear(&made);
    return done || qc_no_memory(redo->err);
}

/* The items in their order, as lines and records. */
static bool put_items(qc_redo *redo, const qcode_codings *codings, const item *items, size_t count)
{
    bool done = true;
    qc_rows_begin(&redo->rows, codings);
    for (size_t i = 0; done && i < count; i++) {
        const qc_restored_segment *old = &redo->segments[items[i].number];
        kept_record kept = {.number = items[i].number};
        redo->rows.coder = old->coder;
        const qc_row *row = qc_rows_next(&redo->rows);
        if (!row)
            return qc_no_memory(redo->err);
        if (items[i].edited)
            done = put_edited_json(redo, redo->json + old->from, old->to - old->from, row) &&
                   keep_edited_csv(redo, &kept, row);
        else
            qc_buffer_append(&redo->json_out, redo->json + old->from, old->to - old->from);
        redo->edited += items[i].edited;
        done = done && (qc_buffer_append(&redo->kept, &kept, sizeof kept) || qc_no_memory(redo->err));
    }
    return done && (!redo->json_out.failed || qc_no_memory(redo->err));
}

bool qc_redo_document(qc_redo *redo, const qcode_transcript *talk)
{
    const char *name = qcode_transcript_name(talk);
    size_t first = redo->next, last = first, count = 0;
    while (last < redo->segment_count && strcmp(redo->segments[last].document, name) == 0)
        last++;
    redo->next = last;
    item *items = qc_arena_take_array(&redo->arena, last - first, sizeof *items);
    qcode_codings *codings = qc_codings_new(talk, redo->arena.memory, redo->err);
    bool done = codings && ((items && add_all_names(redo, talk)) || qc_no_memory(redo->err));
    done = done && gather(redo, talk, first, last, codings, items, &count);
    if (done) {
        qc_codings_finish(codings);
        if (count)
            qsort(items, count, sizeof *items, compare_items);
        redo->dropped += last - first - count;
        done = (qc_counter_add(&redo->counter, codings) || qc_no_memory(redo->err)) &&
               put_items(redo, codings, items, count);
    }
    qcode_codings_free(codings);
    return done;
}

/* The column of an attribute in the old file; the number of columns when it has none. */
static size_t old_column(const qc_redo *redo, const char *name)
{
    size_t i = redo->contract;
    while (i < redo->header.count && !is_field(redo->csv, redo->header.fields[i], name))
        i++;
    return i;
}

static bool is_written_anew(size_t column)
{
    return !is_kept(qc_column_names[column]);
}

static void put_record(const qc_redo *redo, qc_buffer *out, const kept_record *kept, const char *const *names,
                       const size_t *columns)
{
    const qc_csv_record *old = &redo->records[kept->number];
    for (size_t i = 0; i < redo->contract; i++) {
        bool anew = kept->text && is_written_anew(i);
        qcode_span field = anew ? kept->fields.fields[i] : old->fields[i];
        qc_buffer_append(out, (anew ? kept->text : redo->csv) + field.start, field.end - field.start);
        qc_buffer_string(out, i + 1 < redo->contract ? "," : "");
    }
    for (size_t i = 0; i < redo->names.count; i++) {
        const char *value = qc_attributes_value(kept->attributes, kept->attribute_count, names[i]);
        qc_buffer_byte(out, ',');
        if (kept->text && value)
            qc_csv_put(out, value, strlen(value));
        else if (!kept->text && columns[i] < old->count)
            qc_buffer_append(out, redo->csv + old->fields[columns[i]].start,
                             old->fields[columns[i]].end - old->fields[columns[i]].start);
    }
    qc_buffer_byte(out, '\n');
}

bool qc_redo_csv(qc_redo *redo, qc_buffer *out)
{
    size_t count = redo->names.count;
    const char **names = qc_arena_take_array(&redo->arena, count, sizeof *names);
    size_t *columns = qc_arena_take_array(&redo->arena, count, sizeof *columns);
    if (!names || !columns)
        return qc_no_memory(redo->err);
    qcode_span last = redo->header.fields[redo->contract - 1];
    qc_buffer_append(out, redo->csv, last.end);
    for (size_t i = 0; i < count; i++) {
        names[i] = qc_set_at(&redo->names, i);
        columns[i] = old_column(redo, names[i]);
        qc_buffer_byte(out, ',');
        qc_csv_put(out, names[i], strlen(names[i]));
    }
    qc_buffer_byte(out, '\n');
    const kept_record *kept = (const void *)redo->kept.data;
    for (size_t i = 0; i < redo->kept.length / sizeof *kept; i++)
        put_record(redo, out, &kept[i], names, columns);
    return !out->failed || qc_no_memory(redo->err);
}
