/* qcode withdraw: takes a respondent out of a run's folder. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct choices {
    bool dry_run, quiet;
} choices;

static const cli_option options[] = {
    {"dry-run", 'n', CLI_FLAG, offsetof(choices, dry_run), NULL, "change nothing, and say what would change"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "say nothing but errors"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* Each file and count that changes, one a line, on stdout. */
static void say_changes(const qcode_withdrawal *done)
{
    char file[64], what[256];
    for (size_t i = 0; i < done->change_count; i++) {
        const qcode_change *change = &done->changes[i];
        printf("%s\t%s\t%zu -> %zu\n", cli_word(change->file, file, sizeof file),
               cli_word(change->what, what, sizeof what), change->before, change->after);
    }
}

/* What is left for people to do. */
static void say_rest(const qcode_withdrawal *done, const char *folder, bool dry_run)
{
    char word[256], place[256];
    fputs(dry_run ? "nothing was changed (--dry-run)\n" : "withdrawn: in no segment, in no count, words masked\n", stderr);
    for (size_t i = 0; i < done->other_count; i++)
        fprintf(stderr, "not looked at, may hold copies: %s/%s\n", cli_word(folder, place, sizeof place),
                cli_word(done->others[i], word, sizeof word));
    fputs("not touched: the transcripts, cases.csv (say withdrawn: yes there) and copies elsewhere\n", stderr);
}

static int withdraw(const choices *chosen, const char *who, const char *folder)
{
    qcode_error err = {.status = QCODE_OK};
    if (!chosen->dry_run)
        cli_hold_signals();
    qcode_withdrawal *done = qcode_withdraw(folder, who, chosen->dry_run, NULL, &err);
    if (!chosen->dry_run)
        cli_let_signals_through();
    if (!done)
        return cli_fail(&err);
    if (!chosen->quiet) {
        say_changes(done);
        say_rest(done, folder, chosen->dry_run);
    }
    qcode_withdrawal_free(done);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return CLI_DONE;
    fputs("stdout: cannot write\n", stderr);
    return CLI_OUTPUT;
}

static int run(size_t count, char **words)
{
    choices chosen = {.dry_run = false};
    cli_list operands = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_withdraw, count, words, &chosen, &operands)) {
        if (operands.count == 2)
            status = withdraw(&chosen, operands.at[0], operands.at[1]);
        else
            status = cli_usage(&cli_withdraw, "a respondent and one folder of a run are wanted");
    }
    free(operands.at);
    return status;
}

const cli_command cli_withdraw = {"withdraw", "CASE FOLDER", "take a respondent out of a run's folder", options, run};
