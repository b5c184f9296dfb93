/* What no code touches: runs of uncoded sentences of a turn, the longest first. */
#include "analyse/tables.h"
#include "analyse/unit_codes.h"
#include "base/error.h"
#include "base/place.h"
#include "model/shown.h"
#include "model/table.h"
#include "text/words.h"

#include <stdlib.h>

static const qcode_column columns[] = {
    {"document", QCODE_TYPE_TEXT}, {"line", QCODE_TYPE_INTEGER}, {"speaker", QCODE_TYPE_TEXT},
    {"group", QCODE_TYPE_TEXT},    {"words", QCODE_TYPE_INTEGER}, {"text", QCODE_TYPE_TEXT},
};

/* Consecutive uncoded sentences of one turn. */
typedef struct stretch {
    size_t document, turn, words;
    size_t first, end; /* pieces of the units */
    qcode_span hull;
} stretch;

typedef struct leaving {
    const qc_view *view;
    qc_unit_codes codes;
    qc_buffer list;
    qc_buffer text, pieces;
} leaving;

static bool is_coded(const leaving *l, size_t unit)
{
    for (size_t code = 0; code < l->view->code_count; code++)
        if (qc_unit_has(&l->codes, unit, code))
            return true;
    return false;
}

/* Gathers pieces of uncoded units; those of one turn that follow each other are one stretch. */
static bool gather(leaving *l)
{
    const qc_judged_piece *pieces = (const void *)l->codes.units.pieces.data;
    size_t count = l->codes.units.pieces.length / sizeof *pieces;
    bool goes_on = false;
    for (size_t i = 0; i < count; i++) {
        size_t unit = pieces[i].unit;
        if (!l->codes.in_view[unit] || is_coded(l, unit)) {
            goes_on = false;
            continue;
        }
        stretch *last = goes_on ? (stretch *)(void *)(l->list.data + l->list.length) - 1 : NULL;
        const qc_judged *about = qc_units_at(&l->codes.units, unit);
        if (last && last->document == pieces[i].document && last->turn == about->turn) {
            last->end = i + 1;
            last->hull.end = pieces[i].span.end;
            continue;
        }
        const stretch fresh = {.document = pieces[i].document, .turn = about->turn, .first = i, .end = i + 1,
                               .hull = pieces[i].span};
        if (!qc_buffer_append(&l->list, &fresh, sizeof fresh))
            return false;
        goes_on = true;
    }
    return true;
}

/* The words of a stretch as outputs may show them. */
static const char *show(leaving *l, const stretch *of)
{
    const qc_judged_piece *pieces = (const void *)l->codes.units.pieces.data;
    l->text.length = l->pieces.length = 0;
    for (size_t i = of->first; i < of->end; i++)
        qc_buffer_append(&l->pieces, &pieces[i].span, sizeof pieces[i].span);
    return !l->pieces.failed && qc_put_shown(&l->text, l->view->talks[of->document], (const void *)l->pieces.data,
                        l->pieces.length / sizeof(qcode_span))
               ? qc_buffer_text(&l->text)
               : NULL;
}

static bool count_words(leaving *l, stretch *of)
{
    const char *text = show(l, of);
    qcode_span word;
    for (size_t at = 0; text && qc_next_word(text, l->text.length, &at, &word);)
        of->words++;
    return text != NULL;
}

static int longest_first(const void *a, const void *b)
{
    const stretch *x = a, *y = b;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return (x->hull.start > y->hull.start) - (x->hull.start < y->hull.start);
}

static bool add_row(leaving *l, qcode_table *table, const stretch *of)
{
    const qcode_transcript *talk = l->view->talks[of->document];
    const qcode_speaker *speaker = qcode_transcript_turn(talk, of->turn).speaker;
    const char *text = show(l, of);
    qc_table_add_text(table, qcode_transcript_name(talk));
    qc_table_add_count(table, qcode_transcript_place(talk, of->hull.start).line);
    qc_table_add_text(table, speaker ? speaker->name : NULL);
    qc_table_add_text(table, qcode_transcript_value(talk, speaker, "group"));
    qc_table_add_count(table, of->words);
    return text && qc_table_add_text(table, text);
}

qcode_table *qc_table_residual(const qc_view *view, const qcode_memory *memory, qcode_error *err)
{
    leaving l = {.view = view, .list = qc_buffer_init(memory), .text = qc_buffer_init(memory),
                 .pieces = qc_buffer_init(memory)};
    qcode_table *table = qc_table_new(memory);
    bool done = qc_unit_codes_init(&l.codes, view, QC_BY_SENTENCE, memory, err) && table && gather(&l);
    stretch *list = (void *)l.list.data;
    size_t count = l.list.length / sizeof *list;
    for (size_t i = 0; done && i < count; i++)
        done = count_words(&l, &list[i]);
    if (done && count)
        qsort(list, count, sizeof *list, longest_first);
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    for (size_t i = 0; done && i < count; i++)
        done = !list[i].words || add_row(&l, table, &list[i]);
    qc_unit_codes_clear(&l.codes);
    qc_buffer_clear(&l.list);
    qc_buffer_clear(&l.text);
    qc_buffer_clear(&l.pieces);
    return qc_table_closed(table, done);
}
