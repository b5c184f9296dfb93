/* All input formats, and the choice among them. */
#include "read/reader.h"
#include "base/bytes.h"
#include "base/screen.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "read/peek.h"

#include <stdio.h>
#include <strings.h>

static const qc_reader *const readers[] = {
    &qc_text, &qc_docx, &qc_odt, &qc_xlsx_reader, &qc_tei, &qc_eaf,
    &qc_vtt, &qc_srt, &qc_sbv, &qc_whisper, &qc_chat, &qc_textgrid,
    &qc_csv_reader, &qc_html, &qc_rtf, &qc_pdf,
};

enum { READERS = sizeof readers / sizeof *readers, BY_ENDING = 10 };

static bool has_ending(const char *path, const char *const *endings)
{
    size_t length = strlen(path);
    for (; *endings; endings++) {
        size_t size = strlen(*endings);
        if (length > size && strcasecmp(path + length - size, *endings) == 0)
            return true;
    }
    return false;
}

static bool refuse_format(const qc_source *source, qcode_error *err)
{
    char names[160] = "";
    for (size_t i = 0, used = 0; i < READERS && used < sizeof names; i++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", readers[i]->name);
    return qc_fail(err, QCODE_USAGE, source->path, 0, 0, "no reader is called \"%s\"; there are %s",
                   source->options->format, names);
}

/* By name when the user says one, else the surest of content and ending. */
static const qc_reader *choose_reader(const qc_source *source, qcode_error *err)
{
    const char *wanted = source->options->format;
    const qc_reader *best = NULL;
    int best_score = 0;
    for (size_t i = 0; i < READERS; i++) {
        if (wanted && strcmp(wanted, readers[i]->name) == 0)
            return readers[i];
        int score = readers[i]->sniff(source);
        score += score && has_ending(source->path, readers[i]->endings) ? BY_ENDING : 0;
        if (score > best_score)
            best = readers[i], best_score = score;
    }
    if (wanted) {
        refuse_format(source, err);
        return NULL;
    }
    return best;
}

static bool is_text(const char *text)
{
    size_t length = strlen(text);
    return qc_utf8_valid(text, length) == length;
}

bool qc_check_read_options(const qcode_read_options *options, qcode_error *err)
{
    if (options->name && !is_text(options->name))
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the document's name \"%s\" is not UTF-8", options->name);
    if (options->columns && !is_text(options->columns))
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the names of columns are not UTF-8");
    for (size_t i = 0; i < options->interviewer_count; i++)
        if (!is_text(options->interviewers[i]))
            return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the interviewer's label \"%s\" is not UTF-8",
                           options->interviewers[i]);
    return true;
}

/* A document's name from its path: bytes that are no text are spelt out. NULL when memory runs out. */
static const char *name_of(const qc_source *source, qc_buffer *spelt)
{
    const char *name = qc_base_name(source->path);
    if (is_text(name))
        return name;
    return qc_screen(spelt, name, strlen(name), false) ? qc_buffer_text(spelt) : NULL;
}

static qcode_transcript *read_source(const void *data, size_t length, qc_bytes *own, const char *path,
                                     const qcode_read_options *options, const qcode_memory *memory, qcode_notes *notes,
                                     qcode_error *err)
{
    static const qcode_read_options none;
    char hash[65] = "", start[QC_PEEK];
    qc_sha256 sum = qc_sha256_init();
    qc_source source = {.data = data,
                        .length = length,
                        .own = own,
                        .start = start,
                        .path = strcmp(path, "-") == 0 ? "stdin" : path,
                        .hash = hash,
                        .options = options ? options : &none,
                        .memory = memory};
    source.limits = qcode_limits_resolve(source.options->limits);
    if (length > source.limits.input) {
        qc_fail(err, QCODE_LIMIT, source.path, 0, 0, "larger than the limit of %zu bytes", source.limits.input);
        return NULL;
    }
    if (!qc_check_read_options(source.options, err))
        return NULL;
    qc_buffer spelt = qc_buffer_init(memory);
    source.name = source.options->name ? source.options->name : name_of(&source, &spelt);
    qc_peek(data, length, start);
    if (!source.options->no_hash) {
        qc_sha256_add(&sum, data, length);
        qc_sha256_hex(&sum, hash);
    }
    const qc_reader *reader = source.name ? choose_reader(&source, err) : NULL;
    qcode_transcript *talk = reader ? reader->read(&source, notes, err) : NULL;
    if (!source.name)
        qc_no_memory(err);
    qc_buffer_clear(&spelt);
    if (talk && notes && !qcode_notes_complete(notes)) {
        qcode_transcript_free(talk);
        qc_no_memory(err);
        return NULL;
    }
    return talk;
}

qcode_transcript *qcode_read_transcript_bytes(const void *data, size_t length, const char *path,
                                              const qcode_read_options *options, const qcode_memory *memory,
                                              qcode_notes *notes, qcode_error *err)
{
    return read_source(data, length, NULL, path, options, memory, notes, err);
}

qcode_transcript *qc_read_transcript_own(qc_bytes *own, const char *path, const qcode_read_options *options,
                                         const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qcode_transcript *talk = read_source(own->data, own->length, own, path, options, memory, notes, err);
    qc_bytes_clear(own);
    return talk;
}

qcode_transcript *qcode_read_transcript(const char *path, const qcode_read_options *options, const qcode_memory *memory,
                                        qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    size_t most = qcode_limits_resolve(options ? options->limits : NULL).input;
    if (!qc_bytes_read(path, most, memory, &bytes, err))
        return NULL;
    return qc_read_transcript_own(&bytes, path, options, memory, notes, err);
}
