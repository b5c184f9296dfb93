/* What a word is made of: general categories, by table for ASCII. */
#include "text/words.h"
#include "base/utf8.h"

#include <utf8proc.h>

/* Letters, marks and numbers stand together in utf8proc's list of categories. */
_Static_assert(UTF8PROC_CATEGORY_LU == 1 && UTF8PROC_CATEGORY_NO == 11, "categories L, M and N are 1 to 11");

static const bool ascii_word[128] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1,
    ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1,
    ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1,
    ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1,
    ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1,
    ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1,
    ['y'] = 1, ['z'] = 1, ['_'] = 1,
};

static utf8proc_category_t category(uint32_t point)
{
    return utf8proc_category((utf8proc_int32_t)point);
}

bool qc_is_word(uint32_t point)
{
    if (point < 128)
        return ascii_word[point];
    utf8proc_category_t c = category(point);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO;
}

bool qc_is_mark(uint32_t point)
{
    if (point < 0x300)
        return false;
    utf8proc_category_t c = category(point);
    return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

bool qc_is_space(uint32_t point)
{
    return (point >= '\t' && point <= '\r') || point == ' ' || point == 0x85 || point == 0xA0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F ||
           point == 0x205F || point == 0x3000;
}

bool qc_is_upper(uint32_t point)
{
    if (point < 128)
        return point >= 'A' && point <= 'Z';
    utf8proc_category_t c = category(point);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool qc_is_digit(uint32_t point)
{
    if (point < 128)
        return point >= '0' && point <= '9';
    return category(point) == UTF8PROC_CATEGORY_ND;
}

/* Word characters on both sides of `at`. */
static bool cuts_word(const char *text, size_t at)
{
    size_t before = at, behind = at;
    if (!qc_is_word(qc_utf8_previous(text, &before)))
        return false;
    return qc_is_word(qc_utf8_next(text, at + 4, &behind));
}

/* The Arabic "and" (waw) is written together with the word it goes before; the word begins behind it. */
static bool follows_arabic_and(const char *text, size_t at)
{
    enum { WAW = 0x648 };
    size_t before = at, behind = at;
    uint32_t next = qc_utf8_next(text, at + 4, &behind);
    if (qc_utf8_previous(text, &before) != WAW || next < 0x620 || next > 0x64A)
        return false;
    return before == 0 || !cuts_word(text, before);
}

bool qc_word_edge_before(const char *text, size_t at)
{
    return at == 0 || !cuts_word(text, at) || follows_arabic_and(text, at);
}

bool qc_word_edge_after(const char *text, size_t length, size_t at)
{
    return at == length || !cuts_word(text, at);
}

/* Moves `*at` over an apostrophe that a word character follows. */
static bool step_apostrophe(const char *text, size_t length, size_t *at)
{
    size_t next = *at;
    uint32_t point = qc_utf8_next(text, length, &next), behind;
    if ((point != '\'' && point != 0x2019) || next >= length)
        return false;
    size_t further = next;
    behind = qc_utf8_next(text, length, &further);
    *at = qc_is_word(behind) ? next : *at;
    return qc_is_word(behind);
}

bool qc_next_word(const char *text, size_t length, size_t *at, qcode_span *word)
{
    size_t next = *at;
    while (*at < length && !qc_is_word(qc_utf8_next(text, length, &next)))
        *at = next;
    if (*at >= length)
        return false;
    word->start = *at;
    for (*at = next; *at < length; *at = next) {
        next = *at;
        bool is_word = qc_is_word(qc_utf8_next(text, length, &next));
        if (is_word ? follows_arabic_and(text, *at) : !step_apostrophe(text, length, at))
            break;
        next = is_word ? next : *at;
    }
    word->end = *at;
    return true;
}
