/* qcode tune: fits the numbers of a codebook to interviews that people have coded. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct choices {
    const char *codebook, *output;
    cli_list against, only;
    size_t seed, steps;
    bool cross;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_TEXT, offsetof(choices, codebook), "BOOK", "the codebook, which weighs evidence (needed)"},
    {"against", 'a', CLI_LIST, offsetof(choices, against), "CODINGS",
     "what people gave to these transcripts (needed); may be given again"},
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "BOOK2", "where the codebook goes (default: stdout)"},
    {"cross", 'x', CLI_FLAG, offsetof(choices, cross), NULL,
     "also tune without each interview in turn, and score that one"},
    {"only", 0, CLI_LIST, offsetof(choices, only), "NUMBER[,...]",
     "the numbers that may change: threshold, weight, carry, trust.threshold ... (default: all)"},
    {"steps", 0, CLI_NUMBER, offsetof(choices, steps), "N", "how many settings are tried (default: 500)"},
    {"seed", 0, CLI_NUMBER, offsetof(choices, seed), "N", "another seed, another order of trials (default: 0)"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static bool say_table(const qcode_table *table, qcode_error *err)
{
    const qcode_table_style style = {.format = QCODE_FORMAT_TEXT, .screen = true};
    qcode_sink *sink = qcode_sink_descriptor(STDERR_FILENO, "stderr", NULL, err);
    bool done = sink && qcode_table_write(table, &style, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    fputs("\n", stderr);
    return done;
}

static void say_figures(const qcode_tuned *tuned)
{
    size_t changed = qcode_table_row_count(tuned->numbers);
    fprintf(stderr, "fitted to %zu interview%s: %zu unit%s (%s), %zu positive%s of %zu code%s\n", tuned->documents,
            cli_plural(tuned->documents), tuned->units, cli_plural(tuned->units),
            tuned->listed ? "as the codings list them" : "sentences", tuned->positives, cli_plural(tuned->positives),
            qcode_table_row_count(tuned->codes), cli_plural(qcode_table_row_count(tuned->codes)));
    fprintf(stderr, "%zu of %zu number%s changed\n", changed, tuned->fitted, cli_plural(tuned->fitted));
    fprintf(stderr, "macro kappa: %.3f with the numbers as they were, %.3f with the new ones\n", tuned->before,
            tuned->after);
    fputs("The second figure is of the interviews that were tuned on: it flatters.\n", stderr);
    if (tuned->left_out <= QCODE_NO_KAPPA) {
        fputs("--cross tells what to expect of other interviews.\n", stderr);
        return;
    }
    fprintf(stderr, "macro kappa of each interview by numbers tuned on the others: %.3f, %.3f below the figure that flatters\n",
            tuned->left_out, tuned->after - tuned->left_out);
    fprintf(stderr, "mean of the interviews: %.3f as they were, %.3f tuned on all, %.3f left out\n", tuned->mean_before,
            tuned->mean_after, tuned->mean_left_out);
    fputs("They share a study, and its codebook may have been written from them: expect less elsewhere.\n", stderr);
}

static bool say_all(const qcode_tuned *tuned, qcode_error *err)
{
    bool done = say_table(tuned->interviews, err) && say_table(tuned->codes, err) &&
                (!qcode_table_row_count(tuned->numbers) || say_table(tuned->numbers, err));
    if (done)
        say_figures(tuned);
    return done;
}

/* The words between commas, in all that was given; the list and its one block of text are to be freed. */
static bool split_names(const cli_list *given, cli_list *names, char **text)
{
    size_t length = 1, count = 0;
    for (size_t i = 0; i < given->count; i++)
        length += strlen(given->at[i]) + 1;
    *text = malloc(length);
    names->at = malloc(length * sizeof *names->at);
    if (!*text || !names->at)
        return false;
    char *at = *text;
    for (size_t i = 0; i < given->count; i++) {
        char *rest = strcpy(at, given->at[i]), *word;
        at += strlen(at) + 1;
        while ((word = strsep(&rest, ",")))
            names->at[count++] = word;
    }
    names->count = count;
    return true;
}

static bool write_book(const qcode_tuned *tuned, const char *path, qcode_error *err)
{
    qcode_sink *sink = cli_open_output(path, err);
    bool done = sink && (qcode_sink_write(sink, tuned->book, tuned->length), qcode_sink_finish(sink, err));
    qcode_sink_free(sink);
    return done;
}

static int tune(const choices *chosen, const cli_list *paths, const cli_list *only)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study;
    qcode_tuned tuned = {.book = NULL};
    qcode_tune_job job = {.inputs = cli_inputs_of(&chosen->inputs, paths),
                          .against = chosen->against.at,
                          .against_count = chosen->against.count,
                          .only = only->at,
                          .only_count = only->count,
                          .steps = chosen->steps,
                          .seed = chosen->seed,
                          .cross = chosen->cross};
    qcode_codebook *book = NULL;
    bool done = cli_open_study(&chosen->inputs, paths, &study, &job.inputs.read, &err) &&
                (book = qcode_codebook_read(chosen->codebook, NULL, study.notes, &err));
    job.codebook = book;
    done = done && qcode_tune(&job, NULL, &tuned, study.notes, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    if (done)
        cli_say_notes(study.notes, most);
    done = done && (chosen->inputs.quiet || say_all(&tuned, &err)) && write_book(&tuned, chosen->output, &err);
    int status = !done ? cli_fail_with_notes(study.notes, most, &err) : tuned.refused ? CLI_INPUT : CLI_DONE;
    if (!done)
        cli_say_hint(&err);
    qcode_tuned_clear(&tuned);
    qcode_codebook_free(book);
    cli_close_study(&study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.codebook = NULL};
    cli_list paths = {NULL, 0}, only = {NULL, 0};
    char *text = NULL;
    int status = CLI_USAGE;
    if (cli_parse(&cli_tune, count, words, &chosen, &paths)) {
        if (!chosen.codebook)
            cli_usage(&cli_tune, "a codebook is wanted: -c BOOK");
        else if (!chosen.against.count)
            cli_usage(&cli_tune, "codings are wanted: --against CODINGS");
        else if ((status = cli_check_inputs(&cli_tune, &paths, chosen.codebook)) != CLI_DONE)
            ;
        else if (split_names(&chosen.only, &only, &text))
            status = tune(&chosen, &paths, &only);
        else
            status = cli_fail(&(qcode_error){.status = QCODE_NO_MEMORY, .message = "out of memory"});
    }
    cli_free_inputs(&chosen.inputs);
    free(chosen.against.at);
    free(chosen.only.at);
    free(only.at);
    free(text);
    free(paths.at);
    return status;
}

const cli_command cli_tune = {"tune", "-c BOOK --against CODINGS TRANSCRIPT...",
                              "fit the numbers of a codebook to interviews that people have coded", options, run};
