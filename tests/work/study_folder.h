/* A small study in a folder of its own, to be coded: for tests of what is made of a run. */
#ifndef TESTS_WORK_STUDY_FOLDER_H
#define TESTS_WORK_STUDY_FOLDER_H

#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64], coded[96];

/* Makes the folder, and says where its run is going to be. */
static inline bool open_folder(void)
{
    strcpy(folder, "/tmp/qcode-study-XXXXXX");
    bool made = mkdtemp(folder) != NULL;
    snprintf(coded, sizeof coded, "%s/coded", folder);
    return made;
}

static inline int remove_folder(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static inline void put(const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* Codes files of the folder into `to`; `who` is a cases.csv, or NULL. */
static inline bool code_files(const char *book, const char *who, const char *const *names, size_t count, const char *to,
                              qcode_error *err)
{
    char places[4][96];
    const char *paths[4];
    qcode_code_totals totals;
    assert_true(count <= 4);
    for (size_t i = 0; i < count; i++) {
        snprintf(places[i], sizeof places[i], "%s/%s", folder, names[i]);
        paths[i] = places[i];
    }
    qcode_codebook *codebook = qcode_codebook_parse(book, strlen(book), "book.yaml", NULL, NULL, err);
    qcode_cases *cases = codebook && who ? qcode_cases_parse(who, strlen(who), "cases.csv", NULL, NULL, err) : NULL;
    const qcode_code_job job = {.codebooks = {&codebook, 1},
                                .inputs = {.paths = paths, .path_count = count, .threads = 1, .read.cases = cases},
                                .folder = to};
    bool done = codebook && (cases || !who) && qcode_code_set(&job, NULL, &totals, NULL, err);
    if (done)
        qcode_code_totals_clear(&totals);
    qcode_cases_free(cases);
    qcode_codebook_free(codebook);
    return done;
}

static inline int64_t count_of(const qcode_table *table, size_t row, const char *column)
{
    return qcode_table_cell(table, row, qcode_table_find(table, column)).as.integer;
}

static inline const char *words_of(const qcode_table *table, size_t row, const char *column)
{
    return qcode_table_cell(table, row, qcode_table_find(table, column)).as.text;
}

#endif
