/* A run's folder being written: its files appear whole, and run.json last, with the hashes of all the others. */
#ifndef QC_WORK_FOLDER_H
#define QC_WORK_FOLDER_H

#include "base/buffer.h"
#include "write/csv.h"
#include "write/run.h"
#include <qcode/job.h>

typedef struct qc_run_folder {
    const qcode_memory *memory;
    const char *path;
    qcode_sink *segments, *documents;
    qc_csv_table *table;
    qc_out_file files[8 + QCODE_MOST_CODEBOOKS];
    size_t file_count;
} qc_run_folder;

/* Makes the job's folder if it is absent. Refuses one where a file would be lost that no run wrote, or that the job
 * reads. What stands in it stays until the run is finished. */
bool qc_run_folder_open(qc_run_folder *folder, const qcode_code_job *job, const qcode_memory *memory, qcode_error *err);
void qc_run_folder_clear(qc_run_folder *folder);

/* Takes an old run.json away, puts the files in their places, makes the report, and last run.json. `facts` has all but
 * the files. A report that is not made is a note. */
bool qc_run_folder_finish(qc_run_folder *folder, qc_run_facts *facts, qcode_notes *notes, qcode_error *err);

/* The steps of that, for a folder that is changed: a mark that it is incomplete, files from bytes, the report from the files
 * that are there and from what run.json (`json`) will say, and last run.json, which empties `json`. */
bool qc_run_folder_begin(qc_run_folder *folder, qcode_error *err);
bool qc_run_folder_put(qc_run_folder *folder, const char *name, const void *data, size_t length, qcode_error *err);
bool qc_run_folder_report(qc_run_folder *folder, const qc_buffer *json, qcode_codebooks books, qcode_error *err);
bool qc_run_folder_end(qc_run_folder *folder, qc_buffer *json, qcode_error *err);

/* How many documents a report is made for without being asked. */
#define QC_MOST_REPORTED 200

#endif
