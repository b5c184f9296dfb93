/* Codings of another coder from a file or a run's folder. */
#include "base/bytes.h"
#include "base/error.h"
#include "format/csv.h"
#include "read/codings/place.h"
#include "read/codings/sheet.h"
#include "read/projects/project.h"
#include "read/restore.h"
#include "read/run.h"
#include "text/decode.h"

#include <qcode/read.h>
#include <sys/stat.h>

#define MOST_BYTES ((size_t)1 << 30)

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* The name of a file without its ending. */
static const char *name_of(qc_arena *arena, const char *path)
{
    const char *base = qc_base_name(path), *dot = strrchr(base, '.');
    return qc_arena_copy(arena, base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

/* Whether JSON Lines are decisions: the first member says what somebody did. */
static bool has_acts(const char *text)
{
    text += 1 + strspn(text + 1, " \t");
    return strncmp(text, "\"act\"", strlen("\"act\"")) == 0;
}

/* A workbook that is no coding sheet, as the CSV it might have been. */
static bool read_workbook(qc_coding_rows *rows, const qc_grid *grid, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(rows->arena.memory);
    for (size_t row = 0; row < qc_grid_row_count(grid); row++) {
        for (size_t i = 0; i < qc_grid_row_at(grid, 0)->count; i++) {
            const char *cell = qc_grid_text(grid, row, i);
            qc_buffer_string(&text, i ? "," : "");
            qc_csv_put(&text, cell, strlen(cell));
        }
        qc_buffer_byte(&text, '\n');
    }
    bool done = (!text.failed || qc_no_memory(err)) &&
                qc_read_coding_table(rows, text.data ? text.data : "", text.length, grid->source, err);
    qc_buffer_clear(&text);
    return done;
}

/* A coding sheet, or any workbook; `*is_sheet` is false when it is something else. */
static bool read_sheet(qc_coding_rows *rows, const qc_bytes *bytes, const char *source, bool *is_sheet, qcode_notes *notes,
                       qcode_error *err)
{
    const unsigned char *data = bytes->data ? bytes->data : (const unsigned char *)"";
    bool workbook = qc_is_workbook(data, bytes->length), done = true;
    *is_sheet = workbook;
    if (!workbook && !qc_may_be_coding_sheet(data, bytes->length))
        return true;
    qc_grid grid;
    if (qc_grid_read(&grid, data, bytes->length, source, qc_is_coding_sheet, rows->arena.memory, notes, err)) {
        *is_sheet = qc_grid_row_count(&grid) && qc_is_coding_sheet(&grid, 0);
        done = *is_sheet ? qc_read_coding_sheet(rows, &grid, notes, err) : !workbook || read_workbook(rows, &grid, err);
        *is_sheet = *is_sheet || workbook;
    } else
        done = false;
    qc_grid_clear(&grid);
    return done;
}

bool qc_read_coding_rows(qc_coding_rows *rows, const qc_bytes *bytes, const char *source, qcode_notes *notes,
                         qcode_error *err)
{
    qc_buffer text = qc_buffer_init(rows->arena.memory);
    const char *encoding;
    size_t at = 0;
    bool is_sheet;
    if (!read_sheet(rows, bytes, source, &is_sheet, notes, err))
        return false;
    if (is_sheet)
        return true;
    bool done = qc_decode(bytes->data, bytes->length, NULL, source, &text, &encoding, notes, err);
    while (done && at < text.length && strchr(" \n\t", text.data[at]))
        at++;
    const char *from = text.data ? text.data : "";
    if (done)
        done = at == text.length || from[at] != '{' ? qc_read_coding_table(rows, from, text.length, source, err)
               : has_acts(from + at)                ? qc_read_decided_codings(rows, from, text.length, source, err)
                                                    : qc_read_coding_lines(rows, from, text.length, source, err);
    qc_buffer_clear(&text);
    return done;
}

/* A run looked at all its documents, whatever it found there. */
static bool tell_run_saw(qcode_coders *coders, const qc_run *run, const char *coder)
{
    size_t number = qc_coders_coder(coders, coder, strlen(coder));
    bool done = number != SIZE_MAX;
    for (size_t i = 0; done && i < run->document_count; i++) {
        size_t document = qc_coders_match_document(coders, run->documents[i].document);
        done = document == SIZE_MAX || qc_coders_saw(coders, number, document);
    }
    return done;
}

/* Who a run was by: the coder of its first segment. */
static const char *coder_of(const qc_coding_rows *rows)
{
    const qc_coding_mark *marks = (const void *)rows->marks.data;
    return rows->marks.length && marks->coder ? marks->coder : "qcode";
}

/* The codebooks of a run, to look up what its codes meant. */
static bool take_books(qcode_coders *coders, const qc_run *run, const char *folder, qcode_error *err)
{
    qc_run_books books = {.count = 0};
    bool done = qc_read_run_books(run, folder, coders->memory, &books, NULL, err);
    if (done && qc_buffer_append(&coders->books, books.at, books.count * sizeof *books.at))
        return true;
    qc_run_books_clear(&books);
    return done && qc_no_memory(err);
}

/* What the rows say of the codebooks they were made under. */
static bool take_versions(qcode_coders *coders, const qc_coding_rows *rows)
{
    bool done = true;
    for (size_t i = 0; done && i < rows->versions.count; i++) {
        const char *key = qc_set_at(&rows->versions, i), *code = key + 1;
        done = qc_put_version(&coders->versions, *key == 'p', code, code + strlen(code) + 1);
    }
    coders->unversioned |= rows->unversioned;
    return done;
}

static bool read_run(qcode_coders *coders, qc_coding_rows *rows, const char *folder, const char *coder,
                     qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes = {.memory = coders->memory};
    qc_run *run = qc_read_whole_run(folder, coders->memory, err);
    bool done = run && take_books(coders, run, folder, err) && qc_read_run_file(folder, "segments.jsonl", coders->memory, &bytes, err) &&
                qc_read_coding_rows(rows, &bytes, "segments.jsonl", notes, err);
    if (done && (!qc_place_rows(coders, rows, folder, coder, coder_of(rows), notes) ||
                 !tell_run_saw(coders, run, coder ? coder : coder_of(rows))))
        done = qc_no_memory(err);
    qc_bytes_clear(&bytes);
    qc_run_free(run);
    return done;
}

bool qc_read_codings_at(qc_coding_rows *rows, const char *path, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = rows->arena.memory;
    qc_project project = qc_project_init(memory);
    qc_bytes bytes = {.memory = memory};
    bool known = false;
    bool done = is_folder(path) ? qc_project_read(&project, path, NULL, &known, notes, err)
                                : qc_bytes_read(path, MOST_BYTES, memory, &bytes, err) &&
                                      qc_project_parse(&project, &bytes, path, NULL, &known, notes, err);
    qc_project_tell_losses(&project, path, notes);
    if (done)
        done = known ? qc_project_rows(&project, rows) || qc_no_memory(err)
                     : qc_read_coding_rows(rows, &bytes, path, notes, err);
    qc_bytes_clear(&bytes);
    qc_project_clear(&project);
    return done;
}

/* What names nobody is by the file's name. */
static bool read_file(qcode_coders *coders, qc_coding_rows *rows, const char *path, const char *coder,
                      qcode_notes *notes, qcode_error *err)
{
    const char *name = name_of(&rows->arena, path);
    return (name || qc_no_memory(err)) && qc_read_codings_at(rows, path, notes, err) &&
           (qc_place_rows(coders, rows, path, coder, name, notes) || qc_no_memory(err));
}

/* Whether a folder is another program's project and no run. */
static bool is_project(const char *path)
{
    return is_folder(path) && qc_project_in(path);
}

bool qcode_coders_read(qcode_coders *coders, const char *path, const char *coder, qcode_notes *notes, qcode_error *err)
{
    const qcode_coders before = *coders;
    qc_coding_rows rows = qc_coding_rows_init(coders->memory);
    bool done = (is_folder(path) && !is_project(path) ? read_run : read_file)(coders, &rows, path, coder, notes, err);
    if (done && ((notes && !qcode_notes_complete(notes)) || !take_versions(coders, &rows)))
        done = qc_no_memory(err);
    qc_coding_rows_clear(&rows);
    if (done) {
        qc_coders_sort(coders);
        return true;
    }
    coders->passages.length = before.passages.length;
    coders->listed.length = before.listed.length;
    coders->saw.length = before.saw.length;
    coders->judged.length = before.judged.length;
    coders->asked.length = before.asked.length;
    return false;
}

static bool add_documents(qcode_talks *talks, const qc_bytes *bytes, qcode_error *err)
{
    const char *text = (const char *)bytes->data;
    for (size_t at = 0, line = 1; at < bytes->length; line++) {
        const char *feed = memchr(text + at, '\n', bytes->length - at);
        size_t end = feed ? (size_t)(feed - text) : bytes->length;
        qcode_transcript *talk = qc_restore_transcript(text + at, end - at, line, &talks->arena, err);
        if (!talk)
            return false;
        if (!qc_transcript_close(talk)) {
            qcode_transcript_free(talk);
            return qc_no_memory(err);
        }
        if (!qc_talks_add(talks, talk))
            return qc_no_memory(err);
        at = end + 1;
    }
    return true;
}

qcode_talks *qcode_talks_of_run(const char *folder, const qcode_memory *memory, qcode_error *err)
{
    qc_bytes bytes = {.memory = memory};
    qcode_talks *talks = qc_talks_new(memory, err);
    qc_run *run = talks ? qc_read_whole_run(folder, memory, err) : NULL;
    bool done = run && qc_read_run_file(folder, "documents.jsonl", memory, &bytes, err) && add_documents(talks, &bytes, err);
    qc_bytes_clear(&bytes);
    qc_run_free(run);
    if (done)
        return talks;
    qcode_talks_free(talks);
    return NULL;
}

/* A transcript of each source whose text the project holds. */
static bool add_sources(qcode_talks *talks, const qc_project *project, const qcode_read_options *options,
                        qcode_notes *notes, qcode_error *err)
{
    qcode_read_options read = options ? *options : (qcode_read_options){.format = NULL};
    read.format = "text";
    read.encoding = "UTF-8";
    for (size_t i = 0; i < qc_project_source_count(project); i++) {
        const qc_project_source *source = qc_project_source_at(project, i);
        if (!source->text || !source->length)
            continue;
        read.name = source->name;
        qcode_transcript *talk =
            qcode_read_transcript_bytes(source->text, source->length, source->name, &read, talks->memory, notes, err);
        if (!talk)
            return false;
        if (!qc_talks_add(talks, talk))
            return qc_no_memory(err);
    }
    return true;
}

static bool add_project(qcode_talks *talks, const char *path, const qcode_read_options *options, qcode_notes *notes,
                        qcode_error *err)
{
    qc_project project = qc_project_init(talks->memory);
    bool known;
    bool done = qc_project_read(&project, path, options ? options->limits : NULL, &known, NULL, err) &&
                add_sources(talks, &project, options, notes, err);
    qc_project_clear(&project);
    return done;
}

qcode_talks *qcode_talks_of_codings(const char *path, const qcode_read_options *options, const qcode_memory *memory,
                                    qcode_notes *notes, qcode_error *err)
{
    if (is_folder(path) && !is_project(path))
        return qcode_talks_of_run(path, memory, err);
    qcode_talks *talks = qc_talks_new(memory, err);
    if (!talks || strcmp(path, "-") == 0 || add_project(talks, path, options, notes, err))
        return talks;
    qcode_talks_free(talks);
    return NULL;
}
