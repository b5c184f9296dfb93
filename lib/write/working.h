/* The working copy of a run: a page to look at all of it. */
#ifndef QC_WRITE_WORKING_H
#define QC_WRITE_WORKING_H

#include "model/view.h"
#include "write/page_run.h"
#include "write/table.h"

typedef struct qc_working {
    const qc_view *view; /* of all that stands */
    qc_page_source from;
    const char *json; /* run.json */
    size_t json_length;
    const qc_named_table *tables; /* "codes", "respondents", "together", "trail"; "statements", where there are any, get a
                                   * part of the page of their own */
    size_t table_count;
} qc_working;

/* One file with its script and all its data, and nothing from elsewhere. False with the reason in `err` when a file of
 * the run cannot be understood or memory runs out; a failure to write is kept by the sink. */
bool qc_write_working(const qc_working *of, qcode_sink *sink, qcode_error *err);

#endif
