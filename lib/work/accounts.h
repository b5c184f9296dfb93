/* Setting statements beside a run. */
#ifndef QC_WORK_ACCOUNTS_H
#define QC_WORK_ACCOUNTS_H

#include "model/accounts.h"
#include <qcode/notes.h>

/* Finds where each attachment stands; those that stand nowhere are kept and noted. What is filled in lasts as long as the
 * arena. False when memory runs out, or (QCODE_INVALID, with its place) a statement names a code or group that the run
 * does not have. */
bool qc_place_statements(qc_accounts *accounts, const qc_statements *statements, const qc_view *view,
                         const qcode_view_filter *filter, qc_arena *arena, const qcode_memory *memory,
                         qcode_notes *notes, qcode_error *err);

#endif
