/* A complete run's folder, opened for analyses. */
#ifndef QC_WORK_OPENED_H
#define QC_WORK_OPENED_H

#include "model/view.h"
#include "read/run.h"
#include <qcode/coders.h>
#include <qcode/notes.h>

typedef struct qc_opened {
    qc_run *run;
    qcode_talks *talks;
    qc_run_books books;
    qc_view view;
} qc_opened;

/* Clear it in any case. */
bool qc_open_run(qc_opened *opened, const char *folder, const qcode_view_filter *filter, const qcode_memory *memory,
                 qcode_notes *notes, qcode_error *err);
void qc_opened_clear(qc_opened *opened);

#endif
