/* The run over a set of files: threads read them, one takes the results in order. */
#include "work/documents.h"
#include "base/error.h"
#include "model/transcript.h"
#include "read/reader.h"
#include "work/crew.h"
#include "work/names.h"

#include <string.h>

static void empty_slot(qc_documents *set, size_t slot)
{
    qc_file *file = &set->files[slot];
    if (file->name) /* it was taken on */
        set->empty(set->user, slot);
    qcode_transcript_free(file->talk);
    qcode_notes_free(file->notes);
    *file = (qc_file){.name = NULL};
}

/* One file, from its bytes to what is made of it. Runs in any thread. */
static void make_file(void *user, size_t worker, size_t slot, size_t piece)
{
    qc_documents *set = user;
    const qcode_inputs *inputs = set->inputs;
    qc_file *file = &set->files[slot];
    qcode_read_options read = inputs->read;
    read.name = file->name = set->names[piece];
    file->notes = qcode_notes_new(set->memory);
    if (!file->notes) {
        qc_no_memory(&file->err);
        return;
    }
    file->talk = qc_piped_transcript(set->pipes[piece], inputs->paths[piece], &read, set->memory, file->notes,
                                     &file->err);
    if (file->talk && set->make(set->user, worker, slot, file) && !qcode_notes_complete(file->notes))
        qc_no_memory(&file->err);
}

/* Whether a file that failed so may be left out under keep_going. */
static bool is_refusal(qcode_status status)
{
    return status == QCODE_READ || status == QCODE_ENCODING || status == QCODE_SYNTAX || status == QCODE_INVALID ||
           status == QCODE_LIMIT;
}

static bool take_refused(qc_documents *set, qc_file *file)
{
    if (!set->inputs->keep_going || !is_refusal(file->err.status)) {
        if (set->err)
            *set->err = file->err;
        return false;
    }
    set->refused++;
    qc_note_error(file->notes, &file->err);
    return true;
}

/* Tells notes about a document; `talk` is NULL when there is none, or it was refused: then all notes are about it. */
static bool tell_document(qc_documents *set, const char *document, const qcode_transcript *talk,
                          const qcode_notes *notes)
{
    bool done = true;
    for (size_t i = 0; set->tell && done && i < qcode_notes_count(notes); i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        if (!talk || qc_transcript_has_note(talk, note->source))
            done = set->tell(set->user, document, note);
    }
    return done;
}

static bool tell_file(qc_documents *set, const qc_file *file)
{
    const qcode_transcript *talk = file->err.status == QCODE_OK ? file->talk : NULL;
    qc_notes_append(set->notes, file->notes);
    bool done = talk || tell_document(set, file->name, NULL, file->notes);
    for (; done && talk; talk = qcode_transcript_next(talk))
        done = tell_document(set, qcode_transcript_name(talk), talk, file->notes);
    return done;
}

static bool tell_progress(const qc_documents *set, size_t done)
{
    const qcode_inputs *inputs = set->inputs;
    return !inputs->progress || inputs->progress(inputs->progress_user, done, inputs->path_count) ||
           qc_fail(set->err, QCODE_STOPPED, NULL, 0, 0, "stopped before it was done");
}

/* What was made of one file, in the order of the set. Runs in the calling thread. */
static bool take_file(void *user, size_t slot, size_t piece)
{
    qc_documents *set = user;
    qc_file *file = &set->files[slot];
    bool made = file->err.status == QCODE_OK;
    bool done = made || take_refused(set, file);
    if (!made)
        qc_case_uses_add(&set->uses, set->names[piece], NULL);
    for (const qcode_transcript *talk = made ? file->talk : NULL; talk; talk = qcode_transcript_next(talk))
        qc_case_uses_add(&set->uses, qcode_transcript_name(talk), talk);
    if (file->notes)
        done = tell_file(set, file) && done;
    if (done && made)
        done = set->take(set->user, slot, file);
    empty_slot(set, slot);
    return done && tell_progress(set, piece + 1);
}

bool qc_documents_open(qc_documents *set)
{
    const qcode_inputs *inputs = set->inputs;
    size_t pipes = 0, most = inputs->threads ? inputs->threads : qc_crew_processors();
    for (size_t i = 0; i < inputs->path_count; i++)
        pipes += strcmp(inputs->paths[i], "-") == 0;
    if (!inputs->path_count)
        return qc_fail(set->err, QCODE_USAGE, NULL, 0, 0, "no transcripts are given");
    if (pipes > 1)
        return qc_fail(set->err, QCODE_USAGE, NULL, 0, 0, "the standard input can be given once");
    if (!qc_check_read_options(&inputs->read, set->err))
        return false;
    set->arena = qc_arena_init(set->memory);
    if (!qc_case_uses_init(&set->uses, inputs->read.cases, &set->arena))
        return qc_no_memory(set->err);
    set->names = qc_name_documents(&set->arena, inputs->paths, inputs->path_count, set->err);
    if (!set->names)
        return false;
    most = most > inputs->path_count ? inputs->path_count : most;
    set->worker_count = most > QC_CREW_MOST ? QC_CREW_MOST : most;
    set->files = qc_arena_take_array(&set->arena, 2 * set->worker_count, sizeof *set->files);
    if (!set->files)
        return qc_no_memory(set->err);
    set->slot_count = 2 * set->worker_count;
    return true;
}

bool qc_documents_begin(qc_documents *set)
{
    set->pipes = qc_pipes_read(set->inputs, &set->arena, set->err);
    return set->pipes && tell_progress(set, 0);
}

/* What can be said when all files are read. */
static bool tell_uses(qc_documents *set)
{
    qcode_notes *notes = qcode_notes_new(set->memory);
    if (!notes)
        return qc_no_memory(set->err);
    qc_case_uses_tell(&set->uses, notes);
    bool done = qcode_notes_complete(notes) || qc_no_memory(set->err);
    qc_notes_append(set->notes, notes);
    done = tell_document(set, NULL, NULL, notes) && done;
    qcode_notes_free(notes);
    return done;
}

bool qc_documents_run(qc_documents *set)
{
    const qc_crew crew = {.count = set->inputs->path_count,
                          .workers = set->worker_count,
                          .slots = set->slot_count,
                          .work = make_file,
                          .take = take_file,
                          .user = set};
    return qc_crew_run(&crew) && tell_uses(set) &&
           (!set->notes || qcode_notes_complete(set->notes) || qc_no_memory(set->err));
}

void qc_documents_clear(qc_documents *set)
{
    for (size_t i = 0; i < set->slot_count; i++)
        empty_slot(set, i);
    qc_pipes_clear(set->pipes, set->inputs->path_count);
    qc_arena_clear(&set->arena);
}
