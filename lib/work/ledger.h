/* How a run's folder came to be, of a run that is open already. */
#ifndef QC_WORK_LEDGER_H
#define QC_WORK_LEDGER_H

#include "read/run.h"
#include <qcode/table.h>

/* What qcode_trail answers. */
qcode_table *qc_trail_of(const qc_run *run, const qc_run_books *books, const char *folder, const qcode_memory *memory,
                         qcode_error *err);

#endif
