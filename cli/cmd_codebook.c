/* qcode codebook: a codebook as a table for a spreadsheet, and back. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct choices {
    const char *output;
    bool quiet;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "FILE.xlsx or FILE.csv of YAML; FILE.yaml of a table"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static bool is_table(const char *path)
{
    return cli_ends_in(path, ".xlsx") || cli_ends_in(path, ".csv") || cli_ends_in(path, ".tsv");
}

static bool convert(const char *path, const char *output, qcode_notes *notes, qcode_error *err)
{
    qcode_format format = cli_ends_in(output, ".xlsx") ? QCODE_FORMAT_XLSX : QCODE_FORMAT_CSV;
    qcode_codebook *book = is_table(path) ? NULL : qcode_codebook_read(path, NULL, notes, err);
    if (!book && !is_table(path))
        return false;
    qcode_sink *sink = cli_open_output(output, err);
    bool done = sink && (book ? qcode_codebook_to_table(book, format, NULL, sink, notes, err)
                              : qcode_codebook_from_table(path, NULL, sink, notes, err)) &&
                qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    qcode_codebook_free(book);
    return done;
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list paths = {NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_codebook, count, words, &chosen, &paths)) {
        if (paths.count != 1 || !chosen.output)
            cli_usage(&cli_codebook, "one codebook is wanted, and where to: qcode codebook book.yaml -o book.xlsx");
        else if (is_table(paths.at[0]) == is_table(chosen.output))
            cli_usage(&cli_codebook, "one of the two is a table (.xlsx, .csv), the other is YAML");
        else {
            qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
            qcode_notes *notes = qcode_notes_new(NULL);
            size_t most = cli_most_notes(false, chosen.quiet);
            bool done = notes && convert(paths.at[0], chosen.output, notes, &err);
            status = done ? CLI_DONE : cli_fail_with_notes(notes, most, &err);
            if (done)
                cli_say_notes(notes, most);
            qcode_notes_free(notes);
        }
    }
    free(paths.at);
    return status;
}

const cli_command cli_codebook = {"codebook", "BOOK -o FILE", "turn a codebook into a table for a spreadsheet, and back", options,
                                  run};
