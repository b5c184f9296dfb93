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
    qc_out_file files[7];
    size_t file_count;
} qc_run_folder;

/* Makes the job's folder if it is absent. Refuses one where a file would be lost that no run wrote, or that the job
 * reads. What stands in it stays until the run is finished. */
bool qc_run_folder_open(qc_run_folder *folder, const qcode_code_job *job, const qcode_memory *memory, qcode_error *err);
void qc_run_folder_clear(qc_run_folder *folder);

/* Takes an old run.json away, puts the files in their places, makes the report, and last run.json. `facts` has all but
 * the files. A report that is not made is a note. */
bool qc_run_folder_finish(qc_run_folder *folder, qc_run_facts *facts, qcode_notes *notes, qcode_error *err);

/* How many documents a report is made for without being asked. */
#define QC_MOST_REPORTED 200

#endif
