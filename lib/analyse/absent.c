/* Who did not raise a code, and what they said when they were asked about it. */
#include "analyse/tables.h"
#include "model/reading.h"
#include "model/shown.h"
#include "model/table.h"

#include <string.h>

static const qcode_column columns[] = {
    {"code", QCODE_TYPE_TEXT},     {"group", QCODE_TYPE_TEXT},    {"respondent", QCODE_TYPE_TEXT},
    {"asked", QCODE_TYPE_TEXT},    {"words", QCODE_TYPE_INTEGER}, {"document", QCODE_TYPE_TEXT},
    {"line", QCODE_TYPE_INTEGER},  {"answer", QCODE_TYPE_TEXT},
};

void qc_mark_raised(const qc_view *view, uint8_t *raised)
{
    memset(raised, 0, view->respondent_count * view->code_count + 1);
    for (size_t i = 0; i < view->segment_count; i++) {
        const qc_viewed *segment = &view->segments[i];
        bool counts = segment->basis == QCODE_BASIS_OWN || (segment->state & QCODE_STATES_REVIEWED);
        if (segment->respondent == QC_NOBODY || !counts)
            continue;
        for (size_t code = segment->code; code != SIZE_MAX; code = view->parents[code])
            raised[segment->respondent * view->code_count + code] = 1;
    }
}

/* The first turn of the answer, if it may be shown. */
static bool put_answer(const qc_view *view, const qc_answered *answer, qc_buffer *pieces, qc_buffer *out)
{
    const qcode_transcript *talk = view->talks[answer->document];
    qcode_turn turn = qcode_transcript_turn(talk, answer->turn);
    pieces->length = out->length = 0;
    return qc_list_ranges(pieces, &turn) &&
           (qc_withholds(talk, (const void *)pieces->data, pieces->length / sizeof(qcode_span)) ||
            qc_put_shown(out, talk, (const void *)pieces->data, pieces->length / sizeof(qcode_span)));
}

static bool add_row(const qc_view *view, const qc_asked *asked, size_t code, size_t who, qcode_table *table,
                    qc_buffer *pieces, qc_buffer *text)
{
    const qc_respondent *of = &view->respondents[who];
    const qc_answered *answer = &asked->answers[who * view->code_count + code];
    qc_table_add_text(table, qcode_code_id(qc_view_code(view, code)));
    qc_table_add_text(table, *of->group ? of->group : NULL);
    qc_table_add_text(table, of->name);
    qc_table_add_text(table, !asked->known[code] ? "not known" : answer->words ? "asked" : "not asked");
    if (!answer->words) {
        for (int i = 0; i < 4; i++)
            qc_table_add_missing(table);
        return true;
    }
    const qcode_transcript *talk = view->talks[answer->document];
    if (!put_answer(view, answer, pieces, text))
        return false;
    qc_table_add_count(table, answer->words);
    qc_table_add_text(table, qcode_transcript_name(talk));
    qc_table_add_count(table, qcode_transcript_place(talk, qcode_transcript_turn(talk, answer->turn).ranges[0].start).line);
    return qc_table_add_text(table, text->length ? qc_buffer_text(text) : NULL) && !text->failed;
}

qcode_table *qc_table_absent(const qc_view *view, const qc_asked *asked, const qcode_memory *memory)
{
    qc_arena arena = qc_arena_init(memory);
    qc_buffer pieces = qc_buffer_init(memory), text = qc_buffer_init(memory);
    size_t cells;
    qcode_table *table = qc_table_new(memory);
    uint8_t *raised = qc_multiply(view->respondent_count, view->code_count, &cells)
                          ? qc_arena_take_array(&arena, cells + 1, 1)
                          : NULL;
    bool done = table && raised;
    if (done)
        qc_mark_raised(view, raised);
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    for (size_t code = 0; done && code < view->code_count; code++)
        for (size_t who = 0; done && who < view->respondent_count; who++)
            if (view->code_in_view[code] && view->respondents[who].in_view && !raised[who * view->code_count + code])
                done = add_row(view, asked, code, who, table, &pieces, &text);
    qc_buffer_clear(&pieces);
    qc_buffer_clear(&text);
    qc_arena_clear(&arena);
    return qc_table_closed(table, done);
}
