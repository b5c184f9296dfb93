/* qcode sheet: spreadsheets to code by hand in, and rounds of several coders. */
#include "cli.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct choices {
    const char *codebook, *output, *unit, *sample, *draw, *by, *coders, *format, *role;
    size_t seed, round;
    bool blind;
    cli_inputs inputs;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_TEXT, offsetof(choices, codebook), "BOOK", "the codebook: a column for each of its codes"},
    {"output", 'o', CLI_TEXT, offsetof(choices, output), "FILE", "the sheet, .xlsx or .csv; with --coders a folder"},
    {"unit", 'u', CLI_TEXT, offsetof(choices, unit), "UNIT", "a row is a sentence (the default), turn, answer or document"},
    {"role", 0, CLI_TEXT, offsetof(choices, role), "WHO", "whose words: respondent (the default) or all"},
    {"blind", 0, CLI_FLAG, offsetof(choices, blind), NULL, "do not show what the rules propose"},
    {"coders", 0, CLI_TEXT, offsetof(choices, coders), "NAME,...", "a round: the same sheet for each, and assignments.csv"},
    {"sample", 0, CLI_TEXT, offsetof(choices, sample), "PART", "draw so many, as 20% or 3, of each stratum"},
    {"draw", 0, CLI_TEXT, offsetof(choices, draw), "WHAT", "what is drawn: interviews (the default) or units"},
    {"by", 0, CLI_TEXT, offsetof(choices, by), "ATTRIBUTE", "what parts the strata, as group (else there is one)"},
    {"seed", 0, CLI_NUMBER, offsetof(choices, seed), "N", "where the drawing begins (default: 1)"},
    {"round", 0, CLI_NUMBER, offsetof(choices, round), "N", "its number in assignments.csv (default: 1)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "of a round's sheets: xlsx (the default) or csv"},
    CLI_INPUTS(choices),
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

static const char *const units[] = {"sentence", "turn", "answer", "document", NULL};
static const char *const draws[] = {"interviews", "units", NULL};
static const char *const roles[] = {"respondent", "all", NULL};
static const char *const formats[] = {"xlsx", "csv", NULL};

/* The place of a word among those an option knows, 0 when it was not given; says so when it is none. */
static bool choose(const char *option, const char *word, const char *const *words, const char *known, size_t *place)
{
    char safe[64];
    *place = word ? cli_find_word(word, words) : 0;
    if (*place != SIZE_MAX)
        return true;
    cli_usage(&cli_sheet, "--%s is %s, not \"%s\"", option, known, cli_word(word, safe, sizeof safe));
    return false;
}

/* "20%", "12.5%" or "3". */
static bool read_sample(const char *word, qcode_sample *sample)
{
    char *end = NULL, safe[64];
    double number = word && isdigit((unsigned char)*word) ? strtod(word, &end) : 0;
    if (!word)
        return true;
    if (end && strcmp(end, "%") == 0 && number > 0 && number <= 100)
        sample->share = number / 100;
    else if (end && !*end && number >= 1 && number < 1e9 && !strchr(word, '.'))
        sample->count = (size_t)number;
    else {
        cli_usage(&cli_sheet, "--sample is a part as 20%%, or how many as 3, not \"%s\"", cli_word(word, safe, sizeof safe));
        return false;
    }
    return true;
}

/* Parts "anna,ben" at the commas; white space around a name is none of it. The list points into `words`. */
static bool split_names(char *words, cli_list *names)
{
    for (char *at = words; at;) {
        char *comma = strchr(at, ','), *end = comma ? comma : at + strlen(at);
        while (*at == ' ')
            at++;
        while (end > at && end[-1] == ' ')
            end--;
        const char **more = realloc(names->at, (names->count + 1) * sizeof *more);
        if (!more)
            return false;
        names->at = more;
        names->at[names->count++] = at;
        at = comma ? comma + 1 : NULL;
        *end = '\0';
    }
    return true;
}

static void say_totals(const qcode_sheet_totals *totals, const choices *chosen)
{
    char path[256];
    if (chosen->inputs.quiet)
        return;
    fprintf(stderr, "%zu of %zu unit%s, in %zu of %zu interview%s: %s\n", totals->units, totals->all_units,
            cli_plural(totals->all_units), totals->documents, totals->all_documents, cli_plural(totals->all_documents),
            cli_word(chosen->output, path, sizeof path));
}

static int write_sheets(const choices *chosen, qcode_sheet_job *job, const cli_list *paths)
{
    qcode_error err = {.status = QCODE_OK};
    cli_study study;
    qcode_sheet_totals totals = {.units = 0};
    qcode_codebook *book = NULL;
    job->inputs = cli_inputs_of(&chosen->inputs, paths);
    bool done = cli_open_study(&chosen->inputs, paths, &study, &job->inputs.read, &err) &&
                (book = qcode_codebook_read(chosen->codebook, NULL, study.notes, &err));
    job->book = book;
    cli_hold_signals();
    done = done && qcode_sheet(job, NULL, &totals, study.notes, &err);
    cli_let_signals_through();
    size_t most = cli_most_notes(chosen->inputs.notes, chosen->inputs.quiet);
    int status = totals.refused ? CLI_INPUT : CLI_DONE;
    if (done) {
        cli_say_notes(study.notes, most);
        say_totals(&totals, chosen);
    } else {
        status = cli_fail_with_notes(study.notes, most, &err);
        cli_say_hint(&err);
    }
    qcode_codebook_free(book);
    cli_close_study(&study);
    return status;
}

/* Understands the words, and answers CLI_DONE when they can be followed. */
static int understand(const choices *chosen, const cli_list *paths, qcode_sheet_job *job)
{
    size_t unit, draw, role, format;
    if (!choose("unit", chosen->unit, units, "sentence, turn, answer or document", &unit) ||
        !choose("draw", chosen->draw, draws, "interviews or units", &draw) ||
        !choose("role", chosen->role, roles, "respondent or all", &role) ||
        !choose("format", chosen->format, formats, "xlsx or csv", &format) || !read_sample(chosen->sample, &job->sample))
        return CLI_USAGE;
    if (!chosen->codebook)
        return cli_usage(&cli_sheet, "no codebook is given: -c BOOK");
    if (!chosen->output || strcmp(chosen->output, "-") == 0)
        return cli_usage(&cli_sheet, "where to? -o FILE.xlsx, or with --coders -o FOLDER");
    if (!chosen->coders && !cli_ends_in(chosen->output, ".xlsx") && !cli_ends_in(chosen->output, ".csv"))
        return cli_usage(&cli_sheet, "a sheet is called FILE.xlsx or FILE.csv");
    if (!chosen->coders && (chosen->format || chosen->round))
        return cli_usage(&cli_sheet, "--format and --round are for a round of --coders");
    if (!chosen->sample && (chosen->by || chosen->draw || chosen->seed))
        return cli_usage(&cli_sheet, "--by, --draw and --seed say how a --sample is drawn");
    job->unit = units[unit];
    job->everybody = role == 1;
    job->blind = chosen->blind;
    job->sample.units = draw == 1;
    job->sample.by = chosen->by;
    job->sample.seed = chosen->seed ? chosen->seed : 1;
    job->round = chosen->round ? chosen->round : 1;
    job->csv = format == 1;
    return cli_check_inputs(&cli_sheet, paths, chosen->codebook);
}

static int run(size_t count, char **words)
{
    choices chosen = {.codebook = NULL};
    cli_list paths = {NULL, 0}, names = {NULL, 0};
    qcode_sheet_job job = {.path = NULL};
    char *coders = NULL;
    int status = CLI_USAGE;
    if (cli_parse(&cli_sheet, count, words, &chosen, &paths) &&
        (status = understand(&chosen, &paths, &job)) == CLI_DONE) {
        if (chosen.coders && (!(coders = strdup(chosen.coders)) || !split_names(coders, &names))) {
            const qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
            status = cli_fail(&err);
        } else {
            job.folder = chosen.coders ? chosen.output : NULL;
            job.path = chosen.coders ? NULL : chosen.output;
            job.coders = names.at;
            job.coder_count = names.count;
            status = write_sheets(&chosen, &job, &paths);
        }
    }
    free(coders);
    free(names.at);
    cli_free_inputs(&chosen.inputs);
    free(paths.at);
    return status;
}

const cli_command cli_sheet = {"sheet", "-c BOOK -o FILE.xlsx TRANSCRIPT...", "write a spreadsheet to code by hand in",
                               options, run};
