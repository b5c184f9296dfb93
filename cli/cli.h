/* What the commands of qcode share: one table of options for parsing and help, and how results are told to people. */
#ifndef CLI_H
#define CLI_H

#include <qcode.h>

/* Exit statuses, as the manual promises them. */
enum { CLI_DONE = 0, CLI_NO = 1, CLI_USAGE = 2, CLI_INPUT = 3, CLI_OUTPUT = 4 };

/* What stands in `choices` at the option's offset. */
typedef enum cli_kind {
    CLI_FLAG,   /* bool */
    CLI_TEXT,   /* const char *, given once */
    CLI_NUMBER, /* size_t, given once */
    CLI_LIST,   /* cli_list, given any number of times */
    CLI_LIMIT   /* qcode_limits, given any number of times */
} cli_kind;

typedef struct cli_list {
    const char **at;
    size_t count;
} cli_list;

typedef struct cli_option {
    const char *name; /* "codebook", for --codebook; NULL ends a table */
    char letter;      /* 'c', for -c; 0: none */
    cli_kind kind;
    size_t offset;     /* offsetof(struct choices, codebook) */
    const char *value; /* "BOOK"; NULL for a flag */
    const char *help;
} cli_option;

typedef struct cli_command {
    const char *name;
    const char *operands; /* "-c BOOK TRANSCRIPT..." */
    const char *summary;
    const cli_option *options;
    int (*run)(size_t count, char **words); /* the words behind the command's name; answers the exit status */
} cli_command;

/* One file each; main.c lists them. */
extern const cli_command cli_chart, cli_check, cli_code, cli_codebook, cli_compare, cli_diff, cli_draft, cli_evaluate, cli_explain,
    cli_export, cli_find, cli_import, cli_memo, cli_methods, cli_pseudonymise, cli_quotes_check, cli_recode,
    cli_report, cli_review, cli_sheet, cli_speakers,
    cli_suggest, cli_table, cli_todo, cli_trail, cli_tune, cli_turns, cli_withdraw;

/* What is read and how: the same options for every command that reads transcripts. */
typedef struct cli_inputs {
    const char *cases, *study, *guide, *columns, *encoding;
    cli_list interviewers, cases_added;
    qcode_limits limits;
    size_t threads;
    bool no_study, keep_going, notes, quiet;
} cli_inputs;

/* Lines of a command's table, for a `cli_inputs inputs` in its `choices`. */
#define CLI_INPUTS(choices)                                                                                            \
    {"interviewer", 'i', CLI_LIST, offsetof(choices, inputs.interviewers), "LABEL",                                    \
     "who interviews; may be given again"},                                                                            \
        {"cases", 0, CLI_TEXT, offsetof(choices, inputs.cases), "FILE",                                                \
         "a cases.csv: who took part, and what is known of them"},                                                     \
        {"case", 0, CLI_LIST, offsetof(choices, inputs.cases_added), "WHO=CASE[,NAME=VALUE...]",                       \
         "one line of such a table, as T05.txt:HEAD='Head A',group=schools; may be given again"},                      \
        {"study", 0, CLI_TEXT, offsetof(choices, inputs.study), "FILE",                                                \
         "a study.yaml: what the study says of itself (else one beside the cases or the transcripts)"},                \
        {"no-study", 0, CLI_FLAG, offsetof(choices, inputs.no_study), NULL,                                            \
         "take no study.yaml that was not named"},                                                                     \
        {"guide", 0, CLI_TEXT, offsetof(choices, inputs.guide), "FILE",                                                \
         "the questions of the interview guide, one a line (else those of study.yaml)"},                               \
        {"columns", 0, CLI_TEXT, offsetof(choices, inputs.columns), "USE=NAME,...",                                    \
         "of tables: which column is the text, speaker, time, end and document"},                                      \
        {"encoding", 0, CLI_TEXT, offsetof(choices, inputs.encoding), "NAME",                                          \
         "how the transcripts are encoded, if not in Unicode"},                                                        \
        {"threads", 'j', CLI_NUMBER, offsetof(choices, inputs.threads), "N",                                           \
         "how many threads (default: one a processor)"},                                                               \
        {"limit", 0, CLI_LIMIT, offsetof(choices, inputs.limits), "NAME=SIZE",                                         \
         "how much a file may ask for, as input=4GiB or xml-depth=512; may be given again"},                           \
        {"keep-going", 'k', CLI_FLAG, offsetof(choices, inputs.keep_going), NULL,                                      \
         "leave out documents that are refused, say which, and exit 3"},                                               \
        {"notes", 0, CLI_FLAG, offsetof(choices, inputs.notes), NULL, "show every note, not the first 20"},            \
    {                                                                                                                  \
        "quiet", 'q', CLI_FLAG, offsetof(choices, inputs.quiet), NULL,                                                 \
            "no notes, no summary, no progress; errors are told"                                                       \
    }

