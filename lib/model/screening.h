/* The decisions of a review on its studies. */
#ifndef QC_MODEL_SCREENING_H
#define QC_MODEL_SCREENING_H

#include "base/set.h"
#include <qcode/screening.h>

typedef enum qc_stage {
    QC_STAGE_IDENTIFICATION,
    QC_STAGE_SCREENING,
    QC_STAGE_RETRIEVAL,
    QC_STAGE_ELIGIBILITY,
    QC_STAGES
} qc_stage;

typedef enum qc_decision { QC_UNDECIDED, QC_INCLUDE, QC_EXCLUDE } qc_decision;

#define QC_CONSENSUS "consensus" /* the reviewer who settles */

/* A study that was found. Strings are "" where nothing is said. */
typedef struct qc_study {
    const char *source, *date, *original; /* `original`: of which it is a duplicate */
    size_t original_line, original_column;
} qc_study;

typedef struct qc_judgement {
    size_t study, reviewer; /* their numbers in the sets */
    qc_stage stage;         /* not identification */
    qc_decision decision;
    const char *reason;
    unsigned level; /* 0: none */
    size_t line;
} qc_judgement;

struct qcode_screening {
    qc_arena arena; /* holds the strings */
    const qcode_memory *memory;
    const char *source;
    qc_set studies, reviewers; /* an index of `studies` is one of `found` */
    qc_study *found;
    size_t found_capacity;
    qc_judgement *judgements; /* in the order of the lines */
    size_t judgement_count, judgement_capacity;
};

const char *qc_stage_name(qc_stage stage);

#endif
