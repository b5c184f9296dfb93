/* qcode methods: the draft of a section on methods and limits, with a checklist. */
#include "cli.h"

#include <stdlib.h>

typedef struct choices {
    const char *output;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file; - is stdout (the default)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static int make(const char *folder, const char *output)
{
    qcode_error err = {.status = QCODE_OK};
    cli_hold_signals();
    qcode_sink *sink = cli_open_output(output, &err);
    bool done = sink && qcode_write_methods(folder, NULL, sink, NULL, &err) && qcode_sink_finish(sink, &err);
    qcode_sink_free(sink);
    cli_let_signals_through();
    return done ? CLI_DONE : cli_fail(&err);
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list operands = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_methods, count, words, &chosen, &operands))
        status = operands.count == 1 ? make(operands.at[0], chosen.output)
                                     : cli_usage(&cli_methods, "one folder of a run is wanted");
    free(operands.at);
    return status;
}

const cli_command cli_methods = {"methods", "FOLDER [-o FILE]",
                                 "draft a section on methods and limits, and a COREQ checklist", options, run};
