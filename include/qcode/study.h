/* Who took part: the respondents of a study and what is known of them. */
#ifndef QCODE_STUDY_H
#define QCODE_STUDY_H

#include <qcode/measured.h>
#include <qcode/error.h>
#include <qcode/memory.h>
#include <qcode/notes.h>

/* The lines of a cases.csv: columns `document` and/or `speaker`, then `role` (interviewer, respondent), `case`
 * (the respondent's name in the study), `source` (what the document is: interview, joint interview, focus group,
 * observation, document), `consent_use`, `consent_quote`, `consent_archive` (yes, no), `withdrawn` (yes, no, a date) and
 * any attributes. A line without speaker holds for every respondent of the document; a line without document for that
 * speaker in every document; the most exact line wins, and a document without speakers becomes a respondent when a line
 * names it: the one speaker of such a line, else the case, else the document (not where it is an observation or a
 * document, and the line names nobody). A document may be named by its last part alone, and without its ending. Two
 * lines for the same document and speaker are refused.
 *
 * A `no` to use or quote and a withdrawal hold for all interviews of a case. Nothing stated restricts nothing, and is a
 * note. See qcode_may_use and qcode_may_quote. */
typedef struct qcode_cases qcode_cases;

QCODE_API qcode_cases *qcode_cases_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                        qcode_error *err);
QCODE_API qcode_cases *qcode_cases_parse(const void *data, size_t length, const char *name,
                                         const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

/* One more line, as people write it: "WHO=CASE,NAME=VALUE,...". WHO is a document, document:speaker or :speaker; CASE may
 * be empty; a part that holds a comma stands in double quotes. `*cases` is made when it is NULL. On failure it is as it
 * was, or NULL. */
QCODE_API bool qcode_cases_add(qcode_cases **cases, const char *line, const qcode_memory *memory, qcode_notes *notes,
                               qcode_error *err);
QCODE_API void qcode_cases_free(qcode_cases *cases);

/* What a study says of itself: a study.yaml. Strings that are not there are "", lists are empty. */
typedef enum qcode_sampling {
    QCODE_SAMPLING_UNSAID,
    QCODE_SAMPLING_PROBABILITY, /* each person's chance to be asked is known */
    QCODE_SAMPLING_OTHER        /* chosen for what they know, who was willing ... */
} qcode_sampling;

typedef struct qcode_study_group {
    const char *name;
    size_t invited, took_part; /* SIZE_MAX: not said */
    const char *note;
} qcode_study_group;

typedef struct qcode_study_coder {
    const char *name, *role;
} qcode_study_coder;

/* How coders are to be compared, declared before anything is coded. */
typedef struct qcode_study_comparison {
    const char *coefficient; /* "alpha" ... */
    const char *unit;        /* "character", "sentence", "turn", "answer", "document" or "span" */
    const char *touch;       /* "any", "half" or "whole" */
    double target;           /* below 0: not said */
} qcode_study_comparison;

typedef struct qcode_study {
    const char *title, *question, *commissioned_by, *method; /* `method`: of sampling */
    qcode_sampling sampling;
    const qcode_study_group *groups;
    size_t group_count;
    const qcode_study_coder *coders;
    size_t coder_count;
    const char *const *guide; /* the questions of the interview guide, in order */
    size_t guide_count;
    qcode_study_comparison comparison;
    const char *const *limits;
    size_t limit_count;
    const char *cases;     /* the path of the table of cases, from where the study.yaml was read from; "" when none */
    const qcode_measured *agreement; /* by the agreement.json beside it; NULL: nothing was measured */
    const char *hash;      /* SHA-256 of the bytes of study.yaml */
    const void *bytes;     /* verbatim */
    size_t length;
    const char *guide_text; /* verbatim, when the guide is a file of its own; else NULL */
    size_t guide_length;
} qcode_study;

/* NULL when it cannot be used: then `err` has the first reason and `notes` all of them. A guide in a file of its own is
 * read with it. */
QCODE_API qcode_study *qcode_study_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                        qcode_error *err);

/* The study of a run's folder; NULL without an error (`err->status` is QCODE_OK) when the run had none. */
QCODE_API qcode_study *qcode_study_of_run(const char *folder, const qcode_memory *memory, qcode_notes *notes,
                                          qcode_error *err);
QCODE_API void qcode_study_free(qcode_study *study);

/* What a withdrawal changes in a run's folder. */
typedef struct qcode_change {
    const char *file, *what; /* "run.json", "leadership: respondents" */
    size_t before, after;
} qcode_change;

typedef struct qcode_withdrawal {
    const qcode_change *changes;
    size_t change_count;
    const char *const *others; /* files in the folder that no run wrote, and that were not looked at */
    size_t other_count;
} qcode_withdrawal;

/* Takes a respondent out of a complete run's folder, as if they had withdrawn before it was made: no segments, in no
 * count, their words masked. `who` is a case, or DOCUMENT:SPEAKER where the cases named none. `dry_run` changes nothing.
 * The files are replaced as a run replaces them. NULL: nothing was changed, or the folder is marked as incomplete. */
QCODE_API qcode_withdrawal *qcode_withdraw(const char *folder, const char *who, bool dry_run,
                                           const qcode_memory *memory, qcode_error *err);
QCODE_API void qcode_withdrawal_free(qcode_withdrawal *withdrawal);

#endif
