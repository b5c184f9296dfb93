/* What was read, told before anything is coded: who speaks in each document, and in which role. */
#include "base/error.h"
#include "base/set.h"
#include "model/attributes.h"
#include "model/reading.h"
#include "model/table.h"
#include "text/words.h"
#include "work/documents.h"
#include "write/writer.h"

/* A row of the table of speakers, until all names of attributes are known. */
typedef struct found_row {
    const char *document, *format, *layout, *encoding;
    const char *speaker, *role, *role_by, *case_name, *group; /* NULL: none */
    size_t turns, words;
    qcode_attribute *attributes;
    size_t attribute_count;
} found_row;

/* Turns and words of one speaker. */
typedef struct tally {
    size_t turns, words;
} tally;

typedef struct recognition {
    const qcode_memory *memory;
    qcode_error *err;
    qc_documents set;
    qc_arena arena; /* strings of the rows */
    qc_buffer rows; /* of found_row */
    qc_set names;   /* of attributes, `group` apart */
    qc_buffer *tallies; /* for each slot: of each speaker of its transcript, and last of nobody */
    qc_reading_scratch *readings; /* for each worker */
    qc_buffer list;
    qcode_recognised *found;
} recognition;

static bool count_talk(recognition *run, size_t worker, qc_buffer *tallies, const qcode_transcript *talk)
{
    size_t speakers = qcode_transcript_speaker_count(talk), from = tallies->length, size = (speakers + 1) * sizeof(tally);
    if (!qc_buffer_reserve(tallies, size))
        return false;
    tally *of = (void *)(tallies->data + from);
    memset(of, 0, size);
    tallies->length += size;
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        qc_reading reading;
        if (!qc_read_turn(&run->readings[worker], talk, &turn, &reading))
            return false;
        tally *to = &of[turn.speaker ? (size_t)(turn.speaker - qcode_transcript_speaker(talk, 0)) : speakers];
        to->turns++;
        qcode_span word;
        for (size_t at = 0; qc_next_word(reading.text, reading.length, &at, &word);)
            to->words++;
    }
    return true;
}

/* Counts turns and words. Runs in any thread. */
static bool count_words(void *user, size_t worker, size_t slot, qc_file *file)
{
    bool done = true;
    recognition *run = user;
    for (const qcode_transcript *talk = file->talk; done && talk; talk = qcode_transcript_next(talk))
        done = count_talk(run, worker, &run->tallies[slot], talk);
    return done || qc_no_memory(&file->err);
}

static void empty_slot(void *user, size_t slot)
{
    recognition *run = user;
    qc_buffer_clear(&run->tallies[slot]); /* a large one is not kept for all that follow */
}

static const char *keep(recognition *run, const char *text)
{
    const char *copy = text && *text ? qc_arena_string(&run->arena, text) : NULL;
    run->rows.failed = run->rows.failed || (text && *text && !copy);
    return copy;
}

static bool add_row(recognition *run, const qcode_transcript *talk, const qcode_speaker *speaker, const tally *of)
{
    found_row row = {.document = keep(run, qcode_transcript_name(talk)),
                     .format = keep(run, qcode_transcript_format(talk)),
                     .layout = keep(run, qcode_transcript_layout(talk)),
                     .encoding = keep(run, qcode_transcript_encoding(talk)),
                     .group = keep(run, qcode_transcript_value(talk, speaker, "group")),
                     .turns = of->turns,
                     .words = of->words};
    if (speaker) {
        row.speaker = keep(run, speaker->name);
        row.role = qcode_role_name(speaker->role);
        row.role_by = keep(run, qcode_role_basis_name(speaker->role_basis));
        row.case_name = keep(run, speaker->case_name);
    }
    run->list.length = 0;
    qc_list_attributes(&run->list, talk, speaker);
    const qcode_attribute *from = (const void *)run->list.data;
    row.attribute_count = run->list.length / sizeof *from;
    row.attributes = qc_arena_take_array(&run->arena, row.attribute_count, sizeof *row.attributes);
    bool done = row.attributes && !run->list.failed;
    for (size_t i = 0; done && i < row.attribute_count; i++) {
        size_t name = qc_set_add(&run->names, from[i].name, strlen(from[i].name), NULL);
        row.attributes[i] = (qcode_attribute){keep(run, from[i].name), keep(run, from[i].value)};
        done = name != SIZE_MAX;
    }
    return done && qc_buffer_append(&run->rows, &row, sizeof row);
}

