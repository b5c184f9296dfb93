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
    {"username", QC_COLUMN_SPEAKER},
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

/* "speaker" of "speaker=UserName"; QC_COLUMN_OTHER: none. */
static qc_column use_of(const char *word, size_t length)
{
    static const char *const uses[QC_COLUMN_KINDS] = {"", "text", "speaker", "time", "end", "document"};
    for (size_t kind = 1; kind < QC_COLUMN_KINDS; kind++)
        if (strlen(uses[kind]) == length && memcmp(uses[kind], word, length) == 0)
            return (qc_column)kind;
    return QC_COLUMN_OTHER;
}

/* The place of the column with this name, + 1; 0: none. */
static size_t column_called(const char *name, size_t length, const qc_cell *cells, size_t count)
{
    size_t i = 0;
    while (i < count && (cells[i].length != length || memcmp(cells[i].text, name, length) != 0))
        i++;
    return i < count ? i + 1 : 0;
}

bool qc_table_choose_columns(const char *spec, const char *source, size_t line, const qc_cell *cells, size_t count,
                             size_t column[QC_COLUMN_KINDS], qcode_error *err)
{
    bool seen[QC_COLUMN_KINDS] = {false};
    qc_table_find_columns(cells, count, column);
    for (const char *at = spec, *next; at && *at; at = next) {
        size_t length = strcspn(at, ","), word = strcspn(at, "=");
        next = at + length + (at[length] == ',');
        qc_column use = word < length ? use_of(at, word) : QC_COLUMN_OTHER;
        if (use == QC_COLUMN_OTHER || seen[use] || word + 1 == length)
            return qc_fail(err, QCODE_USAGE, NULL, 0, 0,
                           "columns are given as \"text=NAME,speaker=NAME,time=NAME,end=NAME,document=NAME\", each once, "
                           "not as \"%.*s\"", length > 60 ? 60 : (int)length, at);
        const char *name = at + word + 1;
        size_t found = column_called(name, length - word - 1, cells, count);
        if (!found)
            return qc_fail(err, QCODE_INVALID, source, line, 0, "no column is called \"%.*s\"",
                           length - word > 60 ? 60 : (int)(length - word - 1), name);
        for (size_t kind = 1; kind < QC_COLUMN_KINDS; kind++)
            if (column[kind] == found && !seen[kind])
                column[kind] = 0; /* its name said otherwise */
        column[use] = found;
        seen[use] = true;
    }
    return true;
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
    qc_table_reader table = {.source = source, .notes = notes, .documents = qc_set_init(source->memory)};
    memcpy(table.tally, tells, sizeof tells);
    return table;
}

