/* The options that say what is read and how, shared by all commands that read transcripts. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

int cli_check_all_inputs(const cli_command *command, const cli_list *paths, const cli_list *others)
{
    size_t inputs = 0;
    for (size_t i = 0; i < others->count; i++)
        inputs += strcmp(others->at[i], "-") == 0;
    for (size_t i = 0; i < paths->count; i++)
        inputs += strcmp(paths->at[i], "-") == 0;
    if (!paths->count)
        return cli_usage(command, "no transcripts are given");
    if (inputs > 1)
        return cli_usage(command, "- stands for the standard input, which can be read once");
    return CLI_DONE;
}

int cli_check_inputs(const cli_command *command, const cli_list *paths, const char *other)
{
    const cli_list others = {&other, other != NULL};
    return cli_check_all_inputs(command, paths, &others);
}

qcode_inputs cli_inputs_of(const cli_inputs *chosen, const cli_list *paths)
{
    return (qcode_inputs){
        .paths = paths->at,
        .path_count = paths->count,
        .read = {.encoding = chosen->encoding,
                 .columns = chosen->columns,
                 .interviewers = chosen->interviewers.at,
                 .interviewer_count = chosen->interviewers.count,
                 .limits = &chosen->limits},
        .threads = chosen->threads,
        .keep_going = chosen->keep_going,
    };
}

/* The study, if there is one, and where its cases are. */
static bool read_study(const cli_inputs *chosen, const cli_list *paths, cli_study *study, qcode_error *err)
{
    study->file.cases = chosen->cases;
    return (!chosen->study && chosen->no_study) ||
           cli_read_study(&study->file, chosen->study, chosen->cases, paths, study->notes, err);
}

/* The interview guide: the file that is named, else that of the study. */
static bool read_guide(const cli_inputs *chosen, cli_study *study, qcode_error *err)
{
    const qcode_study *file = study->file.study;
    if (chosen->guide)
        study->guide = qcode_guide_read(chosen->guide, NULL, study->notes, err);
    else if (file && file->guide_count)
        study->guide = qcode_guide_new(file->guide, file->guide_count, NULL, err);
    else
        return true;
    return study->guide != NULL;
}

bool cli_open_study(const cli_inputs *chosen, const cli_list *paths, cli_study *study, qcode_read_options *read,
                    qcode_error *err)
{
    *study = (cli_study){.notes = qcode_notes_new(NULL)};
    if (!study->notes) {
        err->status = QCODE_NO_MEMORY;
        snprintf(err->message, sizeof err->message, "out of memory");
        return false;
    }
    bool done = read_study(chosen, paths, study, err);
    if (done && study->file.cases)
        study->cases = qcode_cases_read(study->file.cases, NULL, study->notes, err);
    done = done && (study->cases || !study->file.cases);
    for (size_t i = 0; done && i < chosen->cases_added.count; i++)
        done = qcode_cases_add(&study->cases, chosen->cases_added.at[i], NULL, study->notes, err);
    done = done && read_guide(chosen, study, err);
    read->cases = study->cases;
    read->guide = study->guide;
    return done;
}

void cli_close_study(cli_study *study)
{
    qcode_cases_free(study->cases);
    qcode_guide_free(study->guide);
    cli_free_study(&study->file);
    qcode_notes_free(study->notes);
}

void cli_free_inputs(cli_inputs *chosen)
{
    free(chosen->interviewers.at);
    free(chosen->cases_added.at);
}

size_t cli_find_word(const char *word, const char *const *words)
{
    size_t i = 0;
    while (words[i] && strcmp(words[i], word) != 0)
        i++;
    return words[i] ? i : SIZE_MAX;
}

void cli_say_hint(const qcode_error *err)
{
    struct stat about;
    if (err->status != QCODE_READ || !*err->source)
        return;
    if (stat(err->source, &about) == 0 && S_ISDIR(about.st_mode))
        fprintf(stderr, "hint: name the files in it, as in %s/*.txt\n", err->source);
    else if (strpbrk(err->source, "*?"))
        fputs("hint: no file has a name of this pattern\n", stderr);
}

qcode_sink *cli_open_output(const char *path, qcode_error *err)
{
    return path && strcmp(path, "-") != 0 ? qcode_sink_file(path, NULL, err)
                                          : qcode_sink_descriptor(STDOUT_FILENO, "stdout", NULL, err);
}

bool cli_is_of_run(const char *folder, const char *output, qcode_error *err)
{
    static const char *const names[] = {"run.json", "codebook.yaml", "segments.jsonl", "documents.jsonl"};
    struct stat page, about;
    char path[4096];
    for (size_t i = 0; i < sizeof names / sizeof *names && stat(output, &page) == 0; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (stat(path, &about) != 0 || about.st_dev != page.st_dev || about.st_ino != page.st_ino)
            continue;
        err->status = QCODE_WRITE;
        snprintf(err->message, sizeof err->message, "the page would be written over %s, which it is made from",
                 names[i]);
        return true;
    }
    return false;
}

bool cli_is_for_screen(const char *output)
{
    return (!output || strcmp(output, "-") == 0) && isatty(STDOUT_FILENO);
}

bool cli_ends_in(const char *path, const char *ending)
{
    size_t length = path ? strlen(path) : 0, size = strlen(ending);
    return length > size && strcasecmp(path + length - size, ending) == 0;
}

bool cli_table_format(const cli_command *command, const char *word, const char *output, qcode_format *format)
{
    static const char *const formats[] = {"jsonl", "csv", "text", "json", "xlsx", NULL}; /* in the order of qcode_format */
    char safe[64];
    size_t found = word ? cli_find_word(word, formats) : cli_ends_in(output, ".xlsx") ? QCODE_FORMAT_XLSX : QCODE_FORMAT_TEXT;
    *format = (qcode_format)found;
    if (found == SIZE_MAX)
        cli_usage(command, "--format is text, csv, jsonl, json or xlsx, not \"%s\"", cli_word(word, safe, sizeof safe));
    else if (found == QCODE_FORMAT_XLSX && cli_is_for_screen(output))
        cli_usage(command, "a workbook is not for a terminal: -o FILE.xlsx");
    else
        return true;
    return false;
}
