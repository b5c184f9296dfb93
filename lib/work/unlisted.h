/* The table of names: what is listed and where it was replaced, and what probably should be listed. */
#ifndef QC_WORK_UNLISTED_H
#define QC_WORK_UNLISTED_H

#include "base/set.h"
#include "model/key.h"
#include "model/table.h"
#include "work/pseudonym.h"

/* What was found in one document: qc_sighting, their words in `words`. */
typedef struct qc_sightings {
    qc_buffer list, words;
    qc_buffer shadow, reading, ranges; /* scratch */
} qc_sightings;

qc_sightings qc_sightings_init(const qcode_memory *memory);
void qc_sightings_clear(qc_sightings *seen);

/* Looks through a document: names replaced, and what was left that is probably a name. `talk` is the old transcript.
 * False when memory runs out. */
bool qc_sightings_find(qc_sightings *seen, qc_pseudonym *made, const qcode_transcript *talk);

/* The same words of all documents together. */
typedef struct qc_tally_of_names {
    qc_arena arena;
    const qcode_key *key;
    qc_set words; /* each with its kind */
    struct qc_tallied *at;
    size_t capacity;
    size_t documents, unlisted; /* unlisted: places */
} qc_tally_of_names;

bool qc_names_tally_init(qc_tally_of_names *tally, const qcode_key *key, const qcode_memory *memory);
void qc_names_tally_clear(qc_tally_of_names *tally);
bool qc_names_tally_add(qc_tally_of_names *tally, const qc_sightings *seen, const char *document);

/* The table; NULL when memory runs out. */
qcode_table *qc_names_table(const qc_tally_of_names *tally, const qcode_memory *memory);

#endif
