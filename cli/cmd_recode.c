/* qcode recode: changes a code in a codebook and in tables of codings together. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct choices {
    const char *codebook, *by, *on, *reason;
    bool quiet;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_TEXT, offsetof(choices, codebook), "BOOK", "the codebook, which is changed (always needed)"},
    {"by", 0, CLI_TEXT, offsetof(choices, by), "WHO", "who changes it (always needed)"},
    {"reason", 0, CLI_TEXT, offsetof(choices, reason), "WHY", "why (always needed)"},
    {"on", 0, CLI_TEXT, offsetof(choices, on), "DATE", "when, as 2023-03-14 (default: today)"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "say nothing but errors"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static void say_changes(const qcode_rename *rename, const cli_list *tables, const size_t *counts)
{
    char from[64], to[64], path[256];
    fprintf(stderr, "%s is %s now\n", cli_word(rename->from, from, sizeof from), cli_word(rename->to, to, sizeof to));
    for (size_t i = 0; i < tables->count; i++)
        fprintf(stderr, "%s: %zu coding%s changed\n", cli_word(tables->at[i], path, sizeof path), counts[i],
                cli_plural(counts[i]));
}

static int rename_code(const choices *chosen, const cli_list *words)
{
    char today[32];
    struct tm now;
    time_t seconds = time(NULL);
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    if (!localtime_r(&seconds, &now) || !strftime(today, sizeof today, "%Y-%m-%d", &now))
        return cli_usage(&cli_recode, "the date of today is not known: --on DATE is wanted");
    const qcode_rename rename = {.from = words->at[1], .to = words->at[2], .by = chosen->by,
                                 .on = chosen->on ? chosen->on : today, .reason = chosen->reason};
    const cli_list tables = {words->at + 3, words->count - 3};
    size_t *counts = calloc(tables.count + 1, sizeof *counts);
    cli_hold_signals();
    bool done = counts && qcode_recode_rename(&rename, chosen->codebook, tables.at, tables.count, NULL, counts, &err);
    cli_let_signals_through();
    if (done && !chosen->quiet)
        say_changes(&rename, &tables, counts);
    free(counts);
    return done ? CLI_DONE : cli_fail(&err);
}

static int run(size_t count, char **words)
{
    choices chosen = {.codebook = NULL};
    cli_list operands = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_recode, count, words, &chosen, &operands)) {
        if (operands.count < 3 || strcmp(operands.at[0], "rename") != 0)
            cli_usage(&cli_recode, "expected rename, the id of a code and its new id");
        else if (!chosen.codebook || !chosen.by || !chosen.reason)
            cli_usage(&cli_recode, "-c BOOK, --by WHO and --reason WHY are wanted");
        else
            status = rename_code(&chosen, &operands);
    }
    free(operands.at);
    return status;
}

const cli_command cli_recode = {"recode", "rename OLD NEW -c BOOK --by WHO --reason WHY [CODINGS.csv...]",
                                "give a code another id, in the codebook and in codings", options, run};
