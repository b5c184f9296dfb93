/* Hand-coded interviews to tune on: what is weighed in each, the units, and what people gave them. */
#ifndef QC_WORK_TUNE_SET_H
#define QC_WORK_TUNE_SET_H

#include "match/record.h"
#include "model/coders.h"
#include "model/units.h"
#include <qcode/job.h>
#include <qcode/tune.h>

/* How much of a unit a sentence that is weighed covers. */
typedef struct qc_tune_overlap {
    size_t unit, letters;
} qc_tune_overlap;

typedef struct qc_tune_set {
    const qcode_memory *memory;
    const qcode_codebook *book;
    qc_arena arena;
    qcode_rules *rules;
    qcode_talks *talks;
    qc_buffer records; /* of qc_record, one for each document */
    size_t refused, documents;
    qcode_coders *coders;
    qc_units units;
    bool listed;              /* the units are those that the codings list */
    signed char *reference;   /* for each unit and code: 1, 0, or -1 where coders differ or did not look */
    const size_t *first_unit; /* of each document, and behind the last */
    size_t *positives, *interviews; /* of each code: units, and documents that have one */
    size_t *coded;            /* of each document: units that have a code */
    qc_buffer overlaps;       /* of qc_tune_overlap, sentence after sentence */
    qc_buffer ends;           /* for each sentence of all documents, where its overlaps end */
    size_t *first_sentence;   /* of each document */
} qc_tune_set;

/* Reads, matches and lays it all out. False when it was not done; clear it in any case. */
bool qc_tune_set_make(qc_tune_set *set, const qcode_tune_job *job, const qcode_memory *memory, qcode_notes *notes,
                      qcode_error *err);
void qc_tune_set_clear(qc_tune_set *set);

const qc_record *qc_tune_record(const qc_tune_set *set, size_t document);

#endif
