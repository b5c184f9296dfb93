/* Where people's decisions on a transcript belong now, and with which words. */
#include "work/judge.h"
#include "base/place.h"
#include "base/points.h"
#include "model/books.h"
#include "model/reading.h"
#include "model/shown.h"
#include "model/transcript.h"
#include "read/codings/settle.h"

#include <string.h>

typedef struct placing {
    const qcode_transcript *talk;
    qcode_codebooks books;
    const qcode_memory *memory;
    qc_arena *arena;
    qc_anchor anchor;
    qc_buffer shown; /* the text as it may be shown: as many code points */
    qc_points points;
    qc_buffer pieces, words; /* scratch */
} placing;

qcode_span qc_decisions_on(const qcode_decisions *decisions, const char *document)
{
    size_t count = qcode_decisions_count(decisions);
    qcode_span found;
    for (size_t side = 0; side < 2; side++) {
        size_t low = 0, high = count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            int order = strcmp(qcode_decisions_at(decisions, middle)->document, document);
            if (order < 0 || (side && order == 0))
                low = middle + 1;
            else
                high = middle;
        }
        *(side ? &found.end : &found.start) = low;
    }
    return found;
}

size_t qc_list_speech(qc_buffer *pieces, const qcode_transcript *talk, qcode_span span)
{
    size_t first = 0, at = qc_turn_at(talk, span.start);
    pieces->length = 0;
    for (size_t i = at ? at - 1 : 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        if (turn.ranges[0].start >= span.end)
            break;
        for (size_t k = 0; k < turn.range_count && qcode_may_use(talk, turn.speaker); k++) {
            qcode_span piece = qc_span_of(turn.ranges[k]);
            piece.start = piece.start > span.start ? piece.start : span.start;
            piece.end = piece.end < span.end ? piece.end : span.end;
            if (piece.start >= piece.end)
                continue;
            first = first ? first : turn.number;
            qc_buffer_append(pieces, &piece, sizeof piece);
        }
    }
    return first;
}

/* Code points [from, to) of the text as it may be shown. */
static const char *shown_part(const placing *p, size_t from, size_t to)
{
    size_t start = qc_points_byte(&p->points, from), end = qc_points_byte(&p->points, to);
    return qc_arena_copy(p->arena, p->shown.data + start, end - start);
}

static qcode_points points_of(const placing *p, qcode_span span)
{
    const qcode_place start = qc_place_of(p->anchor.text, p->anchor.length, span.start);
    const qcode_place end = qc_place_of(p->anchor.text, p->anchor.length, span.end);
    return (qcode_points){start.character, end.character};
}

/* The words of a span, as they may be shown. False when memory runs out. */
static bool take_words(placing *p, qcode_span span, const char **text)
{
    if (!qc_list_speech(&p->pieces, p->talk, span))
        qc_buffer_append(&p->pieces, &span, sizeof span);
    p->words.length = 0;
    *text = !p->pieces.failed && qc_put_shown(&p->words, p->talk, (const void *)p->pieces.data,
                                              p->pieces.length / sizeof(qcode_span))
                ? qc_arena_copy(p->arena, p->words.data, p->words.length)
                : NULL;
    return *text;
}

/* Nothing is known of whose words they are that stand nowhere any more. */
static void withhold(const placing *p, qcode_decision *decision)
{
    if (!qcode_may_quote(p->talk, NULL))
        decision->text = decision->before = decision->after = decision->was_text = "";
}

static bool place_was(placing *p, qc_judged *one)
{
    const qcode_decision *given = one->given;
    size_t moved = one->now.span.start + given->was.start; /* as far as the new span moved */
    moved = moved > given->span.start ? moved - given->span.start : 0;
    const qc_passage_mark mark = {moved, moved + given->was.end - given->was.start, given->was_text, "", ""};
    qc_settled how;
    if (!qc_settle(&p->anchor, &mark, &one->was, &how))
        return false;
    if (how <= QC_SETTLED_SEVERAL) {
        one->was = (qcode_span){0, 0};
        one->now.was_text = qcode_may_quote(p->talk, NULL) ? given->was_text : "";
        return true;
    }
    one->now.was = points_of(p, one->was);
    return take_words(p, one->was, &one->now.was_text);
}

