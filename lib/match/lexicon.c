/* The lexicon: two tries of what terms begin with, and the scan that walks them. */
#include "match/lexicon.h"
#include "base/utf8.h"
#include "text/words.h"

#include <stdlib.h>

/* So few terms are compared one by one rather than told apart by a further node. */
enum { FEW = 2 };

typedef struct qc_entry {
    qc_term term;
    uint32_t key, key_end; /* the plain bytes that the trie knows: the first run of the term without a wildcard */
    uint32_t owner, owners;
} entry;

typedef struct qc_node {
    uint32_t first, count;    /* the entries whose key ends here, or all below here when they are few */
    uint32_t child, children; /* in the order of their labels */
} node;

static size_t wildcards_of(qc_term term)
{
    size_t i = 0;
    while (i < term.length && qc_is_wildcard(term.text[i]))
        i++;
    return i;
}

/* 0: begins plainly, 1: begins with a wildcard, 2: nothing but wildcards. */
static int kind_of(qc_term term)
{
    size_t wild = wildcards_of(term);
    return !wild ? 0 : wild < term.length ? 1 : 2;
}

/* The first run of plain bytes. */
static qc_term key_of(qc_term term)
{
    size_t start = wildcards_of(term), end = start;
    while (end < term.length && !qc_is_wildcard(term.text[end]))
        end++;
    return (qc_term){term.text + start, end - start};
}

/* The kind and the first bytes of the key, in one number that orders as they do. */
static uint64_t order_of(qc_term term)
{
    enum { BYTES = 7 };
    uint64_t order = (uint64_t)kind_of(term);
    qc_term key = key_of(term);
    for (size_t i = 0; i < BYTES; i++)
        order = order << 8 | (i < key.length ? key.text[i] : 0);
    return order;
}

/* By kind, then key, then the whole term, then owner. */
static int compare_wanted(const void *a, const void *b)
{
    const qc_wanted *one = a, *two = b;
    if (one->order != two->order)
        return one->order < two->order ? -1 : 1;
    int difference = qc_term_compare(key_of(one->term), key_of(two->term));
    if (!difference)
        difference = qc_term_compare(one->term, two->term);
    return difference ? difference : (one->owner > two->owner) - (one->owner < two->owner);
}

/* Fills the entries from sorted terms; the same term of several owners is one entry. */
static size_t fill_entries(qc_lexicon *lexicon, const qc_wanted *wanted, size_t count)
{
    size_t used = 0, owners = 0;
    size_t *const counts[] = {&lexicon->fixed_count, &lexicon->loose_count, &lexicon->wild_count};
    for (size_t i = 0; i < count; i++) {
        qc_term term = wanted[i].term;
        entry *last = used ? &lexicon->entries[used - 1] : NULL;
        if (!last || qc_term_compare(last->term, term)) {
            qc_term key = key_of(term);
            size_t start = (size_t)(key.text - term.text);
            last = &lexicon->entries[used++];
            *last = (entry){term, (uint32_t)start, (uint32_t)(start + key.length), (uint32_t)owners, 0};
            ++*counts[kind_of(term)];
        }
        if (last->owners && lexicon->owners[owners - 1] == wanted[i].owner)
            continue;
        lexicon->owners[owners++] = wanted[i].owner;
        last->owners++;
    }
    return used;
}

static size_t key_length(const entry *e)
{
    return e->key_end - e->key;
}

static unsigned char key_byte(const entry *e, size_t depth)
{
    return e->term.text[e->key + depth];
}

/* A node that is being made, and what is left to split there: entries [low, high) share their first `depth` bytes of key. */
typedef struct branch {
    size_t low, high, depth;
    node made;
    unsigned char label;
} branch;

typedef struct branches {
    const qcode_memory *memory;
    branch *at;
    size_t count, capacity;
} branches;

/* Adds the nodes below node `at`: one for each next byte. */
static bool split(const entry *entries, branches *all, size_t at)
{
    branch b = all->at[at];
    size_t low = b.low;
    while (low < b.high && key_length(&entries[low]) == b.depth)
        low++;
    if (b.high - low <= FEW)
        low = b.high;
    node made = {.first = (uint32_t)b.low, .count = (uint32_t)(low - b.low), .child = (uint32_t)all->count};
    for (size_t high; low < b.high; low = high) {
        unsigned char label = key_byte(&entries[low], b.depth);
        for (high = low + 1; high < b.high && key_byte(&entries[high], b.depth) == label;)
            high++;
        if (!qc_grow(all->memory, &all->at, &all->capacity, all->count + 1, sizeof *all->at))
            return false;
        all->at[all->count++] = (branch){.low = low, .high = high, .depth = b.depth + 1, .label = label};
        made.children++;
    }
    all->at[at].made = made;
    return true;
}

