/* qcode check: looks codebooks over and runs their examples. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct choices {
    bool no_jit, notes, quiet, strict;
} choices;

static const cli_option options[] = {
    {"notes", 0, CLI_FLAG, offsetof(choices, notes), NULL, "show every note, not the first 20"},
    {"strict", 's', CLI_FLAG, offsetof(choices, strict), NULL, "exit 1 for a warning, too"},
    {"no-jit", 0, CLI_FLAG, offsetof(choices, no_jit), NULL, "run regexes without compiling them (slower; same result)"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "say only what is wrong"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static void say_result(const char *path, const qcode_codebook *book, size_t run, size_t failed)
{
    char name[256];
    size_t codes = qcode_codebook_count(book), rules = 0;
    for (size_t i = 0; i < codes; i++)
        rules += qcode_code_rule_count(qcode_codebook_at(book, i));
    printf("%s: %zu code%s, %zu rule%s, %zu example%s", cli_word(path, name, sizeof name), codes, cli_plural(codes),
           rules, cli_plural(rules), run, cli_plural(run));
    if (failed)
        printf(", %zu of which fail%s\n", failed, failed == 1 ? "s" : "");
    else
        puts(run ? ", all as they should be" : "");
}

/* Reads and checks one codebook; what it has to say is in `notes`, and `err` when it could not be checked. */
static int look_at(const char *path, const choices *chosen, qcode_notes *notes, qcode_error *err)
{
    const qcode_match_options how = {.no_jit = chosen->no_jit};
    size_t run, failed;
    qcode_codebook *book = qcode_codebook_read(path, NULL, notes, err);
    bool done = book && qcode_check(book, &how, NULL, notes, &run, &failed, err);
    if (done && !chosen->quiet)
        say_result(path, book, run, failed);
    qcode_codebook_free(book);
    bool warned = chosen->strict && qcode_notes_count_of(notes, QCODE_NOTE_WARNING);
    return !done ? CLI_INPUT : failed || warned ? CLI_NO : CLI_DONE;
}

static int check_book(const char *path, const choices *chosen)
{
    qcode_error err = {.status = QCODE_OK};
    size_t most = cli_most_notes(chosen->notes, chosen->quiet);
    qcode_notes *notes = qcode_notes_new(NULL);
    if (!notes) {
        err = (qcode_error){.status = QCODE_NO_MEMORY, .message = "out of memory"};
        return cli_fail(&err);
    }
    int status = look_at(path, chosen, notes, &err);
    if (status == CLI_INPUT)
        status = cli_fail_with_notes(notes, most, &err);
    else
        cli_say_notes(notes, most);
    qcode_notes_free(notes);
    return status;
}

static int check_books(const cli_list *paths, const choices *chosen)
{
    int worst = CLI_DONE;
    size_t inputs = 0;
    for (size_t i = 0; i < paths->count; i++)
        inputs += strcmp(paths->at[i], "-") == 0;
    if (!paths->count)
        return cli_usage(&cli_check, "no codebook is given");
    if (inputs > 1)
        return cli_usage(&cli_check, "- stands for the standard input, which can be read once");
    for (size_t i = 0; i < paths->count; i++) {
        int status = check_book(paths->at[i], chosen);
        worst = status > worst ? status : worst;
    }
    if (fflush(stdout) == 0 && !ferror(stdout))
        return worst;
    fputs("stdout: cannot write\n", stderr);
    return CLI_OUTPUT;
}

static int run(size_t count, char **words)
{
    choices chosen = {.no_jit = false};
    cli_list paths = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_check, count, words, &chosen, &paths))
        status = check_books(&paths, &chosen);
    free(paths.at);
    return status;
}

const cli_command cli_check = {"check", "BOOK...", "look codebooks over and run their examples", options, run};
