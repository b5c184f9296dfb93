/* From a pattern to pieces, group by group, and from these to the words to look for. */
#include "match/anchors.h"
#include "match/pieces.h"

#include <string.h>

enum { MOST_PIECES = 256, DEEPEST = 32, MOST_LETTERS = 8 };

/* A group being read. */
typedef struct group {
    size_t first;   /* of the alternative being read, its first piece */
    qc_piece before; /* the alternatives before it, as one piece */
    bool any;
    bool assertion; /* a lookaround: what is in it says nothing here */
} group;

typedef struct reading {
    const char *text;
    size_t length, at;
    qc_piece pieces[MOST_PIECES];
    size_t count;
    group groups[DEEPEST];
    size_t depth;
    const qc_frequencies *language;
    qc_arena *arena;
    bool failed; /* memory ran out */
} reading;

static bool is_word(char c)
{
    return (unsigned)(c | 0x20) - 'a' < 26 || (unsigned)c - '0' < 10 || c == '_';
}

static bool is_digit(char c)
{
    return (unsigned)c - '0' < 10;
}

static char peek(const reading *r, size_t more)
{
    return r->at + more < r->length ? r->text[r->at + more] : '\0';
}

/* The characters that a piece of one character can be. */
typedef struct characters {
    bool words, others;         /* word characters (all of Unicode's, and what is no ASCII at all), others */
    bool ascii;                 /* the others are surely no letters in disguise (such as U+212A or full width) */
    char letters[MOST_LETTERS]; /* where they are few and of ASCII: as a glance has them */
    size_t letter_count;
} characters;

static const characters any_character = {.words = true, .others = true};

/* Reads {n}, {n,} or {n,m}; 0 for other braces. */
static size_t read_braces(const reading *r, size_t *least, size_t *most)
{
    size_t i = 1, *const numbers[] = {least, most};
    for (int k = 0; k < 2; k++) {
        size_t digits = 0;
        for (*numbers[k] = 0; is_digit(peek(r, i)) && digits < 6; digits++)
            *numbers[k] = *numbers[k] * 10 + (size_t)(peek(r, i++) - '0');
        if (k == 0 && !digits)
            return 0;
        if (k == 1 && !digits)
            *most = SIZE_MAX;
        if (k == 0 && peek(r, i) == '}') {
            *most = *least;
            return i + 1;
        }
        if (peek(r, i) != (k ? '}' : ','))
            return 0;
        i++;
    }
    return i;
}

/* Moves over a quantifier, if one stands here. False at one that is not known. */
static bool read_quantifier(reading *r, size_t *least, size_t *most)
{
    char c = peek(r, 0);
    size_t size = c == '*' || c == '+' || c == '?';
    *least = c != '*' && c != '?';
    *most = c == '*' || c == '+' ? SIZE_MAX : 1;
    if (c == '{' && !(size = read_braces(r, least, most)))
        return false;
    r->at += size;
    if (size && (peek(r, 0) == '?' || peek(r, 0) == '+'))
        r->at++;
    return true;
}

/* Adds a piece with the quantifier behind it. False when it cannot be read. */
static bool add_piece(reading *r, qc_piece piece, bool is_group)
{
    size_t least, most;
    if (r->count == MOST_PIECES || !read_quantifier(r, &least, &most))
        return false;
    if (!least) {
        piece.optional = true;
        piece.edge = piece.begins_edge = false;
    }
    if (most > 1) {
        piece.begins.exact = false;
        bool one_run = !is_group && piece.ends_apart; /* of others than word characters: one end of a word */
        if (piece.words && !one_run)
            piece.words = most < QC_MANY_WORDS && piece.words * most < QC_MANY_WORDS ? piece.words * most : QC_MANY_WORDS;
    }
    r->pieces[r->count++] = piece;
    return true;
}

static bool add_zero(reading *r, bool edge, bool bars_edge)
{
    return add_piece(r, (qc_piece){.zero = true, .edge = edge, .bars_edge = bars_edge, .optional = true}, false);
}

