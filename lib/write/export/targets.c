/* The targets of exports, in the order of the manual; and what they lose. */
#include "write/export/target.h"
#include "model/table.h"

static const qc_target *const targets[] = {
    &qc_export_refi,     &qc_export_codebook, &qc_export_xlsx, &qc_export_csv,           &qc_export_jsonl,
    &qc_export_sqlite,   &qc_export_markdown, &qc_export_docx, &qc_export_codebook_docx, &qc_export_codebook_html,
    &qc_export_w3c,      &qc_export_brat,
};

enum { TARGETS = sizeof targets / sizeof *targets };

const qcode_export_target *qcode_export_target_at(size_t index)
{
    return index < TARGETS ? &targets[index]->about : NULL;
}

const qc_target *qc_find_target(const char *name)
{
    size_t at = 0;
    while (at < TARGETS && strcmp(targets[at]->about.name, name) != 0)
        at++;
    return at < TARGETS ? targets[at] : NULL;
}

qc_losses qc_losses_init(const qcode_memory *memory)
{
    return (qc_losses){qc_arena_init(memory), qc_buffer_init(memory)};
}

void qc_losses_clear(qc_losses *losses)
{
    qc_arena_clear(&losses->arena);
    qc_buffer_clear(&losses->kinds);
}

void qc_lose(qc_losses *losses, const char *what, size_t count, const char *first)
{
    qc_loss *all = (void *)losses->kinds.data, fresh = {.what = what, .count = count};
    size_t kinds = losses->kinds.length / sizeof *all, at = 0;
    while (at < kinds && strcmp(all[at].what, what) != 0)
        at++;
    if (at < kinds)
        all[at].count += count;
    else if (count && ((fresh.first = qc_arena_string(&losses->arena, first)) == NULL ||
                       !qc_buffer_append(&losses->kinds, &fresh, sizeof fresh)))
        losses->kinds.failed = true;
}

qcode_table *qc_losses_table(const qc_losses *losses, const qcode_memory *memory)
{
    const qc_loss *all = (const void *)losses->kinds.data;
    qcode_table *table = qc_table_new(memory);
    if (!table)
        return NULL;
    qc_table_add_column(table, "what", QCODE_TYPE_TEXT);
    qc_table_add_column(table, "count", QCODE_TYPE_INTEGER);
    qc_table_add_column(table, "for_example", QCODE_TYPE_TEXT);
    for (size_t i = 0; i < losses->kinds.length / sizeof *all; i++) {
        qc_table_add_text(table, all[i].what);
        qc_table_add_count(table, all[i].count);
        qc_table_add_text(table, *all[i].first ? all[i].first : NULL);
    }
    return qc_table_closed(table, !losses->kinds.failed);
}
