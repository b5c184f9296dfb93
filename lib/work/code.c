/* The main job: codes a set of documents in threads and hands the results on in order. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "model/books.h"
#include "model/codings.h"
#include "work/decided.h"
#include "work/documents.h"
#include "work/folder.h"
#include "work/totals.h"
#include "write/csv.h"
#include "write/writer.h"
#include <qcode/version.h>

/* What was made of a file's documents, until it is handed on. */
typedef struct code_slot {
    qc_buffer codings;       /* qcode_codings *, for each document */
    qc_buffer segments;      /* as JSON Lines or as text */
    qc_buffer records, ends; /* as CSV (see write/csv.h) */
    qc_buffer document;      /* lines of documents.jsonl */
    qc_buffer judged;        /* qc_judged: what became of people's decisions on the documents, one behind the other */
    qc_arena words;          /* of these */
} code_slot;

/* A thread's own scratch. */
typedef struct code_worker {
    qcode_matcher **matchers; /* of each codebook's rules */
    qcode_codings **found;    /* by each of them, in one document */
    qc_rows rows;
} code_worker;

typedef struct code_run {
    const qcode_code_job *job;
    const qcode_memory *memory;
    qcode_error *err;
    qc_documents set;
    qcode_rules **rules; /* of each codebook */
    code_slot *slots; /* for each of the set */
    code_worker *workers;
    size_t worker_count;
    qc_counter counter;
    qc_run_folder folder;
    qc_csv_table *table; /* of CSV to a sink */
    qc_decided decided;
    qc_buffer notes_json;
} code_run;

/* What the job's outputs ask for. */
static bool wants(const qcode_code_job *job, qcode_format format)
{
    return job->folder ? format != QCODE_FORMAT_TEXT : format == job->format;
}

static void empty_slot(void *user, size_t slot_index)
{
    code_run *run = user;
    code_slot *slot = &run->slots[slot_index];
    qcode_codings **codings = (void *)slot->codings.data;
    for (size_t i = 0; i < slot->codings.length / sizeof *codings; i++)
        qcode_codings_free(codings[i]);
    slot->codings.length = 0;
    slot->judged.length = 0;
    qc_arena_clear(&slot->words);
    slot->words = qc_arena_init(run->memory);
    slot->segments.length = slot->records.length = slot->ends.length = slot->document.length = 0;
}

static bool format_segments(const qcode_code_job *job, qc_rows *rows, code_slot *slot, const qcode_codings *codings,
                            const qcode_notes *notes)
{
    qc_rows_begin(rows, codings);
    for (const qc_row *row; (row = qc_rows_next(rows));) {
        if (wants(job, QCODE_FORMAT_JSONL))
            qc_put_row_json(&slot->segments, row, &qc_segment_layout);
        if (wants(job, QCODE_FORMAT_TEXT) && job->context)
            qc_put_segment_context(&slot->segments, row, job->context, job->color);
        else if (wants(job, QCODE_FORMAT_TEXT))
            qc_put_segment_text(&slot->segments, row, job->color);
        if (wants(job, QCODE_FORMAT_CSV)) {
            qc_put_row_csv(&slot->records, row, &qc_segment_layout);
            const qc_csv_end end = {slot->records.length, row->speaker};
            qc_buffer_append(&slot->ends, &end, sizeof end);
        }
    }
    if (job->folder)
        qc_put_document(&slot->document, qcode_codings_transcript(codings), notes);
    return !rows->failed && !slot->segments.failed && !slot->records.failed && !slot->ends.failed &&
           !slot->document.failed;
}

/* What the codebooks find in a transcript, together. */
static qcode_codings *code_transcript(code_worker *worker, size_t books, const qcode_transcript *talk, qcode_error *err)
{
    for (size_t i = 0; i < books; i++) {
        worker->found[i] = qcode_match(worker->matchers[i], talk, err);
        if (worker->found[i])
            continue;
        while (i)
            qcode_codings_free(worker->found[--i]);
        return NULL;
    }
    return qc_codings_join(worker->found, books, err);
}

