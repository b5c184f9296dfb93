/* Where sentences end. One forward scan; what is looked at beyond a full stop is bounded or is passed over by the
 * scan. */
#include "text/sentences.h"
#include "base/utf8.h"
#include "text/abbreviations.h"
#include "text/remarks.h"
#include "text/words.h"

#include <string.h>
#include <utf8proc.h>

/* Sentences end behind them. */
static bool is_terminator(uint32_t point)
{
    switch (point) {
    case '.': case '!': case '?':
    case 0x2026: /* … */
    case 0x203C: case 0x203D: case 0x2047: case 0x2048: case 0x2049: /* ‼ ‽ ⁇ ⁈ ⁉ */
    case 0x3002: case 0xFF01: case 0xFF0E: case 0xFF1F: case 0xFF61: /* 。！．？｡ */
    case 0x061F: case 0x06D4: /* ؟ ۔ */
    case 0x0964: case 0x0965: /* danda */
    case 0x0589: /* Armenian */
    case 0x1362: case 0x1367: case 0x1368: /* Ethiopic */
    case 0x104A: case 0x104B: /* Myanmar */
    case 0x17D4: case 0x17D5: /* Khmer */
        return true;
    default:
        return false;
    }
}

/* ASCII that cannot end a sentence or begin a remark: letters, digits, space and most signs. */
static bool is_quiet(char byte)
{
    static const uint64_t quiet[4] = {0x7FFF108100000000, 0x7FFFFFFFF7FFFFFF, 0, 0};
    return quiet[(unsigned char)byte / 64] >> (unsigned char)byte % 64 & 1;
}

/* No space need follow these. */
static bool needs_no_space(uint32_t point)
{
    return point == 0x3002 || point == 0xFF01 || point == 0xFF1F || point == 0xFF61 || point == 0x0964 ||
           point == 0x0965 || point == 0x1362 || point == 0x17D4 || point == 0x104B;
}

/* Quotes and brackets that close behind a full stop. Some of them open elsewhere: it counts where they stand. */
static bool is_closer(uint32_t point)
{
    if (point < 0x80)
        return point == '"' || point == '\'' || point == ')' || point == ']' || point == '}';
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)point);
    return c == UTF8PROC_CATEGORY_PE || c == UTF8PROC_CATEGORY_PF || c == UTF8PROC_CATEGORY_PI;
}

/* Punctuation and the like between two sentences: it says nothing, the next letter does. */
static bool is_opener(uint32_t point)
{
    return !qc_is_word(point) && !is_terminator(point) && point != '\n';
}

/* A letter that never begins a sentence. Georgian has no capitals in prose. */
static bool is_small(uint32_t point)
{
    if (point < 0x80)
        return point >= 'a' && point <= 'z';
    return utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_LL && !(point >= 0x10D0 && point <= 0x10FF);
}

static size_t skip_spaces(const char *text, size_t length, size_t at, bool lines)
{
    while (at < length) {
        size_t behind = at;
        uint32_t point = qc_utf8_next(text, length, &behind);
        if (!qc_is_space(point) || (point == '\n' && !lines))
            break;
        at = behind;
    }
    return at;
}

static size_t trim_end(const char *text, size_t start, size_t end)
{
    while (end > start) {
        size_t before = end;
        if (!qc_is_space(qc_utf8_previous(text, &before)))
            break;
        end = before;
    }
    return end;
}

/* --- "[laughs]", "(inaudible 00:12:31)" --- */

enum { LONGEST_REMARK = 120 };

/* The end of what the bracket at `at` opens, on its line and within the bound; `at` when it is not closed there. */
static size_t bracket_end(const char *text, size_t length, size_t at)
{
    char close = text[at] == '[' ? ']' : ')';
    size_t bound = length - at > LONGEST_REMARK ? at + LONGEST_REMARK : length;
    for (size_t i = at + 1; i < bound && text[i] != '\n' && text[i] != text[at]; i++)
        if (text[i] == close)
            return i + 1;
    return at;
}

