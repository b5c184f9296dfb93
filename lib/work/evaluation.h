/* An evaluation from inside: what its files share. */
#ifndef QC_WORK_EVALUATION_H
#define QC_WORK_EVALUATION_H

#include "work/coded_set.h"
#include "work/marks.h"
#include <qcode/evaluate.h>

/* The values of one code, for each unit. */
typedef struct qc_code_values {
    size_t code;                   /* of the coders */
    const qcode_code *of;          /* of the book; NULL: a run's folder was given */
    int32_t *rules, *own, *others; /* by all segments, by those of own words, by the others alone */
    int32_t *reference;            /* what all coders say; -1 where they differ */
    unsigned char *asked, *unasked; /* whether the unit answers a question on the code; NULL: not known */
} qc_code_values;

typedef struct qc_evaluation {
    const qcode_evaluate_job *job;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qcode_evaluation *result;
    qc_coded_set set;
    qcode_talks *restored;
    qcode_coders *coders;
    qc_units units;
    qc_touch touch;
    size_t rules, coder_count; /* the number of the rules as a coder; those of the reference are before it */
    qc_arena arena;
    qc_code_values *codes;
    size_t code_count;
} qc_evaluation;

/* What a coder says of each unit on a code and those under it. */
bool qc_evaluation_rate(qc_evaluation *e, const qcode_coders *coders, size_t coder, const qc_code_values *code,
                        qc_passage_filter *filter, const void *user, int32_t *values);
int32_t *qc_evaluation_values(qc_evaluation *e); /* NULL when memory runs out */
qcode_table *qc_evaluation_table(qc_evaluation *e, const qcode_column *columns, size_t count);
void qc_evaluation_add_figure(qcode_table *table, qcode_figure figure);

/* The tables beside that of the codes. */
bool qc_evaluate_rules(qc_evaluation *e);
bool qc_list_disagreements(qc_evaluation *e);

/* The name under which rules are a coder: nobody else's. */
#define QC_RULES_AS_CODER "\x01rules"

#endif
