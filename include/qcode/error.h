/* What went wrong, and where. */
#ifndef QCODE_ERROR_H
#define QCODE_ERROR_H

#include <qcode/export.h>

typedef enum qcode_status {
    QCODE_OK,
    QCODE_NO_MEMORY, /* the allocator said no */
    QCODE_READ,      /* an input could not be opened or read */
    QCODE_WRITE,     /* an output could not be written */
    QCODE_ENCODING,  /* bytes that are no text in the encoding they claim */
    QCODE_SYNTAX,    /* a file that breaks the rules of its format */
    QCODE_INVALID,   /* a well-formed file that says something impossible */
    QCODE_LIMIT,     /* a documented limit was met; nothing was guessed */
    QCODE_USAGE,     /* the caller asked for something that cannot be */
    QCODE_STOPPED    /* the caller told it to stop */
} qcode_status;

/* It owns nothing: keep it on the stack, copy it, forget it. Every function that takes a
 * `qcode_error *` accepts NULL and fills it only when it fails. */
typedef struct qcode_error {
    qcode_status status;
    size_t line;       /* from 1; 0 when no place in a file is to blame */
    size_t column;     /* from 1, in Unicode characters; 0 when the whole line is meant */
    char source[256];  /* the file, or file:member of an archive; shortened at the left when longer */
    char message[256]; /* lower case, one sentence, no full stop */
} qcode_error;

/* "partnership.yaml:14:9: the code "leadership" is already in use", cut to `size` bytes with its NUL.
 * Returns `text`. */
QCODE_API char *qcode_error_text(const qcode_error *error, char *text, size_t size);

#endif
