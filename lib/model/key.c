/* The end of a key, and what the outside may ask. */
#include "model/key.h"

void qcode_key_free(qcode_key *key)
{
    if (!key)
        return;
    qc_arena arena = key->arena; /* the key lives in the arena that ends here */
    qc_arena_clear(&arena);
}

size_t qcode_key_count(const qcode_key *key)
{
    return key->count;
}
