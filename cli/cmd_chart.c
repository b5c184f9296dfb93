/* qcode chart: the framework matrix, and the summaries that analysts write in it. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct choices {
    const char *output, *format, *with, *read, *by, *on;
    bool raw, notes, quiet;
    cli_view view;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file: .xlsx to write summaries in, .html; - is stdout (the default)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl, json or xlsx"},
    {"with", 0, CLI_TEXT, offsetof(choices, with), "FILE", "the summaries so far, a summaries.jsonl"},
    {"read", 0, CLI_TEXT, offsetof(choices, read), "MATRIX.xlsx", "take the summaries out of a workbook, and write them as JSON Lines"},
    {"by", 0, CLI_TEXT, offsetof(choices, by), "NAME", "who wrote the summaries that are new or changed"},
    {"on", 0, CLI_TEXT, offsetof(choices, on), "DATE", "when, as 2026-11-22 (default: now)"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    CLI_VIEW(choices),
    {"notes", 0, CLI_FLAG, offsetof(choices, notes), NULL, "show every note, not the first 20"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static qcode_summaries *open_summaries(const choices *chosen, qcode_error *err)
{
    qcode_summaries *summaries = qcode_summaries_new(NULL, err);
    if (summaries && chosen->with && !qcode_summaries_read(summaries, chosen->with, err)) {
        qcode_summaries_free(summaries);
        return NULL;
    }
    return summaries;
}

static bool write_chart(const choices *chosen, const qcode_analysed *found, qcode_format format, qcode_error *err)
{
    const qcode_table_style style = {.format = format, .raw = chosen->raw, .screen = cli_is_for_screen(chosen->output)};
    cli_hold_signals();
    qcode_sink *sink = cli_open_output(chosen->output, err);
    bool done = sink && (format == QCODE_FORMAT_XLSX ? qcode_chart_workbook(found, NULL, sink, err)
                         : cli_ends_in(chosen->output, ".html")
                             ? qcode_analysed_page(found, "Framework matrix", NULL, sink, err)
                             : qcode_analysed_write(found, &style, NULL, sink, err)) &&
                qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    cli_let_signals_through();
    return done;
}

/* The matrix of a run's folder. */
static bool chart(const choices *chosen, const char *folder, qcode_format format, qcode_notes *notes, qcode_error *err)
{
    qcode_analysed found = {.about = NULL};
    qcode_summaries *summaries = open_summaries(chosen, err);
    qcode_chart_job job = {.folder = folder, .summaries = summaries};
    bool done = summaries && cli_filter_of(&cli_chart, &chosen->view, &job.filter) &&
                qcode_chart(&job, NULL, &found, notes, err) && write_chart(chosen, &found, format, err);
    qcode_analysed_clear(&found);
    qcode_summaries_free(summaries);
    return done;
}

/* The summaries of a workbook, added to those there are. */
static bool take_back(const choices *chosen, qcode_notes *notes, qcode_error *err)
{
    char date[32];
    qcode_summaries *summaries = open_summaries(chosen, err);
    bool done = summaries && qcode_chart_read(summaries, chosen->read, chosen->by, chosen->on ? chosen->on : cli_now(date) ? date : "", NULL,
                                              notes, err);
    cli_hold_signals();
    qcode_sink *sink = done ? cli_open_output(chosen->output, err) : NULL;
    done = sink && qcode_summaries_write(summaries, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    cli_let_signals_through();
    if (done && !chosen->quiet)
        fprintf(stderr, "%zu summar%s\n", qcode_summaries_count(summaries),
                qcode_summaries_count(summaries) == 1 ? "y" : "ies");
    qcode_summaries_free(summaries);
    return done;
}

static int work(const choices *chosen, const char *folder, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    size_t most = cli_most_notes(chosen->notes, chosen->quiet);
    qcode_notes *notes = qcode_notes_new(NULL);
    bool done = notes && (chosen->read ? take_back(chosen, notes, &err) : chart(chosen, folder, format, notes, &err));
    int status = CLI_DONE;
    if (done)
        cli_say_notes(notes, most);
    else
        status = err.status == QCODE_OK && notes ? CLI_USAGE : cli_fail_with_notes(notes, most, &err);
    qcode_notes_free(notes);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list operands = {NULL, 0};
    int status = CLI_USAGE;
    qcode_format format;
    if (cli_parse(&cli_chart, count, words, &chosen, &operands)) {
        if (chosen.read && operands.count)
            cli_usage(&cli_chart, "--read takes a workbook, and no folder");
        else if (chosen.read && !chosen.by)
            cli_usage(&cli_chart, "--by is wanted: who wrote the summaries");
        else if (!chosen.read && operands.count != 1)
            cli_usage(&cli_chart, "one run's folder is wanted: qcode chart FOLDER");
        else if (chosen.read)
            status = work(&chosen, NULL, QCODE_FORMAT_JSONL);
        else if (cli_table_format(&cli_chart, chosen.format, chosen.output, &format))
            status = work(&chosen, operands.at[0], format);
    }
    free(operands.at);
    cli_free_view(&chosen.view);
    return status;
}

const cli_command cli_chart = {"chart", "FOLDER | --read MATRIX.xlsx",
                               "make the framework matrix of a run: respondents by codes, with quotes and summaries", options,
                               run};
