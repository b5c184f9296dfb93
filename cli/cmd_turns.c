/* qcode turns: interviews as tidy data, a row for each turn. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct choices {
    const char *output, *format;
    bool raw;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file; - is stdout (the default)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "jsonl (the default) or csv"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* In the order of qcode_format. */
static const char *const formats[] = {"jsonl", "csv", NULL};

/* While a file is being written, a signal to end waits for the document at hand. */
static bool go_on(void *user, size_t done, size_t total)
{
    (void)user;
    (void)total;
    if (!done)
        cli_hold_signals();
    return !cli_told_to_end();
}

static int write_turns(const choices *chosen, const cli_list *paths, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study;
    qcode_turns_totals totals = {.documents = 0};
    qcode_turns_job job = {.inputs = cli_inputs_of(&chosen->inputs, paths),
                           .format = format,
                           .raw = chosen->raw,
                           .screen = !chosen->output && isatty(STDOUT_FILENO)};
    if (chosen->output)
        job.inputs.progress = go_on;
    bool done = cli_open_study(&chosen->inputs, paths, &study, &job.inputs.read, &err) &&
                (job.out = cli_open_output(chosen->output, &err)) &&
                qcode_turns(&job, NULL, &totals, study.notes, &err);
    qcode_sink_free(job.out);
    if (chosen->output)
        cli_let_signals_through();
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    int status = totals.refused ? CLI_INPUT : CLI_DONE;
    if (!done)
        status = cli_fail_with_notes(study.notes, most, &err);
    else
        cli_say_notes(study.notes, most);
    if (!done)
        cli_say_hint(&err);
    else if (!chosen->inputs.quiet)
        fprintf(stderr, "%zu turn%s in %zu document%s\n", totals.turns, cli_plural(totals.turns), totals.documents,
                cli_plural(totals.documents));
    cli_close_study(&study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list paths = {NULL, 0};
    char word[64];
    int status = CLI_USAGE;
    if (cli_parse(&cli_turns, count, words, &chosen, &paths)) {
        size_t format = chosen.format ? cli_find_word(chosen.format, formats) : QCODE_FORMAT_JSONL;
        if (format == SIZE_MAX)
            cli_usage(&cli_turns, "--format is jsonl or csv, not \"%s\"", cli_word(chosen.format, word, sizeof word));
        else if ((status = cli_check_inputs(&cli_turns, &paths, chosen.inputs.cases)) == CLI_DONE)
            status = write_turns(&chosen, &paths, (qcode_format)format);
    }
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_turns = {"turns", "TRANSCRIPT...", "write the interviews as tidy data, a row for each turn",
                               options, run};
