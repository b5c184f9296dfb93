/* Terms that are stems: each word of a text is stemmed and looked up. */
#ifndef QC_MATCH_STEMS_H
#define QC_MATCH_STEMS_H

#include "match/lexicon.h"
#include "text/stem.h"

typedef struct qc_stems {
    const qc_wanted *wanted; /* by stem */
    size_t count;
} qc_stems;

/* Sorts `wanted` in place and keeps it; it stays the caller's. */
void qc_stems_build(qc_stems *stems, qc_wanted *wanted, size_t count);

/* Scratch for one thread: the stems of words that were met lately. */
typedef struct qc_stem_scratch {
    const qcode_memory *memory;
    qc_stemmer *stemmer;
    struct qc_stem_met *met;
} qc_stem_scratch;

/* `language` is known to Snowball. False when memory runs out. */
bool qc_stem_scratch_init(qc_stem_scratch *scratch, const char *language, const qcode_memory *memory);
void qc_stem_scratch_clear(qc_stem_scratch *scratch);

/* Tells `found` every word of a folded text whose stem is wanted, once for each owner. False as soon as `found` answers
 * false, or when memory runs out: then `*no_memory`. */
bool qc_stems_scan(const qc_stems *stems, qc_stem_scratch *scratch, const char *text, size_t length,
                   qc_lexicon_found *found, void *user, bool *no_memory);

/* The plain way, for one stem. The first word at or after `*start` whose stem it is. */
bool qc_stem_next(qc_stem_scratch *scratch, const qc_term *stem, const char *text, size_t length, size_t *start,
                  size_t *end, bool *no_memory);

#endif