static qcode_span hull_of(const qc_buffer *pieces)
{
    const qcode_span *all = (const void *)pieces->data;
    return (qcode_span){all[0].start, all[pieces->length / sizeof *all - 1].end};
}

/* The place of a span, and the words there. */
static bool place_span(placing *p, qc_judged *one)
{
    static const char *const reasons[] = {[QC_SETTLED_NOT] = "words", [QC_SETTLED_SEVERAL] = "words of several places"};
    const qcode_decision *given = one->given;
    const qc_passage_mark mark = {given->span.start, given->span.end, given->text, given->before, given->after};
    qc_settled how;
    if (!qc_settle(&p->anchor, &mark, &one->span, &how))
        return false;
    if (how > QC_SETTLED_SEVERAL && !qc_list_speech(&p->pieces, p->talk, one->span) && qc_is_judgement(given))
        how = QC_SETTLED_NOT;
    if (p->pieces.failed)
        return false;
    if (how <= QC_SETTLED_SEVERAL) {
        one->why = reasons[how];
        one->span = (qcode_span){0, 0};
        withhold(p, &one->now);
        return true;
    }
    if (p->pieces.length && qc_is_judgement(given)) /* as its segment is: without labels and stamps at its ends */
        one->span = hull_of(&p->pieces);
    const qcode_points at = one->now.span = points_of(p, one->span);
    one->now.before = shown_part(p, at.start > QC_DECISION_CONTEXT ? at.start - QC_DECISION_CONTEXT : 0, at.start);
    one->now.after = shown_part(p, at.end, at.end + QC_DECISION_CONTEXT);
    return one->now.before && one->now.after && take_words(p, one->span, &one->now.text) &&
           (given->act != QCODE_ACT_EDIT || place_was(p, one));
}

static bool place_one(placing *p, const qcode_decision *given, qc_judged *one)
{
    *one = (qc_judged){.given = given, .now = *given};
    bool done = given->span.start >= given->span.end || place_span(p, one);
    one->code = *given->code ? qc_books_follow(p->books, given->code) : NULL;
    if (one->code)
        one->now.code = qcode_code_id(one->code);
    else if (qc_is_judgement(given) && !one->why)
        one->why = "code";
    return done;
}

static bool open_placing(placing *p)
{
    bool done = qc_anchor_init(&p->anchor, p->talk, p->memory) && qc_put_shown_text(&p->shown, p->talk);
    p->points = qc_points_init(p->shown.data ? p->shown.data : "", p->shown.length, p->memory);
    return done && !p->points.marks.failed;
}

bool qc_place_decisions(const qcode_decisions *decisions, qcode_codebooks books, const qcode_transcript *talk,
                        qc_arena *arena, qc_buffer *judged)
{
    const qcode_memory *memory = judged->memory;
    qcode_span range = qc_decisions_on(decisions, qcode_transcript_name(talk));
    placing p = {.talk = talk,
                 .books = books,
                 .memory = memory,
                 .arena = arena,
                 .shown = qc_buffer_init(memory),
                 .pieces = qc_buffer_init(memory),
                 .words = qc_buffer_init(memory)};
    if (range.start == range.end)
        return true;
    bool done = open_placing(&p);
    for (size_t i = range.start; done && i < range.end; i++) {
        qc_judged one;
        done = place_one(&p, qcode_decisions_at(decisions, i), &one) && qc_buffer_append(judged, &one, sizeof one);
    }
    qc_anchor_clear(&p.anchor);
    qc_points_clear(&p.points);
    qc_buffer_clear(&p.shown);
    qc_buffer_clear(&p.pieces);
    qc_buffer_clear(&p.words);
    return done;
}
