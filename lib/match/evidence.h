/* Weighed evidence over a transcript: gathers what is asked and said, has it weighed answer by answer, and adds a segment for
 * each sentence and code that wins. The whole of a transcript is cut into sentences. */
#ifndef QC_MATCH_EVIDENCE_H
#define QC_MATCH_EVIDENCE_H

#include "match/weigh.h"

/* What happens, told to whoever wants to explain it. Any of them may be NULL; false ends the run as if memory ran out. */
typedef struct qc_witness {
    void *user;
    /* A question was judged; `belief` is what the answer begins with, for each code. */
    bool (*asked)(void *user, const qc_question *question, qc_opening opening, const qc_belief *belief);
    /* A sentence was decided; `belief` is what was held before it. */
    bool (*decided)(void *user, size_t turn, qcode_span sentence, const qc_said *said, const qc_score *scores,
                    const qcode_hit *hits, size_t hit_count);
} qc_witness;

/* A hit in a turn. */
typedef struct qc_word {
    size_t sentence; /* of the turn; 0 of all in a question */
    size_t code;
    const qcode_rule *rule;
    size_t start, end; /* in the reading */
    qcode_span span;   /* in the transcript's text */
    qcode_claim claim;
} qc_word;

typedef struct qc_uttered {
    qcode_span span; /* in the transcript's text */
    size_t words;
    bool filler;
} qc_uttered;

/* What a turn holds that is weighed; no number of the codebook has a part in it. */
typedef struct qc_heard {
    size_t turn;          /* its number */
    const char *text;     /* the reading */
    const qc_word *words; /* by sentence, code, kind of rule and place */
    size_t word_count;
    const qc_uttered *sentences; /* of a turn that asks: none */
    size_t sentence_count;
} qc_heard;

struct qc_record;

typedef struct qc_evidence {
    const qcode_memory *memory;
    const qcode_codebook *book;
    qc_weighing weigher;
    const qc_witness *witness; /* or NULL */
    struct qc_record *record;  /* what everything that is weighed is written down in; or NULL */
    /* the answer so far */
    qc_said *said;
    struct qc_saying *sayings; /* for each of `said`, where it stands */
    size_t said_count, said_room, saying_room;
    qc_own *own;
    size_t own_count, own_room;
    qcode_hit *hits; /* that count, of all sentences, by code */
    size_t hit_count, hit_room;
    qc_buffer pieces;
    qc_word *words; /* hits of a turn */
    qc_uttered *sentences; /* of a turn */
    size_t word_room, sentence_room;
    qcode_codings *codings; /* NULL: no segments are wanted */
} qc_evidence;

/* Who is told from now on, until it is NULL again; it stays the caller's. */
void qc_matcher_watch(qcode_matcher *matcher, const qc_witness *witness);

bool qc_evidence_init(qc_evidence *evidence, const qcode_codebook *book, const qcode_memory *memory);
void qc_evidence_clear(qc_evidence *evidence);
void qc_evidence_begin(qc_evidence *evidence, qcode_codings *codings);

/* Takes an interviewer's turn into the question being asked, or another turn into the answer; the resolver has its units and
 * sentences. False when memory runs out. */
bool qc_evidence_ask(qc_evidence *evidence, const qc_resolver *resolver, const qcode_rules *rules, const qc_reading *reading);
bool qc_evidence_hear(qc_evidence *evidence, const qc_resolver *resolver, const qcode_rules *rules, const qc_reading *reading);

/* The same from what was found in the turn before; the words' rules may be those of another reading of the codebook. */
bool qc_evidence_ask_again(qc_evidence *evidence, const qc_heard *heard);
bool qc_evidence_hear_again(qc_evidence *evidence, const qc_heard *heard);

/* The answer is over: adds its segments. */
bool qc_evidence_end_answer(qc_evidence *evidence);

/* The question is over, and judged. */
bool qc_evidence_end_question(qc_evidence *evidence, const qc_question *question, qc_opening opening);

#endif
