/* Segments and turns as CSV, with a column for each attribute any document has. */
#include "write/csv.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/screen.h"
#include "base/sink.h"
#include "format/csv.h"
#include "write/spool.h"

enum { HELD = 4 << 20 };

/* Records that were made while `columns` attributes were known: bytes up to `end`, from where the stretch before
 * ended. */
typedef struct stretch {
    uint64_t end;
    size_t columns;
} stretch;

struct qc_csv_table {
    const qc_layout *layout;
    qc_arena arena;     /* the table itself and the names */
    const char **names; /* of attributes, in the order they came */
    size_t name_count, name_capacity;
    qc_spool records;
    qc_buffer stretches;
    qc_buffer cells, list; /* the end of a record, and the attributes of one speaker */
};

static void put_matches(qc_buffer *out, qc_buffer *scratch, const qc_row *row)
{
    for (size_t i = 0; i < row->match_count; i++)
        qc_buffer_print(scratch, "%s%s@%zu-%zu", i ? ";" : "", row->matches[i].rule, row->matches[i].start,
                        row->matches[i].end);
    qc_csv_put(out, scratch->data, scratch->length);
}

static void put_pieces(qc_buffer *out, const qc_row *row)
{
    for (size_t i = 0; i < row->piece_count; i++)
        qc_buffer_print(out, "%s%zu-%zu", i ? ";" : "", row->pieces[i].start, row->pieces[i].end);
}

/* own=0.512;question=0.330 */
static void put_shares(qc_buffer *out, const qcode_segment *segment)
{
    bool first = true;
    for (int i = 0; i < QCODE_SHARES; i++) {
        if (!segment->shares[i])
            continue;
        qc_buffer_print(out, "%s%s=", first ? "" : ";", qcode_share_name((qcode_share)i));
        qc_put_score(out, segment->shares[i]);
        first = false;
    }
}

static void put_text(qc_buffer *out, const char *text, size_t length, bool raw)
{
    if (raw)
        qc_csv_put_raw(out, text, length);
    else
        qc_csv_put(out, text, length);
}

static void put_cell(qc_buffer *out, qc_buffer *scratch, const qc_row *row, const qc_cell *cell, bool raw)
{
    switch (cell->kind) {
    case QC_CELL_NONE: break;
    case QC_CELL_TEXT: put_text(out, cell->text, cell->length, raw); break;
    case QC_CELL_NUMBER: qc_buffer_number(out, cell->number); break;
    case QC_CELL_MATCHES: put_matches(out, scratch, row); break;
    case QC_CELL_PIECES: put_pieces(out, row); break;
    case QC_CELL_SCORE: qc_put_score(out, row->segment->score); break;
    case QC_CELL_SHARES: put_shares(out, row->segment); break;
    }
}

bool qc_put_row_csv(qc_buffer *out, const qc_row *row, const qc_layout *layout)
{
    qc_buffer scratch = qc_buffer_init(out->memory);
    for (size_t i = 0; i < layout->count; i++) {
        if (i)
            qc_buffer_byte(out, ',');
        put_cell(out, &scratch, row, &row->cells[layout->columns ? layout->columns[i] : (qc_column)i], layout->raw);
    }
    out->failed = out->failed || scratch.failed;
    qc_buffer_clear(&scratch);
    return !out->failed;
}

qc_csv_table *qc_csv_table_new(const qc_layout *layout, const char *folder, const qcode_memory *memory, qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    qc_csv_table *table = qc_arena_take(&arena, sizeof *table);
    if (!table) {
        qc_no_memory(err);
        return NULL;
    }
    *table = (qc_csv_table){.layout = layout, .arena = arena, .records = qc_spool_init(folder, HELD, memory)};
    table->cells = table->list = table->stretches = qc_buffer_init(memory);
    return table;
}

void qc_csv_table_free(qc_csv_table *table)
{
    if (!table)
        return;
    qc_release(table->arena.memory, table->names);
    qc_spool_clear(&table->records);
    qc_buffer_clear(&table->cells);
    qc_buffer_clear(&table->list);
    qc_buffer_clear(&table->stretches);
    qc_arena arena = table->arena; /* the table lives in the arena that ends here */
    qc_arena_clear(&arena);
}

static bool add_name(qc_csv_table *table, const char *name)
{
    for (size_t i = 0; i < table->name_count; i++)
        if (strcmp(table->names[i], name) == 0)
            return true;
    char *copy = qc_arena_string(&table->arena, name);
    if (!copy || !qc_grow(table->arena.memory, &table->names, &table->name_capacity, table->name_count + 1,
                          sizeof *table->names))
        return false;
    table->names[table->name_count++] = copy;
    return true;
}

/* The columns of one more document, whether or not it has a segment. */
static bool add_names(qc_csv_table *table, const qcode_transcript *talk)
{
    const char *group = qc_column_names[QC_GROUP];
    bool done = true;
    for (size_t i = 0; done && i < qcode_transcript_attribute_count(talk); i++) {
        const char *name = qcode_transcript_attribute(talk, i)->name;
        done = strcmp(name, group) == 0 || add_name(table, name);
    }
    for (size_t i = 0; done && i < qcode_transcript_speaker_count(talk); i++) {
        const qcode_speaker *speaker = qcode_transcript_speaker(talk, i);
        size_t count = speaker->left_out ? 0 : speaker->attribute_count; /* who is left out has no segment */
        for (size_t j = 0; done && j < count; j++)
            done = strcmp(speaker->attributes[j].name, group) == 0 || add_name(table, speaker->attributes[j].name);
    }
    return done;
}

