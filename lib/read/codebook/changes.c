/* What was changed in a codebook, when, by whom and why: for people, and for what was decided under earlier names. */
#include "read/codebook/codebook.h"
#include "base/date.h"

typedef struct change_draft {
    const char *what, *by, *reason;
    const qc_yaml_node *on;
} change_draft;

static void read_change(qc_book_reader *reader, const qc_yaml_node *node, qcode_code_change *change)
{
    static const qc_book_field fields[] = {
        {"what", qc_book_text, offsetof(change_draft, what)},
        {"by", qc_book_text, offsetof(change_draft, by)},
        {"on", qc_book_node, offsetof(change_draft, on)},
        {"reason", qc_book_text, offsetof(change_draft, reason)},
    };
    change_draft draft = {.by = "", .reason = ""};
    if (!qc_book_map(reader, node, fields, sizeof fields / sizeof *fields, "a change", &draft))
        return;
    if (!draft.what)
        qc_book_mistake(reader, node->line, node->column, "a change without \"what\"");
    if (draft.on && qc_book_is_text(reader, draft.on, "a date") && !qc_is_date(draft.on->text))
        qc_book_mistake(reader, draft.on->line, draft.on->column, "found \"%s\" where a date (2023-03-14) is expected",
                        draft.on->text);
    *change = (qcode_code_change){draft.what ? draft.what : "", draft.by,
                                  draft.on && draft.on->kind == QC_YAML_SCALAR
                                      ? qc_arena_string(&reader->book->arena, draft.on->text)
                                      : "",
                                  draft.reason};
    if (!change->on)
        qc_book_no_memory(reader);
}

void qc_book_changes(qc_book_reader *reader, const qc_yaml_node *node)
{
    if (node->kind != QC_YAML_LIST) {
        qc_book_mistake(reader, node->line, node->column, "expected a list of changes, each a map with \"what\"");
        return;
    }
    qcode_code_change *changes = qc_arena_take_array(&reader->book->arena, node->count, sizeof *changes);
    if (!changes)
        qc_book_no_memory(reader);
    for (const qc_yaml_node *item = node->first; item && !reader->stopped; item = item->next)
        read_change(reader, item, &changes[reader->book->change_count++]);
    reader->book->changes = changes;
}
