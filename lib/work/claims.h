/* A file of statements, opened beside a run. */
#ifndef QC_WORK_CLAIMS_H
#define QC_WORK_CLAIMS_H

#include "model/asked.h"
#include "work/accounts.h"
#include <qcode/table.h>

typedef struct qc_claims {
    qc_statements *statements;
    qc_accounts accounts;
    qc_asked asked;
    qc_arena arena;
} qc_claims;

/* Reads the statements, finds what is attached to them, and who was asked about their codes. Clear it in any case. */
bool qc_open_claims(qc_claims *claims, const char *path, const qc_view *view, const qcode_view_filter *filter,
                    const qcode_memory *memory, qcode_notes *notes, qcode_error *err);
void qc_claims_clear(qc_claims *claims);

/* Adds to what an analysis rests on which words stand for how many. False when memory runs out. */
bool qc_tell_quantifiers(qcode_table *about, const qc_quantifiers *policy, const qcode_memory *memory);

/* The same in a sentence: "of fewer than 4 respondents the numbers alone; ...". */
bool qc_put_policy(qc_buffer *out, const qc_quantifiers *policy);

#endif
