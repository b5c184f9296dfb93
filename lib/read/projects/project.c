/* What was found of another program's project. */
#include "read/projects/project.h"
#include "base/error.h"
#include "text/decode.h"

#include <ctype.h>
#include <stdio.h>

qc_project qc_project_init(const qcode_memory *memory)
{
    qc_buffer none = qc_buffer_init(memory);
    return (qc_project){.arena = qc_arena_init(memory),
                        .program = "",
                        .language = "",
                        .source_names = qc_set_init(memory),
                        .guids = qc_set_init(memory),
                        .guid_items = none,
                        .sources = none,
                        .codes = none,
                        .codings = none,
                        .cases = none,
                        .values = none,
                        .memos = none,
                        .losses = none};
}

void qc_project_clear(qc_project *project)
{
    qc_buffer *const lists[] = {&project->guid_items, &project->sources, &project->codes, &project->codings,
                                &project->cases,      &project->values,  &project->memos, &project->losses};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        qc_buffer_clear(lists[i]);
    qc_set_clear(&project->source_names);
    qc_set_clear(&project->guids);
    qc_arena_clear(&project->arena);
}

static size_t append(qc_buffer *list, const void *item, size_t size)
{
    size_t number = list->length / size;
    return qc_buffer_append(list, item, size) ? number : QC_NO_ITEM;
}

/* A name that no other source has; NULL when memory runs out. */
static const char *unique_name(qc_project *project, const char *name)
{
    bool added = false;
    if (qc_set_add(&project->source_names, name, strlen(name), &added) == SIZE_MAX)
        return NULL;
    if (added)
        return name;
    qc_buffer other = qc_buffer_init(project->arena.memory);
    size_t place = 0;
    for (size_t number = 2; !added && place != SIZE_MAX; number++) {
        other.length = 0;
        place = qc_buffer_print(&other, "%s (%zu)", name, number)
                    ? qc_set_add(&project->source_names, other.data, other.length, &added)
                    : SIZE_MAX;
    }
    qc_buffer_clear(&other);
    return place == SIZE_MAX ? NULL : qc_set_at(&project->source_names, place);
}

size_t qc_project_add_source(qc_project *project, const qc_project_source *source)
{
    qc_project_source copy = *source;
    copy.name = unique_name(project, source->name);
    return copy.name ? append(&project->sources, &copy, sizeof copy) : QC_NO_ITEM;
}

size_t qc_project_add_code(qc_project *project, const qc_project_code *code)
{
    return append(&project->codes, code, sizeof *code);
}

size_t qc_project_add_case(qc_project *project, const qc_project_case *new_case)
{
    return append(&project->cases, new_case, sizeof *new_case);
}

bool qc_project_add_coding(qc_project *project, const qc_project_coding *coding)
{
    return append(&project->codings, coding, sizeof *coding) != QC_NO_ITEM;
}

bool qc_project_add_value(qc_project *project, size_t of, const char *name, const char *value)
{
    const qc_project_value item = {of, name, value};
    return append(&project->values, &item, sizeof item) != QC_NO_ITEM;
}

bool qc_project_add_memo(qc_project *project, const qc_project_memo *memo)
{
    return append(&project->memos, memo, sizeof *memo) != QC_NO_ITEM;
}

bool qc_project_lose(qc_project *project, const char *what, const char *name)
{
    const qc_project_loss loss = {what, name};
    return append(&project->losses, &loss, sizeof loss) != QC_NO_ITEM;
}

size_t qc_project_source_count(const qc_project *project)
{
    return project->sources.length / sizeof(qc_project_source);
}

size_t qc_project_code_count(const qc_project *project)
{
    return project->codes.length / sizeof(qc_project_code);
}

size_t qc_project_coding_count(const qc_project *project)
{
    return project->codings.length / sizeof(qc_project_coding);
}

qc_project_source *qc_project_source_at(const qc_project *project, size_t index)
{
    return (qc_project_source *)(void *)project->sources.data + index;
}

qc_project_code *qc_project_code_at(const qc_project *project, size_t index)
{
    return (qc_project_code *)(void *)project->codes.data + index;
}

qc_project_coding *qc_project_coding_at(const qc_project *project, size_t index)
{
    return (qc_project_coding *)(void *)project->codings.data + index;
}

enum { LONGEST_KEY = 200 };

