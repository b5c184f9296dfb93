/* How common words are, roughly: which of a rule's words is the rarest, and so the best to look for. */
#ifndef QC_MATCH_FREQUENCY_H
#define QC_MATCH_FREQUENCY_H

#include <stdbool.h>
#include <stddef.h>

/* How many of a million words of an interview are this one or, where it is not `whole`, begin with it: a guess, from the most
 * frequent words of the language ("en-GB"; others by length alone). ASCII in small letters. Never 0. */
unsigned qc_commonness(const char *language, const char *word, size_t length, bool whole);

#endif
