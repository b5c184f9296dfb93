/* How well rules code: against codings by hand, against other rules, and what they miss. */
#ifndef QCODE_EVALUATE_H
#define QCODE_EVALUATE_H

#include <qcode/coders.h>
#include <qcode/job.h>
#include <qcode/sink.h>

/* What is looked at, and against what. Either transcripts and a codebook, or a run's folder. */
typedef struct qcode_evaluate_job {
    qcode_inputs inputs;
    const qcode_codebook *codebook;
    qcode_match_options match;
    const char *folder; /* NULL: none */
    const char *const *against; /* codings, as qcode_coders_read takes them */
    size_t against_count;
    const char *unit;  /* "sentence" (NULL), "turn", "answer", "document", "respondent", "listed": as the codings list them */
    const char *touch; /* when a passage codes a unit: "any" (NULL), "half", "whole" */
    bool mixed;        /* as with qcode_compare_job */
    bool rules;        /* each rule, too: the documents are coded again without it */
    size_t most;       /* disagreements */
    uint64_t seed;     /* of the intervals */
} qcode_evaluate_job;

typedef struct qcode_evaluation {
    /* code, against (a coder, or "reference": what all of them say), speech (all, asked: answers to a question on the code,
     * unasked: all other; own words: the same with segments that rest on the speaker's own words alone, other words: with
     * the others alone), interviews, units, reference, rules, both, precision, recall, f1, kappa, low, high (of 95 %),
     * judgement. The last rows are means over codes. */
    qcode_table *codes;
    qcode_table *rules; /* code, rule, hits, units, right, precision, adds (to the f1); NULL: not asked for */
    qcode_table *disagreements; /* document, line, code, rules, coders, basis, distance, text; NULL: not asked for */
    size_t documents, units, refused;
    size_t coders; /* who the reference is of */
} qcode_evaluation;

/* False when it was not done, as with qcode_code_set. Plain sentences on what the figures say are in `notes`. */
QCODE_API bool qcode_evaluate(const qcode_evaluate_job *job, const qcode_memory *memory, qcode_evaluation *result,
                              qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_evaluation_clear(qcode_evaluation *result);

/* What was measured, as the agreement.json that is kept beside a study.yaml (qcode/measured.h); `on` is the date. The sink
 * is not finished. */
QCODE_API bool qcode_evaluation_record(const qcode_evaluation *found, const qcode_evaluate_job *job, const char *on,
                                       const qcode_memory *memory, qcode_sink *sink, qcode_error *err);

/* Which segments come and go from one codebook to another: change (gone, new), document, line, code, rules, text; and for
 * each code gone, new, same. */
typedef struct qcode_difference {
    qcode_table *segments, *codes;
    size_t documents, refused, gone, added, same;
} qcode_difference;

QCODE_API bool qcode_diff(const qcode_inputs *inputs, const qcode_codebook *before, const qcode_codebook *after,
                          const qcode_match_options *match, const qcode_memory *memory, qcode_difference *result,
                          qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_difference_clear(qcode_difference *result);

/* Terms and phrases of one to three words that mark a code in hand-coded sentences, and would find more of it. */
typedef struct qcode_suggest_job {
    qcode_inputs inputs;
    const qcode_codebook *codebook;
    qcode_match_options match;
    const char *const *against; /* codings, as qcode_coders_read takes them */
    size_t against_count;
    size_t most; /* for each code */
} qcode_suggest_job;

/* The table: code, term, keyness, coded (sentences of the code that have it), uncoded (others), gain (sentences of the code
 * that no rule finds), cost (others that would be coded), found_at and false_at (where some of these stand). */
QCODE_API qcode_table *qcode_suggest(const qcode_suggest_job *job, const qcode_memory *memory, size_t *refused,
                                     qcode_notes *notes, qcode_error *err);

#endif