static bool add_characters(reading *r, const characters *c)
{
    qc_piece piece = {.words = c->others, .ends_apart = c->others && !c->words && c->ascii};
    if (c->letter_count) {
        qc_literal *list = qc_arena_take_array(r->arena, c->letter_count, sizeof *list);
        const char *copy = list ? qc_arena_copy(r->arena, c->letters, c->letter_count) : NULL;
        if (!copy) {
            r->failed = true;
            return false;
        }
        for (size_t i = 0; i < c->letter_count; i++)
            list[i] = (qc_literal){copy + i, 1};
        piece.begins = (qc_beginnings){list, c->letter_count, true};
    }
    return add_piece(r, piece, false);
}

/* Takes one written character into a class. */
static void take_character(characters *c, char byte, bool *few)
{
    if ((unsigned char)byte >= 0x80) { /* may be a letter, may be none, and may have a small letter of ASCII */
        c->words = c->others = true;
        c->ascii = *few = false;
    } else {
        c->words |= is_word(byte);
        c->others |= !is_word(byte);
        *few = *few && c->letter_count < MOST_LETTERS;
        if (*few)
            c->letters[c->letter_count++] = byte >= 'A' && byte <= 'Z'     ? (char)(byte | 0x20)
                                            : byte >= '\t' && byte <= '\r' ? ' '
                                                                           : byte;
    }
}

/* Takes what an escape stands for into a class, or makes a piece of it. False for one that is not known. */
static bool take_escape(characters *c, char letter, bool *few)
{
    if (letter && strchr("wd", letter)) {
        c->words = true;
        *few = false;
    } else if (letter && strchr("shvnrtf", letter)) {
        take_character(c, ' ', few); /* as all white space is in a glance */
    } else if (letter == 'W') {
        c->others = true;
        *few = false;
    } else if (letter && strchr("SDVHpP", letter)) {
        c->words = c->others = true;
        c->ascii = *few = false;
    } else if (letter && (unsigned char)letter < 0x80 && !is_word(letter)) {
        take_character(c, letter, few);
    } else {
        return false;
    }
    return true;
}

/* The size of \p{..} or \pL behind the backslash, 1 of other escapes; 0 when it does not end. */
static size_t measure_escape(const reading *r, size_t at)
{
    char c = peek(r, at);
    if (c != 'p' && c != 'P')
        return 1;
    if (peek(r, at + 1) != '{')
        return 2;
    size_t end = at + 2;
    while (r->at + end < r->length && peek(r, end) != '}')
        end++;
    return peek(r, end) == '}' ? end + 1 - at : 0;
}

/* Reads a class. Ranges and names in it are for any character; so is what is not in the class. */
static bool read_class(reading *r)
{
    characters c = {.ascii = true};
    bool few = true, negated = peek(r, 1) == '^';
    size_t i = 1 + negated, first = i;
    for (; r->at + i < r->length && (peek(r, i) != ']' || i == first); i++) {
        if (peek(r, i) == '[' || (peek(r, i) == '-' && i > first && peek(r, i + 1) != ']')) {
            if (peek(r, i) == '[' && strchr(":.=", peek(r, i + 1)))
                return false;
            if (peek(r, i) == '-' && peek(r, i + 1) == '\\')
                return false;
            if (peek(r, i) == '-') { /* a range, or the sign itself behind an escape: anything */
                c.words = c.others = true;
                c.ascii = few = false;
                continue;
            }
        }
        if (peek(r, i) == '\\') {
            size_t size = measure_escape(r, i + 1);
            if (!size || !take_escape(&c, peek(r, i + 1), &few))
                return false;
            i += size;
        } else {
            take_character(&c, peek(r, i), &few);
        }
    }
    r->at += i + 1;
    if (negated)
        c = any_character;
    if (!few || negated)
        c.letter_count = 0;
    return add_characters(r, &c);
}

static bool read_escape(reading *r)
{
    char letter = peek(r, 1);
    bool few = true;
    characters c = {.ascii = true};
    if (letter && strchr("bBAZz", letter)) {
        r->at += 2;
        return add_zero(r, letter == 'b' || letter == 'A', letter == 'B');
    }
    if (letter == 'R') { /* may be two characters */
        c.others = true;
        r->at += 2;
        return add_characters(r, &c);
    }
    size_t size = measure_escape(r, 1);
    if (!size || !take_escape(&c, letter, &few))
        return false;
    r->at += 1 + size;
    if (!few)
        c.letter_count = 0;
    return add_characters(r, &c);
}

