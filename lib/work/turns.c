/* Interviews as tidy data: a row for each turn. */
#include "base/error.h"
#include "base/sink.h"
#include "work/documents.h"
#include "write/csv.h"
#include "write/writer.h"

/* The rows of a document, until they are handed on: lines of JSON, or records of CSV with their ends. */
typedef struct turns_slot {
    qc_buffer text, ends;
} turns_slot;

typedef struct turns_run {
    const qcode_turns_job *job;
    const qcode_memory *memory;
    qcode_error *err;
    qc_documents set;
    qc_layout layout;
    turns_slot *slots;
    qc_rows *rows; /* for each worker */
    qc_csv_table *table; /* of CSV */
    qcode_turns_totals *totals;
} turns_run;

static bool format_document(turns_run *run, turns_slot *slot, qc_rows *rows, const qcode_transcript *talk)
{
    qc_rows_begin_turns(rows, talk);
    for (const qc_row *row; (row = qc_rows_next(rows));) {
        if (!run->table) {
            qc_put_row_json(&slot->text, row, &run->layout);
            continue;
        }
        qc_put_row_csv(&slot->text, row, &run->layout);
        const qc_csv_end end = {slot->text.length, row->speaker};
        qc_buffer_append(&slot->ends, &end, sizeof end);
    }
    return !rows->failed && !slot->text.failed && !slot->ends.failed;
}

/* Formats the documents of a file. Runs in any thread. */
static bool format_turns(void *user, size_t worker, size_t slot_index, qc_file *file)
{
    turns_run *run = user;
    turns_slot *slot = &run->slots[slot_index];
    bool done = true;
    for (const qcode_transcript *talk = file->talk; done && talk; talk = qcode_transcript_next(talk))
        done = format_document(run, slot, &run->rows[worker], talk);
    return done || qc_no_memory(&file->err);
}

static bool take_documents(void *user, size_t slot_index, const qc_file *file)
{
    turns_run *run = user;
    turns_slot *slot = &run->slots[slot_index];
    const qc_csv_end *ends = (const void *)slot->ends.data;
    bool done = true;
    size_t start = 0;
    for (const qcode_transcript *talk = file->talk; done && talk; talk = qcode_transcript_next(talk)) {
        size_t turns = qcode_transcript_turn_count(talk);
        run->totals->documents++;
        run->totals->turns += turns;
        if (!run->table)
            continue;
        done = qc_csv_table_add(run->table, talk, slot->text.data, start, ends, turns, run->err);
        start = turns ? ends[turns - 1].end : start;
        ends += turns;
    }
    if (!run->table)
        qc_sink_drain(run->job->out, &slot->text);
    return done;
}

static void empty_slot(void *user, size_t slot)
{
    turns_run *run = user;
    run->slots[slot].text.length = run->slots[slot].ends.length = 0;
}

static bool open_run(turns_run *run)
{
    const qcode_turns_job *job = run->job;
    if (job->format != QCODE_FORMAT_JSONL && job->format != QCODE_FORMAT_CSV)
        return qc_fail(run->err, QCODE_USAGE, NULL, 0, 0, "turns are written as JSON Lines or CSV");
    if (!qc_documents_open(&run->set))
        return false;
    run->slots = qc_arena_take_array(&run->set.arena, run->set.slot_count, sizeof *run->slots);
    run->rows = qc_arena_take_array(&run->set.arena, run->set.worker_count, sizeof *run->rows);
    if (!run->slots || !run->rows)
        return qc_no_memory(run->err);
    for (size_t i = 0; i < run->set.slot_count; i++)
        run->slots[i].text = run->slots[i].ends = qc_buffer_init(run->memory);
    for (size_t i = 0; i < run->set.worker_count; i++)
        qc_rows_init(&run->rows[i], NULL, run->memory);
    if (job->format == QCODE_FORMAT_CSV && !(run->table = qc_csv_table_new(&run->layout, NULL, run->memory, run->err)))
        return false;
    return qc_documents_begin(&run->set);
}

static void close_run(turns_run *run)
{
    for (size_t i = 0; run->rows && i < run->set.slot_count; i++) {
        qc_buffer_clear(&run->slots[i].text);
        qc_buffer_clear(&run->slots[i].ends);
    }
    for (size_t i = 0; run->rows && i < run->set.worker_count; i++)
        qc_rows_clear(&run->rows[i]);
    qc_csv_table_free(run->table);
    qc_documents_clear(&run->set);
}

bool qcode_turns(const qcode_turns_job *job, const qcode_memory *memory, qcode_turns_totals *totals,
                 qcode_notes *notes, qcode_error *err)
{
    *totals = (qcode_turns_totals){.documents = 0};
    turns_run run = {.job = job, .memory = memory, .err = err, .layout = qc_turn_layout, .totals = totals};
    run.layout.raw = job->raw;
    run.set = (qc_documents){.inputs = &job->inputs, .memory = memory, .notes = notes, .err = err, .user = &run,
                             .make = format_turns, .take = take_documents, .empty = empty_slot};
    bool done = open_run(&run) && qc_documents_run(&run.set) &&
                (!run.table || qc_csv_table_write(run.table, job->screen, job->out, err)) &&
                qcode_sink_finish(job->out, err);
    totals->refused = run.set.refused;
    close_run(&run);
    return done;
}
