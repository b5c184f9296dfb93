/* Windows-1252 and Latin-1: the guess for bytes that are no UTF-8. */
#ifndef QC_TEXT_WESTERN_H
#define QC_TEXT_WESTERN_H

#include "base/buffer.h"

typedef enum qc_western { QC_WESTERN_NOT, QC_WESTERN_1252, QC_WESTERN_LATIN1 } qc_western;

/* Some bytes have the shape of a UTF-8 sequence (a lead byte and as many bytes 80-BF as it announces), well-formed
 * or not, or of one that the end of the data cuts: then the data is meant as UTF-8. Shapes that read well
 * as Western text do not count. */
bool qc_has_utf8_shape(const unsigned char *data, size_t length);

/* What the bytes most likely are. */
qc_western qc_western_guess(const unsigned char *data, size_t length);

/* Appends the bytes, each a character of the encoding, as UTF-8. */
bool qc_western_append(qc_buffer *text, const unsigned char *data, size_t length, qc_western encoding);

#endif
