/* How common words are, roughly: which of a rule's words is the rarest, and so the best to look for. */
#ifndef QC_MATCH_FREQUENCY_H
#define QC_MATCH_FREQUENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QC_MOST_FREQUENT 600

typedef struct qc_frequent {
    const char *word; /* with a space behind it */
    uint32_t length, per_million;
} qc_frequent;

/* The most frequent words of a language, by their first letter: those of `a` from first[0] to first[1]. */
typedef struct qc_frequencies {
    size_t first[27];
    qc_frequent at[QC_MOST_FREQUENT];
} qc_frequencies;

/* Of "en-GB" and the like; none of a language that is not known. */
void qc_frequencies_of(const char *language, qc_frequencies *all);

/* How many of a million words of an interview are this one or, where it is not `whole`, begin with it: a guess, from the most
 * frequent words of the language (others by length alone). ASCII in small letters. Never 0. */
unsigned qc_commonness(const qc_frequencies *all, const char *word, size_t length, bool whole);

#endif
