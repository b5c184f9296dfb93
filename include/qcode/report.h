/* A page to look at a run: who raised what, where it was said, why it was coded, and how the run came to be. The small
 * report.html of a run's folder is qcode_report in qcode/job.h. */
#ifndef QCODE_REPORT_H
#define QCODE_REPORT_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>
#include <qcode/notes.h>
#include <qcode/sink.h>

typedef struct qcode_report_job {
    const char *folder; /* of a complete run */
    qcode_sink *out;
} qcode_report_job;

/* Writes the working copy, with the transcripts in it; the sink is finished. Words that may not be quoted are not in it. */
QCODE_API bool qcode_report_page(const qcode_report_job *job, const qcode_memory *memory, qcode_notes *notes,
                                 qcode_error *err);

#endif
