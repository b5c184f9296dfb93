/* Statements beside a run: read, placed, and who was asked about them. */
#include "work/claims.h"
#include "base/error.h"
#include "model/table.h"
#include "read/statements.h"
#include "work/asked.h"

bool qc_open_claims(qc_claims *claims, const char *path, const qc_view *view, const qcode_view_filter *filter,
                    const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    *claims = (qc_claims){.arena = qc_arena_init(memory)};
    return (claims->statements = qc_read_statements(path, memory, notes, err)) &&
           qc_place_statements(&claims->accounts, claims->statements, view, filter, &claims->arena, memory, notes, err) &&
           qc_find_asked(&claims->asked, view, &claims->arena, memory, err);
}

void qc_claims_clear(qc_claims *claims)
{
    qc_statements_free(claims->statements);
    qc_arena_clear(&claims->arena);
}

bool qc_put_policy(qc_buffer *out, const qc_quantifiers *policy)
{
    return qc_buffer_print(out,
                           "all; most: over %zu %%; several: %zu and more; else the number; of fewer than %zu "
                           "respondents the numbers alone",
                           policy->most_over, policy->several_from, policy->least_group);
}

bool qc_tell_quantifiers(qcode_table *about, const qc_quantifiers *policy, const qcode_memory *memory)
{
    qc_buffer text = qc_buffer_init(memory);
    qc_put_policy(&text, policy);
    const char *value = qc_buffer_text(&text);
    bool done = value && qc_table_add_text(about, "quantifiers") && qc_table_add_text(about, value);
    qc_buffer_clear(&text);
    return done;
}
