/* A run as an SQLite database, with views and full-text search. SQLite takes its memory from malloc. */
#include "base/error.h"
#include "base/sink.h"
#include "model/books.h"
#include "model/codebook.h"
#include "model/shown.h"
#include "write/export/codes.h"
#include "write/export/segments.h"
#include "write/writer.h"
#include <qcode/version.h>

#include <sqlite3.h>
#include <stdio.h>

/* The manual has the same. */
static const char schema[] =
    "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA user_version = 1; BEGIN;"
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE documents (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, format TEXT NOT NULL, text TEXT NOT NULL);"
    "CREATE TABLE respondents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, \"group\" TEXT);"
    "CREATE TABLE speakers (document TEXT NOT NULL REFERENCES documents, name TEXT NOT NULL, role TEXT NOT NULL,"
    " respondent INTEGER REFERENCES respondents, PRIMARY KEY (document, name));"
    "CREATE TABLE attributes (respondent INTEGER NOT NULL REFERENCES respondents, name TEXT NOT NULL,"
    " value TEXT NOT NULL, PRIMARY KEY (respondent, name));"
    "CREATE TABLE codes (id TEXT PRIMARY KEY, name TEXT NOT NULL, parent TEXT REFERENCES codes, definition TEXT,"
    " include TEXT, exclude TEXT, note TEXT, color TEXT, rules INTEGER NOT NULL, retired INTEGER NOT NULL);"
    "CREATE TABLE themes (id TEXT PRIMARY KEY, name TEXT NOT NULL, definition TEXT);"
    "CREATE TABLE theme_codes (theme TEXT NOT NULL REFERENCES themes, code TEXT NOT NULL REFERENCES codes,"
    " PRIMARY KEY (theme, code));"
    "CREATE TABLE segments (number INTEGER PRIMARY KEY, respondent INTEGER REFERENCES respondents,"
    " document TEXT NOT NULL REFERENCES documents, code TEXT NOT NULL REFERENCES codes, start INTEGER NOT NULL,"
    " \"end\" INTEGER NOT NULL, line INTEGER, turn INTEGER, time TEXT, speaker TEXT, role TEXT, \"group\" TEXT,"
    " text TEXT, question TEXT, guide INTEGER, id TEXT NOT NULL, matches TEXT, pieces TEXT, score REAL, shares TEXT,"
    " basis TEXT, status TEXT, coder TEXT, origin TEXT, state TEXT, decided_by TEXT, decided_on TEXT, reason TEXT, codebook TEXT);";

/* Behind the rows: an index is made faster at once. */
static const char views[] =
    "CREATE INDEX segments_by_code ON segments (code, document);"
    "CREATE INDEX segments_by_document ON segments (document, start);"
    "CREATE VIEW quotes AS SELECT s.code, c.name AS code_name, coalesce(r.name, s.speaker) AS who, s.\"group\", s.text,"
    " s.document, s.line, s.state, s.id FROM segments s JOIN codes c ON c.id = s.code"
    " LEFT JOIN respondents r ON r.id = s.respondent ORDER BY s.code, s.number;"
    "CREATE VIEW code_counts AS SELECT c.id AS code, c.name, count(s.number) AS segments,"
    " count(DISTINCT s.document) AS documents, count(DISTINCT s.respondent) AS respondents"
    " FROM codes c LEFT JOIN segments s ON s.code = c.id GROUP BY c.id ORDER BY c.id;"
    "CREATE VIEW respondent_codes AS SELECT r.name AS respondent, r.\"group\", s.code, count(*) AS segments"
    " FROM segments s JOIN respondents r ON r.id = s.respondent GROUP BY r.id, s.code ORDER BY r.id, s.code;"
    "CREATE VIEW together AS SELECT a.code AS first, b.code AS second, count(*) AS segments FROM segments a"
    " JOIN segments b ON b.document = a.document AND a.code < b.code AND a.start < b.\"end\" AND b.start < a.\"end\""
    " GROUP BY a.code, b.code ORDER BY a.code, b.code;";

static const char searches[] =
    "CREATE VIRTUAL TABLE segments_search USING fts5(text, content='segments', content_rowid='number');"
    "INSERT INTO segments_search(segments_search) VALUES ('rebuild');"
    "CREATE VIRTUAL TABLE documents_search USING fts5(text, content='documents');"
    "INSERT INTO documents_search(documents_search) VALUES ('rebuild');";

typedef struct database {
    const qc_exporting *from;
    sqlite3 *handle;
    sqlite3_stmt *statement;
    int at; /* parameters bound so far */
    qcode_error *err;
    bool failed;
} database;

static bool check(database *d, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || d->failed)
        return !d->failed;
    d->failed = true;
    return code == SQLITE_NOMEM ? qc_no_memory(d->err)
                                : qc_fail(d->err, QCODE_WRITE, NULL, 0, 0, "cannot write a database: %s",
                                          sqlite3_errmsg(d->handle));
}

static void no_memory(database *d)
{
    d->failed = true;
    qc_no_memory(d->err);
}

static bool run(database *d, const char *words)
{
    return !d->failed && check(d, sqlite3_exec(d->handle, words, NULL, NULL, NULL));
}

