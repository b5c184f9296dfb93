/* A run's folder after a change of codes: its segments, decisions, codebooks, counts and report, as if it had been made
 * so. */
#include "base/error.h"
#include "base/sha256.h"
#include "model/books.h"
#include "read/recode.h"
#include "read/run.h"
#include "work/recoding.h"
#include "work/redo.h"
#include "work/run_json.h"
#include "write/report.h"
#include "write/writer.h"

#include <stdio.h>
#include <unistd.h>

enum { SEGMENTS_JSON, SEGMENTS_CSV, DECISIONS, UNPLACED, CODED, DOCUMENTS = CODED, RUN_JSON, FILES };
static const char *const names[FILES] = {"segments.jsonl",           "segments.csv",    "decisions.jsonl",
                                         "decisions-unplaced.jsonl", "documents.jsonl", "run.json"};

typedef struct folder_work {
    const qcode_recode_job *job;
    const char *folder;
    const qcode_memory *memory;
    qcode_error *err;
    qc_arena arena, *kept;
    qc_run *run;
    qc_run_books books;
    size_t book;            /* which of them is changed */
    qcode_codebook *now;    /* what it is then */
    qc_buffer book_text, report, json, note;
    qc_bytes before[FILES];
    qc_buffer after[CODED];
    qc_redo redo;
    qcode_code_totals totals;
} folder_work;

/* The book that has the code; one of a run's books has all codes that are changed together. */
static bool find_book(folder_work *w)
{
    for (w->book = 0; w->book < w->books.count; w->book++)
        if (qcode_codebook_find(w->books.at[w->book], w->job->codes[0]))
            return true;
    return qc_fail(w->err, QCODE_INVALID, w->folder, 0, 0, "no codebook of the run has a code \"%s\"", w->job->codes[0]);
}

static bool open_folder(folder_work *w)
{
    w->run = qc_read_whole_run(w->folder, w->memory, w->err);
    bool done = w->run != NULL;
    for (size_t i = 0; done && i < FILES; i++)
        if ((i != DECISIONS && i != UNPLACED) || qc_run_names(w->run, names[i]))
            done = qc_read_run_file(w->folder, names[i], w->memory, &w->before[i], w->err);
    return done && qc_read_run_books(w->run, w->folder, w->memory, &w->books, NULL, w->err) && find_book(w) &&
           qc_recode_book(w->job, w->books.at[w->book], w->folder, w->memory, &w->book_text, &w->now, w->err);
}

static const char *text_of(const qc_bytes *bytes)
{
    return bytes->data ? (const char *)bytes->data : "";
}

/* What people decided, with the new codes. */
static bool recode_decisions(folder_work *w, qc_recode_map *map, qcode_recoded *count)
{
    bool done = true;
    for (size_t i = DECISIONS; done && i <= UNPLACED; i++) {
        qcode_recoded of_file = {0};
        done = qc_recode_decisions(map, text_of(&w->before[i]), w->before[i].length, &w->after[i], &of_file);
        count->dropped += of_file.dropped;
    }
    return done;
}

/* Segments and decisions with their new codes, segments still in the old order. */
static bool recode_codings(folder_work *w, qcode_table *sheet, qcode_recoded *count)
{
    qc_recode_map map;
    qcode_recoded again = {0};
    bool done = qc_recode_map_init(&map, w->job, w->books.at[w->book], w->now, w->memory, w->err);
    map.sheet = sheet;
    map.path = w->folder;
    done = done && qc_recode_segments(&map, text_of(&w->before[SEGMENTS_JSON]), w->before[SEGMENTS_JSON].length,
                                      &w->after[SEGMENTS_JSON], count);
    map.sheet = NULL; /* they are the same passages */
    done = done && qc_recode_table(&map, text_of(&w->before[SEGMENTS_CSV]), w->before[SEGMENTS_CSV].length,
                                   &w->after[SEGMENTS_CSV], &again) &&
           recode_decisions(w, &map, count);
    qc_recode_map_clear(&map);
    return done;
}