static void add_pairs(qc_trie *trie, const entry *e)
{
    size_t first = key_byte(e, 0), from = 0, to = 255;
    if (key_length(e) > 1 && first != ' ')
        from = to = key_byte(e, 1);
    for (size_t second = from; second <= to; second++)
        trie->pairs[(first << 8 | second) / 64] |= (uint64_t)1 << second % 64;
}

static bool keep_nodes(qc_trie *trie, const branches *all, qc_arena *arena)
{
    trie->nodes = qc_arena_take_array(arena, all->count, sizeof *trie->nodes);
    trie->labels = qc_arena_take(arena, all->count);
    for (size_t i = 0; trie->nodes && trie->labels && i < all->count; i++) {
        trie->nodes[i] = all->at[i].made;
        trie->labels[i] = all->at[i].label;
    }
    return trie->nodes && trie->labels;
}

static bool build_trie(qc_trie *trie, const entry *entries, size_t low, size_t high, qc_arena *arena)
{
    if (low == high)
        return true;
    branches all = {.memory = arena->memory};
    bool done = qc_grow(all.memory, &all.at, &all.capacity, 1, sizeof *all.at);
    if (done)
        all.at[all.count++] = (branch){.low = low, .high = high};
    for (size_t at = 0; done && at < all.count; at++)
        done = split(entries, &all, at);
    done = done && keep_nodes(trie, &all, arena);
    for (size_t i = low; done && i < high; i++)
        add_pairs(trie, &entries[i]);
    qc_release(all.memory, all.at);
    return done;
}

bool qc_lexicon_build(qc_lexicon *lexicon, qc_arena *arena, qc_wanted *wanted, size_t count)
{
    *lexicon = (qc_lexicon){.entries = NULL};
    if (!count)
        return true;
    for (size_t i = 0; i < count; i++)
        wanted[i].order = order_of(wanted[i].term);
    qsort(wanted, count, sizeof *wanted, compare_wanted);
    lexicon->entries = qc_arena_take_array(arena, count, sizeof *lexicon->entries);
    lexicon->owners = qc_arena_take_array(arena, count, sizeof *lexicon->owners);
    if (!lexicon->entries || !lexicon->owners)
        return false;
    fill_entries(lexicon, wanted, count);
    size_t fixed = lexicon->fixed_count, loose = fixed + lexicon->loose_count;
    return build_trie(&lexicon->fixed, lexicon->entries, 0, fixed, arena) &&
           build_trie(&lexicon->loose, lexicon->entries, fixed, loose, arena);
}

bool qc_lexicon_scratch_init(qc_lexicon_scratch *scratch, const qc_lexicon *lexicon, const qcode_memory *memory)
{
    *scratch = (qc_lexicon_scratch){.memory = memory, .base = 1};
    if (!lexicon->loose_count)
        return true;
    scratch->tried = qc_resize(memory, NULL, lexicon->loose_count * sizeof *scratch->tried);
    if (scratch->tried)
        memset(scratch->tried, 0, lexicon->loose_count * sizeof *scratch->tried);
    return scratch->tried;
}

void qc_lexicon_scratch_clear(qc_lexicon_scratch *scratch)
{
    qc_release(scratch->memory, scratch->tried);
    scratch->tried = NULL;
}

/* One scan, so that its parts need not hand everything on. */
typedef struct scan {
    const qc_lexicon *lexicon;
    qc_lexicon_scratch *scratch;
    const char *text;
    size_t length;
    qc_lexicon_found *found;
    void *user;
} scan;

/* Whether the plain part of a term that begins with wildcards may stand at `at`; a space stands for many. */
static bool has_key(const scan *s, const entry *e, size_t at)
{
    const char *key = (const char *)e->term.text + e->key;
    size_t length = key_length(e);
    return (s->length - at >= length && memcmp(s->text + at, key, length) == 0) || memchr(key, ' ', length);
}

/* A term that begins with wildcards is tried once at a place, wherever its plain part stands. */
static bool is_tried(const scan *s, size_t loose, size_t start)
{
    uint64_t *tried = &s->scratch->tried[loose], stamp = s->scratch->base + start;
    bool before = *tried == stamp;
    *tried = stamp;
    return before;
}

