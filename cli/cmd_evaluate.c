/* qcode evaluate: how well rules code, beside codings by hand. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { USUAL_DISAGREEMENTS = 10 };

typedef struct choices {
    const char *codebook, *unit, *touch, *format, *table;
    cli_list against;
    size_t disagreements, seed;
    bool rules, no_jit, mixed, record;
    const char *on;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_TEXT, offsetof(choices, codebook), "BOOK", "the codebook, a YAML file"},
    {"record", 0, CLI_FLAG, offsetof(choices, record), NULL,
     "keep the figures in an agreement.json beside the study.yaml: qcode code then says what was measured"},
    {"on", 0, CLI_TEXT, offsetof(choices, on), "DATE", "of --record: when, as 2023-03-14 (default: today)"},
    {"mixed-versions", 0, CLI_FLAG, offsetof(choices, mixed), NULL,
     "go on where codings were made under versions of a codebook in which a code means another thing"},
    {"against", 'a', CLI_LIST, offsetof(choices, against), "CODINGS",
     "codings by hand: CSV, TSV, segments.jsonl or a run's folder; may be given again"},
    {"unit", 'u', CLI_TEXT, offsetof(choices, unit), "UNIT",
     "sentence (the default), turn, answer, document, respondent, or listed: as CODINGS list them"},
    {"touch", 't', CLI_TEXT, offsetof(choices, touch), "RULE",
     "when a passage codes a unit: any of it (the default), half or whole"},
    {"rules", 'r', CLI_FLAG, offsetof(choices, rules), NULL, "look at each rule too: its hits, and what it adds"},
    {"disagreements", 'd', CLI_NUMBER, offsetof(choices, disagreements), "N", "show so many (default: 10), worst first"},
    {"seed", 0, CLI_NUMBER, offsetof(choices, seed), "N", "where the drawing for intervals begins (default: 1)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "text (the default), csv, jsonl or json"},
    {"table", 0, CLI_TEXT, offsetof(choices, table), "TABLE",
     "of csv, jsonl and json: codes (the default), rules or disagreements"},
    {"no-jit", 0, CLI_FLAG, offsetof(choices, no_jit), NULL,
     "run regexes without compiling them (slower; same result)"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* In the order of qcode_format. */
static const char *const formats[] = {"jsonl", "csv", "text", "json", NULL};
static const char *const units[] = {"sentence", "turn", "answer", "document", "respondent", "listed", NULL};
static const char *const touches[] = {"any", "half", "whole", NULL};
static const char *const tables[] = {"codes", "rules", "disagreements", NULL};

static bool put_table(const qcode_table *table, const char *title, qcode_format format, qcode_sink *out, qcode_error *err)
{
    const qcode_table_style style = {.format = format, .screen = isatty(STDOUT_FILENO)};
    if (!table || (title && !qcode_table_row_count(table)))
        return true;
    if (title)
        qcode_sink_write(out, title, strlen(title));
    return qcode_table_write(table, &style, out, err);
}

static bool put(const qcode_evaluation *found, const choices *chosen, qcode_format format, qcode_error *err)
{
    const qcode_table *const list[] = {found->codes, found->rules, found->disagreements};
    qcode_sink *out = cli_open_output(NULL, err);
    bool done = out != NULL;
    if (done && format == QCODE_FORMAT_TEXT)
        done = put_table(found->codes, NULL, format, out, err) && put_table(found->rules, "\nrules\n", format, out, err) &&
               put_table(found->disagreements, "\ndisagreements, worst first\n", format, out, err);
    else if (done)
        done = put_table(list[chosen->table ? cli_find_word(chosen->table, tables) : 0], NULL, format, out, err);
    done = done && qcode_sink_finish(out, err);
    qcode_sink_free(out);
    return done;
}

/* Keeps the figures beside the study.yaml. */
static bool record(const choices *chosen, const qcode_evaluation *found, const qcode_evaluate_job *job,
                   const char *study, qcode_error *err)
{
    static const char name[] = "agreement.json";
    char today[32] = "", safe[256];
    const char *slash = strrchr(study, '/');
    size_t folder = slash ? (size_t)(slash - study) + 1 : 0;
    char *path = malloc(folder + sizeof name);
    if (!path) {
        *err = (qcode_error){.status = QCODE_NO_MEMORY, .message = "out of memory"};
        return false;
    }
    memcpy(path, study, folder);
    memcpy(path + folder, name, sizeof name);
    cli_today(today);
    qcode_sink *sink = cli_open_output(path, err);
    bool done = sink && qcode_evaluation_record(found, job, chosen->on ? chosen->on : today, NULL, sink, err) &&
                qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    if (done && !chosen->inputs.quiet)
        fprintf(stderr, "recorded: %s\n", cli_word(path, safe, sizeof safe));
    free(path);
    return done;
}

