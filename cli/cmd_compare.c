/* qcode compare: how far coders agree. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct choices {
    const char *table, *level, *order, *resample, *format, *output;
    const char *unit, *touch, *scope, *role, *assignments, *disagreements;
    cli_list texts;
    size_t seed, resamples;
    bool raw, all, spans, mixed;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"texts", 'x', CLI_LIST, offsetof(choices, texts), "FILE",
     "a transcript that was coded, or a folder of them; may be given again (else those of the runs' folders)"},
    {"unit", 'u', CLI_TEXT, offsetof(choices, unit), "UNIT",
     "sentence (the default), turn, answer, document, respondent, character, or listed: as the codings list them"},
    {"touch", 0, CLI_TEXT, offsetof(choices, touch), "RULE",
     "when a passage codes a unit: any (the default), half or whole"},
    {"scope", 0, CLI_TEXT, offsetof(choices, scope), "SCOPE",
     "shared (the default): documents that every coder looked at; any: that two or more did"},
    {"assignments", 0, CLI_TEXT, offsetof(choices, assignments), "FILE",
     "document and coder of who was asked to code what: without codings it is coded with nothing"},
    {"role", 0, CLI_TEXT, offsetof(choices, role), "ROLE",
     "whose speech: respondent (the default) or all"},
    {"all", 'a', CLI_FLAG, offsetof(choices, all), NULL, "every coefficient that applies, as exploratory"},
    {"spans", 's', CLI_FLAG, offsetof(choices, spans), NULL,
     "passages themselves too: precision, recall, F1, unitizing alpha, boundaries, gamma"},
    {"mixed-versions", 0, CLI_FLAG, offsetof(choices, mixed), NULL,
     "go on where codings were made under versions of a codebook in which a code means another thing"},
    {"disagreements", 'd', CLI_TEXT, offsetof(choices, disagreements), "FILE",
     "write where coders differ as a sheet (CSV) with an empty column for the decision"},
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
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl, json, xlsx or html"},
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "write to a file, a page if it ends in .html; - is stdout (the default)"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* Each in the order of its enumeration. */
static const char *const formats[] = {"jsonl", "csv", "text", "json", "xlsx", "html", NULL};

enum { FORMAT_HTML = QCODE_FORMAT_XLSX + 1 };
static const char *const levels[] = {"nominal", "ordinal", "interval", "ratio", "set", NULL};
static const char *const units[] = {"sentence",   "turn",      "answer", "document",
                                    "respondent", "character", "listed", NULL};
static const char *const touches[] = {"any", "half", "whole", NULL};
static const char *const scopes[] = {"shared", "any", NULL};
static const char *const roles[] = {"respondent", "all", NULL};
static const char *const drawings[] = {"usual", "unit", "cluster", NULL};

/* The words of the command line, understood. */
typedef struct terms {
    qcode_table_style style;
    qcode_level level;
    qcode_intervals intervals;
    bool any_scope, everybody, page;
} terms;

/* Writes where coders differ, to be decided. */
static bool write_sheet(const choices *chosen, const qcode_comparison *result, qcode_error *err)
{
    if (!chosen->disagreements)
        return true;
    if (!result->decisions) {
        *err = (qcode_error){.status = QCODE_INVALID};
        snprintf(err->message, sizeof err->message, "without the transcripts nothing can be listed: they are named with --texts");
        return false;
    }
    const qcode_table_style style = {.format = QCODE_FORMAT_CSV, .raw = chosen->raw};
    qcode_sink *sink = cli_open_output(chosen->disagreements, err);
    bool done = sink && qcode_table_write(result->decisions, &style, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done;
}

/* Writes what was found. */
static bool write_result(const choices *chosen, const terms *task, const qcode_comparison *result, qcode_error *err)
{
    qcode_sink *sink = cli_open_output(chosen->output, err);
    bool done = sink &&
                (task->page ? qcode_comparison_page(result, NULL, sink, err)
                            : qcode_comparison_write(result, &task->style, NULL, sink, err)) &&
                qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done && write_sheet(chosen, result, err);
}

static int compare_table(const choices *chosen, const terms *task)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_comparison result = {.about = NULL};
    const qcode_ratings_job job = {
        .path = chosen->table, .level = task->level, .order = chosen->order, .intervals = task->intervals};
    qcode_notes *notes = qcode_notes_new(NULL);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    bool done = qcode_compare_ratings(&job, NULL, &result, notes, &err) && write_result(chosen, task, &result, &err);
    int status = done ? CLI_DONE : cli_fail_with_notes(notes, most, &err);
    if (done && notes)
        cli_say_notes(notes, most);
    qcode_comparison_clear(&result);
    qcode_notes_free(notes);
    return status;
}

