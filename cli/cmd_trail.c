/* qcode trail: how a run's folder came to be. */
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

static int list(const choices *chosen, const char *folder, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_table *table = qcode_trail(folder, NULL, &err);
    bool done = table && cli_put_table(table, format, &err);
    if (done && !chosen->quiet)
        fprintf(stderr, "%zu event%s\n", qcode_table_row_count(table), cli_plural(qcode_table_row_count(table)));
    qcode_table_free(table);
    return done ? CLI_DONE : cli_fail(&err);
}

static int run(size_t count, char **words)
{
    choices chosen = {.format = NULL};
    cli_list operands = {NULL, 0};
    qcode_format format;
    int status = CLI_USAGE;
    if (cli_parse(&cli_trail, count, words, &chosen, &operands)) {
        if (operands.count != 1)
            cli_usage(&cli_trail, "expected the folder of a run");
        else if (cli_choose_table_format(&cli_trail, chosen.format, chosen.json, &format))
            status = list(&chosen, operands.at[0], format);
    }
    free(operands.at);
    return status;
}

const cli_command cli_trail = {"trail", "FOLDER", "list changes of codes, decisions and memos in their order", options, run};
