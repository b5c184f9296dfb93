/* qcode quotes-check: whether a draft quotes what was said, of whom, and counts what was counted. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct choices {
    const char *statements, *format;
    bool json, all, quiet;
} choices;

static const cli_option options[] = {
    {"statements", 0, CLI_TEXT, offsetof(choices, statements), "FILE", "a statements.yaml, for counts given as \"4 of 5 [S3]\""},
    {"all", 'a', CLI_FLAG, offsetof(choices, all), NULL, "list what holds, too"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "with --all: text (the default), csv, jsonl or json"},
    {"json", 0, CLI_FLAG, offsetof(choices, json), NULL, "the same as --all --format json"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes and no summary"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* "draft.md:12: quotation: nobody who may be quoted says it: ..." for each that does not hold. */
static void say_wrong(const qcode_table *table, const char *draft)
{
    char safe[256], words[128];
    for (size_t i = 0; i < qcode_table_row_count(table); i++)
        if (!qcode_table_cell(table, i, 3).as.yes)
            printf("%s:%lld: %s: %s: %s\n", cli_word(draft, safe, sizeof safe),
                   (long long)qcode_table_cell(table, i, 0).as.integer, qcode_table_cell(table, i, 1).as.text,
                   qcode_table_cell(table, i, 4).as.text,
                   cli_word(qcode_table_cell(table, i, 2).as.text, words, sizeof words));
}

static int check(const choices *chosen, const char *draft, const char *folder, qcode_format format)
{
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    size_t wrong = 0;
    qcode_notes *notes = qcode_notes_new(NULL);
    const qcode_quotes_job job = {draft, folder, chosen->statements};
    qcode_table *table = notes ? qcode_check_quotes(&job, NULL, &wrong, notes, &err) : NULL;
    bool done = table != NULL;
    size_t most = cli_most_notes(false, chosen->quiet);
    if (done && (chosen->all || chosen->json))
        done = cli_put_table(table, format, &err);
    else if (done)
        say_wrong(table, draft);
    int status = wrong ? CLI_NO : CLI_DONE;
    if (done) {
        size_t count = qcode_table_row_count(table);
        cli_say_notes(notes, most);
        if (!chosen->quiet)
            fprintf(stderr, "%zu thing%s checked, %zu of them do%s not hold\n", count, cli_plural(count), wrong,
                    wrong == 1 ? "es" : "");
    } else
        status = cli_fail_with_notes(notes, most, &err);
    qcode_table_free(table);
    qcode_notes_free(notes);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.format = NULL};
    cli_list operands = {NULL, 0};
    qcode_format format;
    int status = CLI_USAGE;
    if (cli_parse(&cli_quotes_check, count, words, &chosen, &operands)) {
        if (operands.count != 2)
            cli_usage(&cli_quotes_check, "a draft and the folder of a run are wanted");
        else if (cli_choose_table_format(&cli_quotes_check, chosen.format, chosen.json, &format))
            status = check(&chosen, operands.at[0], operands.at[1], format);
    }
    free(operands.at);
    return status;
}

const cli_command cli_quotes_check = {"quotes-check", "DRAFT FOLDER",
                                      "find the quotations of a draft in the transcripts, and check whose they are", options, run};
