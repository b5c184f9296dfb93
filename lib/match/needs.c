/* Reading the needs of a regex: the longest run of letters that every match has, or of each alternative one. */
#include "match/needs.h"

#include <string.h>

enum {
    SHORTEST = 3, /* shorter words stand in nearly every turn */
    MOST = 64,    /* words of one regex */
    DEEPEST = 32, /* groups inside groups */
};

/* A list of words one of which is needed. */
typedef struct set {
    qc_need *first, *last;
    size_t count, shortest;
} set;

/* A group being read. */
typedef struct group {
    set best;        /* of the alternative being read; no words: nothing is known */
    set all;         /* of the alternatives before it */
    bool unknown;    /* one of them has none */
    bool assertion;  /* a lookaround: what is in it says nothing here */
} group;

typedef struct reading {
    const char *text;
    size_t length, at;
    size_t run; /* where the letters before `at` begin */
    group groups[DEEPEST];
    size_t depth;
    qc_arena *arena;
    bool failed;
} reading;

static bool is_letter(char c)
{
    return (unsigned)(c | 0x20) - 'a' < 26 || (unsigned)c - '0' < 10;
}

static char peek(const reading *r, size_t more)
{
    return r->at + more < r->length ? r->text[r->at + more] : '\0';
}

static void consider(group *g, set given)
{
    if (given.count && (given.shortest > g->best.shortest ||
                        (given.shortest == g->best.shortest && given.count < g->best.count)))
        g->best = given;
}

/* The letters up to `end` are a word; a new run begins at `next`. */
static void end_run(reading *r, size_t end, size_t next)
{
    size_t start = r->run, length = end - start;
    r->run = next;
    if (length < SHORTEST || length < r->groups[r->depth].best.shortest)
        return;
    qc_need *need = qc_arena_take(r->arena, sizeof *need);
    char *word = qc_arena_copy(r->arena, r->text + start, length);
    if (!need || !word) {
        r->failed = true;
        return;
    }
    for (size_t i = 0; i < length; i++)
        word[i] |= word[i] >= 'A' && word[i] <= 'Z' ? 0x20 : 0;
    *need = (qc_need){NULL, word, length};
    consider(&r->groups[r->depth], (set){need, need, 1, length});
}

/* The length of {n}, {n,}, {n,m}, and of {,m} and { n, m }, which some PCRE2 take for quantifiers and others for
 * themselves: to pass over them is right for both. 0 for other braces. */
static size_t measure_braces(const reading *r, bool *optional)
{
    size_t i = 1;
    *optional = true;
    for (; (unsigned)peek(r, i) - '0' < 10; i++)
        *optional = *optional && peek(r, i) == '0';
    *optional = *optional || (peek(r, i) != ',' && peek(r, i) != '}');
    while (peek(r, i) && strchr("0123456789, \t", peek(r, i)))
        i++;
    return peek(r, i) == '}' ? i + 1 : 0;
}

/* Moves over a quantifier, if one stands here; whether what it follows may be absent. */
static bool skip_quantifier(reading *r)
{
    char c = peek(r, 0);
    bool optional = c == '*' || c == '?';
    size_t size = c == '*' || c == '+' || c == '?';
    if (c == '{')
        size = measure_braces(r, &optional);
    if (!size)
        return false;
    r->at += size;
    if (peek(r, 0) == '?' || peek(r, 0) == '+')
        r->at++;
    return optional;
}

/* Moves over something that is no letter, `size` bytes long. */
static void skip(reading *r, size_t size)
{
    end_run(r, r->at, r->at);
    r->at += size;
    skip_quantifier(r);
    r->run = r->at;
}

static void read_letter(reading *r)
{
    size_t letter = r->at++, behind = r->at;
    bool optional = skip_quantifier(r);
    if (r->at != behind) /* repeated or optional: nothing is known to stand right behind it */
        end_run(r, optional ? letter : behind, r->at);
}

