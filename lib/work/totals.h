/* Counting what was coded: segments, interviews, and respondents, each once however many interviews they gave. */
#ifndef QC_WORK_TOTALS_H
#define QC_WORK_TOTALS_H

#include "base/buffer.h"
#include "base/set.h"
#include <qcode/job.h>

typedef struct qc_counter {
    qcode_codebooks books;
    qcode_code_totals *totals;
    qc_set seen;     /* a case: in the study, and with each code */
    qc_buffer key;   /* scratch */
    qc_buffer flags; /* scratch: (place, speaker) pairs met in one document; places are codes, then themes */
    qc_buffer lasts; /* scratch: for each place the passage counted last in one document */
} qc_counter;

/* Clears `totals`, with a line for every code of the books. */
bool qc_counter_init(qc_counter *counter, qcode_codebooks books, const qcode_memory *memory,
                     qcode_code_totals *totals);
void qc_counter_clear(qc_counter *counter);

/* Counts a coded document. False when memory runs out. */
bool qc_counter_add(qc_counter *counter, const qcode_codings *codings);

#endif
