/* Where the passages that people attached to statements stand in a run: by their words, and by their places. */
#include "work/accounts.h"
#include "base/error.h"
#include "base/points.h"
#include "base/set.h"
#include "model/books.h"
#include "model/shown.h"
#include "read/codings/settle.h"
#include "work/judge.h"

#include <string.h>

typedef struct placing {
    const qc_view *view;
    const qcode_view_filter *filter;
    const qcode_memory *memory;
    qc_arena *arena;
    qc_set names;   /* of documents */
    qc_account *at;
    size_t *next;   /* of each account the next of its document, + 1 */
    size_t *heads;  /* of each document its first account, + 1 */
    qc_buffer pieces;
} placing;

/* Looks the codes and groups of a statement up. */
static bool look_up(const placing *p, const qc_statement *statement, const char *source, size_t *codes, bool *in_view,
                    qcode_error *err)
{
    const qc_view *view = p->view;
    *in_view = !p->filter->code_count;
    for (size_t i = 0; i < statement->code_count; i++) {
        const qc_named *name = &statement->codes[i];
        const qcode_code *code = qc_books_follow(view->books, name->name);
        if (!code)
            return qc_fail(err, QCODE_INVALID, source, name->line, name->column, "the run has no code \"%.60s\"",
                           name->name);
        codes[i] = qc_books_index(view->books, code);
        *in_view |= view->code_in_view[codes[i]];
    }
    for (size_t i = 0; i < statement->group_count; i++) {
        const qc_named *name = &statement->groups[i];
        bool found = false;
        for (size_t k = 0; k < view->respondent_count && !found; k++)
            found = strcmp(view->respondents[k].group, name->name) == 0;
        if (!found)
            return qc_fail(err, QCODE_INVALID, source, name->line, name->column, "nobody of the run is of the group \"%.60s\"",
                           name->name);
    }
    return true;
}

/* Where it stands, as bytes; an empty place and the reason where it stands nowhere. */
static bool find_place(qc_anchor *anchor, const qc_points *points, qc_account *account, qcode_span *place)
{
    static const char *const reasons[] = {
        [QC_SETTLED_NOT] = "its words are not in the document",
        [QC_SETTLED_SEVERAL] = "its words stand in several places: say \"start\" and \"end\" too",
    };
    const qc_attachment *attachment = account->attachment;
    const qc_passage_mark mark = {attachment->start, attachment->end, attachment->words, "", ""};
    qc_settled how;
    *place = (qcode_span){0, 0};
    if (!*attachment->words) {
        size_t last = qc_points_byte(points, attachment->end - 1); /* the length, when there are not so many */
        *place = (qcode_span){qc_points_byte(points, attachment->start), qc_points_byte(points, attachment->end)};
        account->unplaced = last < anchor->length ? NULL : "it lies behind the end of the document";
        return true;
    }
    if (!qc_settle(anchor, &mark, place, &how))
        return false;
    account->unplaced = how == QC_SETTLED_NOT || how == QC_SETTLED_SEVERAL ? reasons[how] : NULL;
    return true;
}

/* Who says it: the first respondent whose speech it holds. */
static bool find_speaker(placing *p, qc_account *account, qcode_span place)
{
    const qc_view *view = p->view;
    const qcode_transcript *talk = view->talks[account->document];
    qc_list_speech(&p->pieces, talk, place);
    account->piece_count = p->pieces.length / sizeof(qcode_span);
    account->line = qcode_transcript_place(talk, place.start).line;
    account->respondent = QC_NOBODY;
    if (!p->pieces.failed && !account->piece_count) {
        account->unplaced = "nothing is said there that may be used";
        return true;
    }
    qcode_span *pieces = qc_arena_take_array(p->arena, account->piece_count + 1, sizeof *pieces);
    if (p->pieces.failed || !pieces)
        return false;
    memcpy(pieces, p->pieces.data, p->pieces.length);
    account->pieces = pieces;
    for (size_t i = 0; i < account->piece_count && account->respondent == QC_NOBODY; i++) {
        size_t turn = qc_turn_at(talk, pieces[i].start);
        const qcode_speaker *speaker = turn ? qcode_transcript_turn(talk, turn - 1).speaker : NULL;
        account->respondent = qc_view_respondent(view, account->document, speaker);
        account->interviewer = speaker != NULL;
    }
    return true;
}

/* Why a passage that was found counts for nobody; NULL: it counts. */
static const char *why_not(const placing *p, const qc_account *account)
{
    if (account->respondent == QC_NOBODY)
        return account->interviewer ? "an interviewer says it" : NULL;
    const qc_respondent *who = &p->view->respondents[account->respondent];
    return qc_statement_is_about(account->statement, who->group) ? NULL : "its speaker is of a group that the statement is not about";
}