void qc_table_clear(qc_table_reader *table)
{
    for (size_t i = 0; i < table->document_count; i++)
        qc_rendering_clear(&table->renderings[i]);
    qc_release(table->source->memory, table->renderings);
    qc_set_clear(&table->documents);
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
    const char *spec = table->source->options->columns;
    if (!qc_table_choose_columns(spec, path, line, cells, count, table->column, err))
        return false;
    table->columns = count;
    if (!table->column[QC_COLUMN_TEXT])
        return qc_fail(
            err, QCODE_INVALID, path, line, 0,
            "no column of words: expected a column named text (or utterance, statement, words, content), and perhaps "
            "speaker, time and document");
    for (size_t kind = 1; kind < QC_COLUMN_KINDS; kind++) {
        const qc_cell *cell = table->column[kind] ? &cells[table->column[kind] - 1] : NULL;
        size_t rank = cell ? rank_of(cell) : NAMES;
        bool plain = spec || (rank < NAMES && (rank == 0 || names[rank - 1].column != names[rank].column));
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

static bool add_document(qc_table_reader *table)
{
    if (!qc_grow(table->source->memory, &table->renderings, &table->document_capacity, table->document_count + 1,
                 sizeof *table->renderings))
        return false;
    table->renderings[table->document_count++] = qc_rendering_init(table->source);
    return true;
}

/* Goes to the document that a row is of. */
static bool find_document(qc_table_reader *table, const qc_cell *cell, size_t line, qcode_error *err)
{
    bool named = cell->length && table->column[QC_COLUMN_DOCUMENT], added = false;
    if (named) {
        size_t found = qc_set_add(&table->documents, cell->text, cell->length, &added);
        if (found == SIZE_MAX)
            return qc_no_memory(err);
        table->document = found;
    }
    if (table->documents.count > QC_TABLE_MOST_DOCUMENTS)
        return qc_fail(err, QCODE_LIMIT, table->source->path, line, 0, "more than %d documents", QC_TABLE_MOST_DOCUMENTS);
    return table->document < table->document_count || add_document(table) || qc_no_memory(err);
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
    if (!find_document(table, &document, line, err))
        return false;
    qc_rendering *rendering = &table->renderings[table->document];
    size_t before = rendering->text.length;
    bool goes_on = table->column[QC_COLUMN_SPEAKER] && !speaker.length && before;
    const qc_said said = {speaker.text, speaker.length, text.text, text.length,
                          time_of(table, cell_of(table, QC_COLUMN_TIME, cells, count), line),
                          time_of(table, cell_of(table, QC_COLUMN_END, cells, count), line), !goes_on, goes_on};
    if (!qc_rendering_say(rendering, &said))
        return qc_no_memory(err);
    if (rendering->text.length == before)
        tell(table, NO_WORDS, line);
    else if (goes_on)
        tell(table, NO_SPEAKER, line);
    return true;
}

/* The transcript of one of several documents. */
static qcode_transcript *finish_one(qc_table_reader *table, size_t index, const char *format, const char *encoding,
                                    qcode_error *err)
{
    const qc_source *file = table->source;
    const char *document = qc_set_at(&table->documents, index);
    qc_buffer name = qc_buffer_init(file->memory), path = qc_buffer_init(file->memory);
    qc_source source = *file;
    qc_buffer_print(&name, "%s/%s", file->name, document);
    qc_buffer_print(&path, "%s/%s", file->path, document);
    source.name = qc_buffer_text(&name);
    source.path = qc_buffer_text(&path);
    qcode_transcript *talk = NULL;
    if (source.name && source.path)
        talk = qc_rendering_finish(&table->renderings[index], &source, format, "table", encoding, table->notes, err);
    else
        qc_no_memory(err);
    if (talk && !qc_transcript_share_file(talk, source.path, index ? 0 : strlen(file->path))) {
        qc_no_memory(err);
        qcode_transcript_free(talk);
        talk = NULL;
    }
    qc_buffer_clear(&name);
    qc_buffer_clear(&path);
    return talk;
}

static qcode_transcript *finish_all(qc_table_reader *table, const char *format, const char *encoding, qcode_error *err)
{
    qcode_transcript *first = NULL, *last = NULL;
    qc_note(table->notes, QCODE_NOTE_INFO, table->source->path, 0, 0, "it holds %zu documents", table->document_count);
    for (size_t i = 0; i < table->document_count; i++) {
        qcode_transcript *talk = finish_one(table, i, format, encoding, err);
        if (!talk) {
            qcode_transcript_free(first);
            return NULL;
        }
        if (last)
            qc_transcript_set_next(last, talk);
        first = first ? first : talk;
        last = talk;
    }
    return first;
}

qcode_transcript *qc_table_finish(qc_table_reader *table, const char *format, const char *encoding, qcode_error *err)
{
    if (!table->columns) {
        qc_fail(err, QCODE_INVALID, table->source->path, 1, 0, "no row that names the columns");
        return NULL;
    }
    if (!table->document_count && !add_document(table)) {
        qc_no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < QC_TABLE_TELLS; i++)
        qc_tally_end(&table->tally[i], table->notes, table->source->path);
    if (table->document_count > 1)
        return finish_all(table, format, encoding, err);
    return qc_rendering_finish(&table->renderings[0], table->source, format, "table", encoding, table->notes, err);
}
