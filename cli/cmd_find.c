/* qcode find: keyword in context. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { USUAL_CONTEXT = 40 };

typedef struct choices {
    const char *format, *language;
    size_t context;
    bool regex, rule, no_jit;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"regex", 'x', CLI_FLAG, offsetof(choices, regex), NULL, "PATTERN is a regular expression"},
    {"rule", 'r', CLI_FLAG, offsetof(choices, rule), NULL, "PATTERN is a rule: 'near: [[boss*], [seen]], within: turn'"},
    {"language", 'l', CLI_TEXT, offsetof(choices, language), "LANGUAGE",
     "of the transcripts, for stems (~word): en, de, fr ... as in a codebook"},
    {"context", 'C', CLI_NUMBER, offsetof(choices, context), "N", "characters on either side (default: 40)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), or segments as jsonl or csv"},
    {"no-jit", 0, CLI_FLAG, offsetof(choices, no_jit), NULL,
     "run regexes without compiling them (slower; same result)"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* In the order of qcode_format. */
static const char *const formats[] = {"jsonl", "csv", "text", NULL};

static int say_found(const qcode_code_totals *totals, bool quiet)
{
    if (!quiet)
        fprintf(stderr, "found %zu time%s in %zu of %zu interview%s\n", totals->codes[0].segments,
                cli_plural(totals->codes[0].segments), totals->codes[0].interviews, totals->documents,
                cli_plural(totals->documents));
    return totals->refused ? CLI_INPUT : totals->segments ? CLI_DONE : CLI_NO;
}

static int find(const choices *chosen, const char *pattern, const cli_list *paths, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study;
    qcode_code_totals totals = {.documents = 0};
    qcode_code_job job = {.inputs = cli_inputs_of(&chosen->inputs, paths),
                          .match = {.no_jit = chosen->no_jit},
                          .format = format,
                          .context = chosen->context ? chosen->context : USUAL_CONTEXT,
                          .color = cli_wants_color(),
                          .screen = isatty(STDOUT_FILENO)};
    qcode_pattern_kind kind = chosen->regex ? QCODE_PATTERN_REGEX : chosen->rule ? QCODE_PATTERN_RULE : QCODE_PATTERN_TERM;
    qcode_codebook *book = NULL;
    bool done = cli_open_study(&chosen->inputs, paths, &study, &job.inputs.read, &err) &&
                (book = qcode_pattern_codebook(pattern, kind, chosen->language, NULL, study.notes, &err)) &&
                (job.out = cli_open_output(NULL, &err));
    job.codebooks = (qcode_codebooks){&book, 1};
    done = done && qcode_code_set(&job, NULL, &totals, study.notes, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    if (done)
        cli_say_notes(study.notes, most);
    int status = done ? say_found(&totals, chosen->inputs.quiet) : cli_fail_with_notes(study.notes, most, &err);
    if (!done)
        cli_say_hint(&err);
    if (!done && err.status == QCODE_INVALID && pattern[0] == '~' && !chosen->language)
        fputs("name the language of the transcripts: --language en\n", stderr);
    qcode_code_totals_clear(&totals);
    qcode_sink_free(job.out);
    qcode_codebook_free(book);
    cli_close_study(&study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.format = NULL};
    cli_list paths = {NULL, 0}, files;
    char word[64];
    int status = CLI_USAGE;
    if (cli_parse(&cli_find, count, words, &chosen, &paths)) {
        size_t format = chosen.format ? cli_find_word(chosen.format, formats) : QCODE_FORMAT_TEXT;
        files = paths.count ? (cli_list){paths.at + 1, paths.count - 1} : paths;
        if (!paths.count)
            cli_usage(&cli_find, "nothing to find is given");
        else if (chosen.regex && chosen.rule)
            cli_usage(&cli_find, "a pattern is a regular expression or a rule, not both");
        else if (format == SIZE_MAX)
            cli_usage(&cli_find, "--format is text, jsonl or csv, not \"%s\"",
                      cli_word(chosen.format, word, sizeof word));
        else if ((status = cli_check_inputs(&cli_find, &files, chosen.inputs.cases)) == CLI_DONE)
            status = find(&chosen, paths.at[0], &files, (qcode_format)format);
    }
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_find = {"find", "PATTERN TRANSCRIPT...", "show words where they stand, with what is around them",
                              options, run};
