/* The lines of a cases.csv, as the cast of a transcript asks for them. */
#ifndef QC_MODEL_CASES_H
#define QC_MODEL_CASES_H

#include "base/memory.h"
#include "model/labels.h"
#include <qcode/study.h>
#include <qcode/transcript.h>

/* What a respondent has not consented to. What is not said restricts nothing. */
typedef struct qc_consent {
    bool no_use, no_quote, no_archive;
    const char *withdrawn; /* "yes" or a date; NULL: not */
} qc_consent;

typedef struct qc_case {
    const char *document;        /* NULL: any */
    const char *speaker;         /* NULL: every respondent of the document */
    qcode_role role;             /* QCODE_ROLE_NONE: not said */
    const char *case_name;       /* NULL: not said */
    qcode_attribute *attributes; /* without empty values */
    size_t attribute_count;
    const char *source; /* "interview", "focus group" ...; NULL: not said */
    qc_consent consent; /* the attributes have it too */
    bool given[3];      /* a yes to use, quote, archive */
    const char *file;   /* NULL: that of the set */
    size_t line;
    size_t index; /* these are set by qc_cases_add: its number, from 0 */
    size_t label; /* ... of the speaker: the same for those that differ in case or white space alone */
    size_t next;  /* ... the next line with this document, + 1 */
} qc_case;

/* An empty set, to be filled by the reader of cases.csv; strings are copied. `source` stands for the file in notes;
 * `hash` is the SHA-256 of its bytes. */
qcode_cases *qc_cases_new(const char *source, const char *hash, const qcode_memory *memory, qcode_error *err);

/* The index of the line; that of an earlier one for the same document and speaker, which stays as it is; SIZE_MAX when
 * memory runs out. */
size_t qc_cases_add(qcode_cases *cases, const qc_case *line);

size_t qc_cases_count(const qcode_cases *cases);
/* The file of a line. */
const char *qc_case_file(const qcode_cases *cases, const qc_case *line);

bool qc_consent_restricts(const qc_consent *consent); /* ... what outputs may count or show */

/* What the lines of one case say together: a no holds for all of the respondent's interviews. NULL when nothing is
 * restricted. To be asked after qc_cases_settle, when all lines are there; it warns of a yes beside a no. */
const qc_consent *qc_cases_consent(const qcode_cases *cases, const char *case_name);
bool qc_cases_settle(qcode_cases *cases, qcode_notes *notes);

/* The first line that says what kind of source the document is; NULL when none does. */
const qc_case *qc_cases_sourced(const qcode_cases *cases, const char *document);

/* A line from somewhere else than the file, as it was written, for the record. */
bool qc_cases_keep_added(qcode_cases *cases, const char *written);
size_t qc_cases_added_count(const qcode_cases *cases);
const char *qc_cases_added(const qcode_cases *cases, size_t index);

const qc_case *qc_cases_at(const qcode_cases *cases, size_t index);
const char *qc_cases_source(const qcode_cases *cases);
const char *qc_cases_hash(const qcode_cases *cases);

/* The label of a line that has a speaker. */
const qc_label *qc_cases_label(const qcode_cases *cases, const qc_case *line);

/* The line that names this speaker in every document; NULL when there is none. `cases` may be NULL. */
const qc_case *qc_cases_everywhere(const qcode_cases *cases, const qc_label *speaker);

/* A walk over the lines that name a document, the most exact last: its last part without and with the ending, then its
 * whole name without and with the ending. */
typedef struct qc_case_walk {
    const qcode_cases *cases;
    const char *document;
    int step;
    size_t next; /* index + 1 */
    bool partly; /* the line answered last names the last part of a longer name */
} qc_case_walk;

/* `cases` may be NULL. */
qc_case_walk qc_cases_walk(const qcode_cases *cases, const char *document);
const qc_case *qc_case_walk_next(qc_case_walk *walk); /* NULL at the end */

#endif