/* Moves over a character class: `]` is plain at its start, and [:alpha:] is one of its members. */
static void skip_class(reading *r)
{
    size_t i = 1;
    i += peek(r, i) == '^';
    i += peek(r, i) == ']';
    for (; r->at + i < r->length && peek(r, i) != ']'; i++) {
        char kind = peek(r, i) == '[' ? peek(r, i + 1) : '\0';
        if (peek(r, i) == '\\') {
            i++;
        } else if (kind == ':' || kind == '.' || kind == '=') {
            size_t end = i + 2;
            while (r->at + end < r->length && !(peek(r, end) == kind && peek(r, end + 1) == ']') && peek(r, end) != ']')
                end++;
            i = peek(r, end) == kind ? end + 1 : i;
        }
    }
    skip(r, i + 1);
}

/* False at an escape this reader does not know. */
static bool read_escape(reading *r)
{
    char c = peek(r, 1);
    if (c == 'p' || c == 'P') {
        const char *end = peek(r, 2) == '{' ? memchr(r->text + r->at, '}', r->length - r->at) : r->text + r->at + 2;
        if (!end)
            return false;
        skip(r, (size_t)(end - r->text) - r->at + 1);
        return true;
    }
    bool known = c && (strchr("bBAZzdDwWsSvVhHRnrtf", c) || ((unsigned char)c < 0x80 && !is_letter(c)));
    if (known)
        skip(r, 2);
    return known;
}

/* False at a group this reader does not know. */
static bool open_group(reading *r)
{
    static const struct {
        const char *opening;
        bool assertion;
    } kinds[] = {{"(?:", false}, {"(?>", false}, {"(?=", true}, {"(?!", true}, {"(?<=", true}, {"(?<!", true}, {"(", false}};
    size_t kind = 0;
    while (strncmp(r->text + r->at, kinds[kind].opening, strlen(kinds[kind].opening)) != 0)
        kind++;
    size_t size = strlen(kinds[kind].opening);
    if (r->depth + 1 == DEEPEST || (size == 1 && (peek(r, 1) == '?' || peek(r, 1) == '*')))
        return false;
    end_run(r, r->at, r->at + size);
    r->groups[++r->depth] = (group){.assertion = kinds[kind].assertion};
    r->at += size;
    return true;
}

static void end_alternative(reading *r)
{
    group *g = &r->groups[r->depth];
    end_run(r, r->at, r->at + 1);
    set *all = &g->all, *best = &g->best;
    if (!best->count || all->count + best->count > MOST) {
        g->unknown = true;
    } else if (!all->count) {
        *all = *best;
    } else {
        all->last->next = best->first;
        all->last = best->last;
        all->count += best->count;
        all->shortest = best->shortest < all->shortest ? best->shortest : all->shortest;
    }
    g->best = (set){NULL, NULL, 0, 0};
}

static bool close_group(reading *r)
{
    if (!r->depth)
        return false;
    end_alternative(r);
    group done = r->groups[r->depth--];
    r->at++;
    bool optional = skip_quantifier(r);
    r->run = r->at;
    if (!optional && !done.assertion && !done.unknown)
        consider(&r->groups[r->depth], done.all);
    return true;
}

static bool read_item(reading *r)
{
    char c = peek(r, 0);
    if (is_letter(c)) {
        read_letter(r);
        return true;
    }
    switch (c) {
    case '\\': return read_escape(r);
    case '[': skip_class(r); return true;
    case '(': return open_group(r);
    case ')': return close_group(r);
    case '|':
        end_alternative(r);
        r->at++;
        return true;
    default: skip(r, 1); return true;
    }
}

bool qc_needs_of(const char *pattern, size_t length, qc_arena *arena, const qc_need **needs)
{
    reading r = {.text = pattern, .length = length, .arena = arena};
    *needs = NULL;
    while (r.at < r.length && !r.failed)
        if (!read_item(&r))
            return true;
    end_alternative(&r);
    if (!r.failed && !r.groups[0].unknown)
        *needs = r.groups[0].all.first;
    return !r.failed;
}
