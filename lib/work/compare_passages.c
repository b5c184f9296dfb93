/* Where coders differ: the passage, and who gave it which code. */
#include "base/error.h"
#include "base/place.h"
#include "model/shown.h"
#include "model/table.h"
#include "work/comparing.h"

#include <stdlib.h>
#include <string.h>

/* A unit and a code that somebody gave it; what each coder did is in `given` behind its place. */
typedef struct difference {
    size_t unit, code, given;
    bool differs;
} difference;

typedef struct differing {
    qc_comparing *c;
    qcode_table *table;
    qc_buffer list;  /* of difference */
    qc_buffer given; /* int8_t, for each of them one a coder */
    qc_buffer pieces, text;
    size_t document; /* that the walker is in */
    qc_walker walker;
} differing;

/* Whether somebody gave the code, and somebody looked and did not. */
static bool is_given(const int32_t *row, size_t coders, bool *differs)
{
    bool yes = false, no = false;
    for (size_t k = 0; k < coders; k++) {
        yes |= row[k] == 1;
        no |= row[k] == 0;
    }
    *differs = yes && no;
    return yes;
}

static bool find_in_code(differing *d, size_t code)
{
    qc_comparing *c = d->c;
    if (!qc_comparing_rate(c, code, c->by_character ? QC_TOUCH_ANY : c->touch))
        return false;
    for (size_t i = 0; i < qc_units_count(&c->units); i++) {
        const int32_t *row = c->values + i * c->coder_count;
        difference here = {.unit = i, .code = code, .given = d->given.length};
        if (!is_given(row, c->coder_count, &here.differs))
            continue;
        qc_buffer_append(&d->list, &here, sizeof here);
        for (size_t k = 0; k < c->coder_count; k++)
            qc_buffer_byte(&d->given, (char)row[k]);
    }
    return (!d->list.failed && !d->given.failed) || qc_no_memory(c->err);
}

static int by_place(const void *a, const void *b)
{
    const difference *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->code > y->code) - (x->code < y->code);
}

/* The unit's pieces in its first document. */
static bool take_pieces(differing *d, size_t unit)
{
    const qc_judged *about = qc_units_at(&d->c->units, unit);
    const qc_judged_piece *pieces = (const void *)d->c->units.pieces.data;
    size_t low = 0, high = d->c->units.pieces.length / sizeof *pieces, count = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pieces[middle].document < about->document ||
            (pieces[middle].document == about->document && pieces[middle].span.start < about->hull.start))
            low = middle + 1;
        else
            high = middle;
    }
    d->pieces.length = 0;
    for (; low < count && pieces[low].document == about->document && pieces[low].span.start < about->hull.end; low++)
        if (pieces[low].unit == unit)
            qc_buffer_append(&d->pieces, &pieces[low].span, sizeof pieces[low].span);
    return !d->pieces.failed || qc_no_memory(d->c->err);
}

/* The words, if they may be shown; those of whole documents and respondents would be too many. */
static bool add_words(differing *d, const qcode_transcript *talk)
{
    const qcode_span *pieces = (const void *)d->pieces.data;
    size_t count = d->pieces.length / sizeof *pieces;
    d->text.length = 0;
    if (d->c->by == QC_BY_DOCUMENT || d->c->by == QC_BY_RESPONDENT || qc_withholds(talk, pieces, count))
        return qc_table_add_missing(d->table);
    return qc_put_shown(&d->text, talk, pieces, count) && qc_table_add_text(d->table, qc_buffer_text(&d->text));
}

static bool add_row(differing *d, const difference *here)
{
    qc_comparing *c = d->c;
    const qc_judged *unit = qc_units_at(&c->units, here->unit);
    const qcode_transcript *talk = qcode_coders_document(c->coders, unit->document);
    const qcode_speaker *speaker = qcode_transcript_turn(talk, unit->turn).speaker;
    if (!take_pieces(d, here->unit))
        return false;
    if (d->document != unit->document) {
        size_t length;
        const char *text = qcode_transcript_text(talk, &length);
        d->walker = qc_walker_init(text, length);
        d->document = unit->document;
    }
    qcode_place start = qc_walker_at(&d->walker, unit->hull.start), end = qc_walker_at(&d->walker, unit->hull.end);
    qc_table_add_text(d->table, qcode_transcript_name(talk));
    bool numbered = strcmp(qcode_transcript_format(talk), QCODE_FORMAT_OF_PLACES) != 0;
    if (numbered)
        qc_table_add_count(d->table, start.line);
    else
        qc_table_add_missing(d->table);
    qc_table_add_count(d->table, start.character);
    qc_table_add_count(d->table, end.character);
    qc_table_add_text(d->table, speaker ? speaker->name : NULL);
    if (numbered)
        add_words(d, talk);
    else
        qc_table_add_missing(d->table);
    qc_table_add_text(d->table, qc_comparing_code(c, here->code));
    for (size_t k = 0; k < c->coder_count; k++) {
        int8_t given = (int8_t)d->given.data[here->given + k];
        qc_table_add_text(d->table, given < 0 ? NULL : given ? "yes" : "no");
    }
    qc_table_add_text(d->table, here->differs ? NULL : "yes");
    return !d->text.failed || qc_no_memory(c->err);
}

static void add_columns(differing *d)
{
    static const qcode_column columns[] = {
        {"document", QCODE_TYPE_TEXT}, {"line", QCODE_TYPE_INTEGER}, {"start", QCODE_TYPE_INTEGER},
        {"end", QCODE_TYPE_INTEGER},   {"speaker", QCODE_TYPE_TEXT}, {"text", QCODE_TYPE_TEXT},
        {"code", QCODE_TYPE_TEXT},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(d->table, columns[i].name, columns[i].type);
    for (size_t k = 0; k < d->c->coder_count; k++)
        qc_table_add_column(d->table, qc_comparing_coder(d->c, k), QCODE_TYPE_TEXT);
    qc_table_add_column(d->table, "decision", QCODE_TYPE_TEXT);
}

bool qc_compare_passages(qc_comparing *c, qcode_comparison *result)
{
    const char *format = qcode_transcript_format(qcode_coders_document(c->coders, 0));
    if (c->by_character && strcmp(format, QCODE_FORMAT_OF_PLACES) == 0) /* there are no turns to show it by */
        return true;
    differing d = {.c = c,
                   .list = qc_buffer_init(c->memory),
                   .given = qc_buffer_init(c->memory),
                   .pieces = qc_buffer_init(c->memory),
                   .text = qc_buffer_init(c->memory),
                   .document = SIZE_MAX};
    d.table = result->decisions = qc_table_new(c->memory);
    bool done = d.table || qc_no_memory(c->err);
    if (done)
        add_columns(&d);
    for (size_t i = 0; done && i < c->code_count; i++)
        done = find_in_code(&d, i);
    difference *list = (void *)d.list.data;
    size_t count = d.list.length / sizeof *list;
    if (done && count)
        qsort(list, count, sizeof *list, by_place);
    for (size_t i = 0; done && i < count; i++)
        done = add_row(&d, &list[i]);
    qc_buffer_clear(&d.list);
    qc_buffer_clear(&d.given);
    qc_buffer_clear(&d.pieces);
    qc_buffer_clear(&d.text);
    return done;
}