/* Puts the segments in the order of the changed codebook, and counts them. */
static bool count_documents(folder_work *w)
{
    const char *text = text_of(&w->before[DOCUMENTS]);
    size_t left = w->before[DOCUMENTS].length, number = 1;
    bool done = true;
    for (; done && left; number++) {
        const char *feed = memchr(text, '\n', left);
        size_t length = feed ? (size_t)(feed - text) + 1 : left;
        qc_arena arena = qc_arena_init(w->memory);
        qcode_transcript *talk = qc_restore_transcript(text, length, number, &arena, w->err);
        done = talk && (qc_transcript_close(talk) || qc_no_memory(w->err)) && qc_redo_document(&w->redo, talk);
        qcode_transcript_free(talk);
        qc_arena_clear(&arena);
        text += length;
        left -= length;
    }
    return done;
}

static bool redo_segments(folder_work *w)
{
    qc_buffer json = w->after[SEGMENTS_JSON], csv = w->after[SEGMENTS_CSV];
    w->after[SEGMENTS_JSON] = qc_buffer_init(w->memory);
    w->after[SEGMENTS_CSV] = qc_buffer_init(w->memory);
    qcode_codebook *old = w->books.at[w->book];
    w->books.at[w->book] = w->now;
    w->now = old;
    const qcode_codebooks books = {w->books.at, w->books.count};
    bool done = qc_redo_init(&w->redo, books, json.data ? json.data : "", json.length, csv.data ? csv.data : "", csv.length,
                             w->memory, &w->totals, w->err) &&
                count_documents(w) && qc_redo_csv(&w->redo, &w->after[SEGMENTS_CSV]);
    if (done) {
        qc_buffer empty = w->after[SEGMENTS_JSON];
        w->after[SEGMENTS_JSON] = w->redo.json_out;
        w->redo.json_out = empty;
        w->totals.refused = w->run->counts.refused;
        w->totals.vetoed = w->run->counts.vetoed;
        w->totals.unplaced = w->run->counts.unplaced;
    }
    qc_redo_clear(&w->redo);
    qc_buffer_clear(&json);
    qc_buffer_clear(&csv);
    return done;
}

/* What the report and run.json say of it. */
static bool make_note(folder_work *w)
{
    qc_buffer text = qc_buffer_init(w->memory);
    qc_buffer_string(&text, "codes were changed after the run: ");
    qc_put_recoding(&text, w->job);
    qc_buffer_print(&text, " (%s, %s)", w->job->by, w->job->on);
    const char *words = qc_buffer_text(&text);
    const qcode_note note = {.kind = QCODE_NOTE_INFO, .text = words};
    bool done = words && qc_put_note(&w->note, "file", qc_books_file(w->book), &note) && qc_buffer_text(&w->note);
    qc_buffer_clear(&text);
    return done || qc_no_memory(w->err);
}

static void fill_file(qc_out_file *file, const char *name, const qc_buffer *text)
{
    file->name = name;
    file->bytes = text->length;
    qc_sha256_of(text->data, text->length, file->hash);
}

/* run.json; `report` is NULL while it is not made again. */
static bool make_json(folder_work *w, const qc_buffer *report)
{
    const qcode_codebooks books = {w->books.at, w->books.count};
    qc_out_file *files = qc_arena_take_array(&w->arena, w->run->file_count + 1, sizeof *files);
    size_t count = 0;
    if (!files)
        return qc_no_memory(w->err);
    for (size_t i = 0; i < w->run->file_count; i++) {
        const qc_run_file *old = &w->run->files[i];
        bool is_report = strcmp(old->name, "report.html") == 0;
        const qc_buffer *now = is_report                                           ? report
                               : strcmp(old->name, qc_books_file(w->book)) == 0 ? &w->book_text
                                                                                  : NULL;
        for (size_t k = 0; k < CODED; k++)
            now = strcmp(old->name, names[k]) == 0 ? &w->after[k] : now;
        if (is_report && !report)
            continue;
        files[count] = (qc_out_file){.name = old->name, .bytes = old->bytes};
        snprintf(files[count].hash, sizeof files[count].hash, "%s", old->hash);
        if (now)
            fill_file(&files[count], old->name, now);
        count++;
    }
    const qc_run_changes changes = {&books, &w->totals, w->note.data, files, count};
    w->json.length = 0;
    return qc_change_run_json(text_of(&w->before[RUN_JSON]), w->before[RUN_JSON].length, &changes, &w->arena, &w->json,
                              w->err);
}

