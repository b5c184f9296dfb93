/* Quoted words in a transcript, found by their letters and numbers. */
#include "read/codings/anchor.h"
#include "base/utf8.h"
#include "model/reading.h"
#include "text/words.h"

#include <string.h>

qc_letters qc_letters_init(const qcode_memory *memory)
{
    return (qc_letters){qc_buffer_init(memory), qc_buffer_init(memory), qc_buffer_init(memory)};
}

void qc_letters_clear(qc_letters *letters)
{
    qc_buffer_clear(&letters->text);
    qc_buffer_clear(&letters->starts);
    qc_buffer_clear(&letters->ends);
}

bool qc_is_letter(uint32_t point)
{
    return point != '_' && qc_is_word(point);
}

bool qc_has_letters(const char *words)
{
    size_t length = strlen(words);
    for (size_t at = 0; at < length;)
        if (qc_is_letter(qc_utf8_next(words, length, &at)))
            return true;
    return false;
}

/* Appends the letters of bytes [range) of a text. */
bool qc_add_letters(qc_letters *letters, qc_folder *folder, const char *text, qcode_span range)
{
    qc_folded folded;
    if (range.start == range.end)
        return true;
    if (!qc_fold(folder, QC_FORM_TERM, text + range.start, range.end - range.start, &folded))
        return false;
    for (size_t at = 0, from = 0; at < folded.length; from = at) {
        if (!qc_is_letter(qc_utf8_next(folded.text, folded.length, &at)))
            continue;
        qcode_span span = qc_folded_span(&folded, from, at);
        size_t start = range.start + span.start, end = range.start + span.end;
        qc_buffer_append(&letters->text, folded.text + from, at - from);
        for (size_t i = from; i < at; i++) {
            qc_buffer_append(&letters->starts, &start, sizeof start);
            qc_buffer_append(&letters->ends, &end, sizeof end);
        }
    }
    return !letters->text.failed && !letters->starts.failed && !letters->ends.failed;
}

