/* Formats of lines: the file's text, line by line. */
#ifndef QC_READ_PROJECTS_LINES_H
#define QC_READ_PROJECTS_LINES_H

#include "base/buffer.h"

/* A line without its end, of a text that was decoded. */
typedef struct qc_text_line {
    const char *text;
    size_t length, number; /* from 1 */
} qc_text_line;

typedef struct qc_text_lines {
    const char *text;
    size_t length, at, number;
} qc_text_lines;

bool qc_text_lines_next(qc_text_lines *lines, qc_text_line *line);

/* The part of a line up to a character, which is passed over; all of the rest where there is none. */
qc_text_line qc_text_line_part(qc_text_line *line, char mark);

/* A whole number at the beginning, passed over; false when there is none. */
bool qc_text_line_number(qc_text_line *line, size_t *number);

#endif
