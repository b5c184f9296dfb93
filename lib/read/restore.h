/* The documents and segments of a run's folder, as they were when they were coded. */
#ifndef QC_READ_RESTORE_H
#define QC_READ_RESTORE_H

#include "model/run.h"
#include "model/transcript.h"

/* A transcript from a line of documents.jsonl, settled and not closed: a role, a case, attributes, consent, turns with
 * their times and questions. Its labels (format ...) are in `arena`, which outlives it. `line` is the line's number. */
qcode_transcript *qc_restore_transcript(const char *text, size_t length, size_t line, qc_arena *arena,
                                        qcode_error *err);

typedef struct qc_restored_match {
    const char *rule;
    size_t start, end;
} qc_restored_match;

/* A line of segments.jsonl: what it rests on. Places are code points. */
typedef struct qc_restored_segment {
    const char *document, *code, *coder, *basis, *origin, *state, *decided_by, *decided_on;
    size_t start, end;
    qc_run_spans pieces; /* the hull when the line has none */
    struct {
        const qc_restored_match *at;
        size_t count;
    } matches;
    size_t from, to; /* the bytes of the line, with its line feed */
} qc_restored_segment;

/* All lines of a segments.jsonl, kept in the arena. */
bool qc_restore_segments(const char *text, size_t length, qc_arena *arena, const qc_restored_segment **segments,
                         size_t *count, qcode_error *err);

/* The members of an object of JSON: keys, and the bytes of their values. */
typedef struct qc_member {
    const char *key;
    size_t start, end;
} qc_member;

bool qc_list_members(const char *text, size_t length, const char *source, qc_arena *arena, const qc_member **members,
                     size_t *count, qcode_error *err);

#endif
