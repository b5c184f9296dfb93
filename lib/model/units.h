/* What coders are compared on: the units of a set of documents, and which of them a coder gave a code. */
#ifndef QC_MODEL_UNITS_H
#define QC_MODEL_UNITS_H

#include "base/buffer.h"
#include "base/memory.h"
#include <qcode/coders.h>

typedef enum qc_by {
    QC_BY_SENTENCE,
    QC_BY_TURN,
    QC_BY_ANSWER,     /* what is said to one question of the interviewer */
    QC_BY_DOCUMENT,
    QC_BY_RESPONDENT, /* a case, else a speaker of a document */
    QC_BY_LISTED,     /* as the codings list them */
    QC_BYS
} qc_by;

/* "sentence" ... "listed"; for lists that NULL ends. */
extern const char *const qc_by_names[QC_BYS + 1];

/* When a passage codes a unit. Letters and numbers count; white space and marks do not. */
typedef enum qc_touch {
    QC_TOUCH_ANY,   /* they share a letter */
    QC_TOUCH_HALF,  /* half of the unit is coded, or nine tenths of a passage lie in it */
    QC_TOUCH_WHOLE, /* all of the unit is coded */
    QC_TOUCHES
} qc_touch;

extern const char *const qc_touch_names[QC_TOUCHES + 1];

typedef struct qc_judged {
    size_t document;    /* the first, where a respondent speaks in several */
    size_t turn;        /* the index of the first turn */
    qcode_span hull;    /* in that document */
    size_t letters;     /* how many */
} qc_judged;

typedef struct qc_judged_piece {
    size_t document, unit;
    qcode_span span;
} qc_judged_piece;

typedef struct qc_units {
    const qcode_memory *memory;
    qc_buffer units;  /* of qc_judged, by document and start */
    qc_buffer pieces; /* of qc_judged_piece, by document and start */
} qc_units;

/* All units of what respondents say, or of all that is said; what nobody is known to say is always among them, and who is
 * left out never. False when memory runs out; clear it in any case. */
bool qc_units_init(qc_units *units, const qcode_coders *coders, qc_by by, bool everybody, const qcode_memory *memory);
void qc_units_clear(qc_units *units);

size_t qc_units_count(const qc_units *units);
const qc_judged *qc_units_at(const qc_units *units, size_t index);

/* Appends the pieces of a unit in its first document, as qcode_span. */
bool qc_unit_pieces(const qc_units *units, size_t unit, qc_buffer *spans);

/* Appends what is said in a unit, in its first document, as outputs may show it. */
bool qc_put_unit_shown(const qc_units *units, const qcode_transcript *talk, size_t unit, qc_buffer *out);

/* What passages count: NULL all of them. */
typedef bool qc_passage_filter(const void *user, const qcode_passage *passage);

/* Fills one value for each unit: 1 where the coder gave it the code (SIZE_MAX: any code; by QC_TOUCH_ANY alone), 0 where
 * not, and -1 (QCODE_NOT_RATED) in documents the coder did not see. False when memory runs out. */
bool qc_units_rate(const qc_units *units, const qcode_coders *coders, size_t coder, size_t code, qc_touch touch,
                   qc_passage_filter *filter, const void *user, int32_t *values);

/* The same with a step between the values, for a table of several coders. */
bool qc_units_rate_into(const qc_units *units, const qcode_coders *coders, size_t coder, size_t code, qc_touch touch,
                        qc_passage_filter *filter, const void *user, int32_t *values, size_t step);

#endif