/* People's decisions on what was found. */
static bool judge(const qcode_code_job *job, code_slot *slot, qcode_codings *codings)
{
    size_t before = slot->judged.length;
    if (!job->decisions)
        return true;
    if (!qc_place_decisions(job->decisions, job->codebooks, qcode_codings_transcript(codings), &slot->words, &slot->judged))
        return false;
    const qc_judged *judged = (const void *)(slot->judged.length ? slot->judged.data + before : NULL);
    return qc_apply_decisions(codings, judged, (slot->judged.length - before) / sizeof *judged);
}

/* The documents of a file, from their transcripts to their formatted segments. Runs in any thread. */
static bool code_documents(void *user, size_t worker_index, size_t slot_index, qc_file *file)
{
    code_run *run = user;
    code_worker *worker = &run->workers[worker_index];
    code_slot *slot = &run->slots[slot_index];
    bool done = true;
    for (const qcode_transcript *talk = file->talk; done && talk; talk = qcode_transcript_next(talk)) {
        qcode_codings *codings = code_transcript(worker, run->job->codebooks.count, talk, &file->err);
        if (!codings)
            return false;
        done = qc_buffer_append(&slot->codings, &codings, sizeof codings) && judge(run->job, slot, codings) &&
               format_segments(run->job, &worker->rows, slot, codings, file->notes);
        if (slot->codings.failed)
            qcode_codings_free(codings);
    }
    return done || qc_no_memory(&file->err);
}

/* Notes go to run.json too. `document` may be NULL. */
static bool keep_note(void *user, const char *document, const qcode_note *note)
{
    code_run *run = user;
    if (!run->job->folder)
        return true;
    qc_buffer_string(&run->notes_json, run->notes_json.length ? ",\n    " : "\n    ");
    qc_put_note(&run->notes_json, document ? "document" : "file", document ? document : qc_base_name(note->source), note);
    return !run->notes_json.failed || qc_no_memory(run->err);
}

static void put_results(code_run *run, code_slot *slot)
{
    if (run->job->folder) {
        qc_sink_drain(run->folder.segments, &slot->segments);
        qc_sink_drain(run->folder.documents, &slot->document);
    } else {
        qc_sink_drain(run->job->out, &slot->segments);
    }
}

/* What became of the decisions on one of a slot's documents: those that name it. */
static bool take_judged(code_run *run, const code_slot *slot, const qcode_transcript *talk, size_t *from)
{
    const qc_judged *judged = (const void *)slot->judged.data;
    size_t all = slot->judged.length / sizeof *judged, count = 0;
    while (*from + count < all && strcmp(judged[*from + count].given->document, qcode_transcript_name(talk)) == 0)
        count++;
    const qc_judged *first = count ? &judged[*from] : NULL;
    *from += count;
    return !run->decided.given || qc_decided_add(&run->decided, talk, first, count);
}

static bool take_documents(void *user, size_t slot_index, const qc_file *file)
{
    code_run *run = user;
    code_slot *slot = &run->slots[slot_index];
    qcode_codings *const *codings = (const void *)slot->codings.data;
    qc_csv_table *table = run->job->folder ? run->folder.table : run->table;
    const qc_csv_end *ends = (const void *)slot->ends.data;
    bool done = true;
    size_t taken = 0, start = 0, judged = 0;
    (void)file;
    for (size_t i = 0; done && i < slot->codings.length / sizeof(qcode_codings *); i++) {
        size_t count = qcode_codings_count(codings[i]);
        if (!qc_counter_add(&run->counter, codings[i]) ||
            !take_judged(run, slot, qcode_codings_transcript(codings[i]), &judged))
            return qc_no_memory(run->err);
        if (!table)
            continue;
        done = qc_csv_table_add(table, qcode_codings_transcript(codings[i]), slot->records.data, start,
                                count ? &ends[taken] : NULL, count, run->err);
        taken += count;
        start = taken ? ends[taken - 1].end : 0;
    }
    put_results(run, slot);
    return done;
}

static bool open_worker(code_run *run, code_worker *worker)
{
    size_t books = run->job->codebooks.count;
    qc_rows_init(&worker->rows, run->job->coder, run->memory);
    worker->matchers = qc_arena_take_array(&run->set.arena, books, sizeof *worker->matchers);
    worker->found = qc_arena_take_array(&run->set.arena, books, sizeof *worker->found);
    if (!worker->matchers || !worker->found)
        return qc_no_memory(run->err);
    for (size_t i = 0; i < books; i++)
        if (!(worker->matchers[i] = qcode_matcher_new(run->rules[i], run->memory, run->err)))
            return false;
    return true;
}

