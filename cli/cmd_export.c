/* qcode export: a run as a file that another program opens. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct choices {
    const char *output, *dialect, *losses;
    cli_list with;
    bool raw, quiet;
    cli_view view;
} choices;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file; - is stdout (the default)"},
    {"for", 0, CLI_TEXT, offsetof(choices, dialect), "PROGRAM",
     "refi: as nvivo, atlas, maxqda or qualcoder reads what the standard leaves open"},
    {"with", 0, CLI_LIST, offsetof(choices, with), "DECISIONS",
     "refi: memos of a decisions.jsonl go along; may be given again"},
    {"losses", 0, CLI_TEXT, offsetof(choices, losses), "FILE", "write what the file cannot say as CSV too"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    CLI_VIEW(choices),
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "do not say what the file cannot say; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* "refi, codebook or csv", cut to the array. */
static const char *list_targets(char *text, size_t size)
{
    size_t used = 0;
    *text = '\0';
    for (size_t i = 0; qcode_export_target_at(i) && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s",
                                 !i ? "" : qcode_export_target_at(i + 1) ? ", " : " or ",
                                 qcode_export_target_at(i)->name);
    return text;
}

static const qcode_export_target *find_target(const char *name)
{
    size_t at = 0;
    while (qcode_export_target_at(at) && strcmp(qcode_export_target_at(at)->name, name) != 0)
        at++;
    return qcode_export_target_at(at);
}

static void say_losses(const qcode_table *losses)
{
    size_t count = qcode_table_row_count(losses);
    if (count)
        fputs("what the file does not say:\n", stderr);
    for (size_t i = 0; i < count; i++) {
        char which[80];
        qcode_cell first = qcode_table_cell(losses, i, 2);
        fprintf(stderr, "  %lld %s", (long long)qcode_table_cell(losses, i, 1).as.integer,
                qcode_table_cell(losses, i, 0).as.text);
        fprintf(stderr, first.missing ? "\n" : " (first: %s)\n",
                first.missing ? "" : cli_word(first.as.text, which, sizeof which));
    }
}

static bool write_losses(const qcode_table *losses, const char *path, qcode_error *err)
{
    const qcode_table_style style = {.format = QCODE_FORMAT_CSV, .screen = cli_is_for_screen(path)};
    qcode_sink *sink = cli_open_output(path, err);
    bool done = sink && qcode_table_write(losses, &style, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done;
}

static bool read_decisions(const choices *chosen, qcode_decisions **decisions, qcode_notes *notes, qcode_error *err)
{
    bool done = !chosen->with.count || (*decisions = qcode_decisions_new(NULL, err));
    for (size_t i = 0; done && i < chosen->with.count; i++)
        done = qcode_decisions_read(*decisions, chosen->with.at[i], notes, err);
    return done;
}

static bool write_file(const qcode_export_job *job, const choices *chosen, qcode_table **losses, qcode_notes *notes,
                       qcode_error *err)
{
    if (chosen->output && cli_is_of_run(job->folder, chosen->output, err))
        return false;
    cli_hold_signals();
    qcode_sink *sink = cli_open_output(chosen->output, err);
    bool done = sink && qcode_export(job, NULL, sink, losses, notes, err) && qcode_sink_finish(sink, err) &&
                (!chosen->losses || write_losses(*losses, chosen->losses, err));
    qcode_sink_free(sink);
    cli_let_signals_through();
    return done;
}

static int make(const char *target, const char *folder, const choices *chosen)
{
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    qcode_decisions *decisions = NULL;
    qcode_table *losses = NULL;
    qcode_export_job job = {.folder = folder, .target = target, .dialect = chosen->dialect, .raw = chosen->raw};
    if (!cli_filter_of(&cli_export, &chosen->view, &job.filter))
        return CLI_USAGE;
    qcode_notes *notes = qcode_notes_new(NULL);
    bool done = notes && read_decisions(chosen, &decisions, notes, &err);
    job.decisions = decisions;
    done = done && write_file(&job, chosen, &losses, notes, &err);
    int status = CLI_DONE;
    if (!done)
        status = cli_fail_with_notes(notes, cli_most_notes(false, chosen->quiet), &err);
    else if (!chosen->quiet)
        say_losses(losses);
    qcode_table_free(losses);
    qcode_decisions_free(decisions);
    qcode_notes_free(notes);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.output = NULL};
    cli_list operands = {NULL, 0};
    char word[64], all[200];
    int status = CLI_USAGE;
    if (cli_parse(&cli_export, count, words, &chosen, &operands)) {
        const qcode_export_target *target = operands.count ? find_target(operands.at[0]) : NULL;
        if (!operands.count)
            cli_usage(&cli_export, "a target is wanted: %s", list_targets(all, sizeof all));
        else if (!target)
            cli_usage(&cli_export, "a target is %s, not \"%s\"", list_targets(all, sizeof all),
                      cli_word(operands.at[0], word, sizeof word));
        else if (operands.count != 2)
            cli_usage(&cli_export, "one run's folder is wanted: qcode export %s FOLDER -o FILE%s", target->name,
                      target->ending);
        else if (chosen.dialect && strcmp(target->name, "refi") != 0)
            cli_usage(&cli_export, "--for is an option of refi alone");
        else
            status = make(target->name, operands.at[1], &chosen);
    }
    free(operands.at);
    free(chosen.with.at);
    cli_free_view(&chosen.view);
    return status;
}

const cli_command cli_export = {"export", "TARGET FOLDER -o FILE",
                                "write a run as a file that other programs open: refi, codebook and others", options,
                                run};
