/* Following a passage through corrections: the same words in the same
 * surroundings, else what now stands between them. */
#include "read/codings/settle.h"
#include "base/utf8.h"

#include <string.h>

enum {
    SURE_CONTEXT = 8, /* letters on one side that tell a place from others */
    SURE_WORDS = 24,  /* letters that stand for themselves when they stand once */
    SLACK = 12        /* letters that a corrected passage may always have more */
};

/* A passage being looked for. */
typedef struct search {
    qc_anchor *anchor;
    qc_letters before, after;
    size_t expected; /* the byte where it was, as far as there is one */
    size_t length;   /* letters of its words */
    qcode_span best;
    size_t best_score, found, ties;
} search;

/* How many letters before `at` of a text are those at the end of `context`. */
static size_t agree_before(const qc_letters *all, size_t at, const qc_letters *context)
{
    const char *text = all->text.data, *wanted = context->text.data;
    size_t count = 0, most = context->text.length;
    while (count < most && count < at && text[at - count - 1] == wanted[most - count - 1])
        count++;
    return count;
}

static size_t agree_after(const qc_letters *all, size_t at, const qc_letters *context)
{
    const char *text = all->text.data, *wanted = context->text.data;
    size_t count = 0, most = context->text.length;
    while (count < most && at + count < all->text.length && text[at + count] == wanted[count])
        count++;
    return count;
}

