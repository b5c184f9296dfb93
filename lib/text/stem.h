/* Stems of words, by Snowball. libstemmer lives here and nowhere else. */
#ifndef QC_TEXT_STEM_H
#define QC_TEXT_STEM_H

#include <qcode/memory.h>

/* Whether stems were built in. */
bool qc_stem_built_in(void);

/* For one thread. `language` is a tag such as "en" or "en-GB"; NULL when Snowball does not know it, when stems are not
 * built in, or when memory runs out (then `*no_memory`). Snowball takes its own memory from the C library. */
typedef struct qc_stemmer qc_stemmer;
qc_stemmer *qc_stemmer_new(const char *language, const qcode_memory *memory, bool *no_memory);
void qc_stemmer_free(qc_stemmer *stemmer);

/* The stem of a folded word, until the next one; NULL when memory runs out. */
const char *qc_stem(qc_stemmer *stemmer, const char *word, size_t length, size_t *stem_length);

#endif
