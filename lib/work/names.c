/* Names for documents: the shortest tails of their paths that tell them apart. */
#include "work/names.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/screen.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <sys/stat.h>

typedef struct path_tail {
    const char *text; /* "north/talk.txt" */
    const char *path; /* without "./" and doubled slashes */
    size_t index;
} path_tail;

/* What a path leads to. */
typedef struct path_end {
    bool known; /* there is a file, and these are its numbers; else the path stands for itself */
    dev_t device;
    ino_t inode;
    const char *path;
    size_t index;
} path_end;

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

static path_end end_of(const char *path, const char *plain, size_t index)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return (path_end){.path = plain, .index = index};
    return (path_end){.known = true, .device = about.st_dev, .inode = about.st_ino, .path = plain, .index = index};
}

static int compare_ends(const void *a, const void *b)
{
    const path_end *one = a, *other = b;
    int order = one->known - other->known;
    if (!order && one->known)
        order = one->device != other->device ? (one->device > other->device ? 1 : -1)
                                             : (one->inode > other->inode) - (one->inode < other->inode);
    else if (!order)
        order = strcmp(one->path, other->path);
    return order;
}

static int compare_ends_in_order(const void *a, const void *b)
{
    const path_end *one = a, *other = b;
    int order = compare_ends(a, b);
    return order ? order : (one->index > other->index) - (one->index < other->index);
}

/* A file is given once, by whichever path. */
static bool check_ends(path_end *ends, size_t count, qcode_error *err)
{
    qsort(ends, count, sizeof *ends, compare_ends_in_order);
    for (size_t i = 1; i < count; i++)
        if (compare_ends(&ends[i - 1], &ends[i]) == 0)
            return qc_fail(err, QCODE_USAGE, ends[i].path, 0, 0, "is given twice");
    return true;
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
    return ended < 2; /* two whole paths that are the same */
}

static bool tell_apart(path_tail *tails, size_t count, qcode_error *err)
{
    for (bool changed = true; changed;) {
        changed = false;
        qsort(tails, count, sizeof *tails, compare);
        for (size_t i = 0, run; i < count; i += run)
            if (!part(tails + i, count - i, &run, &changed))
                return qc_fail(err, QCODE_USAGE, tails[i].path, 0, 0,
                               "two files have this name where bytes that are no UTF-8 are spelt out; rename one");
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

/* The last part of a path, or "stdin" for "-"; a file that is called so can be lengthened to "./stdin". */
static path_tail tail_of(const char *spelt, bool is_input, size_t index)
{
    static const char input[] = "stdin";
    if (is_input)
        return (path_tail){.text = input, .path = input, .index = index};
    const char *path = strcmp(spelt, "stdin") == 0 ? "./stdin" : spelt, *slash = strrchr(path, '/');
    return (path_tail){.text = slash && slash[1] ? slash + 1 : path, .path = path, .index = index};
}

const char *const *qc_name_documents(qc_arena *arena, const char *const *paths, size_t count, qcode_error *err)
{
    path_tail *tails = qc_arena_take_array(arena, count, sizeof *tails);
    path_end *ends = qc_arena_take_array(arena, count, sizeof *ends);
    const char **names = qc_arena_take_array(arena, count, sizeof *names);
    size_t files = 0;
    bool done = tails && ends && names;
    for (size_t i = 0; done && i < count; i++) {
        bool is_input = strcmp(paths[i], "-") == 0;
        const char *plain = plain_path(arena, paths[i]), *spelt = plain ? text_of(arena, plain) : NULL;
        done = spelt != NULL;
        if (done)
            tails[i] = tail_of(spelt, is_input, i);
        if (done && !is_input)
            ends[files++] = end_of(paths[i], plain, i);
    }
    if (!done) {
        qc_no_memory(err);
        return NULL;
    }
    if (!check_ends(ends, files, err) || !tell_apart(tails, count, err))
        return NULL;
    for (size_t i = 0; i < count; i++)
        names[tails[i].index] = tails[i].text;
    return names;
}
