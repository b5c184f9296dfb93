/* Who was asked about what, and where they answered, as far as the codebooks can tell. */
#ifndef QC_MODEL_ASKED_H
#define QC_MODEL_ASKED_H

#include "model/view.h"

/* The longest answer of a respondent to a question about a code: turns of one document. */
typedef struct qc_answered {
    size_t document, turn; /* the index of its first turn */
    size_t words;          /* 0: they were not asked */
} qc_answered;

typedef struct qc_asked {
    const bool *known;          /* each code: its codebook can tell */
    const qc_answered *answers; /* respondents x codes; of a code that stands over others theirs too */
} qc_asked;

#endif
