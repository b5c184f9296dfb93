/* report.html: a run to show to a colleague. */
#ifndef QC_WRITE_REPORT_H
#define QC_WRITE_REPORT_H

#include "model/run.h"
#include <qcode/codebook.h>
#include <qcode/sink.h>

/* One file without scripts and without anything from elsewhere. A failure is kept by the sink. */
void qc_write_report(const qc_run *run, qcode_codebooks books, qcode_sink *sink);

#endif
