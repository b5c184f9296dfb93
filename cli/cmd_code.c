/* qcode code: the main job. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct choices {
    cli_list codebooks, with;
    const char *output, *format, *coder;
    cli_inputs inputs;
    bool no_jit, no_report;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_LIST, offsetof(choices, codebooks), "BOOK", "a codebook (always needed; may be given again)"},
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FOLDER",
     "write a run's folder instead of segments on stdout"},
    {"with", 'w', CLI_LIST, offsetof(choices, with), "DECISIONS",
     "what people decided (decisions.jsonl), put on what the rules find; may be given again"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT",
     "of stdout: jsonl, csv or text (text on a terminal)"},
    {"coder", 0, CLI_TEXT, offsetof(choices, coder), "NAME", "the coder that segments name (default: qcode)"},
    {"no-report", 0, CLI_FLAG, offsetof(choices, no_report), NULL, "leave report.html out of the folder"},
    {"no-jit", 0, CLI_FLAG, offsetof(choices, no_jit), NULL,
     "run regexes without compiling them (slower; same result)"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* What a run holds while it lasts. */
typedef struct code_run {
    const choices *chosen;
    qcode_code_job job;
    qcode_codebook *books[QCODE_MOST_CODEBOOKS];
    size_t book_count;
    cli_study study;
    qcode_decisions *decisions;
    qcode_sink *out;
    qcode_code_totals totals;
    struct timespec began;
    bool on_terminal, shows_progress;
} code_run;

static double seconds_since(const struct timespec *began)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

/* A line that is written over, on a terminal, once it has taken a while. Before files are made, signals begin to
 * wait. */
static bool show_progress(void *user, size_t done, size_t total)
{
    code_run *run = user;
    if (!done && run->chosen->output)
        cli_hold_signals();
    if (done && run->on_terminal && !run->chosen->inputs.quiet && (run->shows_progress || seconds_since(&run->began) > 0.5)) {
        fprintf(stderr, "\r%zu of %zu interviews", done, total);
        fflush(stderr);
        run->shows_progress = true;
    }
    return !run->chosen->output || !cli_told_to_end();
}

static void end_progress(const code_run *run)
{
    if (run->shows_progress)
        fputs("\r\x1b[K", stderr);
}

static bool choose_format(const char *name, qcode_format *format)
{
    static const char *const names[] = {
        [QCODE_FORMAT_JSONL] = "jsonl", [QCODE_FORMAT_CSV] = "csv", [QCODE_FORMAT_TEXT] = "text", NULL};
    *format = isatty(STDOUT_FILENO) ? QCODE_FORMAT_TEXT : QCODE_FORMAT_JSONL;
    size_t found = name ? cli_find_word(name, names) : (size_t)*format;
    if (found != SIZE_MAX)
        *format = (qcode_format)found;
    return found != SIZE_MAX;
}

/* Looks at the words of the command line before anything is read. */
static int check_words(const choices *chosen, const cli_list *paths, qcode_format *format)
{
    char word[64];
    if (!chosen->codebooks.count)
        return cli_usage(&cli_code, "a codebook is wanted: -c BOOK");
    if (chosen->codebooks.count > QCODE_MOST_CODEBOOKS)
        return cli_usage(&cli_code, "at most %d codebooks are used together", QCODE_MOST_CODEBOOKS);
    int status = cli_check_all_inputs(&cli_code, paths, &chosen->codebooks);
    if (status == CLI_DONE && chosen->with.count)
        status = cli_check_all_inputs(&cli_code, paths, &chosen->with);
    if (status != CLI_DONE)
        return status;
    if (chosen->output && chosen->format)
        return cli_usage(&cli_code, "--format is for stdout; a folder holds both JSON Lines and CSV");
    if (!choose_format(chosen->format, format))
        return cli_usage(&cli_code, "--format is jsonl, csv or text, not \"%s\"",
                         cli_word(chosen->format, word, sizeof word));
    return CLI_DONE;
}

/* The widest name of a code or theme, for the table. */
static int name_width(const qcode_code_totals *totals)
{
    size_t width = strlen("code");
    for (size_t i = 0; i < totals->code_count; i++) {
        size_t length = strlen(qcode_code_id(totals->codes[i].code));
        width = length > width ? length : width;
    }
    for (size_t i = 0; i < totals->theme_count; i++) {
        size_t length = strlen(qcode_theme_id(totals->themes[i].theme));
        width = length > width ? length : width;
    }
    return width > 40 ? 40 : (int)width;
}

