/* The table of figures that comparisons end in: a row for each coefficient. */
#ifndef QC_WORK_FIGURES_H
#define QC_WORK_FIGURES_H

#include "base/buffer.h"
#include "work/coefficients.h"

/* What a row says beside its estimate. NULL: nothing. */
typedef struct qc_figure_row {
    const char *code, *coefficient, *terms, *coders, *category, *source;
    const char *standing; /* "declared", "usual" or "exploratory" */
    size_t units;         /* that somebody rated */
} qc_figure_row;

/* How all of a table's figures were made: in each of its rows. */
typedef struct qc_figure_frame {
    const char *unit, *touch, *level; /* NULL: nothing */
    const qcode_intervals *intervals; /* NULL: none are drawn */
    size_t clusters;
} qc_figure_frame;

/* An empty table with its columns; NULL when memory runs out. */
qcode_table *qc_figures_new(const qcode_memory *memory);

void qc_figures_add(qcode_table *table, const qc_figure_frame *frame, const qc_figure_row *row,
                    const qc_estimate *estimate);

/* "middle 95 % of 1000 resamples of units, seed 1" in `out`, emptied first; of too few clusters why there is none. */

void qc_intervals_text(qc_buffer *out, const qcode_intervals *how, size_t clusters, const char *cluster_noun);

#endif
