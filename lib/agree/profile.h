/* What one unit was given: each category once, with the number of coders who gave it. */
#ifndef QC_AGREE_PROFILE_H
#define QC_AGREE_PROFILE_H

#include "agree/tally.h"

typedef struct qc_given {
    size_t category;
    double count;
} qc_given;

typedef struct qc_profile {
    const qcode_tally *tally;
    qc_given *given; /* in the order of the coders */
    size_t kinds;
    double ratings; /* the sum of the counts */
    size_t *place;  /* of each category in `given`, from 1; 0: not there */
} qc_profile;

bool qc_profile_init(qc_profile *profile, const qcode_tally *tally, qcode_error *err);
void qc_profile_clear(qc_profile *profile);
void qc_profile_of(qc_profile *profile, size_t row);

#endif
