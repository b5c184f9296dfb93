/* Units of documents, and the codes they were given. */
#include "model/units.h"
#include "base/set.h"
#include "base/utf8.h"
#include "model/coders.h"
#include "model/codings.h"
#include "model/reading.h"
#include "model/shown.h"
#include "text/sentences.h"
#include "text/words.h"

#include <stdlib.h>

const char *const qc_by_names[QC_BYS + 1] = {"sentence", "turn", "answer", "document", "respondent", "listed", NULL};
const char *const qc_touch_names[QC_TOUCHES + 1] = {"any", "half", "whole", NULL};

typedef struct gathering {
    const qcode_coders *coders;
    qc_units *units;
    qc_by by;
    bool everybody;
    qc_reading_scratch scratch;
    qc_buffer spans;    /* scratch, of qcode_span */
    qc_set respondents; /* their numbers, and of each the unit */
    qc_buffer numbers, key;
    size_t listed; /* how many were passed */
} gathering;

static size_t letters_in(const char *text, size_t start, size_t end)
{
    size_t count = 0;
    while (start < end)
        count += qc_is_word(qc_utf8_next(text, end, &start));
    return count;
}

static const char *text_of(const qcode_coders *coders, size_t document)
{
    size_t length;
    return qcode_transcript_text(qcode_coders_document(coders, document), &length);
}

static bool counts(const gathering *g, const qcode_transcript *talk, const qcode_turn *turn)
{
    const qcode_speaker *speaker = turn->speaker;
    return !speaker || (qcode_may_use(talk, speaker) && (g->everybody || speaker->role != QCODE_ROLE_INTERVIEWER));
}

size_t qc_units_count(const qc_units *units)
{
    return units->units.length / sizeof(qc_judged);
}

const qc_judged *qc_units_at(const qc_units *units, size_t index)
{
    return (const qc_judged *)(const void *)units->units.data + index;
}

static qc_judged *last_unit(gathering *g)
{
    qc_judged *units = (void *)g->units->units.data;
    size_t count = qc_units_count(g->units);
    return count ? &units[count - 1] : NULL;
}

/* Adds pieces to a unit; SIZE_MAX begins one. */
static bool add_pieces(gathering *g, size_t unit, size_t document, size_t turn, const qcode_span *spans, size_t count)
{
    const char *text = text_of(g->coders, document);
    if (unit == SIZE_MAX) {
        const qc_judged begun = {document, turn, {spans[0].start, spans[0].end}, 0};
        unit = qc_units_count(g->units);
        if (!qc_buffer_append(&g->units->units, &begun, sizeof begun))
            return false;
    }
    qc_judged *of = (qc_judged *)(void *)g->units->units.data + unit;
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        const qc_judged_piece piece = {document, unit, spans[i]};
        of->letters += letters_in(text, spans[i].start, spans[i].end);
        if (of->document == document)
            of->hull.end = spans[i].end;
        done = qc_buffer_append(&g->units->pieces, &piece, sizeof piece);
    }
    return done;
}

static bool add_turn(gathering *g, size_t unit, size_t document, const qcode_turn *turn)
{
    g->spans.length = 0;
    return qc_list_ranges(&g->spans, turn) &&
           add_pieces(g, unit, document, turn->number - 1, (const void *)g->spans.data, turn->range_count);
}

static bool add_sentences(gathering *g, size_t document, size_t index)
{
    const qcode_transcript *talk = qcode_coders_document(g->coders, document);
    qc_reading reading;
    qcode_span sentence;
    const qcode_turn turn = qcode_transcript_turn(talk, index);
    bool done = qc_read_turn(&g->scratch, talk, &turn, &reading);
    for (size_t at = 0; done && qc_next_sentence(reading.text, reading.length, &at, &sentence);) {
        g->spans.length = 0;
        done = qc_reading_pieces(&reading, sentence.start, sentence.end, &g->spans) &&
               add_pieces(g, SIZE_MAX, document, index, (const void *)g->spans.data,
                          g->spans.length / sizeof(qcode_span));
    }
    return done;
}

