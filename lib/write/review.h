/* The page to judge a run on and to code by hand. */
#ifndef QC_WRITE_REVIEW_H
#define QC_WRITE_REVIEW_H

#include "model/run.h"
#include <qcode/codebook.h>
#include <qcode/decisions.h>
#include <qcode/error.h>
#include <qcode/sink.h>

typedef struct qc_review {
    const qc_run *run;
    qcode_codebooks books;
    const char *hash;      /* of run.json: under it a browser keeps what is done here */
    const char *documents; /* documents.jsonl, segments.jsonl */
    const char *segments;
    size_t documents_length, segments_length;
    const qcode_decisions *decisions; /* to go on from; NULL: none */
    const char *coder;          /* NULL: the page asks */
    bool blind;                 /* neither proposals nor what others decided */
} qc_review;

/* One file with its script and all its data, and nothing from elsewhere. False with the reason in `err` when a file
 * of the run cannot be understood or memory runs out; a failure to write is kept by the sink. */
bool qc_write_review(const qc_review *review, qcode_sink *sink, qcode_error *err);

#endif
