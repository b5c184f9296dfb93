/* The main job: codes a set of documents in threads and hands the results on in order. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/screen.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "read/reader.h"
#include "work/crew.h"
#include "work/folder.h"
#include "work/names.h"
#include "work/pipes.h"
#include "work/totals.h"
#include "work/uses.h"
#include "write/csv.h"
#include "write/writer.h"
#include <qcode/version.h>

/* A document from when a thread takes it on until its results are handed on. */
typedef struct code_slot {
    qcode_notes *notes;
    qcode_transcript *talk;
    qcode_codings *codings;
    qcode_error err;
    qc_buffer segments;      /* as JSON Lines or as text */
    qc_buffer records, ends; /* as CSV (see write/csv.h) */
    qc_buffer document;      /* its line of documents.jsonl */
} code_slot;

/* A thread's own scratch. */
typedef struct code_worker {
    qcode_matcher *matcher;
    qc_rows rows;
} code_worker;

typedef struct code_run {
    const qcode_code_job *job;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qc_arena arena;
    const char *codebook; /* "1.0.0 sha256:ab12..." */
    const char *const *names;
    qc_piped **pipes;
    qcode_rules *rules;
    code_slot *slots;
    size_t slot_count;
    code_worker *workers;
    size_t worker_count;
    qc_counter counter;
    qc_case_uses uses;
    qc_run_folder folder;
    qc_csv_table *table; /* of CSV to a sink */
    qc_buffer notes_json;
} code_run;

/* What the job's outputs ask for. */
static bool wants(const qcode_code_job *job, qcode_format format)
{
    return job->folder ? format != QCODE_FORMAT_TEXT : format == job->format;
}

static void empty_slot(code_slot *slot)
{
    qcode_codings_free(slot->codings); /* borrow from the talk: they go first */
    qcode_transcript_free(slot->talk);
    qcode_notes_free(slot->notes);
    slot->codings = NULL;
    slot->talk = NULL;
    slot->notes = NULL;
    slot->err = (qcode_error){.status = QCODE_OK};
    slot->segments.length = slot->records.length = slot->ends.length = slot->document.length = 0;
}

static bool format_segments(const qcode_code_job *job, qc_rows *rows, code_slot *slot)
{
    qc_rows_begin(rows, slot->codings);
    for (const qc_row *row; (row = qc_rows_next(rows));) {
        if (wants(job, QCODE_FORMAT_JSONL))
            qc_put_segment_json(&slot->segments, row);
        if (wants(job, QCODE_FORMAT_TEXT))
            qc_put_segment_text(&slot->segments, row, job->color);
        if (wants(job, QCODE_FORMAT_CSV)) {
            qc_put_segment_csv(&slot->records, row);
            qc_buffer_append(&slot->ends, &slot->records.length, sizeof slot->records.length);
        }
    }
    if (job->folder)
        qc_put_document(&slot->document, slot->talk, slot->notes);
    return !rows->failed && !slot->segments.failed && !slot->records.failed && !slot->ends.failed &&
           !slot->document.failed;
}

/* One document, from its file to its formatted segments. Runs in any thread. */
static void code_document(void *user, size_t worker_index, size_t slot_index, size_t piece)
{
    code_run *run = user;
    const qcode_code_job *job = run->job;
    code_worker *worker = &run->workers[worker_index];
    code_slot *slot = &run->slots[slot_index];
    qcode_read_options read = job->read;
    read.name = run->names[piece];
    slot->notes = qcode_notes_new(run->memory);
    if (!slot->notes) {
        qc_no_memory(&slot->err);
        return;
    }
    slot->talk = qc_piped_transcript(run->pipes[piece], job->paths[piece], &read, run->memory, slot->notes, &slot->err);
    if (slot->talk)
        slot->codings = qcode_match(worker->matcher, slot->talk, &slot->err);
    if (slot->codings && (!format_segments(job, &worker->rows, slot) || !qcode_notes_complete(slot->notes)))
        qc_no_memory(&slot->err);
}

/* Notes go to the caller and to run.json. `document` may be NULL. */
static bool keep_notes(code_run *run, const char *document, const qcode_notes *notes)
{
    for (size_t i = 0; run->job->folder && notes && i < qcode_notes_count(notes); i++) {
        qc_buffer_string(&run->notes_json, run->notes_json.length ? ",\n    " : "\n    ");
        const qcode_note *note = qcode_notes_at(notes, i);
        qc_put_note(&run->notes_json, document ? "document" : "file",
                    document ? document : qc_base_name(note->source), note);
    }
    return !run->notes_json.failed || qc_no_memory(run->err);
}

static bool put_results(code_run *run, code_slot *slot)
{
    if (run->job->folder) {
        qc_sink_drain(run->folder.segments, &slot->segments);
        qc_sink_drain(run->folder.documents, &slot->document);
    } else {
        qc_sink_drain(run->job->out, &slot->segments);
    }
    qc_csv_table *table = run->job->folder ? run->folder.table : run->table;
    return !table ||
           qc_csv_table_add(table, slot->codings, slot->records.data, (const void *)slot->ends.data, run->err);
}

