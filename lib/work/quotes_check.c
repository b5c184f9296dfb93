/* Quotations and counts of a draft, looked for in the run that it reports on. */
#include "analyse/tables.h"
#include "base/error.h"
#include "base/place.h"
#include "base/utf8.h"
#include "model/table.h"
#include "read/codings/anchor.h"
#include "read/draft.h"
#include "text/words.h"
#include "work/claims.h"
#include "work/labels_near.h"
#include "work/opened.h"
#include <qcode/draft.h>

#include <string.h>

enum {
    BRACKET_LETTERS = 40, /* what brackets may stand for */
    SHOWN = 60            /* bytes of the draft in a row */
};

/* Somebody who says what a quotation has. */
typedef struct found {
    size_t quotation, document, respondent, line;
} found;

typedef struct letters {
    size_t start, length; /* in `folded` */
} letters;

typedef struct checking {
    const qc_view *view;
    const qc_draft *draft;
    const qc_claims *claims; /* NULL: none */
    const qcode_memory *memory;
    qcode_table *table, *counts; /* `counts`: of the statements */
    qc_names names;
    qc_letters folded; /* the letters of all parts, quotation by quotation */
    qc_buffer parts;   /* of letters */
    qc_buffer list;    /* of found, document by document */
    qc_walker walker;
    size_t wrong;
} checking;

static bool fold_parts(checking *c)
{
    qc_folder folder = qc_folder_init(c->memory);
    bool done = true;
    for (size_t i = 0; done && i < c->draft->quotation_count; i++)
        for (size_t k = 0; done && k < c->draft->quotations[i].part_count; k++) {
            const char *words = c->draft->quotations[i].parts[k].words;
            letters part = {c->folded.text.length, 0};
            done = qc_add_letters(&c->folded, &folder, words, (qcode_span){0, strlen(words)});
            part.length = c->folded.text.length - part.start;
            done = done && qc_buffer_append(&c->parts, &part, sizeof part);
        }
    qc_folder_clear(&folder);
    return done;
}

/* The next place of a part among the letters [from, to) of what is said, of whole words. */
static bool next_place(const checking *c, const qc_anchor *anchor, const letters *part, const qc_quoted *quoted,
                       size_t from, size_t to, size_t *at)
{
    const size_t *starts = (const void *)anchor->speech.starts.data, *ends = (const void *)anchor->speech.ends.data;
    while (part->length && from < to && to - from >= part->length) {
        *at = from + qc_find_bytes(anchor->speech.text.data + from, to - from, c->folded.text.data + part->start,
                                   part->length);
        if (*at == to)
            return false;
        if ((quoted->begins_inside || qc_word_edge_before(anchor->text, starts[*at])) &&
            (quoted->ends_inside || qc_word_edge_after(anchor->text, anchor->length, ends[*at + part->length - 1])))
            return true;
        from = *at + 1;
    }
    return false;
}

