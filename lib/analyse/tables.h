/* The tables that are made of a view. Each answers a table of its own, or NULL when memory runs out. */
#ifndef QC_ANALYSE_TABLES_H
#define QC_ANALYSE_TABLES_H

#include "model/view.h"

/* Who raised each code: a row for each code and group of respondents, and `all` where there are several groups. */
qcode_table *qc_table_raised(const qc_view *view, const qcode_memory *memory);

/* Segments of each code (a column; those under a code count in it) for each respondent, or each document. */
qcode_table *qc_table_by_respondent(const qc_view *view, bool binary, const qcode_memory *memory);
qcode_table *qc_table_by_document(const qc_view *view, bool binary, const qcode_memory *memory);

#endif
