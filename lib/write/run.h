/* run.json: what a run's folder holds and how it came to be. Without times and paths: the same input gives the same
 * bytes. */
#ifndef QC_WRITE_RUN_H
#define QC_WRITE_RUN_H

#include "base/buffer.h"
#include <qcode/job.h>

typedef struct qc_out_file {
    const char *name;
    uint64_t bytes;
    char hash[65];
} qc_out_file;

typedef struct qc_run_facts {
    const qcode_code_job *job;
    const qcode_code_totals *totals;
    const char *qcode, *engines;
    const char *notes; /* objects, with a comma and a line feed between them */
    size_t notes_length;
    const char *decisions, *unplaced; /* decisions.jsonl and decisions-unplaced.jsonl; NULL: no such file */
    size_t decisions_length, unplaced_length;
    const qc_out_file *files;
    size_t file_count;
} qc_run_facts;

/* Parts of run.json, each whole lines: codebooks; counts, who is kept back, codes and themes; files, to the end. Of a folder that was
 * changed, how many matches were vetoed may not be known: SIZE_MAX. */
bool qc_put_codebooks(qc_buffer *out, qcode_codebooks books);
bool qc_put_counts(qc_buffer *out, const qcode_code_totals *totals);
bool qc_put_files(qc_buffer *out, const qc_out_file *files, size_t count);

bool qc_put_run(qc_buffer *out, const qc_run_facts *facts);

#endif
