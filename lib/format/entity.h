/* Character references of HTML and WebVTT. */
#ifndef QC_FORMAT_ENTITY_H
#define QC_FORMAT_ENTITY_H

#include <stddef.h>
#include <stdint.h>

/* The character that the reference at text[at] (an `&`) stands for, and in `*end` the place behind it; 0 when none
 * stands there. Known are the names of HTML 4 and `&apos;`, and numbers; without a `;` only numbers and amp, lt, gt,
 * quot and nbsp. Numbers are read as HTML does: 128 to 159 as Windows-1252, what cannot be a character as U+FFFD. */
uint32_t qc_entity(const char *text, size_t length, size_t at, size_t *end);

/* The character of a byte from 0x80 to 0x9F in Windows-1252; U+FFFD for the five it leaves open. */
uint32_t qc_windows_1252(unsigned char byte);

#endif