static bool open_workers(code_run *run)
{
    size_t slots = run->set.slot_count, workers = run->set.worker_count;
    run->workers = qc_arena_take_array(&run->set.arena, workers, sizeof *run->workers);
    run->slots = qc_arena_take_array(&run->set.arena, slots, sizeof *run->slots);
    if (!run->workers || !run->slots)
        return qc_no_memory(run->err);
    for (size_t i = 0; i < slots; i++) {
        code_slot *slot = &run->slots[i];
        slot->codings = slot->segments = slot->records = slot->ends = slot->document = slot->judged =
            qc_buffer_init(run->memory);
        slot->words = qc_arena_init(run->memory);
    }
    bool done = true;
    while (done && run->worker_count < workers)
        done = open_worker(run, &run->workers[run->worker_count++]);
    return done;
}

/* What a caller must have got right. */
static bool check_job(const qcode_code_job *job, qcode_error *err)
{
    const char *wrong = !job->folder == !job->out ? "either a folder or a sink is wanted for the results"
                        : job->format == QCODE_FORMAT_JSON || job->format == QCODE_FORMAT_XLSX
                            ? "segments are written as JSON Lines, CSV or text"
                        : qc_utf8_valid(job->coder, strlen(job->coder)) < strlen(job->coder)
                            ? "the coder's name is not UTF-8"
                            : NULL;
    return wrong ? qc_fail(err, QCODE_USAGE, NULL, 0, 0, "%s", wrong) : qc_books_check(job->codebooks, err);
}

static bool open_outputs(code_run *run)
{
    const qcode_code_job *job = run->job;
    if (job->folder)
        return qc_run_folder_open(&run->folder, job, run->memory, run->err);
    if (job->format == QCODE_FORMAT_CSV)
        run->table = qc_csv_table_new(&qc_segment_layout, NULL, run->memory, run->err);
    return run->table || job->format != QCODE_FORMAT_CSV;
}

/* What is known before the first document: of the codebook, of the study. */
static bool keep_first_notes(code_run *run)
{
    bool done = true;
    for (size_t i = 0; run->set.notes && done && i < qcode_notes_count(run->set.notes); i++)
        done = keep_note(run, NULL, qcode_notes_at(run->set.notes, i));
    return done;
}

/* The rules of all codebooks; what is wrong with any pattern is noted. */
static bool make_rules(code_run *run)
{
    const qcode_codebooks books = run->job->codebooks;
    run->rules = qc_arena_take_array(&run->set.arena, books.count, sizeof *run->rules);
    for (size_t i = 0; run->rules && i < books.count; i++) {
        run->rules[i] = qcode_rules_new(books.at[i], &run->job->match, run->memory, run->set.notes, run->err);
        if (!run->rules[i])
            return false;
    }
    return run->rules || qc_no_memory(run->err);
}

/* Everything that can go wrong before the first document is read. */
static bool open_run(code_run *run, qcode_code_totals *totals)
{
    const qcode_code_job *job = run->job;
    if (!qc_documents_open(&run->set))
        return false;
    if (!qc_counter_init(&run->counter, job->codebooks, run->memory, totals))
        return qc_no_memory(run->err);
    return qc_decided_init(&run->decided, job->decisions, run->memory, run->err) && make_rules(run) &&
           keep_first_notes(run) && open_workers(run) && qc_documents_begin(&run->set) && open_outputs(run);
}

/* What is known of the decisions when all documents were seen. */
static bool end_decisions(code_run *run)
{
    qcode_notes *notes = qcode_notes_new(run->memory);
    bool done = notes && qc_decided_end(&run->decided);
    if (done)
        qc_decided_tell(&run->decided, notes);
    run->counter.totals->unplaced = qc_decided_unplaced(&run->decided);
    for (size_t i = 0; done && i < qcode_notes_count(notes); i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        done = keep_note(run, *note->source ? note->source : NULL, note);
    }
    done = done && qcode_notes_complete(notes);
    if (done)
        qc_notes_append(run->set.notes, notes);
    qcode_notes_free(notes);
    return done || qc_no_memory(run->err);
}

