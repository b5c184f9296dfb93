/* A page to judge what rules proposed and to code by hand: one file that works without a server. */
#ifndef QCODE_REVIEW_H
#define QCODE_REVIEW_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>
#include <qcode/notes.h>
#include <qcode/sink.h>

typedef struct qcode_review_job {
    const char *folder;    /* of a complete run */
    const char *decisions; /* a decisions.jsonl to go on from; NULL: none */
    const char *coder;     /* whose page it is; NULL: it asks */
    bool blind;            /* nothing in it of what rules proposed and others decided; their decisions are left out */
    qcode_sink *out;
} qcode_review_job;

/* Writes the page; the sink is finished. Words that may not be quoted are not in it. */
QCODE_API bool qcode_review(const qcode_review_job *job, const qcode_memory *memory, qcode_notes *notes,
                            qcode_error *err);

#endif