/* The end of the remark that begins at `at`; `at` when none does. */
static size_t remark_end(const char *text, size_t length, size_t at)
{
    if (at >= length || (text[at] != '[' && text[at] != '('))
        return at;
    size_t end = bracket_end(text, length, at);
    return end > at && qc_is_remark(text + at + 1, end - at - 2) ? end : at;
}

/* --- ends --- */

/* Behind " »" when it closes a quotation, as in French: no word follows it. Else `at`. */
static size_t behind_french_quote(const char *text, size_t length, size_t at)
{
    size_t quote = skip_spaces(text, length, at, false), behind = quote + strlen("»");
    if (quote == at || behind > length || memcmp(text + quote, "»", strlen("»")) != 0)
        return at;
    size_t next = behind;
    return behind < length && qc_is_word(qc_utf8_next(text, length, &next)) ? at : behind;
}

/* Behind the terminators from `at` on, and the closers behind them. `*last` is the last terminator. */
static size_t behind_terminators(const char *text, size_t length, size_t at, uint32_t *last)
{
    bool closing = false;
    while (at < length) {
        size_t behind = at;
        uint32_t point = qc_utf8_next(text, length, &behind);
        if (is_terminator(point) && !closing)
            *last = point;
        else if (is_closer(point))
            closing = true;
        else
            break;
        at = behind;
    }
    return behind_french_quote(text, length, at);
}

/* The first character of the next word, over openers on the same line; `length` at a line's or the text's end. */
static size_t next_word(const char *text, size_t length, size_t at)
{
    while (at < length && text[at] != '\n') {
        size_t behind = at;
        if (!is_opener(qc_utf8_next(text, length, &behind)))
            return at;
        at = behind;
    }
    return length;
}

/* Looks at the terminator at `*at` of the sentence from `start` on. True when the sentence ends there: `*at` is its
 * end. Else `*at` is where the scan goes on. */
static bool ends_at(const char *text, size_t length, size_t start, size_t *at)
{
    size_t dot = *at;
    uint32_t last = 0;
    size_t end = behind_terminators(text, length, dot, &last), next = skip_spaces(text, length, end, false);
    for (size_t remark; (remark = remark_end(text, length, next)) > next; next = skip_spaces(text, length, end, false))
        end = remark;
    *at = end;
    if (next == length || text[next] == '\n' || needs_no_space(last))
        return true;
    if (next == end && text[end - 1] != ']' && text[end - 1] != ')')
        return false; /* 3.5, example.org */
    size_t word = next_word(text, length, next), behind = word;
    if (word == length)
        return true;
    uint32_t point = qc_utf8_next(text, length, &behind);
    bool stand_in = text[next] == '['; /* "[name]" is no small letter, whatever it holds */
    if (is_terminator(point) || (is_small(point) && !stand_in))
        return false;
    bool bare = end == dot + 1 && text[dot] == '.' && (word == next || stand_in); /* one full stop, then a word */
    return !bare || !qc_is_abbreviation(text, start, dot, next, length);
}

bool qc_next_sentence(const char *text, size_t length, size_t *at, qcode_span *sentence)
{
    size_t start = skip_spaces(text, length, *at, true), scan = start, end = length;
    while (scan < length) {
        if (is_quiet(text[scan])) {
            scan++;
            continue;
        }
        size_t behind = scan;
        uint32_t point = qc_utf8_next(text, length, &behind);
        if (point == '\n') {
            end = scan;
            break;
        }
        if (is_terminator(point)) {
            if (ends_at(text, length, start, &scan)) {
                end = scan;
                break;
            }
            continue;
        }
        size_t remark = remark_end(text, length, scan); /* full stops inside it end nothing */
        scan = remark > scan ? remark : behind;
    }
    *at = end;
    *sentence = (qcode_span){start, trim_end(text, start, end)};
    return start < length;
}
