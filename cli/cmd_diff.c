/* qcode diff: which segments come and go from one codebook to another. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct choices {
    const char *format;
    bool codes, no_jit;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl or json"},
    {"codes", 0, CLI_FLAG, offsetof(choices, codes), NULL, "of csv, jsonl and json: counts by code, not the segments"},
    {"no-jit", 0, CLI_FLAG, offsetof(choices, no_jit), NULL,
     "run regexes without compiling them (slower; same result)"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* In the order of qcode_format. */
static const char *const formats[] = {"jsonl", "csv", "text", "json", NULL};

static bool put(const qcode_difference *found, const choices *chosen, qcode_format format, qcode_error *err)
{
    const qcode_table_style style = {.format = format, .screen = isatty(STDOUT_FILENO)};
    bool text = format == QCODE_FORMAT_TEXT;
    qcode_sink *out = cli_open_output(NULL, err);
    bool done = out != NULL;
    if (done && (text ? found->gone + found->added > 0 : !chosen->codes))
        done = qcode_table_write(found->segments, &style, out, err);
    if (done && text && found->gone + found->added)
        qcode_sink_write(out, "\n", 1);
    if (done && (text || chosen->codes))
        done = qcode_table_write(found->codes, &style, out, err);
    done = done && qcode_sink_finish(out, err);
    qcode_sink_free(out);
    return done;
}

static int diff(const choices *chosen, const char *const *books, const cli_list *paths, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study = {.notes = NULL};
    qcode_difference found = {.segments = NULL};
    qcode_inputs inputs = cli_inputs_of(&chosen->inputs, paths);
    const qcode_match_options match = {.no_jit = chosen->no_jit};
    qcode_codebook *before = NULL, *after = NULL;
    bool done = cli_open_study(&chosen->inputs, paths, &study, &inputs.read, &err) &&
                (before = qcode_codebook_read(books[0], NULL, study.notes, &err)) &&
                (after = qcode_codebook_read(books[1], NULL, study.notes, &err)) &&
                qcode_diff(&inputs, before, after, &match, NULL, &found, study.notes, &err) &&
                put(&found, chosen, format, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    if (done)
        cli_say_notes(study.notes, most);
    if (done && !chosen->inputs.quiet)
        fprintf(stderr, "%zu gone, %zu new, %zu the same in %zu interview%s\n", found.gone, found.added, found.same,
                found.documents, cli_plural(found.documents));
    int status = !done                      ? cli_fail_with_notes(study.notes, most, &err)
                 : found.refused            ? CLI_INPUT
                 : found.gone + found.added ? CLI_NO
                                            : CLI_DONE;
    qcode_difference_clear(&found);
    qcode_codebook_free(before);
    qcode_codebook_free(after);
    cli_close_study(&study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.format = NULL};
    cli_list paths = {NULL, 0};
    char word[64];
    int status = CLI_USAGE;
    if (cli_parse(&cli_diff, count, words, &chosen, &paths)) {
        size_t format = chosen.format ? cli_find_word(chosen.format, formats) : QCODE_FORMAT_TEXT;
        cli_list files = {paths.count > 2 ? paths.at + 2 : NULL, paths.count > 2 ? paths.count - 2 : 0};
        if (paths.count < 3)
            cli_usage(&cli_diff, "two codebooks and transcripts are wanted");
        else if (format == SIZE_MAX)
            cli_usage(&cli_diff, "--format is text, csv, jsonl or json, not \"%s\"",
                      cli_word(chosen.format, word, sizeof word));
        else if ((status = cli_check_inputs(&cli_diff, &files, NULL)) == CLI_DONE)
            status = diff(&chosen, paths.at, &files, (qcode_format)format);
    }
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_diff = {"diff", "BOOK BOOK TRANSCRIPT...", "say which segments come and go from one codebook to another",
                              options, run};
