/* A first look at a source, for sniffing: its beginning as ASCII, whatever its encoding. */
#ifndef QC_READ_PEEK_H
#define QC_READ_PEEK_H

#include "read/reader.h"

enum { QC_PEEK = 4096 };

/* Writes at most `size` - 1 characters and a NUL, and answers their number. A byte order mark is left out, CR is LF,
 * and each byte or unit that is not ASCII is `?`. UTF-16 is known by its mark or its NULs. */
size_t qc_peek(const qc_source *source, char *text, size_t size);

/* The text behind white space, or where `word` ends when the text begins with it, else NULL. */
const char *qc_peek_space(const char *text);
const char *qc_peek_word(const char *text, const char *word);

#endif
