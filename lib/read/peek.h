/* A first look at a source, for sniffing: its beginning as ASCII, whatever its encoding. */
#ifndef QC_READ_PEEK_H
#define QC_READ_PEEK_H

#include "read/reader.h"

/* Writes the beginning of some bytes, at most QC_PEEK - 1 characters, and a NUL. A byte order mark is left out, CR is LF,
 * and each byte or unit that is not ASCII is `?`. UTF-16 is known by its mark or its NULs. */
void qc_peek(const unsigned char *data, size_t length, char text[QC_PEEK]);

/* The text behind white space, or where `word` ends when the text begins with it, else NULL. */
const char *qc_peek_space(const char *text);
const char *qc_peek_word(const char *text, const char *word);

#endif
