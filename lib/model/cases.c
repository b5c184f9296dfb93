/* The lines of a cases.csv. */
#include "model/cases.h"
#include "base/error.h"

#include <string.h>

struct qcode_cases {
    qc_arena arena; /* strings and attributes */
    const qcode_memory *memory;
    qc_case *lines;
    size_t count, capacity;
};

qcode_cases *qc_cases_new(const qcode_memory *memory, qcode_error *err)
{
    qcode_cases *cases = qc_resize(memory, NULL, sizeof *cases);
    if (cases)
        *cases = (qcode_cases){.arena = qc_arena_init(memory), .memory = memory};
    else
        qc_no_memory(err);
    return cases;
}

void qcode_cases_free(qcode_cases *cases)
{
    if (!cases)
        return;
    qc_arena_clear(&cases->arena);
    qc_release(cases->memory, cases->lines);
    qc_release(cases->memory, cases);
}

/* Copies a string that may be NULL; false when memory runs out. */
static bool copy_string(qc_arena *arena, const char **to, const char *from)
{
    *to = from ? qc_arena_string(arena, from) : NULL;
    return !from || *to;
}

bool qc_cases_add(qcode_cases *cases, const qc_case *line)
{
    qc_case copy = *line;
    if (!copy_string(&cases->arena, &copy.document, line->document) ||
        !copy_string(&cases->arena, &copy.speaker, line->speaker) ||
        !copy_string(&cases->arena, &copy.case_name, line->case_name))
        return false;
    copy.attributes = qc_arena_take_array(&cases->arena, line->attribute_count, sizeof *copy.attributes);
    if (!copy.attributes)
        return false;
    for (size_t i = 0; i < line->attribute_count; i++)
        if (!copy_string(&cases->arena, &copy.attributes[i].name, line->attributes[i].name) ||
            !copy_string(&cases->arena, &copy.attributes[i].value, line->attributes[i].value))
            return false;
    if (!qc_grow(cases->memory, &cases->lines, &cases->capacity, cases->count + 1, sizeof *cases->lines))
        return false;
    cases->lines[cases->count++] = copy;
    return true;
}

size_t qc_cases_count(const qcode_cases *cases)
{
    return cases->count;
}

const qc_case *qc_cases_at(const qcode_cases *cases, size_t index)
{
    return &cases->lines[index];
}

bool qc_case_holds(const qc_case *line, const char *document)
{
    if (!line->document)
        return true;
    size_t length = strlen(line->document);
    const char *ending = strrchr(document, '.');
    bool is_stem = ending && ending != document && (size_t)(ending - document) == length;
    return strncmp(line->document, document, length) == 0 && (is_stem || !document[length]);
}
