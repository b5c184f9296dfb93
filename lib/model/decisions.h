/* Decisions from inside: how they are built, ordered and followed through
 * changes of a codebook. */
#ifndef QC_MODEL_DECISIONS_H
#define QC_MODEL_DECISIONS_H

#include "base/buffer.h"
#include "base/memory.h"
#include <qcode/decisions.h>

enum { QC_ACTS = QCODE_ACT_CODE + 1, QC_MEMO_KINDS = QCODE_MEMO_REFLEXIVE + 1 };

/* Code points of context that are kept on either side of the quoted words. */
enum { QC_DECISION_CONTEXT = 40 };

struct qcode_decisions {
    const qcode_memory *memory;
    qc_arena arena;  /* holds the strings */
    qc_buffer items; /* of qcode_decision */
};

/* Appends as they come; the strings have to live in the arena. Behind the last
 * one, qc_decisions_settle. */
bool qc_decisions_append(qcode_decisions *decisions, const qcode_decision *decision);

/* Puts all in order and keeps of each person's the latest on each subject. */
void qc_decisions_settle(qcode_decisions *decisions);

/* What is wrong with a decision: "an edit has a code"; NULL when it says what
 * its act needs. */
const char *qc_decision_fault(const qcode_decision *decision);

/* The span that a judgement is about: of an edit the one that was proposed. */
qcode_points qc_decision_subject(const qcode_decision *decision);

/* accept, reject, edit or add; and about the same document, span and code. */
bool qc_is_judgement(const qcode_decision *decision);
bool qc_same_subject(const qcode_decision *a, const qcode_decision *b);

/* The order of the file, for qsort. */
int qc_decision_compare(const void *a, const void *b);

/* The bytes of a string that is a date and time: 2026-11-22T18:04:05Z. */
bool qc_is_moment(const char *text);

/* Points into `name`s of acts and kinds; QC_ACTS and QC_MEMO_KINDS when there
 * is none of this name. */
size_t qc_find_act(const char *name);
size_t qc_find_memo_kind(const char *name);

#endif
