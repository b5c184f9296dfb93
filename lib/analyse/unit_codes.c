/* Segments laid on units: sentences, turns, answers, documents, respondents. */
#include "analyse/unit_codes.h"
#include "base/error.h"

#include <string.h>

/* The first piece of a document that ends behind a byte. */
static size_t first_piece(const qc_judged_piece *pieces, size_t count, size_t document, size_t byte)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = pieces[middle].document < document ||
                      (pieces[middle].document == document && pieces[middle].span.end <= byte);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void mark(qc_unit_codes *codes, const qc_viewed *segment)
{
    const qc_view *view = codes->view;
    const qc_judged_piece *pieces = (const void *)codes->units.pieces.data;
    size_t count = codes->units.pieces.length / sizeof *pieces;
    for (size_t i = 0; i < segment->piece_count; i++) {
        const qcode_span *span = &segment->pieces[i];
        size_t at = first_piece(pieces, count, segment->document, span->start);
        for (; at < count && pieces[at].document == segment->document && pieces[at].span.start < span->end; at++)
            for (size_t code = segment->code; code != SIZE_MAX; code = view->parents[code])
                codes->has[pieces[at].unit * view->code_count + code] = 1;
    }
}

static bool is_seen(const qc_view *view, const qc_judged *unit)
{
    size_t who = qc_view_respondent(view, unit->document,
                                    qcode_transcript_turn(view->talks[unit->document], unit->turn).speaker);
    return view->talk_in_view[unit->document] && who != QC_NOBODY && view->respondents[who].in_view;
}

bool qc_unit_codes_init(qc_unit_codes *codes, const qc_view *view, qc_by by, const qcode_memory *memory,
                        qcode_error *err)
{
    size_t cells;
    *codes = (qc_unit_codes){.view = view,
                             .units = {.units = qc_buffer_init(memory), .pieces = qc_buffer_init(memory)},
                             .arena = qc_arena_init(memory)};
    if (!(codes->coders = qcode_coders_new(view->talks, view->talk_count, memory, err)))
        return false;
    if (!qc_units_init(&codes->units, codes->coders, by, false, memory))
        return qc_no_memory(err);
    size_t units = qc_units_count(&codes->units);
    if (!qc_multiply(units + 1, view->code_count + 1, &cells) ||
        !(codes->has = qc_arena_take_array(&codes->arena, cells, 1)) ||
        !(codes->in_view = qc_arena_take_array(&codes->arena, units + 1, sizeof *codes->in_view)))
        return qc_no_memory(err);
    memset(codes->has, 0, cells);
    for (size_t i = 0; i < units; i++)
        codes->in_view[i] = is_seen(view, qc_units_at(&codes->units, i));
    for (size_t i = 0; i < view->segment_count; i++)
        mark(codes, &view->segments[i]);
    return true;
}

void qc_unit_codes_clear(qc_unit_codes *codes)
{
    qc_units_clear(&codes->units);
    qcode_coders_free(codes->coders);
    qc_arena_clear(&codes->arena);
}
