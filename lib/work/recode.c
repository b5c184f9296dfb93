/* Codes changed in a codebook and in all that was coded with it, in all files or in none. */
#include "base/bytes.h"
#include "base/date.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sink.h"
#include "model/table.h"
#include "read/recode.h"
#include "work/recoding.h"

#include <string.h>
#include <sys/stat.h>

#define MOST_BYTES ((size_t)1 << 30)

typedef struct recoding {
    const qcode_recode_job *job;
    const qcode_memory *memory;
    qcode_error *err;
    qc_arena arena;
    qcode_codebook *before, *now;
    qc_buffer book_text, files; /* `files`: of qc_new_file, in the order in which they are put in their places */
    qc_recode_map map;
    qcode_table *sheet;
} recoding;

/* How many codes a change is of. */
static const struct wanted {
    size_t least, most;
    bool last_is_new; /* may be no code of the book */
} wanted[] = {[QCODE_RENAME] = {2, 2, true},
              [QCODE_MERGE] = {2, SIZE_MAX, true},
              [QCODE_SPLIT] = {2, SIZE_MAX, true},
              [QCODE_MOVE] = {1, SIZE_MAX, false},
              [QCODE_RETIRE] = {1, SIZE_MAX, false}};

static bool check_id(const recoding *work, const char *id, bool is_new)
{
    const qcode_codebook *book = work->before;
    if (!is_new)
        return qcode_codebook_find(book, id) ||
               qc_fail(work->err, QCODE_INVALID, work->job->book, 0, 0, "no code has the id \"%s\"", id);
    return !qcode_codebook_find(book, id) ||
           qc_fail(work->err, QCODE_INVALID, work->job->book, 0, 0, "a code has the id \"%s\" already", id);
}

static bool check_codes(const recoding *work)
{
    const qcode_recode_job *job = work->job;
    const struct wanted *of = &wanted[job->kind];
    if (job->code_count < of->least || job->code_count > of->most)
        return qc_fail(work->err, QCODE_USAGE, NULL, 0, 0, "a change of this kind is not of so many codes");
    if (job->kind == QCODE_MOVE && !job->under + !job->theme + !job->top != 2)
        return qc_fail(work->err, QCODE_USAGE, NULL, 0, 0, "a code is moved under another, to the top, or to a theme");
    for (size_t i = 0; i < job->code_count; i++) {
        for (size_t k = 0; k < i; k++)
            if (strcmp(job->codes[i], job->codes[k]) == 0 && !(job->kind == QCODE_MERGE && i + 1 == job->code_count))
                return qc_fail(work->err, QCODE_USAGE, NULL, 0, 0, "the code \"%s\" is given twice", job->codes[i]);
        bool is_new = of->last_is_new && i && (job->kind == QCODE_SPLIT || i + 1 == job->code_count);
        if (!(job->kind == QCODE_MERGE && is_new) && !check_id(work, job->codes[i], is_new))
            return false;
    }
    if (job->kind == QCODE_MERGE && job->code_count == 2 && strcmp(job->codes[0], job->codes[1]) == 0)
        return qc_fail(work->err, QCODE_USAGE, NULL, 0, 0, "the code \"%s\" is given twice", job->codes[0]);
    return !job->under || check_id(work, job->under, false);
}

/* How many codes the changed book has, and whether the new ids are in it and the old ones are not. */
static bool check_book(const qcode_recode_job *job, const qcode_codebook *before, const qcode_codebook *now,
                       const char *path, qcode_error *err)
{
    size_t count = qcode_codebook_count(before), added = job->code_count - 1;
    const char *last = job->codes[added];
    bool done = true;
    if (job->kind == QCODE_MERGE) { /* the first goes by being renamed when the last is new; the last may be named twice */
        size_t gone = 0;
        for (size_t i = 0; i < added; i++)
            gone += strcmp(job->codes[i], last) != 0;
        count -= qcode_codebook_find(before, last) ? gone : gone - 1;
    }
    if (job->kind == QCODE_SPLIT)
        count += added;
    for (size_t i = 0; i < job->code_count; i++) {
        bool goes = (job->kind == QCODE_RENAME || job->kind == QCODE_MERGE) && strcmp(job->codes[i], last) != 0;
        done &= goes != (qcode_codebook_find(now, job->codes[i]) != NULL);
    }
    return (done && qcode_codebook_count(now) == count) ||
           qc_fail(err, QCODE_INVALID, path, 0, 0, "found no place where \"%s\" can be changed", job->codes[0]);
}

