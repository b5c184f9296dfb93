/* qcode compare: how far coders agree. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct choices {
    const char *table, *level, *order, *resample, *format, *output;
    size_t seed, resamples, threads;
    bool raw, notes, quiet;
} choices;

static const cli_option options[] = {
    {"table", 't', CLI_TEXT, offsetof(choices, table), "FILE",
     "a table of ratings: the unit, then a column for each coder; - is the standard input"},
    {"level", 'l', CLI_TEXT, offsetof(choices, level), "LEVEL",
     "of the ratings: nominal (the default), ordinal, interval, ratio, or set (codes joined by |)"},
    {"order", 0, CLI_TEXT, offsetof(choices, order), "A,B,C",
     "the categories of an ordinal level from low to high, when they are no numbers"},
    {"resample", 0, CLI_TEXT, offsetof(choices, resample), "WHAT",
     "cluster (the default where there are any) or unit: what is drawn for the intervals"},
    {"resamples", 0, CLI_NUMBER, offsetof(choices, resamples), "N", "how many are drawn (default: 1000)"},
    {"seed", 0, CLI_NUMBER, offsetof(choices, seed), "N", "where the drawing begins (default: 1)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl or json"},
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file; - is stdout (the default)"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    {"threads", 'j', CLI_NUMBER, offsetof(choices, threads), "N", "how many threads (default: one a processor)"},
    {"notes", 0, CLI_FLAG, offsetof(choices, notes), NULL, "show every note, not the first 20"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* Each in the order of its enumeration. */
static const char *const formats[] = {"jsonl", "csv", "text", "json", NULL};
static const char *const levels[] = {"nominal", "ordinal", "interval", "ratio", "set", NULL};
static const char *const drawings[] = {"usual", "unit", "cluster", NULL};

/* The words of the command line, understood. */
typedef struct terms {
    qcode_table_style style;
    qcode_level level;
    qcode_intervals intervals;
} terms;

/* Writes what was found. */
static bool write_result(const choices *chosen, const terms *task, const qcode_comparison *result, qcode_error *err)
{
    qcode_sink *sink = cli_open_output(chosen->output, err);
    bool done = sink && qcode_comparison_write(result, &task->style, NULL, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done;
}

static int compare_table(const choices *chosen, const terms *task)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_comparison result = {.about = NULL};
    const qcode_ratings_job job = {
        .path = chosen->table, .level = task->level, .order = chosen->order, .intervals = task->intervals};
    qcode_notes *notes = qcode_notes_new(NULL);
    size_t most = cli_most_notes(chosen->notes, chosen->quiet);
    bool done = qcode_compare_ratings(&job, NULL, &result, notes, &err) && write_result(chosen, task, &result, &err);
    int status = done ? CLI_DONE : cli_fail_with_notes(notes, most, &err);
    if (done && notes)
        cli_say_notes(notes, most);
    qcode_comparison_clear(&result);
    qcode_notes_free(notes);
    return status;
}

/* The place of a word among those an option knows; says so when it is none. */
static bool choose(const char *option, const char *word, const char *const *words, const char *known, size_t *place)
{
    char safe[64];
    if (!word)
        return true;
    *place = cli_find_word(word, words);
    if (*place != SIZE_MAX)
        return true;
    cli_usage(&cli_compare, "--%s is %s, not \"%s\"", option, known, cli_word(word, safe, sizeof safe));
    return false;
}

static bool understand(const choices *chosen, terms *task)
{
    size_t format = QCODE_FORMAT_TEXT, level = QCODE_NOMINAL, draw = QCODE_DRAW_USUAL;
    if (!choose("format", chosen->format, formats, "text, csv, jsonl or json", &format) ||
        !choose("level", chosen->level, levels, "nominal, ordinal, interval, ratio or set", &level) ||
        !choose("resample", chosen->resample, drawings, "cluster or unit", &draw))
        return false;
    *task = (terms){.style = {.format = (qcode_format)format,
                                    .raw = chosen->raw,
                                    .screen = !chosen->output && isatty(STDOUT_FILENO)},
                          .level = (qcode_level)level,
                          .intervals = {.draw = (qcode_drawing)draw,
                                        .seed = chosen->seed,
                                        .resamples = chosen->resamples,
                                        .threads = chosen->threads}};
    return true;
}

static int run(size_t count, char **words)
{
    choices chosen = {.seed = 1};
    cli_list paths = {NULL, 0};
    terms task;
    int status = CLI_USAGE;
    if (cli_parse(&cli_compare, count, words, &chosen, &paths) && understand(&chosen, &task)) {
        if (!chosen.table || paths.count)
            cli_usage(&cli_compare, "a table of ratings is wanted, with --table");
        else if (chosen.order && task.level != QCODE_ORDINAL)
            cli_usage(&cli_compare, "--order is of an ordinal level alone");
        else
            status = compare_table(&chosen, &task);
    }
    free(paths.at);
    return status;
}

const cli_command cli_compare = {"compare", "--table RATINGS.csv", "say how far coders agree, with intervals", options,
                                 run};
