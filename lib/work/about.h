/* What an analysis of a run rests on. */
#ifndef QC_WORK_ABOUT_H
#define QC_WORK_ABOUT_H

#include "model/view.h"

/* A table of `what` and `value`; `unit` may be NULL. NULL when memory runs out. */
qcode_table *qc_tell_about(const qc_view *view, const qcode_view_filter *filter, const char *unit,
                           const qcode_memory *memory);

#endif
