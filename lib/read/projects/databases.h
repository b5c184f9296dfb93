/* The programs whose databases are known. */
#ifndef QC_READ_PROJECTS_DATABASES_H
#define QC_READ_PROJECTS_DATABASES_H

#include "read/projects/database.h"
#include "read/projects/project.h"

typedef struct qc_database_reader {
    const char *program;
    const char *tables[6][2]; /* those it is known by, each with its columns; NULL ends them */
    bool (*read)(qc_project *project, qc_database *database, qcode_notes *notes, qcode_error *err);
} qc_database_reader;

extern const qc_database_reader qc_qualcoder, qc_taguette, qc_rqda, qc_requal;

/* Asks, and does something with each row of the answer. */
typedef bool qc_row_taker(qc_project *project, qc_database *database, qcode_error *err);
bool qc_database_each(qc_project *project, qc_database *database, const char *question, qc_row_taker *take,
                      qcode_error *err);

/* Numbers as names of items. */
bool qc_project_number(qc_project *project, char kind, size_t number, size_t item);
size_t qc_project_numbered(const qc_project *project, char kind, size_t number);

/* A loss for each row of a table with such a column, if there is one; its name is the column's. */
bool qc_database_lose(qc_project *project, qc_database *database, const char *table, const char *column,
                      const char *what, qcode_error *err);

#endif
