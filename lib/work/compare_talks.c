/* What is said in the documents in scope, turn by turn, to be read beside where coders differ. */
#include "base/error.h"
#include "base/place.h"
#include "model/reading.h"
#include "model/shown.h"
#include "model/table.h"
#include "work/comparing.h"

static const qcode_column columns[] = {
    {"document", QCODE_TYPE_TEXT}, {"turn", QCODE_TYPE_INTEGER}, {"line", QCODE_TYPE_INTEGER},
    {"start", QCODE_TYPE_INTEGER}, {"speaker", QCODE_TYPE_TEXT}, {"text", QCODE_TYPE_TEXT},
};

static bool add_talk(qc_comparing *c, qcode_table *table, const qcode_transcript *talk, qc_buffer *pieces)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    qc_walker walker = qc_walker_init(text, length);
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        pieces->length = c->scratch.length = 0;
        if (!turn.range_count)
            continue;
        if (!qc_list_ranges(pieces, &turn) ||
            !qc_put_shown(&c->scratch, talk, (const void *)pieces->data, pieces->length / sizeof(qcode_span)))
            return qc_no_memory(c->err);
        const char *words = qc_buffer_text(&c->scratch);
        qcode_place start = qc_walker_at(&walker, turn.ranges[0].start);
        qc_table_add_text(table, qcode_transcript_name(talk));
        qc_table_add_count(table, turn.number);
        qc_table_add_count(table, start.line);
        qc_table_add_count(table, start.character);
        qc_table_add_text(table, turn.speaker ? turn.speaker->name : NULL);
        qc_table_add_text(table, words ? words : "");
    }
    return true;
}

bool qc_compare_talks(qc_comparing *c, qcode_comparison *result)
{
    qc_buffer pieces = qc_buffer_init(c->memory);
    qcode_table *table = result->talks = qc_table_new(c->memory);
    bool done = table || qc_no_memory(c->err);
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    for (size_t i = 0; done && i < qcode_coders_document_count(c->coders); i++)
        done = !c->in_scope[i] || add_talk(c, table, qcode_coders_document(c->coders, i), &pieces);
    qc_buffer_clear(&pieces);
    return done;
}
