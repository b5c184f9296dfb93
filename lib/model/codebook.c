/* What can be asked of a codebook. */
#include "model/codebook.h"

#include <string.h>

void qcode_codebook_free(qcode_codebook *book)
{
    if (!book)
        return;
    qc_arena arena = book->arena; /* the book lives in the arena that ends here */
    qc_arena_clear(&arena);
}

const char *qcode_codebook_title(const qcode_codebook *book)
{
    return book->title;
}

const char *qcode_codebook_version(const qcode_codebook *book)
{
    return book->version;
}

const char *qcode_codebook_hash(const qcode_codebook *book)
{
    return book->hash;
}

const void *qcode_codebook_bytes(const qcode_codebook *book, size_t *length)
{
    *length = book->length;
    return book->bytes;
}

const char *const *qcode_codebook_guide(const qcode_codebook *book, size_t *count)
{
    *count = book->guide_count;
    return book->guide;
}

bool qcode_codebook_is_experimental(const qcode_codebook *book)
{
    return book->experimental;
}

const qcode_code_change *qcode_codebook_changes(const qcode_codebook *book, size_t *count)
{
    *count = book->change_count;
    return book->changes;
}

/* The new id, where the change gives this one another: it is one of those parted by ", " behind `verb` and before `link`. */
static const char *changed_id(const char *what, const char *id, const char *verb, const char *link)
{
    size_t length = strlen(id);
    const char *end = strncmp(what, verb, strlen(verb)) == 0 ? strstr(what, link) : NULL;
    if (!end)
        return NULL;
    for (const char *at = what + strlen(verb); at < end;) {
        size_t size = strcspn(at, ", ");
        if (size == length && memcmp(at, id, length) == 0)
            return end + strlen(link);
        at += size;
        at += strspn(at, ", ");
    }
    return NULL;
}

const qcode_code *qc_follow_changes(const qcode_codebook *book, const char *id)
{
    const qcode_code *code = qcode_codebook_find(book, id);
    for (size_t i = 0; !code && i < book->change_count; i++) {
        const char *to = changed_id(book->changes[i].what, id, "rename ", " to ");
        to = to ? to : changed_id(book->changes[i].what, id, "merge ", " into ");
        id = to ? to : id;
        code = to ? qcode_codebook_find(book, id) : NULL;
    }
    return code;
}

bool qcode_codebook_weighs(const qcode_codebook *book)
{
    return book->weighed;
}

size_t qcode_codebook_count(const qcode_codebook *book)
{
    return book->count;
}

const qcode_code *qcode_codebook_at(const qcode_codebook *book, size_t index)
{
    return &book->codes[index];
}

int qc_code_compare(const void *a, const void *b)
{
    const qcode_code *x = *(const qcode_code *const *)a, *y = *(const qcode_code *const *)b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

const qcode_code *qcode_codebook_find(const qcode_codebook *book, const char *id)
{
    size_t low = 0, high = book->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, book->by_id[middle]->id);
        if (order == 0)
            return book->by_id[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *qcode_code_id(const qcode_code *code)
{
    return code->id;
}

const char *qcode_code_name(const qcode_code *code)
{
    return code->name;
}

const char *qcode_code_definition(const qcode_code *code)
{
    return code->definition;
}

const char *qcode_code_color(const qcode_code *code)
{
    return code->color;
}

qcode_unit qcode_code_unit(const qcode_code *code)
{
    return code->unit;
}

qcode_scope qcode_code_scope(const qcode_code *code)
{
    return code->scope;
}

const qcode_code *qcode_code_parent(const qcode_code *code)
{
    return code->parent;
}

qcode_code_origin qcode_code_from(const qcode_code *code)
{
    return code->origin;
}

size_t qcode_codebook_theme_count(const qcode_codebook *book)
{
    return book->theme_count;
}

const qcode_theme *qcode_codebook_theme(const qcode_codebook *book, size_t index)
{
    return &book->themes[index];
}

const char *qcode_theme_id(const qcode_theme *theme)
{
    return theme->id;
}

const char *qcode_theme_name(const qcode_theme *theme)
{
    return theme->name;
}

size_t qcode_theme_code_count(const qcode_theme *theme)
{
    return theme->code_count;
}

const qcode_code *qcode_theme_code(const qcode_theme *theme, size_t index)
{
    return theme->codes[index];
}

bool qc_theme_has(const qcode_theme *theme, const qcode_code *code)
{
    for (; code; code = code->parent)
        for (size_t i = 0; i < theme->code_count; i++)
            if (theme->codes[i] == code)
                return true;
    return false;
}

bool qcode_code_retired(const qcode_code *code)
{
    return code->retired;
}

size_t qcode_code_index(const qcode_code *code)
{
    return code->index;
}

size_t qcode_code_rule_count(const qcode_code *code)
{
    return code->rule_count;
}

const qcode_rule *qcode_code_rule(const qcode_code *code, size_t index)
{
    return &code->rules[index];
}

const char *qcode_rule_id(const qcode_rule *rule)
{
    return rule->id;
}

const char *qc_unit_name(qcode_unit unit)
{
    static const char *const names[QC_UNIT_COUNT] = {"sentence", "match", "paragraph", "turn", "answer", "document"};
    return names[unit];
}

const char *qc_scope_name(qcode_scope scope)
{
    static const char *const names[QC_SCOPE_COUNT] = {"respondent", "interviewer", "all"};
    return names[scope];
}

const char *qc_origin_name(qcode_code_origin origin)
{
    static const char *const names[QC_ORIGIN_COUNT] = {"", "deductive", "inductive"};
    return names[origin];
}

const char *qc_claim_name(qcode_claim claim)
{
    static const char *const names[QC_CLAIM_COUNT] = {"", "asserted", "negated", "hypothetical", "reported", "wished"};
    return names[claim];
}

void qc_pattern_place(const qcode_codebook *book, const qc_pattern *pattern, size_t offset, size_t *line,
                      size_t *column)
{
    book->place(book, pattern, offset, line, column);
}
