/* Where somebody's passage stands after its transcript was corrected: by place,
 * by its words, and by what is around them. */
#ifndef QC_READ_CODINGS_SETTLE_H
#define QC_READ_CODINGS_SETTLE_H

#include "read/codings/anchor.h"

/* A passage as it once was; strings may be "". */
typedef struct qc_passage_mark {
    size_t start, end; /* code points */
    const char *text, *before, *after;
} qc_passage_mark;

/* How it was found. */
typedef enum qc_settled {
    QC_SETTLED_NOT,
    QC_SETTLED_SEVERAL, /* its words stand in several places, and nothing tells
                           which is meant */
    QC_SETTLED_THERE,   /* where it says */
    QC_SETTLED_MOVED,   /* elsewhere */
    QC_SETTLED_CHANGED  /* between the words that were around it, which are
                           themselves not quite as they were */
} qc_settled;

/* False when memory runs out. `*place` holds when it was found. */
bool qc_settle(qc_anchor *anchor, const qc_passage_mark *mark, qcode_span *place, qc_settled *how);

#endif
