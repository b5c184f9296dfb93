/* The words of a transcript as outputs may show them: a mask for each code point of those that may not be quoted. */
#ifndef QC_MODEL_SHOWN_H
#define QC_MODEL_SHOWN_H

#include "base/buffer.h"
#include <qcode/transcript.h>

/* U+2588, a full block. */
#define QC_MASK "\xE2\x96\x88"

/* Appends the mask of some text: one for each code point; line feeds stay, and between ranges of speech all white space:
 * readings are joined by it. */
bool qc_put_mask(qc_buffer *out, const char *text, size_t length, bool speech);

/* Appends the reading of some pieces of a transcript (see model/reading.h), each masked that may not be quoted. The
 * words of every output come from here. */
bool qc_put_shown(qc_buffer *out, const qcode_transcript *talk, const qcode_span *pieces, size_t count);

/* The number of the turn that a place of the text is in, or that ends before it; 0 before the first. */
size_t qc_turn_at(const qcode_transcript *talk, size_t byte);

/* Whether something of the pieces may not be quoted. */
bool qc_withholds(const qcode_transcript *talk, const qcode_span *pieces, size_t count);

/* The bytes at the start of a shown text that are masks, with the white space between them; 0: none. */
size_t qc_masked_length(const char *text, size_t length);

/* Appends the whole text, with the turns masked that may not be quoted, from their first word to their last. */
bool qc_put_shown_text(qc_buffer *out, const qcode_transcript *talk);

#endif
