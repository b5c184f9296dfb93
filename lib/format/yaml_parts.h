/* What the files of the YAML reader share. */
#ifndef QC_FORMAT_YAML_PARTS_H
#define QC_FORMAT_YAML_PARTS_H

#include <qcode/error.h>

#include <yaml.h>

/* A place that walks forward through the file; back costs a new start. Lines end at LF, CRLF or CR, as in YAML. */
typedef struct qc_yaml_cursor {
    const char *data;
    size_t length;
    size_t first; /* 3 behind a byte order mark */
    size_t byte, index; /* `index` counts code points from `first`, as libyaml's marks do */
    size_t line, column;
} qc_yaml_cursor;

qc_yaml_cursor qc_yaml_cursor_init(const char *data, size_t length);
void qc_yaml_to_index(qc_yaml_cursor *cursor, size_t index);
void qc_yaml_to_byte(qc_yaml_cursor *cursor, size_t byte);

/* UTF-8 without control characters, and none of the line ends that YAML 1.1 and 1.2 disagree on. */
bool qc_yaml_check_characters(const char *data, size_t length, const char *source, qcode_error *err);

/* The quoted scalar that was read last: what a missing quote makes of the text behind it explains many errors. */
typedef struct qc_yaml_quote {
    size_t start, end; /* indexes; equal when there is none */
    size_t start_line, end_line;
} qc_yaml_quote;

/* Says in our words, at the place that is to blame, what libyaml stopped at. Always false. */
bool qc_yaml_problem(const yaml_parser_t *parser, const qc_yaml_quote *quote, qc_yaml_cursor *cursor,
                     const char *source, qcode_error *err);

#endif
