/* The shape of UTF-8 (Unicode 15, section 3.9, table 3-7). What characters mean is the text floor's. */
#ifndef QC_BASE_UTF8_H
#define QC_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes from the start of `text` that are well-formed UTF-8; `length` when all of it is. */
size_t qc_utf8_valid(const char *text, size_t length);

/* The code point at `*at` of well-formed text, and `*at` moved behind it. `*at` must be below `length`. */
uint32_t qc_utf8_next(const char *text, size_t length, size_t *at);

/* The code point that ends at `*at` (above 0), and `*at` moved before it. */
uint32_t qc_utf8_previous(const char *text, size_t *at);

/* Writes one code point; the number of bytes, 1 to 4. */
size_t qc_utf8_put(uint32_t point, char bytes[4]);

/* The length of `text` (NUL-terminated) for "%.*s": no more than `most` bytes, and no character cut in two. */
int qc_utf8_cut(const char *text, int most);

/* How many code points well-formed text has. */
size_t qc_utf8_count(const char *text, size_t length);

#endif