static size_t count_rules(const qcode_codebook *book)
{
    size_t count = 0;
    for (size_t i = 0; i < qcode_codebook_count(book); i++)
        count += qcode_code_rule_count(qcode_codebook_at(book, i));
    return count;
}

/* An error in a text that nobody has seen: without the place in it. */
static bool fail_contradiction(const char *path, const qcode_error *why, qcode_error *err)
{
    return qc_fail(err, why->status, path, 0, 0, "the change would leave a codebook that cannot be used: %s", why->message);
}

bool qc_recode_book(const qcode_recode_job *job, const qcode_codebook *book, const char *path,
                    const qcode_memory *memory, qc_buffer *text, qcode_codebook **now, qcode_error *err)
{
    size_t length;
    const char *bytes = qcode_codebook_bytes(book, &length);
    qcode_error why = {.status = QCODE_OK};
    *now = NULL;
    if (!qc_book_recode(job, path, bytes, length, memory, text, err))
        return false;
    *now = qcode_codebook_parse(text->data, text->length, path, memory, NULL, &why);
    if (!*now)
        return why.status == QCODE_NO_MEMORY ? qc_no_memory(err) : fail_contradiction(path, &why, err);
    return check_book(job, book, *now, path, err) &&
           (count_rules(book) == count_rules(*now) ||
            qc_fail(err, QCODE_INVALID, path, 0, 0, "the rules are written in a way in which they cannot be moved"));
}

/* Takes over the text. */
static bool keep_file(recoding *work, const char *path, const void *before, size_t length, qc_buffer *text)
{
    qc_new_file file = {.path = path, .before = qc_arena_copy(&work->arena, before, length), .length = length,
                        .text = *text};
    if (!file.before || !qc_buffer_append(&work->files, &file, sizeof file))
        return qc_no_memory(work->err);
    *text = qc_buffer_init(work->memory);
    return true;
}

/* What a complete run's folder holds is changed with all of it. */
static bool check_alone(const recoding *work, const char *path)
{
    static const char *const parts[] = {"segments.jsonl", "segments.csv", "decisions.jsonl", "decisions-unplaced.jsonl"};
    const char *base = qc_base_name(path);
    struct stat about;
    bool is_part = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        is_part |= strcmp(base, parts[i]) == 0;
    if (!is_part)
        return true;
    qc_buffer beside = qc_buffer_init(work->memory);
    qc_buffer_append(&beside, path, (size_t)(base - path));
    qc_buffer_string(&beside, "run.json");
    const char *json = qc_buffer_text(&beside);
    bool is_there = json && stat(json, &about) == 0;
    qc_buffer_clear(&beside);
    if (!json)
        return qc_no_memory(work->err);
    return !is_there || qc_fail(work->err, QCODE_USAGE, path, 0, 0, "is part of a run's folder: name the folder");
}

/* Which kind of file it is: by its first character, and the first key of its first line. */
static qc_recoder *recoder_of(const qc_bytes *bytes)
{
    const char *text = (const char *)bytes->data;
    size_t at = 0;
    while (at < bytes->length && strchr(" \n\r\t", text[at]))
        at++;
    if (at == bytes->length || text[at] != '{')
        return qc_recode_table;
    const char *feed = memchr(text + at, '\n', bytes->length - at);
    size_t length = feed ? (size_t)(feed - text) - at : bytes->length - at;
    static const char act[] = "\"act\"";
    for (size_t i = at; length >= sizeof act && i < at + length - sizeof act; i++)
        if (memcmp(text + i, act, sizeof act - 1) == 0)
            return qc_recode_decisions;
    return qc_recode_segments;
}

