/* A walk over a regex: its parts as a tree, children before their parents, and the loops in loops among them. */
#include "match/repeats.h"
#include "match/charset.h"

#include <string.h>

enum { MOST_NODES = 2000, MANY = 16, DEEPEST = 60 };

typedef struct node {
    enum { ONE, EMPTY, ASSERTION, SEQUENCE, CHOICE, LOOP } kind; /* ONE: a character */
    size_t parent, first; /* `first`: the node with which its subtree begins */
    size_t offset;
    qc_charset set;
    bool optional, many; /* LOOP: none will do; any number, or a great one */
    bool fixed;          /* what it took it never gives back: possessive or atomic */
} node;

typedef struct open_group {
    size_t choices, items; /* where the finished alternatives and the items of this one begin in `pending` */
    size_t offset;
    enum { PLAIN, ATOMIC, AROUND } kind;
} open_group;

typedef struct walk {
    const char *text;
    size_t length, at;
    bool caseless;
    const qcode_memory *memory;
    node *nodes;
    size_t *pending; /* nodes without a parent yet */
    bool *holds;     /* scratch, for each node */
    size_t count, pending_count;
    open_group groups[DEEPEST];
    size_t depth;
} walk;

#define NOWHERE SIZE_MAX

static char peek(const walk *w, size_t more)
{
    return w->at + more < w->length ? w->text[w->at + more] : '\0';
}

static bool begins(const walk *w, const char *with)
{
    size_t size = strlen(with);
    return w->length - w->at >= size && memcmp(w->text + w->at, with, size) == 0;
}

/* A node over what is pending from `from` on. */
static bool put(walk *w, node made, size_t from)
{
    if (w->count == MOST_NODES)
        return false;
    made.first = from < w->pending_count ? w->nodes[w->pending[from]].first : w->count;
    made.parent = NOWHERE;
    for (size_t i = from; i < w->pending_count; i++)
        w->nodes[w->pending[i]].parent = w->count;
    w->pending_count = from;
    w->pending[w->pending_count++] = w->count;
    w->nodes[w->count++] = made;
    return true;
}

static bool end_alternative(walk *w)
{
    open_group *g = &w->groups[w->depth];
    bool done = put(w, (node){.kind = g->items < w->pending_count ? SEQUENCE : EMPTY, .offset = g->offset}, g->items);
    g->items = w->pending_count;
    return done;
}

/* {n}, {n,} or {n,m} at `at`: its size, 0 when these braces are none. */
static size_t measure(const walk *w, bool *optional, bool *many)
{
    size_t i = 1, least = 0, most = 0;
    for (; (unsigned)peek(w, i) - '0' < 10 && i < 6; i++)
        least = least * 10 + (size_t)(peek(w, i) - '0');
    if (i == 1)
        return 0;
    most = least;
    if (peek(w, i) == ',') {
        size_t digits = ++i;
        for (most = 0; (unsigned)peek(w, i) - '0' < 10 && i < digits + 5; i++)
            most = most * 10 + (size_t)(peek(w, i) - '0');
        most = i == digits ? SIZE_MAX : most;
    }
    *optional = !least;
    *many = most >= MANY && most > least;
    return peek(w, i) == '}' ? i + 1 : 0;
}

/* A quantifier makes a loop of the last item. */
static bool read_quantifier(walk *w)
{
    char c = peek(w, 0);
    bool optional = c == '*' || c == '?', many = c == '*' || c == '+';
    size_t size = optional || many ? 1 : c == '{' ? measure(w, &optional, &many) : 0;
    if (!size)
        return true;
    size_t last = w->pending[w->pending_count - 1];
    w->at += size;
    bool fixed = peek(w, 0) == '+';
    w->at += fixed || peek(w, 0) == '?';
    const node loop = {
        .kind = LOOP, .offset = w->nodes[last].offset, .optional = optional, .many = many, .fixed = fixed};
    return put(w, loop, w->pending_count - 1);
}

