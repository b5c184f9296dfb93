/* Finding quotations and counts in the draft of a report. */
#include "read/draft.h"
#include "base/error.h"
#include "base/utf8.h"
#include "text/words.h"
#include <qcode/read.h>

#include <stdlib.h>
#include <string.h>

/* What opens a quotation, and what closes it. */
static const struct mark {
    const char *open, *close, *other;
} marks[] = {
    {"\"", "\"", NULL},
    {"\xE2\x80\x9C", "\xE2\x80\x9D", NULL},             /* 201C 201D */
    {"\xE2\x80\x9E", "\xE2\x80\x9C", "\xE2\x80\x9D"}, /* 201E 201C, 201D */
    {"\xC2\xAB", "\xC2\xBB", NULL},                     /* 00AB 00BB */
};

typedef struct drafting {
    qc_draft *draft;
    const char *text;
    size_t length;
    qc_buffer quotations; /* of qc_quotation */
    qc_buffer given;
    qc_buffer clean, parts; /* scratch */
    bool failed;
} drafting;

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool stands_at(const drafting *d, size_t at, size_t end, const char *what)
{
    size_t length = what ? strlen(what) : 0;
    return length && end - at >= length && memcmp(d->text + at, what, length) == 0;
}

/* The mark that opens a quotation here. A straight one opens only behind a space, a bracket or a dash, so that 5" is none. */
static const struct mark *mark_at(const drafting *d, size_t from, size_t at, size_t end)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!stands_at(d, at, end, marks[i].open))
            continue;
        bool behind = at == from || is_white(d->text[at - 1]) || strchr("([*_-:", d->text[at - 1]) ||
                      (unsigned char)d->text[at - 1] >= 0x80;
        bool before = at + 1 < end && !is_white(d->text[at + 1]);
        return i || (behind && before) ? &marks[i] : NULL;
    }
    return NULL;
}

/* The bytes of "...", an ellipsis or ". . ." at `at`; 0: none. */
static size_t ellipsis_at(const char *text, size_t at, size_t end)
{
    static const char *const forms[] = {"\xE2\x80\xA6", "....", "...", ". . ."};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t length = strlen(forms[i]);
        if (end - at >= length && memcmp(text + at, forms[i], length) == 0)
            return length;
    }
    return 0;
}

static bool is_letter_before(const char *text, size_t at)
{
    return at && qc_is_word(qc_utf8_previous(text, &at));
}

static bool is_letter_at(const char *text, size_t length, size_t at)
{
    return at < length && qc_is_word(qc_utf8_next(text, length, &at));
}

static bool has_words(const char *text, size_t length)
{
    size_t at = 0;
    qcode_span word;
    return qc_next_word(text, length, &at, &word);
}

/* Adds text[from, to) as a part, when it has words. */
static void add_part(drafting *d, const char *text, size_t from, size_t to, qc_quoted part)
{
    if (!has_words(text + from, to - from))
        return;
    part.words = qc_arena_copy(&d->draft->arena, text + from, to - from);
    d->failed |= !part.words || !qc_buffer_append(&d->parts, &part, sizeof part);
}

/* Takes the words apart at "..." and [brackets]; "[...]" is the former. */
static void take_apart(drafting *d, const char *text, size_t length, qc_quotation *quotation)
{
    qc_quoted part = {.words = NULL};
    size_t from = 0, at = 0;
    d->parts.length = 0;
    while (at < length) {
        const char *closes = text[at] == '[' ? memchr(text + at, ']', length - at) : NULL;
        size_t gap = closes ? (size_t)(closes - text) + 1 - at : ellipsis_at(text, at, length);
        if (!gap) {
            at++;
            continue;
        }
        bool words = closes && has_words(text + at, gap);
        part.ends_inside = words && is_letter_before(text, at);
        add_part(d, text, from, at, part);
        part = (qc_quoted){.bracket = words, .begins_inside = words && is_letter_at(text, length, at + gap)};
        from = at += gap;
    }
    part.ends_inside = false;
    add_part(d, text, from, length, part);
    size_t count = d->parts.length / sizeof(qc_quoted);
    qc_quoted *parts = qc_arena_take_array(&d->draft->arena, count + 1, sizeof *parts);
    d->failed |= !parts;
    if (parts && count)
        memcpy(parts, d->parts.data, d->parts.length);
    quotation->parts = parts;
    quotation->part_count = parts ? count : 0;
}

static void add_quotation(drafting *d, qc_quotation *quotation, const char *words, size_t length)
{
    take_apart(d, words, length, quotation);
    d->failed |= !qc_buffer_append(&d->quotations, quotation, sizeof *quotation);
}

