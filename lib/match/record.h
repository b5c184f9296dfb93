/* What is weighed in a transcript, written down once, so that it can be weighed again with other numbers: what rules find does
 * not depend on them. */
#ifndef QC_MATCH_RECORD_H
#define QC_MATCH_RECORD_H

#include "match/evidence.h"

typedef enum qc_recorded { QC_RECORDED_ASK, QC_RECORDED_HEAR, QC_RECORDED_END_ANSWER, QC_RECORDED_END_QUESTION } qc_recorded;

typedef struct qc_record {
    qc_buffer events;    /* in their order */
    qc_buffer words;     /* of qc_word */
    qc_buffer sentences; /* of qc_uttered */
    qc_buffer text;      /* the readings */
} qc_record;

qc_record qc_record_init(const qcode_memory *memory);
void qc_record_clear(qc_record *record);

/* False when memory runs out. */
bool qc_record_turn(qc_record *record, qc_recorded kind, const qc_heard *heard, size_t length);
bool qc_record_end_answer(qc_record *record);
bool qc_record_end_question(qc_record *record, const qc_question *question);

/* The sentences of all answers, in the order in which they are decided. */
const qc_uttered *qc_record_sentences(const qc_record *record, size_t *count);

/* Makes the words those of another reading of the same codebook: `rules` has its rules by their index. */
void qc_record_move(qc_record *record, const qcode_rule *const *rules);

/* A copy. False when memory runs out. */
bool qc_record_copy(qc_record *record, const qc_record *from);

/* Weighs it all with the numbers that the codebook of `evidence` has now. No segments are made: its witness is told. False
 * when memory runs out or the witness says so. */
bool qc_record_weigh(const qc_record *record, qc_evidence *evidence);

#endif