/* Whether a document that failed so may be left out under keep_going. */
static bool is_refusal(qcode_status status)
{
    return status == QCODE_READ || status == QCODE_ENCODING || status == QCODE_SYNTAX || status == QCODE_INVALID ||
           status == QCODE_LIMIT;
}

static bool take_refused(code_run *run, code_slot *slot)
{
    if (!run->job->keep_going || !is_refusal(slot->err.status)) {
        if (run->err)
            *run->err = slot->err;
        return false;
    }
    run->counter.totals->refused++;
    qc_note_error(slot->notes, &slot->err);
    return true;
}

static bool tell_progress(const code_run *run, size_t done)
{
    const qcode_code_job *job = run->job;
    return !job->progress || job->progress(job->progress_user, done, job->path_count) ||
           qc_fail(run->err, QCODE_STOPPED, NULL, 0, 0, "stopped before it was done");
}

/* The results of one document, in the order of the set. Runs in the calling thread. */
static bool take_document(void *user, size_t slot_index, size_t piece)
{
    code_run *run = user;
    code_slot *slot = &run->slots[slot_index];
    bool coded = slot->err.status == QCODE_OK;
    bool done = coded || take_refused(run, slot);
    qc_case_uses_add(&run->uses, run->names[piece], coded ? slot->talk : NULL);
    if (slot->notes) {
        qc_notes_append(run->notes, slot->notes);
        done = keep_notes(run, run->names[piece], slot->notes) && done;
    }
    if (done && coded)
        done = (qc_counter_add(&run->counter, slot->codings) || qc_no_memory(run->err)) && put_results(run, slot);
    empty_slot(slot);
    return done && tell_progress(run, piece + 1);
}

static bool open_workers(code_run *run)
{
    const qcode_code_job *job = run->job;
    size_t most = job->threads ? job->threads : qc_crew_processors();
    most = most > job->path_count ? job->path_count : most;
    most = most > QC_CREW_MOST ? QC_CREW_MOST : most;
    run->workers = qc_arena_take_array(&run->arena, most, sizeof *run->workers);
    run->slots = qc_arena_take_array(&run->arena, 2 * most, sizeof *run->slots);
    if (!run->workers || !run->slots)
        return qc_no_memory(run->err);
    for (; run->slot_count < 2 * most; run->slot_count++) {
        code_slot *slot = &run->slots[run->slot_count];
        slot->segments = slot->records = slot->ends = slot->document = qc_buffer_init(run->memory);
    }
    for (; run->worker_count < most; run->worker_count++) {
        code_worker *worker = &run->workers[run->worker_count];
        worker->matcher = qcode_matcher_new(run->rules, run->memory, run->err);
        if (!worker->matcher)
            return false;
        qc_rows_init(&worker->rows, job->coder, run->codebook, run->memory);
    }
    return true;
}

/* What a caller must have got right. */
static bool check_job(const qcode_code_job *job, qcode_error *err)
{
    size_t inputs = 0;
    for (size_t i = 0; i < job->path_count; i++)
        inputs += strcmp(job->paths[i], "-") == 0;
    const char *wrong = !job->path_count            ? "no transcripts are given"
                        : !job->folder == !job->out ? "either a folder or a sink is wanted for the results"
                        : job->format == QCODE_FORMAT_JSON ? "segments are written as JSON Lines, CSV or text"
                        : inputs > 1                ? "the standard input can be given once"
                        : qc_utf8_valid(job->coder, strlen(job->coder)) < strlen(job->coder)
                            ? "the coder's name is not UTF-8"
                            : NULL;
    if (wrong)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "%s", wrong);
    return qc_check_read_options(&job->read, err);
}

/* "1.0.0 sha256:ab12cd34ef56", for the column `codebook`. */
static const char *name_codebook(code_run *run, const qcode_codebook *book)
{
    const char *version = qcode_codebook_version(book);
    qc_buffer label = qc_buffer_init(run->memory);
    qc_buffer_print(&label, "%s%ssha256:%.12s", version, *version ? " " : "", qcode_codebook_hash(book));
    const char *copy = label.failed ? NULL : qc_arena_copy(&run->arena, label.data, label.length);
    qc_buffer_clear(&label);
    return copy;
}

static bool open_outputs(code_run *run)
{
    const qcode_code_job *job = run->job;
    if (job->folder)
        return qc_run_folder_open(&run->folder, job, run->memory, run->err);
    if (job->format == QCODE_FORMAT_CSV)
        run->table = qc_csv_table_new(NULL, run->memory, run->err);
    return run->table || job->format != QCODE_FORMAT_CSV;
}

