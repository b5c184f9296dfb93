/* What one place of a regex can match, as far as it has to be known to see whether two places can match the same. */
#ifndef QC_MATCH_CHARSET_H
#define QC_MATCH_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct qc_charset {
    uint64_t ascii[2];
    bool word, other; /* beyond ASCII: letters, marks and numbers; all else */
    uint32_t single;  /* the one character beyond ASCII that it is; 0: it may be more */
} qc_charset;

bool qc_charset_meet(const qc_charset *a, const qc_charset *b);

/* Reads what stands at `*at` and matches one character: itself, `.`, an escape such as \w, or a class. False when it is
 * something else, or something that is not known. */
bool qc_charset_read(const char *pattern, size_t length, bool caseless, size_t *at, qc_charset *set);

#endif