static void prepare(database *d, const char *words)
{
    sqlite3_finalize(d->statement);
    d->statement = NULL;
    if (!d->failed)
        check(d, sqlite3_prepare_v2(d->handle, words, -1, &d->statement, NULL));
    d->at = 0;
}

/* NULL is SQL's. */
static void put_text(database *d, const char *text, size_t length)
{
    d->at++;
    if (!d->failed)
        check(d, text ? sqlite3_bind_text64(d->statement, d->at, text, length, SQLITE_TRANSIENT, SQLITE_UTF8)
                      : sqlite3_bind_null(d->statement, d->at));
}

static void put_string(database *d, const char *text)
{
    put_text(d, text, text ? strlen(text) : 0);
}

static void put_some(database *d, const char *text)
{
    put_string(d, text && *text ? text : NULL);
}

static void put_integer(database *d, size_t number)
{
    d->at++;
    if (!d->failed)
        check(d, number == SIZE_MAX ? sqlite3_bind_null(d->statement, d->at)
                                    : sqlite3_bind_int64(d->statement, d->at, (sqlite3_int64)number));
}

static void end_row(database *d)
{
    if (!d->failed)
        check(d, sqlite3_step(d->statement));
    if (!d->failed)
        check(d, sqlite3_reset(d->statement));
    d->at = 0;
}

static void put_about(database *d)
{
    qc_buffer filter = qc_buffer_init(d->from->memory);
    qc_put_filter(&filter, &d->from->job->filter);
    const char *text = qc_buffer_text(&filter);
    const char *const facts[][2] = {{"made by", "qcode " QCODE_VERSION}, {"schema", "1"}, {"filter", text ? text : ""}};
    if (!text)
        no_memory(d);
    prepare(d, "INSERT INTO about VALUES (?, ?)");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        put_string(d, facts[i][0]);
        put_string(d, facts[i][1]);
        end_row(d);
    }
    qc_buffer_clear(&filter);
}

static void put_documents(database *d)
{
    const qc_view *view = d->from->view;
    qc_buffer shown = qc_buffer_init(d->from->memory);
    prepare(d, "INSERT INTO documents VALUES (?, ?, ?, ?)");
    for (size_t i = 0; i < view->talk_count && !d->failed; i++) {
        if (!view->talk_in_view[i])
            continue;
        shown.length = 0;
        if (!qc_put_shown_text(&shown, view->talks[i]))
            no_memory(d);
        put_string(d, qcode_transcript_name(view->talks[i]));
        put_string(d, qcode_transcript_hash(view->talks[i]));
        put_string(d, qcode_transcript_format(view->talks[i]));
        put_text(d, shown.length ? shown.data : "", shown.length);
        end_row(d);
    }
    qc_buffer_clear(&shown);
}

static void put_respondents(database *d)
{
    const qc_view *view = d->from->view;
    prepare(d, "INSERT INTO respondents VALUES (?, ?, ?)");
    for (size_t i = 0; i < view->respondent_count; i++) {
        if (!view->respondents[i].in_view)
            continue;
        put_integer(d, i + 1);
        put_string(d, view->respondents[i].name);
        put_some(d, view->respondents[i].group);
        end_row(d);
    }
}

static size_t respondent_of(const qc_view *view, size_t who)
{
    return who == QC_NOBODY || !view->respondents[who].in_view ? SIZE_MAX : who + 1;
}

/* Who is left out of the run is in no table; nor is a respondent that the filter leaves out. */
static void put_speakers(database *d)
{
    const qc_view *view = d->from->view;
    prepare(d, "INSERT INTO speakers VALUES (?, ?, ?, ?)");
    for (size_t i = 0; i < view->talk_count; i++)
        for (size_t k = 0; view->talk_in_view[i] && k < qcode_transcript_speaker_count(view->talks[i]); k++) {
            const qcode_speaker *speaker = qcode_transcript_speaker(view->talks[i], k);
            size_t who = qc_view_respondent(view, i, speaker);
            if (speaker->left_out || (who != QC_NOBODY && !view->respondents[who].in_view))
                continue;
            put_string(d, qcode_transcript_name(view->talks[i]));
            put_string(d, speaker->name);
            put_string(d, qcode_role_name(speaker->role));
            put_integer(d, respondent_of(view, who));
            end_row(d);
        }
}

static void put_attributes(database *d)
{
    const qc_view *view = d->from->view;
    qc_buffer list = qc_buffer_init(d->from->memory);
    prepare(d, "INSERT INTO attributes VALUES (?, ?, ?)");
    for (size_t i = 0; i < view->respondent_count && !d->failed; i++) {
        const qc_respondent *who = &view->respondents[i];
        list.length = 0;
        if (!qc_list_attributes(&list, view->talks[who->document], who->speaker))
            no_memory(d);
        const qcode_attribute *all = (const void *)list.data;
        for (size_t k = 0; who->in_view && k < list.length / sizeof *all; k++) {
            put_integer(d, i + 1);
            put_string(d, all[k].name);
            put_string(d, all[k].value);
            end_row(d);
        }
    }
    qc_buffer_clear(&list);
}

