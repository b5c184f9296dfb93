/* qcode recode: changes codes in a codebook and in all that was coded with it. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct choices {
    const char *codebook, *by, *on, *reason, *under, *theme, *sheet;
    bool top, dry_run, quiet;
} choices;

static const cli_option options[] = {
    {"codebook", 'c', CLI_TEXT, offsetof(choices, codebook), "BOOK", "the codebook, which is changed (always needed)"},
    {"by", 0, CLI_TEXT, offsetof(choices, by), "WHO", "who changes it (always needed)"},
    {"reason", 0, CLI_TEXT, offsetof(choices, reason), "WHY", "why (always needed)"},
    {"on", 0, CLI_TEXT, offsetof(choices, on), "DATE", "when, as 2023-03-14 (default: today)"},
    {"under", 0, CLI_TEXT, offsetof(choices, under), "CODE", "of move: the code that they come under"},
    {"top", 0, CLI_FLAG, offsetof(choices, top), NULL, "of move: under no code"},
    {"theme", 0, CLI_TEXT, offsetof(choices, theme), "THEME", "of move: into this theme, and out of all others"},
    {"sheet", 0, CLI_TEXT, offsetof(choices, sheet), "FILE",
     "of split: where to write the passages to be judged again (CSV); - is stdout (the default)"},
    {"dry-run", 'n', CLI_FLAG, offsetof(choices, dry_run), NULL, "say what would change, and change nothing"},
    {"quiet", 'q', CLI_FLAG, offsetof(choices, quiet), NULL, "say nothing but errors"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* In the order of qcode_recode_kind; how many words behind it are codes, and which of them is a list. */
static const struct kind {
    const char *name;
    size_t words, list;
    const char *wants;
} kinds[] = {{"rename", 2, 2, "the id of a code and its new id"},
             {"merge", 2, 0, "the codes that go (A,B) and the one that gets all"},
             {"split", 2, 1, "a code and the new ones under it (B,C)"},
             {"move", 1, 0, "the codes (A,B)"},
             {"retire", 1, 0, "the codes (A,B)"}};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* A list of words parted by commas, put behind those that are there; false when one of them is empty. */
static bool add_words(char *list, const char **words, size_t *count)
{
    for (char *word = list;; word++) {
        size_t length = strcspn(word, ",");
        bool last = !word[length];
        if (!length)
            return false;
        words[(*count)++] = word;
        word += length;
        *word = '\0';
        if (last)
            return true;
    }
}

/* The codes of a change, to be freed with what they stand in. */
typedef struct code_list {
    char *text;
    const char **at;
    size_t count;
} code_list;

static bool list_codes(const struct kind *kind, const cli_list *words, code_list *codes)
{
    size_t length = 0, most = 1;
    for (size_t i = 0; i < kind->words; i++)
        length += strlen(words->at[i + 1]) + 1;
    codes->text = malloc(length + 1);
    for (size_t i = 0; i < kind->words; i++)
        for (const char *at = words->at[i + 1]; at; at = strchr(at + 1, ','))
            most++;
    codes->at = malloc(most * sizeof *codes->at);
    bool done = codes->text && codes->at;
    char *next = codes->text;
    for (size_t i = 0; done && i < kind->words; i++) {
        size_t size = strlen(words->at[i + 1]) + 1;
        memcpy(next, words->at[i + 1], size);
        if (i == kind->list)
            done = add_words(next, codes->at, &codes->count);
        else
            codes->at[codes->count++] = next;
        next += size;
    }
    return done;
}

static void say_file(const char *path, const qcode_recoded *count)
{
    char safe[256];
    fprintf(stderr, "%s: %zu coding%s changed", cli_word(path, safe, sizeof safe), count->changed,
            cli_plural(count->changed));
    if (count->joined)
        fprintf(stderr, ", %zu of them there twice and one now", count->joined);
    if (count->dropped)
        fprintf(stderr, ", %zu rejection%s left out", count->dropped, cli_plural(count->dropped));
    fputc('\n', stderr);
}

static void say_changes(const qcode_recode_job *job, const qcode_recoded *counts, const qcode_table *sheet)
{
    char safe[256];
    if (job->kind == QCODE_RENAME || job->kind == QCODE_MERGE)
        for (size_t i = 0; i < job->coding_count; i++)
            say_file(job->codings[i], &counts[i]);
    if (sheet)
        fprintf(stderr, "%zu passage%s to be judged again\n", qcode_table_row_count(sheet),
                cli_plural(qcode_table_row_count(sheet)));
    fprintf(stderr, "%s %s%s\n", cli_word(job->book, safe, sizeof safe), job->dry_run ? "would be changed" : "is changed",
            job->dry_run ? ": nothing was written" : "");
}

