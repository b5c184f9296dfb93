/* Where quoted words stand in a transcript: by their letters and numbers alone, so that marks, case and the way a text is
 * broken into lines do not count. */
#ifndef QC_READ_CODINGS_ANCHOR_H
#define QC_READ_CODINGS_ANCHOR_H

#include "base/buffer.h"
#include "read/codings/offsets.h"
#include "text/fold.h"
#include <qcode/transcript.h>

/* Letters and numbers, folded, and for each byte of them where in the transcript its character begins and ends. */
typedef struct qc_letters {
    qc_buffer text, starts, ends;
} qc_letters;

typedef struct qc_anchor {
    const qcode_transcript *talk;
    const char *text;
    size_t length;
    qc_letters speech, all; /* of what is said; of the whole text */
    qc_buffer turns;        /* for each turn and behind the last, where it begins in `speech` */
    qc_folder folder;
    qc_letters quote; /* scratch */
    qc_offsets offsets;
    size_t cursor;    /* in `speech`, behind what qc_anchor_next found last */
} qc_anchor;

qc_letters qc_letters_init(const qcode_memory *memory);
void qc_letters_clear(qc_letters *letters);

/* Appends the letters of bytes [range) of a text. */
bool qc_add_letters(qc_letters *letters, qc_folder *folder, const char *text, qcode_span range);

/* The first of the letters that begins at or behind a byte. */
size_t qc_letter_at(const qc_letters *letters, size_t byte);

/* Where some bytes first stand in others; `length` when nowhere. In linear time. */
size_t qc_find_bytes(const char *text, size_t length, const char *wanted, size_t count);

/* Where `length` letters from `at` on stand in the text, with the marks that are written on to them. */
qcode_span qc_letters_span(const qc_anchor *anchor, const qc_letters *letters, size_t at, size_t length);

/* Makes the words' letters the anchor's `quote`. */
bool qc_anchor_quote(qc_anchor *anchor, const char *words);

/* False when memory runs out; clear it in any case. */
bool qc_anchor_init(qc_anchor *anchor, const qcode_transcript *talk, const qcode_memory *memory);
void qc_anchor_clear(qc_anchor *anchor);

/* How well words fit a place: to the letter but for white space, in their letters and numbers, or not. */
typedef enum qc_fit { QC_FIT_NOT, QC_FIT_LETTERS, QC_FIT_EXACT } qc_fit;

/* `*fit` is QC_FIT_NOT for words without a letter. False when memory runs out, as below. */
bool qc_anchor_fits(qc_anchor *anchor, qcode_span place, const char *words, qc_fit *fit);

/* The same for words that somebody put together. */
bool qc_same_letters(qc_anchor *anchor, const char *joined, const char *words, qc_fit *fit);

/* The words in what is said, else in the whole text, as near to byte `near` as they stand; `place->end` is 0 when they
 * stand nowhere. */
bool qc_anchor_find(qc_anchor *anchor, const char *words, size_t near, qcode_span *place);

/* The same for units that come in order: behind the last one found, in the turn of this number (0: any) if they are there. */
bool qc_anchor_next(qc_anchor *anchor, const char *words, size_t turn, qcode_span *place);

/* Whether it is a letter or a number; and whether one is in the words. */
bool qc_is_letter(uint32_t point);
bool qc_has_letters(const char *words);

#endif