/* What the first run's folder says of its study, where no other is given. */
static qcode_study *study_of_runs(const cli_list *paths, const cli_study *study, qcode_error *err)
{
    struct stat about;
    qcode_study *found = NULL;
    for (size_t i = 0; !study->file.study && !found && i < paths->count; i++)
        if (stat(paths->at[i], &about) == 0 && S_ISDIR(about.st_mode))
            found = qcode_study_of_run(paths->at[i], NULL, study->notes, err);
    return found;
}

static int compare_codings(const choices *chosen, const terms *task, const cli_list *paths)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study;
    qcode_comparison result = {.about = NULL};
    const qcode_inputs inputs = cli_inputs_of(&chosen->inputs, &chosen->texts);
    qcode_compare_job job = {.paths = paths->at,
                             .path_count = paths->count,
                             .texts = chosen->texts.at,
                             .text_count = chosen->texts.count,
                             .read = inputs.read,
                             .assignments = chosen->assignments,
                             .any_scope = task->any_scope,
                             .everybody = task->everybody,
                             .unit = chosen->unit,
                             .touch = chosen->touch,
                             .all = chosen->all,
                             .spans = chosen->spans,
                             .mixed = chosen->mixed,
                             .talks = task->page,
                             .intervals = task->intervals};
    bool done = cli_open_study(&chosen->inputs, &chosen->texts, &study, &job.read, &err);
    qcode_study *own = done ? study_of_runs(paths, &study, &err) : NULL;
    const qcode_study *said = own ? own : study.file.study;
    job.declared = said ? &said->comparison : NULL;
    done = done && err.status == QCODE_OK && qcode_compare(&job, NULL, &result, study.notes, &err) &&
           write_result(chosen, task, &result, &err);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    int status = done ? CLI_DONE : cli_fail_with_notes(study.notes, most, &err);
    if (done)
        cli_say_notes(study.notes, most);
    qcode_comparison_clear(&result);
    qcode_study_free(own);
    cli_close_study(&study);
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
    size_t unit = 0, touch = 0, scope = 0, role = 0;
    size_t format = QCODE_FORMAT_TEXT, level = QCODE_NOMINAL, draw = QCODE_DRAW_USUAL;
    if (!choose("format", chosen->format, formats, "text, csv, jsonl, json, xlsx or html", &format) ||
        !choose("level", chosen->level, levels, "nominal, ordinal, interval, ratio or set", &level) ||
        !choose("resample", chosen->resample, drawings, "cluster or unit", &draw) ||
        !choose("unit", chosen->unit, units,
                "sentence, turn, answer, document, respondent, character or listed", &unit) ||
        !choose("touch", chosen->touch, touches, "any, half or whole", &touch) ||
        !choose("scope", chosen->scope, scopes, "shared or any", &scope) ||
        !choose("role", chosen->role, roles, "respondent or all", &role))
        return false;
    if (!chosen->format && cli_ends_in(chosen->output, ".html"))
        format = FORMAT_HTML;
    if (!chosen->format && cli_ends_in(chosen->output, ".xlsx"))
        format = QCODE_FORMAT_XLSX;
    if (format == QCODE_FORMAT_XLSX && cli_is_for_screen(chosen->output))
        return cli_usage(&cli_compare, "a workbook is not for a terminal: -o FILE.xlsx") == CLI_DONE;
    *task = (terms){.page = format == FORMAT_HTML,
                    .style = {.format = (qcode_format)format,
                                    .raw = chosen->raw,
                                    .screen = cli_is_for_screen(chosen->output)},
                          .level = (qcode_level)level,
                          .intervals = {.draw = (qcode_drawing)draw,
                                        .seed = chosen->seed,
                                        .resamples = chosen->resamples,
                                        .threads = chosen->inputs.threads},
                          .any_scope = scope == 1,
                          .everybody = role == 1};
    return true;
}

static int run(size_t count, char **words)
{
    choices chosen = {.seed = 1};
    cli_list paths = {NULL, 0};
    terms task;
    int status = CLI_USAGE;
    if (cli_parse(&cli_compare, count, words, &chosen, &paths) && understand(&chosen, &task)) {
        if (!chosen.table == !paths.count)
            cli_usage(&cli_compare, "codings are wanted, or else a table of ratings with --table");
        else if (chosen.order && task.level != QCODE_ORDINAL)
            cli_usage(&cli_compare, "--order is of an ordinal level alone");
        else if (chosen.table && chosen.disagreements)
            cli_usage(&cli_compare, "--disagreements is of codings, not of a table of ratings");
        else
            status = chosen.table ? compare_table(&chosen, &task) : compare_codings(&chosen, &task, &paths);
    }
    cli_free_inputs(&chosen.inputs);
    free(chosen.texts.at);
    free(paths.at);
    return status;
}

const cli_command cli_compare = {"compare", "CODINGS... | --table RATINGS.csv",
                                 "say how far coders agree, code by code, and where they differ", options, run};
