/* A run's folder read back: what its files say, for reports. */
#ifndef QC_MODEL_RUN_H
#define QC_MODEL_RUN_H

#include "base/memory.h"
#include <qcode/measured.h>
#include <qcode/transcript.h>

typedef struct qc_run_spans {
    const qcode_span *at;
    size_t count;
} qc_run_spans;

/* A segment; spans are code points of the transcript's text, strings "" where nothing is said. */
typedef struct qc_run_segment {
    const char *document, *code, *text, *speaker, *role, *group, *time, *question, *basis;
    const char *id, *coder, *origin, *status, *state, *decided_by, *decided_on, *reason, *codebook;
    size_t start, end, line, turn;
    size_t guide;         /* 0: none of the guide's questions */
    qc_run_spans pieces;  /* the hull itself when the file names none */
    qc_run_spans matches; /* by start */
} qc_run_segment;

typedef struct qc_run_document {
    const char *document, *layout, *encoding;
    size_t turns;
    struct qc_run_cast {
        size_t speakers, respondents;
    } cast;
} qc_run_document;

typedef struct qc_run_note {
    const char *kind, *document, *file, *text;
    size_t line;
} qc_run_note;

/* A line of what was counted. */
typedef struct qc_run_code {
    const char *code; /* or theme */
    size_t segments, interviews, respondents;
} qc_run_code;

typedef struct qc_run_file {
    const char *name, *hash;
    size_t bytes;
} qc_run_file;

typedef struct qc_run {
    qc_arena arena; /* holds the run itself and everything below */
    const char *qcode, *engines;
    const qcode_measured *agreement; /* NULL: nothing was measured */
    struct qc_run_counts {
        size_t documents, refused, respondents, segments, turns, vetoed, accepted, edited, rejected, unplaced;
    } counts; /* as run.json has them; `vetoed` is SIZE_MAX where it is not known */
    struct qc_run_kept_back {
        size_t withdrawn, without_consent_to_use, without_consent_to_quote, documents;
    } kept_back;
    const qc_run_segment *segments;
    size_t segment_count;
    const qc_run_document *documents;
    size_t document_count;
    const qc_run_note *notes;
    size_t note_count;
    const qc_run_code *codes;
    size_t code_count;
    const qc_run_code *themes;
    size_t theme_count;
    const qc_run_file *files;
    size_t file_count;
} qc_run;

#endif