static void say_table(const qcode_code_totals *totals)
{
    int width = name_width(totals);
    fprintf(stderr, "%-*s  %8s  %10s  %11s\n", width, "code", "segments", "interviews", "respondents");
    for (size_t i = 0; i < totals->code_count; i++) {
        const qcode_code_count *code = &totals->codes[i];
        fprintf(stderr, "%-*s  %8zu  %10zu  %11zu\n", width, qcode_code_id(code->code), code->segments,
                code->interviews, code->respondents);
    }
    for (size_t i = 0; i < totals->theme_count; i++) {
        const qcode_theme_count *theme = &totals->themes[i];
        fprintf(stderr, "%-*s  %8zu  %10zu  %11zu  (theme)\n", width, qcode_theme_id(theme->theme), theme->segments,
                theme->interviews, theme->respondents);
    }
    fprintf(stderr, "%-*s  %8zu  %10zu  %11zu\n", width, "all", totals->segments, totals->documents,
            totals->respondents);
}

static void say_kept_back(const qcode_kept_back *kept)
{
    if (kept->withdrawn)
        fprintf(stderr, "%zu respondent%s withdrawn: in none of these numbers\n", kept->withdrawn,
                kept->withdrawn == 1 ? " has" : "s have");
    if (kept->unused)
        fprintf(stderr, "%zu respondent%s without consent to use: in none of these numbers\n", kept->unused,
                cli_plural(kept->unused));
    if (kept->documents)
        fprintf(stderr, "%zu interview%s in which nobody else answers: in none of these numbers\n", kept->documents,
                cli_plural(kept->documents));
    if (kept->unquoted)
        fprintf(stderr, "%zu respondent%s without consent to quote: counted, words withheld\n", kept->unquoted,
                cli_plural(kept->unquoted));
}

/* Where evidence is weighed, a sentence may be coded without a word of it. */
static void say_own_words(const qcode_code_totals *totals)
{
    size_t own = 0;
    for (size_t i = 0; i < totals->code_count; i++)
        own += totals->codes[i].own_words;
    fprintf(stderr, "%zu of these segments rest on the speaker's own words; only they make a respondent count\n", own);
}

static bool any_weighs(const code_run *run)
{
    bool weighs = false;
    for (size_t i = 0; i < run->book_count; i++)
        weighs |= qcode_codebook_weighs(run->books[i]);
    return weighs;
}

/* How far people have looked at it. */
static void say_reviewed(const qcode_code_totals *totals)
{
    size_t reviewed = totals->accepted + totals->edited + totals->rejected;
    fprintf(stderr, "%zu of %zu segment%s reviewed by a person", reviewed, totals->segments + totals->rejected,
            cli_plural(totals->segments + totals->rejected));
    if (reviewed)
        fprintf(stderr, " (%zu accepted, %zu edited, %zu rejected and in none of these numbers)\n", totals->accepted,
                totals->edited, totals->rejected);
    else
        fputs(": proposed by rules, not yet read\n", stderr);
    if (totals->unplaced)
        fprintf(stderr, "%zu decision%s could not be placed%s\n", totals->unplaced, cli_plural(totals->unplaced),
                ": the notes and decisions-unplaced.jsonl of a run's folder list them");
}

static void say_summary(const code_run *run)
{
    const qcode_code_totals *totals = &run->totals;
    if (run->job.folder)
        say_table(totals);
    else
        fprintf(stderr, "%zu segment%s in %zu interview%s with %zu respondent%s\n", totals->segments,
                cli_plural(totals->segments), totals->documents, cli_plural(totals->documents), totals->respondents,
                cli_plural(totals->respondents));
    if (totals->refused)
        fprintf(stderr, "%zu document%s refused and in none of these numbers\n", totals->refused,
                totals->refused == 1 ? " was" : "s were");
    say_kept_back(&totals->kept_back);
    if (any_weighs(run))
        say_own_words(totals);
    say_reviewed(totals);
    if (!run->job.folder)
        return;
    char folder[256];
    char says[QCODE_MEASURED_SAYS], safe[QCODE_MEASURED_SAYS];
    qcode_measured_says(run->job.study ? run->job.study->agreement : NULL, run->job.codebooks, says);
    fprintf(stderr, "agreement with human coders on these interviews: %s\n", cli_word(says, safe, sizeof safe));
    fprintf(stderr, "results: %s (%s)\n", cli_word(run->job.folder, folder, sizeof folder),
            "segments.jsonl, segments.csv, report.html ...");
    fprintf(stderr, "%.3f seconds\n", seconds_since(&run->began));
}