/* The quotations of a paragraph, and what stands between them. */
static void quote_paragraph(drafting *d, size_t from, size_t end)
{
    size_t first = d->quotations.length / sizeof(qc_quotation), behind = from;
    for (size_t at = from; at < end;) {
        const struct mark *mark = mark_at(d, from, at, end);
        if (!mark) {
            at++;
            continue;
        }
        qc_quotation quotation = {.before = {behind, at}, .span = {at + strlen(mark->open), 0}};
        size_t to = quotation.span.start;
        while (to < end && !stands_at(d, to, end, mark->close) && !stands_at(d, to, end, mark->other))
            to++;
        quotation.span.end = to;
        quotation.open = to == end;
        behind = at = to == end ? end : to + strlen(stands_at(d, to, end, mark->close) ? mark->close : mark->other);
        quotation.after.start = at;
        add_quotation(d, &quotation, d->text + quotation.span.start, to - quotation.span.start);
    }
    qc_quotation *list = (void *)d->quotations.data;
    size_t count = d->quotations.length / sizeof *list;
    for (size_t i = first; i < count; i++)
        list[i].after.end = i + 1 < count ? list[i + 1].before.end : end;
}

/* Whether a line of a block quotation is who said it: a dash in front. */
static bool is_attribution(const char *line, size_t length)
{
    return (length > 2 && (memcmp(line, "\xE2\x80\x94", 3) == 0 || memcmp(line, "\xE2\x80\x93", 3) == 0)) ||
           (length > 1 && memcmp(line, "--", 2) == 0);
}

/* Lines [from, end) that begin with >: the words up to a line with a dash, or to brackets at the end, which say whose they
 * are. */
static void quote_block(drafting *d, size_t from, size_t end)
{
    qc_quotation quotation = {.block = true, .span = {from, end}, .before = {from, from}, .after = {end, end}};
    d->clean.length = 0;
    for (size_t at = from; at < end;) {
        const char *feed = memchr(d->text + at, '\n', end - at);
        size_t to = feed ? (size_t)(feed - d->text) : end, begin = at;
        while (begin < to && (d->text[begin] == '>' || is_white(d->text[begin])))
            begin++;
        if (is_attribution(d->text + begin, to - begin)) {
            quotation.after = (qcode_span){begin, end};
            quotation.span.end = at;
            break;
        }
        qc_buffer_append(&d->clean, d->text + begin, to - begin);
        qc_buffer_byte(&d->clean, '\n');
        at = to + (feed != NULL);
    }
    size_t length = d->clean.length;
    while (length && is_white(d->clean.data[length - 1]))
        length--;
    if (quotation.after.start == end && length && d->clean.data[length - 1] == ')') {
        size_t open = end;
        while (open > from && d->text[open] != '(')
            open--;
        while (length && d->clean.data[length - 1] != '(')
            length--;
        length -= length > 0;
        quotation.after.start = quotation.span.end = open;
    }
    d->failed |= d->clean.failed;
    if (!d->failed && length)
        add_quotation(d, &quotation, d->clean.data, length);
}

/* "4", "four": a number of up to six digits or a word up to twelve; false: neither. */
static bool number_of(const char *word, size_t length, size_t *number)
{
    static const char *const words[] = {"none", "one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine", "ten",  "eleven", "twelve"};
    size_t digits = strspn(word, "0123456789");
    if (digits >= length && length < 7) {
        *number = 0;
        for (size_t i = 0; i < length; i++)
            *number = *number * 10 + (size_t)(word[i] - '0');
        return true;
    }
    for (*number = 0; *number < sizeof words / sizeof *words; ++*number)
        if (strlen(words[*number]) == length && (word[0] | 32) == words[*number][0] &&
            memcmp(word + 1, words[*number] + 1, length - 1) == 0)
            return true;
    return false;
}

static bool is_word(const drafting *d, qcode_span word, const char *text)
{
    return word.end - word.start == strlen(text) && memcmp(d->text + word.start, text, word.end - word.start) == 0;
}

/* "4 of 5", "four of the five", "4 out of 5" at a word. */
static bool count_at(const drafting *d, qcode_span word, size_t end, qc_given *given, size_t *behind)
{
    static const char *const between[] = {"out", "of", "the", "all"};
    qcode_span next;
    size_t at = word.end, step = 0;
    bool of = false;
    if (!number_of(d->text + word.start, word.end - word.start, &given->count))
        return false;
    for (; qc_next_word(d->text, end, &at, &next); step++) {
        size_t i = 0;
        while (i < sizeof between / sizeof *between && !is_word(d, next, between[i]))
            i++;
        if (i == sizeof between / sizeof *between || step > 3)
            break;
        of |= i == 1;
        *behind = at;
    }
    if (!of || !number_of(d->text + next.start, next.end - next.start, &given->of))
        return false;
    *behind = next.end;
    return true;
}

