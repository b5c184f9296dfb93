/* Rows of figures, each with all that it has to be read with. */
#include "work/figures.h"
#include "base/buffer.h"
#include "model/table.h"

#include <inttypes.h>
#include <stdio.h>

static const qcode_column columns[] = {
    {"code", QCODE_TYPE_TEXT},       {"coefficient", QCODE_TYPE_TEXT}, {"terms", QCODE_TYPE_TEXT},
    {"coders", QCODE_TYPE_TEXT},     {"category", QCODE_TYPE_TEXT},    {"value", QCODE_TYPE_NUMBER},
    {"low", QCODE_TYPE_NUMBER},      {"high", QCODE_TYPE_NUMBER},      {"se", QCODE_TYPE_NUMBER},
    {"units", QCODE_TYPE_INTEGER},   {"left_out", QCODE_TYPE_INTEGER}, {"undefined", QCODE_TYPE_TEXT},
    {"standing", QCODE_TYPE_TEXT},   {"unit", QCODE_TYPE_TEXT},        {"touch", QCODE_TYPE_TEXT},
    {"level", QCODE_TYPE_TEXT},      {"resampled", QCODE_TYPE_TEXT},   {"resamples", QCODE_TYPE_INTEGER},
    {"seed", QCODE_TYPE_TEXT},       {"source", QCODE_TYPE_TEXT},
};

qcode_table *qc_figures_new(const qcode_memory *memory)
{
    qcode_table *table = qc_table_new(memory);
    for (size_t i = 0; table && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    return table;
}

static void add_figure(qcode_table *table, qcode_figure figure)
{
    if (figure.defined)
        qc_table_add_number(table, figure.value);
    else
        qc_table_add_missing(table);
}

static void add_drawing(qcode_table *table, const qc_figure_frame *frame, bool drawn)
{
    const qcode_intervals *how = frame->intervals;
    char seed[24];
    if (!drawn) {
        qc_table_add_missing(table);
        qc_table_add_missing(table);
        qc_table_add_missing(table);
        return;
    }
    snprintf(seed, sizeof seed, "%" PRIu64, how->seed);
    qc_table_add_text(table, qc_drawn(how, frame->clusters) == QCODE_RESAMPLE_CLUSTERS ? "cluster" : "unit");
    qc_table_add_count(table, how->resamples);
    qc_table_add_text(table, seed);
}

void qc_figures_add(qcode_table *table, const qc_figure_frame *frame, const qc_figure_row *row,
                    const qc_estimate *estimate)
{
    bool drawn = estimate->low.defined;
    const char *const first[] = {row->code, row->coefficient, row->terms, row->coders, row->category};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        qc_table_add_text(table, first[i]);
    add_figure(table, estimate->value);
    add_figure(table, estimate->low);
    add_figure(table, estimate->high);
    add_figure(table, estimate->se);
    qc_table_add_count(table, row->units);
    if (estimate->left_out)
        qc_table_add_count(table, estimate->left_out);
    else
        qc_table_add_missing(table);
    qc_table_add_text(table, estimate->value.defined ? NULL : qcode_reason_text(estimate->value.reason));
    qc_table_add_text(table, row->standing);
    qc_table_add_text(table, frame->unit);
    qc_table_add_text(table, frame->touch);
    qc_table_add_text(table, frame->level);
    add_drawing(table, frame, drawn);
    qc_table_add_text(table, row->source);
}

void qc_intervals_text(qc_buffer *out, const qcode_intervals *how, size_t clusters, const char *cluster_noun)
{
    bool by_cluster = qc_drawn(how, clusters) == QCODE_RESAMPLE_CLUSTERS;
    out->length = 0;
    if (by_cluster && clusters < QCODE_LEAST_CLUSTERS)
        qc_buffer_print(out, "not estimable with %zu %s%s: at least %d are resampled", clusters, cluster_noun,
                        clusters == 1 ? "" : "s", QCODE_LEAST_CLUSTERS);
    else
        qc_buffer_print(out, "the middle %g %% of %zu resamples of %ss, seed %" PRIu64 " (percentile bootstrap; %s)",
                        how->level * 100, how->resamples, by_cluster ? cluster_noun : "unit", how->seed,
                        "xoshiro256** seeded through SplitMix64");
}
