/* Captions as cues: WebVTT, SubRip (SRT) and SubViewer (SBV) differ in their time lines and in what stands between
 * cues. */
#ifndef QC_READ_CUES_H
#define QC_READ_CUES_H

#include "base/buffer.h"
#include "read/reader.h"

typedef enum qc_cue_dialect { QC_CUES_VTT, QC_CUES_SRT, QC_CUES_SBV } qc_cue_dialect;

typedef struct qc_cue {
    size_t start, end; /* its lines, markup and all: bytes of the text */
    size_t name, name_end; /* the line above its time line */
    size_t line;       /* of its time line, or of its words when it has none */
    int64_t start_ms, end_ms; /* -1: not known */
    bool goes_on;      /* words without a time line: of whoever spoke before */
} qc_cue;

/* Finds the cues of a decoded text and appends them to `cues`. Notes, blocks of style and region are passed over. What
 * the formats do not allow is read as a person would read it, and noted with its line:
 * - a time line whose times are impossible keeps its words, without a time;
 * - an arrow inside words is words; a number or name before a time line is the cue's, whatever it is;
 * - words behind a blank line that no time line precedes go on with the cue before. */
bool qc_cues_read(const char *text, size_t length, qc_cue_dialect dialect, const char *source, qc_buffer *cues,
                  qcode_notes *notes, qcode_error *err);

/* Whether a line is a time line, possible or not. */
bool qc_is_time_line(const char *line, size_t length, qc_cue_dialect dialect);

#endif