static size_t turn_of_letter(const qc_anchor *anchor, size_t at)
{
    const size_t *turns = (const void *)anchor->turns.data;
    size_t low = 0, high = qcode_transcript_turn_count(anchor->talk);
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (turns[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Whether the parts behind the first follow: in the same turn, or behind "..." in the next of the same speaker. */
static bool rest_follows(const checking *c, const qc_anchor *anchor, const qc_quotation *quotation, const letters *parts,
                         size_t at)
{
    const size_t *turns = (const void *)anchor->turns.data;
    size_t turn = turn_of_letter(anchor, at), count = qcode_transcript_turn_count(anchor->talk);
    if (at + parts[0].length > turns[turn + 1])
        return false;
    at += parts[0].length;
    for (size_t i = 1; i < quotation->part_count; i++) {
        const qc_quoted *quoted = &quotation->parts[i];
        size_t to = turns[turn + 1], place;
        if (quoted->bracket && to - at > BRACKET_LETTERS + parts[i].length)
            to = at + BRACKET_LETTERS + parts[i].length;
        bool there = next_place(c, anchor, &parts[i], quoted, at, to, &place);
        const qcode_speaker *speaker = qcode_transcript_turn(anchor->talk, turn).speaker;
        for (size_t next = turn + 1; !there && !quoted->bracket && next < count && next <= turn + 2; next++)
            if (qcode_transcript_turn(anchor->talk, next).speaker == speaker &&
                (there = next_place(c, anchor, &parts[i], quoted, turns[next], turns[next + 1], &place)))
                turn = next;
        if (!there)
            return false;
        at = place + parts[i].length;
    }
    return true;
}

static bool keep(checking *c, const qc_anchor *anchor, size_t quotation, size_t document, size_t at)
{
    const size_t *starts = (const void *)anchor->speech.starts.data;
    const qcode_turn turn = qcode_transcript_turn(anchor->talk, turn_of_letter(anchor, at));
    found one = {quotation, document, qc_view_respondent(c->view, document, turn.speaker), 0};
    const found *list = (const void *)c->list.data;
    for (size_t i = c->list.length / sizeof one; i-- > 0;) {
        if (list[i].quotation != quotation || list[i].document != document)
            break;
        if (list[i].respondent == one.respondent)
            return true;
    }
    one.line = qcode_transcript_place(anchor->talk, starts[at]).line;
    return qc_buffer_append(&c->list, &one, sizeof one);
}

static bool look_in(checking *c, size_t document)
{
    qc_anchor anchor;
    const letters *parts = (const void *)c->parts.data;
    bool done = qc_anchor_init(&anchor, c->view->talks[document], c->memory);
    for (size_t i = 0; done && i < c->draft->quotation_count; parts += c->draft->quotations[i++].part_count) {
        const qc_quotation *quotation = &c->draft->quotations[i];
        size_t at, end = anchor.speech.text.length;
        for (size_t from = 0; done && quotation->part_count &&
                              next_place(c, &anchor, &parts[0], &quotation->parts[0], from, end, &at);
             from = at + 1)
            if (rest_follows(c, &anchor, quotation, parts, at))
                done = keep(c, &anchor, i, document, at);
    }
    qc_anchor_clear(&anchor);
    return done;
}

/* A row, with the first line of what is looked at; where it was found may be NULL. */
static bool add_row(checking *c, qcode_span span, const char *what, const char *why, const found *where)
{
    qc_buffer shown = qc_buffer_init(c->memory);
    while (span.start < span.end && strchr("> \n", c->draft->text[span.start]))
        span.start++; /* the marks of a block quotation */
    const char *from = c->draft->text + span.start;
    const char *feed = memchr(from, '\n', span.end - span.start);
    size_t length = feed ? (size_t)(feed - from) : span.end - span.start;
    if (length > SHOWN)
        for (length = SHOWN; ((unsigned char)from[length] & 0xC0) == 0x80;)
            length--;
    qc_buffer_append(&shown, from, length);
    const char *text = qc_buffer_text(&shown);
    if (!text) {
        qc_buffer_clear(&shown);
        return false;
    }
    qc_table_add_count(c->table, qc_walker_at(&c->walker, span.start).line);
    qc_table_add_text(c->table, what);
    qc_table_add_text(c->table, text);
    qc_table_add_yes_no(c->table, !why);
    qc_table_add_text(c->table, why);
    qc_table_add_text(c->table, where ? qcode_transcript_name(c->view->talks[where->document]) : NULL);
    if (where)
        qc_table_add_count(c->table, where->line);
    else
        qc_table_add_missing(c->table);
    c->wrong += why != NULL;
    qc_buffer_clear(&shown);
    return true;
}

/* Where the sentence that ends at `to` begins, not before `from`. */
static size_t sentence_start(const char *text, size_t from, size_t to)
{
    for (size_t at = to; at > from + 1; at--)
        if ((text[at - 1] == ' ' || text[at - 1] == '\n') && strchr(".!?", text[at - 2]))
            return at;
    return from;
}

static size_t sentence_end(const char *text, size_t from, size_t to)
{
    for (size_t at = from; at + 1 < to; at++)
        if (strchr(".!?", text[at]) && (text[at + 1] == ' ' || text[at + 1] == '\n') && at > from + 1)
            return at;
    return to;
}

static const qc_called *last_called(const checking *c, size_t from, size_t to)
{
    const qc_called *last = NULL, *called;
    for (size_t at = from; (called = qc_next_called(&c->names, c->draft->text, &at, to, false));)
        last = called;
    return last;
}

/* The names in brackets right behind a quotation, or in the line under a block quotation; an empty span: none. */
static qcode_span brackets_behind(const qc_draft *draft, const qc_quotation *quotation)
{
    size_t at = quotation->after.start, end = quotation->after.end;
    if (quotation->block)
        return quotation->after;
    while (at < end && strchr(" \n\t.,;", draft->text[at]))
        at++;
    const char *closes = at < end && draft->text[at] == '(' ? memchr(draft->text + at, ')', end - at) : NULL;
    return closes ? (qcode_span){at, (size_t)(closes - draft->text)} : (qcode_span){at, at};
}

/* Whose it is said to be: in brackets behind it, else the nearest name before it in its sentence, behind it, before it. */
static const qc_called *said_to_be(const checking *c, const qc_quotation *quotation)
{
    const char *text = c->draft->text;
    size_t begin = sentence_start(text, quotation->before.start, quotation->before.end), at = quotation->after.start;
    const qc_called *called = last_called(c, begin, quotation->before.end);
    if (!called)
        called = qc_next_called(&c->names, text, &at, sentence_end(text, at, quotation->after.end), false);
    return called ? called : last_called(c, quotation->before.start, begin);
}

static bool is_theirs(const checking *c, const qc_called *called, size_t quotation)
{
    const found *list = (const void *)c->list.data;
    for (size_t i = 0; i < c->list.length / sizeof *list; i++)
        if (list[i].quotation == quotation && qc_can_mean(&c->names, called, list[i].document, list[i].respondent))
            return true;
    return false;
}

static bool check_attribution(checking *c, size_t index, const found *where)
{
    const qc_quotation *quotation = &c->draft->quotations[index];
    const qcode_span behind = brackets_behind(c->draft, quotation);
    const qc_called *called;
    bool any = false, right = true;
    for (size_t at = behind.start; (called = qc_next_called(&c->names, c->draft->text, &at, behind.end, true));) {
        any = true;
        right &= is_theirs(c, called, index);
    }
    if (!any && (called = said_to_be(c, quotation))) {
        any = true;
        right = is_theirs(c, called, index);
    }
    return !any || add_row(c, quotation->span, "attribution", right ? NULL : "somebody else says it", where);
}

static bool is_name_of_a_code(const checking *c, const qc_quotation *quotation)
{
    const char *text = c->draft->text + quotation->span.start;
    size_t length = quotation->span.end - quotation->span.start;
    for (size_t i = 0; i < c->view->code_count; i++) {
        const qcode_code *code = qc_view_code(c->view, i);
        const char *names[] = {qcode_code_id(code), qcode_code_name(code)};
        for (size_t k = 0; k < 2; k++)
            if (names[k] && strlen(names[k]) == length && memcmp(names[k], text, length) == 0)
                return true;
    }
    return false;
}

static bool check_quotations(checking *c)
{
    bool done = true;
    const found *list = (const void *)c->list.data;
    for (size_t i = 0; done && i < c->draft->quotation_count; i++) {
        const qc_quotation *quotation = &c->draft->quotations[i];
        const found *where = NULL;
        for (size_t k = 0; k < c->list.length / sizeof *list && !where; k++)
            where = list[k].quotation == i ? &list[k] : NULL;
        if (!quotation->part_count || (!where && is_name_of_a_code(c, quotation)))
            continue;
        done = add_row(c, quotation->span, "quotation",
                       quotation->open ? "nothing closes it"
                       : where         ? NULL
                                       : "nobody who may be quoted says it",
                       where) &&
               (!where || quotation->open || check_attribution(c, i, where));
    }
    return done;
}

static bool names_group(const qc_draft *draft, qcode_span span, const char *group)
{
    size_t length = strlen(group);
    for (size_t at = span.start; length && at + length <= span.end; at++)
        if (memcmp(draft->text + at, group, length) == 0 && qc_word_edge_before(draft->text, at) &&
            qc_word_edge_after(draft->text, draft->length, at + length))
            return true;
    return false;
}

/* The group that a count is of: named behind it, else before it; NULL: none is. */
static const char *group_of(const checking *c, const qc_given *given)
{
    const qcode_span spans[] = {given->span, {given->clause.start, given->span.start}};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < c->view->group_count; i++)
            if (names_group(c->draft, spans[k], c->view->groups[i]))
                return c->view->groups[i];
    return NULL;
}

static bool has_word(const qc_draft *draft, qcode_span span, const char *begins)
{
    size_t length = strlen(begins);
    for (size_t at = span.start; at + length <= span.end; at++)
        if (memcmp(draft->text + at, begins, length) == 0 && qc_word_edge_before(draft->text, at))
            return true;
    return false;
}

/* Whether a row of the statement has the count: of the group that the draft names, else of any. */
static bool count_holds(const checking *c, const qc_statement *statement, const qc_given *given)
{
    const char *group = group_of(c, given);
    const char *column = has_word(c->draft, given->span, "contradict") ? "contradicts"
                         : has_word(c->draft, given->span, "qualif")   ? "qualifies"
                                                                          : "supports";
    size_t number = qcode_table_find(c->counts, column), of = qcode_table_find(c->counts, "of");
    for (size_t i = 0; i < qcode_table_row_count(c->counts); i++) {
        const qcode_cell name = qcode_table_cell(c->counts, i, 1);
        if (strcmp(qcode_table_cell(c->counts, i, 0).as.text, statement->id) == 0 &&
            (!group || (!name.missing && strcmp(name.as.text, group) == 0)) &&
            (size_t)qcode_table_cell(c->counts, i, number).as.integer == given->count &&
            (size_t)qcode_table_cell(c->counts, i, of).as.integer == given->of)
            return true;
    }
    return false;
}

static bool check_counts(checking *c)
{
    bool done = true;
    for (size_t i = 0; done && i < c->draft->given_count; i++) {
        const qc_given *given = &c->draft->given[i];
        const qc_statement *statement =
            qc_statement_find(c->claims->statements, c->draft->text + given->id.start, given->id.end - given->id.start);
        done = add_row(c, (qcode_span){given->span.start, given->id.end + 1}, "count",
                       !statement                          ? "there is no such statement"
                       : count_holds(c, statement, given) ? NULL
                                                           : "the statement's accounts give another count",
                       NULL);
    }
    return done;
}

static bool check(checking *c)
{
    static const qcode_column columns[] = {
        {"line", QCODE_TYPE_INTEGER}, {"what", QCODE_TYPE_TEXT},     {"draft", QCODE_TYPE_TEXT},
        {"holds", QCODE_TYPE_YES_NO}, {"why", QCODE_TYPE_TEXT},      {"document", QCODE_TYPE_TEXT},
        {"at", QCODE_TYPE_INTEGER},
    };
    bool done = (c->table = qc_table_new(c->memory)) && qc_list_names(&c->names, c->view, c->memory) && fold_parts(c);
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        done = qc_table_add_column(c->table, columns[i].name, columns[i].type);
    for (size_t i = 0; done && i < c->view->talk_count; i++)
        done = look_in(c, i);
    if (done && c->claims)
        done = (c->counts = qc_table_statements(c->view, &c->claims->accounts, &c->claims->asked, c->memory));
    return done && check_quotations(c) && (!c->claims || check_counts(c));
}

qcode_table *qcode_check_quotes(const qcode_quotes_job *job, const qcode_memory *memory, size_t *wrong,
                                qcode_notes *notes, qcode_error *err)
{
    qc_opened opened;
    qc_draft draft = {.talk = NULL};
    qc_claims claims = {.statements = NULL};
    const qcode_view_filter filter = {.experimental = true};
    qcode_table *table = NULL;
    if (qc_open_run(&opened, job->folder, &filter, memory, notes, err) && qc_read_draft(&draft, job->draft, memory, err) &&
        (!job->statements || qc_open_claims(&claims, job->statements, &opened.view, &filter, memory, notes, err))) {
        checking c = {.view = &opened.view, .draft = &draft, .claims = job->statements ? &claims : NULL, .memory = memory,
                      .folded = qc_letters_init(memory), .parts = qc_buffer_init(memory), .list = qc_buffer_init(memory),
                      .names = {qc_arena_init(memory), qc_buffer_init(memory)},
                      .walker = qc_walker_init(draft.text, draft.length)};
        bool done = check(&c);
        table = qc_table_closed(c.table, done);
        if (!table)
            qc_no_memory(err);
        *wrong = c.wrong;
        qcode_table_free(c.counts);
        qc_names_clear(&c.names);
        qc_letters_clear(&c.folded);
        qc_buffer_clear(&c.parts);
        qc_buffer_clear(&c.list);
    }
    qc_claims_clear(&claims);
    qc_draft_clear(&draft);
    qc_opened_clear(&opened);
    return table;
}
