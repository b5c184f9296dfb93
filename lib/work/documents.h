/* A set of files, read by threads; what is made of each is taken in the order of the files. */
#ifndef QC_WORK_DOCUMENTS_H
#define QC_WORK_DOCUMENTS_H

#include "work/pipes.h"
#include "work/uses.h"
#include <qcode/job.h>

/* A file, from when a thread takes it on until it is taken. */
typedef struct qc_file {
    const char *name;       /* its document's */
    qcode_transcript *talk; /* the first, with others behind it (qcode_transcript_next); NULL: refused */
    qcode_notes *notes;
    qcode_error err; /* why it was refused */
} qc_file;

typedef struct qc_documents {
    const qcode_inputs *inputs;
    const qcode_memory *memory;
    qcode_notes *notes; /* the caller's, which may be NULL */
    qcode_error *err;
    void *user; /* of these functions: */
    /* Makes something of a file's transcripts and leaves it in a slot, which is nobody else's until it is taken. In any
     * thread; a worker does one at a time. False refuses the file, for the reason in its `err`. */
    bool (*make)(void *user, size_t worker, size_t slot, qc_file *file);
    /* Takes it, in the calling thread; a refused file is not shown. False ends the run, with `err` filled. */
    bool (*take)(void *user, size_t slot, const qc_file *file);
    /* Lets go of what a slot holds, before the transcript does. */
    void (*empty)(void *user, size_t slot);
    /* Is shown all notes: those about a document, or those about no document with NULL. May be NULL. */
    bool (*tell)(void *user, const char *document, const qcode_note *note);

    size_t worker_count, slot_count, refused; /* from here on set by the functions below */
    qc_arena arena;
    const char *const *names;
    qc_file *files; /* for each slot */
    qc_piped **pipes;
    qc_case_uses uses;
} qc_documents;

/* Looks at the inputs and names the documents: how many workers and slots there will be is known then. */
bool qc_documents_open(qc_documents *set);

/* Reads what comes through pipes: outputs are opened behind this. */
bool qc_documents_begin(qc_documents *set);

/* Reads, makes and takes all, and says what is left to say of the study's cases. */
bool qc_documents_run(qc_documents *set);

void qc_documents_clear(qc_documents *set);

#endif