static bool make_report(folder_work *w)
{
    const qcode_codebooks books = {w->books.at, w->books.count};
    if (!make_json(w, NULL) || !qc_run_names(w->run, "report.html"))
        return !w->json.failed && w->json.length;
    qc_run *run = qc_parse_run(&w->json, &w->after[SEGMENTS_JSON], w->before[DOCUMENTS].data, w->before[DOCUMENTS].length,
                               w->memory, w->err);
    qcode_sink *sink = run ? qcode_sink_memory(w->memory, w->err) : NULL;
    if (sink)
        qc_write_report(run, books, sink);
    bool done = sink && qcode_sink_finish(sink, w->err);
    size_t length = 0;
    const char *bytes = done ? qcode_sink_bytes(sink, &length) : NULL;
    done = done && (qc_buffer_append(&w->report, bytes, length) || qc_no_memory(w->err));
    qcode_sink_free(sink);
    qc_run_free(run);
    return done && make_json(w, &w->report);
}

/* One file, with what it holds now. */
static bool keep_file(folder_work *w, const char *name, qc_buffer *text, qc_buffer *files)
{
    qc_buffer path = qc_buffer_init(w->memory);
    qc_bytes bytes = {.memory = w->memory};
    qc_new_file file = {.path = NULL};
    const char *joined = qc_path_in(&path, w->folder, name);
    bool done = joined ? access(joined, F_OK) != 0 || qc_read_run_file(w->folder, name, w->memory, &bytes, w->err)
                       : qc_no_memory(w->err);
    if (done) {
        file.path = qc_arena_string(w->kept, joined);
        file.before = qc_arena_copy(w->kept, text_of(&bytes), bytes.length);
        file.length = bytes.length;
        file.text = *text;
        done = (file.path && file.before && qc_buffer_append(files, &file, sizeof file)) || qc_no_memory(w->err);
        if (done)
            *text = qc_buffer_init(w->memory);
    }
    qc_bytes_clear(&bytes);
    qc_buffer_clear(&path);
    return done;
}

static bool keep_files(folder_work *w, qc_buffer *files)
{
    bool done = true;
    for (size_t i = 0; done && i < CODED; i++)
        done = !qc_run_names(w->run, names[i]) || keep_file(w, names[i], &w->after[i], files);
    done = done && keep_file(w, qc_books_file(w->book), &w->book_text, files);
    if (done && w->report.length)
        done = keep_file(w, "report.html", &w->report, files);
    return done && keep_file(w, names[RUN_JSON], &w->json, files);
}

bool qc_recode_folder(const qcode_recode_job *job, const char *folder, qcode_table *sheet, qc_arena *arena,
                      qc_buffer *files, qcode_recoded *count, const qcode_memory *memory, qcode_error *err)
{
    folder_work w = {.job = job, .folder = folder, .memory = memory, .err = err, .arena = qc_arena_init(memory),
                     .kept = arena};
    qc_buffer *const buffers[] = {&w.book_text, &w.report, &w.json, &w.note};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        *buffers[i] = qc_buffer_init(memory);
    for (size_t i = 0; i < CODED; i++)
        w.after[i] = qc_buffer_init(memory);
    for (size_t i = 0; i < FILES; i++)
        w.before[i] = (qc_bytes){.memory = memory};
    bool done = open_folder(&w) && recode_codings(&w, sheet, count) && redo_segments(&w) && make_note(&w) &&
                make_report(&w) && keep_files(&w, files);
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        qc_buffer_clear(buffers[i]);
    for (size_t i = 0; i < CODED; i++)
        qc_buffer_clear(&w.after[i]);
    for (size_t i = 0; i < FILES; i++)
        qc_bytes_clear(&w.before[i]);
    qcode_code_totals_clear(&w.totals);
    qcode_codebook_free(w.now);
    qc_run_books_clear(&w.books);
    qc_run_free(w.run);
    qc_arena_clear(&w.arena);
    return done;
}
