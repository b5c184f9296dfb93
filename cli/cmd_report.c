/* qcode report: the page of a run, made again from its folder. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct choices {
    const char *output;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE",
     "write the page here; - is stdout (default: FOLDER/report.html)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static int make_report(const char *folder, const char *output)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_sink *sink = NULL;
    if (output && cli_is_of_run(folder, output, &err))
        return cli_fail(&err);
    cli_hold_signals();
    if (output)
        sink = strcmp(output, "-") == 0 ? qcode_sink_descriptor(STDOUT_FILENO, "stdout", NULL, &err)
                                        : qcode_sink_file(output, NULL, &err);
    bool done = (sink || !output) && qcode_report(folder, sink, NULL, NULL, &err);
    qcode_sink_free(sink);
    cli_let_signals_through();
    return done ? CLI_DONE : cli_fail(&err);
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list folders = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_report, count, words, &chosen, &folders)) {
        if (folders.count == 1)
            status = make_report(folders.at[0], chosen.output);
        else
            status = cli_usage(&cli_report, "one folder of a run is wanted");
    }
    free(folders.at);
    return status;
}

const cli_command cli_report = {"report", "FOLDER [-o FILE]", "make report.html again from a run's folder", options,
                                run};
