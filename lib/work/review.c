/* The review page of a complete run's folder. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"
#include "read/run.h"
#include "write/review.h"
#include <qcode/review.h>

/* What the page takes as it is. */
typedef struct review_files {
    qc_bytes run, documents, segments;
    qcode_decisions *decisions; /* NULL: none */
} review_files;

static bool read_files(const qcode_review_job *job, const qcode_memory *memory, review_files *files, qcode_error *err)
{
    return qc_read_run_file(job->folder, "run.json", memory, &files->run, err) &&
           qc_read_run_file(job->folder, "documents.jsonl", memory, &files->documents, err) &&
           (job->blind || qc_read_run_file(job->folder, "segments.jsonl", memory, &files->segments, err));
}

static bool read_decisions(const qcode_review_job *job, const qcode_memory *memory, review_files *files, qcode_notes *notes,
                           qcode_error *err)
{
    if (!job->decisions)
        return true;
    files->decisions = qcode_decisions_new(memory, err);
    return files->decisions && qcode_decisions_read(files->decisions, job->decisions, notes, err);
}

static void clear_files(review_files *files)
{
    qc_bytes_clear(&files->run);
    qc_bytes_clear(&files->documents);
    qc_bytes_clear(&files->segments);
    qcode_decisions_free(files->decisions);
}

static bool write_page(const qcode_review_job *job, const qc_run *run, qcode_codebooks books, const review_files *files,
                       qcode_error *err)
{
    char hash[65];
    qc_sha256_of(files->run.data, files->run.length, hash);
    const qc_review review = {
        .run = run,
        .books = books,
        .hash = hash,
        .documents = (const char *)files->documents.data,
        .documents_length = files->documents.length,
        .segments = files->segments.data ? (const char *)files->segments.data : "",
        .segments_length = files->segments.length,
        .decisions = files->decisions,
        .coder = job->coder,
        .blind = job->blind,
    };
    return qc_write_review(&review, job->out, err) && qcode_sink_finish(job->out, err);
}

bool qcode_review(const qcode_review_job *job, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    review_files files = {.run = {.memory = memory}, .documents = {.memory = memory}, .segments = {.memory = memory}};
    qc_run_books books = {.count = 0};
    qc_run *run = qc_read_whole_run(job->folder, memory, err);
    bool done = run && qc_read_run_books(run, job->folder, memory, &books, notes, err) &&
                read_files(job, memory, &files, err) && read_decisions(job, memory, &files, notes, err) &&
                write_page(job, run, (qcode_codebooks){books.at, books.count}, &files, err);
    clear_files(&files);
    qc_run_books_clear(&books);
    qc_run_free(run);
    return done;
}
