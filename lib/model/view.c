/* What of a run is looked at: segments, documents and codes that the filter lets through. */
#include "model/view.h"
#include "base/error.h"
#include "base/points.h"
#include "base/set.h"
#include "model/books.h"
#include "model/codings.h"
#include "model/codebook.h"
#include "model/shown.h"
#include "model/view_people.h"

#include <stdlib.h>
#include <string.h>

const char *qc_state_name(qcode_state_set state)
{
    for (qcode_state one = QCODE_PROPOSED; one <= QCODE_REJECTED; one++)
        if (state == (qcode_state_set)(1u << one))
            return qcode_state_name(one);
    return "";
}

const qcode_code *qc_view_code(const qc_view *view, size_t code)
{
    return qc_books_code(view->books, code);
}

bool qc_view_is_under(const qc_view *view, size_t code, size_t ancestor)
{
    while (code != ancestor && code != SIZE_MAX)
        code = view->parents[code];
    return code == ancestor;
}

size_t qc_view_respondent(const qc_view *view, size_t document, const qcode_speaker *speaker)
{
    if (!speaker)
        return QC_NOBODY;
    const qcode_speaker *first = qcode_transcript_speaker(view->talks[document], 0);
    return view->speakers[view->first_speaker[document] + (size_t)(speaker - first)];
}

size_t qc_view_group(const qc_view *view, const qc_respondent *respondent)
{
    size_t at = 0;
    while (at < view->group_count && strcmp(view->groups[at], respondent->group) != 0)
        at++;
    return at;
}

static bool has_document(const qc_view_parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->talk_count; i++)
        if (strcmp(qcode_transcript_name(parts->talks[i]), name) == 0)
            return true;
    return false;
}

/* Codes and documents that the run does not have. */
static bool check_filter(const qc_view_parts *parts, const qcode_view_filter *filter, qcode_error *err)
{
    for (size_t i = 0; i < filter->code_count; i++)
        if (!qc_books_find(parts->books, filter->codes[i]))
            return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the run has no code \"%s\"", filter->codes[i]);
    for (size_t i = 0; i < filter->document_count; i++)
        if (!has_document(parts, filter->documents[i]))
            return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the run has no document \"%s\"", filter->documents[i]);
    for (size_t i = 0; i < filter->where_count; i++)
        if (!strchr(filter->wheres[i], '='))
            return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "an attribute is wanted as NAME=VALUE, not \"%s\"",
                           filter->wheres[i]);
    return true;
}

static bool check_groups(const qc_view *view, const qcode_view_filter *filter, qcode_error *err)
{
    for (size_t i = 0; i < filter->group_count; i++) {
        bool found = false;
        for (size_t k = 0; k < view->respondent_count; k++)
            found |= strcmp(view->respondents[k].group, filter->groups[i]) == 0;
        if (!found)
            return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "nobody of the run is of the group \"%s\"", filter->groups[i]);
    }
    return true;
}

/* Whether the filter names the code or one that it stands under. */
static bool is_asked_for(const qc_view *view, size_t code, const qcode_view_filter *filter)
{
    bool asked = !filter->code_count &&
                 (filter->experimental || !qcode_codebook_is_experimental(qc_view_code(view, code)->book));
    for (size_t i = 0; !asked && i < filter->code_count; i++)
        asked = qc_view_is_under(view, code, qc_books_index(view->books, qc_books_find(view->books, filter->codes[i])));
    return asked;
}

static bool list_codes(qc_view *view, const qcode_view_filter *filter)
{
    view->code_count = qc_books_code_count(view->books);
    view->parents = qc_arena_take_array(&view->arena, view->code_count + 1, sizeof *view->parents);
    view->code_in_view = qc_arena_take_array(&view->arena, view->code_count + 1, sizeof *view->code_in_view);
    if (!view->parents || !view->code_in_view)
        return false;
    for (size_t i = 0; i < view->code_count; i++) {
        const qcode_code *parent = qcode_code_parent(qc_books_code(view->books, i));
        view->parents[i] = parent ? qc_books_index(view->books, parent) : SIZE_MAX;
    }
    for (size_t i = 0; i < view->code_count; i++)
        view->code_in_view[i] = is_asked_for(view, i, filter);
    return true;
}

static bool list_talks(qc_view *view, const qcode_view_filter *filter)
{
    view->talk_in_view = qc_arena_take_array(&view->arena, view->talk_count + 1, sizeof *view->talk_in_view);
    for (size_t i = 0; view->talk_in_view && i < view->talk_count; i++) {
        view->talk_in_view[i] = !filter->document_count;
        for (size_t k = 0; k < filter->document_count; k++)
            view->talk_in_view[i] |= strcmp(qcode_transcript_name(view->talks[i]), filter->documents[k]) == 0;
    }
    return view->talk_in_view != NULL;
}

/* What segments are being taken in. */
typedef struct taking {
    qc_view *view;
    const qcode_view_filter *filter;
    const qcode_memory *memory;
    qc_set names; /* of documents */
    qc_buffer list;
    qc_points points; /* of the document `of` */
    size_t of;
    qcode_error *err;
} taking;

static void go_to(taking *t, size_t document)
{
    size_t length;
    if (t->of == document)
        return;
    if (t->of != SIZE_MAX)
        qc_points_clear(&t->points);
    const char *text = qcode_transcript_text(t->view->talks[document], &length);
    t->points = qc_points_init(text, length, t->memory);
    t->of = document;
}

