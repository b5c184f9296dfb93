/* qcode explain: why a line got its codes, and why not others. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct choices {
    cli_list codebooks;
    bool all, no_jit;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_LIST, offsetof(choices, codebooks), "BOOK",
     "the codebook, with a file; may be given again (up to 9)"},
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

static bool read_books(const cli_list *paths, qcode_codebook **books, qcode_codebooks *list, qcode_notes *notes,
                       qcode_error *err)
{
    list->at = books;
    while (list->count < paths->count &&
           (books[list->count] = qcode_codebook_read(paths->at[list->count], NULL, notes, err)))
        list->count++;
    return list->count == paths->count;
}

static bool weighs(qcode_codebooks books)
{
    bool all = books.count > 0;
    for (size_t i = 0; i < books.count; i++)
        all = all && qcode_codebook_weighs(books.at[i]);
    return all;
}

/* Of a file's line, or of a segment of a run's folder. */
static int explain(const choices *chosen, const cli_list *paths, size_t line)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study;
    qcode_explain_job job = {.line = line, .all = chosen->all, .match = {.no_jit = chosen->no_jit}};
    qcode_codebook *books[QCODE_MOST_CODEBOOKS];
    const cli_list none = {NULL, 0}, *files = line ? paths : &none;
    bool found = false;
    if (line) {
        job.path = paths->at[0];
    } else {
        job.folder = paths->at[0];
        job.segment = paths->at[1];
    }
    job.read = cli_inputs_of(&chosen->inputs, files).read;
    bool done = cli_open_study(&chosen->inputs, files, &study, &job.read, &err) &&
                read_books(&chosen->codebooks, books, &job.codebooks, study.notes, &err) &&
                (job.out = cli_open_output(NULL, &err));
    done = done && qcode_explain(&job, NULL, &found, study.notes, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    int status = done ? found ? CLI_DONE : CLI_NO : cli_fail_with_notes(study.notes, most, &err);
    if (done)
        cli_say_notes(study.notes, most);
    else if (line)
        cli_say_hint(&err);
    if (done && !found && !chosen->inputs.quiet)
        fputs(!line                   ? "no rule of the folder's codebook matches there: a person gave it\n"
              : weighs(job.codebooks) ? "no respondent speaks on this line\n"
                                      : "no rule matches on this line\n",
              stderr);
    qcode_sink_free(job.out);
    for (size_t i = 0; i < job.codebooks.count; i++)
        qcode_codebook_free(books[i]);
    cli_close_study(&study);
    return status;
}

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int explain_operands(const choices *chosen, cli_list *paths)
{
    bool folder = paths->count && is_folder(paths->at[0]);
    char *word = paths->count == 1 && !folder ? strdup(paths->at[0]) : NULL;
    size_t line = 0;
    int status = CLI_USAGE;
    if (folder && paths->count != 2)
        cli_usage(&cli_explain, "one segment of a run's folder is wanted: FOLDER ID");
    else if (folder && chosen->codebooks.count)
        cli_usage(&cli_explain, "a run's folder is explained by its own codebooks, without -c");
    else if (folder)
        status = explain(chosen, paths, 0);
    else if (!chosen->codebooks.count)
        cli_usage(&cli_explain, "a codebook is wanted: -c BOOK");
    else if (chosen->codebooks.count > QCODE_MOST_CODEBOOKS)
        cli_usage(&cli_explain, "more than %d codebooks", QCODE_MOST_CODEBOOKS);
    else if (paths->count != 1)
        cli_usage(&cli_explain, "one line of one transcript is wanted: FILE:LINE");
    else if (!word || !part(word, &line))
        cli_usage(&cli_explain, "a line is wanted behind the file: FILE:LINE");
    else {
        paths->at[0] = word;
        status = explain(chosen, paths, line);
    }
    free(word);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.all = false};
    cli_list paths = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_explain, count, words, &chosen, &paths))
        status = explain_operands(&chosen, &paths);
    free(chosen.codebooks.at);
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_explain = {"explain", "-c BOOK FILE:LINE | FOLDER ID",
                                 "say why a line or segment got its codes, and why not others", options, run};
