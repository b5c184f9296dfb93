/* How wide text stands on a terminal. */
#ifndef QC_TEXT_WIDTH_H
#define QC_TEXT_WIDTH_H

#include <stddef.h>

/* Columns that well-formed text takes: two for wide characters (Han, Hangul ...), none for marks. */
size_t qc_text_width(const char *text, size_t length);

/* The bytes from its start that take at most `most` columns. */
size_t qc_text_fitting(const char *text, size_t length, size_t most);

#endif
