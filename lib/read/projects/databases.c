/* Databases of other programs, told apart by their tables. */
#include "read/projects/databases.h"
#include "base/error.h"

#include <stdio.h>

static const qc_database_reader *const programs[] = {&qc_qualcoder, &qc_taguette, &qc_rqda, &qc_requal};

bool qc_database_each(qc_project *project, qc_database *database, const char *question, qc_row_taker *take,
                      qcode_error *err)
{
    bool found = true, done = qc_database_ask(database, question, 0, err);
    while (done && found) {
        done = qc_database_next(database, &found, err);
        if (done && found)
            done = take(project, database, err);
    }
    return done;
}

bool qc_project_number(qc_project *project, char kind, size_t number, size_t item)
{
    char id[32];
    snprintf(id, sizeof id, "%zu", number);
    return number == SIZE_MAX || qc_project_call(project, kind, id, item);
}

size_t qc_project_numbered(const qc_project *project, char kind, size_t number)
{
    char id[32];
    snprintf(id, sizeof id, "%zu", number);
    return number == SIZE_MAX ? QC_NO_ITEM : qc_project_called(project, kind, id);
}

bool qc_database_lose(qc_project *project, qc_database *database, const char *table, const char *column,
                      const char *what, qcode_error *err)
{
    char question[200];
    bool found = true;
    if (!qc_database_has(database, table, column))
        return true;
    snprintf(question, sizeof question, "SELECT \"%s\" FROM \"%s\"", column, table);
    bool done = qc_database_ask(database, question, 0, err);
    while (done && (done = qc_database_next(database, &found, err)) && found) {
        const char *name = qc_database_text(database, 0, &project->arena, err);
        done = name && (qc_project_lose(project, what, name) || qc_no_memory(err));
    }
    return done;
}

static bool is_of(qc_database *database, const qc_database_reader *program)
{
    for (size_t i = 0; program->tables[i][0]; i++)
        if (!qc_database_has(database, program->tables[i][0], program->tables[i][1]))
            return false;
    return true;
}

static bool sniff(const qc_project_file *file)
{
    return file->length >= 16 && memcmp(file->data, "SQLite format 3", 16) == 0;
}

static bool read(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    if (file->length > file->limits->input)
        return qc_fail(err, QCODE_LIMIT, file->path, 0, 0, "larger than the limit of %zu bytes", file->limits->input);
    qc_database *database = qc_database_open(file->data, file->length, file->path, file->memory, err);
    size_t count = sizeof programs / sizeof *programs, at = 0;
    while (database && at < count && !is_of(database, programs[at]))
        at++;
    bool done = database && (at < count || qc_fail(err, QCODE_INVALID, file->path, 0, 0,
                                                   "an SQLite database of no program that is known here, or a damaged one"));
    if (done) {
        project->program = programs[at]->program;
        done = programs[at]->read(project, database, notes, err);
    }
    qc_database_close(database);
    return done;
}

const qc_project_reader qc_read_database = {"database", sniff, read};
