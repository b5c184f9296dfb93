/* Names for documents: the shortest tails of their paths that tell them apart. */
#include "work/names.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/screen.h"
#include "base/utf8.h"

#include <stdlib.h>

typedef struct path_tail {
    const char *text; /* "north/talk.txt" */
    const char *path; /* without "./" and doubled slashes */
    size_t index;
} path_tail;

/* The path with every "//" and "/./" as "/" and no "./" in front, so that one file has one path more often. */
static char *plain_path(qc_arena *arena, const char *path)
{
    char *plain = qc_arena_string(arena, path), *to = plain;
    for (const char *from = path; plain && *from;) {
        bool fresh = to == plain || to[-1] == '/';
        if (fresh && from[0] == '.' && from[1] == '/')
            from += 2;
        else if (fresh && from[0] == '/' && to != plain)
            from++;
        else
            *to++ = *from++;
    }
    if (plain)
        *to = '\0';
    return plain;
}

/* One part more in front; false when the path has no more. */
static bool lengthen(path_tail *one)
{
    if (one->text == one->path)
        return false;
    const char *at = one->text - 1; /* the slash */
    while (at > one->path && at[-1] != '/')
        at--;
    one->text = at;
    return true;
}

static int compare(const void *a, const void *b)
{
    const path_tail *one = a, *other = b;
    int order = strcmp(one->text, other->text);
    return order ? order : (one->index > other->index) - (one->index < other->index);
}

/* Lengthens all tails from `tails` on that are the same as the first; how many those are is in `*run`. */
static bool part(path_tail *tails, size_t count, size_t *run, bool *changed)
{
    const char *text = tails->text;
    *run = 1;
    while (*run < count && strcmp(tails[*run].text, text) == 0)
        ++*run;
    size_t ended = 0;
    for (size_t i = 0; *run > 1 && i < *run; i++)
        ended += !lengthen(&tails[i]);
    *changed |= *run > 1;
    return ended < 2; /* two whole paths that are the same: one file */
}

static bool tell_apart(path_tail *tails, size_t count, qcode_error *err)
{
    for (bool changed = true; changed;) {
        changed = false;
        qsort(tails, count, sizeof *tails, compare);
        for (size_t i = 0, run; i < count; i += run)
            if (!part(tails + i, count - i, &run, &changed))
                return qc_fail(err, QCODE_USAGE, tails[i].path, 0, 0, "is given twice");
    }
    return true;
}

/* Names are text: bytes that are not are spelt out. */
static const char *text_of(qc_arena *arena, const char *name)
{
    size_t length = strlen(name);
    if (qc_utf8_valid(name, length) == length)
        return name;
    qc_buffer spelt = qc_buffer_init(arena->memory);
    const char *copy = qc_screen(&spelt, name, length, false) ? qc_arena_copy(arena, spelt.data, spelt.length) : NULL;
    qc_buffer_clear(&spelt);
    return copy;
}

const char *const *qc_name_documents(qc_arena *arena, const char *const *paths, size_t count, qcode_error *err)
{
    path_tail *tails = qc_arena_take_array(arena, count, sizeof *tails);
    const char **names = qc_arena_take_array(arena, count, sizeof *names);
    bool done = tails && names;
    for (size_t i = 0; done && i < count; i++) {
        const char *plain = strcmp(paths[i], "-") == 0 ? "stdin" : plain_path(arena, paths[i]);
        const char *slash = plain ? strrchr(plain, '/') : NULL;
        tails[i] = (path_tail){.text = slash && slash[1] ? slash + 1 : plain, .path = plain, .index = i};
        done = plain != NULL;
    }
    if (!done) {
        qc_no_memory(err);
        return NULL;
    }
    if (!tell_apart(tails, count, err))
        return NULL;
    for (size_t i = 0; done && i < count; i++)
        done = (names[tails[i].index] = text_of(arena, tails[i].text)) != NULL;
    if (!done)
        qc_no_memory(err);
    return done ? names : NULL;
}
