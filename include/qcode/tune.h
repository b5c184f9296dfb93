/* Fitting the numbers of a codebook that weighs evidence to interviews that people have coded. */
#ifndef QCODE_TUNE_H
#define QCODE_TUNE_H

#include <qcode/job.h>

enum { QCODE_LEAST_CROSSED = 3 }; /* interviews, to leave one out */

typedef struct qcode_tune_job {
    qcode_inputs inputs;
    const qcode_codebook *codebook;
    const char *const *against; /* codings, as qcode_coders_read takes them */
    size_t against_count;
    const char *const *only; /* numbers to fit: "threshold", "weight", any of `evidence` and `topics`, or one as the results
                                name it ("trust.threshold"); none: all */
    size_t only_count;
    size_t steps; /* settings that are tried; 0: QCODE_TUNE_STEPS */
    uint64_t seed;
    bool cross; /* tune without each interview in turn, and score that one */
} qcode_tune_job;

enum { QCODE_TUNE_STEPS = 500 };

#define QCODE_NO_KAPPA (-2.0) /* there is none: people gave no code, or it was not asked for */

/* Macro kappas: means of Cohen's kappa over the codes that people gave. */
typedef struct qcode_tuned {
    qcode_table *interviews; /* document, units, coded, before, after, and where crossed left_out */
    qcode_table *codes;      /* code, interviews, positives, before, after, and where crossed left_out */
    qcode_table *numbers;    /* number, before, after: those that changed */
    double before, after;    /* of all interviews together */
    double left_out, mean_before, mean_after, mean_left_out; /* crossed: of all left out together; means of interviews */
    size_t documents, refused, units, positives, fitted; /* `fitted`: how many numbers could change */
    bool listed;             /* units as the codings list them, else sentences */
    char *book;              /* the codebook with its new numbers */
    size_t length;
    qcode_memory memory;
} qcode_tuned;

/* False when it was not done, as with qcode_code_set. The same seed gives the same bytes, with any number of threads. */
QCODE_API bool qcode_tune(const qcode_tune_job *job, const qcode_memory *memory, qcode_tuned *result, qcode_notes *notes,
                          qcode_error *err);
QCODE_API void qcode_tuned_clear(qcode_tuned *result);

#endif
