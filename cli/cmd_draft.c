/* qcode draft: the draft of a report, to be written on by people. */
#include "cli.h"

#include <stdlib.h>

typedef struct choices {
    const char *output, *statements;
    size_t most;
    bool proposed, notes, quiet;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file; - is stdout (the default)"},
    {"statements", 0, CLI_TEXT, offsetof(choices, statements), "FILE", "a statements.yaml"},
    {"include-proposed", 0, CLI_FLAG, offsetof(choices, proposed), NULL,
     "quote what nobody has reviewed, too, and say so at each"},
    {"most", 'n', CLI_NUMBER, offsetof(choices, most), "N", "how many quotes of each code (default: 3)"},
    {"notes", 0, CLI_FLAG, offsetof(choices, notes), NULL, "show every note, not the first 20"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static int make(const choices *chosen, const char *folder)
{
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    const qcode_draft_job job = {.folder = folder, .statements = chosen->statements, .most = chosen->most,
                                 .filter.states = chosen->proposed ? QCODE_STATES_STANDING : QCODE_STATES_REVIEWED};
    size_t most = cli_most_notes(chosen->notes, chosen->quiet);
    qcode_notes *notes = qcode_notes_new(NULL);
    cli_hold_signals();
    qcode_sink *sink = notes ? cli_open_output(chosen->output, &err) : NULL;
    bool done = sink && qcode_write_draft(&job, NULL, sink, notes, &err) && qcode_sink_finish(sink, &err);
    qcode_sink_free(sink);
    cli_let_signals_through();
    int status = CLI_DONE;
    if (done)
        cli_say_notes(notes, most);
    else
        status = cli_fail_with_notes(notes, most, &err);
    qcode_notes_free(notes);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list operands = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_draft, count, words, &chosen, &operands))
        status = operands.count == 1 ? make(&chosen, operands.at[0])
                                     : cli_usage(&cli_draft, "one folder of a run is wanted");
    free(operands.at);
    return status;
}

const cli_command cli_draft = {"draft", "FOLDER [-o FILE]", "draft a report in Markdown: statements, counts and quotes",
                               options, run};
