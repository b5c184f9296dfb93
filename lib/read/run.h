/* Reading a run's folder back. */
#ifndef QC_READ_RUN_H
#define QC_READ_RUN_H

#include "base/bytes.h"
#include "model/run.h"
#include "read/fields.h"
#include <qcode/codebook.h>
#include <qcode/error.h>

/* Reads segments.jsonl and documents.jsonl of a folder; `json` is what its run.json is going to say. */
qc_run *qc_read_run(const char *folder, const char *json, size_t length, const qcode_memory *memory,
                    qcode_error *err);
/* The same of files that are not there yet. */
qc_run *qc_parse_run(const qc_buffer *json, const qc_buffer *segments, const void *documents, size_t length,
                     const qcode_memory *memory, qcode_error *err);
/* A file of the folder, whole. */
bool qc_read_run_file(const char *folder, const char *name, const qcode_memory *memory, qc_bytes *bytes,
                      qcode_error *err);

/* [[12, 40], ...] as qc_run_spans: a reader of fields. */
bool qc_field_spans(qc_input *in, const qc_json_token *value, void *place);
void qc_run_free(qc_run *run);

/* Whether run.json names a file of the folder. */
bool qc_run_names(const qc_run *run, const char *name);

/* The same of a complete folder: refused when run.json is absent, or when a file is not the one whose hash it has.
 * report.html is not looked at: it is made from the others. */
qc_run *qc_read_whole_run(const char *folder, const qcode_memory *memory, qcode_error *err);

/* The codebooks of a run. */
typedef struct qc_run_books {
    qcode_codebook *at[QCODE_MOST_CODEBOOKS];
    size_t count;
} qc_run_books;

/* The codebooks of a complete folder that was read. False with the reason in `err`; they are to be cleared in any case. */
bool qc_read_run_books(const qc_run *run, const char *folder, const qcode_memory *memory, qc_run_books *books,
                       qcode_notes *notes, qcode_error *err);
void qc_run_books_clear(qc_run_books *books);

#endif
