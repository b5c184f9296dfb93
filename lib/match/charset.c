/* Sets of characters, read from a regex: generous, where it does not matter. */
#include "match/charset.h"
#include "base/utf8.h"
#include "text/words.h"

#include <string.h>

static void add(qc_charset *set, uint32_t point)
{
    if (point < 0x80) {
        set->ascii[point / 64] |= (uint64_t)1 << point % 64;
        return;
    }
    bool first = !set->word && !set->other && !set->ascii[0] && !set->ascii[1];
    set->single = first ? point : 0;
    *(qc_is_word(point) ? &set->word : &set->other) = true;
}

static void add_all(qc_charset *set, const qc_charset *more)
{
    set->ascii[0] |= more->ascii[0];
    set->ascii[1] |= more->ascii[1];
    set->word = set->word || more->word;
    set->other = set->other || more->other;
    set->single = 0;
}

static void add_range(qc_charset *set, uint32_t from, uint32_t to)
{
    for (uint32_t point = from; point <= to && point < 0x80; point++)
        add(set, point);
    if (to >= 0x80)
        set->word = set->other = true;
    set->single = 0;
}

static qc_charset complement(qc_charset set)
{
    return (qc_charset){.ascii = {~set.ascii[0], ~set.ascii[1]},
                        .word = !set.word || set.single,
                        .other = !set.other || set.single};
}

static qc_charset of_words(void)
{
    qc_charset set = {.word = true};
    add_range(&set, '0', '9');
    add_range(&set, 'A', 'Z');
    add_range(&set, 'a', 'z');
    add(&set, '_');
    return set;
}

/* The set of an escape's letter, in its small form. */
static bool named(char letter, qc_charset *set)
{
    *set = (qc_charset){.word = false};
    switch (letter) {
    case 'w':
    case 'p': *set = of_words(); return true;
    case 'd':
        add_range(set, '0', '9');
        set->word = true;
        return true;
    case 's':
    case 'v': add_range(set, '\t', '\r'); /* falls through */
    case 'h':
        add(set, '\t');
        set->other = true;
        if (letter != 'v')
            add(set, ' ');
        set->single = 0;
        return true;
    default: return false;
    }
}

/* Behind the braces, or the letter, of \p. */
static bool pass_property(const char *pattern, size_t length, size_t *at)
{
    const char *close = *at < length && pattern[*at] == '{' ? memchr(pattern + *at, '}', length - *at) : NULL;
    if (*at >= length || (pattern[*at] == '{' && !close))
        return false;
    *at = close ? (size_t)(close - pattern) + 1 : *at + 1;
    return true;
}

/* An escape, its backslash at `*at`. */
static bool read_escape(const char *pattern, size_t length, size_t *at, qc_charset *set)
{
    static const char controls[][2] = {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'f', '\f'}, {'e', 27}, {'a', 7}};
    char letter = *at + 1 < length ? pattern[*at + 1] : '\0', small = (char)(letter | 0x20);
    *set = (qc_charset){.word = false};
    *at += 2;
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
        if (letter == controls[i][0])
            return add(set, (uint32_t)controls[i][1]), true;
    if (letter && strchr("wWdDsSvVhHpP", letter)) {
        named(small, set);
        if (letter != small)
            *set = complement(*set);
        return small != 'p' || pass_property(pattern, length, at);
    }
    bool named_one = (unsigned)small - 'a' < 26 || (unsigned)letter - '0' < 10;
    bool plain = letter && (unsigned char)letter < 0x80 && !named_one;
    if (plain)
        add(set, (uint32_t)letter);
    return plain;
}

/* [:alpha:] and its like, its bracket at `*at`. */
static bool read_posix(const char *pattern, size_t length, size_t *at, qc_charset *set)
{
    static const struct {
        const char *name;
        char like;
    } kinds[] = {{"[:alpha:]", 'w'}, {"[:alnum:]", 'w'}, {"[:word:]", 'w'}, {"[:digit:]", 'd'}, {"[:space:]", 's'}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t size = strlen(kinds[i].name);
        if (length - *at >= size && memcmp(pattern + *at, kinds[i].name, size) == 0) {
            *at += size;
            return named(kinds[i].like, set);
        }
    }
    return false;
}

/* One member of a class: a character (which `*point` is then) or a set. */
static bool read_member(const char *pattern, size_t length, size_t *at, qc_charset *set, uint32_t *point)
{
    *point = 0;
    *set = (qc_charset){.word = false};
    if (pattern[*at] == '[' && *at + 1 < length && strchr(":.=", pattern[*at + 1]))
        return read_posix(pattern, length, at, set);
    if (pattern[*at] != '\\') {
        *point = qc_utf8_next(pattern, length, at);
        return add(set, *point), true;
    }
    char letter = *at + 1 < length ? pattern[*at + 1] : '\0';
    if (letter && strchr("-]^[\\", letter))
        *point = (uint32_t)letter;
    return read_escape(pattern, length, at, set);
}

static bool read_class(const char *pattern, size_t length, size_t *at, qc_charset *set)
{
    bool negated = *at + 1 < length && pattern[*at + 1] == '^', first = true;
    qc_charset all = {.word = false}, member;
    *at += negated ? 2 : 1;
    for (; *at < length && (first || pattern[*at] != ']'); first = false) {
        uint32_t from, to = 0;
        if (!read_member(pattern, length, at, &member, &from))
            return false;
        if (from && *at + 1 < length && pattern[*at] == '-' && pattern[*at + 1] != ']') {
            ++*at;
            if (!read_member(pattern, length, at, &member, &to) || !to)
                return false;
            add_range(&all, from, to);
        } else {
            add_all(&all, &member);
        }
    }
    *set = negated ? complement(all) : all;
    return (*at)++ < length;
}

static void fold(qc_charset *set)
{
    uint64_t letters = set->ascii[1], upper = letters & 0x07FFFFFE, lower = letters & 0x07FFFFFE00000000;
    set->ascii[1] |= upper << 32 | lower >> 32;
}

bool qc_charset_read(const char *pattern, size_t length, bool caseless, size_t *at, qc_charset *set)
{
    char c = pattern[*at];
    bool done = true;
    *set = (qc_charset){.word = false};
    if (c == '\\') {
        done = read_escape(pattern, length, at, set);
    } else if (c == '[') {
        done = read_class(pattern, length, at, set);
    } else if (c == '.') {
        add(set, '\n');
        *set = complement(*set);
        ++*at;
    } else {
        add(set, qc_utf8_next(pattern, length, at));
    }
    if (caseless)
        fold(set);
    return done;
}

bool qc_charset_meet(const qc_charset *a, const qc_charset *b)
{
    if ((a->ascii[0] & b->ascii[0]) || (a->ascii[1] & b->ascii[1]))
        return true;
    if (a->single && b->single)
        return a->single == b->single;
    return (a->word && b->word) || (a->other && b->other);
}
