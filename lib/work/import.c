/* Another program's study as files of qcode. */
#include "base/error.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "model/table.h"
#include "work/importing.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <strings.h>
#include <sys/stat.h>

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), size = strlen(ending);
    return length > size && strcasecmp(path + length - size, ending) == 0;
}

static bool wants_book_alone(const qcode_import_job *job)
{
    return !job->output || ends_in(job->output, ".yaml") || ends_in(job->output, ".yml");
}

/* -- writing ------------------------------------------------------------------------------------------------------- */

static bool write_file(qc_importing *in, const char *path, const char *data, size_t length)
{
    qcode_sink *sink = qcode_sink_file(path, in->memory, in->err);
    bool done = sink != NULL;
    if (done) {
        qcode_sink_write(sink, length ? data : "", length);
        done = qcode_sink_finish(sink, in->err);
    }
    qcode_sink_free(sink);
    return done;
}

static bool write_in(qc_importing *in, const char *folder, const char *name, const char *data, size_t length)
{
    qc_buffer path = qc_buffer_init(in->memory);
    const char *whole = qc_path_in(&path, folder, name);
    bool done = whole ? write_file(in, whole, data, length) : qc_no_memory(in->err);
    qc_buffer_clear(&path);
    return done;
}

/* A folder that is new, or there and empty. */
static bool make_folder(qc_importing *in, const char *path)
{
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno != EEXIST)
        return qc_fail_errno(in->err, QCODE_WRITE, path, "cannot make the folder");
    DIR *folder = opendir(path);
    if (!folder)
        return qc_fail(in->err, QCODE_WRITE, path, 0, 0, "is there, and is no folder");
    bool empty = true;
    for (struct dirent *entry; empty && (entry = readdir(folder));)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(folder);
    return empty || qc_fail(in->err, QCODE_WRITE, path, 0, 0, "holds files: name a folder that is new or empty");
}

static bool write_transcripts(qc_importing *in)
{
    qc_buffer path = qc_buffer_init(in->memory);
    const char *folder = NULL;
    size_t count = qc_project_source_count(&in->project);
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        const qc_project_source *source = qc_project_source_at(&in->project, i);
        if (!in->files[i])
            continue;
        if (!folder)
            done = (folder = qc_path_in(&path, in->job->output, "transcripts")) ? make_folder(in, folder)
                                                                                : qc_no_memory(in->err);
        done = done && write_in(in, folder, in->files[i], source->text, source->length);
        in->result->transcripts++;
    }
    qc_buffer_clear(&path);
    return done;
}

typedef bool table_maker(qc_importing *in, qc_buffer *out, size_t *rows);

static bool write_table(qc_importing *in, const char *name, table_maker *make)
{
    qc_buffer out = qc_buffer_init(in->memory);
    size_t rows = 0;
    bool done = make(in, &out, &rows) || qc_no_memory(in->err);
    if (done && rows)
        done = write_in(in, in->job->output, name, out.data, out.length);
    qc_buffer_clear(&out);
    return done;
}

/* -- what is lost -------------------------------------------------------------------------------------------------- */

static bool list_losses(qc_importing *in)
{
    const qc_project_loss *losses = (const void *)in->project.losses.data;
    size_t count = in->project.losses.length / sizeof *losses;
    qcode_imported *result = in->result;
    result->losses = qc_table_new(in->memory);
    result->lost = qc_table_new(in->memory);
    if (!result->losses || !result->lost)
        return qc_no_memory(in->err);
    qc_table_add_column(result->losses, "what", QCODE_TYPE_TEXT);
    qc_table_add_column(result->losses, "name", QCODE_TYPE_TEXT);
    qc_table_add_column(result->lost, "what", QCODE_TYPE_TEXT);
    qc_table_add_column(result->lost, "count", QCODE_TYPE_INTEGER);
    qc_set kinds = qc_set_init(in->memory);
    qc_buffer counts = qc_buffer_init(in->memory);
    for (size_t i = 0; i < count; i++) {
        bool added = false;
        size_t none = 0, kind = qc_set_add(&kinds, losses[i].what, strlen(losses[i].what), &added);
        if (kind == SIZE_MAX || (added && !qc_buffer_append(&counts, &none, sizeof none))) {
            counts.failed = true;
            break;
        }
        ((size_t *)(void *)counts.data)[kind]++;
        qc_table_add_text(result->losses, losses[i].what);
        qc_table_add_text(result->losses, losses[i].name);
    }
    for (size_t i = 0; !counts.failed && i < kinds.count; i++) {
        qc_table_add_text(result->lost, qc_set_at(&kinds, i));
        qc_table_add_count(result->lost, ((const size_t *)(const void *)counts.data)[i]);
    }
    bool done = !counts.failed && qc_table_complete(result->losses) && qc_table_complete(result->lost);
    qc_set_clear(&kinds);
    qc_buffer_clear(&counts);
    return done || qc_no_memory(in->err);
}