/* Everything that can go wrong before the first document is read. */
static bool open_run(code_run *run, qcode_code_totals *totals)
{
    const qcode_code_job *job = run->job;
    run->codebook = name_codebook(run, job->codebook);
    if (!run->codebook || !qc_case_uses_init(&run->uses, job->read.cases, &run->arena) ||
        !qc_counter_init(&run->counter, job->codebook, run->memory, totals))
        return qc_no_memory(run->err);
    run->names = qc_name_documents(&run->arena, job->paths, job->path_count, run->err);
    run->rules = run->names ? qcode_rules_new(job->codebook, &job->match, run->memory, run->notes, run->err) : NULL;
    if (!run->rules || !keep_notes(run, NULL, run->notes) || !open_workers(run))
        return false;
    run->pipes = qc_pipes_read(job, &run->arena, run->err);
    return run->pipes && tell_progress(run, 0) && open_outputs(run);
}

/* A table for a terminal: strangers' text must not steer it. */
static bool screen_table(code_run *run)
{
    qcode_sink *held = qcode_sink_memory(run->memory, run->err);
    qc_buffer safe = qc_buffer_init(run->memory);
    bool done = held && qc_csv_table_write(run->table, held, run->err) && qcode_sink_finish(held, run->err);
    if (done) {
        size_t length;
        const char *bytes = qcode_sink_bytes(held, &length);
        qc_screen(&safe, bytes, length, true);
        qc_sink_drain(run->job->out, &safe);
    }
    qc_buffer_clear(&safe);
    qcode_sink_free(held);
    return done;
}

static bool put_table(code_run *run)
{
    if (!run->table)
        return true;
    return run->job->screen ? screen_table(run) : qc_csv_table_write(run->table, run->job->out, run->err);
}

static bool close_outputs(code_run *run)
{
    const qcode_code_job *job = run->job;
    if (!job->folder)
        return put_table(run) && qcode_sink_finish(job->out, run->err);
    if (run->notes_json.length)
        qc_buffer_string(&run->notes_json, "\n  ");
    if (run->notes_json.failed)
        return qc_no_memory(run->err);
    qc_run_facts facts = {.job = job,
                          .totals = run->counter.totals,
                          .qcode = qcode_version(),
                          .engines = qcode_engines(),
                          .notes = run->notes_json.data,
                          .notes_length = run->notes_json.length};
    return qc_run_folder_finish(&run->folder, &facts, run->notes, run->err);
}

/* What can be said when all documents are read. */
static bool tell_uses(code_run *run)
{
    qcode_notes *notes = qcode_notes_new(run->memory);
    if (!notes)
        return qc_no_memory(run->err);
    qc_case_uses_tell(&run->uses, notes);
    bool done = qcode_notes_complete(notes) || qc_no_memory(run->err);
    qc_notes_append(run->notes, notes);
    done = done && keep_notes(run, NULL, notes);
    qcode_notes_free(notes);
    return done;
}

static void close_run(code_run *run)
{
    for (size_t i = 0; i < run->slot_count; i++) {
        code_slot *slot = &run->slots[i];
        empty_slot(slot);
        qc_buffer_clear(&slot->segments);
        qc_buffer_clear(&slot->records);
        qc_buffer_clear(&slot->ends);
        qc_buffer_clear(&slot->document);
    }
    for (size_t i = 0; i < run->worker_count; i++) {
        qcode_matcher_free(run->workers[i].matcher);
        qc_rows_clear(&run->workers[i].rows);
    }
    qc_csv_table_free(run->table);
    qc_run_folder_clear(&run->folder);
    qc_counter_clear(&run->counter);
    qcode_rules_free(run->rules);
    qc_buffer_clear(&run->notes_json);
    qc_pipes_clear(run->pipes, run->job->path_count);
    qc_arena_clear(&run->arena);
}

bool qcode_code_set(const qcode_code_job *job, const qcode_memory *memory, qcode_code_totals *totals,
                    qcode_notes *notes, qcode_error *err)
{
    qcode_code_job own = *job;
    if (!own.coder)
        own.coder = "qcode";
    *totals = (qcode_code_totals){.documents = 0};
    if (!check_job(&own, err))
        return false;
    code_run run = {.job = &own, .memory = memory, .notes = notes, .err = err, .arena = qc_arena_init(memory)};
    run.notes_json = qc_buffer_init(memory);
    qc_crew crew = {.count = own.path_count, .work = code_document, .take = take_document, .user = &run};
    bool done = open_run(&run, totals);
    if (done) {
        crew.workers = run.worker_count;
        crew.slots = run.slot_count;
        done = qc_crew_run(&crew) && tell_uses(&run) && close_outputs(&run) &&
               (!notes || qcode_notes_complete(notes) || qc_no_memory(err));
    }
    close_run(&run);
    if (!done)
        qcode_code_totals_clear(totals);
    return done;
}