/* The counts of a paragraph that stand before a [word] in brackets, which may be the id of a statement. */
static void count_paragraph(drafting *d, size_t from, size_t end)
{
    size_t begin = from, first = d->given.length / sizeof(qc_given);
    for (size_t at = from; at < end;) {
        qcode_span word;
        qc_given given = {.clause = {begin, 0}};
        if (d->text[at] == '[') {
            const char *closes = memchr(d->text + at, ']', end - at);
            size_t count = d->given.length / sizeof given, to = closes ? (size_t)(closes - d->text) : end;
            qc_given *list = (void *)d->given.data;
            bool plain = closes && to > at + 1 && !memchr(d->text + at, ' ', to - at);
            for (size_t i = first; plain && i < count; i++) {
                list[i].id = (qcode_span){at + 1, to};
                list[i].span.end = list[i].clause.end = i + 1 < count ? list[i + 1].span.start : at;
            }
            if (plain)
                begin = to + 1, first = count;
            at = closes ? to + 1 : at + 1;
            continue;
        }
        if (!is_letter_at(d->text, end, at)) {
            at++;
            continue;
        }
        size_t behind = at;
        if (!qc_next_word(d->text, end, &behind, &word))
            break;
        given.span.start = word.start;
        at = behind;
        if (count_at(d, word, end, &given, &behind)) {
            d->failed |= !qc_buffer_append(&d->given, &given, sizeof given);
            begin = at = behind;
        }
    }
    d->given.length = first * sizeof(qc_given); /* those behind the last id are with none */
}

static bool is_quoted_line(const char *line, size_t length)
{
    size_t at = 0;
    while (at < length && at < 4 && line[at] == ' ')
        at++;
    return at < 4 && at < length && line[at] == '>';
}

static bool is_blank(const char *line, size_t length)
{
    size_t at = 0;
    while (at < length && is_white(line[at]))
        at++;
    return at == length;
}

static void end_paragraph(drafting *d, size_t from, size_t end, bool block)
{
    if (from == end)
        return;
    if (block)
        quote_block(d, from, end);
    else {
        quote_paragraph(d, from, end);
        count_paragraph(d, from, end);
    }
}

/* Paragraphs end at blank lines, and where block quotations begin and end. */
static void walk(drafting *d)
{
    size_t from = 0, at = 0;
    bool block = false, fenced = false;
    while (at < d->length && !d->failed) {
        const char *feed = memchr(d->text + at, '\n', d->length - at);
        size_t to = feed ? (size_t)(feed - d->text) : d->length, next = to + (feed != NULL);
        bool fence = to - at >= 3 && memcmp(d->text + at, "```", 3) == 0;
        bool quoted = is_quoted_line(d->text + at, to - at);
        if (fence || fenced || is_blank(d->text + at, to - at) || quoted != block) {
            end_paragraph(d, from, at, block);
            from = fence || fenced || is_blank(d->text + at, to - at) ? next : at;
        }
        fenced ^= fence;
        block = quoted;
        at = next;
    }
    end_paragraph(d, from, d->length, block);
}

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), most = strlen(ending);
    return length > most && strcmp(path + length - most, ending) == 0;
}

bool qc_read_draft(qc_draft *draft, const char *path, const qcode_memory *memory, qcode_error *err)
{
    const qcode_read_options options = {.format = ends_in(path, ".md") || ends_in(path, ".txt") ? "text" : NULL};
    *draft = (qc_draft){.arena = qc_arena_init(memory)};
    if (!(draft->talk = qcode_read_transcript(path, &options, memory, NULL, err)))
        return false;
    draft->text = qcode_transcript_text(draft->talk, &draft->length);
    drafting d = {.draft = draft, .text = draft->text, .length = draft->length,
                  .quotations = qc_buffer_init(memory), .given = qc_buffer_init(memory),
                  .clean = qc_buffer_init(memory), .parts = qc_buffer_init(memory)};
    walk(&d);
    draft->quotation_count = d.quotations.length / sizeof *draft->quotations;
    draft->given_count = d.given.length / sizeof *draft->given;
    qc_quotation *quotations = qc_arena_take_array(&draft->arena, draft->quotation_count + 1, sizeof *quotations);
    qc_given *given = qc_arena_take_array(&draft->arena, draft->given_count + 1, sizeof *given);
    bool done = !d.failed && quotations && given;
    if (done && d.quotations.length)
        memcpy(quotations, d.quotations.data, d.quotations.length);
    if (done && d.given.length)
        memcpy(given, d.given.data, d.given.length);
    draft->quotations = quotations;
    draft->given = given;
    qc_buffer_clear(&d.quotations);
    qc_buffer_clear(&d.given);
    qc_buffer_clear(&d.clean);
    qc_buffer_clear(&d.parts);
    return done || qc_no_memory(err);
}

void qc_draft_clear(qc_draft *draft)
{
    qcode_transcript_free(draft->talk);
    qc_arena_clear(&draft->arena);
}
