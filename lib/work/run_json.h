/* run.json of a folder that is changed: some parts anew, all else as it was. */
#ifndef QC_WORK_RUN_JSON_H
#define QC_WORK_RUN_JSON_H

#include "model/run.h"
#include "write/run.h"

typedef struct qc_run_changes {
    const qcode_codebooks *books; /* NULL: as they were */
    const qcode_code_totals *totals;
    const char *note;             /* one more, as an object; NULL: none */
    const qc_out_file *files;
    size_t file_count;
} qc_run_changes;

/* Appends the new run.json to `out`. The arena is for the work. */
bool qc_change_run_json(const char *text, size_t length, const qc_run_changes *changes, qc_arena *arena, qc_buffer *out,
                        qcode_error *err);

#endif
