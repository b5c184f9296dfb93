/* From a run's folder to files that other programs open. What a format has no place for is counted, and said. */
#ifndef QCODE_EXPORTS_H
#define QCODE_EXPORTS_H

#include <qcode/analyse.h>
#include <qcode/decisions.h>
#include <qcode/error.h>
#include <qcode/notes.h>
#include <qcode/sink.h>
#include <qcode/table.h>

/* What can be made. */
typedef struct qcode_export_target {
    const char *name;   /* "refi" */
    const char *ending; /* ".qdpx": what its files are called */
    const char *about;
} qcode_export_target;

/* By index, from 0; NULL behind the last. */
QCODE_API const qcode_export_target *qcode_export_target_at(size_t index);

typedef struct qcode_export_job {
    const char *folder; /* of a complete run */
    const char *target; /* the name of one */
    const char *dialect; /* of refi: "nvivo", "atlas", "maxqda" or "qualcoder"; NULL: as the standard says */
    qcode_view_filter filter;
    const qcode_decisions *decisions; /* whose memos go along; NULL: none */
    bool raw; /* csv: no ' in front of what a spreadsheet would take for a formula */
} qcode_export_job;

/* Puts the file into the sink, which is not finished. `losses`, which the caller owns, has a row for each kind of thing
 * that the file does not say, or says otherwise: `what`, `count`, and the first of them as `for_example`. It may be NULL
 * after a failure. The same folder gives the same bytes. Words that may not be quoted are masked, and who is left out
 * is in none. */
QCODE_API bool qcode_export(const qcode_export_job *job, const qcode_memory *memory, qcode_sink *sink,
                            qcode_table **losses, qcode_notes *notes, qcode_error *err);

#endif
