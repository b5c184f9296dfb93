/* Words: what a term's edge is. */
#ifndef QC_TEXT_WORDS_H
#define QC_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <qcode/transcript.h>

/* A letter, mark, number or `_`: what a term must not stand beside, and what `*` and `?` run over. */
bool qc_is_word(uint32_t point);
bool qc_is_mark(uint32_t point);  /* general category M */
bool qc_is_space(uint32_t point); /* White_Space, PropList.txt */
bool qc_is_upper(uint32_t point); /* general category Lu or Lt */
bool qc_is_digit(uint32_t point); /* general category Nd */

/* A match may begin, or end, at `at`: no word character ends before it, or none begins there. `at` is a place
 * between characters with one behind it (before) or before it (after), as the ends of a match that is not empty are.
 * The Arabic conjunction wa-, written on to the next word, is a word of its own; the article al- is not. */
bool qc_word_edge_before(const char *text, size_t at);
bool qc_word_edge_after(const char *text, size_t length, size_t at);

/* The next word at or after `*at`, and `*at` moved behind it; false at the end. A word is a run of word characters; an
 * apostrophe between two of them is inside ("don't" is one word, "multi-agency" is two). */
bool qc_next_word(const char *text, size_t length, size_t *at, qcode_span *word);

#endif
