/* The draft of a report: what it quotes, what stands around each quotation, and the counts that it gives with the id of a
 * statement. */
#ifndef QC_READ_DRAFT_H
#define QC_READ_DRAFT_H

#include "base/buffer.h"
#include "base/memory.h"
#include <qcode/notes.h>
#include <qcode/transcript.h>

/* A part of a quotation that has to stand as it is; what parts it from the one before may be anything. */
typedef struct qc_quoted {
    const char *words;
    bool bracket;           /* brackets part them, which stand for a few words; otherwise "..." */
    bool begins_inside, ends_inside; /* of a word: "[T]he" */
} qc_quoted;

typedef struct qc_quotation {
    qcode_span span;   /* of the draft's text, without the marks */
    qcode_span before, after; /* what stands around it in its paragraph, up to other quotations */
    bool block;        /* a block quotation: `after` is its attribution */
    bool open;         /* nothing closes it */
    const qc_quoted *parts;
    size_t part_count; /* 0: it has no words */
} qc_quotation;

/* "4 of 5 ... [S3]". */
typedef struct qc_given {
    size_t count, of;
    qcode_span span; /* of the count, to the next or to the id */
    qcode_span clause; /* from the count, or the id, before it on */
    qcode_span id;
} qc_given;

typedef struct qc_draft {
    qcode_transcript *talk; /* what was read; its text is the draft's */
    const char *text;
    size_t length;
    qc_arena arena;
    const qc_quotation *quotations;
    size_t quotation_count;
    const qc_given *given;
    size_t given_count;
} qc_draft;

/* Reads a .md or text file, or any document that transcripts are read from. Clear it in any case. */
bool qc_read_draft(qc_draft *draft, const char *path, const qcode_memory *memory, qcode_error *err);
void qc_draft_clear(qc_draft *draft);

#endif
