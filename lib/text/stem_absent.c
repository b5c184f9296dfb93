/* Stems, where libstemmer was not found: there are none. */
#include "text/stem.h"

bool qc_stem_built_in(void)
{
    return false;
}

qc_stemmer *qc_stemmer_new(const char *language, const qcode_memory *memory, bool *no_memory)
{
    (void)language;
    (void)memory;
    *no_memory = false;
    return NULL;
}

void qc_stemmer_free(qc_stemmer *stemmer)
{
    (void)stemmer;
}

const char *qc_stem(qc_stemmer *stemmer, const char *word, size_t length, size_t *stem_length)
{
    (void)stemmer;
    *stem_length = length;
    return word;
}