/* The rows of the documents of a file: their speakers, and nobody, who says what no label names. */
static bool take_documents(void *user, size_t slot, const qc_file *file)
{
    recognition *run = user;
    const tally *of = (const void *)run->tallies[slot].data;
    bool done = true;
    for (const qcode_transcript *talk = file->talk; done && talk; talk = qcode_transcript_next(talk)) {
        size_t speakers = qcode_transcript_speaker_count(talk);
        for (size_t i = 0; done && i < speakers; i++)
            done = add_row(run, talk, qcode_transcript_speaker(talk, i), &of[i]);
        if (done && (!speakers || of[speakers].turns))
            done = add_row(run, talk, NULL, &of[speakers]);
        of += speakers + 1;
        run->found->documents++;
    }
    return done || qc_no_memory(run->err);
}

static bool tell_note(void *user, const char *document, const qcode_note *note)
{
    recognition *run = user;
    qcode_table *table = run->found->notes;
    qc_table_add_text(table, document);
    qc_table_add_text(table, qcode_note_kind_name(note->kind));
    if (note->line)
        qc_table_add_count(table, note->line);
    else
        qc_table_add_missing(table);
    if (note->column)
        qc_table_add_count(table, note->column);
    else
        qc_table_add_missing(table);
    qc_table_add_text(table, note->text);
    return qc_table_complete(table) || qc_no_memory(run->err);
}

static void add_columns(qcode_table *table, const qcode_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
}

static const qcode_column speaker_columns[] = {
    {"document", QCODE_TYPE_TEXT}, {"format", QCODE_TYPE_TEXT},  {"layout", QCODE_TYPE_TEXT},
    {"encoding", QCODE_TYPE_TEXT}, {"speaker", QCODE_TYPE_TEXT}, {"role", QCODE_TYPE_TEXT},
    {"role_by", QCODE_TYPE_TEXT},  {"turns", QCODE_TYPE_INTEGER}, {"words", QCODE_TYPE_INTEGER},
    {"case", QCODE_TYPE_TEXT},     {"group", QCODE_TYPE_TEXT}};
static const qcode_column case_columns[] = {{"document", QCODE_TYPE_TEXT},
                                            {"speaker", QCODE_TYPE_TEXT},
                                            {"role", QCODE_TYPE_TEXT},
                                            {"case", QCODE_TYPE_TEXT},
                                            {"group", QCODE_TYPE_TEXT}};
static const qcode_column note_columns[] = {{"document", QCODE_TYPE_TEXT},
                                            {"kind", QCODE_TYPE_TEXT},
                                            {"line", QCODE_TYPE_INTEGER},
                                            {"column", QCODE_TYPE_INTEGER},
                                            {"text", QCODE_TYPE_TEXT}};
#define ADD_COLUMNS(table, columns) add_columns(table, columns, sizeof columns / sizeof *columns)

static void add_names(const recognition *run, qcode_table *table)
{
    for (size_t i = 0; i < run->names.count; i++)
        qc_table_add_column(table, qc_set_at(&run->names, i), QCODE_TYPE_TEXT);
}

/* The cells of a row's attributes, in the order of their columns. */
static void add_values(const recognition *run, qcode_table *table, const found_row *row)
{
    for (size_t i = 0; i < run->names.count; i++)
        qc_table_add_text(table, qc_attributes_value(row->attributes, row->attribute_count, qc_set_at(&run->names, i)));
}

static void add_speaker(const recognition *run, const found_row *row)
{
    qcode_table *table = run->found->speakers;
    const char *const texts[] = {row->document, row->format, row->layout, row->encoding,
                                 row->speaker,  row->role,   row->role_by};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        qc_table_add_text(table, texts[i]);
    qc_table_add_count(table, row->turns);
    qc_table_add_count(table, row->words);
    qc_table_add_text(table, row->case_name);
    qc_table_add_text(table, row->group);
    add_values(run, table, row);
}

