/* UTF-16 and UTF-32 (Unicode 15, section 3.9, D91 and D90) as UTF-8. */
#ifndef QC_TEXT_UNITS_H
#define QC_TEXT_UNITS_H

#include "base/buffer.h"

typedef struct qc_units {
    const char *name; /* "UTF-16LE" ... */
    size_t width;     /* bytes of a code unit: 2 or 4 */
    bool big_endian;
} qc_units;

extern const qc_units qc_utf16le, qc_utf16be, qc_utf32le, qc_utf32be;

/* Appends the characters; the number of bytes taken: all, or those before the first that is no character. Whether the
 * memory sufficed is in the buffer. */
size_t qc_units_append(qc_buffer *text, const unsigned char *data, size_t length, const qc_units *units);

/* The units of text without a mark, guessed by the NULs that Latin letters, spaces and line ends have in UTF-16;
 * NULL when they do not fall as they would there. */
const qc_units *qc_units_guess(const unsigned char *data, size_t length);

#endif
