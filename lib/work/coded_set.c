/* Reads and codes a set of documents in threads, and keeps them. */
#include "work/coded_set.h"
#include "base/error.h"
#include "match/matcher.h"
#include "model/codebook.h"
#include "work/documents.h"

/* What was made of a file, until it is taken. */
typedef struct kept {
    qc_file *file;
    qc_buffer documents; /* of qc_coded_document */
} kept;

typedef struct set_run {
    qc_coded_set *set;
    const qcode_memory *memory;
    qcode_error *err;
    qc_documents documents;
    kept *slots;
    qcode_matcher **matchers; /* for each worker and book */
} set_run;

static void clear_document(qc_coded_document *document)
{
    for (size_t i = 0; i < QC_MOST_BOOKS; i++)
        qcode_codings_free(document->codings[i]);
    qc_buffer_clear(&document->asked);
    qc_buffer_clear(&document->about);
    qc_buffer_clear(&document->sentences);
    qc_buffer_clear(&document->excess);
}

static void clear_documents(qc_buffer *list)
{
    qc_coded_document *documents = (void *)list->data;
    for (size_t i = 0; i < list->length / sizeof *documents; i++)
        clear_document(&documents[i]);
    qc_buffer_clear(list);
}

/* What is watched while a document is coded. */
typedef struct watch {
    qc_coded_document *document;
    const qcode_transcript *talk;
    size_t codes;
} watch;

static bool see_question(void *user, const qc_question *question, qc_opening opening, const qc_belief *belief)
{
    watch *of = user;
    bool done = qc_buffer_append(&of->document->asked, &question->turn, sizeof question->turn);
    (void)opening;
    for (size_t i = 0; done && i < of->codes; i++)
        done = qc_buffer_byte(&of->document->about, belief[i].asked + belief[i].carried > 0);
    return done;
}

static bool see_sentence(void *user, size_t turn, qcode_span sentence, const qc_said *said, const qc_score *scores,
                         const qcode_hit *hits, size_t hit_count)
{
    watch *of = user;
    bool done = qc_buffer_append(&of->document->sentences, &sentence.start, sizeof sentence.start);
    (void)turn;
    (void)said;
    (void)hits;
    (void)hit_count;
    for (size_t i = 0; done && i < of->codes; i++)
        done = qc_buffer_append(&of->document->excess, &scores[i].excess, sizeof scores[i].excess);
    return done;
}

static bool code_one(set_run *run, size_t worker, const qcode_transcript *talk, qc_coded_document *document,
                     qcode_error *err)
{
    size_t books = run->set->book_count;
    watch of = {document, talk, run->set->rules[0]->book->count};
    const qc_witness witness = {&of, see_question, see_sentence};
    bool done = true;
    for (size_t i = 0; done && i < books; i++) {
        qcode_matcher *matcher = run->matchers[worker * books + i];
        matcher->evidence.witness = i ? NULL : &witness;
        document->codings[i] = qcode_match(matcher, talk, err);
        matcher->evidence.witness = NULL;
        done = document->codings[i] != NULL;
    }
    return done;
}

/* All documents of a file. Runs in any thread. */
static bool code_file(void *user, size_t worker, size_t slot, qc_file *file)
{
    set_run *run = user;
    kept *to = &run->slots[slot];
    bool done = true;
    to->file = file;
    for (const qcode_transcript *talk = file->talk; done && talk; talk = qcode_transcript_next(talk)) {
        qc_coded_document document = {.asked = qc_buffer_init(run->memory),
                                      .about = qc_buffer_init(run->memory),
                                      .sentences = qc_buffer_init(run->memory),
                                      .excess = qc_buffer_init(run->memory)};
        done = code_one(run, worker, talk, &document, &file->err);
        if (!qc_buffer_append(&to->documents, &document, sizeof document)) {
            clear_document(&document);
            return qc_no_memory(&file->err);
        }
    }
    return done;
}

static bool keep_file(void *user, size_t slot, const qc_file *file)
{
    set_run *run = user;
    kept *from = &run->slots[slot];
    qc_coded_set *set = run->set;
    (void)file;
    if (!qc_buffer_append(&set->documents, from->documents.data, from->documents.length))
        return qc_no_memory(run->err);
    from->documents.length = 0;
    qcode_transcript *talk = from->file->talk;
    from->file->talk = NULL;
    return qc_talks_add(set->talks, talk) || qc_no_memory(run->err);
}

static void empty_slot(void *user, size_t slot)
{
    set_run *run = user;
    clear_documents(&run->slots[slot].documents);
}

static bool open_run(set_run *run, const qcode_codebook *const *books, const qcode_match_options *options,
                     qcode_notes *notes)
{
    qc_coded_set *set = run->set;
    qc_documents *documents = &run->documents;
    for (size_t i = 0; i < set->book_count; i++)
        if (!(set->rules[i] = qcode_rules_new(books[i], options, run->memory, notes, run->err)))
            return false;
    if (!(set->talks = qc_talks_new(run->memory, run->err)) || !qc_documents_open(documents))
        return false;
    run->slots = qc_arena_take_array(&documents->arena, documents->slot_count, sizeof *run->slots);
    run->matchers = qc_arena_take_array(&documents->arena, documents->worker_count * set->book_count,
                                        sizeof(qcode_matcher *));
    if (!run->slots || !run->matchers)
        return qc_no_memory(run->err);
    for (size_t i = 0; i < documents->slot_count; i++)
        run->slots[i].documents = qc_buffer_init(run->memory);
    for (size_t i = 0; i < documents->worker_count * set->book_count; i++)
        if (!(run->matchers[i] = qcode_matcher_new(set->rules[i % set->book_count], run->memory, run->err)))
            return false;
    return qc_documents_begin(documents);
}

bool qc_coded_set_make(qc_coded_set *set, const qcode_inputs *inputs, const qcode_codebook *const *books, size_t count,
                       const qcode_match_options *options, const qcode_memory *memory, qcode_notes *notes,
                       qcode_error *err)
{
    *set = (qc_coded_set){.memory = memory, .documents = qc_buffer_init(memory), .book_count = count};
    set_run run = {.set = set, .memory = memory, .err = err};
    run.documents = (qc_documents){.inputs = inputs, .memory = memory, .notes = notes, .err = err, .user = &run,
                                   .make = code_file, .take = keep_file, .empty = empty_slot};
    bool done = open_run(&run, books, options, notes) && qc_documents_run(&run.documents);
    set->refused = run.documents.refused;
    for (size_t i = 0; run.matchers && i < run.documents.worker_count * count; i++)
        qcode_matcher_free(run.matchers[i]);
    qc_documents_clear(&run.documents);
    return done;
}

void qc_coded_set_clear(qc_coded_set *set)
{
    clear_documents(&set->documents);
    qcode_talks_free(set->talks);
    for (size_t i = 0; i < QC_MOST_BOOKS; i++)
        qcode_rules_free(set->rules[i]);
    *set = (qc_coded_set){.memory = set->memory};
}

const qc_coded_document *qc_coded_set_at(const qc_coded_set *set, size_t index)
{
    return (const qc_coded_document *)(const void *)set->documents.data + index;
}