static bool recode_file(recoding *work, const char *path, qcode_recoded *count)
{
    qc_bytes bytes;
    qc_buffer text = qc_buffer_init(work->memory);
    if (!check_alone(work, path) || !qc_bytes_read(path, MOST_BYTES, work->memory, &bytes, work->err))
        return false;
    const char *data = bytes.data ? (const char *)bytes.data : "";
    work->map.path = path;
    work->map.sheet = work->sheet;
    bool done = recoder_of(&bytes)(&work->map, data, bytes.length, &text, count);
    bool same = text.length == bytes.length && memcmp(text.data ? text.data : "", data, bytes.length) == 0;
    done = done && (same || keep_file(work, path, data, bytes.length, &text));
    qc_buffer_clear(&text);
    qc_bytes_clear(&bytes);
    return done;
}

/* No file is given twice, and none is the codebook. */
static bool check_paths(const recoding *work, size_t index, bool *is_folder)
{
    const qcode_recode_job *job = work->job;
    struct stat about, other;
    const char *path = job->codings[index];
    if (stat(path, &about) != 0)
        return qc_fail_errno(work->err, QCODE_READ, path, "cannot open");
    *is_folder = S_ISDIR(about.st_mode);
    for (size_t i = 0; i <= index; i++) {
        const char *before = i ? job->codings[i - 1] : job->book;
        if (stat(before, &other) == 0 && other.st_dev == about.st_dev && other.st_ino == about.st_ino)
            return qc_fail(work->err, QCODE_USAGE, path, 0, 0, "is given twice");
    }
    return true;
}

