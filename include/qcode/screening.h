/* What became of the studies that a review found: read from a table of decisions, counted as a PRISMA flow is (Page et al.
 * 2021, The PRISMA 2020 statement, BMJ 372, n71). */
#ifndef QCODE_SCREENING_H
#define QCODE_SCREENING_H

#include <qcode/notes.h>
#include <qcode/table.h>

/* The lines of a screening.csv: columns `study` (needed), `search source`, `date`, `duplicate of`, `stage` (identification,
 * screening, retrieval, eligibility), `decision` (include, exclude, or empty: not yet), `reason`, `reviewer`, `level` (1 to
 * 5). A line is one reviewer's decision on one study at one stage; what the reviewer "consensus" says settles it. */
typedef struct qcode_screening qcode_screening;

/* NULL with file:line:column when the table contradicts itself or holds what is not expected. */
QCODE_API qcode_screening *qcode_screening_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                                qcode_error *err);
QCODE_API qcode_screening *qcode_screening_parse(const void *data, size_t length, const char *name,
                                                 const qcode_memory *memory, qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_screening_free(qcode_screening *screening);

/* The flow: columns stage, what, detail, studies. `notes` gets a warning for each study that was decided on after it was
 * excluded. The caller frees the table. */
QCODE_API qcode_table *qcode_screening_flow(const qcode_screening *screening, const qcode_memory *memory,
                                            qcode_notes *notes, qcode_error *err);

/* The decisions side by side: columns study, stage, differ, then one for each reviewer. A row for each study and stage on which
 * two reviewers or more have decided. */
QCODE_API qcode_table *qcode_screening_reviewers(const qcode_screening *screening, const qcode_memory *memory,
                                                 qcode_error *err);

/* How far reviewers agree on what to include, a row for each stage and two reviewers with studies that both decided on: columns
 * stage, one, other, studies, both_include, only_one_includes, only_other_includes, both_exclude, agreement (their share),
 * kappa (Cohen 1960), low and high (of 95 %, with the standard error of Fleiss, Cohen and Everitt 1969), why_none. What the
 * consensus says is nobody's rating. */
QCODE_API qcode_table *qcode_screening_agreement(const qcode_screening *screening, const qcode_memory *memory,
                                                 qcode_error *err);

#endif
