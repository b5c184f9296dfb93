/* Rows with named columns, as turns. */
#include "format/timecode.h"
#include "read/table.h"

enum { NO_WORDS, BAD_TIME, SHORT_ROW, LONG_ROW, NO_SPEAKER };

static const qc_tally tells[QC_TABLE_TELLS] = {
    [NO_WORDS] = {QCODE_NOTE_SKIPPED, "a row without words", 0, 0},
    [BAD_TIME] = {QCODE_NOTE_WARNING, "a time that is none: the words are kept without a time", 0, 0},
    [SHORT_ROW] = {QCODE_NOTE_WARNING, "a row with fewer fields than the header", 0, 0},
    [NO_SPEAKER] = {QCODE_NOTE_GUESS, "a row without a speaker goes on with the turn before it", 0, 0},
    [LONG_ROW] = {QCODE_NOTE_SKIPPED, "a row with more fields than the header: the last are left out", 0, 0},
};

typedef struct column_name {
    const char *name; /* lower case, without spaces and underscores */
    qc_column column;
} column_name;

/* Of two columns for the same thing the one whose name stands first here is taken. */
static const column_name names[] = {
    {"text", QC_COLUMN_TEXT},           {"utterance", QC_COLUMN_TEXT},     {"statement", QC_COLUMN_TEXT},
    {"words", QC_COLUMN_TEXT},          {"speech", QC_COLUMN_TEXT},        {"transcript", QC_COLUMN_TEXT},
    {"transcription", QC_COLUMN_TEXT},  {"content", QC_COLUMN_TEXT},       {"message", QC_COLUMN_TEXT},
    {"sentence", QC_COLUMN_TEXT},       {"dialogue", QC_COLUMN_TEXT},      {"caption", QC_COLUMN_TEXT},
    {"body", QC_COLUMN_TEXT},           {"answer", QC_COLUMN_TEXT},        {"response", QC_COLUMN_TEXT},
    {"texto", QC_COLUMN_TEXT},          {"texte", QC_COLUMN_TEXT},         {"speaker", QC_COLUMN_SPEAKER},
    {"speakername", QC_COLUMN_SPEAKER}, {"name", QC_COLUMN_SPEAKER},       {"participant", QC_COLUMN_SPEAKER},
    {"respondent", QC_COLUMN_SPEAKER},  {"person", QC_COLUMN_SPEAKER},     {"who", QC_COLUMN_SPEAKER},
    {"speakerid", QC_COLUMN_SPEAKER},   {"author", QC_COLUMN_SPEAKER},     {"user", QC_COLUMN_SPEAKER},
    {"sprecher", QC_COLUMN_SPEAKER},    {"hablante", QC_COLUMN_SPEAKER},   {"locuteur", QC_COLUMN_SPEAKER},
    {"time", QC_COLUMN_TIME},           {"timestamp", QC_COLUMN_TIME},     {"timecode", QC_COLUMN_TIME},
    {"start", QC_COLUMN_TIME},          {"starttime", QC_COLUMN_TIME},     {"begin", QC_COLUMN_TIME},
    {"in", QC_COLUMN_TIME},             {"from", QC_COLUMN_TIME},          {"end", QC_COLUMN_END},
    {"endtime", QC_COLUMN_END},         {"stop", QC_COLUMN_END},           {"out", QC_COLUMN_END},
    {"to", QC_COLUMN_END},              {"document", QC_COLUMN_DOCUMENT},  {"documentname", QC_COLUMN_DOCUMENT},
    {"doc", QC_COLUMN_DOCUMENT},        {"file", QC_COLUMN_DOCUMENT},      {"filename", QC_COLUMN_DOCUMENT},
    {"interview", QC_COLUMN_DOCUMENT},  {"interviewid", QC_COLUMN_DOCUMENT}, {"transcriptid", QC_COLUMN_DOCUMENT},
    {"source", QC_COLUMN_DOCUMENT},
};

enum { NAMES = sizeof names / sizeof *names };

