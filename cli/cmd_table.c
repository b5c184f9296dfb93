/* qcode table: counts for a report, one kind of table a word. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct choices {
    const char *output, *format;
    bool raw, notes, quiet;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file; - is stdout (the default)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl, json or xlsx"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    {"notes", 0, CLI_FLAG, offsetof(choices, notes), NULL, "show every note, not the first 20"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static qcode_table *make_flow(const char *path, qcode_notes *notes, qcode_error *err)
{
    qcode_screening *screening = qcode_screening_read(path, NULL, notes, err);
    qcode_table *table = screening ? qcode_screening_flow(screening, NULL, notes, err) : NULL;
    qcode_screening_free(screening);
    return table;
}

static qcode_table *make_reviewers(const char *path, qcode_notes *notes, qcode_error *err)
{
    qcode_screening *screening = qcode_screening_read(path, NULL, notes, err);
    qcode_table *table = screening ? qcode_screening_reviewers(screening, NULL, err) : NULL;
    qcode_screening_free(screening);
    return table;
}

/* What can be made of one file; NULL ends the list. */
static const struct kind {
    const char *name;
    qcode_table *(*make)(const char *path, qcode_notes *notes, qcode_error *err);
} kinds[] = {
    {"screening", make_flow},
    {"reviewers", make_reviewers},
    {NULL, NULL},
};

static const struct kind *find_kind(const char *name)
{
    const struct kind *kind = kinds;
    while (kind->name && strcmp(kind->name, name) != 0)
        kind++;
    return kind->name ? kind : NULL;
}

static bool write_table(const qcode_table *table, const choices *chosen, qcode_format format, qcode_error *err)
{
    const qcode_table_style style = {
        .format = format, .raw = chosen->raw, .screen = cli_is_for_screen(chosen->output)};
    cli_hold_signals();
    qcode_sink *sink = cli_open_output(chosen->output, err);
    bool done = sink && qcode_table_write(table, &style, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    cli_let_signals_through();
    return done;
}

static int make(const struct kind *kind, const char *path, const choices *chosen, qcode_format format)
{
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    size_t most = cli_most_notes(chosen->notes, chosen->quiet);
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_table *table = notes ? kind->make(path, notes, &err) : NULL;
    bool done = table && write_table(table, chosen, format, &err);
    int status = CLI_DONE;
    if (done)
        cli_say_notes(notes, most);
    else
        status = cli_fail_with_notes(notes, most, &err);
    qcode_table_free(table);
    qcode_notes_free(notes);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list operands = {NULL, 0};
    char word[64];
    int status = CLI_USAGE;
    qcode_format format;
    if (cli_parse(&cli_table, count, words, &chosen, &operands) &&
        cli_table_format(&cli_table, chosen.format, chosen.output, &format)) {
        const struct kind *kind = operands.count ? find_kind(operands.at[0]) : NULL;
        if (!operands.count)
            cli_usage(&cli_table, "the kind of table is wanted: screening or reviewers");
        else if (!kind)
            cli_usage(&cli_table, "a table is of the kind screening or reviewers, not \"%s\"",
                      cli_word(operands.at[0], word, sizeof word));
        else if (operands.count != 2)
            cli_usage(&cli_table, "one file is wanted: qcode table %s FILE", kind->name);
        else
            status = make(kind, operands.at[1], &chosen, format);
    }
    free(operands.at);
    return status;
}

const cli_command cli_table = {"table", "KIND FILE", "make a table: screening or reviewers, of a screening.csv",
                               options, run};
