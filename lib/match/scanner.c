/* The scanner: a bitmap of what words begin with, then the words by the hash of their first bytes, then their bytes. */
#include "match/scanner.h"

#include <stdlib.h>
#include <string.h>

/* A sought word, once. */
typedef struct qc_spelling {
    uint64_t first, mask; /* its first eight bytes, and which of them there are */
    const char *text;
    uint32_t length;
    uint32_t target, target_count;
    uint32_t next; /* with the same hash, + 1; 0: none */
} spelling;

/* The words of some lengths, by the hash of as many bytes as all of them have. */
typedef struct qc_drawer {
    uint64_t mask;
    unsigned shift;
    uint32_t *first; /* + 1; 0: none */
} drawer;

static const struct {
    size_t least; /* this long or longer, up to the next */
} sizes[] = {{1}, {2}, {3}, {4}, {6}, {8}};

enum { SIZES = sizeof sizes / sizeof *sizes, KIND_BITS = 13 };

static uint64_t first_bytes(const char *text)
{
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

/* The first `size` bytes as they come from memory. */
static uint64_t mask_of(size_t size)
{
    char bytes[8] = {0};
    memset(bytes, 0xFF, size < sizeof bytes ? size : sizeof bytes);
    return first_bytes(bytes);
}

static uint32_t hash4(uint64_t bytes, unsigned shift)
{
    return (uint32_t)((bytes & 0xFFFFFFFF) * 0x9E3779B1u) >> shift;
}

static uint32_t hash8(uint64_t bytes, unsigned shift)
{
    return (uint32_t)(bytes * 0x9E3779B97F4A7C15u >> shift);
}

/* The first four bytes as a number, whatever the order of bytes is. */
static uint32_t four(const char *text)
{
    uint32_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

static uint32_t pair(const char *text)
{
    return (uint32_t)(unsigned char)text[0] << 8 | (unsigned char)text[1];
}

static void set_bit(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= (uint64_t)1 << at % 64;
}

static bool has_bit(const uint64_t *bits, uint32_t at)
{
    return bits[at / 64] >> at % 64 & 1;
}

/* The low bits of the product would depend on few bits of the bytes; these are below those that the bitmap goes by. */
static uint32_t kind_of(uint64_t bytes)
{
    return (uint32_t)((bytes & 0xFFFFFFFF) * 0x9E3779B1u) >> 10 & ((1 << KIND_BITS) - 1);
}

static size_t size_of(size_t length)
{
    size_t size = SIZES - 1;
    while (sizes[size].least > length)
        size--;
    return size;
}

static int compare_sought(const void *a, const void *b)
{
    const qc_sought *one = a, *two = b;
    size_t size = one->literal.length < two->literal.length ? one->literal.length : two->literal.length;
    int by = memcmp(one->literal.text, two->literal.text, size);
    by = by ? by : (one->literal.length > two->literal.length) - (one->literal.length < two->literal.length);
    return by ? by : (one->target > two->target) - (one->target < two->target);
}

/* Notes what a word begins with. One of less than three bytes is found by its first two, or any two that begin with its one. */
static void mark(qc_scanner *scanner, const spelling *s)
{
    scanner->others |= (unsigned char)s->text[0] >= 0x80;
    if (s->length >= 3) {
        set_bit(scanner->bits, hash4(s->length > 3 ? four(s->text) : (uint32_t)s->first, scanner->shift));
    } else if (s->length > 1) {
        set_bit(scanner->pairs, pair(s->text));
    } else {
        for (uint32_t second = 0; second < 256; second++)
            set_bit(scanner->pairs, (uint32_t)(unsigned char)s->text[0] << 8 | second);
    }
}

/* Fills the list of different words from sorted ones. */
static void spell(qc_scanner *scanner, const qc_sought *sought, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        qc_literal word = sought[i].literal;
        spelling *last = scanner->count ? &scanner->spellings[scanner->count - 1] : NULL;
        word.length = word.length < QC_LONGEST_SOUGHT ? word.length : QC_LONGEST_SOUGHT;
        scanner->targets[i] = sought[i].target;
        if (last && last->length == word.length && memcmp(last->text, word.text, word.length) == 0) {
            last->target_count++;
            continue;
        }
        char bytes[8] = {0};
        memcpy(bytes, word.text, word.length < sizeof bytes ? word.length : sizeof bytes);
        scanner->spellings[scanner->count++] = (spelling){.first = first_bytes(bytes),
                                                          .mask = mask_of(word.length),
                                                          .text = word.text,
                                                          .length = (uint32_t)word.length,
                                                          .target = (uint32_t)i,
                                                          .target_count = 1};
    }
}

/* Puts the words of one size into a drawer, if there are any. */
static bool fill_drawer(qc_scanner *scanner, qc_arena *arena, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < scanner->count; i++)
        count += size_of(scanner->spellings[i].length) == size;
    if (!count)
        return true;
    drawer *d = &scanner->drawers[scanner->drawer_count++];
    unsigned bits = 4;
    while (bits < 24 && (size_t)1 << bits < 4 * count)
        bits++;
    uint8_t bit = (uint8_t)(1 << (d - scanner->drawers));
    *d = (drawer){mask_of(sizes[size].least), 64 - bits, qc_arena_take_array(arena, (size_t)1 << bits, sizeof *d->first)};
    for (size_t i = 0; d->first && i < scanner->count; i++) {
        spelling *s = &scanner->spellings[i];
        if (size_of(s->length) != size)
            continue;
        uint32_t *first = &d->first[hash8(s->first & d->mask, d->shift)];
        s->next = *first;
        *first = (uint32_t)i + 1;
        if (s->length >= 3)
            scanner->kinds[kind_of(s->length > 3 ? four(s->text) : s->first)] |= bit;
        else
            scanner->short_drawers |= bit;
    }
    return d->first;
}

