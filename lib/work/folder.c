/* Writing a run's folder. */
#include "work/folder.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/sink.h"
#include "model/books.h"
#include "read/run.h"
#include "write/report.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Begin and end put the names of all files of a run on the disk. */
static qcode_sink *open_file(const qc_run_folder *folder, const char *name, qcode_error *err)
{
    qc_buffer path = qc_buffer_init(folder->memory);
    const char *text = qc_path_in(&path, folder->path, name);
    qcode_sink *sink = text ? qcode_sink_file(text, folder->memory, err) : NULL;
    if (!text)
        qc_no_memory(err);
    if (sink)
        qc_sink_leave_folder(sink);
    qc_buffer_clear(&path);
    return sink;
}

/* Ends a file and notes it for run.json. The sink is freed in any case. */
static bool close_file(qc_run_folder *folder, qcode_sink **sink, const char *name, qcode_error *err)
{
    bool done = *sink && qcode_sink_finish(*sink, err);
    if (done) {
        qc_out_file *file = &folder->files[folder->file_count++];
        *file = (qc_out_file){.name = name, .bytes = qc_sink_length(*sink)};
        qc_sink_hash(*sink, file->hash);
    }
    qcode_sink_free(*sink);
    *sink = NULL;
    return done;
}

bool qc_run_folder_put(qc_run_folder *folder, const char *name, const void *data, size_t length, qcode_error *err)
{
    qcode_sink *sink = open_file(folder, name, err);
    if (sink)
        qcode_sink_write(sink, data, length);
    return close_file(folder, &sink, name, err);
}

static bool make_folder(const char *path, qcode_error *err)
{
    struct stat about;
    if (stat(path, &about) == 0)
        return S_ISDIR(about.st_mode) || qc_fail(err, QCODE_WRITE, path, 0, 0, "is not a folder");
    return mkdir(path, 0777) == 0 || errno == EEXIST ||
           qc_fail_errno(err, QCODE_WRITE, path, "cannot make the folder");
}

static bool remove_file(const qc_run_folder *folder, const char *name, qcode_error *err)
{
    qc_buffer path = qc_buffer_init(folder->memory);
    const char *text = qc_path_in(&path, folder->path, name);
    bool done = text ? unlink(text) == 0 || errno == ENOENT || qc_fail_errno(err, QCODE_WRITE, text, "cannot replace")
                     : qc_no_memory(err);
    qc_buffer_clear(&path);
    return done;
}

/* Stands in the folder while old files and new ones may lie side by side. */
#define UNFINISHED "run.unfinished"

/* The files of a run; those before RUN_MARKS say by being there that the others are of a run. */
static const char *const names[] = {"run.json",        UNFINISHED,      "segments.jsonl", "segments.csv",
                                    "documents.jsonl", "codebook.yaml", "report.html",
                                    "study.yaml",      "guide.txt",     "codebook-2.yaml",
                                    "codebook-3.yaml", "codebook-4.yaml", "codebook-5.yaml",
                                    "codebook-6.yaml", "codebook-7.yaml", "codebook-8.yaml",
                                    "codebook-9.yaml", "decisions.jsonl",
                                    "decisions-unplaced.jsonl"};
enum { NAMES = sizeof names / sizeof *names, RUN_MARKS = 2, FIRST_OF_SOME_RUNS = 7 };

/* What stands at the names now. */
typedef struct standing {
    bool is_there[NAMES];
    struct stat about[NAMES];
} standing;

static bool refuse(const qc_run_folder *folder, const char *name, const char *why, qcode_error *err)
{
    qc_buffer path = qc_buffer_init(folder->memory);
    const char *text = qc_path_in(&path, folder->path, name);
    if (text)
        qc_fail(err, QCODE_WRITE, text, 0, 0, "%s", why);
    else
        qc_no_memory(err);
    qc_buffer_clear(&path);
    return false;
}

static bool look_around(const qc_run_folder *folder, standing *now, qcode_error *err)
{
    qc_buffer path = qc_buffer_init(folder->memory);
    const char *text = "";
    for (size_t i = 0; text && i < NAMES; i++) {
        text = qc_path_in(&path, folder->path, names[i]);
        now->is_there[i] = text && stat(text, &now->about[i]) == 0;
    }
    qc_buffer_clear(&path);
    return text || qc_no_memory(err);
}

