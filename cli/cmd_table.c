/* qcode table: counts for a report, one kind of table a word. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct choices {
    const char *output, *format;
    const char *unit, *statements;
    size_t most;
    bool raw, notes, quiet, binary;
    cli_view view;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file; - is stdout (the default)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl, json or xlsx"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    {"binary", 0, CLI_FLAG, offsetof(choices, binary), NULL, "respondents, documents: 1 for any number of segments"},
    {"unit", 'u', CLI_TEXT, offsetof(choices, unit), "UNIT",
     "together: sentence (the default), turn, answer, document or respondent"},
    {"most", 'n', CLI_NUMBER, offsetof(choices, most), "N", "candidates: how many of each code (default: 5)"},
    {"statements", 0, CLI_TEXT, offsetof(choices, statements), "FILE", "statements, accounts: the statements.yaml"},
    CLI_VIEW(choices),
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

static qcode_table *make_agreement(const char *path, qcode_notes *notes, qcode_error *err)
{
    qcode_screening *screening = qcode_screening_read(path, NULL, notes, err);
    qcode_table *table = screening ? qcode_screening_agreement(screening, NULL, err) : NULL;
    qcode_screening_free(screening);
    return table;
}

/* What can be made of a file, or of a run's folder; NULL ends the list. */
static const struct kind {
    const char *name;
    qcode_table *(*make)(const char *path, qcode_notes *notes, qcode_error *err); /* NULL: an analysis of a run */
    qcode_analysis analysis;
    const char *title;
} kinds[] = {
    {"screening", make_flow, 0, NULL},
    {"reviewers", make_reviewers, 0, NULL},
    {"agreement", make_agreement, 0, NULL},
    {"codes", NULL, QCODE_ANALYSIS_CODES, "Who raised each code"},
    {"respondents", NULL, QCODE_ANALYSIS_RESPONDENTS, "Segments of each respondent"},
    {"documents", NULL, QCODE_ANALYSIS_DOCUMENTS, "Segments of each document"},
    {"together", NULL, QCODE_ANALYSIS_TOGETHER, "Codes that go together"},
    {"residual", NULL, QCODE_ANALYSIS_RESIDUAL, "What no code touches"},
    {"accumulation", NULL, QCODE_ANALYSIS_ACCUMULATION, "Codes met for the first time"},
    {"absent", NULL, QCODE_ANALYSIS_ABSENT, "Who did not raise a code"},
    {"quotes", NULL, QCODE_ANALYSIS_QUOTES, "Quotes"},
    {"candidates", NULL, QCODE_ANALYSIS_CANDIDATES, "Quotes to read first"},
    {"statements", NULL, QCODE_ANALYSIS_STATEMENTS, "What statements rest on"},
    {"accounts", NULL, QCODE_ANALYSIS_ACCOUNTS, "Passages attached to statements"},
    {NULL, NULL, 0, NULL},
};

#define KINDS \
    "codes, respondents, documents, together, residual, accumulation, "     \
    "absent, quotes, candidates, statements, accounts, screening, reviewers or agreement"

static const struct kind *find_kind(const char *name)
{
    const struct kind *kind = kinds;
    while (kind->name && strcmp(kind->name, name) != 0)
        kind++;
    return kind->name ? kind : NULL;
}

/* A table, or an analysis, which has a table and what it rests on. */
typedef struct made {
    qcode_table *table;
    qcode_analysed analysed;
} made;

static bool make_result(const struct kind *kind, const char *path, const choices *chosen, made *result,
                        qcode_notes *notes, qcode_error *err)
{
    qcode_analysis_job job = {.folder = path, .kind = kind->analysis, .binary = chosen->binary, .unit = chosen->unit, .most = chosen->most,
                              .statements = chosen->statements};
    if (kind->make)
        return (result->table = kind->make(path, notes, err)) != NULL;
    return cli_filter_of(&cli_table, &chosen->view, &job.filter) &&
           qcode_analyse(&job, NULL, &result->analysed, notes, err);
}

static bool write_result(const struct kind *kind, const made *result, const choices *chosen, qcode_format format,
                         qcode_error *err)
{
    const qcode_table_style style = {
        .format = format, .raw = chosen->raw, .screen = cli_is_for_screen(chosen->output)};
    cli_hold_signals();
    qcode_sink *sink = cli_open_output(chosen->output, err);
    bool done = sink && (kind->make ? qcode_table_write(result->table, &style, sink, err)
                         : cli_ends_in(chosen->output, ".html")
                             ? qcode_analysed_page(&result->analysed, kind->title, NULL, sink, err)
                             : qcode_analysed_write(&result->analysed, &style, NULL, sink, err)) &&
                qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    cli_let_signals_through();
    return done;
}

static int make(const struct kind *kind, const char *path, const choices *chosen, qcode_format format)
{
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    size_t most = cli_most_notes(chosen->notes, chosen->quiet);
    made result = {.table = NULL};
    qcode_notes *notes = qcode_notes_new(NULL);
    bool done = notes && make_result(kind, path, chosen, &result, notes, &err) &&
                write_result(kind, &result, chosen, format, &err);
    int status = CLI_DONE;
    if (done)
        cli_say_notes(notes, most);
    else
        status = cli_fail_with_notes(notes, most, &err);
    qcode_table_free(result.table);
    qcode_analysed_clear(&result.analysed);
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
            cli_usage(&cli_table, "the kind of table is wanted: " KINDS);
        else if (!kind)
            cli_usage(&cli_table, "a table is of the kind " KINDS ", not \"%s\"",
                      cli_word(operands.at[0], word, sizeof word));
        else if (operands.count != 2)
            cli_usage(&cli_table, "one %s is wanted: qcode table %s %s", kind->make ? "file" : "run's folder", kind->name,
                      kind->make ? "FILE" : "FOLDER");
        else
            status = make(kind, operands.at[1], &chosen, format);
    }
    free(operands.at);
    cli_free_view(&chosen.view);
    return status;
}

const cli_command cli_table = {"table", "KIND FOLDER|FILE",
                               "make a table: codes, respondents or documents of a run; screening, reviewers or agreement",
                               options, run};