static bool add_speech(qc_anchor *anchor)
{
    bool done = true;
    for (size_t i = 0; done && i < qcode_transcript_turn_count(anchor->talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(anchor->talk, i);
        done = qc_buffer_append(&anchor->turns, &anchor->speech.text.length, sizeof(size_t));
        for (size_t k = 0; done && k < turn.range_count; k++)
            done = qc_add_letters(&anchor->speech, &anchor->folder, anchor->text, qc_span_of(turn.ranges[k]));
    }
    return done && qc_buffer_append(&anchor->turns, &anchor->speech.text.length, sizeof(size_t));
}

bool qc_anchor_init(qc_anchor *anchor, const qcode_transcript *talk, const qcode_memory *memory)
{
    *anchor = (qc_anchor){.talk = talk,
                          .speech = qc_letters_init(memory),
                          .all = qc_letters_init(memory),
                          .quote = qc_letters_init(memory),
                          .turns = qc_buffer_init(memory),
                          .folder = qc_folder_init(memory)};
    anchor->text = qcode_transcript_text(talk, &anchor->length);
    return add_speech(anchor) &&
           qc_add_letters(&anchor->all, &anchor->folder, anchor->text, (qcode_span){0, anchor->length}) &&
           qc_offsets_init(&anchor->offsets, anchor->text, anchor->length, memory);
}

void qc_anchor_clear(qc_anchor *anchor)
{
    qc_letters_clear(&anchor->speech);
    qc_letters_clear(&anchor->all);
    qc_letters_clear(&anchor->quote);
    qc_buffer_clear(&anchor->turns);
    qc_offsets_clear(&anchor->offsets);
    qc_folder_clear(&anchor->folder);
}

/* The first of the letters that begins at or behind a byte. */
size_t qc_letter_at(const qc_letters *letters, size_t byte)
{
    const size_t *starts = (const void *)letters->starts.data;
    size_t low = 0, high = letters->text.length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool qc_anchor_quote(qc_anchor *anchor, const char *words)
{
    anchor->quote.text.length = anchor->quote.starts.length = anchor->quote.ends.length = 0;
    return qc_add_letters(&anchor->quote, &anchor->folder, words, (qcode_span){0, strlen(words)});
}

static bool has_letters_at(const qc_letters *letters, qcode_span place, const qc_buffer *quote)
{
    size_t from = qc_letter_at(letters, place.start), to = qc_letter_at(letters, place.end);
    return to - from == quote->length && memcmp(letters->text.data + from, quote->data, quote->length) == 0;
}

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Whether two texts are the same but for how much white space stands where some does. */
static bool same_but_for_space(const char *a, size_t length, const char *b)
{
    size_t at = 0;
    for (;;) {
        bool white = at < length && is_white(a[at]);
        if (white != is_white(*b))
            return false;
        while (at < length && is_white(a[at]))
            at++;
        while (is_white(*b))
            b++;
        if (at == length || !*b)
            return at == length && !*b;
        if (a[at++] != *b++)
            return false;
    }
}

bool qc_anchor_fits(qc_anchor *anchor, qcode_span place, const char *words, qc_fit *fit)
{
    *fit = QC_FIT_NOT;
    if (place.end > anchor->length || place.start >= place.end || !qc_has_letters(words))
        return true;
    if (same_but_for_space(anchor->text + place.start, place.end - place.start, words)) {
        *fit = QC_FIT_EXACT;
        return true;
    }
    if (!qc_anchor_quote(anchor, words))
        return false;
    if (has_letters_at(&anchor->all, place, &anchor->quote.text) ||
        has_letters_at(&anchor->speech, place, &anchor->quote.text))
        *fit = QC_FIT_LETTERS;
    return true;
}

bool qc_same_letters(qc_anchor *anchor, const char *joined, const char *words, qc_fit *fit)
{
    qc_letters *quote = &anchor->quote;
    *fit = QC_FIT_NOT;
    if (!qc_anchor_quote(anchor, joined))
        return false;
    size_t middle = quote->text.length;
    if (!qc_add_letters(quote, &anchor->folder, words, (qcode_span){0, strlen(words)}))
        return false;
    if (middle && quote->text.length == 2 * middle && memcmp(quote->text.data, quote->text.data + middle, middle) == 0)
        *fit = QC_FIT_LETTERS;
    return true;
}

/* Where `length` letters from `at` on stand in the text, with the marks that are written on to them. */
qcode_span qc_letters_span(const qc_anchor *anchor, const qc_letters *letters, size_t at, size_t length)
{
    const size_t *starts = (const void *)letters->starts.data, *ends = (const void *)letters->ends.data;
    qcode_span span = {starts[at], ends[at + length - 1]};
    size_t next = at + length < letters->text.length ? starts[at + length] : anchor->length;
    while (span.end < next) {
        size_t to = span.end;
        if (qc_is_space(qc_utf8_next(anchor->text, anchor->length, &to)) || to > next)
            break;
        span.end = to;
    }
    return span;
}

static bool stands_alone(const qc_anchor *anchor, qcode_span span)
{
    return qc_word_edge_before(anchor->text, span.start) && qc_word_edge_after(anchor->text, anchor->length, span.end);
}

/* Where some bytes first stand in others; `length` when nowhere. By rolling sums (Karp and Rabin 1987): in linear time. */
size_t qc_find_bytes(const char *text, size_t length, const char *wanted, size_t count)
{
    const uint64_t base = 1099511628211U;
    uint64_t sum = 0, goal = 0, first = 1;
    if (count > length)
        return length;
    for (size_t i = 0; i < count; i++) {
        goal = goal * base + (unsigned char)wanted[i];
        sum = sum * base + (unsigned char)text[i];
        first = i ? first * base : 1;
    }
    for (size_t at = 0;; at++) {
        if (sum == goal && memcmp(text + at, wanted, count) == 0)
            return at;
        if (at + count == length)
            return length;
        sum = (sum - (unsigned char)text[at] * first) * base + (unsigned char)text[at + count];
    }
}

/* The first place of the quote among letters [from, to), of whole words if there is one. */
static bool find_within(const qc_anchor *anchor, const qc_letters *letters, size_t from, size_t to, size_t *found)
{
    const qc_buffer *quote = &anchor->quote.text;
    bool any = false;
    const size_t *ends = (const void *)letters->ends.data, *starts = (const void *)letters->starts.data;
    while (from < to && to - from >= quote->length) {
        size_t at = from + qc_find_bytes(letters->text.data + from, to - from, quote->data, quote->length);
        if (at == to)
            break;
        if (!any)
            *found = at;
        any = true;
        if (stands_alone(anchor, (qcode_span){starts[at], ends[at + quote->length - 1]})) {
            *found = at;
            break;
        }
        from = at + 1;
    }
    return any;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

static bool find_nearest(const qc_anchor *anchor, const qc_letters *letters, size_t near, qcode_span *place)
{
    const size_t *starts = (const void *)letters->starts.data;
    size_t length = anchor->quote.text.length, best = SIZE_MAX;
    for (size_t from = 0, at; find_within(anchor, letters, from, letters->text.length, &at); from = at + 1) {
        if (best != SIZE_MAX && distance(starts[at], near) >= distance(starts[best], near))
            break; /* they only get further away */
        best = at;
    }
    if (best != SIZE_MAX)
        *place = qc_letters_span(anchor, letters, best, length);
    return best != SIZE_MAX;
}

/* Where the words stand to the letter round a place that begins with their first letter, no more than they say is coded. */
static void fit_to_words(const qc_anchor *anchor, const char *words, qcode_span *place)
{
    size_t length = strlen(words), lead = 0;
    for (size_t at = 0; at < length && !qc_is_letter(qc_utf8_next(words, length, &at));)
        lead = at;
    if (lead <= place->start && length <= anchor->length - (place->start - lead) &&
        memcmp(anchor->text + place->start - lead, words, length) == 0)
        *place = (qcode_span){place->start - lead, place->start - lead + length};
}

bool qc_anchor_find(qc_anchor *anchor, const char *words, size_t near, qcode_span *place)
{
    *place = (qcode_span){0, 0};
    if (!qc_anchor_quote(anchor, words))
        return false;
    if (anchor->quote.text.length && !find_nearest(anchor, &anchor->speech, near, place))
        find_nearest(anchor, &anchor->all, near, place);
    if (place->end)
        fit_to_words(anchor, words, place);
    return true;
}

bool qc_anchor_next(qc_anchor *anchor, const char *words, size_t turn, qcode_span *place)
{
    const qc_letters *speech = &anchor->speech;
    const size_t *turns = (const void *)anchor->turns.data;
    size_t count = anchor->turns.length / sizeof *turns - 1, at = 0;
    *place = (qcode_span){0, 0};
    if (!qc_anchor_quote(anchor, words))
        return false;
    if (!anchor->quote.text.length)
        return true;
    bool has_turn = turn && turn <= count, found = false;
    if (has_turn) {
        size_t from = turns[turn - 1], to = turns[turn];
        found = (anchor->cursor > from && find_within(anchor, speech, anchor->cursor, to, &at)) ||
                find_within(anchor, speech, from, to, &at);
    }
    found = found || find_within(anchor, speech, anchor->cursor, speech->text.length, &at) ||
            find_within(anchor, speech, 0, speech->text.length, &at);
    if (found) {
        *place = qc_letters_span(anchor, speech, at, anchor->quote.text.length);
        anchor->cursor = at + anchor->quote.text.length;
        return true;
    }
    return qc_anchor_find(anchor, words, 0, place);
}
