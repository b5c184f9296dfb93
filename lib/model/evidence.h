/* Weighed evidence from inside: its numbers, kept in millionths so that every machine counts alike, and its cues. */
#ifndef QC_MODEL_EVIDENCE_H
#define QC_MODEL_EVIDENCE_H

#include "base/buffer.h"

/* What a codebook may set, by the blocks where it does. The manual has a formula for each. */
typedef enum qc_number {
    /* `topics` */
    QC_N_SHORT_QUESTION,
    QC_N_ENOUGH,
    QC_N_SURE,
    QC_N_QUESTION_OWN,
    /* `evidence` */
    QC_N_OWN,
    QC_N_CAP,
    QC_N_HALF,
    QC_N_GATE,
    QC_N_ECHO_KEPT,
    QC_N_ECHO_LOST,
    QC_N_QUESTION,
    QC_N_CARRY,
    QC_N_TAIL,
    QC_N_FOLLOW,
    QC_N_UNKNOWN,
    QC_N_GAIN,
    QC_N_INHIBITION,
    QC_N_BACKWARD,
    QC_N_DECAY,
    QC_N_TURN_MEAN,
    QC_N_OFF_TOPIC,
    QC_N_OFF_TOPIC_NEAR,
    QC_N_OFF_TOPIC_WORDS,
    QC_N_THRESHOLD,
    QC_N_MARGIN,
    QC_N_SECOND_MARGIN,
    QC_N_SECOND_OWN,
    QC_N_MOST_CODES,
    QC_NUMBERS
} qc_number;

enum { QC_FIRST_OF_EVIDENCE = QC_N_OWN };

#define QC_ONE ((int64_t)1000000)   /* 1 in millionths */
#define QC_THOUSANDTH ((int64_t)1000)

typedef struct qc_number_kind {
    const char *name;
    int64_t usual, least, most; /* in millionths */
} qc_number_kind;

extern const qc_number_kind qc_numbers[QC_NUMBERS];

/* Lists of a language rather than of a code. */
typedef enum qc_cue {
    QC_CUE_NEW,       /* `topics`: words that open a new topic */
    QC_CUE_FOLLOW_UP, /* words with which a follow-up begins */
    QC_CUE_RESET,     /* a question about none of the codes */
    QC_CUE_FILLER,    /* words that say nothing */
    QC_CUE_OFF_TOPIC, /* `evidence`: talk about something else */
    QC_CUES
} qc_cue;

extern const char *const qc_cue_names[QC_CUES]; /* "topics.new" ...: block and key */

/* The most that weights of one kind add up to in a sentence or question: then nothing overflows. */
#define QC_MOST_WEIGHT (1000 * QC_ONE)

/* Of millionths, rounded to the nearest. The parts stay below 10,000 times 1,000,000. */
int64_t qc_times(int64_t a, int64_t b);
int64_t qc_over(int64_t a, int64_t b); /* 0 over 0 is 0 */
int64_t qc_to_thousandths(int64_t a);

/* "0.75" as millionths: digits, with up to six behind a point. False when it is something else or above `most`. */
bool qc_millionths_read(const char *text, size_t length, int64_t most, int64_t *number);

/* Appends "0.75", "-0.2", "2": as many digits as it needs, but at least `digits` behind the point. */
bool qc_put_millionths(qc_buffer *out, int64_t number, int digits);

#endif
