/* Files that are no text, told by their first bytes. */
#ifndef QC_TEXT_KIND_H
#define QC_TEXT_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* "gzip data", "a PDF" ... for bytes that begin like another kind of file; NULL when nothing speaks against text. */
const char *qc_kind_of(const unsigned char *data, size_t length);

/* More control characters near the start than any text has. */
bool qc_looks_binary(const unsigned char *data, size_t length);

#endif