static void put_codes(database *d, const qc_code_tree *tree)
{
    prepare(d, "INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < tree->count; i++) {
        const qcode_code *code = qc_view_code(d->from->view, tree->rows[i].code);
        put_string(d, code->id);
        put_string(d, code->name);
        const char *const facts[] = {code->parent ? code->parent->id : NULL, code->definition, code->include,
                                     code->exclude, code->note, code->color};
        for (size_t k = 0; k < sizeof facts / sizeof *facts; k++)
            put_some(d, facts[k]);
        put_integer(d, code->rule_count);
        put_integer(d, code->retired);
        end_row(d);
    }
}

static void put_themes(database *d, const qc_code_tree *tree)
{
    qcode_codebooks books = d->from->view->books;
    size_t count = qc_books_theme_count(books);
    prepare(d, "INSERT INTO themes VALUES (?, ?, ?)");
    for (size_t i = 0; i < count; i++) {
        const qcode_theme *theme = qc_books_theme(books, i);
        put_string(d, theme->id);
        put_string(d, qcode_theme_name(theme));
        put_some(d, theme->definition);
        end_row(d);
    }
    prepare(d, "INSERT INTO theme_codes VALUES (?, ?)");
    for (size_t i = 0; i < count; i++) {
        const qcode_theme *theme = qc_books_theme(books, i);
        for (size_t k = 0; k < theme->code_count; k++) {
            if (tree->place[qc_books_index(books, theme->codes[k])] == SIZE_MAX)
                continue;
            put_string(d, theme->id);
            put_string(d, theme->codes[k]->id);
            end_row(d);
        }
    }
}

static void put_cell(database *d, qcode_type type, const qcode_cell *cell)
{
    d->at++;
    if (d->failed)
        return;
    if (cell->missing)
        check(d, sqlite3_bind_null(d->statement, d->at));
    else if (type == QCODE_TYPE_TEXT)
        check(d, sqlite3_bind_text(d->statement, d->at, cell->as.text, -1, SQLITE_STATIC));
    else if (type == QCODE_TYPE_INTEGER)
        check(d, sqlite3_bind_int64(d->statement, d->at, cell->as.integer));
    else
        check(d, sqlite3_bind_double(d->statement, d->at, cell->as.number));
}

static void put_segments(database *d)
{
    char words[64 + 3 * QC_SEGMENT_COLUMNS] = "INSERT INTO segments VALUES (?, ?";
    qc_segment_rows rows;
    bool done = qc_segment_rows_begin(&rows, d->from, d->err);
    for (size_t i = 0; i < QC_SEGMENT_COLUMNS; i++)
        strcat(words, ", ?");
    prepare(d, strcat(words, ")"));
    for (size_t i = 0; done && i < d->from->view->segment_count && !d->failed; i++) {
        const qcode_cell *cells = qc_segment_row(&rows, i, d->err);
        if (!(done = cells != NULL))
            break;
        put_integer(d, i + 1);
        put_integer(d, respondent_of(d->from->view, d->from->view->segments[i].respondent));
        for (size_t k = 0; k < QC_SEGMENT_COLUMNS; k++)
            put_cell(d, rows.columns[k].type, &cells[k]);
        end_row(d);
    }
    d->failed |= !done;
    qc_segment_rows_clear(&rows);
}

static void put_all(database *d)
{
    qc_arena arena = qc_arena_init(d->from->memory);
    qc_code_tree tree;
    if (!qc_code_tree_make(d->from, &arena, &tree)) {
        no_memory(d);
    } else {
        put_about(d);
        put_documents(d);
        put_respondents(d);
        put_speakers(d);
        put_attributes(d);
        put_codes(d, &tree);
        put_themes(d, &tree);
        put_segments(d);
    }
    prepare(d, "SELECT 1"); /* lets go of what the last one was bound to */
    qc_arena_clear(&arena);
}

static void add_searches(database *d)
{
    if (sqlite3_compileoption_used("ENABLE_FTS5"))
        run(d, searches);
    else
        qc_lose(d->from->losses, "full-text searches, which this SQLite cannot make", 2, "segments_search");
}

static void hand_over(database *d, qcode_sink *sink)
{
    sqlite3_int64 size = 0;
    sqlite3_finalize(d->statement);
    d->statement = NULL;
    if (!run(d, "COMMIT"))
        return;
    unsigned char *bytes = sqlite3_serialize(d->handle, "main", &size, 0);
    if (bytes)
        qcode_sink_write(sink, bytes, (size_t)size);
    else
        no_memory(d);
    sqlite3_free(bytes);
}

static bool write_sqlite(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    database d = {.from = from, .err = err};
    if (sqlite3_open(":memory:", &d.handle) != SQLITE_OK)
        no_memory(&d);
    if (run(&d, schema))
        put_all(&d);
    if (run(&d, views))
        add_searches(&d);
    hand_over(&d, sink);
    sqlite3_close(d.handle);
    return !d.failed;
}

const qc_target qc_export_sqlite = {
    {"sqlite", ".sqlite", "a database: segments, documents, respondents, codes, with views and full-text search"},
    .write = write_sqlite};
