/* The review page of a complete run's folder. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"
#include "model/transcript.h"
#include "read/restore.h"
#include "read/run.h"
#include "work/decided.h"
#include "write/review.h"
#include <qcode/review.h>

/* What a page is made of. */
typedef struct review {
    const qcode_review_job *job;
    const qcode_memory *memory;
    qcode_error *err;
    qc_run *run;
    qc_run_books books;
    qc_bytes json, documents, segments; /* as they are in the folder */
    qcode_decisions *given;
    qc_decided decided; /* the same at their places, their words as they may be shown */
} review;

static bool read_files(review *page)
{
    const char *folder = page->job->folder;
    return qc_read_run_file(folder, "run.json", page->memory, &page->json, page->err) &&
           qc_read_run_file(folder, "documents.jsonl", page->memory, &page->documents, page->err) &&
           (page->job->blind || qc_read_run_file(folder, "segments.jsonl", page->memory, &page->segments, page->err));
}

/* A file of decisions in the folder, when its run had any. */
static bool read_kept_decisions(review *page, const char *name, qcode_notes *notes)
{
    qc_bytes bytes = {.memory = page->memory};
    size_t i = 0;
    while (i < page->run->file_count && strcmp(page->run->files[i].name, name) != 0)
        i++;
    bool done = i == page->run->file_count ||
                (qc_read_run_file(page->job->folder, name, page->memory, &bytes, page->err) &&
                 qcode_decisions_parse(page->given, bytes.data, bytes.length, name, notes, page->err));
    qc_bytes_clear(&bytes);
    return done;
}

static bool read_decisions(review *page, qcode_notes *notes)
{
    const char *path = page->job->decisions;
    page->given = qcode_decisions_new(page->memory, page->err);
    return page->given && read_kept_decisions(page, "decisions.jsonl", notes) &&
           read_kept_decisions(page, "decisions-unplaced.jsonl", notes) &&
           (!path || qcode_decisions_read(page->given, path, notes, page->err));
}

/* Puts the decisions on a document, a line of documents.jsonl, where their words stand in it. */
static bool place_on(review *page, const char *line, size_t length, size_t number)
{
    qc_arena arena = qc_arena_init(page->memory);
    qc_buffer judged = qc_buffer_init(page->memory);
    qcode_transcript *talk = qc_restore_transcript(line, length, number, &arena, page->err);
    const qcode_codebooks books = {page->books.at, page->books.count};
    bool done = talk && ((qc_place_decisions(page->given, books, talk, &arena, &judged) &&
                          qc_decided_add(&page->decided, talk, (const void *)judged.data,
                                         judged.length / sizeof(qc_judged))) ||
                         qc_no_memory(page->err));
    qcode_transcript_free(talk);
    qc_buffer_clear(&judged);
    qc_arena_clear(&arena);
    return done;
}

/* Those that stand nowhere go with the others: the page lists them. */
static bool keep_lost(review *page)
{
    const qc_lost_decision *lost = (const void *)page->decided.lost.data;
    bool done = true;
    for (size_t i = 0; done && i < page->decided.lost.length / sizeof *lost; i++)
        done = qc_decisions_append(page->decided.kept, &lost[i].decision);
    if (done)
        qc_decisions_settle(page->decided.kept);
    return done;
}

static bool place_decisions(review *page, qcode_notes *notes)
{
    if (!qcode_decisions_count(page->given))
        return true;
    bool done = qc_decided_init(&page->decided, page->given, page->memory, page->err);
    const char *line = (const char *)page->documents.data, *end = line + page->documents.length;
    for (size_t number = 1; done && line < end; number++) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((feed ? feed : end) - line);
        done = place_on(page, line, length, number);
        line += length + 1;
    }
    if (!done)
        return false;
    if (!qc_decided_end(&page->decided) || !keep_lost(page))
        return qc_no_memory(page->err);
    qc_decided_tell(&page->decided, notes);
    return true;
}

static bool write_page(review *page)
{
    char hash[65];
    qc_sha256_of(page->json.data, page->json.length, hash);
    const qc_review facts = {
        .run = page->run,
        .books = {page->books.at, page->books.count},
        .hash = hash,
        .documents = (const char *)page->documents.data,
        .documents_length = page->documents.length,
        .segments = page->segments.data ? (const char *)page->segments.data : "",
        .segments_length = page->segments.length,
        .decisions = page->decided.kept,
        .coder = page->job->coder,
        .blind = page->job->blind,
    };
    return qc_write_review(&facts, page->job->out, page->err) && qcode_sink_finish(page->job->out, page->err);
}

bool qcode_review(const qcode_review_job *job, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    const qc_bytes empty = {.memory = memory};
    review page = {.job = job, .memory = memory, .err = err, .json = empty, .documents = empty, .segments = empty,
                   .decided = {.lost = qc_buffer_init(memory), .left_out = qc_set_init(memory)}};
    page.run = qc_read_whole_run(job->folder, memory, err);
    bool done = page.run && qc_read_run_books(page.run, job->folder, memory, &page.books, notes, err) &&
                read_files(&page) && read_decisions(&page, notes) && place_decisions(&page, notes) && write_page(&page);
    qc_decided_clear(&page.decided);
    qcode_decisions_free(page.given);
    qc_bytes_clear(&page.json);
    qc_bytes_clear(&page.documents);
    qc_bytes_clear(&page.segments);
    qc_run_books_clear(&page.books);
    qc_run_free(page.run);
    return done;
}