/* Whether no file of the run would take the place of this input, which may be NULL. */
static bool spares(const qc_run_folder *folder, const standing *now, const char *input, qcode_error *err)
{
    struct stat about;
    if (!input || strcmp(input, "-") == 0 || stat(input, &about) != 0)
        return true;
    for (size_t i = 0; i < NAMES; i++)
        if (now->is_there[i] && now->about[i].st_dev == about.st_dev && now->about[i].st_ino == about.st_ino)
            return refuse(folder, names[i], "is an input of this run and would be written over", err);
    return true;
}

/* Whether run.json names a file that not every run writes. False when memory runs out. */
static bool was_written(const qc_run_folder *folder, const char *name, bool *written)
{
    qc_buffer path = qc_buffer_init(folder->memory), line = qc_buffer_init(folder->memory);
    qc_bytes json = {.memory = folder->memory};
    qcode_error err = {.status = QCODE_OK};
    const char *text = qc_path_in(&path, folder->path, names[0]);
    qc_buffer_print(&line, "{\"name\": \"%s\"", name);
    const char *wanted = qc_buffer_text(&line);
    *written = text && wanted && qc_bytes_read(text, SIZE_MAX / 4, folder->memory, &json, &err) && json.data &&
               strstr((const char *)json.data, wanted);
    qc_bytes_clear(&json);
    qc_buffer_clear(&path);
    qc_buffer_clear(&line);
    return text && wanted && err.status != QCODE_NO_MEMORY;
}

static bool check_folder(const qc_run_folder *folder, const qcode_code_job *job, qcode_error *err)
{
    standing now;
    if (!look_around(folder, &now, err) || !spares(folder, &now, job->cases_path, err) || !spares(folder, &now, job->study_path, err))
        return false;
    for (size_t i = 0; job->codebook_paths && i < job->codebooks.count; i++)
        if (!spares(folder, &now, job->codebook_paths[i], err))
            return false;
    for (size_t i = 0; i < job->decisions_path_count; i++)
        if (!spares(folder, &now, job->decisions_paths[i], err))
            return false;
    for (size_t i = 0; i < job->inputs.path_count; i++)
        if (!spares(folder, &now, job->inputs.paths[i], err))
            return false;
    for (size_t i = RUN_MARKS; i < NAMES; i++) {
        bool written = now.is_there[1] || (now.is_there[0] && i < FIRST_OF_SOME_RUNS);
        if (now.is_there[i] && !written && now.is_there[0] && !was_written(folder, names[i], &written))
            return qc_no_memory(err);
        if (now.is_there[i] && !written)
            return refuse(folder, names[i],
                          "is there already, and no run.json says that a run wrote it; name another folder", err);
    }
    return true;
}

bool qc_run_folder_open(qc_run_folder *folder, const qcode_code_job *job, const qcode_memory *memory, qcode_error *err)
{
    *folder = (qc_run_folder){.memory = memory, .path = job->folder};
    return make_folder(job->folder, err) && check_folder(folder, job, err) &&
           (folder->segments = open_file(folder, "segments.jsonl", err)) &&
           (folder->documents = open_file(folder, "documents.jsonl", err)) &&
           (folder->table = qc_csv_table_new(&qc_segment_layout, job->folder, memory, err));
}

void qc_run_folder_clear(qc_run_folder *folder)
{
    qcode_sink_free(folder->segments);
    qcode_sink_free(folder->documents);
    qc_csv_table_free(folder->table);
    folder->segments = folder->documents = NULL;
    folder->table = NULL;
}

static bool put_table(qc_run_folder *folder, qcode_error *err)
{
    qcode_sink *sink = open_file(folder, "segments.csv", err);
    if (sink && !qc_csv_table_write(folder->table, false, sink, err)) {
        qcode_sink_free(sink);
        return false;
    }
    return close_file(folder, &sink, "segments.csv", err);
}

bool qc_run_folder_report(qc_run_folder *folder, const qc_buffer *json, qcode_codebooks books, qcode_error *err)
{
    qc_run *run = qc_read_run(folder->path, json->data, json->length, folder->memory, err);
    qcode_sink *sink = run ? open_file(folder, "report.html", err) : NULL;
    if (sink)
        qc_write_report(run, books, sink);
    bool done = close_file(folder, &sink, "report.html", err);
    qc_run_free(run);
    return done;
}

static bool put_report(qc_run_folder *folder, const qc_run_facts *facts, qcode_error *err)
{
    qc_buffer json = qc_buffer_init(folder->memory);
    bool done = qc_put_run(&json, facts) ? qc_run_folder_report(folder, &json, facts->job->codebooks, err)
                                         : qc_no_memory(err);
    qc_buffer_clear(&json);
    return done;
}

