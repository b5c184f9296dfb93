/* The tables that are made of a view. Each answers a table of its own, or NULL when memory runs out (which `err`, where
 * there is one, need not say). */
#ifndef QC_ANALYSE_TABLES_H
#define QC_ANALYSE_TABLES_H

#include "model/accounts.h"
#include "model/asked.h"
#include "model/units.h"
#include "model/view.h"
#include <qcode/chart.h>

/* Who raised each code: a row for each code and group of respondents, and `all` where there are several groups. */
qcode_table *qc_table_raised(const qc_view *view, const qcode_memory *memory);

/* Segments of each code (a column; those under a code count in it) for each respondent, or each document. */
qcode_table *qc_table_by_respondent(const qc_view *view, bool binary, const qcode_memory *memory);
qcode_table *qc_table_by_document(const qc_view *view, bool binary, const qcode_memory *memory);

/* Pairs of codes: units that have both, beside how many chance would give. */
qcode_table *qc_table_together(const qc_view *view, qc_by by, const qcode_memory *memory, qcode_error *err);

/* Speech of respondents that no code touches, the longest stretch first. */
qcode_table *qc_table_residual(const qc_view *view, const qcode_memory *memory, qcode_error *err);

/* Codes met for the first time, interview by interview in the order of the run. */
qcode_table *qc_table_accumulation(const qc_view *view, const qcode_memory *memory);

/* Every segment, code by code, with all attributes of who says it. */
qcode_table *qc_table_quotes(const qc_view *view, const qcode_memory *memory);

/* Of each code up to `most` quotes to read first: own words, 8 to 60 of them, every respondent's best before anybody's
 * second, what is negated first among equals. */
qcode_table *qc_table_candidates(const qc_view *view, size_t most, const qcode_memory *memory);

/* Who raised which code: respondents x codes, 1 where they did in their own words, or where a person says so. */
void qc_mark_raised(const qc_view *view, uint8_t *raised);

/* Who did not raise each code, and what they said when they were asked about it. */
qcode_table *qc_table_absent(const qc_view *view, const qc_asked *asked, const qcode_memory *memory);

/* The cells of a framework matrix. `read`: for each document, whether a person has finished it; `summaries` may be NULL. */
qcode_table *qc_table_cells(const qc_view *view, const qc_asked *asked, const bool *read,
                            const qcode_summaries *summaries, const qcode_memory *memory);

/* What statements rest on: a row for each statement and group that it is about, and one for all. */
qcode_table *qc_table_statements(const qc_view *view, const qc_accounts *accounts, const qc_asked *asked,
                                 const qcode_memory *memory);

/* The word that stands for a count: "most"; of a small group "two of three". */
void qc_put_quantifier(qc_buffer *out, const qc_quantifiers *policy, size_t count, size_t of);

/* Every passage attached to a statement, those that stand nowhere too. */
qcode_table *qc_table_accounts(const qc_view *view, const qc_accounts *accounts, const qcode_memory *memory);

#endif
