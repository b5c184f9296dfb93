/* The questions of an interview guide, a line each. */
#ifndef QC_READ_GUIDE_H
#define QC_READ_GUIDE_H

#include "base/memory.h"

/* The lines of a text without empty ones, those that begin with #, and the marks of lists. They live in `arena`. NULL
 * when memory runs out. */
const char *const *qc_guide_lines(qc_arena *arena, const char *text, size_t length, size_t *count);

#endif
