/* JSON (RFC 8259): a bounded pull reader, and strings written. */
#ifndef QC_FORMAT_JSON_H
#define QC_FORMAT_JSON_H

#include "base/buffer.h"
#include <qcode/error.h>

#define QC_JSON_MOST_DEPTH 64

typedef enum qc_json_kind {
    QC_JSON_END, /* of the text */
    QC_JSON_NULL,
    QC_JSON_TRUE,
    QC_JSON_FALSE,
    QC_JSON_NUMBER,
    QC_JSON_STRING,
    QC_JSON_KEY, /* a member's name; its value comes next */
    QC_JSON_OPEN_OBJECT,
    QC_JSON_CLOSE_OBJECT,
    QC_JSON_OPEN_ARRAY,
    QC_JSON_CLOSE_ARRAY
} qc_json_kind;

/* One token. The text of a string or key is unescaped, owned by the reader until the next token, and NUL-terminated (it
 * may hold NULs). */
typedef struct qc_json_token {
    qc_json_kind kind;
    const char *text;
    size_t length;
    double number;
    size_t line, column;
} qc_json_token;

typedef struct qc_json qc_json;

/* Reads the values of a text one after another (one for JSON, many for JSON Lines); the text stays the caller's.
 * `first_line` is the line its first byte stands on. */
qc_json *qc_json_new(const char *text, size_t length, const char *source, size_t first_line,
                     const qcode_memory *memory, qcode_error *err);
void qc_json_free(qc_json *json);

/* False with file:line:column on anything RFC 8259 forbids, a lone surrogate, a number past double, a depth above the
 * limit. */
bool qc_json_next(qc_json *json, qc_json_token *token, qcode_error *err);

/* The byte behind the token read last. */
size_t qc_json_at(const qc_json *json);

/* Passes over the value that comes next, however deep. */
bool qc_json_skip(qc_json *json, qcode_error *err);

/* Appends a string with its quotes. Escaped: what RFC 8259 asks for, DEL and C1 controls, and U+0085, U+2028, U+2029,
 * which some readers take for line ends. */
bool qc_json_put(qc_buffer *out, const char *text, size_t length);

/* The same up to a NUL; `null` for NULL. */
bool qc_json_put_string(qc_buffer *out, const char *text);

/* A finite number with as few digits as read back to the same. */
bool qc_json_put_number(qc_buffer *out, double number);

#endif
