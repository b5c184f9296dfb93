/* One interview as text: who said what, in which order, where it stands. */
#ifndef QCODE_TRANSCRIPT_H
#define QCODE_TRANSCRIPT_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/limits.h>
#include <qcode/memory.h>

/* Bytes [start, end) of a transcript's text. */
typedef struct qcode_span {
    size_t start, end;
} qcode_span;

/* The same where a transcript keeps very many: its text has at most QCODE_LONGEST_TEXT bytes. */
typedef struct qcode_range {
    uint32_t start, end;
} qcode_range;

typedef enum qcode_role {
    QCODE_ROLE_NONE, /* nobody is known to speak: a text without speakers */
    QCODE_ROLE_INTERVIEWER,
    QCODE_ROLE_RESPONDENT
} qcode_role;

/* How a speaker's role was found. */
typedef enum qcode_role_basis {
    QCODE_ROLE_LEFT,  /* an interviewer was found, and this is another speaker; or nobody is known to speak */
    QCODE_ROLE_LABEL, /* the label or a legend says it: "INT", "Moderator" */
    QCODE_ROLE_GUESS, /* by who asks questions; a note says so */
    QCODE_ROLE_TOLD   /* the user said it: in cases.csv, or as an option */
} qcode_role_basis;

typedef struct qcode_attribute {
    const char *name; /* "group", "position", "organisation" ... */
    const char *value;
} qcode_attribute;

typedef struct qcode_speaker {
    const char *name; /* the label as it stands in the transcript, without its mark */
    qcode_role role;
    qcode_role_basis role_basis;
    const char *case_name; /* the respondent in the study; NULL when no cases.csv names one */
    const qcode_attribute *attributes; /* the speaker's own; those of the document are with the transcript */
    size_t attribute_count;
    bool left_out; /* withdrawn, or without consent to use: masked in the text, and neither coded nor counted */
    bool unquoted; /* without consent to quote: coded and counted, but no output may show the words */
} qcode_speaker;

/* Made when it is asked for; what it points to is the transcript's. */
typedef struct qcode_turn {
    size_t number; /* from 1 */
    const qcode_speaker *speaker; /* NULL in a text without speakers */
    const qcode_range *ranges;    /* what was said: in order, apart, never empty, at least one */
    size_t range_count;
    int64_t time_ms; /* when it began, in milliseconds; -1 when the source does not say */
    size_t question; /* the number of the interviewer's turn it answers; 0 when there is none */
    size_t guide;    /* the number of the guide's question that it asks or answers, from 1; 0: none of them */
} qcode_turn;

/* Where a byte of the text stands, for people and for other programs. */
typedef struct qcode_place {
    size_t line;      /* from 1 */
    size_t column;    /* from 1, in code points */
    size_t character; /* from 0, in code points of the whole text */
} qcode_place;

/* Never changes after it was read; threads may share it. All it answers lives as long as it does. */
typedef struct qcode_transcript qcode_transcript;
QCODE_API void qcode_transcript_free(qcode_transcript *talk);

/* The next document of the file: a table may hold several, which are read in one go and end with the first. NULL for
 * most, and for the last. */
QCODE_API const qcode_transcript *qcode_transcript_next(const qcode_transcript *talk);

/* The document's name in every output: its base name with extension, unless the caller gave another. */
QCODE_API const char *qcode_transcript_name(const qcode_transcript *talk);

/* The one immutable text: UTF-8, LF line ends, no byte order mark. It ends with a NUL that does not count. */
QCODE_API const char *qcode_transcript_text(const qcode_transcript *talk, size_t *length);

/* SHA-256 of the bytes that were read, as 64 hexadecimal digits; "" when it was not wanted. */
QCODE_API const char *qcode_transcript_hash(const qcode_transcript *talk);
QCODE_API const char *qcode_transcript_format(const qcode_transcript *talk);   /* "text" ... */
QCODE_API const char *qcode_transcript_layout(const qcode_transcript *talk);   /* "label", "none" ... */
QCODE_API const char *qcode_transcript_encoding(const qcode_transcript *talk); /* "UTF-8" ... */

QCODE_API size_t qcode_transcript_turn_count(const qcode_transcript *talk);
QCODE_API qcode_turn qcode_transcript_turn(const qcode_transcript *talk, size_t index);
QCODE_API size_t qcode_transcript_speaker_count(const qcode_transcript *talk);
QCODE_API const qcode_speaker *qcode_transcript_speaker(const qcode_transcript *talk, size_t index);

/* What the document says of itself: date, place, the respondent's group ... */
QCODE_API size_t qcode_transcript_attribute_count(const qcode_transcript *talk);
QCODE_API const qcode_attribute *qcode_transcript_attribute(const qcode_transcript *talk, size_t index);

/* A respondent's attribute: the speaker's own, else the document's; an interviewer has only their own.
 * NULL when there is none. `speaker` may be NULL. */
QCODE_API const char *qcode_transcript_value(const qcode_transcript *talk, const qcode_speaker *speaker,
                                             const char *name);

/* Whether what this speaker says may be coded and counted, and whether it may be shown. Every output asks; it shows a
 * mask for each code point of words that may not be. What nobody is known to say (NULL) may be anybody's. */
QCODE_API bool qcode_may_use(const qcode_transcript *talk, const qcode_speaker *speaker);
QCODE_API bool qcode_may_quote(const qcode_transcript *talk, const qcode_speaker *speaker);

/* The place of a byte; `byte` may be the text's length. Takes time linear in `byte`. */
QCODE_API qcode_place qcode_transcript_place(const qcode_transcript *talk, size_t byte);

/* "interviewer", "respondent" or "". */
QCODE_API const char *qcode_role_name(qcode_role role);

/* "label", "guess", "told"; "" for who is left. */
QCODE_API const char *qcode_role_basis_name(qcode_role_basis basis);

#endif
