/* Transcripts with other names in them: a key of names, the job that replaces them, and where the words went. This is
 * pseudonymising: whoever has the key, or knows the people, can undo it. It is not anonymising. */
#ifndef QCODE_PSEUDONYMISE_H
#define QCODE_PSEUDONYMISE_H

#include <qcode/job.h>
#include <qcode/transcript.h>

/* The names of a study and what stands for them. A key.csv has the columns `name` and `replacement`, and perhaps
 * `variants` (parted by |) and `kind` (person, place, organisation ...). */
typedef struct qcode_key qcode_key;

/* NULL with file:line:column when the key cannot be used: a name is empty or there twice, a replacement is empty or
 * holds a listed name. Names that differ in case alone are one. */
QCODE_API qcode_key *qcode_key_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                    qcode_error *err);
QCODE_API qcode_key *qcode_key_parse(const void *data, size_t length, const char *name, const qcode_memory *memory,
                                     qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_key_free(qcode_key *key);
QCODE_API size_t qcode_key_count(const qcode_key *key); /* lines */

typedef struct qcode_pseudonymise_job {
    const qcode_inputs *inputs;
    const qcode_key *key;
    const char *const *secrets; /* files that must not lie in the folder: the key, the cases ... */
    size_t secret_count;
    const char *folder; /* made if absent; NULL: nothing is written */
    const char *map;    /* a file outside the folder for the offset map; NULL: the folder's path and ".map.jsonl" */
} qcode_pseudonymise_job;

typedef struct qcode_pseudonymised {
    qcode_table *names; /* what is listed and what probably should be, for a person to judge; the caller frees it */
    size_t documents, refused;
    size_t replaced;  /* places where a listed name was replaced */
    size_t remaining; /* places where one would remain: then nothing was written, and error notes tell them all */
    size_t unlisted;  /* places of what is probably a name and not listed */
} qcode_pseudonymised;

/* Does the job. True also when listed names would remain: look at `remaining`. */
QCODE_API bool qcode_pseudonymise(const qcode_pseudonymise_job *job, const qcode_memory *memory,
                                  qcode_pseudonymised *result, qcode_notes *notes, qcode_error *err);

/* An offset map as it was read: for each document, where the words of the old text are in the new one. */
typedef struct qcode_moves qcode_moves;
QCODE_API qcode_moves *qcode_moves_read(const char *path, const qcode_memory *memory, qcode_error *err);
QCODE_API qcode_moves *qcode_moves_parse(const void *data, size_t length, const char *name,
                                         const qcode_memory *memory, qcode_error *err);
QCODE_API void qcode_moves_free(qcode_moves *moves);

/* What was done to one document. */
typedef struct qcode_moved_document {
    const char *name;       /* the new document's */
    const char *old_sha256; /* of the bytes that were read, as in documents.jsonl */
    const char *new_sha256; /* of the new text */
    size_t old_length, new_length; /* of the texts, in code points */
    const struct qc_move *moves;
    size_t move_count;
} qcode_moved_document;

QCODE_API size_t qcode_moves_count(const qcode_moves *moves);
QCODE_API const qcode_moved_document *qcode_moves_at(const qcode_moves *moves, size_t index);

/* The document that was made of the bytes with this hash; NULL when there is none. */
QCODE_API const qcode_moved_document *qcode_moves_find(const qcode_moves *moves, const char *old_sha256);

/* Where a span of the old text, in code points, is in the new one. A span that cuts into a name holds the whole
 * replacement. False when it does not fit the old text or nothing is left of it. */
QCODE_API bool qcode_moved(const qcode_moved_document *document, qcode_span old, qcode_span *now);

#endif
