/* What matching sees of a turn: its ranges joined, one space for a soft line end or a gap, a line feed for a
 * paragraph's end (a blank line between two ranges), with a map back to the text. */
#ifndef QC_MODEL_READING_H
#define QC_MODEL_READING_H

#include "base/buffer.h"
#include <qcode/transcript.h>

typedef struct qc_reading {
    const char *text; /* the transcript's own bytes when the turn is one range without a line end */
    size_t length;
    qcode_turn turn;
    const char *source;    /* the transcript's text */
    const size_t *offsets; /* for each range, where it begins in the reading */
} qc_reading;

static inline qcode_span qc_span_of(qcode_range range)
{
    return (qcode_span){range.start, range.end};
}

/* Scratch for one thread; a reading made with it lasts until its next use. */
typedef struct qc_reading_scratch {
    qc_buffer text, offsets;
} qc_reading_scratch;

qc_reading_scratch qc_reading_scratch_init(const qcode_memory *memory);
void qc_reading_scratch_clear(qc_reading_scratch *scratch);

/* False when memory runs out. */
bool qc_read_turn(qc_reading_scratch *scratch, const qcode_transcript *talk, const qcode_turn *turn,
                  qc_reading *reading);

/* The hull in the transcript's text of bytes [start, end) of the reading (start < end). */
qcode_span qc_reading_span(const qc_reading *reading, size_t start, size_t end);

/* The speech under a hull, as pieces in the text: appended to `pieces` as qcode_span. */
bool qc_reading_pieces(const qc_reading *reading, size_t start, size_t end, qc_buffer *pieces);

/* Appends a turn's ranges to `pieces`, as qcode_span. */
bool qc_list_ranges(qc_buffer *pieces, const qcode_turn *turn);

/* Appends the reading of some pieces of a transcript: their bytes, joined as above. This is a segment's `text`. */
bool qc_put_reading(qc_buffer *out, const char *text, const qcode_span *pieces, size_t count);

#endif