static bool make_sheet(recoding *work)
{
    static const char *const columns[] = {"document", "start", "end", "coder", "text", "was", "code"};
    work->sheet = qc_table_new(work->memory);
    if (work->sheet) {
        qc_table_add_column(work->sheet, "file", QCODE_TYPE_TEXT);
        qc_table_add_column(work->sheet, "line", QCODE_TYPE_INTEGER);
    }
    for (size_t i = 0; work->sheet && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(work->sheet, columns[i], QCODE_TYPE_TEXT);
    return (work->sheet && qc_table_complete(work->sheet)) || qc_no_memory(work->err);
}

/* The new texts of all files. */
static bool make_files(recoding *work, qcode_recoded *counts)
{
    const qcode_recode_job *job = work->job;
    if (!qc_is_date(job->on))
        return qc_fail(work->err, QCODE_USAGE, NULL, 0, 0, "found \"%s\" where a date (2023-03-14) is expected", job->on);
    bool done = (work->before = qcode_codebook_read(job->book, work->memory, NULL, work->err)) && check_codes(work) &&
                qc_recode_book(job, work->before, job->book, work->memory, &work->book_text, &work->now, work->err) &&
                qc_recode_map_init(&work->map, job, work->before, work->now, work->memory, work->err) &&
                (job->kind != QCODE_SPLIT || make_sheet(work));
    for (size_t i = 0; done && i < job->coding_count; i++) {
        bool is_folder = false;
        counts[i] = (qcode_recoded){0};
        done = check_paths(work, i, &is_folder) &&
               (is_folder ? qc_recode_folder(job, job->codings[i], work->sheet, &work->arena, &work->files, &counts[i],
                                             work->memory, work->err)
                          : recode_file(work, job->codings[i], &counts[i]));
    }
    size_t length;
    const void *bytes = done ? qcode_codebook_bytes(work->before, &length) : NULL;
    return done && keep_file(work, job->book, bytes, length, &work->book_text); /* the codebook last */
}

/* A text beside its place, to be put there. */
static bool hold(const recoding *work, const char *path, const void *text, size_t length, qcode_sink **sink)
{
    *sink = qcode_sink_file(path, work->memory, work->err);
    return *sink && (qcode_sink_write(*sink, text, length) || qcode_sink_finish(*sink, work->err));
}

/* Puts all in their places. Beside each lies what it held before, so that none has to be made when one fails. */
static bool put_files(const recoding *work)
{
    const qc_new_file *files = (const void *)work->files.data;
    size_t count = work->files.length / sizeof *files, put = 0, bytes;
    qcode_sink **sinks = qc_multiply(2 * count, sizeof *sinks, &bytes) ? qc_resize(work->memory, NULL, bytes) : NULL;
    if (!sinks)
        return qc_no_memory(work->err);
    for (size_t i = 0; i < 2 * count; i++)
        sinks[i] = NULL;
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = hold(work, files[i].path, files[i].text.data ? files[i].text.data : "", files[i].text.length, &sinks[2 * i]) &&
               hold(work, files[i].path, files[i].before, files[i].length, &sinks[2 * i + 1]);
    while (done && put < count)
        done = qcode_sink_finish(sinks[2 * put], work->err) && ++put;
    for (size_t i = 0; !done && i < put; i++)
        qcode_sink_finish(sinks[2 * i + 1], NULL); /* as it was; when that fails too, the first reason is told */
    for (size_t i = 0; i < 2 * count; i++)
        qcode_sink_free(sinks[i]);
    qc_release(work->memory, sinks);
    return done;
}

/* What nobody but a person can settle. */
static void tell(const recoding *work, const qcode_recoded *counts, qcode_notes *notes)
{
    const qcode_recode_job *job = work->job;
    size_t dropped = 0;
    for (size_t i = 0; i < job->coding_count; i++)
        dropped += counts[i].dropped;
    if (dropped)
        qc_note(notes, QCODE_NOTE_WARNING, NULL, 0, 0,
                "%zu rejection%s left out: the same person gave the passage another of the codes that are one now", dropped,
                dropped == 1 ? " was" : "s were");
    if (job->kind == QCODE_MERGE)
        qc_note(notes, QCODE_NOTE_INFO, job->book, 0, 0,
                "the definition of \"%s\" is as it was: look it over, and run qcode check", job->codes[job->code_count - 1]);
    if (job->kind == QCODE_SPLIT)
        qc_note(notes, QCODE_NOTE_INFO, job->book, 0, 0, "the new codes want definitions; \"%s\" is given until it is retired",
                job->codes[0]);
}

bool qcode_recode(const qcode_recode_job *job, const qcode_memory *memory, qcode_recoded *counts, qcode_table **sheet,
                  qcode_notes *notes, qcode_error *err)
{
    recoding work = {.job = job, .memory = memory, .err = err, .arena = qc_arena_init(memory),
                     .book_text = qc_buffer_init(memory), .files = qc_buffer_init(memory),
                     .map = {.arena = qc_arena_init(memory), .rules = qc_set_init(memory)}};
    bool done = make_files(&work, counts);
    if (done)
        tell(&work, counts, notes);
    done = done && (!notes || qcode_notes_complete(notes) || qc_no_memory(err)) && (job->dry_run || put_files(&work));
    qc_new_file *files = (void *)work.files.data;
    for (size_t i = 0; i < work.files.length / sizeof *files; i++)
        qc_buffer_clear(&files[i].text);
    qc_buffer_clear(&work.files);
    qc_buffer_clear(&work.book_text);
    qc_recode_map_clear(&work.map);
    qcode_codebook_free(work.before);
    qcode_codebook_free(work.now);
    qc_arena_clear(&work.arena);
    *sheet = done ? work.sheet : NULL;
    if (!done)
        qcode_table_free(work.sheet);
    return done;
}
