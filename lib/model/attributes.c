/* Attributes: their names made plain and unique. */
#include "model/attributes.h"
#include "model/transcript.h"

#include <stdio.h>

bool qc_is_contract_column(const char *name)
{
    static const char *const columns[] = {
        "document", "code",   "code_name", "case", "start",      "end",        "line",    "turn",     "time",  "speaker",
        "role",     "group",  "text",      "question", "guide",   "id",         "matches", "score",    "shares",  "basis", "status",
        "coder",    "origin", "state",     "decided_by", "decided_on", "reason",  "codebook", "pieces"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(columns[i], name) == 0)
            return true;
    return false;
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

char *qc_attribute_name(qc_arena *arena, const char *name, size_t length)
{
    static const char *const same[][2] = {
        {"respondent_group", "group"}, {"respondent_role", "position"}, {"role", "position"}};
    char *plain = qc_arena_take(arena, length + 10); /* room for the longest name below */
    if (!plain)
        return NULL;
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        char c = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] - 'A' + 'a') : name[i];
        if (is_plain((unsigned char)c))
            plain[used++] = c;
        else if (used && plain[used - 1] != '_')
            plain[used++] = '_';
    }
    while (used && plain[used - 1] == '_')
        plain[--used] = '\0';
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (strcmp(plain, same[i][0]) == 0)
            strcpy(plain, same[i][1]);
    if (!*plain)
        strcpy(plain, "unnamed");
    return plain;
}

const char *qc_attributes_value(const qcode_attribute *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return list[i].value;
    return NULL;
}

/* `group` has a column of its own because it is an attribute. */
static bool is_taken(const char *name)
{
    return qc_is_contract_column(name) && strcmp(name, "group") != 0;
}

static bool append(qc_attributes *list, qc_arena *arena, const char *name, const char *value, size_t length)
{
    if (list->count == list->capacity) {
        size_t wanted = list->capacity ? list->capacity * 2 : 4;
        qcode_attribute *grown = qc_arena_take_array(arena, wanted, sizeof *grown);
        if (!grown)
            return false;
        if (list->count)
            memcpy(grown, list->at, list->count * sizeof *grown);
        list->at = grown;
        list->capacity = wanted;
    }
    const char *copy = qc_arena_copy(arena, value, length);
    if (copy)
        list->at[list->count++] = (qcode_attribute){name, copy};
    return copy != NULL;
}

/* `plain`, or with the first _1, _2 ... that is free. */
static const char *free_name(const qc_attributes *list, qc_arena *arena, const char *plain)
{
    if (!is_taken(plain) && !qc_attributes_value(list->at, list->count, plain))
        return plain;
    size_t size = strlen(plain) + 24;
    char *name = qc_arena_take(arena, size);
    for (size_t i = 1; name; i++) {
        snprintf(name, size, "%s_%zu", plain, i);
        if (!qc_attributes_value(list->at, list->count, name))
            break;
    }
    return name;
}

bool qc_attributes_add(qc_attributes *list, qc_arena *arena, const char *name, size_t name_length, const char *value,
                       size_t value_length, bool *renamed)
{
    const char *plain = qc_attribute_name(arena, name, name_length);
    const char *chosen = plain ? free_name(list, arena, plain) : NULL;
    *renamed = chosen && chosen != plain;
    return chosen && append(list, arena, chosen, value, value_length);
}

bool qc_attributes_set(qc_attributes *list, qc_arena *arena, const char *name, const char *value)
{
    char *plain = qc_attribute_name(arena, name, strlen(name));
    const char *chosen = plain;
    if (plain && is_taken(plain)) {
        qc_attributes none = {0};
        chosen = free_name(&none, arena, plain);
    }
    if (!chosen)
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->at[i].name, chosen) == 0) {
            const char *copy = qc_arena_string(arena, value);
            list->at[i].value = copy ? copy : list->at[i].value;
            return copy != NULL;
        }
    return append(list, arena, chosen, value, strlen(value));
}
