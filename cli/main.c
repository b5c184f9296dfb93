/* The qcode command: finds the command that was asked for and hands over its words. */
#include "cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One line a command, in the order of the help, ended by NULL. */
static const cli_command *const commands[] = {
    &cli_chart,
    &cli_check,
    &cli_code,
    &cli_codebook,
    &cli_compare,
    &cli_diff,
    &cli_draft,
    &cli_evaluate,
    &cli_explain,
    &cli_export,
    &cli_find,
    &cli_import,
    &cli_memo,
    &cli_pseudonymise,
    &cli_quotes_check,
    &cli_recode,
    &cli_report,
    &cli_review,
    &cli_sheet,
    &cli_speakers,
    &cli_suggest,
    &cli_table,
    &cli_todo,
    &cli_trail,
    &cli_tune,
    &cli_turns,
    &cli_withdraw,
    NULL,
};

static const cli_command *find(const char *name)
{
    const cli_command *const *command = commands;
    while (*command && strcmp((*command)->name, name) != 0)
        command++;
    return *command;
}

static void put_overview(FILE *out)
{
    fputs("qcode codes interview transcripts against a codebook of rules. Rules only ever propose.\n\nusage:\n", out);
    for (const cli_command *const *command = commands; *command; command++)
        fprintf(out, "  qcode %s %s\n      %s\n", (*command)->name, (*command)->operands, (*command)->summary);
    fputs("  qcode help COMMAND\n      say more about a command\n  qcode --version\n"
          "      say the version, and those of the engines it was built with\n",
          out);
}

static int ended(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return CLI_DONE;
    fputs("stdout: cannot write\n", stderr);
    return CLI_OUTPUT;
}

static int overview(void)
{
    put_overview(stdout);
    return ended();
}

static int version(void)
{
    printf("qcode %s (%s)\n", qcode_version(), qcode_engines());
    return ended();
}

static int no_such(const char *name)
{
    char word[64];
    fprintf(stderr, "qcode: there is no command \"%s\"; the commands are ", cli_word(name, word, sizeof word));
    for (const cli_command *const *command = commands; *command; command++)
        fprintf(stderr, "%s, ", (*command)->name);
    fputs("help\n", stderr);
    return CLI_USAGE;
}

static int help(size_t count, char **words)
{
    if (!count)
        return overview();
    const cli_command *command = find(words[0]);
    return command ? cli_help(command) : no_such(words[0]);
}

/* A command's words ask for its help, wherever that stands. */
static bool asks_for_help(size_t count, char **words)
{
    for (size_t i = 0; i < count && strcmp(words[i], "--") != 0; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    return false;
}

/* A standard stream that is closed would hand its number to the next file opened: it fails instead when it is used.
 */
static void hold_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write */
}

int main(int count, char **words)
{
    hold_standard_streams();
    if (count < 2) {
        put_overview(stderr);
        return CLI_USAGE;
    }
    const char *first = words[1];
    if (strcmp(first, "help") == 0 || strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
        return help((size_t)count - 2, words + 2);
    if (strcmp(first, "--version") == 0)
        return version();
    const cli_command *command = find(first);
    if (!command)
        return no_such(first);
    if (asks_for_help((size_t)count - 2, words + 2))
        return cli_help(command);
    return command->run((size_t)count - 2, words + 2);
}
