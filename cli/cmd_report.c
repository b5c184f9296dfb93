/* qcode report: a page to look at all of a run, or the small one of its folder made again. */
#include "cli.h"

#include <stdlib.h>

typedef struct choices {
    const char *output;
    bool quiet;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE",
     "write a page to look at all of the run here; - is stdout"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* The small report.html of the folder. */
static int make_summary(const char *folder)
{
    qcode_error err = {.status = QCODE_OK};
    cli_hold_signals();
    bool done = qcode_report(folder, NULL, NULL, NULL, &err);
    cli_let_signals_through();
    return done ? CLI_DONE : cli_fail(&err);
}

static bool write_page(const void *job, qcode_sink *out, qcode_notes *notes, qcode_error *err)
{
    qcode_report_job whole = *(const qcode_report_job *)job;
    whole.out = out;
    return qcode_report_page(&whole, NULL, notes, err);
}

static int make_page(const char *folder, const choices *chosen)
{
    const qcode_report_job job = {.folder = folder};
    return cli_make_page(folder, chosen->output, chosen->quiet, write_page, &job);
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list folders = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_report, count, words, &chosen, &folders)) {
        if (folders.count != 1)
            cli_usage(&cli_report, "one folder of a run is wanted");
        else if (chosen.output)
            status = make_page(folders.at[0], &chosen);
        else
            status = make_summary(folders.at[0]);
    }
    free(folders.at);
    return status;
}

const cli_command cli_report = {"report", "FOLDER [-o FILE]",
                                "make a page to look at all of a run; without -o its small report.html again", options, run};