/* The place of a column's name in the list, NAMES when it has none. */
static size_t rank_of(const qc_cell *cell)
{
    char folded[24];
    size_t length = 0;
    for (size_t i = 0; i < cell->length; i++) {
        char c = cell->text[i];
        if (c == ' ' || c == '_' || c == '-' || c == '\n' || c == ':')
            continue;
        if (length + 1 >= sizeof folded)
            return NAMES;
        folded[length++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    folded[length] = '\0';
    size_t rank = 0;
    while (rank < NAMES && strcmp(names[rank].name, folded) != 0)
        rank++;
    return rank;
}

void qc_table_find_columns(const qc_cell *cells, size_t count, size_t column[QC_COLUMN_KINDS])
{
    size_t best[QC_COLUMN_KINDS];
    for (size_t kind = 0; kind < QC_COLUMN_KINDS; kind++)
        best[kind] = NAMES, column[kind] = 0;
    for (size_t i = 0; i < count && i < QC_TABLE_MOST_COLUMNS; i++) {
        size_t rank = rank_of(&cells[i]);
        if (rank < NAMES && rank < best[names[rank].column]) {
            best[names[rank].column] = rank;
            column[names[rank].column] = i + 1;
        }
    }
}

bool qc_table_is_header(const qc_cell *cells, size_t count)
{
    size_t column[QC_COLUMN_KINDS];
    qc_table_find_columns(cells, count, column);
    return column[QC_COLUMN_TEXT] &&
           (column[QC_COLUMN_SPEAKER] || column[QC_COLUMN_TIME] || column[QC_COLUMN_DOCUMENT]);
}

qc_table_reader qc_table_init(const qc_source *source, qcode_notes *notes)
{
    qc_table_reader table = {.source = source, .notes = notes, .rendering = qc_rendering_init(source),
                             .document = qc_buffer_init(source->memory)};
    memcpy(table.tally, tells, sizeof tells);
    return table;
}

void qc_table_clear(qc_table_reader *table)
{
    qc_rendering_clear(&table->rendering);
    qc_buffer_clear(&table->document);
}

static void tell(qc_table_reader *table, int what, size_t line)
{
    qc_tally_at(&table->tally[what], table->notes, table->source->path, line);
}

static bool is_used(const qc_table_reader *table, size_t index)
{
    for (size_t kind = 0; kind < QC_COLUMN_KINDS; kind++)
        if (table->column[kind] == index + 1)
            return true;
    return false;
}

/* A column's name, cut to what a note can show. */
static int shown(const qc_cell *cell)
{
    return cell->length > 60 ? 60 : (int)cell->length;
}

static bool read_header(qc_table_reader *table, const qc_cell *cells, size_t count, size_t line, qcode_error *err)
{
    static const char *const uses[QC_COLUMN_KINDS] = {NULL, "words", "speakers", "times", "ends", "documents"};
    const char *path = table->source->path;
    if (count > QC_TABLE_MOST_COLUMNS)
        return qc_fail(err, QCODE_LIMIT, path, line, 0, "%zu columns, and at most %d are read", count,
                       QC_TABLE_MOST_COLUMNS);
    qc_table_find_columns(cells, count, table->column);
    table->columns = count;
    if (!table->column[QC_COLUMN_TEXT])
        return qc_fail(
            err, QCODE_INVALID, path, line, 0,
            "no column of words: expected a column named text (or utterance, statement, words, content), and perhaps "
            "speaker, time and document");
    for (size_t kind = 1; kind < QC_COLUMN_KINDS; kind++) {
        const qc_cell *cell = table->column[kind] ? &cells[table->column[kind] - 1] : NULL;
        size_t rank = cell ? rank_of(cell) : NAMES;
        bool plain = rank < NAMES && (rank == 0 || names[rank - 1].column != names[rank].column);
        if (cell && !plain)
            qc_note(table->notes, QCODE_NOTE_GUESS, path, line, 0, "the column \"%.*s\" is read as that of %s",
                    shown(cell), cell->text, uses[kind]);
    }
    for (size_t i = 0; i < count; i++)
        if (!is_used(table, i))
            qc_note(table->notes, QCODE_NOTE_SKIPPED, path, line, 0, "the column \"%.*s\"", shown(&cells[i]),
                    cells[i].text);
    return true;
}

static qc_cell cell_of(const qc_table_reader *table, qc_column column, const qc_cell *cells, size_t count)
{
    size_t index = table->column[column];
    return index && index <= count ? cells[index - 1] : (qc_cell){"", 0};
}

/* One file is one transcript, so its rows are of one document. */
static bool check_document(qc_table_reader *table, const qc_cell *cell, size_t line, qcode_error *err)
{
    qc_buffer *document = &table->document;
    if (!cell->length || !table->column[QC_COLUMN_DOCUMENT])
        return true;
    if (!document->length)
        return qc_buffer_append(document, cell->text, cell->length) || qc_no_memory(err);
    if (document->length == cell->length && memcmp(document->data, cell->text, cell->length) == 0)
        return true;
    return qc_fail(
        err, QCODE_INVALID, table->source->path, line, table->column[QC_COLUMN_DOCUMENT],
        "a second document begins here; one file is one transcript: write each document's rows to a file of their own");
}

static int64_t time_of(qc_table_reader *table, qc_cell cell, size_t line)
{
    int64_t ms = cell.length ? qc_time_of(cell.text, cell.length) : -1;
    if (cell.length && ms < 0)
        tell(table, BAD_TIME, line);
    return ms;
}

bool qc_table_row(qc_table_reader *table, const qc_cell *cells, size_t count, size_t line, qcode_error *err)
{
    if (!table->columns)
        return read_header(table, cells, count, line, err);
    if (count < table->columns)
        tell(table, SHORT_ROW, line);
    else if (count > table->columns)
        tell(table, LONG_ROW, line);
    qc_cell text = cell_of(table, QC_COLUMN_TEXT, cells, count),
            speaker = cell_of(table, QC_COLUMN_SPEAKER, cells, count);
    qc_cell document = cell_of(table, QC_COLUMN_DOCUMENT, cells, count);
    if (!check_document(table, &document, line, err))
        return false;
    size_t before = table->rendering.text.length;
    bool goes_on = table->column[QC_COLUMN_SPEAKER] && !speaker.length && before;
    const qc_said said = {speaker.text, speaker.length, text.text, text.length,
                          time_of(table, cell_of(table, QC_COLUMN_TIME, cells, count), line),
                          time_of(table, cell_of(table, QC_COLUMN_END, cells, count), line), !goes_on, goes_on};
    if (!qc_rendering_say(&table->rendering, &said))
        return qc_no_memory(err);
    if (table->rendering.text.length == before)
        tell(table, NO_WORDS, line);
    else if (goes_on)
        tell(table, NO_SPEAKER, line);
    return true;
}

qcode_transcript *qc_table_finish(qc_table_reader *table, const char *format, const char *encoding, qcode_error *err)
{
    if (!table->columns) {
        qc_fail(err, QCODE_INVALID, table->source->path, 1, 0, "no row that names the columns");
        return NULL;
    }
    for (size_t i = 0; i < QC_TABLE_TELLS; i++)
        qc_tally_end(&table->tally[i], table->notes, table->source->path);
    return qc_rendering_finish(&table->rendering, table->source, format, "table", encoding, table->notes, err);
}
