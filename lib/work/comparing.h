/* What a comparison of codings holds while it runs. */
#ifndef QC_WORK_COMPARING_H
#define QC_WORK_COMPARING_H

#include "base/set.h"
#include "model/coders.h"
#include "model/units.h"
#include "work/figures.h"

typedef struct qc_comparing {
    const qcode_compare_job *job;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qc_arena arena;
    qcode_talks **talks; /* sets of transcripts: those that were named, or each run's own */
    size_t talks_count;
    qcode_coders *coders;
    size_t *coder, *code; /* by name */
    size_t coder_count, code_count;
    bool *in_scope;       /* each document */
    uint32_t *cluster;    /* each document's, by the names of those in scope */
    size_t cluster_count;
    qc_by by;             /* the units; of characters turns, which show where a code is */
    bool by_character;
    qc_touch touch;
    qc_units units;
    int32_t *values;      /* units x coders: of the code at hand */
    uint32_t *clusters;   /* of units */
    qcode_intervals intervals;
    qc_figure_frame frame;
    qc_set respondents;   /* scratch */
    qc_buffer scratch;
} qc_comparing;

/* Reads texts and codings, and makes the units. Clear it in any case. */
bool qc_comparing_open(qc_comparing *c, const qcode_compare_job *job, const qcode_memory *memory, qcode_notes *notes,
                       qcode_error *err);
void qc_comparing_clear(qc_comparing *c);

const char *qc_comparing_coder(const qc_comparing *c, size_t index);
const char *qc_comparing_code(const qc_comparing *c, size_t index);

/* "sentence", "character" ... */
const char *qc_comparing_unit(const qc_comparing *c);

/* Puts into `values` who gave which unit the code (by its index), under a rule of touching. */
bool qc_comparing_rate(qc_comparing *c, size_t code, qc_touch touch);

/* The ratings of one code, of coders `a` and `b` or (QC_ALL_CODERS) of all; `values` has been filled for it. */
qcode_tally *qc_comparing_tally(qc_comparing *c, size_t code, size_t a, size_t b);

/* Reads who was asked to code what, if the job names it. */
bool qc_read_assignments(qc_comparing *c);

/* The same with each character of the units as one. */
qcode_tally *qc_tally_by_character(qc_comparing *c, size_t code, size_t a, size_t b);

/* These fill tables of `result`: each code; all codes together; all codes of a unit as one
 * set; where coders differ; what is said there. */
bool qc_compare_codes(qc_comparing *c, qcode_comparison *result);
bool qc_compare_pooled(qc_comparing *c, qcode_comparison *result);
bool qc_compare_sets(qc_comparing *c, qcode_comparison *result);
bool qc_compare_passages(qc_comparing *c, qcode_comparison *result);
bool qc_compare_talks(qc_comparing *c, qcode_comparison *result);

/* Where passages begin and end, and which code they bear. */
bool qc_compare_spans(qc_comparing *c, qcode_comparison *result);

/* Alpha over all codes and coders under another rule of touching. */
bool qc_pooled_alpha(qc_comparing *c, qc_touch touch, qcode_figure *value);

#endif
