/* The topics of an interview: which interviewer's turns open a new one, and which only follow up. */
#ifndef QC_MATCH_TOPICS_H
#define QC_MATCH_TOPICS_H

#include "match/resolve.h"

/* What the interviewer's turns between two answers are to the topic. */
typedef enum qc_opening {
    QC_OPENING_FOLLOW_UP, /* the same topic goes on */
    QC_OPENING_NEW,       /* a new topic that some code knows */
    QC_OPENING_UNKNOWN,   /* a new topic that no code knows */
    QC_OPENING_RESET      /* a new topic that is none of the codes' */
} qc_opening;

/* The interviewer's turns since the last answer. */
typedef struct qc_question {
    size_t turn; /* the number of the first; 0 when nothing has been asked */
    size_t words;
    bool cues[QC_CUES]; /* which of them are there; a follow-up only where one begins */
    int64_t best;       /* the most that any code has of its question rules, in millionths; evidence alone has them */
} qc_question;

/* One after the other:
 * - a reset whose `best` is below `sure` is QC_OPENING_RESET;
 * - a turn that begins with a follow-up cue is QC_OPENING_FOLLOW_UP;
 * - one of at least `short_question` words whose `best` reaches `enough`, and any whose `best` reaches `sure`, is QC_OPENING_NEW;
 * - one with a cue for new topics is QC_OPENING_UNKNOWN, and so is, where no code has question rules, one of at least
 *   `short_question` words;
 * - all else is QC_OPENING_FOLLOW_UP. */
qc_opening qc_topics_judge(const qcode_codebook *book, const qc_question *question);

/* Scratch for one thread, and where the run through a transcript stands. */
typedef struct qc_topics {
    const qcode_memory *memory;
    qc_question question; /* being asked */
    qc_opening opening;   /* of the topic that goes on */
    uint32_t *answers;    /* for each turn so far the number of the one with which its topic opened */
    size_t count, room;
    bool asking; /* the last turn was the interviewer's */
} qc_topics;

qc_topics qc_topics_init(const qcode_memory *memory);
void qc_topics_clear(qc_topics *topics);
void qc_topics_begin(qc_topics *topics); /* a transcript */

/* Takes an interviewer's turn, whose units the resolver has, into the question. */
void qc_topics_ask(qc_topics *topics, const qc_resolver *resolver, const qcode_codebook *book, const qc_reading *reading);

/* Before any other turn. True when that answers a question which was just asked: then `opening` and `question` are about it. */
bool qc_topics_answer(qc_topics *topics, const qcode_codebook *book);

/* Behind every turn. False when memory runs out. */
bool qc_topics_note(qc_topics *topics, const qcode_turn *turn);

/* The words of a text, as terms see them; and whether hits of the cue leave nothing of a sentence but what is no word. */
size_t qc_count_words(const char *text, size_t length);
bool qc_is_filler(const qc_resolver *resolver, const qcode_codebook *book, const qc_reading *reading, qcode_span sentence);

#endif
