/* The job that puts other names into transcripts: all documents are made and looked through before one is written. */
#include "base/error.h"
#include "base/place.h"
#include "base/sha256.h"
#include "model/transcript.h"
#include "work/documents.h"
#include "work/outfolder.h"
#include "work/pseudonym.h"
#include "work/unlisted.h"
#include "write/moves.h"

/* What was made of a document, until it is handed on. */
typedef struct slot {
    char *name; /* the new document's */
    qc_buffer text, map;
    char hash[65]; /* of the new text */
    qc_sightings seen;
    qc_buffer remaining; /* lines of the old text with a name that would remain, and the key's lines */
    size_t replaced;
} slot;

/* Where a listed name would remain. */
typedef struct remainder {
    size_t line, key_line;
} remainder;

/* A thread's own scratch. */
typedef struct worker {
    qc_pseudonym made;
} worker;

typedef struct run {
    const qcode_pseudonymise_job *job;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qcode_pseudonymised *result;
    qc_documents set;
    qc_namer namer;
    qc_tally_of_names tally;
    qc_outfolder folder;
    slot *slots;
    worker *workers;
    size_t worker_count;
} run;

static void empty_slot(void *user, size_t index)
{
    run *all = user;
    slot *here = &all->slots[index];
    qc_release(all->memory, here->name);
    here->name = NULL;
    here->text.length = here->map.length = here->remaining.length = here->replaced = 0;
}

/* The new document's name with all listed names replaced, "_" parting words like a space; always of a text file, and of
 * no other folder. */
static bool put_name(qc_pseudonym *made, const char *old, bool is_text, qc_buffer *name)
{
    const qc_namer *namer = made->sweep.namer;
    qc_buffer words = qc_buffer_init(made->memory), found = qc_buffer_init(made->memory);
    qc_buffer_string(&words, old);
    for (size_t i = 0; i < words.length; i++)
        words.data[i] = words.data[i] == '_' ? ' ' : words.data[i];
    bool done = !words.failed && qc_namer_find(namer, &made->sweep.scratch, words.data, words.length, false, &found);
    const qc_named *named = (const void *)found.data;
    for (size_t at = 0, length = strlen(old); done && at < length;) {
        const qc_named *longest = NULL;
        for (size_t i = 0; i < found.length / sizeof *named; i++)
            if (named[i].span.start == at && (!longest || named[i].span.end > longest->span.end))
                longest = &named[i];
        if (longest)
            qc_buffer_string(name, namer->key->lines[namer->key->names[longest->name].owner].replacement);
        else
            qc_buffer_byte(name, old[at]);
        at = longest ? longest->span.end : at + 1;
    }
    size_t length = name->length;
    if (!is_text || length < 4 || memcmp(name->data + length - 4, ".txt", 4) != 0)
        qc_buffer_string(name, ".txt");
    for (size_t i = 0; i < name->length; i++)
        name->data[i] = name->data[i] == '/' || (!i && name->data[i] == '.') ? '_' : name->data[i];
    qc_buffer_clear(&words);
    qc_buffer_clear(&found);
    return done && qc_buffer_text(name);
}

static bool note_remaining(slot *here, const qcode_key *key, const qc_named *named, size_t line)
{
    remainder one = {line, key->names[named->name].line};
    return (!named->whole && !named->parted) || qc_buffer_append(&here->remaining, &one, sizeof one);
}

/* A listed name in the name of the output. */
static bool check_name(qc_pseudonym *made, slot *here, const char *name)
{
    const qc_namer *namer = made->sweep.namer;
    qc_buffer found = qc_buffer_init(made->memory);
    bool done = qc_namer_find(namer, &made->sweep.scratch, name, strlen(name), true, &found);
    const qc_named *named = (const void *)found.data;
    for (size_t i = 0; done && i < found.length / sizeof *named; i++)
        done = note_remaining(here, namer->key, &named[i], 0);
    qc_buffer_clear(&found);
    return done;
}

