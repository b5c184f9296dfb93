/* A stranger's SQLite database: held in memory, read and never written, and asked for plain tables alone. */
#ifndef QC_READ_PROJECTS_DATABASE_H
#define QC_READ_PROJECTS_DATABASE_H

#include "base/memory.h"
#include <qcode/error.h>

typedef struct qc_database qc_database;

/* Opens the bytes of a database, which are copied. SQLite takes its own memory from malloc. */
qc_database *qc_database_open(const unsigned char *data, size_t length, const char *source, const qcode_memory *memory,
                              qcode_error *err);
void qc_database_close(qc_database *database);

/* Whether there is a table (not a view) of this name with all these columns, parted by spaces. */
bool qc_database_has(qc_database *database, const char *table, const char *columns);

/* Asks a question that reads; one at a time. A `?1` in it stands for `number`. */
bool qc_database_ask(qc_database *database, const char *question, int64_t number, qcode_error *err);

/* The next row of the answer: `*found` is false behind the last. */
bool qc_database_next(qc_database *database, bool *found, qcode_error *err);

/* Columns of the row, from 0. A text is copied to the arena, and "" where there is none; NULL with `err` when it is no
 * UTF-8 or memory runs out. A number that is none or below 0 is SIZE_MAX. */
const char *qc_database_text(qc_database *database, int column, qc_arena *arena, qcode_error *err);
size_t qc_database_number(qc_database *database, int column);

#endif
