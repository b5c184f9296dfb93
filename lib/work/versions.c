/* Whether codings mean the same by a code: by the codebooks they were made under. */
#include "work/versions.h"
#include "base/error.h"
#include "model/meaning.h"
#include "write/writer.h"

#include <stdlib.h>

/* A code as it was given under a version; a person looks at its words alone, a rule is the code's rules. */
typedef struct version {
    const char *code, *label;
    const qcode_codebook *book; /* NULL: nobody has brought it along */
    bool by_person;
} version;

typedef struct checking {
    const qcode_coders *coders;
    const qcode_codebook *book;
    qcode_notes *notes;
    qc_arena arena;
    qc_buffer versions, scratch;
    const char **labels; /* of the books: those of the coders, then `book` */
    size_t book_count;
    size_t changed;         /* codes */
    const char *unknown[2]; /* labels of which not both books are known; NULL: none */
} checking;

static const qcode_codebook *book_at(const checking *c, size_t index)
{
    qcode_codebook *const *books = (const void *)c->coders->books.data;
    return index < c->coders->books.length / sizeof *books ? books[index] : c->book;
}

static const char *label_of(checking *c, const qcode_codebook *book)
{
    c->scratch.length = 0;
    return qc_put_codebook_version(&c->scratch, book) ? qc_arena_copy(&c->arena, c->scratch.data, c->scratch.length) : NULL;
}

static bool label_books(checking *c)
{
    c->book_count = c->coders->books.length / sizeof(qcode_codebook *) + (c->book != NULL);
    c->labels = qc_arena_take_array(&c->arena, c->book_count + 1, sizeof *c->labels);
    bool done = c->labels != NULL;
    for (size_t i = 0; done && i < c->book_count; i++)
        done = (c->labels[i] = label_of(c, book_at(c, i))) != NULL;
    return done;
}

static bool add_version(checking *c, const char *code, const char *label, bool by_person)
{
    version one = {code, label, NULL, by_person};
    for (size_t i = 0; !one.book && i < c->book_count; i++)
        if (strcmp(label, c->labels[i]) == 0 && qcode_codebook_find(book_at(c, i), code))
            one.book = book_at(c, i);
    return qc_buffer_append(&c->versions, &one, sizeof one);
}

static int compare_versions(const void *a, const void *b)
{
    const version *one = a, *two = b;
    int by = strcmp(one->code, two->code);
    by = by ? by : strcmp(one->label, two->label);
    return by ? by : one->by_person - two->by_person;
}

/* Who, code and label, as qc_coders_version keeps them; and the codes of the book that is applied now. */
static bool list_versions(checking *c)
{
    bool done = true;
    for (size_t i = 0; done && i < c->coders->versions.count; i++) {
        const char *key = qc_set_at(&c->coders->versions, i), *code = key + 1;
        done = add_version(c, code, code + strlen(code) + 1, *key == 'p');
    }
    for (size_t i = 0; c->book && done && i < qcode_codebook_count(c->book); i++)
        done = add_version(c, qcode_code_id(qcode_codebook_at(c->book, i)), c->labels[c->book_count - 1], false);
    if (done && c->versions.length)
        qsort(c->versions.data, c->versions.length / sizeof(version), sizeof(version), compare_versions);
    return done;
}

static bool tell_change(checking *c, const version *one, const version *two, unsigned parts)
{
    c->scratch.length = 0;
    qc_put_meaning(&c->scratch, parts);
    const char *words = qc_buffer_text(&c->scratch);
    c->changed++;
    qc_note(c->notes, QCODE_NOTE_WARNING, NULL, 0, 0, "\"%s\" does not mean the same in %s and in %s: %s", one->code,
            one->label, two->label, words ? words : "");
    return words != NULL;
}

/* In what two versions of a code differ that are both known. */
static unsigned differ(const version *one, const version *two)
{
    unsigned parts = qc_meaning_differs(qcode_codebook_find(one->book, one->code),
                                        qcode_codebook_find(two->book, two->code));
    return one->by_person || two->by_person ? parts & QC_MEANS_TO_PEOPLE : parts;
}

/* The versions of one code, each beside those before it; the first that differ are told. */
static bool check_code(checking *c, const version *at, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            bool known = at[k].book && at[i].book;
            if (strcmp(at[k].label, at[i].label) == 0)
                continue;
            if (!known && !c->unknown[0]) {
                c->unknown[0] = at[k].label;
                c->unknown[1] = at[i].label;
            }
            unsigned parts = known ? differ(&at[k], &at[i]) : 0;
            if (parts)
                return tell_change(c, &at[k], &at[i], parts);
        }
    return true;
}

/* A code that a newer version calls otherwise. */
static void check_name(checking *c, const version *one)
{
    for (size_t i = 0; one->book && i < c->book_count; i++) {
        const qcode_code *now = qcode_codebook_find(book_at(c, i), one->code) ? NULL
                                                                               : qc_follow_changes(book_at(c, i), one->code);
        if (!now)
            continue;
        c->changed++;
        qc_note(c->notes, QCODE_NOTE_WARNING, NULL, 0, 0, "\"%s\" of %s is \"%s\" in %s", one->code, one->label,
                qcode_code_id(now), c->labels[i]);
        return;
    }
}

static bool check_codes(checking *c)
{
    const version *all = (const void *)c->versions.data;
    size_t count = c->versions.length / sizeof *all;
    bool done = true;
    for (size_t from = 0, to; done && from < count; from = to) {
        for (to = from + 1; to < count && strcmp(all[to].code, all[from].code) == 0;)
            to++;
        done = check_code(c, all + from, to - from);
        check_name(c, &all[from]);
    }
    return done;
}

static bool conclude(const checking *c, bool mixed, qcode_error *err)
{
    if (c->unknown[0])
        qc_note(c->notes, QCODE_NOTE_WARNING, NULL, 0, 0,
                "codings were made under %s and under %s, and not both codebooks are here: whether a code means the same in both "
                "is not known", c->unknown[0], c->unknown[1]);
    if (!c->changed)
        return true;
    if (mixed)
        qc_note(c->notes, QCODE_NOTE_WARNING, NULL, 0, 0, "versions of a codebook are mixed: %zu code%s mean%s another thing",
                c->changed, c->changed == 1 ? "" : "s", c->changed == 1 ? "s" : "");
    return mixed || qc_fail(err, QCODE_INVALID, NULL, 0, 0,
                            "the codings were made under versions of a codebook in which %zu code%s mean%s another thing: "
                            "--mixed-versions takes them together", c->changed, c->changed == 1 ? "" : "s",
                            c->changed == 1 ? "s" : "");
}

bool qc_check_versions(const qcode_coders *coders, const qcode_codebook *book, bool mixed, qcode_notes *notes,
                       qcode_error *err)
{
    const qcode_memory *memory = coders->memory;
    checking c = {.coders = coders, .book = book, .notes = notes, .arena = qc_arena_init(memory),
                  .versions = qc_buffer_init(memory), .scratch = qc_buffer_init(memory)};
    bool done = (label_books(&c) && list_versions(&c) && check_codes(&c)) || qc_no_memory(err);
    done = done && conclude(&c, mixed, err);
    qc_buffer_clear(&c.versions);
    qc_buffer_clear(&c.scratch);
    qc_arena_clear(&c.arena);
    return done;
}
