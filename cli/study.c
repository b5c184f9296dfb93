/* The study.yaml of a command: the one named, or the one that clearly belongs to the transcripts. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "study.yaml"

/* The bytes of a path that name its folder, without a slash behind them; of a folder all; 0: the one that we are in. */
static size_t folder_length(const char *path)
{
    struct stat about;
    const char *slash = strrchr(path, '/');
    size_t length = stat(path, &about) == 0 && S_ISDIR(about.st_mode) ? strlen(path)
                    : slash                                           ? (size_t)(slash - path) + 1
                                                                      : 0;
    while (length > 1 && path[length - 1] == '/')
        length--;
    return length;
}

/* The folder of the table of cases, else the one that all transcripts are in; false when there is no such one. */
static bool one_folder(const char *cases, const cli_list *paths, const char **folder, size_t *length)
{
    *folder = cases ? cases : paths->at[0];
    *length = folder_length(*folder);
    for (size_t i = 0; !cases && i < paths->count; i++)
        if (strcmp(paths->at[i], "-") == 0 || folder_length(paths->at[i]) != *length ||
            strncmp(paths->at[i], *folder, *length) != 0)
            return false;
    return !cases || strcmp(cases, "-") != 0;
}

/* The path of a study.yaml there, to be freed; NULL when there is none. */
static char *find(const char *cases, const cli_list *paths)
{
    const char *folder;
    size_t length;
    if (!paths->count || !one_folder(cases, paths, &folder, &length))
        return NULL;
    char *path = malloc(length + sizeof "/" NAME);
    if (path)
        snprintf(path, length + sizeof "/" NAME, "%.*s%s%s", (int)length, folder,
                 length && folder[length - 1] != '/' ? "/" : "", NAME);
    if (path && access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

bool cli_read_study(cli_study_file *file, const char *given, const char *cases, const cli_list *paths,
                    qcode_notes *notes, qcode_error *err)
{
    *file = (cli_study_file){.found = given ? NULL : find(cases, paths)};
    file->path = given ? given : file->found;
    file->cases = cases;
    if (!file->path)
        return true;
    file->study = qcode_study_read(file->path, NULL, notes, err);
    if (file->study && !cases && *file->study->cases)
        file->cases = file->study->cases;
    return file->study != NULL;
}

void cli_say_study(const cli_study_file *file)
{
    char word[256], cases[256];
    if (!file->found || !file->study)
        return;
    fprintf(stderr, "study: %s, found beside the transcripts", cli_word(file->found, word, sizeof word));
    if (file->cases && file->cases == file->study->cases)
        fprintf(stderr, "; cases: %s", cli_word(file->cases, cases, sizeof cases));
    fputs(" (--no-study leaves it out)\n", stderr);
}

void cli_free_study(cli_study_file *file)
{
    qcode_study_free(file->study);
    free(file->found);
}