/* A character that stands for itself. */
static bool read_character(reading *r)
{
    bool few = true;
    characters c = {.ascii = true};
    if ((unsigned char)peek(r, 0) >= 0x80) { /* no byte of ASCII, whatever it is */
        c.words = true;
        do
            r->at++;
        while (((unsigned char)peek(r, 0) & 0xC0) == 0x80);
    } else {
        take_character(&c, peek(r, 0), &few);
        r->at++;
    }
    return add_characters(r, &c);
}

/* False at a group that is not known. */
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
    r->groups[++r->depth] = (group){.first = r->count, .assertion = kinds[kind].assertion};
    r->at += size;
    return true;
}

static bool end_alternative(reading *r)
{
    group *g = &r->groups[r->depth];
    qc_piece joined, both;
    if (!qc_join_pieces(r->pieces + g->first, r->count - g->first, r->language, r->arena, &joined) ||
        (g->any && !qc_either_piece(&g->before, &joined, r->arena, &both))) {
        r->failed = true;
        return false;
    }
    g->before = g->any ? both : joined;
    g->any = true;
    r->count = g->first;
    return true;
}

static bool close_group(reading *r)
{
    if (!r->depth || !end_alternative(r))
        return false;
    const group done = r->groups[r->depth--];
    r->at++;
    return done.assertion ? add_zero(r, false, false) : add_piece(r, done.before, true);
}

/* False where the pattern is not known, or memory runs out. */
static bool read_item(reading *r)
{
    switch (peek(r, 0)) {
    case '\\': return read_escape(r);
    case '[': return read_class(r);
    case '(': return open_group(r);
    case ')': return close_group(r);
    case '|': r->at++; return end_alternative(r);
    case '^': r->at++; return add_zero(r, true, false);
    case '$': r->at++; return add_zero(r, false, false);
    case '.': r->at++; return add_characters(r, &any_character);
    default: return read_character(r);
    }
}

static const qc_literal *copy_words(const qc_beginnings *words, qc_arena *arena)
{
    qc_literal *list = qc_arena_take_array(arena, words->count, sizeof *list);
    for (size_t i = 0; list && i < words->count; i++) {
        const char *text = qc_arena_copy(arena, words->at[i].text, words->at[i].length);
        if (!text)
            return NULL;
        list[i] = (qc_literal){text, words->at[i].length};
    }
    return list;
}

static bool keep_choice(const qc_choice *choice, qc_arena *arena, qc_anchors *anchors)
{
    if (!choice->words.count)
        return true;
    *anchors = (qc_anchors){.at = copy_words(&choice->words, arena),
                            .count = choice->words.count,
                            .before = choice->before,
                            .second = copy_words(&choice->second, arena),
                            .second_count = choice->second.count,
                            .second_behind = choice->second_behind,
                            .second_reach = choice->second_reach};
    anchors->place = choice->starts                 ? QC_ANCHOR_STARTS
                     : choice->before < QC_FAR_AWAY ? QC_ANCHOR_INSIDE
                                                    : QC_ANCHOR_APART;
    return anchors->at && anchors->second;
}

bool qc_anchors_of(const char *pattern, size_t length, const qc_frequencies *language, qc_arena *arena, qc_anchors *anchors)
{
    qc_arena room = qc_arena_init(arena->memory);
    reading *r = qc_arena_take(&room, sizeof *r);
    bool known = r, failed = !r;
    *anchors = (qc_anchors){.at = NULL};
    if (r)
        *r = (reading){.text = pattern, .length = length, .language = language, .arena = &room};
    while (known && r->at < length)
        known = read_item(r);
    known = known && !r->depth && end_alternative(r);
    if (r && r->failed)
        failed = true;
    if (known && !failed)
        failed = !keep_choice(&r->groups[0].before.choice, arena, anchors);
    qc_arena_clear(&room);
    return !failed;
}
