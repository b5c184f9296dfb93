/* Every passage that a person attached to a statement, with who says it; those that stand nowhere too. */
#include "analyse/tables.h"
#include "model/shown.h"
#include "model/table.h"

static const qcode_column columns[] = {
    {"statement", QCODE_TYPE_TEXT}, {"as", QCODE_TYPE_TEXT},       {"respondent", QCODE_TYPE_TEXT},
    {"group", QCODE_TYPE_TEXT},     {"document", QCODE_TYPE_TEXT}, {"line", QCODE_TYPE_INTEGER},
    {"source", QCODE_TYPE_TEXT},    {"first_hand", QCODE_TYPE_YES_NO}, {"by", QCODE_TYPE_TEXT},
    {"text", QCODE_TYPE_TEXT},      {"note", QCODE_TYPE_TEXT},     {"unplaced", QCODE_TYPE_TEXT},
};

static const char *or_none(const char *text)
{
    return text && *text ? text : NULL;
}

static bool add_row(qcode_table *table, const qc_view *view, const qc_account *account, qc_buffer *text)
{
    const qc_attachment *attachment = account->attachment;
    const qc_respondent *who = account->respondent == QC_NOBODY ? NULL : &view->respondents[account->respondent];
    const qcode_transcript *talk = account->document == SIZE_MAX ? NULL : view->talks[account->document];
    text->length = 0;
    if (!account->unplaced && !qc_put_shown(text, talk, account->pieces, account->piece_count))
        return false;
    qc_table_add_text(table, account->statement->id);
    qc_table_add_text(table, qc_stance_name(attachment->stance));
    qc_table_add_text(table, who ? who->name : NULL);
    qc_table_add_text(table, who ? or_none(who->group) : NULL);
    qc_table_add_text(table, attachment->document);
    if (account->unplaced)
        qc_table_add_missing(table);
    else
        qc_table_add_count(table, account->line);
    qc_table_add_text(table, talk ? qc_source_of(talk) : NULL);
    if (attachment->hand == QC_HAND_UNSAID)
        qc_table_add_missing(table);
    else
        qc_table_add_yes_no(table, attachment->hand == QC_HAND_FIRST);
    qc_table_add_text(table, attachment->by);
    qc_table_add_text(table, account->unplaced ? NULL : qc_buffer_text(text));
    qc_table_add_text(table, or_none(attachment->note));
    qc_table_add_text(table, account->unplaced);
    return !text->failed;
}

qcode_table *qc_table_accounts(const qc_view *view, const qc_accounts *accounts, const qcode_memory *memory)
{
    qcode_table *table = qc_table_new(memory);
    qc_buffer text = qc_buffer_init(memory);
    bool done = table != NULL;
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    for (size_t i = 0; done && i < accounts->count; i++) {
        const qc_account *account = &accounts->at[i];
        bool wanted = account->in_view || account->unplaced;
        if (wanted && accounts->in_view[account->statement - accounts->statements->at])
            done = add_row(table, view, account, &text);
    }
    qc_buffer_clear(&text);
    return qc_table_closed(table, done);
}
