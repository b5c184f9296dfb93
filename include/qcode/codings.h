/* What a coder found in one transcript: segments, each with the matches that put it there. */
#ifndef QCODE_CODINGS_H
#define QCODE_CODINGS_H

#include <qcode/codebook.h>
#include <qcode/transcript.h>

/* Words that a rule matched: bytes [start, end) of the transcript's text. */
typedef struct qcode_hit {
    const qcode_rule *rule;
    qcode_span span;
    size_t turn; /* the number of the turn it stands in */
} qcode_hit;

/* Why a segment is there. */
typedef enum qcode_basis { QCODE_BASIS_OWN /* the speaker's own words */ } qcode_basis;

typedef struct qcode_segment {
    const qcode_code *code;
    qcode_span span;          /* the hull in the text */
    const qcode_span *pieces; /* the speech under the hull; at least one, the hull itself when it is all speech */
    size_t piece_count;
    size_t turn; /* the number of the first turn it touches */
    const qcode_hit *hits; /* by start, then end, then rule; at least one */
    size_t hit_count;
    qcode_basis basis;
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
