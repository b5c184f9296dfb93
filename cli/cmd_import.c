/* qcode import: other programs' studies and dictionaries as qcode's own files. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct choices {
    const char *output, *encoding;
    qcode_limits limits;
    bool notes, quiet;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FOLDER",
     "a new or empty folder for all of it; a name in .yaml: the codebook alone (else it goes to stdout)"},
    {"encoding", 0, CLI_TEXT, offsetof(choices, encoding), "NAME", "how its texts are encoded, if not in Unicode"},
    {"limit", 0, CLI_LIMIT, offsetof(choices, limits), "NAME=SIZE",
     "how much a file may ask for, as input=4GiB or xml-depth=512; may be given again"},
    {"notes", 0, CLI_FLAG, offsetof(choices, notes), NULL, "show every note, not the first 20"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes, no summary; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* What was found, and how many of each thing have no place. */
static void say_summary(const qcode_imported *found)
{
    const struct {
        const char *what;
        size_t count;
    } parts[] = {{"code", found->codes},     {"term", found->terms}, {"transcript", found->transcripts},
                 {"coding", found->codings}, {"case", found->cases}, {"memo", found->memos}};
    char program[160];
    bool any = false;
    fprintf(stderr, "%s: ", cli_word(found->program, program, sizeof program));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count) {
            fprintf(stderr, "%s%zu %s%s", any ? ", " : "", parts[i].count, parts[i].what, cli_plural(parts[i].count));
            any = true;
        }
    fputs(any ? "\n" : "nothing\n", stderr);
    for (size_t i = 0; i < qcode_table_row_count(found->lost); i++)
        fprintf(stderr, "  no place for: %s (%lld)\n", qcode_table_cell(found->lost, i, 0).as.text,
                (long long)qcode_table_cell(found->lost, i, 1).as.integer);
}

static int import(const choices *chosen, const char *path)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_imported found;
    qcode_import_job job = {.path = path, .output = chosen->output, .encoding = chosen->encoding, .limits = &chosen->limits};
    qcode_notes *notes = qcode_notes_new(NULL);
    size_t most = cli_most_notes(chosen->notes, chosen->quiet);
    bool done = chosen->output || (job.sink = cli_open_output(NULL, &err));
    done = done && qcode_import(&job, NULL, &found, notes, &err);
    bool made = done;
    done = done && (!job.sink || qcode_sink_finish(job.sink, &err));
    qcode_sink_free(job.sink);
    int status = done ? CLI_DONE : cli_fail_with_notes(notes, most, &err);
    if (done && notes)
        cli_say_notes(notes, most);
    if (done && !chosen->quiet)
        say_summary(&found);
    if (made)
        qcode_imported_clear(&found);
    qcode_notes_free(notes);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list operands = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_import, count, words, &chosen, &operands))
        status = operands.count == 1 ? import(&chosen, operands.at[0])
                                     : cli_usage(&cli_import, "one file of another program is wanted");
    free(operands.at);
    return status;
}

const cli_command cli_import = {"import", "FILE [-o FOLDER]",
                                "take over another program's study or dictionary, and say what has no place", options, run};