/* What is around a place, counted in letters that are as they were. */
static size_t score_of(const search *s, qcode_span place, bool *sure)
{
    const qc_letters *all = &s->anchor->all;
    size_t before = agree_before(all, qc_letter_at(all, place.start), &s->before);
    size_t after = agree_after(all, qc_letter_at(all, place.end), &s->after);
    bool none = !s->before.text.length && !s->after.text.length;
    *sure = none || before >= SURE_CONTEXT || after >= SURE_CONTEXT ||
            (before + after && before == s->before.text.length && after == s->after.text.length);
    return before + after;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* Looks at every place of the words. Of equal scores the nearest is kept, and
 * it is known that there are several. */
static void look_in(search *s, const qc_letters *letters, bool *any_sure)
{
    const qc_buffer *quote = &s->anchor->quote.text, *text = &letters->text;
    for (size_t from = 0; text->length - from >= quote->length && from < text->length;) {
        size_t at = from + qc_find_bytes(text->data + from, text->length - from, quote->data, quote->length);
        if (at == text->length)
            return;
        bool sure;
        const qcode_span place = qc_letters_span(s->anchor, letters, at, quote->length);
        size_t score = score_of(s, place, &sure);
        bool better = !s->found || score > s->best_score, same = s->found && score == s->best_score;
        s->ties = better ? 1 : s->ties + same;
        if (better)
            *any_sure = sure;
        if (better || (same && distance(place.start, s->expected) < distance(s->best.start, s->expected)))
            s->best = place;
        s->best_score = better ? score : s->best_score;
        s->found++;
        from = at + 1;
    }
}

static qc_settled look_for_words(search *s)
{
    bool sure = false;
    look_in(s, &s->anchor->speech, &sure);
    if (!s->found)
        look_in(s, &s->anchor->all, &sure);
    if (!s->found)
        return QC_SETTLED_NOT;
    if (s->ties > 1)
        return QC_SETTLED_SEVERAL;
    return sure || (s->found == 1 && s->length >= SURE_WORDS) ? QC_SETTLED_MOVED : QC_SETTLED_NOT;
}

/* Whether the letters [from, to) of the text are mostly those of the quote:
 * what is the same at both ends. */
static bool is_alike(const search *s, size_t from, size_t to)
{
    const char *text = s->anchor->all.text.data, *quote = s->anchor->quote.text.data;
    size_t length = to - from, head = 0, tail = 0;
    while (head < length && head < s->length && text[from + head] == quote[head])
        head++;
    while (tail + head < length && tail + head < s->length && text[to - tail - 1] == quote[s->length - tail - 1])
        tail++;
    return 2 * (head + tail) >= s->length && length <= 2 * s->length + SLACK;
}

/* The passage between what was before it and what was after it, when that is in
 * one place only. */
static qc_settled look_between(search *s)
{
    const qc_letters *all = &s->anchor->all;
    const char *text = all->text.data;
    size_t length = all->text.length, before = s->before.text.length, after = s->after.text.length, count = 0;
    if (before < SURE_CONTEXT || after < SURE_CONTEXT)
        return QC_SETTLED_NOT;
    for (size_t from = 0; from < length;) {
        size_t at = from + qc_find_bytes(text + from, length - from, s->before.text.data, before);
        if (at == length)
            break;
        size_t start = at + before, room = length - start, most = 2 * s->length + SLACK + after;
        room = room < most ? room : most;
        size_t gap = qc_find_bytes(text + start, room, s->after.text.data, after);
        if (gap && gap < room && is_alike(s, start, start + gap)) {
            s->best = qc_letters_span(s->anchor, all, start, gap);
            count++;
        }
        from = at + 1;
    }
    return count == 1 ? QC_SETTLED_CHANGED : count ? QC_SETTLED_SEVERAL : QC_SETTLED_NOT;
}

/* Whether it stands where it says, in surroundings that are as they were. */
static bool stands_there(search *s, const qc_passage_mark *mark, qcode_span span, bool *there)
{
    qc_fit fit;
    bool sure;
    *there = false;
    if (!qc_anchor_fits(s->anchor, span, mark->text, &fit))
        return false;
    if (fit == QC_FIT_NOT)
        return true;
    size_t score = score_of(s, span, &sure);
    *there = score == s->before.text.length + s->after.text.length;
    return true;
}

/* The bytes of the words before their first letter, and behind their last. */
static size_t marks_before(const char *words, size_t length)
{
    size_t at = 0, next = 0;
    while (next < length && !qc_is_letter(qc_utf8_next(words, length, &next)))
        at = next;
    return at;
}

static size_t letters_end(const char *words, size_t start, size_t end)
{
    size_t at = end;
    while (at > start && !qc_is_letter(qc_utf8_previous(words, &at)))
        end = at;
    return end;
}

/* Takes in the marks that belonged to the words at their ends, and no others.
 */
static qcode_span with_marks(const search *s, const char *words)
{
    const char *text = s->anchor->text;
    size_t length = strlen(words), before = marks_before(words, length), end = letters_end(words, before, length);
    qcode_span span = {s->best.start, letters_end(text, s->best.start, s->best.end)};
    if (span.start >= before && memcmp(text + span.start - before, words, before) == 0)
        span.start -= before;
    bool same = s->anchor->length - span.end >= length - end && memcmp(text + span.end, words + end, length - end) == 0;
    span.end = same ? span.end + length - end : s->best.end;
    return span;
}

static qc_settled settle(search *s, const qc_passage_mark *mark, qcode_span *span, bool *done)
{
    bool there;
    if (!qc_has_letters(mark->text)) /* masked, or not quoted: the place alone counts */
        return span->start < span->end ? QC_SETTLED_THERE : QC_SETTLED_NOT;
    *done = stands_there(s, mark, *span, &there);
    if (!*done || there)
        return QC_SETTLED_THERE;
    *done = qc_anchor_quote(s->anchor, mark->text);
    s->length = s->anchor->quote.text.length;
    if (!*done)
        return QC_SETTLED_NOT;
    qc_settled how = look_for_words(s);
    if (how == QC_SETTLED_NOT)
        how = look_between(s);
    if (how > QC_SETTLED_SEVERAL)
        *span = with_marks(s, mark->text);
    return how;
}

bool qc_settle(qc_anchor *anchor, const qc_passage_mark *mark, qcode_span *place, qc_settled *how)
{
    const qcode_memory *memory = anchor->speech.text.memory;
    search s = {.anchor = anchor, .before = qc_letters_init(memory), .after = qc_letters_init(memory)};
    size_t start = qc_offsets_byte(&anchor->offsets, qc_convention_at(0), mark->start);
    size_t end = qc_offsets_byte(&anchor->offsets, qc_convention_at(0), mark->end);
    *place = start == SIZE_MAX || end == SIZE_MAX || start >= end ? (qcode_span){0, 0} : (qcode_span){start, end};
    *how = QC_SETTLED_NOT;
    s.expected = start == SIZE_MAX ? anchor->length : start;
    bool done = qc_add_letters(&s.before, &anchor->folder, mark->before, (qcode_span){0, strlen(mark->before)}) &&
                qc_add_letters(&s.after, &anchor->folder, mark->after, (qcode_span){0, strlen(mark->after)});
    if (done)
        *how = settle(&s, mark, place, &done);
    qc_letters_clear(&s.before);
    qc_letters_clear(&s.after);
    return done;
}
