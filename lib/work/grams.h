/* Runs of one to three words, and the units they stand in. */
#ifndef QC_WORK_GRAMS_H
#define QC_WORK_GRAMS_H

#include "base/set.h"
#include "model/units.h"
#include "text/fold.h"

enum { QC_GRAM_WORDS = 3 };

typedef struct qc_gram_place {
    size_t gram, unit;
} qc_gram_place;

typedef struct qc_grams {
    qc_set names;     /* folded, a space between words */
    qc_buffer places; /* of qc_gram_place, by gram and unit, each once */
} qc_grams;

/* Those of all units but the ones whose words may not be shown; nothing but function words makes none. False when memory
 * runs out; clear it in any case. */
bool qc_grams_init(qc_grams *grams, const qc_units *units, const qcode_coders *coders, const qcode_memory *memory);
void qc_grams_clear(qc_grams *grams);

#endif
