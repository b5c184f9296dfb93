/* One thing to say about many places: the first few as notes with their lines, the others as a number. */
#ifndef QC_READ_TALLY_H
#define QC_READ_TALLY_H

#include "base/error.h"

typedef struct qc_tally {
    qcode_note_kind kind;
    const char *text; /* what is said of each place */
    size_t count, last_line;
} qc_tally;

/* Met once more, on `line`. */
void qc_tally_at(qc_tally *tally, qcode_notes *notes, const char *source, size_t line);

/* Says how many were not named, if any. */
void qc_tally_end(const qc_tally *tally, qcode_notes *notes, const char *source);

#endif