/* The unit that a turn goes on with; SIZE_MAX when it begins one. */
static size_t unit_of(gathering *g, size_t document, const qcode_turn *turn)
{
    const qcode_transcript *talk = qcode_coders_document(g->coders, document);
    const qc_judged *last = last_unit(g);
    bool same = last && last->document == document;
    size_t at = qc_units_count(g->units) - 1;
    if (g->by == QC_BY_DOCUMENT)
        return same ? at : SIZE_MAX;
    if (g->by == QC_BY_ANSWER) {
        bool answers = turn->speaker && turn->speaker->role != QCODE_ROLE_INTERVIEWER;
        if (!same || !answers)
            return SIZE_MAX;
        const qcode_turn before = qcode_transcript_turn(talk, last->turn);
        return before.speaker && before.question == turn->question &&
                       before.speaker->role != QCODE_ROLE_INTERVIEWER ? at : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Who speaks: the case, else the speaker of this document, else the document. */
static bool add_to_respondent(gathering *g, size_t document, const qcode_turn *turn)
{
    bool is_new;
    const char *name = turn->speaker && turn->speaker->case_name ? turn->speaker->case_name : NULL;
    g->key.length = 0;
    qc_buffer_byte(&g->key, name ? 'c' : 'd');
    if (!name)
        qc_buffer_append(&g->key, &document, sizeof document);
    qc_buffer_string(&g->key, name ? name : turn->speaker ? turn->speaker->name : "");
    size_t number = g->key.failed ? SIZE_MAX : qc_set_add(&g->respondents, g->key.data, g->key.length, &is_new);
    size_t next = qc_units_count(g->units);
    if (number == SIZE_MAX || (is_new && !qc_buffer_append(&g->numbers, &next, sizeof next)))
        return false;
    size_t unit = is_new ? SIZE_MAX : ((const size_t *)(const void *)g->numbers.data)[number];
    return add_turn(g, unit, document, turn);
}

static bool add_turns(gathering *g, size_t document)
{
    const qcode_transcript *talk = qcode_coders_document(g->coders, document);
    bool done = true;
    for (size_t i = 0; done && i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        if (!counts(g, talk, &turn))
            continue;
        done = g->by == QC_BY_SENTENCE     ? add_sentences(g, document, i)
               : g->by == QC_BY_RESPONDENT ? add_to_respondent(g, document, &turn)
                                           : add_turn(g, unit_of(g, document, &turn), document, &turn);
    }
    return done;
}

/* Those of a document that were listed, the same one once. */
static bool add_listed(gathering *g, size_t document)
{
    const qcode_transcript *talk = qcode_coders_document(g->coders, document);
    size_t count;
    const qcode_listed *listed = qcode_coders_listed(g->coders, &count);
    bool done = true;
    for (; done && g->listed < count && listed[g->listed].document == document; g->listed++) {
        qcode_span span = listed[g->listed].span;
        size_t number = qc_turn_at(talk, span.start);
        const qc_judged *last = last_unit(g);
        bool doubled = last && last->document == document && last->hull.end > span.start;
        if (!number || doubled)
            continue;
        const qcode_turn turn = qcode_transcript_turn(talk, number - 1);
        if (counts(g, talk, &turn))
            done = add_pieces(g, SIZE_MAX, document, number - 1, &span, 1);
    }
    return done;
}

bool qc_units_init(qc_units *units, const qcode_coders *coders, qc_by by, bool everybody, const qcode_memory *memory)
{
    *units = (qc_units){.memory = memory, .units = qc_buffer_init(memory), .pieces = qc_buffer_init(memory)};
    gathering g = {.coders = coders,
                   .units = units,
                   .by = by,
                   .everybody = everybody,
                   .scratch = qc_reading_scratch_init(memory),
                   .spans = qc_buffer_init(memory),
                   .respondents = qc_set_init(memory),
                   .numbers = qc_buffer_init(memory),
                   .key = qc_buffer_init(memory)};
    bool done = true;
    for (size_t i = 0; done && i < qcode_coders_document_count(coders); i++)
        done = by == QC_BY_LISTED ? add_listed(&g, i) : add_turns(&g, i);
    qc_reading_scratch_clear(&g.scratch);
    qc_buffer_clear(&g.spans);
    qc_set_clear(&g.respondents);
    qc_buffer_clear(&g.numbers);
    qc_buffer_clear(&g.key);
    return done;
}

void qc_units_clear(qc_units *units)
{
    qc_buffer_clear(&units->units);
    qc_buffer_clear(&units->pieces);
}

/* What is coded of each unit so far. */
typedef struct cover {
    size_t letters;         /* of all passages together */
    size_t document, until; /* counted up to here */
    bool holds;             /* nine tenths of a passage */
    bool judged, unsure;    /* of it */
} cover;

static size_t first_piece(const qc_units *units, const qcode_passage *passage)
{
    const qc_judged_piece *pieces = (const void *)units->pieces.data;
    size_t low = 0, high = units->pieces.length / sizeof *pieces;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const qc_judged_piece *piece = &pieces[middle];
        if (piece->document < passage->document ||
            (piece->document == passage->document && piece->span.end <= passage->span.start))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void lay_passage(const qc_units *units, const char *text, const qcode_passage *passage, cover *covers)
{
    const qc_judged_piece *pieces = (const void *)units->pieces.data;
    size_t count = units->pieces.length / sizeof *pieces, of_unit = 0, unit = SIZE_MAX;
    size_t all = letters_in(text, passage->span.start, passage->span.end);
    for (size_t i = first_piece(units, passage); i < count; i++) {
        const qc_judged_piece *piece = &pieces[i];
        if (piece->document != passage->document || piece->span.start >= passage->span.end)
            break;
        size_t start = piece->span.start > passage->span.start ? piece->span.start : passage->span.start;
        size_t end = piece->span.end < passage->span.end ? piece->span.end : passage->span.end;
        cover *of = &covers[piece->unit];
        of_unit = (piece->unit == unit ? of_unit : 0) + letters_in(text, start, end);
        unit = piece->unit;
        of->holds = of->holds || of_unit * 10 >= all * 9;
        if (of->document != piece->document)
            of->until = 0;
        of->document = piece->document;
        if (end > of->until) {
            of->letters += letters_in(text, start > of->until ? start : of->until, end);
            of->until = end;
        }
    }
}

static bool is_coded(const qc_judged *unit, const cover *of, qc_touch touch)
{
    if (!of->letters)
        return false;
    return touch == QC_TOUCH_ANY                             ? true
           : touch == QC_TOUCH_WHOLE                         ? of->letters == unit->letters
                                                             : of->holds || 2 * of->letters >= unit->letters;
}

/* The place of the first passage of a coder in a document. */
static size_t first_passage(const qcode_passage *passages, size_t count, size_t document, size_t coder)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const qcode_passage *at = &passages[middle];
        if (at->document < document || (at->document == document && at->coder < coder))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Marks the units that a coder judged, or is unsure of the code in. False when nothing is known of it in this document:
 * then whoever saw it judged all of it. */
static bool lay_judgements(const qc_units *units, const qcode_coders *coders, size_t document, size_t coder, size_t code,
                           cover *covers)
{
    size_t count;
    const qc_judgement *judged = qc_coders_judgements(coders, coder, document, &count);
    const qc_judged_piece *pieces = (const void *)units->pieces.data;
    for (size_t k = 0; k < count; k++) {
        const qcode_passage place = {.document = document, .span = judged[k].span};
        for (size_t i = first_piece(units, &place); i < units->pieces.length / sizeof *pieces; i++) {
            if (pieces[i].document != document || pieces[i].span.start >= judged[k].span.end)
                break;
            covers[pieces[i].unit].judged |= judged[k].code == SIZE_MAX;
            covers[pieces[i].unit].unsure |= judged[k].code != SIZE_MAX && judged[k].code == code;
        }
    }
    return count > 0;
}

/* 1 and 0, or -1 where the coder did not look, is not sure, or was not asked. */
static int32_t value_of(const qc_units *units, const qcode_coders *coders, size_t unit, size_t coder, size_t code,
                        const cover *of, qc_touch touch, bool all_judged)
{
    size_t document = qc_units_at(units, unit)->document;
    if (!qcode_coders_saw(coders, coder, document))
        return -1;
    if (is_coded(qc_units_at(units, unit), of, touch))
        return 1;
    bool known = (all_judged || of->judged) && !of->unsure;
    return known && (code == SIZE_MAX || qc_coders_was_asked(coders, coder, document, code)) ? 0 : -1;
}

bool qc_units_rate_into(const qc_units *units, const qcode_coders *coders, size_t coder, size_t code, qc_touch touch,
                        qc_passage_filter *filter, const void *user, int32_t *values, size_t step)
{
    size_t count, unit_count = qc_units_count(units);
    const qcode_passage *passages = qcode_coders_passages(coders, &count);
    qc_arena arena = qc_arena_init(units->memory);
    cover *covers = qc_arena_take_array(&arena, unit_count, sizeof *covers);
    bool *part = qc_arena_take_array(&arena, qcode_coders_document_count(coders) + 1, sizeof *part); /* of it was judged */
    for (size_t i = 0; covers && part && i < qcode_coders_document_count(coders); i++) {
        const char *text = text_of(coders, i);
        part[i] = lay_judgements(units, coders, i, coder, code, covers);
        for (size_t k = first_passage(passages, count, i, coder);
             k < count && passages[k].document == i && passages[k].coder == coder; k++)
            if ((code == SIZE_MAX || passages[k].code == code) && (!filter || filter(user, &passages[k])))
                lay_passage(units, text, &passages[k], covers);
    }
    for (size_t i = 0; covers && part && i < unit_count; i++)
        values[i * step] =
            value_of(units, coders, i, coder, code, &covers[i], touch, !part[qc_units_at(units, i)->document]);
    qc_arena_clear(&arena);
    return covers && part;
}

bool qc_units_rate(const qc_units *units, const qcode_coders *coders, size_t coder, size_t code, qc_touch touch,
                   qc_passage_filter *filter, const void *user, int32_t *values)
{
    return qc_units_rate_into(units, coders, coder, code, touch, filter, user, values, 1);
}

bool qc_unit_pieces(const qc_units *units, size_t unit, qc_buffer *spans)
{
    const qc_judged_piece *pieces = (const void *)units->pieces.data;
    const qc_judged *of = qc_units_at(units, unit);
    const qcode_passage place = {.document = of->document, .span = of->hull};
    for (size_t i = first_piece(units, &place); i < units->pieces.length / sizeof *pieces; i++) {
        if (pieces[i].document != of->document || pieces[i].span.start >= of->hull.end)
            break;
        if (pieces[i].unit == unit)
            qc_buffer_append(spans, &pieces[i].span, sizeof(qcode_span));
    }
    return !spans->failed;
}

bool qc_put_unit_shown(const qc_units *units, const qcode_transcript *talk, size_t unit, qc_buffer *out)
{
    qc_buffer spans = qc_buffer_init(units->memory);
    bool done = qc_unit_pieces(units, unit, &spans) &&
                qc_put_shown(out, talk, (const void *)spans.data, spans.length / sizeof(qcode_span));
    qc_buffer_clear(&spans);
    return done;
}
