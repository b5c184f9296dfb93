/* Reading a run's folder back. */
#ifndef QC_READ_RUN_H
#define QC_READ_RUN_H

#include "base/bytes.h"
#include "model/run.h"
#include <qcode/error.h>

/* Reads segments.jsonl and documents.jsonl of a folder; `json` is what its run.json is going to say. */
qc_run *qc_read_run(const char *folder, const char *json, size_t length, const qcode_memory *memory,
                    qcode_error *err);
void qc_run_free(qc_run *run);

/* The same of a complete folder: refused when run.json is absent, or when a file is not the one whose hash it has.
 * report.html is not looked at: it is made from the others. `book` gets codebook.yaml, for the caller to clear. */
qc_run *qc_read_whole_run(const char *folder, const qcode_memory *memory, qc_bytes *book, qcode_error *err);

#endif
