/* qcode pseudonymise: other names in transcripts. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct choices {
    const char *key, *output, *map, *format;
    bool list, raw;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"key", 0, CLI_TEXT, offsetof(choices, key), "KEY", "a key.csv: name, replacement, variants, kind (always needed)"},
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FOLDER", "where the new transcripts go"},
    {"list", 'l', CLI_FLAG, offsetof(choices, list), NULL, "write no transcripts, only the table of names"},
    {"map", 0, CLI_TEXT, offsetof(choices, map), "FILE",
     "where the offset map goes (default: FOLDER.map.jsonl, beside the folder)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT",
     "of the table on stdout: jsonl, csv, text (the default) or json"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* In the order of qcode_format. */
static const char *const formats[] = {"jsonl", "csv", "text", "json", NULL};

/* Looks at the words of the command line before anything is read. */
static int check_words(const choices *chosen, const cli_list *paths, qcode_format *format)
{
    char word[64];
    size_t found = chosen->format ? cli_find_word(chosen->format, formats) : QCODE_FORMAT_TEXT;
    *format = (qcode_format)found;
    if (!chosen->key)
        return cli_usage(&cli_pseudonymise, "a key is wanted: --key KEY");
    if (!chosen->output == !chosen->list)
        return cli_usage(&cli_pseudonymise, "either -o FOLDER or --list is wanted");
    if (chosen->map && chosen->list)
        return cli_usage(&cli_pseudonymise, "--map is for a folder; --list writes none");
    if (found == SIZE_MAX)
        return cli_usage(&cli_pseudonymise, "--format is jsonl, csv, text or json, not \"%s\"",
                         cli_word(chosen->format, word, sizeof word));
    return cli_check_inputs(&cli_pseudonymise, paths, chosen->key);
}

/* What a run holds while it lasts. */
typedef struct names_run {
    const choices *chosen;
    qcode_inputs inputs;
    qcode_key *key;
    cli_study study;
    qcode_sink *out;
    qcode_pseudonymised result;
} names_run;

static bool go_on(void *user, size_t done, size_t total)
{
    (void)user, (void)total;
    if (!done)
        cli_hold_signals();
    return !cli_told_to_end();
}

static bool open_run(names_run *run, const cli_list *paths, qcode_error *err)
{
    const choices *chosen = run->chosen;
    run->inputs = cli_inputs_of(&chosen->inputs, paths);
    run->inputs.progress = chosen->output ? go_on : NULL;
    if (!cli_open_study(&chosen->inputs, paths, &run->study, &run->inputs.read, err))
        return false;
    run->key = qcode_key_read(chosen->key, NULL, run->study.notes, err);
    run->out = run->key ? cli_open_output(NULL, err) : NULL;
    return run->out;
}

static bool write_table(const names_run *run, qcode_format format, qcode_error *err)
{
    const qcode_table_style style = {.format = format, .raw = run->chosen->raw, .screen = isatty(STDOUT_FILENO)};
    return qcode_table_write(run->result.names, &style, run->out, err) && qcode_sink_finish(run->out, err);
}

static void say_summary(const names_run *run)
{
    const qcode_pseudonymised *result = &run->result;
    const choices *chosen = run->chosen;
    char folder[256];
    fprintf(stderr, "listed names stand in %zu place%s of %zu transcript%s\n", result->replaced,
            cli_plural(result->replaced), result->documents, cli_plural(result->documents));
    fprintf(stderr, "%zu place%s may name somebody or something not listed: a person has to judge them\n",
            result->unlisted, cli_plural(result->unlisted));
    if (result->refused)
        fprintf(stderr, "%zu document%s refused and not written\n", result->refused,
                result->refused == 1 ? " was" : "s were");
    if (result->remaining)
        fprintf(stderr, "%zu listed name%s would remain; %s\n", result->remaining, cli_plural(result->remaining),
                chosen->output ? "nothing was written" : "with -o nothing would be written");
    else if (chosen->output)
        fprintf(stderr, "transcripts with other names: %s; keep the key and the offset map apart from them\n",
                cli_word(chosen->output, folder, sizeof folder));
    fputs("this is pseudonymising, not anonymising: what is told may still say who it was\n", stderr);
}

static int say_results(const names_run *run, size_t most)
{
    cli_say_notes(run->study.notes, most);
    if (!run->chosen->inputs.quiet) {
        cli_say_study(&run->study.file);
        say_summary(run);
    }
    return run->result.remaining ? CLI_NO : run->result.refused ? CLI_INPUT : CLI_DONE;
}

static int pseudonymise(const choices *chosen, const cli_list *paths, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    names_run run = {.chosen = chosen};
    bool done = open_run(&run, paths, &err);
    const char *const secrets[] = {chosen->key, run.study.file.cases};
    const qcode_pseudonymise_job job = {.inputs = &run.inputs,
                                        .key = run.key,
                                        .secrets = secrets,
                                        .secret_count = run.study.file.cases ? 2 : 1,
                                        .folder = chosen->output,
                                        .map = chosen->map};
    done = done && qcode_pseudonymise(&job, NULL, &run.result, run.study.notes, &err);
    if (chosen->output)
        cli_let_signals_through();
    done = done && write_table(&run, format, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    int status = done ? say_results(&run, most) : cli_fail_with_notes(run.study.notes, most, &err);
    if (!done)
        cli_say_hint(&err);
    qcode_table_free(run.result.names);
    qcode_sink_free(run.out);
    qcode_key_free(run.key);
    cli_close_study(&run.study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.key = NULL};
    cli_list paths = {NULL, 0};
    qcode_format format = QCODE_FORMAT_TEXT;
    int status = CLI_USAGE;
    if (cli_parse(&cli_pseudonymise, count, words, &chosen, &paths)) {
        status = check_words(&chosen, &paths, &format);
        if (status == CLI_DONE)
            status = pseudonymise(&chosen, &paths, format);
    }
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_pseudonymise = {"pseudonymise", "--key KEY -o FOLDER TRANSCRIPT...",
                                      "put other names into transcripts, and list what else may name somebody", options,
                                      run};
