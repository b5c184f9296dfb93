/* qcode explain: why a line got its codes, and why not others. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct choices {
    const char *codebook;
    bool all, no_jit;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_TEXT, offsetof(choices, codebook), "BOOK", "the codebook (needed)"},
    {"all", 0, CLI_FLAG, offsetof(choices, all), NULL, "show codes far below their thresholds too"},
    {"no-jit", 0, CLI_FLAG, offsetof(choices, no_jit), NULL,
     "run regexes without compiling them (slower; same result)"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* Parts FILE:LINE; the file's name may hold colons. False when no number stands behind the last one. */
static bool part(char *word, size_t *line)
{
    char *colon = strrchr(word, ':');
    if (!colon || colon == word || strspn(colon + 1, "0123456789") != strlen(colon + 1) || strlen(colon) < 2 ||
        strlen(colon) > 16)
        return false;
    *line = (size_t)strtoull(colon + 1, NULL, 10);
    *colon = '\0';
    return *line > 0;
}

static int explain(const choices *chosen, const cli_list *paths, size_t line)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study;
    qcode_explain_job job = {.path = paths->at[0], .line = line, .all = chosen->all,
                             .match = {.no_jit = chosen->no_jit}};
    qcode_codebook *book = NULL;
    bool found = false;
    job.read = cli_inputs_of(&chosen->inputs, paths).read;
    bool done = cli_open_study(&chosen->inputs, paths, &study, &job.read, &err) &&
                (book = qcode_codebook_read(chosen->codebook, NULL, study.notes, &err)) &&
                (job.out = cli_open_output(NULL, &err));
    job.codebook = book;
    done = done && qcode_explain(&job, NULL, &found, study.notes, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    int status = done ? found ? CLI_DONE : CLI_NO : cli_fail_with_notes(study.notes, most, &err);
    if (done)
        cli_say_notes(study.notes, most);
    else
        cli_say_hint(&err);
    if (done && !found && !chosen->inputs.quiet)
        fputs(qcode_codebook_weighs(book) ? "no respondent speaks on this line\n"
                                          : "no rule matches on this line\n",
              stderr);
    qcode_sink_free(job.out);
    qcode_codebook_free(book);
    cli_close_study(&study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.codebook = NULL};
    cli_list paths = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_explain, count, words, &chosen, &paths)) {
        char *word = paths.count == 1 ? strdup(paths.at[0]) : NULL;
        size_t line = 0;
        if (!chosen.codebook)
            cli_usage(&cli_explain, "a codebook is wanted: -c BOOK");
        else if (paths.count != 1)
            cli_usage(&cli_explain, "one line of one transcript is wanted: FILE:LINE");
        else if (!word || !part(word, &line))
            cli_usage(&cli_explain, "a line is wanted behind the file: FILE:LINE");
        else {
            paths.at[0] = word;
            status = explain(&chosen, &paths, line);
        }
        free(word);
    }
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_explain = {"explain", "-c BOOK FILE:LINE", "say why a line got its codes, and why not others",
                                 options, run};