/* The kind and the id with its hexadecimal digits in small letters, without braces; 0 for an id that is too long. */
static size_t key_of(char key[LONGEST_KEY], char kind, const char *id)
{
    size_t length = 0;
    key[length++] = kind;
    for (; *id && length < LONGEST_KEY; id++)
        if (*id != '{' && *id != '}')
            key[length++] = (char)(isxdigit((unsigned char)*id) ? tolower((unsigned char)*id) : *id);
    return *id ? 0 : length;
}

bool qc_project_call(qc_project *project, char kind, const char *id, size_t item)
{
    char key[LONGEST_KEY];
    bool added = false;
    size_t length = key_of(key, kind, id);
    return !length || (qc_set_add(&project->guids, key, length, &added) != SIZE_MAX &&
                       (!added || qc_buffer_append(&project->guid_items, &item, sizeof item)));
}

static size_t item_at(const qc_project *project, size_t place)
{
    return ((const size_t *)(const void *)project->guid_items.data)[place];
}

size_t qc_project_called(const qc_project *project, char kind, const char *id)
{
    char key[LONGEST_KEY];
    size_t length = key_of(key, kind, id), place = length ? qc_set_find(&project->guids, key, length) : SIZE_MAX;
    return place == SIZE_MAX ? QC_NO_ITEM : item_at(project, place);
}

size_t qc_project_code_named(qc_project *project, const char *name, size_t length)
{
    qc_project_code code = {.name = "", .color = "", .definition = "", .parent = QC_NO_ITEM};
    bool added = false;
    char *key = qc_arena_take(&project->arena, length + 2);
    if (!key)
        return QC_NO_ITEM;
    key[0] = 'n';
    memcpy(key + 1, name, length);
    size_t place = qc_set_add(&project->guids, key, length + 1, &added);
    code.name = key + 1;
    if (place == SIZE_MAX || !added)
        return place == SIZE_MAX ? QC_NO_ITEM : item_at(project, place);
    size_t number = qc_project_add_code(project, &code);
    return number != QC_NO_ITEM && qc_buffer_append(&project->guid_items, &number, sizeof number) ? number
                                                                                                  : QC_NO_ITEM;
}

size_t qc_project_source_named(qc_project *project, const char *name)
{
    size_t found = qc_set_find(&project->source_names, name, strlen(name));
    if (found != SIZE_MAX)
        return found;
    const qc_project_source source = {.name = name, .memo = ""};
    return qc_project_add_source(project, &source);
}

size_t qc_project_source_case(qc_project *project, size_t source)
{
    char id[32];
    const qc_project_case none = {.name = "", .memo = "", .source = source};
    snprintf(id, sizeof id, "%zu", source);
    size_t number = qc_project_called(project, 'f', id);
    if (number != QC_NO_ITEM)
        return number;
    number = qc_project_add_case(project, &none);
    return number != QC_NO_ITEM && qc_project_call(project, 'f', id, number) ? number : QC_NO_ITEM;
}

bool qc_project_rows(const qc_project *project, qc_coding_rows *rows)
{
    qc_arena *arena = &rows->arena;
    size_t sources = qc_project_source_count(project);
    const char **names = qc_arena_take_array(arena, sources + 1, sizeof *names);
    bool done = names != NULL;
    for (size_t i = 0; done && i < sources; i++)
        done = (names[i] = qc_arena_string(arena, qc_project_source_at(project, i)->name)) != NULL;
    for (size_t i = 0; done && i < qc_project_coding_count(project); i++) {
        const qc_project_coding *coding = qc_project_coding_at(project, i);
        const char *code = qc_project_code_at(project, coding->code)->name;
        const char *coder = qc_arena_string(arena, coding->coder);
        const qc_coding_row row = {.document = names[coding->source],
                                   .may_be_other = qc_project_source_at(project, coding->source)->is_file_name,
                                   .text = qc_arena_string(arena, coding->words),
                                   .start = coding->start,
                                   .end = coding->end,
                                   .line = coding->line,
                                   .basis = QCODE_BASIS_OWN};
        done = coder && row.text && qc_coding_rows_mark(rows, *coder ? coder : NULL, code, strlen(code)) &&
               qc_coding_rows_add(rows, &row);
    }
    return done;
}

const char *qc_project_decode(qc_project *project, const void *data, size_t length, const char *source, size_t *size,
                              qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(project->arena.memory);
    const char *encoding, *copy = NULL;
    if (qc_decode(length ? data : (const void *)"", length, project->encoding, source, &text,
                  &encoding, notes, err)) {
        copy = qc_arena_copy(&project->arena, text.data ? text.data : "", text.length);
        *size = text.length;
        if (!copy)
            qc_no_memory(err);
    }
    qc_buffer_clear(&text);
    return copy;
}
