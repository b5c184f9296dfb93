/* qcode pseudonymise: other names in transcripts. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct choices {
    const char *key, *output, *map, *format, *cases, *study, *encoding;
    cli_list interviewers;
    size_t threads;
    bool list, raw, no_study, keep_going, notes, quiet;
} choices;

static const cli_option options[] = {
    {"key", 0, CLI_TEXT, offsetof(choices, key), "KEY", "a key.csv: name, replacement, variants, kind (always needed)"},
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FOLDER", "where the new transcripts go"},
    {"list", 'l', CLI_FLAG, offsetof(choices, list), NULL, "write no transcripts, only the table of names"},
    {"map", 0, CLI_TEXT, offsetof(choices, map), "FILE",
     "where the offset map goes (default: FOLDER.map.jsonl, beside the folder)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT",
     "of the table on stdout: text (the default), csv, jsonl or json"},
    {"raw", 0, CLI_FLAG, offsetof(choices, raw), NULL, "csv without the ' that keeps spreadsheets from formulas"},
    {"interviewer", 'i', CLI_LIST, offsetof(choices, interviewers), "LABEL", "who interviews; may be given again"},
    {"cases", 0, CLI_TEXT, offsetof(choices, cases), "FILE",
     "a cases.csv: the words of who has withdrawn are left out"},
    {"study", 0, CLI_TEXT, offsetof(choices, study), "FILE",
     "a study.yaml (else one beside the cases or the transcripts)"},
    {"no-study", 0, CLI_FLAG, offsetof(choices, no_study), NULL, "take no study.yaml that was not named"},
    {"encoding", 0, CLI_TEXT, offsetof(choices, encoding), "NAME",
     "how the transcripts are encoded, if not in Unicode"},
    {"threads", 'j', CLI_NUMBER, offsetof(choices, threads), "N", "how many threads (default: one a processor)"},
    {"keep-going", 'k', CLI_FLAG, offsetof(choices, keep_going), NULL,
     "leave out documents that are refused, say which, and exit 3"},
    {"notes", 0, CLI_FLAG, offsetof(choices, notes), NULL, "show every note, not the first 20"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "no notes, no summary; errors are told"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static bool choose_format(const char *name, qcode_format *format)
{
    static const char *const names[] = {[QCODE_FORMAT_JSONL] = "jsonl", [QCODE_FORMAT_CSV] = "csv",
                                        [QCODE_FORMAT_TEXT] = "text", [QCODE_FORMAT_JSON] = "json"};
    *format = QCODE_FORMAT_TEXT;
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) {
            *format = (qcode_format)i;
            return true;
        }
    return !name;
}

/* Looks at the words of the command line before anything is read. */
static int check_words(const choices *chosen, const cli_list *paths, qcode_format *format)
{
    char word[64];
    const char *files[] = {chosen->key, chosen->cases};
    size_t inputs = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        inputs += files[i] && strcmp(files[i], "-") == 0;
    for (size_t i = 0; i < paths->count; i++)
        inputs += strcmp(paths->at[i], "-") == 0;
    if (!chosen->key)
        return cli_usage(&cli_pseudonymise, "a key is wanted: --key KEY");
    if (!chosen->output == !chosen->list)
        return cli_usage(&cli_pseudonymise, "either -o FOLDER or --list is wanted");
    if (chosen->map && chosen->list)
        return cli_usage(&cli_pseudonymise, "--map is for a folder; --list writes none");
    if (!paths->count)
        return cli_usage(&cli_pseudonymise, "no transcripts are given");
    if (inputs > 1)
        return cli_usage(&cli_pseudonymise, "- stands for the standard input, which can be read once");
    if (!choose_format(chosen->format, format))
        return cli_usage(&cli_pseudonymise, "--format is text, csv, jsonl or json, not \"%s\"",
                         cli_word(chosen->format, word, sizeof word));
    return CLI_DONE;
}

/* What a run holds while it lasts. */
typedef struct names_run {
    const choices *chosen;
    qcode_inputs inputs;
    qcode_key *key;
    qcode_cases *cases;
    cli_study_file study;
    qcode_notes *notes;
    qcode_sink *out;
    qcode_pseudonymised result;
} names_run;

static bool go_on(void *user, size_t done, size_t total)
{
    (void)user, (void)total;
    if (!done)
        cli_hold_signals();
    return !cli_told_to_end();
}

