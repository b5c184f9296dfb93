/* What analysts claim: names and looking up. */
#include "model/statements.h"

#include <string.h>

const char *qc_stance_name(qc_stance stance)
{
    static const char *const names[QC_STANCES] = {"supports", "qualifies", "contradicts", "context"};
    return names[stance];
}

const qc_statement *qc_statement_find(const qc_statements *statements, const char *id, size_t length)
{
    for (size_t i = 0; i < statements->count; i++)
        if (strlen(statements->at[i].id) == length && memcmp(statements->at[i].id, id, length) == 0)
            return &statements->at[i];
    return NULL;
}

void qc_statements_free(qc_statements *statements)
{
    if (!statements)
        return;
    qc_arena arena = statements->arena; /* the statements live in the arena that ends here */
    qc_arena_clear(&arena);
}
