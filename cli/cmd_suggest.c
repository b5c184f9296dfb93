/* qcode suggest: words that mark a code and that its rules do not know. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { USUAL_MOST = 10 };

typedef struct choices {
    const char *codebook, *format;
    cli_list against;
    size_t most;
    bool no_jit;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_TEXT, offsetof(choices, codebook), "BOOK", "the codebook, a YAML file"},
    {"against", 'a', CLI_LIST, offsetof(choices, against), "CODINGS",
     "codings by hand: CSV, TSV, segments.jsonl or a run's folder; may be given again"},
    {"most", 'n', CLI_NUMBER, offsetof(choices, most), "N", "so many for each code (default: 10)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl or json"},
    {"no-jit", 0, CLI_FLAG, offsetof(choices, no_jit), NULL,
     "run regexes without compiling them (slower; same result)"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* In the order of qcode_format. */
static const char *const formats[] = {"jsonl", "csv", "text", "json", NULL};

static bool put(const qcode_table *table, qcode_format format, qcode_error *err)
{
    const qcode_table_style style = {.format = format, .screen = isatty(STDOUT_FILENO)};
    qcode_sink *out = cli_open_output(NULL, err);
    bool done = out && qcode_table_write(table, &style, out, err) && qcode_sink_finish(out, err);
    qcode_sink_free(out);
    return done;
}

static int suggest(const choices *chosen, const cli_list *paths, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study = {.notes = NULL};
    qcode_suggest_job job = {.inputs = cli_inputs_of(&chosen->inputs, paths),
                             .match = {.no_jit = chosen->no_jit},
                             .against = chosen->against.at,
                             .against_count = chosen->against.count,
                             .most = chosen->most ? chosen->most : USUAL_MOST};
    qcode_codebook *book = NULL;
    qcode_table *table = NULL;
    size_t refused = 0;
    bool done = cli_open_study(&chosen->inputs, paths, &study, &job.inputs.read, &err) &&
                (book = qcode_codebook_read(chosen->codebook, NULL, study.notes, &err));
    job.codebook = book;
    done = done && (table = qcode_suggest(&job, NULL, &refused, study.notes, &err)) && put(table, format, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    if (done)
        cli_say_notes(study.notes, most);
    if (done && !chosen->inputs.quiet && !qcode_table_row_count(table))
        fputs("nothing to suggest: no word marks a code that its rules do not find\n", stderr);
    int status = !done ? cli_fail_with_notes(study.notes, most, &err) : refused ? CLI_INPUT : CLI_DONE;
    qcode_table_free(table);
    qcode_codebook_free(book);
    cli_close_study(&study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.format = NULL};
    cli_list paths = {NULL, 0};
    char word[64];
    int status = CLI_USAGE;
    if (cli_parse(&cli_suggest, count, words, &chosen, &paths)) {
        size_t format = chosen.format ? cli_find_word(chosen.format, formats) : QCODE_FORMAT_TEXT;
        if (!chosen.codebook)
            cli_usage(&cli_suggest, "no codebook is given: -c BOOK");
        else if (!chosen.against.count)
            cli_usage(&cli_suggest, "no codings are given to learn from: --against CODINGS");
        else if (format == SIZE_MAX)
            cli_usage(&cli_suggest, "--format is text, csv, jsonl or json, not \"%s\"",
                      cli_word(chosen.format, word, sizeof word));
        else if ((status = cli_check_inputs(&cli_suggest, &paths, chosen.codebook)) == CLI_DONE)
            status = suggest(&chosen, &paths, (qcode_format)format);
    }
    free(chosen.against.at);
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_suggest = {"suggest", "-c BOOK --against CODINGS TRANSCRIPT...",
                                 "show words that mark a code and are not yet in its rules", options, run};
