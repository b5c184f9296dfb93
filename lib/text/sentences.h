/* Sentences of speech, after Unicode Standard Annex 29 in spirit, for transcripts in fact. */
#ifndef QC_TEXT_SENTENCES_H
#define QC_TEXT_SENTENCES_H

#include <qcode/transcript.h>

/* The next sentence at or after `*at`, without white space around it, and `*at` moved behind it; false at the end. A
 * sentence ends after . ! ? … (and their kin in other scripts: 。！？ । ؟ ...) with the quotes and brackets that close
 * behind it, at a line feed (a paragraph's end in a reading), and at the end. Not after abbreviations (Mr., e.g.,
 * Dr.), initials, inside numbers, nor where a small letter goes on. "[laughs]" and "(inaudible 00:12:31)" belong to
 * the sentence before them unless they open the text. */
bool qc_next_sentence(const char *text, size_t length, size_t *at, qcode_span *sentence);

#endif