static bool close_outputs(code_run *run)
{
    const qcode_code_job *job = run->job;
    if (job->decisions && !end_decisions(run))
        return false;
    if (!job->folder)
        return (!run->table || qc_csv_table_write(run->table, job->screen, job->out, run->err)) &&
               qcode_sink_finish(job->out, run->err);
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
    qc_buffer kept = qc_buffer_init(run->memory), lost = qc_buffer_init(run->memory);
    bool done = !job->decisions || qc_decided_put(&run->decided, &kept, &lost) || qc_no_memory(run->err);
    if (done && job->decisions) {
        facts.decisions = kept.data ? kept.data : "";
        facts.decisions_length = kept.length;
        facts.unplaced = lost.data;
        facts.unplaced_length = lost.length;
    }
    done = done && qc_run_folder_finish(&run->folder, &facts, run->set.notes, run->err);
    qc_buffer_clear(&kept);
    qc_buffer_clear(&lost);
    return done;
}

static void close_run(code_run *run)
{
    for (size_t i = 0; run->slots && i < run->set.slot_count; i++) {
        code_slot *slot = &run->slots[i];
        empty_slot(run, i);
        qc_buffer_clear(&slot->codings);
        qc_buffer_clear(&slot->segments);
        qc_buffer_clear(&slot->records);
        qc_buffer_clear(&slot->ends);
        qc_buffer_clear(&slot->document);
        qc_buffer_clear(&slot->judged);
        qc_arena_clear(&slot->words);
    }
    for (size_t i = 0; i < run->worker_count; i++) {
        for (size_t k = 0; run->workers[i].matchers && k < run->job->codebooks.count; k++)
            qcode_matcher_free(run->workers[i].matchers[k]);
        qc_rows_clear(&run->workers[i].rows);
    }
    qc_csv_table_free(run->table);
    qc_run_folder_clear(&run->folder);
    qc_counter_clear(&run->counter);
    qc_decided_clear(&run->decided);
    for (size_t i = 0; run->rules && i < run->job->codebooks.count; i++)
        qcode_rules_free(run->rules[i]);
    qc_buffer_clear(&run->notes_json);
    qc_documents_clear(&run->set);
}

/* The guide of the first codebook that has one is used where none was given; `*guide` is to be freed. */
static bool take_guide(qcode_code_job *job, qcode_guide **guide, const qcode_memory *memory, qcode_error *err)
{
    size_t count = 0;
    const char *const *questions = NULL;
    for (size_t i = 0; !count && i < job->codebooks.count; i++)
        questions = qcode_codebook_guide(job->codebooks.at[i], &count);
    *guide = NULL;
    if (job->inputs.read.guide || !count)
        return true;
    job->inputs.read.guide = *guide = qcode_guide_new(questions, count, memory, err);
    return *guide != NULL;
}

bool qcode_code_set(const qcode_code_job *job, const qcode_memory *memory, qcode_code_totals *totals,
                    qcode_notes *notes, qcode_error *err)
{
    qcode_code_job own = *job;
    if (!own.coder)
        own.coder = "qcode";
    own.inputs.read.no_hash = !own.folder; /* documents.jsonl alone tells it */
    *totals = (qcode_code_totals){.documents = 0};
    qcode_guide *guide;
    if (!check_job(&own, err) || !take_guide(&own, &guide, memory, err))
        return false;
    code_run run = {.job = &own, .memory = memory, .err = err, .notes_json = qc_buffer_init(memory)};
    run.set = (qc_documents){.inputs = &own.inputs, .memory = memory, .notes = notes, .err = err, .user = &run,
                             .make = code_documents, .take = take_documents, .empty = empty_slot, .tell = keep_note};
    bool done = open_run(&run, totals) && qc_documents_run(&run.set);
    totals->refused = run.set.refused;
    done = done && close_outputs(&run) && (!notes || qcode_notes_complete(notes) || qc_no_memory(err));
    close_run(&run);
    qcode_guide_free(guide);
    if (!done)
        qcode_code_totals_clear(totals);
    return done;
}