/* False at a group that this reader does not know. */
static bool open(walk *w)
{
    static const struct {
        const char *opening;
        int kind;
    } kinds[] = {{"(?:", PLAIN}, {"(?>", ATOMIC}, {"(?=", AROUND}, {"(?!", AROUND}, {"(?<=", AROUND}, {"(?<!", AROUND}};
    size_t size = 0, i;
    int kind = PLAIN;
    for (i = 0; i < sizeof kinds / sizeof *kinds && !size; i++)
        if (begins(w, kinds[i].opening)) {
            size = strlen(kinds[i].opening);
            kind = kinds[i].kind;
        }
    const char *close = size ? NULL : memchr(w->text + w->at, '>', w->length - w->at);
    if (!size && (begins(w, "(?<") || begins(w, "(?P<")) && close)
        size = (size_t)(close - w->text) - w->at + 1;
    else if (!size && peek(w, 1) != '?' && peek(w, 1) != '*')
        size = 1;
    if (!size || w->depth + 1 == DEEPEST)
        return false;
    w->groups[++w->depth] = (open_group){.choices = w->pending_count, .items = w->pending_count, .offset = w->at};
    w->groups[w->depth].kind = kind == ATOMIC ? ATOMIC : kind == AROUND ? AROUND : PLAIN;
    w->at += size;
    return true;
}

/* What a lookaround holds is a tree of its own. */
static bool close_group(walk *w)
{
    if (!w->depth || !end_alternative(w))
        return false;
    open_group g = w->groups[w->depth--];
    w->at++;
    if (g.kind == AROUND) {
        size_t first = w->nodes[w->pending[g.choices]].first;
        bool done = put(w, (node){.kind = CHOICE, .offset = g.offset}, g.choices);
        w->pending_count = g.choices;
        done = done && put(w, (node){.kind = ASSERTION, .offset = g.offset}, w->pending_count);
        w->nodes[w->count - 1].first = done ? first : 0; /* subtrees stand without gaps */
        return done && read_quantifier(w);
    }
    const node made = {.kind = CHOICE, .offset = g.offset, .fixed = g.kind == ATOMIC};
    return put(w, made, g.choices) && read_quantifier(w);
}

static bool read_item(walk *w)
{
    node made = {.kind = ASSERTION, .offset = w->at};
    switch (peek(w, 0)) {
    case '(': return open(w);
    case ')': return close_group(w);
    case '|': w->at++; return end_alternative(w);
    case '^':
    case '$': w->at++; return put(w, made, w->pending_count) && read_quantifier(w);
    default: break;
    }
    if (peek(w, 0) == '\\' && peek(w, 1) && strchr("bBAZzK", peek(w, 1))) {
        w->at += 2;
        return put(w, made, w->pending_count) && read_quantifier(w);
    }
    made.kind = ONE;
    return qc_charset_read(w->text, w->length, w->caseless, &w->at, &made.set) && put(w, made, w->pending_count) &&
           read_quantifier(w);
}

/* Puts what a node answers among the answers of its parent's children. */
static void hand_up(walk *w, size_t i)
{
    size_t parent = w->nodes[i].parent;
    if (parent == NOWHERE)
        return;
    if (w->nodes[parent].kind == CHOICE)
        w->holds[parent] = w->holds[parent] || w->holds[i];
    else
        w->holds[parent] = w->holds[parent] && w->holds[i];
}

/* For each node of a subtree: whether it can be passed on nothing, or on characters of the set alone. */
static void pass(walk *w, size_t root, const qc_charset *set)
{
    for (size_t i = w->nodes[root].first; i <= root; i++)
        w->holds[i] = w->nodes[i].kind != CHOICE && w->nodes[i].kind != ASSERTION;
    for (size_t i = w->nodes[root].first; i < root; i++) {
        const node *n = &w->nodes[i];
        w->holds[i] = n->kind == ONE    ? set && qc_charset_meet(&n->set, set)
                      : n->kind == LOOP ? n->optional || w->holds[i]
                                        : w->holds[i];
        hand_up(w, i);
    }
}

/* Whether all parts of a sequence but one can be passed so. */
static bool rest_passes(walk *w, size_t sequence, size_t but, const qc_charset *set)
{
    bool all = true;
    pass(w, sequence, set);
    for (size_t i = w->nodes[sequence].first; i < sequence; i++)
        all = all && (w->nodes[i].parent != sequence || i == but || w->holds[i]);
    return all;
}

