/* A run as analyses see it: who took part, and which passages of theirs bear which code. */
#ifndef QC_MODEL_VIEW_H
#define QC_MODEL_VIEW_H

#include "base/buffer.h"
#include "base/memory.h"
#include "model/run.h"
#include <qcode/analyse.h>
#include <qcode/codebook.h>
#include <qcode/codings.h>
#include <qcode/transcript.h>

#define QC_NOBODY SIZE_MAX

/* A segment that the filter lets through, by document, start, end and place of the code. */
typedef struct qc_viewed {
    size_t document, code; /* `code`: the place in the books */
    size_t turn;           /* the index of the first turn */
    size_t respondent;     /* QC_NOBODY: an interviewer's, or nobody is known to speak */
    qcode_span span;       /* bytes of the document's text, as the pieces are */
    const qcode_span *pieces;
    size_t piece_count;
    qcode_basis basis;
    qcode_state_set state;
    const qc_run_segment *line; /* as the folder has it */
} qc_viewed;

/* A case, else a speaker of one document. Who is left out is none. */
typedef struct qc_respondent {
    const char *name;  /* the case, else "P1 (T01.txt)", else the document */
    const char *group; /* "": none is known */
    const qcode_speaker *speaker; /* the first of theirs, ... */
    size_t document;              /* ... and its document */
    size_t documents, turns, words;
    size_t met; /* which of them all it was met as, from 0 */
    bool in_view; /* the filter lets them through */
} qc_respondent;

typedef struct qc_view {
    qc_arena arena;
    const qc_run *run;
    const qcode_transcript *const *talks;
    size_t talk_count;
    bool *talk_in_view; /* each document: the filter lets it through */
    qcode_codebooks books;
    size_t code_count;
    bool *code_in_view; /* each code: the filter names it, or one that it stands under, or none */
    size_t *parents; /* of each code the place of its parent; SIZE_MAX: none */
    const qc_viewed *segments;
    size_t segment_count;
    size_t reviewed; /* segments of the run that a person has judged, ... */
    size_t judged_of;  /* ... and how many it has */
    const qc_respondent *respondents; /* by group, then name: groups that have no name last */
    size_t respondent_count;
    const char **groups; /* by name, "" last when somebody has none; of respondents in view */
    size_t group_count;
    size_t *speakers;      /* the respondent of each speaker, document by document; QC_NOBODY */
    size_t *first_speaker; /* each document's place in `speakers` */
} qc_view;

/* What a view is made of; all of it outlives the view. */
typedef struct qc_view_parts {
    const qc_run *run;
    const qcode_transcript *const *talks;
    size_t talk_count;
    qcode_codebooks books;
} qc_view_parts;

/* False when memory runs out, or (QCODE_USAGE) the filter names a code, group, document or attribute that the run does
 * not have. Clear it in any case. */
bool qc_view_make(qc_view *view, const qc_view_parts *parts, const qcode_view_filter *filter,
                  const qcode_memory *memory, qcode_error *err);
void qc_view_clear(qc_view *view);

/* The respondent that a speaker of a document is; QC_NOBODY for none. */
size_t qc_view_respondent(const qc_view *view, size_t document, const qcode_speaker *speaker);

/* Whether a code is another or stands under it. */
bool qc_view_is_under(const qc_view *view, size_t code, size_t ancestor);

const qcode_code *qc_view_code(const qc_view *view, size_t code);

/* Whether two segments are of the same passage, which a code and one under it may both have; `a` may be NULL. */
static inline bool qc_same_passage(const qc_viewed *a, const qc_viewed *b)
{
    return a && a->document == b->document && a->span.start == b->span.start && a->span.end == b->span.end;
}

/* The place of a respondent's group among `groups`. */
size_t qc_view_group(const qc_view *view, const qc_respondent *respondent);

/* Appends what the filter leaves: "codes: leadership; groups: Police". Nothing when nothing is left out. */
bool qc_put_filter(qc_buffer *out, const qcode_view_filter *filter);

/* The name of one state of a set. */
const char *qc_state_name(qcode_state_set state);

#endif