bool qc_run_folder_end(qc_run_folder *folder, qc_buffer *json, qcode_error *err)
{
    qcode_sink *sink = json->failed ? NULL : open_file(folder, "run.json", err);
    if (json->failed)
        qc_no_memory(err);
    if (sink)
        qc_sync_folder(folder->path); /* the files are there before run.json says so */
    bool done = sink && (qc_sink_drain(sink, json), qcode_sink_finish(sink, err));
    qcode_sink_free(sink);
    if (done)
        qc_sync_folder(folder->path); /* and run.json is before the mark goes */
    return done && remove_file(folder, UNFINISHED, err);
}

static bool put_run(qc_run_folder *folder, const qc_run_facts *facts, qcode_error *err)
{
    qc_buffer json = qc_buffer_init(folder->memory);
    qc_put_run(&json, facts);
    bool done = qc_run_folder_end(folder, &json, err);
    qc_buffer_clear(&json);
    return done;
}

bool qc_run_folder_begin(qc_run_folder *folder, qcode_error *err)
{
    qcode_sink *sink = open_file(folder, UNFINISHED, err);
    if (sink)
        qc_sink_string(sink, "files of a run were being put here; the folder is complete when run.json is there\n");
    bool done = sink && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    done = done && remove_file(folder, "run.json", err);
    if (done)
        qc_sync_folder(folder->path); /* an old run.json is gone before other files change */
    return done;
}

/* The study's own files; those of a run before, which had a study, go. */
static bool put_study(qc_run_folder *folder, const qcode_study *study, qcode_error *err)
{
    bool has_guide = study && study->guide_text;
    return (study ? qc_run_folder_put(folder, "study.yaml", study->bytes, study->length, err)
                  : remove_file(folder, "study.yaml", err)) &&
           (has_guide ? qc_run_folder_put(folder, "guide.txt", study->guide_text, study->guide_length, err)
                      : remove_file(folder, "guide.txt", err));
}

/* The codebooks, byte by byte; those of a run before, which had more of them, go. */
static bool put_books(qc_run_folder *folder, qcode_codebooks books, qcode_error *err)
{
    bool done = true;
    for (size_t i = 0; done && i < QCODE_MOST_CODEBOOKS; i++) {
        size_t length = 0;
        const void *bytes = i < books.count ? qcode_codebook_bytes(books.at[i], &length) : NULL;
        done = bytes ? qc_run_folder_put(folder, qc_books_file(i), bytes, length, err)
                     : remove_file(folder, qc_books_file(i), err);
    }
    return done;
}

/* The decisions that hold; those of a run before, which had some, go. */
static bool put_decisions(qc_run_folder *folder, const qc_run_facts *facts, qcode_error *err)
{
    return (facts->decisions ? qc_run_folder_put(folder, "decisions.jsonl", facts->decisions, facts->decisions_length, err)
                             : remove_file(folder, "decisions.jsonl", err)) &&
           (facts->unplaced_length ? qc_run_folder_put(folder, "decisions-unplaced.jsonl", facts->unplaced,
                                                       facts->unplaced_length, err)
                                   : remove_file(folder, "decisions-unplaced.jsonl", err));
}

bool qc_run_folder_finish(qc_run_folder *folder, qc_run_facts *facts, qcode_notes *notes, qcode_error *err)
{
    const qcode_code_job *job = facts->job;
    facts->files = folder->files;
    if (!qc_run_folder_begin(folder, err) || !close_file(folder, &folder->segments, "segments.jsonl", err) ||
        !put_table(folder, err) ||
        !close_file(folder, &folder->documents, "documents.jsonl", err) ||
        !put_books(folder, job->codebooks, err) || !put_study(folder, job->study, err) ||
        !put_decisions(folder, facts, err))
        return false;
    facts->file_count = folder->file_count;
    bool many = facts->totals->documents > QC_MOST_REPORTED;
    if (job->no_report || many ? !remove_file(folder, "report.html", err) : !put_report(folder, facts, err))
        return false;
    if (many && !job->no_report)
        qc_note(notes, QCODE_NOTE_INFO, NULL, 0, 0,
                "report.html is not made of more than %d documents unless asked for: qcode report FOLDER",
                QC_MOST_REPORTED);
    facts->file_count = folder->file_count;
    return put_run(folder, facts, err);
}
