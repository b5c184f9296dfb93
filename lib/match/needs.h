/* What a text must hold for a regex to match anywhere in it: one of some plain words, read from the pattern. */
#ifndef QC_MATCH_NEEDS_H
#define QC_MATCH_NEEDS_H

#include "base/memory.h"

/* One of the words: ASCII letters and digits, in small letters. */
typedef struct qc_need {
    const struct qc_need *next;
    const char *text;
    size_t length;
} qc_need;

/* The words in `*needs`, kept in `arena`; NULL when the pattern has none that this reader can see (it gives up at everything
 * unusual). `pattern` compiles. False when memory runs out. */
bool qc_needs_of(const char *pattern, size_t length, qc_arena *arena, const qc_need **needs);

#endif
