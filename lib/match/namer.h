/* Finds the names of a key in text: whole words, any case, a possessive taken with its name. */
#ifndef QC_MATCH_NAMER_H
#define QC_MATCH_NAMER_H

#include "match/lexicon.h"
#include "model/key.h"

/* Never changes; threads may share it. It borrows from its key. */
typedef struct qc_namer {
    qc_arena arena;
    const qcode_key *key;
    qc_term *plain;   /* the names */
    qc_lexicon whole; /* they, and with s' behind them */
    qc_lexicon inner; /* they anywhere in a word */
} qc_namer;

/* Makes the names of a key ready. False, with the place in the key, when a name is there twice or a replacement holds a
 * listed name. It is to be cleared after a failure, too. */
bool qc_namer_init(qc_namer *namer, const qcode_key *key, const qcode_memory *memory, qcode_error *err);
void qc_namer_clear(qc_namer *namer);

/* A name in a text. */
typedef struct qc_named {
    qcode_span span;
    uint32_t name; /* an index of the key's names */
    bool whole;    /* a whole word; else part of one, ... */
    bool parted;   /* ... where no letter stands beside it: "smith_2" */
} qc_named;

/* Scratch for one thread. */
typedef struct qc_namer_scratch {
    qc_folder folder;
    qc_lexicon_scratch whole, inner;
} qc_namer_scratch;

bool qc_namer_scratch_init(qc_namer_scratch *scratch, const qc_namer *namer, const qcode_memory *memory);
void qc_namer_scratch_clear(qc_namer_scratch *scratch);

/* Appends all names in a text (as qc_named, overlapping ones too) to `found`; with `inner` those inside of words, too.
 * White space in a name is any white space in the text. False when memory runs out. */
bool qc_namer_find(const qc_namer *namer, qc_namer_scratch *scratch, const char *text, size_t length, bool inner,
                   qc_buffer *found);

#endif
