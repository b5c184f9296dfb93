/* Making views: a quick copy; then the characters from U+0080 on, which are looked up one by one and remembered. What they
 * become is put in their place where each stands for itself; texts with marks and the like are folded as a whole. */
#include "match/glance.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/words.h"

#include <string.h>

enum { KNOWN = 512, MOST_BYTES = 4 };

/* What becomes of a character that does not touch those around it. */
typedef struct qc_known {
    uint32_t point; /* 0: none yet */
    enum { IS_KEPT, IS_CHANGED, IS_GONE, IS_TANGLED } kind; /* tangled: it may touch those around it, or is not in NFC */
    bool recast;
    size_t length;
    char bytes[MOST_BYTES];
} known;

bool qc_glancer_init(qc_glancer *viewer, qc_folder *folder, const qcode_memory *memory)
{
    *viewer = (qc_glancer){.look = qc_look_quickly(),
                          .folder = folder,
                          .memory = memory,
                          .text = qc_buffer_init(memory),
                          .starts = qc_buffer_init(memory),
                          .others = qc_buffer_init(memory),
                          .changes = qc_buffer_init(memory)};
    viewer->known = qc_resize(memory, NULL, KNOWN * sizeof *viewer->known);
    if (viewer->known)
        memset(viewer->known, 0, KNOWN * sizeof *viewer->known);
    return viewer->known;
}

/* The memory of characters stays: what they become does not change. */
static void empty(qc_glancer *viewer)
{
    qc_buffer_clear(&viewer->text);
    qc_buffer_clear(&viewer->starts);
    qc_buffer_clear(&viewer->others);
    qc_buffer_clear(&viewer->changes);
}

void qc_glancer_clear(qc_glancer *viewer)
{
    empty(viewer);
    qc_release(viewer->memory, viewer->known);
    viewer->known = NULL;
}

/* Looks at a text whose length the buffers have room for. */
static void look(qc_glancer *viewer, const char *text, size_t length, qc_glance *view)
{
    view->text = viewer->text.data;
    view->length = length;
    view->starts = (const uint64_t *)(const void *)viewer->starts.data;
    view->others = (const uint64_t *)(const void *)viewer->others.data;
    view->has_others = viewer->look(viewer->text.data, text, length, (uint64_t *)(void *)viewer->starts.data,
                                    (uint64_t *)(void *)viewer->others.data);
}

static bool make_room(qc_glancer *viewer, size_t length)
{
    size_t blocks = length / QC_BLOCK + 2;
    qc_buffer *const all[] = {&viewer->text, &viewer->starts, &viewer->others, &viewer->changes};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        all[i]->length = 0;
        all[i]->failed = false;
    }
    return qc_buffer_reserve(&viewer->text, blocks * QC_BLOCK) &&
           qc_buffer_reserve(&viewer->starts, blocks * sizeof(uint64_t)) &&
           qc_buffer_reserve(&viewer->others, blocks * sizeof(uint64_t));
}

/* Marks, and the vowels and finals of Hangul: they may join what stands before them. */
static bool is_continuing(uint32_t point)
{
    return qc_is_mark(point) || (point >= 0x1100 && point <= 0x11FF) || (point >= 0xA960 && point <= 0xA97F) ||
           (point >= 0xD7B0 && point <= 0xD7FF);
}

/* Whether what a character becomes is no word where it is one, or a word where it is none: for a regex, other words stand there. */
static bool is_recast(uint32_t point, const qc_folded *folded)
{
    bool recast = false;
    for (size_t at = 0; at < folded->length;)
        recast |= qc_is_word(qc_utf8_next(folded->text, folded->length, &at)) != qc_is_word(point);
    return recast;
}

/* False when memory runs out. */
static bool learn(qc_glancer *viewer, const char *bytes, size_t size, uint32_t point, known *k)
{
    qc_folded folded;
    enum { VOWEL_SEPARATOR = 0x180E }; /* white space for regexes alone */
    *k = (known){.point = point, .kind = IS_TANGLED};
    if (is_continuing(point) || point == VOWEL_SEPARATOR)
        return true;
    if (!qc_fold(viewer->folder, QC_FORM_NFC, bytes, size, &folded)) {
        k->point = 0;
        return false;
    }
    if (folded.length != size || memcmp(folded.text, bytes, size) != 0)
        return true;
    if (!qc_fold(viewer->folder, QC_FORM_TERM, bytes, size, &folded)) {
        k->point = 0;
        return false;
    }
    if (folded.length == size && memcmp(folded.text, bytes, size) == 0)
        k->kind = IS_KEPT;
    else if (!folded.length)
        k->kind = IS_GONE;
    else if (folded.length <= size)
        k->kind = IS_CHANGED;
    if (k->kind == IS_CHANGED)
        k->recast = is_recast(point, &folded);
    k->length = folded.length;
    if (k->kind != IS_TANGLED)
        memcpy(k->bytes, folded.text, folded.length);
    return true;
}

