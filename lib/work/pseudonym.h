/* One transcript with other names in it. */
#ifndef QC_WORK_PSEUDONYM_H
#define QC_WORK_PSEUDONYM_H

#include "model/moves.h"
#include "work/name_sweep.h"

/* A change of the text. */
typedef struct qc_edit {
    qcode_span old;
    const char *put; /* what stands there now, `length` bytes */
    size_t length;
    size_t line; /* the index of the key's line; QC_NO_LINE: a time or a line end */
} qc_edit;

#define QC_NO_LINE SIZE_MAX

/* Scratch for one thread, and the transcript made last. */
typedef struct qc_pseudonym {
    const qcode_memory *memory;
    qc_name_sweep sweep;
    qc_reading_scratch reading;
    qc_arena arena; /* what edits put in */
    qc_buffer edits, moves; /* qc_edit and qc_move, in order; in bytes */
    qc_buffer text;         /* the new text */
    qcode_transcript *talk; /* ... read back */
    bool same;       /* it has the same turns, speakers and times, and the same words but for the names */
    size_t replaced; /* names */
    size_t overlaps; /* listed names that stand partly in another, longer one; and the place of the first in the text */
    size_t first_overlap;
} qc_pseudonym;

bool qc_pseudonym_init(qc_pseudonym *made, const qc_namer *namer, const qcode_memory *memory);
void qc_pseudonym_clear(qc_pseudonym *made);

/* Makes the text with other names and reads it back under `name`. The rendering of a container gets what a plain text
 * needs to be read as the same turns: times, blank lines. A label that is no label in brackets loses these. */
bool qc_pseudonym_make(qc_pseudonym *made, const qcode_transcript *talk, const qcode_read_options *read,
                       const char *name, qcode_error *err);

/* Puts the moves into code points, in place of bytes; the lengths of both texts are in `*old` and `*now`. */
void qc_pseudonym_count_points(qc_pseudonym *made, const qcode_transcript *talk, size_t *old, size_t *now);

#endif
