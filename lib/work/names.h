/* What documents are called in every output. */
#ifndef QC_WORK_NAMES_H
#define QC_WORK_NAMES_H

#include "base/memory.h"
#include <qcode/error.h>

/* The name of each path: its last part, or where two share that, the shortest tails that tell them apart; "stdin" for
 * "-". Bytes of a path that are no text are spelt out. Names live in `arena`. NULL when memory runs out or a file is
 * given twice, by whichever paths. */
const char *const *qc_name_documents(qc_arena *arena, const char *const *paths, size_t count, qcode_error *err);

#endif