bool qc_scanner_build(qc_scanner *scanner, qc_arena *arena, qc_sought *sought, size_t count)
{
    *scanner = (qc_scanner){.bits = NULL};
    if (!count)
        return true;
    qsort(sought, count, sizeof *sought, compare_sought);
    unsigned bits = 17; /* 16 KiB: half of the quickest memory */
    while (bits < 20 && (size_t)1 << bits < 16 * count)
        bits++;
    scanner->shift = 32 - bits;
    scanner->three = four("\xFF\xFF\xFF");
    scanner->bits = qc_arena_take_array(arena, ((size_t)1 << bits) / 64, sizeof *scanner->bits);
    scanner->spellings = qc_arena_take_array(arena, count, sizeof *scanner->spellings);
    scanner->targets = qc_arena_take_array(arena, count, sizeof *scanner->targets);
    scanner->drawers = qc_arena_take_array(arena, SIZES, sizeof *scanner->drawers);
    scanner->kinds = qc_arena_take_array(arena, (size_t)1 << KIND_BITS, sizeof *scanner->kinds);
    if (!scanner->bits || !scanner->kinds || !scanner->spellings || !scanner->targets || !scanner->drawers)
        return false;
    spell(scanner, sought, count);
    bool is_short = false;
    for (size_t i = 0; i < scanner->count; i++) {
        is_short |= scanner->spellings[i].length < 3;
        scanner->threes |= scanner->spellings[i].length == 3;
    }
    if (is_short && !(scanner->pairs = qc_arena_take_array(arena, 65536 / 64, sizeof *scanner->pairs)))
        return false;
    for (size_t i = 0; i < scanner->count; i++)
        mark(scanner, &scanner->spellings[i]);
    for (size_t size = 0; size < SIZES; size++)
        if (!fill_drawer(scanner, arena, size))
            return false;
    return true;
}

/* Lists the places of a block that pass the bitmaps. Without a branch on what they say: that could not be foretold. */
static inline size_t list_places(const qc_scanner *scanner, const char *text, uint64_t starts, size_t block, bool threes, bool pairs,
                          uint32_t *places)
{
    size_t count = 0;
    const uint64_t *bits = scanner->bits;
    const unsigned shift = scanner->shift;
    const uint32_t three = scanner->three;
    for (; starts; starts &= starts - 1) {
        size_t at = block + (size_t)__builtin_ctzll(starts);
        uint32_t bytes = four(text + at);
        bool in = has_bit(bits, hash4(bytes, shift));
        if (threes)
            in |= has_bit(bits, hash4(bytes & three, shift));
        if (pairs)
            in |= has_bit(scanner->pairs, pair(text + at));
        places[count] = (uint32_t)at;
        count += in;
    }
    return count;
}

/* The places of characters from U+0080 on: their first bytes. */
static uint64_t first_of_others(const char *text, uint64_t others)
{
    uint64_t firsts = 0;
    for (; others; others &= others - 1) {
        int at = __builtin_ctzll(others);
        firsts |= (uint64_t)((unsigned char)text[at] >= 0xC0) << at;
    }
    return firsts;
}

static size_t list_all_places(const qc_scanner *scanner, const qc_glance *view, uint32_t *places)
{
    size_t count = 0;
    bool pairs = scanner->pairs, threes = scanner->threes, with_others = scanner->others && view->has_others;
    for (size_t block = 0; block * QC_BLOCK < view->length; block++) {
        uint64_t starts = view->starts[block];
        if (with_others)
            starts |= first_of_others(view->text + block * QC_BLOCK, view->others[block]);
        count += pairs    ? list_places(scanner, view->text, starts, block * QC_BLOCK, true, true, places + count)
                 : threes ? list_places(scanner, view->text, starts, block * QC_BLOCK, true, false, places + count)
                          : list_places(scanner, view->text, starts, block * QC_BLOCK, false, false, places + count);
    }
    return count;
}

static bool tell(const qc_scanner *scanner, const spelling *s, size_t at, qc_scanner_found *found, void *user)
{
    for (uint32_t i = 0; i < s->target_count; i++)
        if (!found(user, scanner->targets[s->target + i], at))
            return false;
    return true;
}

/* Looks the words up that may stand at `at`; behind the text are zeros, which no word has. */
static bool look_up(const qc_scanner *scanner, const qc_glance *view, size_t at, qc_scanner_found *found, void *user)
{
    const char *text = view->text + at;
    uint64_t bytes = first_bytes(text);
    unsigned drawers = scanner->kinds[kind_of(four(text))];
    if (scanner->threes)
        drawers |= scanner->kinds[kind_of(four(text) & scanner->three)];
    if (scanner->pairs && has_bit(scanner->pairs, pair(text)))
        drawers |= scanner->short_drawers;
    for (; drawers; drawers &= drawers - 1) {
        const drawer *d = &scanner->drawers[__builtin_ctz(drawers)];
        for (uint32_t next = d->first[hash8(bytes & d->mask, d->shift)]; next;) {
            const spelling *s = &scanner->spellings[next - 1];
            next = s->next;
            if ((bytes & s->mask) == s->first &&
                (s->length <= 8 || (view->length - at >= s->length && memcmp(text + 8, s->text + 8, s->length - 8) == 0)) &&
                !tell(scanner, s, at, found, user))
                return false;
        }
    }
    return true;
}

bool qc_scanner_run(const qc_scanner *scanner, const qc_glance *view, uint32_t *places, qc_scanner_found *found, void *user)
{
    if (!scanner->count)
        return true;
    size_t count = list_all_places(scanner, view, places);
    for (size_t i = 0; i < count; i++)
        if (!look_up(scanner, view, places[i], found, user))
            return false;
    return true;
}
