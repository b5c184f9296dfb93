/* Segments of codes that are one now: which stay, and what each of them rests on. */
#ifndef QC_WORK_JOINING_H
#define QC_WORK_JOINING_H

#include "work/recoding.h"

typedef struct qc_joined_match {
    size_t start, end;     /* code points of the transcript */
    size_t from, to;       /* bytes of the file: how it is written there */
    const char *rule;      /* as it was */
} qc_joined_match;

typedef struct qc_joined_segment {
    const char *document, *code, *coder, *start, *end;
    const char *origin, *state, *decided_by, *decided_on;
    bool own;         /* it rests on the speaker's own words */
    bool gone;        /* another stands for it */
    bool changed;     /* it has another code, or stands for others too */
    size_t next;      /* of those that this one stands for; SIZE_MAX: none */
    size_t judged;    /* the one whose state it has, with who decided that, when and why: mostly itself */
    const qc_joined_match *matches;
    size_t match_count;
} qc_joined_segment;

/* Finds segments of one coder, span and code that are there twice, by what codes are called now. The first with own words
 * stays, else the first that a rule proposed, else the first; `next` leads from it to the others. What a person said of
 * one of them is said of all: the latest word, but who rejected one and accepted another has accepted them. */
bool qc_join_segments(const qc_recode_map *map, qc_joined_segment *segments, size_t count, qcode_recoded *result);

/* Whether a column is of what a person said: state, decided_by, decided_on, reason. */
bool qc_is_judgement_column(const char *name);

/* The matches of a segment and of all it stands for, in order; in `list`, which is emptied first. */
bool qc_join_matches(const qc_joined_segment *segments, size_t index, qc_buffer *list);

#endif