/* Whether a node has to find something, without which the regex fails here. */
static bool can_fail(walk *w, size_t root)
{
    for (size_t i = w->nodes[root].first; i <= root; i++)
        w->holds[i] = w->nodes[i].kind == CHOICE;
    for (size_t i = w->nodes[root].first; i <= root; i++) {
        const node *n = &w->nodes[i];
        size_t parent = n->parent;
        w->holds[i] = n->kind == ONE || n->kind == ASSERTION || (w->holds[i] && !(n->kind == LOOP && n->optional));
        if (i == root || parent == NOWHERE)
            continue;
        bool here = w->holds[i], there = w->holds[parent];
        w->holds[parent] = w->nodes[parent].kind == CHOICE ? there && here : there || here;
    }
    return w->holds[root];
}

/* Whether something stands behind a node that may fail, so that all ways to part what is before it are tried. */
static bool is_followed(walk *w, size_t at)
{
    for (size_t up = w->nodes[at].parent; up != NOWHERE; at = up, up = w->nodes[up].parent)
        for (size_t i = at + 1; w->nodes[up].kind == SEQUENCE && i < up; i++)
            if (w->nodes[i].parent == up && can_fail(w, i))
                return true;
    return false;
}

static bool is_free_loop(const node *n)
{
    return n->kind == LOOP && n->many && !n->fixed;
}

/* The loop around a loop in which what the inner takes can be parted anywhere; NOWHERE when there is none. */
static size_t loop_around(walk *w, size_t inner)
{
    const node *child = &w->nodes[inner - 1];
    const qc_charset *set = child->kind == ONE ? &child->set : NULL;
    size_t at = inner, up = w->nodes[inner].parent;
    for (; up != NOWHERE && !w->nodes[up].fixed; at = up, up = w->nodes[up].parent) {
        if (w->nodes[up].kind == SEQUENCE && !rest_passes(w, up, at, set))
            return NOWHERE;
        if (is_free_loop(&w->nodes[up]))
            return up;
    }
    return NOWHERE;
}

/* Whether two sequences of as many single characters can be the same. */
static bool can_be_same(const walk *w, size_t a, size_t b)
{
    size_t i = w->nodes[a].first, k = w->nodes[b].first;
    if (a - i != b - k || i == a || w->nodes[a].kind != SEQUENCE || w->nodes[b].kind != SEQUENCE)
        return false;
    for (; i < a; i++, k++)
        if (w->nodes[i].kind != ONE || w->nodes[k].kind != ONE || !qc_charset_meet(&w->nodes[i].set, &w->nodes[k].set))
            return false;
    return true;
}

/* Whether a loop's alternatives hold two that can be the same. */
static bool has_twins(const walk *w, size_t loop)
{
    size_t choice = loop - 1;
    if (w->nodes[choice].kind != CHOICE || w->nodes[choice].fixed)
        return false;
    for (size_t b = w->nodes[choice].first; b < choice; b++)
        for (size_t a = w->nodes[choice].first; w->nodes[b].parent == choice && a < b; a++)
            if (w->nodes[a].parent == choice && can_be_same(w, a, b))
                return true;
    return false;
}

static bool judge(walk *w, size_t *offset)
{
    for (size_t i = 0; i < w->count; i++) {
        if (!is_free_loop(&w->nodes[i]))
            continue;
        size_t around = has_twins(w, i) ? i : loop_around(w, i);
        if (around != NOWHERE && is_followed(w, around)) {
            *offset = w->nodes[around].offset;
            return true;
        }
    }
    return false;
}

bool qc_repeats_explode(const char *pattern, size_t length, bool caseless, const qcode_memory *memory, bool *explodes,
                        size_t *offset)
{
    walk w = {.text = pattern, .length = length, .caseless = caseless, .memory = memory};
    w.nodes = qc_resize(memory, NULL, MOST_NODES * sizeof *w.nodes);
    w.pending = qc_resize(memory, NULL, (MOST_NODES + 1) * sizeof *w.pending);
    w.holds = qc_resize(memory, NULL, MOST_NODES * sizeof *w.holds);
    bool made = w.nodes && w.pending && w.holds, known = made;
    *explodes = false;
    while (known && w.at < length)
        known = read_item(&w);
    if (known && !w.depth && end_alternative(&w) && put(&w, (node){.kind = CHOICE}, 0))
        *explodes = judge(&w, offset);
    qc_release(memory, w.nodes);
    qc_release(memory, w.pending);
    qc_release(memory, w.holds);
    return made;
}
