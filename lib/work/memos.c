/* Memos: written to a file of decisions, and found again. */
#include "base/error.h"
#include "model/decisions.h"
#include "model/table.h"
#include "text/fold.h"

#include <string.h>
#include <unistd.h>

bool qcode_memo_add(const char *path, const qcode_decision *memo, const qcode_memory *memory, qcode_notes *notes,
                    qcode_error *err)
{
    qcode_decision decision = *memo;
    decision.act = QCODE_ACT_MEMO;
    qcode_decisions *decisions = qcode_decisions_new(memory, err);
    bool is_there = access(path, F_OK) == 0;
    bool done = decisions && (!is_there || qcode_decisions_read(decisions, path, notes, err)) &&
                qcode_decisions_add(decisions, &decision, err);
    qcode_sink *sink = done ? qcode_sink_file(path, memory, err) : NULL;
    done = sink && qcode_decisions_write(decisions, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    qcode_decisions_free(decisions);
    return done;
}

/* Whether each of the words, which white space parts, stands in a text. */
static bool has_words(const char *text, const char *words)
{
    bool all = true;
    while (all && *(words += strspn(words, " "))) {
        size_t length = strcspn(words, " "), at = 0, most = strlen(text);
        while (at + length <= most && memcmp(text + at, words, length) != 0)
            at++;
        all = at + length <= most;
        words += length;
    }
    return all;
}

/* A text as terms see it, kept in the arena; NULL when memory runs out. */
static const char *folded(qc_arena *arena, qc_folder *folder, const char *text)
{
    qc_folded form;
    return qc_fold(folder, QC_FORM_TERM, text, strlen(text), &form) ? qc_arena_copy(arena, form.text, form.length) : NULL;
}

static void put_memo(qcode_table *table, const qcode_decision *memo)
{
    bool has_span = memo->span.start < memo->span.end;
    qc_table_add_text(table, qcode_memo_kind_name(memo->kind));
    qc_table_add_text(table, *memo->document ? memo->document : NULL);
    if (has_span) {
        qc_table_add_count(table, memo->span.start);
        qc_table_add_count(table, memo->span.end);
    } else {
        qc_table_add_missing(table);
        qc_table_add_missing(table);
    }
    qc_table_add_text(table, *memo->code ? memo->code : NULL);
    qc_table_add_text(table, *memo->respondent ? memo->respondent : NULL);
    qc_table_add_yes_no(table, memo->on_study);
    qc_table_add_text(table, memo->by);
    qc_table_add_text(table, memo->on);
    qc_table_add_text(table, memo->reason);
}

static void add_columns(qcode_table *table)
{
    static const char *const names[] = {"kind", "document", "start", "end", "code", "respondent", "on_study", "by", "on",
                                        "memo"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        qc_table_add_column(table, names[i],
                            i == 2 || i == 3 ? QCODE_TYPE_INTEGER : i == 6 ? QCODE_TYPE_YES_NO : QCODE_TYPE_TEXT);
}

qcode_table *qcode_memos(const qcode_decisions *decisions, const char *words, const qcode_memory *memory,
                         qcode_error *err)
{
    qcode_table *table = qc_table_new(memory);
    qc_arena arena = qc_arena_init(memory);
    qc_folder folder = qc_folder_init(memory);
    const char *wanted = folded(&arena, &folder, words);
    bool done = table && wanted;
    if (done)
        add_columns(table);
    for (size_t i = 0; done && i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *memo = qcode_decisions_at(decisions, i);
        if (memo->act != QCODE_ACT_MEMO || memo->undone)
            continue;
        const char *text = folded(&arena, &folder, memo->reason);
        done = text;
        if (done && has_words(text, wanted))
            put_memo(table, memo);
    }
    qc_folder_clear(&folder);
    qc_arena_clear(&arena);
    table = qc_table_closed(table, done);
    if (!table)
        qc_no_memory(err);
    return table;
}
