/* Studies and dictionaries of other programs, as qcode's own files. */
#ifndef QCODE_IMPORT_H
#define QCODE_IMPORT_H

#include <qcode/limits.h>
#include <qcode/notes.h>
#include <qcode/sink.h>
#include <qcode/table.h>

typedef struct qcode_import_job {
    /* A project of REFI-QDA (.qdpx, .qde), its codebook (.qdc), QualCoder's folder or database, a database of Taguette,
     * RQDA or requal, annotations of brat, WebAnno, doccano, Label Studio or W3C, a table of codings, or a dictionary of LIWC,
     * WordStat, Yoshikoder, Lexicoder or quanteda. */
    const char *path;
    /* A folder that is new or empty: codebook.yaml, transcripts/, codings.csv, cases.csv, memos.csv and losses.csv, as far as
     * there is something to say. A name that ends in .yaml or .yml: the codebook alone, and NAME.losses.csv. NULL: the
     * codebook goes to `sink`. */
    const char *output;
    qcode_sink *sink; /* not finished here */
    const char *encoding; /* of texts, as iconv names it; NULL: as found */
    const qcode_limits *limits; /* NULL: the defaults */
} qcode_import_job;

typedef struct qcode_imported {
    char program[128]; /* who wrote it, as far as it says */
    size_t codes, terms, transcripts, codings, cases, memos;
    qcode_table *losses; /* what, name: each thing that qcode's files have no place for */
    qcode_table *lost;   /* what, count: the same, counted */
} qcode_imported;

/* False with the reason in `err`. What was guessed is in `notes`. The result is to be cleared in any case. */
QCODE_API bool qcode_import(const qcode_import_job *job, const qcode_memory *memory, qcode_imported *result,
                            qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_imported_clear(qcode_imported *result);

#endif
