/* Full stops that end no sentence: abbreviations and initials in English, German, French and Spanish. */
#ifndef QC_TEXT_ABBREVIATIONS_H
#define QC_TEXT_ABBREVIATIONS_H

#include <stdbool.h>
#include <stddef.h>

/* The full stop at `dot`, in the sentence that begins at `start`, belongs to an abbreviation, and the sentence goes
 * on with the word at `next` (between them is white space alone; it does not begin with a small letter). */
bool qc_is_abbreviation(const char *text, size_t start, size_t dot, size_t next, size_t length);

#endif