/* Listed names in the new text, looked for once more, and more widely than they were replaced. */
static bool check_text(qc_pseudonym *made, slot *here, const qcode_transcript *talk)
{
    if (!qc_name_sweep_talk(&made->sweep, made->talk, true))
        return false;
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    qc_walker walker = qc_walker_init(text, length);
    const qc_move *moves = (const qc_move *)(const void *)made->moves.data;
    for (size_t i = 0; i < qc_name_sweep_count(&made->sweep); i++) {
        const qc_hit *hit = qc_name_sweep_hit(&made->sweep, i);
        size_t at = qc_name_sweep_pieces(&made->sweep, hit)->start;
        qc_named named = {{0, 0}, hit->name, hit->whole, hit->parted};
        size_t old = qc_moved_from(moves, made->moves.length / sizeof *moves, at);
        if (!note_remaining(here, made->sweep.namer->key, &named, qc_walker_at(&walker, old).line))
            return false;
    }
    return true;
}

static bool put_map(qc_pseudonym *made, slot *here, const qc_file *file)
{
    qcode_moved_document document = {.name = here->name, .old_sha256 = qcode_transcript_hash(file->talk),
                                     .new_sha256 = here->hash, .moves = (const qc_move *)(const void *)made->moves.data,
                                     .move_count = made->moves.length / sizeof(qc_move)};
    qc_pseudonym_count_points(made, file->talk, &document.old_length, &document.new_length);
    return qc_put_moved_document(&here->map, &document);
}

/* Notes about what the new text is. */
static void tell(const qc_pseudonym *made, const qc_file *file, bool is_text)
{
    const char *source = qc_transcript_source(file->talk);
    if (!is_text)
        qc_note(file->notes, QCODE_NOTE_INFO, source, 0, 0,
                "the new file is plain text: the words and who says them, not the %s file",
                qcode_transcript_format(file->talk));
    size_t line = made->overlaps ? qcode_transcript_place(file->talk, made->first_overlap).line : 0;
    if (made->overlaps)
        qc_note(file->notes, QCODE_NOTE_WARNING, source, line, 0,
                "listed names overlap here, and the longer was replaced: look at what is left of the other (%zu times)",
                made->overlaps);
    if (!made->same)
        qc_note(file->notes, QCODE_NOTE_WARNING, source, 0, 0,
                "the new file does not read the same: turns %zu, were %zu; speakers %zu, were %zu; do two speakers have "
                "one replacement?",
                qcode_transcript_turn_count(made->talk), qcode_transcript_turn_count(file->talk),
                qcode_transcript_speaker_count(made->talk), qcode_transcript_speaker_count(file->talk));
}

/* Everything about one document that takes memory alone. */
static bool fill_slot(qc_pseudonym *made, slot *here, const qc_file *file)
{
    qc_sha256_of(made->text.data, made->text.length, here->hash);
    here->replaced = made->replaced;
    return check_text(made, here, file->talk) && check_name(made, here, here->name) &&
           qc_sightings_find(&here->seen, made, file->talk) && put_map(made, here, file) &&
           qc_buffer_append(&here->text, made->text.data, made->text.length);
}

/* One document, from its transcript to its new text. Runs in any thread. */
static bool make_document(void *user, size_t worker_index, size_t slot_index, qc_file *file)
{
    run *all = user;
    qc_pseudonym *made = &all->workers[worker_index].made;
    slot *here = &all->slots[slot_index];
    qc_buffer name = qc_buffer_init(all->memory);
    bool is_text = strcmp(qcode_transcript_format(file->talk), "text") == 0;
    if (qcode_transcript_next(file->talk))
        return qc_fail(&file->err, QCODE_INVALID, qc_transcript_source(file->talk), 0, 0,
                       "this is one of several documents in a file; expected one: write each to a file of its own");
    bool done = put_name(made, file->name, is_text, &name) || qc_no_memory(&file->err);
    here->name = name.data;
    done = done && qc_pseudonym_make(made, file->talk, &all->job->inputs->read, here->name, &file->err) &&
           (fill_slot(made, here, file) || qc_no_memory(&file->err));
    if (done)
        tell(made, file, is_text);
    return done;
}

