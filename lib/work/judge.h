/* People's decisions put on what the rules found in a transcript, wherever
 * their words now stand. */
#ifndef QC_WORK_JUDGE_H
#define QC_WORK_JUDGE_H

#include "base/buffer.h"
#include "base/memory.h"
#include "model/decisions.h"
#include <qcode/codings.h>

/* What became of a decision on the document. */
typedef struct qc_judged {
    const qcode_decision *given; /* the caller's */
    qcode_decision now;          /* at its place, of its code, with its words as they may be shown */
    qcode_span span, was;        /* bytes; empty when it has none */
    const qcode_code *code;      /* NULL: it is about none, or its code is in no codebook */
    const char *why;             /* it could not be put anywhere: "words", "code" ...; NULL:
                                    it could */
} qc_judged;

/* The speech under a hull that may be used, as qcode_span in `pieces`, emptied
 * first; the number of its first turn, 0 when there is none. */
size_t qc_list_speech(qc_buffer *pieces, const qcode_transcript *talk, qcode_span span);

/* Where the decisions on a document begin and end among all. */
qcode_span qc_decisions_on(const qcode_decisions *decisions, const char *document);

/* Places all decisions on the codings' transcript: a qc_judged for each is
 * appended to `judged`, its strings are in `arena`. False when memory runs out.
 */
bool qc_place_decisions(const qcode_decisions *decisions, qcode_codebooks books, const qcode_transcript *talk,
                        qc_arena *arena, qc_buffer *judged);

/* Puts them on the codings, in the order in which they were made. False when
 * memory runs out. */
bool qc_apply_decisions(qcode_codings *codings, const qc_judged *judged, size_t count);

#endif
