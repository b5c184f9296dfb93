/* A set of documents with what codebooks find in them, all kept: for jobs that look at the whole. */
#ifndef QC_WORK_CODED_SET_H
#define QC_WORK_CODED_SET_H

#include "base/buffer.h"
#include "model/coders.h"
#include <qcode/job.h>

enum { QC_MOST_BOOKS = 2 };

typedef struct qc_coded_document {
    qcode_codings *codings[QC_MOST_BOOKS];
    /* Where the first book weighs evidence: the interviewer's turns that were judged (numbers, size_t), and for each of
     * them and each code whether the answer is believed to be about it (bytes); the sentences that were decided (where
     * they begin, size_t), and for each of them and each code how far its score is over the threshold (int32_t). */
    qc_buffer asked, about, sentences, excess;
} qc_coded_document;

typedef struct qc_coded_set {
    const qcode_memory *memory;
    qcode_talks *talks;
    qc_buffer documents; /* of qc_coded_document, one for each of the talks */
    qcode_rules *rules[QC_MOST_BOOKS];
    size_t book_count, refused;
} qc_coded_set;

/* Reads and codes all. False when it was not done, as with qcode_code_set; clear it in any case. */
bool qc_coded_set_make(qc_coded_set *set, const qcode_inputs *inputs, const qcode_codebook *const *books, size_t count,
                       const qcode_match_options *options, const qcode_memory *memory, qcode_notes *notes,
                       qcode_error *err);
void qc_coded_set_clear(qc_coded_set *set);

const qc_coded_document *qc_coded_set_at(const qc_coded_set *set, size_t index);

#endif