/* What nobody says in a document is as a rule its one respondent's. */
static void add_case(const recognition *run, const found_row *row)
{
    qcode_table *table = run->found->cases;
    const char *const texts[] = {row->document, row->speaker, row->role ? row->role : "respondent", row->case_name,
                                 row->group};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        qc_table_add_text(table, texts[i]);
    add_values(run, table, row);
}

static bool make_tables(recognition *run)
{
    qcode_recognised *found = run->found;
    const found_row *rows = (const void *)run->rows.data;
    add_names(run, found->speakers);
    add_names(run, found->cases);
    for (size_t i = 0; i < run->rows.length / sizeof *rows; i++) {
        add_speaker(run, &rows[i]);
        bool is_first = i == 0 || strcmp(rows[i - 1].document, rows[i].document) != 0;
        if (rows[i].speaker || (is_first && rows[i].turns))
            add_case(run, &rows[i]);
    }
    return (!run->rows.failed && qc_table_complete(found->speakers) && qc_table_complete(found->cases)) ||
           qc_no_memory(run->err);
}

static bool open_run(recognition *run)
{
    qcode_recognised *found = run->found;
    *found = (qcode_recognised){.speakers = qc_table_new(run->memory),
                                .cases = qc_table_new(run->memory),
                                .notes = qc_table_new(run->memory)};
    if (!found->speakers || !found->cases || !found->notes)
        return qc_no_memory(run->err);
    ADD_COLUMNS(found->speakers, speaker_columns);
    ADD_COLUMNS(found->cases, case_columns);
    ADD_COLUMNS(found->notes, note_columns);
    if (!qc_table_complete(found->notes))
        return qc_no_memory(run->err);
    if (!qc_documents_open(&run->set))
        return false;
    run->tallies = qc_arena_take_array(&run->set.arena, run->set.slot_count, sizeof *run->tallies);
    run->readings = qc_arena_take_array(&run->set.arena, run->set.worker_count, sizeof *run->readings);
    if (!run->tallies || !run->readings)
        return qc_no_memory(run->err);
    for (size_t i = 0; i < run->set.slot_count; i++)
        run->tallies[i] = qc_buffer_init(run->memory);
    for (size_t i = 0; i < run->set.worker_count; i++)
        run->readings[i] = qc_reading_scratch_init(run->memory);
    return qc_documents_begin(&run->set);
}

static void close_run(recognition *run)
{
    for (size_t i = 0; run->readings && i < run->set.worker_count; i++)
        qc_reading_scratch_clear(&run->readings[i]);
    qc_documents_clear(&run->set);
    qc_set_clear(&run->names);
    qc_buffer_clear(&run->rows);
    qc_buffer_clear(&run->list);
    qc_arena_clear(&run->arena);
}

bool qcode_recognise(const qcode_inputs *inputs, const qcode_memory *memory, qcode_recognised *found,
                     qcode_notes *notes, qcode_error *err)
{
    recognition run = {.memory = memory,
                       .err = err,
                       .arena = qc_arena_init(memory),
                       .rows = qc_buffer_init(memory),
                       .list = qc_buffer_init(memory),
                       .names = qc_set_init(memory),
                       .found = found};
    run.set = (qc_documents){.inputs = inputs, .memory = memory, .notes = notes, .err = err, .user = &run,
                             .make = count_words, .take = take_documents, .empty = empty_slot, .tell = tell_note};
    bool done = open_run(&run) && qc_documents_run(&run.set) && make_tables(&run);
    found->refused = run.set.refused;
    close_run(&run);
    if (!done)
        qcode_recognised_clear(found);
    return done;
}

void qcode_recognised_clear(qcode_recognised *found)
{
    qcode_table_free(found->speakers);
    qcode_table_free(found->cases);
    qcode_table_free(found->notes);
    *found = (qcode_recognised){.speakers = NULL};
}
