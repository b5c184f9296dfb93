/* The codings of people in a decisions.jsonl: what they accepted, added or gave
 * other boundaries, and still hold. */
#include "base/error.h"
#include "model/decisions.h"
#include "read/codings/rows.h"

#include <string.h>

/* Whether the same person later judged the passage that this decision made:
 * rejected it, or moved its boundaries again. */
static bool is_overtaken(const qcode_decisions *decisions, const qcode_decision *coding)
{
    for (size_t i = 0; i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *other = qcode_decisions_at(decisions, i);
        qcode_points subject = qc_decision_subject(other);
        if (subject.start == coding->span.start && subject.end == coding->span.end && other != coding &&
            !other->undone && (other->act == QCODE_ACT_REJECT || other->act == QCODE_ACT_EDIT) &&
            strcmp(other->on, coding->on) > 0 && strcmp(other->by, coding->by) == 0 &&
            strcmp(other->code, coding->code) == 0 && strcmp(other->document, coding->document) == 0)
            return true;
    }
    return false;
}

static bool add_decision(qc_coding_rows *rows, const qcode_decisions *decisions, const qcode_decision *decision,
                         size_t number)
{
    const char *by = qc_arena_string(&rows->arena, decision->by);
    const qc_coding_row row = {.document = qc_arena_string(&rows->arena, decision->document),
                               .text = qc_arena_string(&rows->arena, decision->text),
                               .start = decision->span.start,
                               .end = decision->span.end,
                               .line = number,
                               .basis = QCODE_BASIS_OWN};
    if (!by || !row.document || !row.text)
        return false;
    if (decision->act == QCODE_ACT_MEMO || decision->act == QCODE_ACT_CODE || decision->undone)
        return true;
    if (decision->act == QCODE_ACT_FINISHED || decision->act == QCODE_ACT_REJECT || is_overtaken(decisions, decision))
        return qc_coding_rows_saw(rows, by, row.document);
    return qc_coding_rows_version(rows, true, decision->code, decision->codebook) &&
           qc_coding_rows_mark(rows, by, decision->code, strlen(decision->code)) && qc_coding_rows_add(rows, &row);
}

bool qc_read_decided_codings(qc_coding_rows *rows, const char *text, size_t length, const char *source,
                             qcode_error *err)
{
    qcode_decisions *decisions = qcode_decisions_new(rows->arena.memory, err);
    bool done = decisions && qcode_decisions_parse(decisions, text, length, source, NULL, err);
    bool kept = true;
    for (size_t i = 0; done && kept && i < qcode_decisions_count(decisions); i++)
        kept = add_decision(rows, decisions, qcode_decisions_at(decisions, i), i + 1);
    qcode_decisions_free(decisions);
    return done && (kept || qc_no_memory(err));
}