static void tell_remaining(run *all, const slot *here, const qc_file *file)
{
    const remainder *one = (const remainder *)(const void *)here->remaining.data;
    for (size_t left = here->remaining.length / sizeof *one; left; left--, one++) {
        all->result->remaining++;
        qc_note(all->notes, QCODE_NOTE_ERROR, qc_transcript_source(file->talk), one->line, 0,
                "a listed name (line %zu of the key) would remain%s: list what stands there as a variant", one->key_line,
                one->line ? " beside a figure, a _ or a replacement" : " in the name of the file");
    }
}

static bool take_document(void *user, size_t slot_index, const qc_file *file)
{
    run *all = user;
    slot *here = &all->slots[slot_index];
    all->result->documents++;
    all->result->replaced += here->replaced;
    tell_remaining(all, here, file);
    if (!qc_names_tally_add(&all->tally, &here->seen, file->name))
        return qc_no_memory(all->err);
    return !all->job->folder ||
           qc_outfolder_add(&all->folder, here->name, &here->text, &here->map, all->err);
}

static bool open_workers(run *all)
{
    size_t slots = all->set.slot_count, workers = all->set.worker_count;
    all->workers = qc_arena_take_array(&all->set.arena, workers, sizeof *all->workers);
    all->slots = qc_arena_take_array(&all->set.arena, slots, sizeof *all->slots);
    if (!all->workers || !all->slots)
        return qc_no_memory(all->err);
    for (size_t i = 0; i < slots; i++) {
        slot *here = &all->slots[i];
        here->text = here->map = here->remaining = qc_buffer_init(all->memory);
        here->seen = qc_sightings_init(all->memory);
    }
    for (; all->worker_count < workers; all->worker_count++)
        if (!qc_pseudonym_init(&all->workers[all->worker_count].made, &all->namer, all->memory)) {
            all->worker_count++;
            return qc_no_memory(all->err);
        }
    return true;
}

static bool open_run(run *all)
{
    return qc_documents_open(&all->set) && qc_namer_init(&all->namer, all->job->key, all->memory, all->err) &&
           (qc_names_tally_init(&all->tally, all->job->key, all->memory) || qc_no_memory(all->err)) &&
           (!all->job->folder || qc_outfolder_open(&all->folder, all->job, all->memory, all->err)) &&
           open_workers(all) && qc_documents_begin(&all->set);
}

static void close_run(run *all)
{
    for (size_t i = 0; all->slots && i < all->set.slot_count; i++) {
        slot *here = &all->slots[i];
        empty_slot(all, i);
        qc_buffer_clear(&here->text);
        qc_buffer_clear(&here->map);
        qc_buffer_clear(&here->remaining);
        qc_sightings_clear(&here->seen);
    }
    for (size_t i = 0; i < all->worker_count; i++)
        qc_pseudonym_clear(&all->workers[i].made);
    qc_outfolder_clear(&all->folder);
    qc_names_tally_clear(&all->tally);
    qc_namer_clear(&all->namer);
    qc_documents_clear(&all->set);
}

/* The table, and the files unless a listed name would remain. */
static bool finish(run *all)
{
    qcode_pseudonymised *result = all->result;
    result->refused = all->set.refused;
    result->unlisted = all->tally.unlisted;
    result->names = qc_names_table(&all->tally, all->memory);
    if (!result->names || (all->notes && !qcode_notes_complete(all->notes)))
        return qc_no_memory(all->err);
    return !all->job->folder || result->remaining || qc_outfolder_finish(&all->folder, all->err);
}

bool qcode_pseudonymise(const qcode_pseudonymise_job *job, const qcode_memory *memory, qcode_pseudonymised *result,
                        qcode_notes *notes, qcode_error *err)
{
    *result = (qcode_pseudonymised){.names = NULL};
    run all = {.job = job, .memory = memory, .notes = notes, .err = err, .result = result};
    all.set = (qc_documents){.inputs = job->inputs, .memory = memory, .notes = notes, .err = err, .user = &all,
                             .make = make_document, .take = take_document, .empty = empty_slot};
    bool done = open_run(&all) && qc_documents_run(&all.set) && finish(&all);
    close_run(&all);
    if (!done) {
        qcode_table_free(result->names);
        result->names = NULL;
    }
    return done;
}