static int say_results(const code_run *run, size_t most)
{
    cli_say_notes(run->study.notes, most);
    if (!run->chosen->inputs.quiet) {
        cli_say_study(&run->study.file);
        say_summary(run);
    }
    return run->totals.refused ? CLI_INPUT : CLI_DONE;
}

static bool read_books(code_run *run, qcode_error *err)
{
    const cli_list *paths = &run->chosen->codebooks;
    bool done = true;
    for (; done && run->book_count < paths->count; run->book_count += done) {
        qcode_codebook *book = qcode_codebook_read(paths->at[run->book_count], NULL, run->study.notes, err);
        run->books[run->book_count] = book;
        done = book != NULL;
    }
    return done;
}

static bool read_decisions(code_run *run, qcode_error *err)
{
    const cli_list *paths = &run->chosen->with;
    if (!paths->count)
        return true;
    run->decisions = qcode_decisions_new(NULL, err);
    bool done = run->decisions != NULL;
    for (size_t i = 0; done && i < paths->count; i++)
        done = qcode_decisions_read(run->decisions, paths->at[i], run->study.notes, err);
    return done;
}

static bool open_run(code_run *run, const cli_list *paths, qcode_format format, qcode_error *err)
{
    const choices *chosen = run->chosen;
    run->job = (qcode_code_job){
        .codebook_paths = chosen->codebooks.at,
        .inputs = cli_inputs_of(&chosen->inputs, paths),
        .folder = chosen->output,
        .format = format,
        .match = {.no_jit = chosen->no_jit},
        .coder = chosen->coder,
        .no_report = chosen->no_report,
        .color = cli_wants_color(),
        .screen = isatty(STDOUT_FILENO),
    };
    run->job.inputs.progress = show_progress;
    run->job.inputs.progress_user = run;
    if (!cli_open_study(&chosen->inputs, paths, &run->study, &run->job.inputs.read, err))
        return false;
    bool done = read_books(run, err) && read_decisions(run, err);
    if (done && !chosen->output)
        run->out = cli_open_output(NULL, err);
    run->job.codebooks = (qcode_codebooks){run->books, run->book_count};
    run->job.decisions = run->decisions;
    run->job.decisions_paths = chosen->with.at;
    run->job.decisions_path_count = chosen->with.count;
    run->job.study = run->study.file.study;
    run->job.study_path = run->study.file.path;
    run->job.cases_path = run->study.file.cases;
    run->job.out = run->out;
    return done && (run->out || chosen->output);
}

static int code(const choices *chosen, const cli_list *paths, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    code_run run = {.chosen = chosen, .on_terminal = isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &run.began);
    bool done = open_run(&run, paths, format, &err) && qcode_code_set(&run.job, NULL, &run.totals, run.study.notes, &err);
    if (chosen->output)
        cli_let_signals_through();
    end_progress(&run);
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    int status = done ? say_results(&run, most) : cli_fail_with_notes(run.study.notes, most, &err);
    if (!done)
        cli_say_hint(&err);
    qcode_code_totals_clear(&run.totals);
    qcode_sink_free(run.out);
    while (run.book_count)
        qcode_codebook_free(run.books[--run.book_count]);
    qcode_decisions_free(run.decisions);
    cli_close_study(&run.study);
    return status;
}

static int run(size_t count, char **words)
{
    choices chosen = {.codebooks = {NULL, 0}};
    cli_list paths = {NULL, 0};
    qcode_format format = QCODE_FORMAT_JSONL;
    int status = CLI_USAGE;
    if (cli_parse(&cli_code, count, words, &chosen, &paths)) {
        status = check_words(&chosen, &paths, &format);
        if (status == CLI_DONE)
            status = code(&chosen, &paths, format);
    }
    cli_free_inputs(&chosen.inputs);
    free(chosen.codebooks.at);
    free(chosen.with.at);
    free(paths.at);
    return status;
}

const cli_command cli_code = {"code", "-c BOOK TRANSCRIPT...", "mark the passages each code applies to", options,
                              run};
