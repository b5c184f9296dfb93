/* Documents and segments of a run's folder as the review page has them: shorter, so that a hundred interviews open at
 * once. */
#ifndef QC_WRITE_REVIEW_DATA_H
#define QC_WRITE_REVIEW_DATA_H

#include "base/set.h"
#include "format/json.h"

/* Appends the object of documents.jsonl that comes next: document, attributes, speakers and text as they are, and each
 * turn as [speaker, time, question, start, end, start, end ...] with null for what is not known. `*is_there` false:
 * there is none. */
bool qc_put_review_document(qc_buffer *out, qc_json *json, const char *text, bool *is_there, qcode_error *err);

/* What the list of interviews counts. */
typedef struct qc_review_segment {
    size_t document; /* its number in the set of names; SIZE_MAX: of none */
    bool judged;
} qc_review_segment;

/* Puts the object of segments.jsonl that comes next into `out`, which is emptied first, without what can be known from
 * the text and without what goes without saying: matches are [rule, start, end]. */
bool qc_put_review_segment(qc_buffer *out, qc_json *json, const char *text, const qc_set *names,
                           qc_review_segment *segment, bool *is_there, qcode_error *err);

#endif
