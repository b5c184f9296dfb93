/* The interviews of a run and their segments on a page that runs a script. */
#ifndef QC_WRITE_PAGE_RUN_H
#define QC_WRITE_PAGE_RUN_H

#include "base/set.h"
#include "model/run.h"
#include "write/page.h"
#include "write/page_data.h"
#include <qcode/error.h>

/* Where the data come from: documents.jsonl and segments.jsonl of the run. */
typedef struct qc_page_source {
    const qc_run *run;
    const char *documents, *segments;
    size_t documents_length, segments_length;
} qc_page_source;

/* What the list of interviews says of one before it is opened. */
typedef struct qc_page_tally {
    size_t segments, judged;
} qc_page_tally;

typedef struct qc_page_run {
    qc_page_source from;
    qc_set names;      /* of the documents, as they are numbered */
    qc_buffer tallies; /* a qc_page_tally for each */
} qc_page_run;

/* Numbers the documents as they stand in the folder. False when memory runs out; clear it in any case. */
bool qc_page_run_init(qc_page_run *of, const qc_page_source *from, const qcode_memory *memory, qcode_error *err);
void qc_page_run_clear(qc_page_run *of);

/* The segments, a block for each document, which are tallied on the way. */
bool qc_page_segments(qc_page *page, qc_page_run *of, qcode_error *err);

/* The documents, a block for each. What the run has masked is masked here. The script stands behind the first, so that
 * it is open while the browser reads the others. */
bool qc_page_documents(qc_page *page, const qc_page_run *of, const qc_asset *script, qcode_error *err);

/* The members of an object that say of a document what it is called and what was tallied. */
void qc_page_document(qc_page *page, const qc_page_run *of, size_t document);

#endif