/* What becomes of the character at `bytes`; NULL when memory runs out. */
static const known *look_up(qc_glancer *viewer, const char *bytes, size_t left, size_t *size)
{
    *size = 0;
    uint32_t point = qc_utf8_next(bytes, left, size);
    known *k = &viewer->known[(point ^ point >> 9) % KNOWN];
    return k->point == point || learn(viewer, bytes, *size, point, k) ? k : NULL;
}

/* The rewriting of a text in its place: all up to `from` is done and stands before `to`. */
typedef struct rewriting {
    qc_glancer *viewer;
    const char *source; /* the reading */
    size_t length, from, to;
} rewriting;

/* Moves what was copied up to `at` to where it belongs. */
static void move_up_to(rewriting *r, size_t at)
{
    if (r->to != r->from)
        memmove(r->viewer->text.data + r->to, r->viewer->text.data + r->from, at - r->from);
    r->to += at - r->from;
    r->from = at;
}

static bool put_change(rewriting *r, const known *k, size_t at, size_t size)
{
    move_up_to(r, at);
    const qc_changed change = {(uint32_t)r->to, (uint32_t)k->length, (uint32_t)at, (uint32_t)size};
    memcpy(r->viewer->text.data + r->to, k->bytes, k->length);
    r->to += k->length;
    r->from = at + size;
    return qc_buffer_append(&r->viewer->changes, &change, sizeof change);
}

typedef enum outcome { DONE, TANGLED, NO_MEMORY } outcome;

/* Puts characters in place, by the places of the bytes from 0x80 on. */
static outcome rewrite(rewriting *r, const uint64_t *others, bool *recast)
{
    size_t next = 0;
    for (size_t block = 0; block * QC_BLOCK < r->length; block++)
        for (uint64_t left = others[block]; left; left &= left - 1) {
            size_t at = block * QC_BLOCK + (size_t)__builtin_ctzll(left), size;
            if (at < next) /* inside the last character */
                continue;
            const known *k = look_up(r->viewer, r->source + at, r->length - at, &size);
            if (!k)
                return NO_MEMORY;
            if (k->kind == IS_TANGLED)
                return TANGLED;
            *recast |= k->kind == IS_GONE || k->recast;
            if (k->kind != IS_KEPT && !put_change(r, k, at, size))
                return NO_MEMORY;
            next = at + size;
        }
    return DONE;
}

/* The whole text through the folder. */
static bool fold_whole(qc_glancer *viewer, const char *text, size_t length, qc_glance *view)
{
    view->is_folded = true;
    view->is_composed = false;
    view->change_count = 0;
    if (!qc_fold(viewer->folder, QC_FORM_TERM, text, length, &view->folded) || !make_room(viewer, view->folded.length))
        return false;
    look(viewer, view->folded.text, view->folded.length, view);
    return true;
}

bool qc_glance_make(qc_glancer *viewer, const char *text, size_t length, qc_glance *view)
{
    *view = (qc_glance){.is_composed = true};
    if (!make_room(viewer, length))
        return false;
    look(viewer, text, length, view);
    if (!view->has_others)
        return true;
    rewriting r = {.viewer = viewer, .source = text, .length = length};
    bool recast = false;
    outcome made = rewrite(&r, view->others, &recast);
    if (made == TANGLED)
        return fold_whole(viewer, text, length, view);
    view->is_composed = !recast;
    view->change_count = viewer->changes.length / sizeof(qc_changed);
    view->changes = (const qc_changed *)(const void *)viewer->changes.data;
    if (made == DONE && view->change_count) {
        move_up_to(&r, length);
        look(viewer, viewer->text.data, r.to, view);
    }
    return made == DONE;
}

/* The last change that begins at or before a byte of the view, or NULL. */
static const qc_changed *change_before(const qc_glance *view, size_t at)
{
    size_t low = 0, high = view->change_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view->changes[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &view->changes[low - 1] : NULL;
}

qcode_span qc_glance_span(const qc_glance *view, size_t start, size_t end)
{
    if (view->is_folded)
        return qc_folded_span(&view->folded, start, end);
    qcode_span span = {start, end};
    const qc_changed *c = view->change_count ? change_before(view, start) : NULL;
    if (c)
        span.start = start < c->at + c->size ? c->source : c->source + c->source_size + (start - c->at - c->size);
    c = view->change_count ? change_before(view, end - 1) : NULL;
    if (c)
        span.end = c->source + c->source_size + (end <= c->at + c->size ? 0 : end - c->at - c->size);
    return span;
}
