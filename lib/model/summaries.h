/* Summaries being gathered. */
#ifndef QC_MODEL_SUMMARIES_H
#define QC_MODEL_SUMMARIES_H

#include "base/buffer.h"
#include "base/memory.h"
#include <qcode/chart.h>

struct qcode_summaries {
    const qcode_memory *memory;
    qc_arena arena;
    qc_buffer list; /* of qcode_summary, in order */
};

/* Puts a summary in its place, or in the place of an older one; strings are copied. With an empty text the one that is
 * there is taken away. False when memory runs out. */
bool qc_summaries_put(qcode_summaries *summaries, const qcode_summary *summary);

/* NULL when there is none. */
const qcode_summary *qc_summaries_find(const qcode_summaries *summaries, const char *respondent, const char *code);

#endif
