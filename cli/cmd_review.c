/* qcode review: a page to judge a run on and to code by hand, in any browser. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct choices {
    const char *output, *coder, *decisions;
    bool blind, quiet;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write the page here; - is stdout"},
    {"coder", 0, CLI_TEXT, offsetof(choices, coder), "NAME", "whose page it is (else it asks)"},
    {"blind", 0, CLI_FLAG, offsetof(choices, blind), NULL, "with nothing of what rules proposed and others decided"},
    {"with", 0, CLI_TEXT, offsetof(choices, decisions), "FILE", "a decisions.jsonl to go on from"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* Whether two paths are one file. */
static bool is_same(const char *a, const char *b)
{
    struct stat one, other;
    return a && b && stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

static bool write_page(const void *job, qcode_sink *out, qcode_notes *notes, qcode_error *err)
{
    qcode_review_job whole = *(const qcode_review_job *)job;
    whole.out = out;
    return qcode_review(&whole, NULL, notes, err);
}

static int make_page(const char *folder, const choices *chosen)
{
    const qcode_review_job job = {
        .folder = folder, .decisions = chosen->decisions, .coder = chosen->coder, .blind = chosen->blind};
    return cli_make_page(folder, chosen->output, chosen->quiet, write_page, &job);
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list folders = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_review, count, words, &chosen, &folders)) {
        if (folders.count != 1)
            cli_usage(&cli_review, "one folder of a run is wanted");
        else if (!chosen.output)
            cli_usage(&cli_review, "where the page goes is wanted: -o review.html");
        else if (chosen.blind && chosen.decisions && !chosen.coder)
            cli_usage(&cli_review, "whose decisions go into a blind page is wanted: --coder NAME");
        else if (is_same(chosen.output, chosen.decisions))
            cli_usage(&cli_review, "the page would be written over the decisions");
        else
            status = make_page(folders.at[0], &chosen);
    }
    free(folders.at);
    return status;
}

const cli_command cli_review = {"review", "FOLDER -o FILE [--blind] [--coder NAME] [--with DECISIONS]",
                                "make a page to judge a run on and to code by hand", options, run};