/* Whether there is a study to record beside; says so when there is none. */
static bool has_study(const choices *chosen, const cli_study *study, qcode_error *err)
{
    const char *path = study->file.path;
    if (!chosen->record || (path && strcmp(path, "-") != 0))
        return true;
    *err = (qcode_error){.status = QCODE_USAGE};
    snprintf(err->message, sizeof err->message, "--record is kept beside a study.yaml, and none is here: name it with --study");
    return false;
}

static int evaluate(const choices *chosen, const cli_list *paths, const char *folder, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study = {.notes = NULL};
    qcode_evaluation found = {.codes = NULL};
    qcode_codebook *book = NULL;
    bool wants_apart = format == QCODE_FORMAT_TEXT || (chosen->table && strcmp(chosen->table, "disagreements") == 0);
    qcode_evaluate_job job = {.inputs = cli_inputs_of(&chosen->inputs, paths),
                              .match = {.no_jit = chosen->no_jit},
                              .folder = folder,
                              .against = chosen->against.at,
                              .against_count = chosen->against.count,
                              .mixed = chosen->mixed,
                              .unit = chosen->unit ? chosen->unit : units[0],
                              .touch = chosen->touch ? chosen->touch : touches[0],
                              .rules = chosen->rules,
                              .most = !wants_apart ? 0 : chosen->disagreements ? chosen->disagreements : USUAL_DISAGREEMENTS,
                              .seed = chosen->seed ? chosen->seed : 1};
    bool done = cli_open_study(&chosen->inputs, paths, &study, &job.inputs.read, &err);
    done = done && has_study(chosen, &study, &err);
    if (done && !folder)
        done = (book = qcode_codebook_read(chosen->codebook, NULL, study.notes, &err)) != NULL;
    job.codebook = book;
    done = done && qcode_evaluate(&job, NULL, &found, study.notes, &err) && put(&found, chosen, format, &err) &&
           (!chosen->record || record(chosen, &found, &job, study.file.path, &err));
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    if (done)
        cli_say_notes(study.notes, most);
    if (done && !chosen->inputs.quiet)
        fprintf(stderr, "compared on %zu unit%s (%s, touch %s) of %zu interview%s\n", found.units, cli_plural(found.units),
                job.unit, job.touch, found.documents, cli_plural(found.documents));
    int status = !done ? cli_fail_with_notes(study.notes, most, &err) : found.refused ? CLI_INPUT : CLI_DONE;
    qcode_evaluation_clear(&found);
    qcode_codebook_free(book);
    cli_close_study(&study);
    return status;
}

/* A word that is one of a few, or not given. */
static bool is_one_of(const char *option, const char *word, const char *const *words, const char *list)
{
    char safe[64];
    if (!word || cli_find_word(word, words) != SIZE_MAX)
        return true;
    cli_usage(&cli_evaluate, "%s is %s, not \"%s\"", option, list, cli_word(word, safe, sizeof safe));
    return false;
}

static int run(size_t count, char **words)
{
    choices chosen = {.format = NULL};
    cli_list paths = {NULL, 0};
    const cli_list none = {NULL, 0};
    struct stat about;
    int status = CLI_USAGE;
    if (cli_parse(&cli_evaluate, count, words, &chosen, &paths) &&
        is_one_of("--format", chosen.format, formats, "text, csv, jsonl or json") &&
        is_one_of("--unit", chosen.unit, units, "sentence, turn, answer, document, respondent or listed") &&
        is_one_of("--touch", chosen.touch, touches, "any, half or whole") &&
        is_one_of("--table", chosen.table, tables, "codes, rules or disagreements")) {
        size_t format = chosen.format ? cli_find_word(chosen.format, formats) : QCODE_FORMAT_TEXT;
        bool folder = !chosen.codebook && paths.count == 1 && stat(paths.at[0], &about) == 0 && S_ISDIR(about.st_mode);
        chosen.rules = chosen.rules || (chosen.table && strcmp(chosen.table, "rules") == 0);
        if (!chosen.against.count)
            cli_usage(&cli_evaluate, "no codings are given to compare with: --against CODINGS");
        else if (!chosen.codebook && !folder)
            cli_usage(&cli_evaluate, "a codebook and transcripts are wanted, or a run's folder");
        else if (folder && chosen.record)
            cli_usage(&cli_evaluate, "what is recorded is of a codebook and transcripts, not of a run's folder");
        else if (chosen.on && !chosen.record)
            cli_usage(&cli_evaluate, "--on is of --record alone");
        else if (folder && chosen.rules)
            cli_usage(&cli_evaluate, "rules are looked at with a codebook and transcripts, not with a run's folder");
        else if (folder || (status = cli_check_inputs(&cli_evaluate, &paths, chosen.codebook)) == CLI_DONE)
            status = evaluate(&chosen, folder ? &none : &paths, folder ? paths.at[0] : NULL, (qcode_format)format);
    }
    free(chosen.against.at);
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_evaluate = {"evaluate", "-c BOOK --against CODINGS TRANSCRIPT...",
                                  "say how well a codebook codes, beside codings by hand", options, run};