static bool write_sheet(const qcode_table *sheet, const char *path, qcode_error *err)
{
    const qcode_table_style style = {.format = QCODE_FORMAT_CSV, .screen = !path && isatty(STDOUT_FILENO)};
    qcode_sink *sink = cli_open_output(path, err);
    bool done = sink && qcode_table_write(sheet, &style, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done;
}

/* A sheet is written before anything changes: what it lists is as yet to be seen in the files. */
static bool do_job(qcode_recode_job *job, const choices *chosen, qcode_recoded *counts, qcode_notes *notes,
                   qcode_error *err)
{
    qcode_table *sheet = NULL;
    bool dry = job->dry_run;
    cli_hold_signals();
    job->dry_run = dry || job->kind == QCODE_SPLIT;
    bool done = qcode_recode(job, NULL, counts, &sheet, notes, err) && (!sheet || write_sheet(sheet, chosen->sheet, err));
    job->dry_run = dry;
    if (done && sheet && !dry) {
        qcode_table_free(sheet);
        done = qcode_recode(job, NULL, counts, &sheet, NULL, err);
    }
    cli_let_signals_through();
    if (done && !chosen->quiet)
        say_changes(job, counts, sheet);
    qcode_table_free(sheet);
    return done;
}

static int recode(const choices *chosen, size_t kind, const cli_list *words, const code_list *codes)
{
    char today[32];
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    if (!cli_today(today))
        return cli_usage(&cli_recode, "the date of today is not known: --on DATE is wanted");
    size_t first = kinds[kind].words + 1;
    qcode_recode_job job = {.kind = (qcode_recode_kind)kind, .codes = codes->at, .code_count = codes->count,
                            .under = chosen->under, .theme = chosen->theme, .top = chosen->top, .by = chosen->by,
                            .on = chosen->on ? chosen->on : today, .reason = chosen->reason, .book = chosen->codebook,
                            .codings = words->at + first, .coding_count = words->count - first,
                            .dry_run = chosen->dry_run};
    qcode_recoded *counts = calloc(job.coding_count + 1, sizeof *counts);
    qcode_notes *notes = qcode_notes_new(NULL);
    bool done = counts && notes && do_job(&job, chosen, counts, notes, &err);
    size_t most = cli_most_notes(false, chosen->quiet);
    if (done)
        cli_say_notes(notes, most);
    free(counts);
    qcode_notes_free(notes);
    return done ? CLI_DONE : cli_fail(&err);
}

/* Whether the options fit the kind of change; says so when they do not. */
static bool check_choices(const choices *chosen, size_t kind)
{
    int targets = (chosen->under != NULL) + (chosen->theme != NULL) + chosen->top;
    if (!chosen->codebook || !chosen->by || !chosen->reason)
        cli_usage(&cli_recode, "-c BOOK, --by WHO and --reason WHY are wanted");
    else if (kind == QCODE_MOVE && targets != 1)
        cli_usage(&cli_recode, "where to is wanted: --under CODE, --top or --theme THEME");
    else if (kind != QCODE_MOVE && targets)
        cli_usage(&cli_recode, "--under, --top and --theme are of move alone");
    else if (kind != QCODE_SPLIT && chosen->sheet)
        cli_usage(&cli_recode, "--sheet is of split alone");
    else
        return true;
    return false;
}

static int run(size_t count, char **words)
{
    choices chosen = {.codebook = NULL};
    cli_list operands = {NULL, 0};
    code_list codes = {NULL, NULL, 0};
    int status = CLI_USAGE;
    if (cli_parse(&cli_recode, count, words, &chosen, &operands)) {
        size_t kind = 0;
        while (kind < KINDS && (!operands.count || strcmp(operands.at[0], kinds[kind].name) != 0))
            kind++;
        if (kind == KINDS)
            cli_usage(&cli_recode, "expected rename, merge, split, move or retire");
        else if (operands.count <= kinds[kind].words)
            cli_usage(&cli_recode, "behind %s, expected %s", kinds[kind].name, kinds[kind].wants);
        else if (check_choices(&chosen, kind))
            status = list_codes(&kinds[kind], &operands, &codes)
                         ? recode(&chosen, kind, &operands, &codes)
                         : cli_usage(&cli_recode, "behind %s, expected %s", kinds[kind].name, kinds[kind].wants);
    }
    free(codes.at);
    free(codes.text);
    free(operands.at);
    return status;
}

const cli_command cli_recode = {"recode", "rename|merge|split|move|retire CODES -c BOOK --by WHO --reason WHY [CODINGS...]",
                                "change codes in the codebook and in what was coded with it, together", options, run};