static const char *find_value(const qc_buffer *list, const char *name)
{
    const qcode_attribute *at = (const void *)list->data;
    for (size_t i = 0; i < list->length / sizeof *at; i++)
        if (strcmp(at[i].name, name) == 0)
            return at[i].value;
    return NULL;
}

/* ",value,,value\n" for one speaker, up to the last column known. */
static bool make_cells(qc_csv_table *table, const qcode_transcript *talk, const qcode_speaker *speaker)
{
    table->list.length = table->cells.length = 0;
    qc_list_attributes(&table->list, talk, speaker);
    for (size_t i = 0; i < table->name_count; i++) {
        const char *value = find_value(&table->list, table->names[i]);
        qc_buffer_byte(&table->cells, ',');
        if (value)
            put_text(&table->cells, value, strlen(value), table->layout->raw);
    }
    return qc_buffer_byte(&table->cells, '\n') && !table->list.failed;
}

static bool add_stretch(qc_csv_table *table)
{
    qc_buffer *all = &table->stretches;
    stretch *last = all->length ? (stretch *)(void *)(all->data + all->length) - 1 : NULL;
    const stretch next = {table->records.length, table->name_count};
    if (!last || last->columns != table->name_count)
        return qc_buffer_append(all, &next, sizeof next);
    last->end = next.end;
    return true;
}

bool qc_csv_table_add(qc_csv_table *table, const qcode_transcript *talk, const char *records, size_t start,
                      const qc_csv_end *ends, size_t count, qcode_error *err)
{
    if (!add_names(table, talk))
        return qc_no_memory(err);
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        if ((i == 0 || ends[i].speaker != ends[i - 1].speaker) && !make_cells(table, talk, ends[i].speaker))
            return qc_no_memory(err);
        done = qc_spool_add(&table->records, records + start, ends[i].end - start, err) &&
               qc_spool_add(&table->records, table->cells.data, table->cells.length, err);
        start = ends[i].end;
    }
    return done && (add_stretch(table) || qc_no_memory(err));
}

/* Copies records and gives each the cells it lacks: a line feed outside of quotes ends a record. */
static void put_padded(qc_buffer *out, const char *data, size_t length, size_t lacking, bool *quoted)
{
    size_t from = 0;
    for (size_t at = 0; lacking && at < length; at++) {
        *quoted ^= data[at] == '"';
        if (data[at] != '\n' || *quoted)
            continue;
        qc_buffer_append(out, data + from, at - from);
        for (size_t i = 0; i < lacking; i++)
            qc_buffer_byte(out, ',');
        from = at;
    }
    qc_buffer_append(out, data + from, length - from);
}

static bool put_records(qc_csv_table *table, qcode_sink *sink, qc_buffer *out, qcode_error *err)
{
    const stretch *now = (const void *)table->stretches.data;
    bool quoted = false;
    for (uint64_t at = 0; at < table->records.length;) {
        while (now->end == at)
            now++;
        const char *data;
        size_t length;
        if (!qc_spool_read(&table->records, at, now->end - at, &data, &length, err))
            return false;
        put_padded(out, data, length, table->name_count - now->columns, &quoted);
        qc_sink_drain(sink, out);
        at += length;
    }
    return true;
}

static bool write_table(qc_csv_table *table, qcode_sink *sink, qcode_error *err)
{
    const qc_layout *layout = table->layout;
    qc_buffer out = qc_buffer_init(table->arena.memory);
    for (size_t i = 0; i < layout->count; i++) {
        if (i)
            qc_buffer_byte(&out, ',');
        qc_buffer_string(&out, qc_column_names[layout->columns ? layout->columns[i] : (qc_column)i]);
    }
    for (size_t i = 0; i < table->name_count; i++) {
        qc_buffer_byte(&out, ',');
        put_text(&out, table->names[i], strlen(table->names[i]), layout->raw);
    }
    qc_buffer_byte(&out, '\n');
    qc_sink_drain(sink, &out);
    bool done = put_records(table, sink, &out, err);
    qc_buffer_clear(&out);
    return done;
}

bool qc_csv_table_write(qc_csv_table *table, bool screen, qcode_sink *sink, qcode_error *err)
{
    const qcode_memory *memory = table->arena.memory;
    if (!screen)
        return write_table(table, sink, err);
    qcode_sink *held = qcode_sink_memory(memory, err);
    qc_buffer safe = qc_buffer_init(memory);
    bool done = held && write_table(table, held, err) && qcode_sink_finish(held, err);
    if (done) {
        size_t length;
        const char *bytes = qcode_sink_bytes(held, &length);
        qc_screen(&safe, bytes, length, true);
        qc_sink_drain(sink, &safe);
    }
    qc_buffer_clear(&safe);
    qcode_sink_free(held);
    return done;
}
