/* The words of a command line, read by a command's own table of options. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct parse {
    const cli_command *command;
    char **words;
    size_t count, at;
    void *choices;
    bool seen[64]; /* options given already, by their place in the table */
} parse;

static const cli_option *by_name(const cli_command *command, const char *name, size_t length)
{
    for (const cli_option *option = command->options; option->name; option++)
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0)
            return option;
    return NULL;
}

static const cli_option *by_letter(const cli_command *command, char letter)
{
    for (const cli_option *option = command->options; option->name; option++)
        if (option->letter == letter)
            return option;
    return NULL;
}

/* Insertions, deletions and replacements that make `b` of `a`; both are short. */
static size_t distance(const char *a, size_t a_length, const char *b)
{
    size_t row[32], b_length = strlen(b);
    if (a_length >= 31 || b_length >= 31)
        return 31;
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t corner = row[0]++;
        for (size_t j = 1; j <= b_length; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b_length];
}

/* Says that an option is unknown, with the nearest one where there is one near. */
static bool unknown(const cli_command *command, const char *name, size_t length)
{
    const cli_option *nearest = NULL;
    size_t best = length / 3 + 1;
    for (const cli_option *option = command->options; option->name; option++) {
        size_t far = distance(name, length, option->name);
        if (far <= best) {
            best = far;
            nearest = option;
        }
    }
    char word[64], whole[80];
    snprintf(whole, sizeof whole, "%.*s", (int)(length < 60 ? length : 60), name);
    cli_word(whole, word, sizeof word);
    if (nearest)
        cli_usage(command, "there is no option --%s; did you mean --%s?", word, nearest->name);
    else
        cli_usage(command, "there is no option --%s", word);
    return false;
}

static bool put_number(parse *p, const cli_option *option, const char *value, size_t *number)
{
    char *end;
    errno = 0;
    unsigned long long read = strtoull(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || errno || read > SIZE_MAX) {
        char word[64];
        cli_usage(p->command, "--%s wants a number, not \"%s\"", option->name, cli_word(value, word, sizeof word));
        return false;
    }
    *number = (size_t)read;
    return true;
}

static bool put_item(cli_list *list, const char *item, size_t most)
{
    if (!list->at && !(list->at = malloc((most + 1) * sizeof *list->at))) {
        fputs("qcode: out of memory\n", stderr);
        exit(CLI_OUTPUT);
    }
    list->at[list->count++] = item;
    return true;
}

static bool put_value(parse *p, const cli_option *option, const char *value)
{
    void *place = (char *)p->choices + option->offset;
    size_t index = (size_t)(option - p->command->options);
    if (option->kind != CLI_LIST && option->kind != CLI_LIMIT && option->kind != CLI_FLAG && p->seen[index]) {
        cli_usage(p->command, "--%s is given twice", option->name);
        return false;
    }
    p->seen[index] = true;
    if (option->kind != CLI_FLAG && !*value) {
        cli_usage(p->command, "--%s wants a value that is not empty: --%s %s", option->name, option->name,
                  option->value);
        return false;
    }
    switch (option->kind) {
    case CLI_FLAG: *(bool *)place = true; return true;
    case CLI_TEXT: *(const char **)place = value; return true;
    case CLI_NUMBER: return put_number(p, option, value, place);
    case CLI_LIST: return put_item(place, value, p->count);
    case CLI_LIMIT: return cli_put_limit(p->command, value, place);
    }
    return false;
}

/* The value of an option: what stands behind it in its word, or else the next word. */
static bool take_value(parse *p, const cli_option *option, const char *attached)
{
    if (!attached && p->at == p->count) {
        cli_usage(p->command, "--%s wants a value: --%s %s", option->name, option->name, option->value);
        return false;
    }
    return put_value(p, option, attached ? attached : p->words[p->at++]);
}

static bool long_option(parse *p, const char *word)
{
    const char *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    const cli_option *option = by_name(p->command, word, length);
    if (!option)
        return unknown(p->command, word, length);
    if (option->kind != CLI_FLAG)
        return take_value(p, option, equals ? equals + 1 : NULL);
    if (equals) {
        cli_usage(p->command, "--%s takes no value", option->name);
        return false;
    }
    return put_value(p, option, NULL);
}

/* "-c FILE", "-cFILE", and flags in a row. */
static bool short_options(parse *p, const char *word)
{
    for (; *word; word++) {
        const cli_option *option = by_letter(p->command, *word);
        if (!option) {
            char letter[2] = {*word, '\0'}, safe[16];
            cli_usage(p->command, "there is no option -%s", cli_word(letter, safe, sizeof safe));
            return false;
        }
        if (option->kind != CLI_FLAG)
            return take_value(p, option, word[1] ? word + 1 : NULL);
        if (!put_value(p, option, NULL))
            return false;
    }
    return true;
}

bool cli_parse(const cli_command *command, size_t count, char **words, void *choices, cli_list *operands)
{
    parse p = {.command = command, .words = words, .count = count, .choices = choices};
    bool done = true, only_operands = false;
    while (done && p.at < count) {
        const char *word = words[p.at++];
        if (only_operands || word[0] != '-' || !word[1])
            done = put_item(operands, word, count);
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else if (word[1] == '-')
            done = long_option(&p, word + 2);
        else
            done = short_options(&p, word + 1);
    }
    return done;
}