/* Pieces in bytes. */
static bool take_pieces(taking *t, qc_viewed *seen)
{
    const qc_run_spans *from = &seen->line->pieces;
    qcode_span *pieces = qc_arena_take_array(&t->view->arena, from->count + 1, sizeof *pieces);
    go_to(t, seen->document);
    if (!pieces || t->points.marks.failed)
        return qc_no_memory(t->err);
    for (size_t i = 0; i < from->count; i++) {
        pieces[i] = (qcode_span){qc_points_byte(&t->points, from->at[i].start), qc_points_byte(&t->points, from->at[i].end)};
        if (pieces[i].start >= pieces[i].end)
            return qc_fail(t->err, QCODE_INVALID, "segments.jsonl", 0, 0, "a segment lies beyond its document's text");
    }
    seen->pieces = pieces;
    seen->piece_count = from->count;
    seen->span = (qcode_span){pieces[0].start, pieces[from->count - 1].end};
    return true;
}

static bool lets_through(const taking *t, const qc_viewed *seen)
{
    const qcode_view_filter *filter = t->filter;
    unsigned wanted = filter->states ? filter->states : QCODE_STATES_STANDING;
    bool known = seen->respondent == QC_NOBODY ? !filter->group_count && !filter->where_count
                                               : t->view->respondents[seen->respondent].in_view;
    return t->view->code_in_view[seen->code] && known && (wanted & seen->state) && t->view->talk_in_view[seen->document] &&
           (!filter->own_words || seen->basis == QCODE_BASIS_OWN);
}

static bool take_line(taking *t, const qc_run_segment *line)
{
    qc_view *view = t->view;
    const qcode_code *code = qc_books_find(view->books, line->code);
    qc_viewed seen = {.document = qc_set_find(&t->names, line->document, strlen(line->document)),
                      .basis = qc_basis_of(line->basis),
                      .state = (qcode_state_set)(1u << qc_state_of(line->state)), .line = line};
    if (seen.document == SIZE_MAX || !code)
        return qc_fail(t->err, QCODE_INVALID, "segments.jsonl", 0, 0, "a segment of a %s that the run does not have",
                       code ? "document" : "code");
    view->judged_of++;
    view->reviewed += seen.state != QCODE_STATE_PROPOSED;
    seen.code = qc_books_index(view->books, code);
    if (!take_pieces(t, &seen))
        return false;
    const qcode_transcript *talk = view->talks[seen.document];
    size_t turn = qc_turn_at(talk, seen.span.start);
    seen.turn = turn ? turn - 1 : 0;
    seen.respondent = QC_NOBODY;
    if (qcode_transcript_turn_count(talk))
        seen.respondent = qc_view_respondent(view, seen.document, qcode_transcript_turn(talk, seen.turn).speaker);
    return !lets_through(t, &seen) || qc_buffer_append(&t->list, &seen, sizeof seen) || qc_no_memory(t->err);
}

static int by_place(const void *a, const void *b)
{
    const qc_viewed *x = a, *y = b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end < y->span.end ? -1 : 1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return strcmp(x->line->id, y->line->id);
}

static bool take_segments(taking *t)
{
    qc_view *view = t->view;
    for (size_t i = 0; i < view->talk_count; i++) {
        const char *name = qcode_transcript_name(view->talks[i]);
        if (qc_set_add(&t->names, name, strlen(name), NULL) == SIZE_MAX)
            return qc_no_memory(t->err);
    }
    for (size_t i = 0; i < view->run->segment_count; i++)
        if (!take_line(t, &view->run->segments[i]))
            return false;
    qc_viewed *list = (void *)t->list.data;
    size_t count = t->list.length / sizeof *list;
    if (count)
        qsort(list, count, sizeof *list, by_place);
    qc_viewed *kept = qc_arena_take_array(&view->arena, count + 1, sizeof *kept);
    if (!kept)
        return qc_no_memory(t->err);
    if (count)
        memcpy(kept, list, count * sizeof *kept);
    view->segments = kept;
    view->segment_count = count;
    return true;
}

bool qc_view_make(qc_view *view, const qc_view_parts *parts, const qcode_view_filter *filter,
                  const qcode_memory *memory, qcode_error *err)
{
    *view = (qc_view){.arena = qc_arena_init(memory), .run = parts->run, .talks = parts->talks,
                      .talk_count = parts->talk_count, .books = parts->books};
    if (!check_filter(parts, filter, err))
        return false;
    if (!list_codes(view, filter) || !list_talks(view, filter) || !qc_view_list_people(view, filter, memory))
        return qc_no_memory(err);
    taking t = {.view = view, .filter = filter, .memory = memory, .names = qc_set_init(memory),
                .list = qc_buffer_init(memory), .of = SIZE_MAX, .err = err};
    bool done = check_groups(view, filter, err) && take_segments(&t);
    if (t.of != SIZE_MAX)
        qc_points_clear(&t.points);
    qc_set_clear(&t.names);
    qc_buffer_clear(&t.list);
    return done;
}

void qc_view_clear(qc_view *view)
{
    qc_arena_clear(&view->arena);
}

static void put_list(qc_buffer *out, const char *what, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        qc_buffer_print(out, "%s%s%s", i ? ", " : out->length ? "; " : "", i ? "" : what, words[i]);
}

bool qc_put_filter(qc_buffer *out, const qcode_view_filter *filter)
{
    qc_buffer own = qc_buffer_init(out->memory);
    put_list(&own, "codes: ", filter->codes, filter->code_count);
    put_list(&own, "groups: ", filter->groups, filter->group_count);
    put_list(&own, "where: ", filter->wheres, filter->where_count);
    put_list(&own, "documents: ", filter->documents, filter->document_count);
    if (filter->own_words)
        qc_buffer_print(&own, "%sthe speaker's own words alone", own.length ? "; " : "");
    bool done = !own.failed && qc_buffer_append(out, own.data, own.length);
    qc_buffer_clear(&own);
    return done;
}
