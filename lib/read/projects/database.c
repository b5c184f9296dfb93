/* SQLite, as much of it as reading a stranger's tables takes. */
#include "read/projects/database.h"
#include "base/error.h"
#include "base/utf8.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* How much work one answer may take, in thousands of the virtual machine's steps; and the longest text. */
enum { MOST_STEPS = 2000000, STEPS = 1000, LONGEST = 1 << 30 };

struct qc_database {
    const qcode_memory *memory;
    const char *source;
    sqlite3 *db;
    sqlite3_stmt *answer;
    size_t steps;
};

static int count_steps(void *user)
{
    qc_database *database = user;
    return ++database->steps > MOST_STEPS;
}

/* Nothing but reading of columns: no pragma, no function, nothing attached. */
static int allow(void *user, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)user, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_SELECT || action == SQLITE_READ ? SQLITE_OK : SQLITE_DENY;
}

static bool fail(qc_database *database, int code, qcode_error *err)
{
    const char *source = database->source;
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return qc_no_memory(err);
    case SQLITE_INTERRUPT: return qc_fail(err, QCODE_LIMIT, source, 0, 0, "reading the database takes too many steps");
    case SQLITE_TOOBIG: return qc_fail(err, QCODE_LIMIT, source, 0, 0, "the database holds a text that is too long");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return qc_fail(err, QCODE_SYNTAX, source, 0, 0, "the SQLite database is damaged");
    default:
        return qc_fail(err, QCODE_INVALID, source, 0, 0, "the SQLite database cannot be read: %s",
                       sqlite3_errstr(code));
    }
}

static bool configure(sqlite3 *db, qc_database *database)
{
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LONGEST);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 100000);
    sqlite3_limit(db, SQLITE_LIMIT_COLUMN, 1000);
    sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(db, SQLITE_LIMIT_VDBE_OP, 100000);
    sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(db, STEPS, count_steps, database);
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) == SQLITE_OK &&
           sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) == SQLITE_OK &&
           sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL) == SQLITE_OK &&
           sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL) == SQLITE_OK &&
           sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA query_only=ON", NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_set_authorizer(db, allow, NULL) == SQLITE_OK;
}

/* The bytes as a database in memory. One that its owner keeps with a write-ahead log is marked as one without. */
static bool load(qc_database *database, const unsigned char *data, size_t length, qcode_error *err)
{
    enum { WRITE_VERSION = 18, READ_VERSION = 19 };
    if (length < 100)
        return fail(database, SQLITE_NOTADB, err);
    unsigned char *copy = sqlite3_malloc64(length);
    if (!copy)
        return qc_no_memory(err);
    memcpy(copy, data, length);
    copy[WRITE_VERSION] = copy[READ_VERSION] = 1;
    int code = sqlite3_open_v2(":memory:", &database->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL);
    if (code != SQLITE_OK) {
        sqlite3_free(copy);
        return fail(database, code, err);
    }
    code = sqlite3_deserialize(database->db, "main", copy, (sqlite3_int64)length, (sqlite3_int64)length,
                               SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
    if (code != SQLITE_OK || !configure(database->db, database))
        return fail(database, code != SQLITE_OK ? code : sqlite3_errcode(database->db), err);
    return true;
}

qc_database *qc_database_open(const unsigned char *data, size_t length, const char *source, const qcode_memory *memory,
                              qcode_error *err)
{
    qc_database *database = qc_resize(memory, NULL, sizeof *database);
    if (!database) {
        qc_no_memory(err);
        return NULL;
    }
    *database = (qc_database){.memory = memory, .source = source};
    if (load(database, data, length, err))
        return database;
    qc_database_close(database);
    return NULL;
}

void qc_database_close(qc_database *database)
{
    if (!database)
        return;
    sqlite3_finalize(database->answer);
    sqlite3_close(database->db);
    qc_release(database->memory, database);
}

static int prepare(qc_database *database, const char *question)
{
    sqlite3_finalize(database->answer);
    database->answer = NULL;
    database->steps = 0;
    return sqlite3_prepare_v2(database->db, question, -1, &database->answer, NULL);
}

bool qc_database_has(qc_database *database, const char *table, const char *columns)
{
    char question[400];
    bool found = false;
    snprintf(question, sizeof question, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '%s'", table);
    if (prepare(database, question) == SQLITE_OK)
        found = sqlite3_step(database->answer) == SQLITE_ROW;
    while (found && *columns) {
        size_t length = strcspn(columns, " ");
        snprintf(question, sizeof question, "SELECT \"%s\".\"%.*s\" FROM \"%s\" LIMIT 0", table, (int)length, columns,
                 table);
        found = prepare(database, question) == SQLITE_OK;
        columns += length + (columns[length] == ' ');
    }
    return found;
}

bool qc_database_ask(qc_database *database, const char *question, int64_t number, qcode_error *err)
{
    int code = prepare(database, question);
    if (code == SQLITE_OK && sqlite3_bind_parameter_count(database->answer))
        code = sqlite3_bind_int64(database->answer, 1, number);
    return code == SQLITE_OK || fail(database, code, err);
}

bool qc_database_next(qc_database *database, bool *found, qcode_error *err)
{
    int code = sqlite3_step(database->answer);
    *found = code == SQLITE_ROW;
    return *found || code == SQLITE_DONE || fail(database, code, err);
}

const char *qc_database_text(qc_database *database, int column, qc_arena *arena, qcode_error *err)
{
    const unsigned char *found = sqlite3_column_text(database->answer, column);
    size_t length = (size_t)sqlite3_column_bytes(database->answer, column);
    const char *text = found ? (const char *)found : "";
    if (!found && sqlite3_errcode(database->db) == SQLITE_NOMEM) {
        qc_no_memory(err);
        return NULL;
    }
    if (qc_utf8_valid(text, length) != length || memchr(text, '\0', length)) {
        qc_fail(err, QCODE_ENCODING, database->source, 0, 0, "a text in the database is not UTF-8 without NULs");
        return NULL;
    }
    const char *copy = qc_arena_copy(arena, text, length);
    if (!copy)
        qc_no_memory(err);
    return copy;
}

size_t qc_database_number(qc_database *database, int column)
{
    if (sqlite3_column_type(database->answer, column) != SQLITE_INTEGER)
        return SIZE_MAX;
    int64_t number = sqlite3_column_int64(database->answer, column);
    return number < 0 ? SIZE_MAX : (size_t)number;
}
