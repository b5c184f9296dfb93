/* Many words looked for at once, where words begin: the four bytes there are looked up in a small bitmap, and only then the
 * words themselves. */
#ifndef QC_MATCH_SCANNER_H
#define QC_MATCH_SCANNER_H

#include "base/memory.h"
#include "match/anchors.h"
#include "match/glance.h"

/* A word, or a beginning of words, and whoever asks for it. Its bytes are as in a view. */
typedef struct qc_sought {
    qc_literal literal; /* at most QC_LONGEST_SOUGHT bytes are looked at */
    uint32_t target;
} qc_sought;

enum { QC_LONGEST_SOUGHT = 255 };

typedef struct qc_scanner {
    uint64_t *bits;  /* which four bytes may begin a word, by their hash */
    unsigned shift;  /* what is left of a hash as an index of `bits` */
    uint8_t *kinds;  /* and in which drawers such words lie, by another part of the hash */
    uint32_t three;  /* the first three of four bytes, as they come from memory */
    bool threes;     /* there are words of three bytes: `bits` has these, too */
    uint64_t *pairs; /* which two bytes may, for words of less than three; NULL when there are none */
    struct qc_spelling *spellings; /* the different words */
    uint32_t *targets;
    struct qc_drawer *drawers; /* for some lengths: the words by their hash */
    size_t drawer_count;
    uint8_t short_drawers; /* those of words of less than three bytes, by their numbers' bits */
    size_t count;
    bool others; /* some begin with another byte than ASCII's */
} qc_scanner;

/* Builds it in `arena`; the words' bytes stay the caller's. `sought` is sorted in place. False when memory runs out. */
bool qc_scanner_build(qc_scanner *scanner, qc_arena *arena, qc_sought *sought, size_t count);

/* Tells `found` every sought word that stands at a word's start in the view, or at any character from U+0080 on. False as soon
 * as that answers false. `places` has room for as many as the view has bytes. */
typedef bool qc_scanner_found(void *user, uint32_t target, size_t at);
bool qc_scanner_run(const qc_scanner *scanner, const qc_glance *view, uint32_t *places, qc_scanner_found *found, void *user);

#endif
