/* Several codebooks seen as one row of codes and themes. */
#include "model/books.h"
#include "base/error.h"
#include "model/codebook.h"

#include <string.h>

size_t qc_books_code_count(qcode_codebooks books)
{
    size_t count = 0;
    for (size_t i = 0; i < books.count; i++)
        count += books.at[i]->count;
    return count;
}

size_t qc_books_theme_count(qcode_codebooks books)
{
    size_t count = 0;
    for (size_t i = 0; i < books.count; i++)
        count += books.at[i]->theme_count;
    return count;
}

const qcode_code *qc_books_code(qcode_codebooks books, size_t index)
{
    size_t i = 0;
    for (; index >= books.at[i]->count; i++)
        index -= books.at[i]->count;
    return &books.at[i]->codes[index];
}

const qcode_theme *qc_books_theme(qcode_codebooks books, size_t index)
{
    size_t i = 0;
    for (; index >= books.at[i]->theme_count; i++)
        index -= books.at[i]->theme_count;
    return &books.at[i]->themes[index];
}

size_t qc_books_index(qcode_codebooks books, const qcode_code *code)
{
    size_t index = code->index;
    for (size_t i = 0; i < books.count && books.at[i] != code->book; i++)
        index += books.at[i]->count;
    return index;
}

const qcode_code *qc_books_find(qcode_codebooks books, const char *id)
{
    const qcode_code *code = NULL;
    for (size_t i = 0; !code && i < books.count; i++)
        code = qcode_codebook_find(books.at[i], id);
    return code;
}

const qcode_code *qc_books_follow(qcode_codebooks books, const char *id)
{
    const qcode_code *code = qc_books_find(books, id);
    for (size_t i = 0; !code && i < books.count; i++)
        code = qc_follow_changes(books.at[i], id);
    return code;
}

const char *qc_books_file(size_t place)
{
    static const char *const names[QCODE_MOST_CODEBOOKS] = {
        "codebook.yaml",   "codebook-2.yaml", "codebook-3.yaml", "codebook-4.yaml", "codebook-5.yaml",
        "codebook-6.yaml", "codebook-7.yaml", "codebook-8.yaml", "codebook-9.yaml"};
    return names[place];
}

static bool refuse_id(const qcode_codebook *book, const char *what, const char *id, const qcode_codebook *other,
                      size_t line, size_t column, qcode_error *err)
{
    const char *slash = strrchr(other->source, '/');
    return qc_fail(err, QCODE_INVALID, book->source, line, column, "the %s \"%.40s\" is in %.60s too", what, id,
                   slash ? slash + 1 : other->source);
}

/* Whether two books have no id in common. */
static bool check_pair(const qcode_codebook *first, const qcode_codebook *second, qcode_error *err)
{
    for (size_t i = 0; i < second->count; i++) {
        const qcode_code *code = &second->codes[i];
        if (qcode_codebook_find(first, code->id))
            return refuse_id(second, "code", code->id, first, code->line, code->column, err);
    }
    for (size_t i = 0; i < second->theme_count; i++) {
        const qcode_theme *theme = &second->themes[i];
        for (size_t k = 0; k < first->theme_count; k++)
            if (strcmp(first->themes[k].id, theme->id) == 0)
                return refuse_id(second, "theme", theme->id, first, theme->line, theme->column, err);
    }
    return true;
}

bool qc_books_check(qcode_codebooks books, qcode_error *err)
{
    if (!books.count || books.count > QCODE_MOST_CODEBOOKS)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a run wants one to %d codebooks, not %zu", QCODE_MOST_CODEBOOKS,
                       books.count);
    bool done = true;
    for (size_t i = 1; done && i < books.count; i++)
        for (size_t k = 0; done && k < i; k++)
            done = check_pair(books.at[k], books.at[i], err);
    return done;
}
