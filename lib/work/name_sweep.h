/* All listed names in a transcript: in its lines, in what is said, and in what stands between. */
#ifndef QC_WORK_NAME_SWEEP_H
#define QC_WORK_NAME_SWEEP_H

#include "match/namer.h"
#include "model/reading.h"

/* A name where it stands: more than one piece when something else lies in its midst (a page's footer, a number). */
typedef struct qc_hit {
    uint32_t name; /* an index of the key's names */
    bool whole, parted; /* as qc_named has them */
    bool is_speech;
    size_t piece, piece_count; /* in the sweep's pieces */
    size_t length;             /* of all its pieces */
} qc_hit;

/* Scratch for one thread, and what the last sweep found. */
typedef struct qc_name_sweep {
    const qc_namer *namer;
    qc_namer_scratch scratch;
    qc_reading_scratch reading;
    qc_buffer found, hits, pieces, ranges;
} qc_name_sweep;

bool qc_name_sweep_init(qc_name_sweep *sweep, const qc_namer *namer, const qcode_memory *memory);
void qc_name_sweep_clear(qc_name_sweep *sweep);

/* Finds all names in a transcript's text. False when memory runs out. */
bool qc_name_sweep_talk(qc_name_sweep *sweep, const qcode_transcript *talk, bool inner);

size_t qc_name_sweep_count(const qc_name_sweep *sweep);
const qc_hit *qc_name_sweep_hit(const qc_name_sweep *sweep, size_t index);
const qcode_span *qc_name_sweep_pieces(const qc_name_sweep *sweep, const qc_hit *hit);

#endif
