/* A term made ready to compare: its folded bytes, in which wildcards are bytes that UTF-8 never has.
 *
 * `*` is any run of word characters, none too; one that stands alone as a word is a whole word. `?` is one word character
 * with the marks behind it. A space is any run of white space. A backslash takes the meaning from * ? $ and itself. */
#ifndef QC_MATCH_TERM_H
#define QC_MATCH_TERM_H

#include "base/buffer.h"
#include "text/fold.h"

#define QC_TERM_ANY 0xFF /* `*` */
#define QC_TERM_ONE 0xFE /* `?` */

typedef struct qc_term {
    const unsigned char *text; /* never empty; never begins or ends with a space, never holds two in a row */
    size_t length;
} qc_term;

bool qc_is_wildcard(unsigned char byte);

/* The order of terms by their bytes: below, at or above 0. */
int qc_term_compare(qc_term a, qc_term b);

/* Appends the ready form of a term as written. When it cannot be one, answers what is wrong (a static string) and
 * `*offset` is where; NULL otherwise, also when memory runs out (then `out` has failed). */
const char *qc_term_ready(qc_folder *folder, qc_form form, const char *text, size_t length, qc_buffer *out,
                          size_t *offset);

/* Whether the term stands at `at` of a folded text, up to a word's edge; the longest end. The start's edge is the caller's. */
bool qc_term_at(const qc_term *term, const char *text, size_t length, size_t at, size_t *end);

/* One word character with the marks behind it, or a word character: `*at` moved over it, or false. */
bool qc_step_letter(const char *text, size_t length, size_t *at);
bool qc_step_word(const char *text, size_t length, size_t *at);

#endif