static bool open_run(names_run *run, const cli_list *paths, qcode_error *err)
{
    const choices *chosen = run->chosen;
    run->inputs = (qcode_inputs){
        .paths = paths->at,
        .path_count = paths->count,
        .read = {.encoding = chosen->encoding,
                 .interviewers = chosen->interviewers.at,
                 .interviewer_count = chosen->interviewers.count},
        .threads = chosen->threads,
        .keep_going = chosen->keep_going,
        .progress = chosen->output ? go_on : NULL,
    };
    run->notes = qcode_notes_new(NULL);
    if (!run->notes) {
        err->status = QCODE_NO_MEMORY;
        snprintf(err->message, sizeof err->message, "out of memory");
        return false;
    }
    run->study.cases = chosen->cases;
    if (!(run->key = qcode_key_read(chosen->key, NULL, run->notes, err)) ||
        ((chosen->study || !chosen->no_study) &&
         !cli_read_study(&run->study, chosen->study, chosen->cases, paths, run->notes, err)))
        return false;
    if (run->study.cases && !(run->cases = qcode_cases_read(run->study.cases, NULL, run->notes, err)))
        return false;
    run->inputs.read.cases = run->cases;
    run->out = qcode_sink_descriptor(STDOUT_FILENO, "stdout", NULL, err);
    return run->out;
}

static bool write_table(const names_run *run, qcode_format format, qcode_error *err)
{
    const qcode_table_style style = {.format = format, .raw = run->chosen->raw, .screen = isatty(STDOUT_FILENO)};
    return qcode_table_write(run->result.names, &style, run->out, err) && qcode_sink_finish(run->out, err);
}

static void say_summary(const names_run *run)
{
    const qcode_pseudonymised *result = &run->result;
    const choices *chosen = run->chosen;
    char folder[256];
    fprintf(stderr, "listed names stand in %zu place%s of %zu transcript%s\n", result->replaced,
            cli_plural(result->replaced), result->documents, cli_plural(result->documents));
    fprintf(stderr, "%zu place%s may name somebody or something not listed: a person has to judge them\n",
            result->unlisted, cli_plural(result->unlisted));
    if (result->refused)
        fprintf(stderr, "%zu document%s refused and not written\n", result->refused,
                result->refused == 1 ? " was" : "s were");
    if (result->remaining)
        fprintf(stderr, "%zu listed name%s would remain; %s\n", result->remaining, cli_plural(result->remaining),
                chosen->output ? "nothing was written" : "with -o nothing would be written");
    else if (chosen->output)
        fprintf(stderr, "transcripts with other names: %s; keep the key and the offset map apart from them\n",
                cli_word(chosen->output, folder, sizeof folder));
    fputs("this is pseudonymising, not anonymising: what is told may still say who it was\n", stderr);
}

static int say_results(const names_run *run, size_t most)
{
    cli_say_notes(run->notes, most);
    if (!run->chosen->quiet) {
        cli_say_study(&run->study);
        say_summary(run);
    }
    return run->result.remaining ? CLI_NO : run->result.refused ? CLI_INPUT : CLI_DONE;
}

static int pseudonymise(const choices *chosen, const cli_list *paths, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    names_run run = {.chosen = chosen};
    bool done = open_run(&run, paths, &err);
    const char *const secrets[] = {chosen->key};
    const qcode_pseudonymise_job job = {.inputs = &run.inputs, .key = run.key, .secrets = secrets, .secret_count = 1,
                                        .folder = chosen->output, .map = chosen->map};
    done = done && qcode_pseudonymise(&job, NULL, &run.result, run.notes, &err);
    if (chosen->output)
        cli_let_signals_through();
    done = done && write_table(&run, format, &err);
    size_t most = cli_most_notes(chosen->notes, chosen->quiet);
    int status = done ? say_results(&run, most) : cli_fail_with_notes(run.notes, most, &err);
    qcode_table_free(run.result.names);
    qcode_sink_free(run.out);
    qcode_cases_free(run.cases);
    cli_free_study(&run.study);
    qcode_key_free(run.key);
    qcode_notes_free(run.notes);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.key = NULL};
    cli_list paths = {NULL, 0};
    qcode_format format = QCODE_FORMAT_TEXT;
    int status = CLI_USAGE;
    if (cli_parse(&cli_pseudonymise, count, words, &chosen, &paths)) {
        status = check_words(&chosen, &paths, &format);
        if (status == CLI_DONE)
            status = pseudonymise(&chosen, &paths, format);
    }
    free(chosen.interviewers.at);
    free(paths.at);
    return status;
}

const cli_command cli_pseudonymise = {"pseudonymise", "--key KEY -o FOLDER TRANSCRIPT...",
                                      "put other names into transcripts, and list what else may name somebody", options,
                                      run};
