/* What became of all decisions in a run: those that were placed, and those that
 * were not, each with the reason. */
#ifndef QC_WORK_DECIDED_H
#define QC_WORK_DECIDED_H

#include "base/set.h"
#include "work/judge.h"

typedef struct qc_lost_decision {
    qcode_decision decision; /* its words only where they may be shown */
    const char *why;
} qc_lost_decision;

typedef struct qc_decided {
    const qcode_decisions *given; /* NULL: none */
    const qcode_memory *memory;
    qcode_decisions *kept; /* at their places */
    qc_buffer lost;        /* of qc_lost_decision */
    bool *met;             /* for each of the given: its document was in the run */
    qc_set left_out;       /* cases who have withdrawn, or may not be used */
    size_t moved, kept_back;
} qc_decided;

/* False when memory runs out, as everywhere here. Clear it in any case. */
bool qc_decided_init(qc_decided *decided, const qcode_decisions *given, const qcode_memory *memory, qcode_error *err);
void qc_decided_clear(qc_decided *decided);

/* Takes what was made of the decisions on one document. */
bool qc_decided_add(qc_decided *decided, const qcode_transcript *talk, const qc_judged *judged, size_t count);

/* The rest: those about no document, and those about documents that are not in
 * the run. Then all are in order. */
bool qc_decided_end(qc_decided *decided);

/* decisions.jsonl and decisions-unplaced.jsonl. */
bool qc_decided_put(const qc_decided *decided, qc_buffer *kept, qc_buffer *lost);

/* How many could not be put anywhere in documents of the run. */
size_t qc_decided_unplaced(const qc_decided *decided);

/* A note for each that was not placed, but of documents that are not in the run
 * only how many. */
void qc_decided_tell(const qc_decided *decided, qcode_notes *notes);

#endif
