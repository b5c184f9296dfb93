/* --limit NAME=SIZE: how much a transcript's file may ask for. */
#include "cli.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The fields of qcode/limits.h. */
static const struct {
    const char *name;
    size_t offset;
} names[] = {
    {"input", offsetof(qcode_limits, input)},
    {"text", offsetof(qcode_limits, text)},
    {"member", offsetof(qcode_limits, member)},
    {"archive", offsetof(qcode_limits, archive)},
    {"ratio", offsetof(qcode_limits, ratio)},
    {"ratio-free", offsetof(qcode_limits, ratio_free)},
    {"members", offsetof(qcode_limits, member_count)},
    {"xml-depth", offsetof(qcode_limits, xml_depth)},
};

static size_t *find(qcode_limits *limits, const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == length && memcmp(names[i].name, name, length) == 0)
            return (size_t *)(void *)((char *)limits + names[i].offset);
    return NULL;
}

/* A number above 0, perhaps with a unit; 0 when it is none or too large. */
static size_t read_size(const char *text)
{
    static const struct {
        const char *name;
        unsigned shift;
    } units[] = {{"", 0}, {"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || errno)
        return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].name) == 0)
            return number > SIZE_MAX >> units[i].shift ? 0 : (size_t)number << units[i].shift;
    return 0;
}

bool cli_put_limit(const cli_command *command, const char *word, qcode_limits *limits)
{
    char safe[80];
    const char *equals = strchr(word, '=');
    size_t *place = equals ? find(limits, word, (size_t)(equals - word)) : NULL;
    size_t size = place ? read_size(equals + 1) : 0;
    if (size && !*place) {
        *place = size;
        return true;
    }
    cli_word(word, safe, sizeof safe);
    if (!place)
        cli_usage(command, "--limit wants input, text, member, archive, ratio, ratio-free, members or xml-depth, "
                           "and = and a size, not \"%s\"", safe);
    else if (!size)
        cli_usage(command, "--limit wants a number above 0, perhaps with KiB, MiB or GiB, in \"%s\"", safe);
    else
        cli_usage(command, "--limit is given twice for the same, as \"%s\"", safe);
    return false;
}
