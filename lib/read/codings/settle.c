/* Following a passage through corrections: the same words in the same
 * surroundings, else what now stands between them. */
#include "read/codings/settle.h"
#include "base/utf8.h"
#include "model/shown.h"

#include <string.h>

enum {
    SURE_CONTEXT = 8, /* letters on one side that tell a place from others */
    SOME_CONTEXT = 3, /* letters that have to be on the other side too, when the words are few */
    SURE_WORDS = 24,  /* letters that stand for themselves when they stand once */
    SLACK = 12        /* letters that a corrected passage may always have more */
};

/* A passage being looked for. */
typedef struct search {
    qc_anchor *anchor;
    const qc_passage_mark *mark;
    qc_letters before, after;
    size_t expected; /* the byte where it was, as far as there is one */
    size_t length;   /* letters of its words */
    qcode_span best;
    size_t best_score, second_score, found;
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

/* Whether a part of what was around a passage is among the letters [from, to) of the text. */
static bool is_near(const qc_letters *all, size_t from, size_t to, const char *part, size_t length)
{
    const char *text = all->text.data;
    to = to < all->text.length ? to : all->text.length;
    return to > from && qc_find_bytes(text + from, to - from, part, length) < to - from;
}

/* Whether something on one side of a place is as it was: next to it, or farther off behind a corrected word. */
static bool has_before(const search *s, size_t at, size_t agreed)
{
    const qc_buffer *context = &s->before.text;
    size_t room = context->length + SLACK;
    return agreed >= SOME_CONTEXT || agreed == context->length ||
           (context->length >= SURE_CONTEXT &&
            is_near(&s->anchor->all, at > room ? at - room : 0, at, context->data, SURE_CONTEXT));
}

static bool has_after(const search *s, size_t at, size_t agreed)
{
    const qc_buffer *context = &s->after.text;
    return agreed >= SOME_CONTEXT || agreed == context->length ||
           (context->length >= SURE_CONTEXT &&
            is_near(&s->anchor->all, at, at + context->length + SLACK, context->data + context->length - SURE_CONTEXT,
                    SURE_CONTEXT));
}

/* What is around a place, counted in letters that are as they were. */
static size_t score_of(const search *s, qcode_span place, bool *sure)
{
    const qc_letters *all = &s->anchor->all;
    size_t start = qc_letter_at(all, place.start), end = qc_letter_at(all, place.end);
    size_t before = agree_before(all, start, &s->before), after = agree_after(all, end, &s->after);
    bool whole = before == s->before.text.length && after == s->after.text.length;
    *sure = whole || ((before >= SURE_CONTEXT || after >= SURE_CONTEXT) &&
                      (s->length >= SURE_WORDS || (has_before(s, start, before) && has_after(s, end, after))));
    return before + after;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* Whether a letter ends at `at`, and whether one begins there. */
static bool letter_before(const char *text, size_t at)
{
    return at && qc_is_letter(qc_utf8_previous(text, &at));
}

static bool letter_at(const char *text, size_t length, size_t at)
{
    return at < length && qc_is_letter(qc_utf8_next(text, length, &at));
}

/* Whether a place begins within a word, where the passage did not: the word is another one now. And of its end. */
static bool cuts_head(const search *s, qcode_span place)
{
    const char *text = s->anchor->text, *before = s->mark->before;
    return *before && letter_before(text, place.start) && letter_at(text, s->anchor->length, place.start) &&
           !letter_before(before, strlen(before));
}

static bool cuts_tail(const search *s, qcode_span place)
{
    const char *text = s->anchor->text, *after = s->mark->after;
    return *after && letter_before(text, place.end) && letter_at(text, s->anchor->length, place.end) &&
           !letter_at(after, strlen(after), 0);
}

/* Whether a place goes on into another turn, where the passage was as long as its words and so in one. */
static bool leaves_turn(const search *s, qcode_span place)
{
    const qc_passage_mark *mark = s->mark;
    return mark->end - mark->start == qc_utf8_count(mark->text, strlen(mark->text)) &&
           qc_turn_at(s->anchor->talk, place.start) != qc_turn_at(s->anchor->talk, place.end - 1);
}

/* Looks at every place of the words. Of equal scores the nearest is kept. */
static void look_in(search *s, const qc_letters *letters, bool *any_sure)
{
    const qc_buffer *quote = &s->anchor->quote.text, *text = &letters->text;
    for (size_t from = 0; text->length - from >= quote->length && from < text->length;) {
        size_t at = from + qc_find_bytes(text->data + from, text->length - from, quote->data, quote->length);
        if (at == text->length)
            return;
        bool sure;
        const qcode_span place = qc_letters_span(s->anchor, letters, at, quote->length);
        from = at + 1;
        if (cuts_head(s, place) || cuts_tail(s, place) || leaves_turn(s, place))
            continue;
        size_t score = score_of(s, place, &sure);
        bool better = !s->found || score > s->best_score;
        bool nearer = score == s->best_score &&
                      distance(place.start, s->expected) < distance(s->best.start, s->expected);
        size_t other = better ? s->best_score : score;
        if (s->found && other > s->second_score)
            s->second_score = other;
        if (better)
            *any_sure = sure;
        if (better || nearer)
            s->best = place;
        s->best_score = better ? score : s->best_score;
        s->found++;
    }
}

/* Another place has nearly as much around it that is as it was, and neither has all. */
static bool has_rival(const search *s)
{
    bool whole = s->best_score == s->before.text.length + s->after.text.length;
    return s->found > 1 && (s->second_score == s->best_score ||
                            (!whole && s->second_score >= SURE_CONTEXT && 2 * s->second_score >= s->best_score));
}

static qc_settled look_for_words(search *s)
{
    bool sure = false;
    look_in(s, &s->anchor->speech, &sure);
    if (!s->found)
        look_in(s, &s->anchor->all, &sure);
    if (!s->found)
        return QC_SETTLED_NOT;
    if (has_rival(s))
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

/* A place without the end of the word before it, which is another one now. */
static qcode_span behind_word(const search *s, qcode_span place)
{
    size_t next = place.start;
    for (bool cut = cuts_head(s, place); cut && place.start < place.end; place.start = next)
        cut = qc_is_letter(qc_utf8_next(s->anchor->text, place.end, &next));
    return place;
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
            s->best = behind_word(s, qc_letters_span(s->anchor, all, start, gap));
            count += s->best.start < s->best.end && !cuts_tail(s, s->best);
        }
        from = at + 1;
    }
    return count == 1 ? QC_SETTLED_CHANGED : count ? QC_SETTLED_SEVERAL : QC_SETTLED_NOT;
}

/* Whether it stands where it says to the letter, in surroundings that are as they were. */
static bool stands_there(search *s, const qc_passage_mark *mark, qcode_span span, bool *there)
{
    qc_fit fit;
    bool sure;
    *there = false;
    if (!qc_anchor_fits(s->anchor, span, mark->text, &fit))
        return false;
    if (fit != QC_FIT_EXACT) /* not quite there, if its letters are: a mark may have come before it */
        return true;
    size_t score = score_of(s, span, &sure);
    *there = score == s->before.text.length + s->after.text.length && !cuts_head(s, span) && !cuts_tail(s, span);
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
    search s = {.anchor = anchor, .mark = mark, .before = qc_letters_init(memory), .after = qc_letters_init(memory)};
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