/* Compares entries [first, first + count) with the text at `start`; the plain part that led here stands at `at`. */
static bool verify(const scan *s, size_t first, size_t count, size_t start, size_t at)
{
    const qc_lexicon *lexicon = s->lexicon;
    for (size_t i = first; i < first + count; i++) {
        const entry *e = &lexicon->entries[i];
        size_t end, loose = i - lexicon->fixed_count;
        bool is_loose = i >= lexicon->fixed_count && loose < lexicon->loose_count;
        if ((is_loose && (!has_key(s, e, at) || is_tried(s, loose, start))) ||
            !qc_term_at(&e->term, s->text, s->length, start, &end))
            continue;
        for (size_t k = 0; k < e->owners; k++)
            if (!s->found(s->user, lexicon->owners[e->owner + k], start, end))
                return false;
    }
    return true;
}

/* The child of `n` for a byte, or 0. */
static size_t child_of(const qc_trie *trie, const node *n, unsigned char byte)
{
    const unsigned char *labels = trie->labels + n->child;
    size_t low = 0, high = n->children;
    while (high - low > 8) {
        size_t middle = low + (high - low) / 2;
        if (labels[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    for (; low < high; low++)
        if (labels[low] == byte)
            return n->child + low;
    return 0;
}

/* Follows the text from `at` down the trie; what the nodes on the way hold is compared at `start`. */
static bool walk(const scan *s, const qc_trie *trie, size_t at, size_t start)
{
    const node *n = trie->nodes;
    for (size_t from = at;;) {
        if (n->count && !verify(s, n->first, n->count, start, from))
            return false;
        size_t child = at < s->length ? child_of(trie, n, (unsigned char)s->text[at]) : 0;
        if (!child)
            return true;
        n = &trie->nodes[child];
        if (s->text[at++] == ' ')
            while (at < s->length && s->text[at] == ' ')
                at++;
    }
}

static bool may_begin(const qc_trie *trie, const scan *s, size_t at)
{
    size_t first = (unsigned char)s->text[at], second = at + 1 < s->length ? (unsigned char)s->text[at + 1] : 0;
    return trie->pairs[(first << 8 | second) / 64] >> second % 64 & 1;
}

/* The character at `at`: whether it is a word's, and where it ends. */
static bool is_word_at(const scan *s, size_t at, size_t *next)
{
    unsigned char byte = (unsigned char)s->text[at];
    if (byte >= 0x80) {
        *next = at;
        return qc_is_word(qc_utf8_next(s->text, s->length, next));
    }
    *next = at + 1;
    return (unsigned)(byte | 0x20) - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '_';
}

/* Where terms may begin in the word being scanned: at its start, and (the Arabic "and" written on to it) behind its first
 * character. */
typedef struct word {
    size_t start, second; /* SIZE_MAX: there is none */
} word;

/* Tries the terms that begin with wildcards where the plain part of one begins at `at`. */
static bool walk_loose(const scan *s, size_t at, bool inside, const word *w)
{
    if (!may_begin(&s->lexicon->loose, s, at) || (s->text[at] == ' ' && at && s->text[at - 1] == ' '))
        return true;
    if (!inside)
        return walk(s, &s->lexicon->loose, at, at);
    return walk(s, &s->lexicon->loose, at, w->start) &&
           (w->second == SIZE_MAX || walk(s, &s->lexicon->loose, at, w->second));
}

bool qc_lexicon_scan(const qc_lexicon *lexicon, qc_lexicon_scratch *scratch, const char *text, size_t length,
                     qc_lexicon_found *found, void *user)
{
    const scan s = {lexicon, scratch, text, length, found, user};
    const size_t wild = lexicon->fixed_count + lexicon->loose_count;
    bool done = true, inside = false; /* inside: a word character ends here */
    word w = {0, SIZE_MAX};
    size_t behind_first = SIZE_MAX; /* the word's first character */
    for (size_t at = 0, next; at < length && done; at = next) {
        bool is_word = is_word_at(&s, at, &next), edge = !(is_word && inside);
        if (is_word && edge) {
            w = (word){at, SIZE_MAX};
            behind_first = next;
        } else if (is_word && at == behind_first && (unsigned char)text[at] >= 0x80 && qc_word_edge_before(text, at)) {
            w.second = at;
            edge = true;
        }
        if (is_word && edge && lexicon->wild_count)
            done = verify(&s, wild, lexicon->wild_count, at, at);
        if (done && edge && lexicon->fixed_count && may_begin(&lexicon->fixed, &s, at))
            done = walk(&s, &lexicon->fixed, at, at);
        if (done && lexicon->loose_count)
            done = walk_loose(&s, at, inside, &w);
        inside = is_word;
    }
    scratch->base += length + 1;
    return done;
}
