/* qcode speakers: what was recognised, before anything is coded. */
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
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT",
     "text (the default), csv, jsonl, or cases: a cases.csv to begin from"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

enum { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSONL, FORMAT_CASES };
static const char *const formats[] = {"text", "csv", "jsonl", "cases", NULL};

static bool write_found(const qcode_recognised *found, size_t format, const choices *chosen, qcode_error *err)
{
    const qcode_table_style style = {.format = format == FORMAT_JSONL ? QCODE_FORMAT_JSONL : QCODE_FORMAT_CSV,
                                     .raw = chosen->raw,
                                     .screen = !chosen->output && isatty(STDOUT_FILENO)};
    cli_hold_signals();
    qcode_sink *sink = cli_open_output(chosen->output, err);
    bool done = sink != NULL;
    if (done && format == FORMAT_TEXT)
        done = qcode_recognised_write(found, NULL, sink, err);
    else if (done)
        done = qcode_table_write(format == FORMAT_CASES ? found->cases : found->speakers, &style, sink, err);
    done = done && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    cli_let_signals_through();
    return done;
}

/* How many roles are guesses, and how many documents have nobody who speaks. */
static void count_guesses(const qcode_table *table, size_t *guesses, size_t *nobody)
{
    size_t role_by = qcode_table_find(table, "role_by"), speaker = qcode_table_find(table, "speaker");
    for (size_t row = 0; row < qcode_table_row_count(table); row++) {
        qcode_cell cell = qcode_table_cell(table, row, role_by);
        *guesses += !cell.missing && cell.as.text[0] == 'g';
        *nobody += qcode_table_cell(table, row, speaker).missing;
    }
}

/* What to do next, where somebody may see it. */
static void say_next(const qcode_recognised *found, size_t format)
{
    size_t guesses = 0, nobody = 0;
    count_guesses(found->speakers, &guesses, &nobody);
    if (format != FORMAT_TEXT || (!guesses && !nobody))
        return;
    if (guesses)
        fprintf(stderr, "%zu role%s guessed\n", guesses, guesses == 1 ? " is" : "s are");
    if (nobody)
        fprintf(stderr, "%zu document%s words that nobody is known to say\n", nobody, nobody == 1 ? " has" : "s have");
    fputs("to put all right at once: qcode speakers --format cases -o cases.csv TRANSCRIPT..., correct that file, and give "
          "it with --cases\n", stderr);
}

static int show(const choices *chosen, const cli_list *paths, size_t format)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study;
    qcode_recognised found = {.speakers = NULL};
    qcode_inputs inputs = cli_inputs_of(&chosen->inputs, paths);
    bool done = cli_open_study(&chosen->inputs, paths, &study, &inputs.read, &err) &&
                qcode_recognise(&inputs, NULL, &found, study.notes, &err) &&
                write_found(&found, format, chosen, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    int status = found.refused ? CLI_INPUT : CLI_DONE;
    if (!done)
        status = cli_fail_with_notes(study.notes, most, &err);
    else if (format != FORMAT_TEXT)
        cli_say_notes(study.notes, most);
    else /* a document's notes stand with it */
        cli_say_other_notes(study.notes, most, paths);
    if (!done)
        cli_say_hint(&err);
    else if (!chosen->inputs.quiet)
        say_next(&found, format);
    qcode_recognised_clear(&found);
    cli_close_study(&study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list paths = {NULL, 0};
    char word[64];
    int status = CLI_USAGE;
    if (cli_parse(&cli_speakers, count, words, &chosen, &paths)) {
        size_t format = chosen.format ? cli_find_word(chosen.format, formats) : FORMAT_TEXT;
        if (format == SIZE_MAX)
            cli_usage(&cli_speakers, "--format is text, csv, jsonl or cases, not \"%s\"",
                      cli_word(chosen.format, word, sizeof word));
        else if ((status = cli_check_inputs(&cli_speakers, &paths, chosen.inputs.cases)) == CLI_DONE)
            status = show(&chosen, &paths, format);
    }
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_speakers = {"speakers", "TRANSCRIPT...", "show who speaks, as it was recognised, before coding",
                                  options, run};
