/* Stems, by libstemmer. */
#include "text/stem.h"
#include "base/memory.h"

#include <libstemmer.h>
#include <string.h>

struct qc_stemmer {
    const qcode_memory *memory;
    struct sb_stemmer *snowball;
};

bool qc_stem_built_in(void)
{
    return true;
}

/* Whether Snowball has an algorithm for the language. */
static bool is_known(const char *language)
{
    struct sb_stemmer *made = sb_stemmer_new(language, NULL);
    sb_stemmer_delete(made);
    return made != NULL;
}

qc_stemmer *qc_stemmer_new(const char *language, const qcode_memory *memory, bool *no_memory)
{
    char name[16] = "";
    size_t length = strcspn(language, "-_");
    *no_memory = false;
    if (!length || length >= sizeof name)
        return NULL;
    memcpy(name, language, length);
    if (!is_known(name))
        return NULL;
    qc_stemmer *made = qc_resize(memory, NULL, sizeof *made);
    if (made)
        *made = (qc_stemmer){memory, sb_stemmer_new(name, NULL)};
    *no_memory = !made || !made->snowball;
    if (*no_memory && made) {
        qc_release(memory, made);
        made = NULL;
    }
    return made;
}

void qc_stemmer_free(qc_stemmer *stemmer)
{
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->snowball);
    qc_release(stemmer->memory, stemmer);
}

const char *qc_stem(qc_stemmer *stemmer, const char *word, size_t length, size_t *stem_length)
{
    const sb_symbol *stem = sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word, (int)length);
    *stem_length = (size_t)sb_stemmer_length(stemmer->snowball);
    return (const char *)stem;
}