/* What of a run is looked at. */
typedef struct cli_view {
    cli_list codes, groups, wheres, documents;
    const char *state;
    bool own_words, experimental;
} cli_view;

/* Lines of a command's table, for a `cli_view view` in its `choices`. */
#define CLI_VIEW(choices)                                                                                              \
    {"code", 'c', CLI_LIST, offsetof(choices, view.codes), "ID",                                                       \
     "only this code and those under it; may be given again"},                                                         \
        {"group", 'g', CLI_LIST, offsetof(choices, view.groups), "GROUP",                                              \
         "only respondents of this group; may be given again"},                                                        \
        {"where", 'w', CLI_LIST, offsetof(choices, view.wheres), "NAME=VALUE",                                         \
         "only respondents with this attribute; of several all have to hold"},                                         \
        {"document", 'd', CLI_LIST, offsetof(choices, view.documents), "NAME",                                         \
         "only this document; may be given again"},                                                                    \
        {"state", 's', CLI_TEXT, offsetof(choices, view.state), "STATE,...",                                           \
         "proposed, accepted, edited, rejected, or reviewed (accepted and edited) or standing (all but rejected, the default)"}, \
        {"experimental", 0, CLI_FLAG, offsetof(choices, view.experimental), NULL,                                      \
         "the codes of experimental codebooks too"},                                                                   \
    {                                                                                                                  \
        "own-words", 0, CLI_FLAG, offsetof(choices, view.own_words), NULL,                                             \
            "only segments that rest on the speaker's own words"                                                       \
    }

/* What the words of the command line ask for; tells what is wrong with them. It borrows from `view`. */
bool cli_filter_of(const cli_command *command, const cli_view *view, qcode_view_filter *filter);
void cli_free_view(cli_view *view);

/* Looks at the words before anything is read; `other` is one more file that is read, or NULL. */
int cli_check_inputs(const cli_command *command, const cli_list *paths, const char *other);
int cli_check_all_inputs(const cli_command *command, const cli_list *paths, const cli_list *others);
qcode_inputs cli_inputs_of(const cli_inputs *chosen, const cli_list *paths);
void cli_free_inputs(cli_inputs *chosen);

/* The study.yaml of a command, and the table of cases that it or the command line names. */
typedef struct cli_study_file {
    qcode_study *study; /* NULL: none */
    const char *path, *cases;
    char *found; /* where it was found without being named */
} cli_study_file;

/* Reads the study: `given`, else a study.yaml beside the table of cases, else one in the one folder that all transcripts
 * are in. `cases` is what the command line names, or NULL. It is freed after a failure too. */
bool cli_read_study(cli_study_file *file, const char *given, const char *cases, const cli_list *paths,
                    qcode_notes *notes, qcode_error *err);
void cli_say_study(const cli_study_file *file); /* that it was found */
void cli_free_study(cli_study_file *file);

/* What a command holds that reads transcripts: the study, its cases and guide, and notes. */
typedef struct cli_study {
    cli_study_file file;
    qcode_cases *cases; /* may be NULL, as may the guide */
    qcode_guide *guide;
    qcode_notes *notes;
} cli_study;

