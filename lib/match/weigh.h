/* Weighing evidence: the score of each code for each sentence of an answer, a sum of parts, and then the decision.
 * All in millionths; the parts are rounded to thousandths, and the score is their sum. */
#ifndef QC_MATCH_WEIGH_H
#define QC_MATCH_WEIGH_H

#include "match/topics.h"

/* What is believed of a code: at most 1 in all. */
typedef struct qc_belief {
    int64_t asked, carried, built; /* by the question, from an earlier answer, by own words in this one */
} qc_belief;

/* A code's own words in a sentence: the weights of the matches of its plain rules, its weak ones and its echoes. */
typedef struct qc_own {
    size_t code;
    int64_t strong, weak, echo;
} qc_own;

/* A sentence of an answer. */
typedef struct qc_said {
    size_t first, count; /* of its own words, which are by code */
    int64_t off_topic;   /* the weights of such matches, for its length */
    bool filler;
} qc_said;

/* Why a code is given or not. */
typedef enum qc_verdict {
    QC_VERDICT_CODED,
    QC_VERDICT_BELOW,    /* its threshold */
    QC_VERDICT_BEHIND,   /* the best code, by more than the margin */
    QC_VERDICT_TOO_MANY, /* codes are before it */
    QC_VERDICT_FILLER,   /* the sentence says nothing */
    QC_VERDICT_ABSENT    /* an aspect without words, of a code that is given */
} qc_verdict;

typedef struct qc_score {
    int32_t shares[QCODE_SHARES], score; /* in thousandths */
    int32_t threshold, excess;           /* over the threshold, in thousandths */
    int32_t behind, margin;              /* the best excess less its own, and how much is allowed; where there is a best */
    int64_t own;                         /* saturated, and its echo, in millionths */
    bool echoed;
    bool own_words;                      /* that count by themselves */
    bool found;                          /* a rule of it matches here */
    qc_verdict verdict;
} qc_score;

typedef struct qc_weighing {
    const qcode_memory *memory;
    const qcode_codebook *book;
    qc_belief *start, *now; /* for each code: where the answer began; where it stands */
    int64_t *recent;        /* for each code: 1 where own words stood in the sentence before, then less and less */
    int64_t *mean;          /* for each code: own words of the whole answer */
    int64_t *raw;           /* for each code: what the question being asked holds */
    qc_score *scores;       /* for each code, of one sentence */
    size_t *order;          /* codes that may be given */
    int64_t *after;         /* for each sentence and code */
    int64_t *near;          /* off topic behind each sentence */
    size_t after_room, near_room;
} qc_weighing;

bool qc_weighing_init(qc_weighing *weigher, const qcode_codebook *book, const qcode_memory *memory);
void qc_weighing_clear(qc_weighing *weigher);
void qc_weighing_begin(qc_weighing *weigher); /* a transcript: nothing is believed, nothing is asked */

/* What a question with these words in `raw` makes of the belief; `raw` is cleared. */
void qc_weigh_question(qc_weighing *weigher, qc_opening opening);

/* The most of any code in `raw`. */
int64_t qc_weigh_best(const qc_weighing *weigher);

/* Tells `decided` the scores of all codes for each sentence in turn. False when memory runs out or `decided` says so. */
typedef bool qc_decided(void *user, size_t sentence, const qc_score *scores);
bool qc_weigh_answer(qc_weighing *weigher, const qc_said *said, size_t count, const qc_own *own, qc_decided *decided,
                     void *user);

/* What the segment rests on. */
qcode_basis qc_score_basis(const qc_score *score);

#endif