static bool place_document(placing *p, size_t document)
{
    const qcode_transcript *talk = p->view->talks[document];
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    qc_anchor anchor;
    qc_points points = qc_points_init(text, length, p->memory);
    bool done = qc_anchor_init(&anchor, talk, p->memory) && !points.marks.failed;
    for (size_t i = p->heads[document]; done && i; i = p->next[i - 1]) {
        qc_account *account = &p->at[i - 1];
        qcode_span place;
        done = find_place(&anchor, &points, account, &place) &&
               (account->unplaced || find_speaker(p, account, place));
        if (done && !account->unplaced)
            account->unplaced = why_not(p, account);
        bool known = account->respondent == QC_NOBODY ? !p->filter->group_count && !p->filter->where_count
                                                      : p->view->respondents[account->respondent].in_view;
        account->in_view = !account->unplaced && p->view->talk_in_view[document] && known;
    }
    qc_points_clear(&points);
    qc_anchor_clear(&anchor);
    return done;
}

/* Lists the attachments, each with its document. */
static bool list_accounts(placing *p, const qc_statements *statements)
{
    for (size_t i = 0; i < p->view->talk_count; i++) {
        const char *name = qcode_transcript_name(p->view->talks[i]);
        if (qc_set_add(&p->names, name, strlen(name), NULL) == SIZE_MAX)
            return false;
    }
    for (size_t i = statements->count; i-- > 0;) {
        const qc_statement *statement = &statements->at[i];
        for (size_t k = statement->attached_count; k-- > 0;) {
            const qc_attachment *attachment = &statement->attached[k];
            size_t place = statement->first + k;
            qc_account account = {.statement = statement, .attachment = attachment, .respondent = QC_NOBODY,
                                  .document = qc_set_find(&p->names, attachment->document, strlen(attachment->document))};
            if (account.document == SIZE_MAX)
                account.unplaced = "the run has no such document";
            p->at[place] = account;
            if (account.document == SIZE_MAX)
                continue;
            p->next[place] = p->heads[account.document];
            p->heads[account.document] = place + 1;
        }
    }
    return true;
}

static bool look_all_up(placing *p, qc_accounts *accounts, qcode_error *err)
{
    const qc_statements *statements = accounts->statements;
    const size_t **codes = qc_arena_take_array(p->arena, statements->count + 1, sizeof *codes);
    bool *in_view = qc_arena_take_array(p->arena, statements->count + 1, sizeof *in_view);
    if (!codes || !in_view)
        return qc_no_memory(err);
    for (size_t i = 0; i < statements->count; i++) {
        size_t *list = qc_arena_take_array(p->arena, statements->at[i].code_count + 1, sizeof *list);
        if (!list)
            return qc_no_memory(err);
        if (!look_up(p, &statements->at[i], statements->source, list, &in_view[i], err))
            return false;
        codes[i] = list;
    }
    accounts->codes = codes;
    accounts->in_view = in_view;
    return true;
}

bool qc_place_statements(qc_accounts *accounts, const qc_statements *statements, const qc_view *view,
                         const qcode_view_filter *filter, qc_arena *arena, const qcode_memory *memory,
                         qcode_notes *notes, qcode_error *err)
{
    placing p = {.view = view, .filter = filter, .memory = memory, .arena = arena, .names = qc_set_init(memory),
                 .pieces = qc_buffer_init(memory)};
    *accounts = (qc_accounts){.statements = statements, .count = statements->attached_count};
    bool done = look_all_up(&p, accounts, err);
    if (done) {
        p.at = qc_arena_take_array(arena, accounts->count + 1, sizeof *p.at);
        p.next = qc_arena_take_array(arena, accounts->count + 1, sizeof *p.next);
        p.heads = qc_arena_take_array(arena, view->talk_count + 1, sizeof *p.heads);
        done = p.at && p.next && p.heads && list_accounts(&p, statements);
        for (size_t i = 0; done && i < view->talk_count; i++)
            done = !p.heads[i] || place_document(&p, i);
        for (size_t i = 0; done && i < accounts->count; i++)
            if (p.at[i].unplaced)
                qc_note(notes, QCODE_NOTE_WARNING, statements->source, p.at[i].attachment->line,
                        p.at[i].attachment->column, "an attachment to \"%.60s\" counts nowhere: %s",
                        p.at[i].statement->id, p.at[i].unplaced);
        done = done || qc_no_memory(err);
    }
    accounts->at = p.at;
    qc_set_clear(&p.names);
    qc_buffer_clear(&p.pieces);
    return done;
}
