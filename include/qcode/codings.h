/* What a coder found in one transcript: segments, each with the matches that put it there. */
#ifndef QCODE_CODINGS_H
#define QCODE_CODINGS_H

#include <qcode/codebook.h>
#include <qcode/decisions.h>
#include <qcode/transcript.h>

/* How what is said is meant, as far as the words before a match tell. */
typedef enum qcode_claim {
    QCODE_CLAIM_NONE, /* the codebook does not ask */
    QCODE_CLAIM_ASSERTED,
    QCODE_CLAIM_NEGATED,
    QCODE_CLAIM_HYPOTHETICAL,
    QCODE_CLAIM_REPORTED,
    QCODE_CLAIM_WISHED
} qcode_claim;

/* Words that a rule matched: bytes [start, end) of the transcript's text. */
typedef struct qcode_hit {
    const qcode_rule *rule;
    qcode_span span;
    size_t turn; /* the number of the turn it stands in */
    qcode_claim claim;
} qcode_hit;

/* Why a segment is there. */
typedef enum qcode_basis {
    QCODE_BASIS_OWN,      /* the speaker's own words; all others hold none that count by themselves */
    QCODE_BASIS_QUESTION, /* the question that opened the topic */
    QCODE_BASIS_CARRIED,  /* a topic of earlier, over a follow-up */
    QCODE_BASIS_NEIGHBOUR /* the sentences around */
} qcode_basis;

/* "own" ... */
QCODE_API const char *qcode_basis_name(qcode_basis basis);

/* What a score is the sum of. */
typedef enum qcode_share {
    QCODE_SHARE_OWN,
    QCODE_SHARE_ECHO, /* words such as "she", shortly after own words */
    QCODE_SHARE_QUESTION,
    QCODE_SHARE_CARRIED,
    QCODE_SHARE_BEFORE, /* own words of the answer's sentences before, ... */
    QCODE_SHARE_AFTER,  /* ... of those behind, ... */
    QCODE_SHARE_TURN,   /* ... and of all */
    QCODE_SHARE_OFF_TOPIC,
    QCODE_SHARE_OFF_TOPIC_NEAR,
    QCODE_SHARES
} qcode_share;

/* "own", "echo", "question", "carried", "before", "after", "turn", "off_topic", "off_topic_near". */
QCODE_API const char *qcode_share_name(qcode_share share);

/* What people have decided about a segment. */
typedef enum qcode_state {
    QCODE_PROPOSED, /* nobody has judged it */
    QCODE_ACCEPTED,
    QCODE_EDITED,  /* with other boundaries than were proposed */
    QCODE_REJECTED /* listed, and in no count */
} qcode_state;

/* "proposed", "accepted", "edited", "rejected". */
QCODE_API const char *qcode_state_name(qcode_state state);

typedef struct qcode_segment {
    const qcode_code *code;
    qcode_span span;          /* the hull in the text */
    const qcode_span *pieces; /* the speech under the hull; at least one, the hull itself when it is all speech */
    size_t piece_count;
    size_t turn; /* the number of the first turn it touches */
    const qcode_hit *hits; /* by start, then end, then rule; at least one, unless evidence was weighed or a person coded it */
    size_t hit_count;
    qcode_basis basis;
    qcode_claim claim; /* asserted when one of its hits is, else the first of theirs in the order above */
    bool weighed;                /* evidence was weighed: the rest holds */
    int32_t score;               /* in thousandths: the sum of its shares, exactly */
    int32_t shares[QCODE_SHARES]; /* in thousandths */
    qcode_state state;
    bool by_person; /* its origin: a person gave the code, not a rule */
    const qcode_decision *decided; /* whose word holds; NULL: nobody's. It lives with the decisions that were applied */
} qcode_segment;

/* Borrows from its transcript and its codebooks: end it before them. Segments are sorted by start, end and the
 * place of the code in its codebook; at most one for each unit and code. */
typedef struct qcode_codings qcode_codings;
QCODE_API void qcode_codings_free(qcode_codings *codings);

QCODE_API const qcode_transcript *qcode_codings_transcript(const qcode_codings *codings);
QCODE_API size_t qcode_codings_count(const qcode_codings *codings);
QCODE_API const qcode_segment *qcode_codings_at(const qcode_codings *codings, size_t index);

/* Matches that an `unless` took back, by start, end and rule. */
QCODE_API size_t qcode_codings_vetoed_count(const qcode_codings *codings);
QCODE_API const qcode_hit *qcode_codings_vetoed(const qcode_codings *codings, size_t index);

#endif
