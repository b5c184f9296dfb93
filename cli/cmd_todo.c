/* qcode todo: what is left to people in a run's folder. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct choices {
    const char *format;
    bool json, quiet;
} choices;

static const cli_option options[] = {
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl or json"},
    {"json", 0, CLI_FLAG, offsetof(choices, json), NULL, "the same as --format json"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "say nothing but errors beside the list"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static void say_count(size_t count)
{
    if (count)
        fprintf(stderr, "%zu thing%s left to do\n", count, cli_plural(count));
    else
        fputs("nothing is left to do\n", stderr);
}

static int list(const choices *chosen, const char *folder, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_table *table = qcode_todo(folder, NULL, &err);
    size_t count = table ? qcode_table_row_count(table) : 0;
    bool done = table && cli_put_table(table, format, &err);
    if (done && !chosen->quiet)
        say_count(count);
    qcode_table_free(table);
    return !done ? cli_fail(&err) : count ? CLI_NO : CLI_DONE;
}

static int run(size_t count, char **words)
{
    choices chosen = {.format = NULL};
    cli_list operands = {NULL, 0};
    qcode_format format;
    int status = CLI_USAGE;
    if (cli_parse(&cli_todo, count, words, &chosen, &operands)) {
        if (operands.count != 1)
            cli_usage(&cli_todo, "expected the folder of a run");
        else if (cli_choose_table_format(&cli_todo, chosen.format, chosen.json, &format))
            status = list(&chosen, operands.at[0], format);
    }
    free(operands.at);
    return status;
}

const cli_command cli_todo = {"todo", "FOLDER", "list what no person has judged, where people differ, and what lost its place", options, run};