/* Reads the study's files, and puts the cases and the guide into `read`. The study is closed after a failure too. */
bool cli_open_study(const cli_inputs *chosen, const cli_list *paths, cli_study *study, qcode_read_options *read,
                    qcode_error *err);
void cli_close_study(cli_study *study);

/* The place of a word in a list that NULL ends; SIZE_MAX when it is not there. */
size_t cli_find_word(const char *word, const char *const *words);

/* The format of a table: a word of --format, or without one what the ending of the output asks for (.xlsx), else text.
 * False when the word is none, or a workbook would go to a terminal; this has been said. */
bool cli_table_format(const cli_command *command, const char *word, const char *output, qcode_format *format);
bool cli_is_for_screen(const char *output); /* whether it goes to a terminal */
bool cli_ends_in(const char *path, const char *ending); /* ".xlsx"; `path` may be NULL */

/* A file, or stdout for NULL and "-". */
qcode_sink *cli_open_output(const char *path, qcode_error *err);

/* Whether a page would take the place of a file of the run's folder that it is made from; `err` then says so. */
bool cli_is_of_run(const char *folder, const char *output, qcode_error *err);

/* Makes a page of a run's folder into `output`, says what there is to say, and answers the exit status. `job` is the
 * maker's own. */
typedef bool cli_page_maker(const void *job, qcode_sink *out, qcode_notes *notes, qcode_error *err);
int cli_make_page(const char *folder, const char *output, bool quiet, cli_page_maker *make, const void *job);

/* What a person may have meant when a file could not be read. */
void cli_say_hint(const qcode_error *err);

/* Fills `choices` (zeroed by the caller) and `operands`. False when a word is not understood, which has been said;
 * the command then ends with CLI_USAGE. `operands` and every CLI_LIST are given back with free(list.at), also after a
 * failure. */
bool cli_parse(const cli_command *command, size_t count, char **words, void *choices, cli_list *operands);

/* Puts "input=4GiB" among the limits. False when it is not understood, which has been said. */
bool cli_put_limit(const cli_command *command, const char *word, qcode_limits *limits);

/* Says on stderr what is wrong with the command line and where help is; answers CLI_USAGE. */
int cli_usage(const cli_command *command, const char *format, ...) QCODE_PRINTF(2, 3);

/* Says an error on stderr; answers the exit status it stands for. */
int cli_fail(const qcode_error *err);

/* The same behind the notes, which may hold the error already: then it is said once. `notes` may be NULL. */
int cli_fail_with_notes(const qcode_notes *notes, size_t most, const qcode_error *err);

/* Says notes on stderr, at most `most` of each kind but errors, and how many more there are. */
void cli_say_notes(const qcode_notes *notes, size_t most);

/* The same of notes that are about no file of these. */
void cli_say_other_notes(const qcode_notes *notes, size_t most, const cli_list *paths);

/* How many notes --notes and --quiet ask for; without them the first 20. */
size_t cli_most_notes(bool all, bool quiet);

/* The format of a table: by name, or JSON; text when neither is asked for. False when it is not understood, which has
 * been said. */
bool cli_choose_table_format(const cli_command *command, const char *name, bool json, qcode_format *format);

/* The table on stdout. */
bool cli_put_table(const qcode_table *table, qcode_format format, qcode_error *err);

/* Whether stdout is a terminal with colours that nobody has switched off. */
bool cli_wants_color(void);

/* "s" where a number of things is more or less than one. */
const char *cli_plural(size_t count);

/* The date of today, as 2023-03-14. False when it is not known. */
bool cli_today(char date[32]);
bool cli_now(char moment[32]); /* 2026-11-22T18:04:05Z */

/* A file's name or another stranger's word, safe to print; cut to the array. Answers `safe`. */
char *cli_word(const char *word, char *safe, size_t size);

/* While files are being written, signals to end wait: the command looks whether one does, stops in good order, and
 * lets it through. */
void cli_hold_signals(void);
bool cli_told_to_end(void);
void cli_let_signals_through(void);

/* The help of one command, on stdout; answers the exit status. */
int cli_help(const cli_command *command);

#endif
