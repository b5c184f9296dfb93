/* Whether a code means the same in two versions of a codebook. */
#ifndef QC_MODEL_MEANING_H
#define QC_MODEL_MEANING_H

#include "base/buffer.h"
#include "model/codebook.h"

/* What makes up the meaning of a code: bits. */
enum {
    QC_MEANS_DEFINITION = 1,
    QC_MEANS_INCLUDE = 2,
    QC_MEANS_EXCLUDE = 4,
    QC_MEANS_RULES = 8, /* and all that says how they are applied */
    QC_MEANS_TO_PEOPLE = QC_MEANS_DEFINITION | QC_MEANS_INCLUDE | QC_MEANS_EXCLUDE
};

/* The parts in which the two differ; 0: they mean the same. */
unsigned qc_meaning_differs(const qcode_code *one, const qcode_code *two);

/* Appends "definition, rules". */
bool qc_put_meaning(qc_buffer *out, unsigned parts);

#endif
