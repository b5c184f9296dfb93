/* The search for numbers with which a codebook codes as people did: one setting after another is tried. */
#ifndef QC_WORK_TUNE_SEARCH_H
#define QC_WORK_TUNE_SEARCH_H

#include "work/tune_numbers.h"
#include "work/tune_set.h"
#include <qcode/agree.h>

#define QC_NOBODY SIZE_MAX

/* One thread's: a reading of the codebook, and the interviews to weigh with it. */
typedef struct qc_tune_search {
    const qc_tune_set *set;
    qc_tune_book tuned;
    qc_evidence evidence;
    qc_witness witness;
    qc_buffer records; /* of qc_record, with the rules of this reading */
    size_t *covered;   /* letters, for each unit of a document and code */
    size_t covered_room;
    qcode_pairs *sum; /* for each code */
    size_t document, sentence; /* being weighed */
} qc_tune_search;

/* False when it was not done; clear it in any case. */
bool qc_tune_search_open(qc_tune_search *search, const qc_tune_set *set, const qcode_tune_job *job,
                         const qcode_memory *memory, qcode_error *err);
void qc_tune_search_clear(qc_tune_search *search);

/* Adds how the codebook as it is now and people code the units of a document, for each code. False when memory runs out. */
bool qc_tune_score(qc_tune_search *search, size_t document, qcode_pairs *pairs);

/* Cohen's kappa of one code, and the mean over the codes that people gave; QCODE_NO_KAPPA where there are none. */
double qc_tune_kappa(const qcode_pairs *pairs);
double qc_tune_macro(const qcode_pairs *pairs, size_t codes);

/* Puts all numbers back, and changes them for the better, on all interviews but one (QC_NOBODY: on all). */
bool qc_tune_search_run(qc_tune_search *search, size_t left_out, size_t steps, uint64_t seed, qcode_error *err);

#endif
