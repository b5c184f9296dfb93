/* All terms of all rules in one matcher: what a place of the text may begin is found by its bytes, then compared. */
#ifndef QC_MATCH_LEXICON_H
#define QC_MATCH_LEXICON_H

#include "base/memory.h"
#include "match/term.h"

/* A term with the number of whoever asked for it. */
typedef struct qc_wanted {
    qc_term term;
    uint32_t owner;
    uint64_t order; /* what most comparisons need; the lexicon fills it in */
} qc_wanted;

typedef struct qc_trie {
    struct qc_node *nodes; /* the first is the root; NULL when there are no terms */
    unsigned char *labels; /* for each node the byte that leads to it */
    uint64_t pairs[1024];  /* which two bytes a key can begin with */
} qc_trie;

typedef struct qc_lexicon {
    struct qc_entry *entries; /* the different terms: those with a plain beginning, those beginning with a wildcard and
                               * going on plainly, those of wildcards alone */
    uint32_t *owners;
    size_t fixed_count, loose_count, wild_count;
    qc_trie fixed; /* tried where a word may begin */
    qc_trie loose; /* tried everywhere: the part behind the wildcards */
} qc_lexicon;

/* Builds the lexicon in `arena`; the terms' bytes stay the caller's. `wanted` is sorted in place. False when memory runs out. */
bool qc_lexicon_build(qc_lexicon *lexicon, qc_arena *arena, qc_wanted *wanted, size_t count);

/* Scratch for one thread and one lexicon. */
typedef struct qc_lexicon_scratch {
    const qcode_memory *memory;
    uint64_t *tried; /* for each loose term the last place where it was tried; counts on from text to text */
    uint64_t base;
} qc_lexicon_scratch;

bool qc_lexicon_scratch_init(qc_lexicon_scratch *scratch, const qc_lexicon *lexicon, const qcode_memory *memory);
void qc_lexicon_scratch_clear(qc_lexicon_scratch *scratch);

/* Tells `found` every term at every place of a folded text, once for each owner; a term that begins with `*` is told at the
 * start of the word only. False as soon as `found` answers false. */
typedef bool qc_lexicon_found(void *user, uint32_t owner, size_t start, size_t end);
bool qc_lexicon_scan(const qc_lexicon *lexicon, qc_lexicon_scratch *scratch, const char *text, size_t length,
                     qc_lexicon_found *found, void *user);

#endif
