/* What every match of a regex holds, read from the pattern: one of some words, or beginnings of words, and how far from the
 * match's start it can stand. */
#ifndef QC_MATCH_ANCHORS_H
#define QC_MATCH_ANCHORS_H

#include "base/memory.h"
#include "match/frequency.h"

enum { QC_SHORTEST_ANCHOR = 2, QC_SHORTEST_SECOND = 3 };

/* ASCII in small letters, beginning with a letter, digit or _ that, in the text as terms see it, stands behind something else. */
typedef struct qc_literal {
    const char *text;
    size_t length;
} qc_literal;

typedef struct qc_anchors {
    const qc_literal *at; /* every match holds one of these ... */
    size_t count;         /* ... unless there are none: then nothing is known */
    enum {
        QC_ANCHOR_STARTS, /* and begins with it */
        QC_ANCHOR_INSIDE, /* with at most `before` words before it */
        QC_ANCHOR_APART   /* somewhere */
    } place;
    size_t before;
    const qc_literal *second; /* and one of these (at least QC_SHORTEST_SECOND bytes), unless there are none, ... */
    size_t second_count;
    bool second_behind;       /* ... that many words behind the first at most, or before it */
    size_t second_reach;
} qc_anchors;

/* Reads them from a pattern that compiles; what is kept lives in `arena`. Gives up at everything unusual: then there are none.
 * `language` tells which words are rare. False when memory runs out. */
bool qc_anchors_of(const char *pattern, size_t length, const qc_frequencies *language, qc_arena *arena, qc_anchors *anchors);

#endif
