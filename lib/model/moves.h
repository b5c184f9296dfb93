/* Where words went when a text was changed at some places. */
#ifndef QC_MODEL_MOVES_H
#define QC_MODEL_MOVES_H

#include "base/memory.h"
#include <qcode/pseudonymise.h>

/* What stood at `old` stands at `now`. Either may be empty: something was put in, or taken out. Moves are in order and
 * apart; both texts are counted in the same unit. */
typedef struct qc_move {
    qcode_span old, now;
} qc_move;

/* Where a span of the old text is. One that cuts into a move holds all of it; what was put in at its ends is not in
 * it. */
qcode_span qc_moved(const qc_move *moves, size_t count, qcode_span old);

/* Where a place of the new text was in the old one; within a move, its start. */
size_t qc_moved_from(const qc_move *moves, size_t count, size_t now);

struct qcode_moves {
    qc_arena arena; /* holds the documents and their moves */
    const qcode_moved_document *documents;
    size_t count;
};

#endif
