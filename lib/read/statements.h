/* Reading a statements.yaml. */
#ifndef QC_READ_STATEMENTS_H
#define QC_READ_STATEMENTS_H

#include "model/statements.h"
#include <qcode/error.h>
#include <qcode/notes.h>

/* NULL when it cannot be used: then `err` has the first reason, with its place, and `notes` all of them. */
qc_statements *qc_read_statements(const char *path, const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

#endif