/* losses.csv in the folder, or beside the codebook. */
static bool write_losses(qc_importing *in)
{
    const qcode_table_style style = {.format = QCODE_FORMAT_CSV};
    qc_buffer path = qc_buffer_init(in->memory);
    if (!in->project.losses.length || !in->job->output)
        return true;
    const char *whole = wants_book_alone(in->job)
                            ? (qc_buffer_print(&path, "%s.losses.csv", in->job->output) ? qc_buffer_text(&path) : NULL)
                            : qc_path_in(&path, in->job->output, "losses.csv");
    qcode_sink *sink = whole ? qcode_sink_file(whole, in->memory, in->err) : NULL;
    bool done = sink && qcode_table_write(in->result->losses, &style, sink, in->err) && qcode_sink_finish(sink, in->err);
    if (!whole)
        qc_no_memory(in->err);
    qcode_sink_free(sink);
    qc_buffer_clear(&path);
    return done;
}

/* -- the job ------------------------------------------------------------------------------------------------------- */

static bool write_book(qc_importing *in)
{
    qc_buffer out = qc_buffer_init(in->memory);
    const qcode_import_job *job = in->job;
    bool done = qc_import_book(in, &out) || qc_no_memory(in->err);
    if (done && !job->output)
        done = qcode_sink_write(job->sink, out.data, out.length) || qcode_sink_finish(job->sink, in->err);
    else if (done)
        done = wants_book_alone(job) ? write_file(in, job->output, out.data, out.length)
                                     : write_in(in, job->output, "codebook.yaml", out.data, out.length);
    qc_buffer_clear(&out);
    return done;
}

/* A codebook alone has no place for the rest. */
static bool lose_rest(qc_importing *in)
{
    static const struct {
        const char *what;
        size_t offset, size;
    } rest[] = {{"transcript", offsetof(qc_project, sources), sizeof(qc_project_source)},
                {"coding", offsetof(qc_project, codings), sizeof(qc_project_coding)},
                {"case", offsetof(qc_project, cases), sizeof(qc_project_case)},
                {"memo", offsetof(qc_project, memos), sizeof(qc_project_memo)}};
    bool done = true;
    for (size_t i = 0; done && i < sizeof rest / sizeof *rest; i++) {
        const qc_buffer *list = (const void *)((const char *)&in->project + rest[i].offset);
        for (size_t k = 0; done && k < list->length / rest[i].size; k++)
            done = qc_project_lose(&in->project, rest[i].what, "");
    }
    return done || qc_no_memory(in->err);
}

static bool write_all(qc_importing *in)
{
    bool alone = wants_book_alone(in->job), has_codes = qc_project_code_count(&in->project) > 0;
    if (alone && !has_codes)
        return qc_fail(in->err, QCODE_INVALID, in->job->path, 0, 0, "there are no codes in it");
    if (alone)
        return lose_rest(in) && write_book(in);
    return make_folder(in, in->job->output) && (!has_codes || write_book(in)) && write_transcripts(in) &&
           write_table(in, "codings.csv", qc_import_codings) && write_table(in, "cases.csv", qc_import_cases) &&
           write_table(in, "memos.csv", qc_import_memos);
}

bool qcode_import(const qcode_import_job *job, const qcode_memory *memory, qcode_imported *result, qcode_notes *notes,
                  qcode_error *err)
{
    *result = (qcode_imported){.codes = 0};
    qc_importing in = {.job = job, .memory = memory, .notes = notes, .err = err, .result = result,
                       .project = qc_project_init(memory)};
    bool known = false;
    in.project.encoding = job->encoding;
    bool done = qc_project_read(&in.project, job->path, job->limits, &known, notes, err) &&
                (known || qc_project_read_other(&in.project, job->path, job->limits, notes, err));
    if (done) {
        snprintf(result->program, sizeof result->program, "%.*s", qc_utf8_cut(in.project.program, 127), in.project.program);
        done = (qc_import_ids(&in) && qc_import_names(&in)) || qc_no_memory(err);
    }
    done = done && write_all(&in) && list_losses(&in) && write_losses(&in) &&
           (!notes || qcode_notes_complete(notes) || qc_no_memory(err));
    qc_project_clear(&in.project);
    return done;
}

void qcode_imported_clear(qcode_imported *result)
{
    qcode_table_free(result->losses);
    qcode_table_free(result->lost);
    *result = (qcode_imported){.codes = 0};
}
