/* Respondents or documents by codes: how many segments. */
#include "analyse/tables.h"
#include "model/table.h"

#include <string.h>

static void add_codes(qcode_table *table, const qc_view *view)
{
    for (size_t i = 0; i < view->code_count; i++)
        if (view->code_in_view[i])
            qc_table_add_column(table, qcode_code_id(qc_view_code(view, i)), QCODE_TYPE_INTEGER);
}

/* Adds a segment to its code and to those that it stands under; segments of one passage there count once. */
static void count_segment(const qc_view *view, const qc_viewed *segment, size_t *counts, const qc_viewed **last)
{
    for (size_t code = segment->code; code != SIZE_MAX; code = view->parents[code]) {
        const qc_viewed *before = last[code];
        bool again = qc_same_passage(before, segment);
        counts[code] += !again;
        last[code] = segment;
    }
}

/* Counts of `rows` x codes; where a segment belongs is told by `row_of`, QC_NOBODY for nowhere. */
static size_t *count_all(const qc_view *view, size_t rows, bool by_respondent, qc_arena *arena)
{
    size_t cells;
    if (!qc_multiply(rows + 1, view->code_count + 1, &cells))
        return NULL;
    size_t *counts = qc_arena_take_array(arena, cells, sizeof *counts);
    const qc_viewed **last = qc_arena_take_array(arena, cells, sizeof *last);
    if (!counts || !last)
        return NULL;
    memset(counts, 0, cells * sizeof *counts);
    memset(last, 0, cells * sizeof *last);
    for (size_t i = 0; i < view->segment_count; i++) {
        size_t row = by_respondent ? view->segments[i].respondent : view->segments[i].document;
        if (row != QC_NOBODY)
            count_segment(view, &view->segments[i], counts + row * view->code_count, last + row * view->code_count);
    }
    return counts;
}

static void add_counts(qcode_table *table, const qc_view *view, const size_t *counts, bool binary)
{
    for (size_t i = 0; i < view->code_count; i++)
        if (view->code_in_view[i])
            qc_table_add_count(table, binary ? counts[i] != 0 : counts[i]);
}

qcode_table *qc_table_by_respondent(const qc_view *view, bool binary, const qcode_memory *memory)
{
    qc_arena arena = qc_arena_init(memory);
    qcode_table *table = qc_table_new(memory);
    size_t *counts = table ? count_all(view, view->respondent_count, true, &arena) : NULL;
    if (counts) {
        qc_table_add_column(table, "respondent", QCODE_TYPE_TEXT);
        qc_table_add_column(table, "group", QCODE_TYPE_TEXT);
        qc_table_add_column(table, "interviews", QCODE_TYPE_INTEGER);
        qc_table_add_column(table, "words", QCODE_TYPE_INTEGER);
        add_codes(table, view);
    }
    for (size_t i = 0; counts && i < view->respondent_count; i++) {
        const qc_respondent *who = &view->respondents[i];
        if (!who->in_view)
            continue;
        qc_table_add_text(table, who->name);
        qc_table_add_text(table, *who->group ? who->group : NULL);
        qc_table_add_count(table, who->documents);
        qc_table_add_count(table, who->words);
        add_counts(table, view, counts + i * view->code_count, binary);
    }
    qc_arena_clear(&arena);
    return qc_table_closed(table, counts != NULL);
}

qcode_table *qc_table_by_document(const qc_view *view, bool binary, const qcode_memory *memory)
{
    qc_arena arena = qc_arena_init(memory);
    qcode_table *table = qc_table_new(memory);
    size_t *counts = table ? count_all(view, view->talk_count, false, &arena) : NULL;
    if (counts) {
        qc_table_add_column(table, "document", QCODE_TYPE_TEXT);
        add_codes(table, view);
    }
    for (size_t i = 0; counts && i < view->talk_count; i++) {
        if (!view->talk_in_view[i])
            continue;
        qc_table_add_text(table, qcode_transcript_name(view->talks[i]));
        add_counts(table, view, counts + i * view->code_count, binary);
    }
    qc_arena_clear(&arena);
    return qc_table_closed(table, counts != NULL);
}
