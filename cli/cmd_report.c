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

static int make_page(const char *folder, const choices *chosen)
{
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    qcode_report_job job = {.folder = folder};
    if (cli_is_of_run(folder, chosen->output, &err))
        return cli_fail(&err);
    qcode_notes *notes = qcode_notes_new(NULL);
    cli_hold_signals();
    job.out = notes ? cli_open_output(chosen->output, &err) : NULL;
    bool done = job.out && qcode_report_page(&job, NULL, notes, &err);
    qcode_sink_free(job.out);
    cli_let_signals_through();
    size_t most = cli_most_notes(false, chosen->quiet);
    if (done)
        cli_say_notes(notes, most);
    int status = done ? CLI_DONE : cli_fail_with_notes(notes, most, &err);
    qcode_notes_free(notes);
    return status;
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
