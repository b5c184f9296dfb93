/* What was recognised, for people: document by document, and what to say where a guess is wrong. */
#include "base/error.h"
#include "base/screen.h"
#include "base/sink.h"
#include "format/csv.h"
#include "write/table.h"
#include <qcode/job.h>

/* The columns of qcode_recognised's tables that are looked at here. */
enum { DOCUMENT, FORMAT, LAYOUT, ENCODING, SPEAKER, ROLE, ROLE_BY, TURNS, WORDS, CASE, GROUP, ATTRIBUTES };
enum { NOTE_DOCUMENT, NOTE_KIND, NOTE_LINE, NOTE_COLUMN, NOTE_TEXT };

static const char *text_at(const qcode_table *table, size_t row, size_t column)
{
    qcode_cell cell = qcode_table_cell(table, row, column);
    return cell.missing ? "" : cell.as.text;
}

/* The row behind the last of a document. */
static size_t end_of_document(const qcode_table *table, size_t column, size_t first)
{
    size_t end = first;
    while (end < qcode_table_row_count(table) &&
           strcmp(text_at(table, end, column), text_at(table, first, column)) == 0)
        end++;
    return end;
}

static long long sum(const qcode_table *table, const qc_table_part *part, size_t column)
{
    long long all = 0;
    for (size_t row = part->first; row < part->end; row++)
        all += qcode_table_cell(table, row, column).as.integer;
    return all;
}

/* anna.txt: text, layout label, UTF-8, 4 turns, 31 words */
static void put_heading(qc_buffer *out, const qcode_table *table, const qc_table_part *part)
{
    long long turns = sum(table, part, TURNS), words = sum(table, part, WORDS);
    qc_put_cell_text(out, text_at(table, part->first, DOCUMENT));
    qc_buffer_print(out, ": %s, layout %s, %s, %lld turn%s, %lld word%s\n", text_at(table, part->first, FORMAT),
                    text_at(table, part->first, LAYOUT), text_at(table, part->first, ENCODING), turns,
                    turns == 1 ? "" : "s", words, words == 1 ? "" : "s");
}

static void put_csv_cell(qc_buffer *out, const char *text)
{
    qc_buffer cell = qc_buffer_init(out->memory);
    qc_csv_put(&cell, text, strlen(text));
    out->failed = out->failed || cell.failed || !qc_screen(out, cell.data, cell.length, false);
    qc_buffer_clear(&cell);
}

/* anna.txt,Anna,interviewer */
static void put_case(qc_buffer *out, const char *document, const char *speaker, const char *role)
{
    qc_buffer_string(out, "a line \"");
    put_csv_cell(out, document);
    qc_buffer_byte(out, ',');
    put_csv_cell(out, speaker);
    qc_buffer_print(out, ",%s\" in cases.csv\n", role);
}

/* Whether nobody is known to speak in a document. */
static bool is_nobodys(const qcode_table *table, const qc_table_part *part)
{
    return part->end == part->first + 1 && !*text_at(table, part->first, SPEAKER);
}

/* What to say where a role was guessed, naming somebody who might interview instead. */
static void put_advice_on_roles(qc_buffer *out, const qcode_table *table, const qc_table_part *part)
{
    size_t guesses = 0, other = SIZE_MAX;
    for (size_t row = part->end; row-- > part->first;) {
        guesses += strcmp(text_at(table, row, ROLE_BY), "guess") == 0;
        if (strcmp(text_at(table, row, ROLE), "respondent") == 0)
            other = row;
    }
    if (!guesses || other == SIZE_MAX)
        return;
    const char *name = text_at(table, other, SPEAKER);
    qc_buffer_string(out, "  if somebody else interviews: --interviewer \"");
    qc_screen(out, name, strlen(name), false);
    qc_buffer_string(out, "\", or ");
    put_case(out, text_at(table, other, DOCUMENT), name, "interviewer");
}

static void put_advice(qc_buffer *out, const qcode_table *table, const qc_table_part *part)
{
    const char *document = text_at(table, part->first, DOCUMENT);
    put_advice_on_roles(out, table, part);
    if (is_nobodys(table, part) && sum(table, part, TURNS) > 0) {
        qc_buffer_string(out, "  nobody is known to speak; if one respondent does: ");
        put_case(out, document, "", "respondent");
    }
    if (strncmp(text_at(table, part->first, ENCODING), "UTF-", 4) != 0)
        qc_buffer_string(out, "  if letters come out wrong: --encoding NAME\n");
}

/* The value that all respondents of a document share; "" when there is none. */
static const char *shared_value(const qcode_table *table, const qc_table_part *part, size_t column)
{
    const char *shared = NULL;
    for (size_t row = part->first; row < part->end; row++) {
        const char *value = text_at(table, row, column);
        if (strcmp(text_at(table, row, ROLE), "interviewer") == 0 && !*value)
            continue;
        if (shared && strcmp(shared, value) != 0)
            return "";
        shared = value;
    }
    return shared ? shared : "";
}

static void put_attribute(qc_buffer *out, const char *name, const char *speaker, const char *value)
{
    if (!*value)
        return;
    qc_buffer_string(out, "  ");
    qc_put_cell_text(out, name);
    qc_buffer_string(out, *speaker ? " of " : "");
    qc_put_cell_text(out, speaker);
    qc_buffer_string(out, ": ");
    qc_put_cell_text(out, value);
    qc_buffer_byte(out, '\n');
}

/* What is known beside the case and the group, a line each: it would make the table too wide. */
static void put_attributes(qc_buffer *out, const qcode_table *table, const qc_table_part *part)
{
    for (size_t column = ATTRIBUTES; column < qcode_table_column_count(table); column++) {
        const char *name = qcode_table_column(table, column)->name, *shared = shared_value(table, part, column);
        put_attribute(out, name, "", shared);
        for (size_t row = part->first; !*shared && row < part->end; row++)
            put_attribute(out, name, text_at(table, row, SPEAKER), text_at(table, row, column));
    }
}

static void put_note(qc_buffer *out, const qcode_table *notes, size_t row)
{
    qcode_cell line = qcode_table_cell(notes, row, NOTE_LINE);
    qc_buffer_print(out, "  %s", text_at(notes, row, NOTE_KIND));
    if (!line.missing)
        qc_buffer_print(out, ", line %lld", (long long)line.as.integer);
    qc_buffer_print(out, ": %s\n", text_at(notes, row, NOTE_TEXT));
}

/* Notes from `*next` on that are about one document: both tables are in the order of the documents. */
static void put_notes(qc_buffer *out, const qcode_table *notes, const char *document, size_t *next)
{
    if (*next == qcode_table_row_count(notes) || strcmp(text_at(notes, *next, NOTE_DOCUMENT), document) != 0)
        return;
    for (size_t end = end_of_document(notes, NOTE_DOCUMENT, *next); *next < end; ++*next)
        put_note(out, notes, *next);
}

/* Documents that were refused have notes, of which the last is an error, and no row. */
static void put_refused(qc_buffer *out, const qcode_table *notes, size_t *next)
{
    while (*next < qcode_table_row_count(notes)) {
        size_t end = end_of_document(notes, NOTE_DOCUMENT, *next);
        if (strcmp(text_at(notes, end - 1, NOTE_KIND), "error") != 0)
            return;
        qc_put_cell_text(out, text_at(notes, *next, NOTE_DOCUMENT));
        qc_buffer_string(out, ": refused\n");
        for (; *next < end; ++*next)
            put_note(out, notes, *next);
        qc_buffer_byte(out, '\n');
    }
}

bool qcode_recognised_write(const qcode_recognised *found, const qcode_memory *memory, qcode_sink *sink,
                            qcode_error *err)
{
    const qcode_table *table = found->speakers;
    qc_buffer out = qc_buffer_init(memory);
    size_t next_note = 0;
    for (qc_table_part part = {.from = SPEAKER, .to = ATTRIBUTES}; part.first < qcode_table_row_count(table); part.first = part.end) {
        part.end = end_of_document(table, DOCUMENT, part.first);
        put_refused(&out, found->notes, &next_note);
        put_heading(&out, table, &part);
        if (!is_nobodys(table, &part))
            qc_put_table_text(&out, table, &part, 2);
        put_attributes(&out, table, &part);
        put_notes(&out, found->notes, text_at(table, part.first, DOCUMENT), &next_note);
        put_advice(&out, table, &part);
        qc_buffer_byte(&out, '\n');
        qc_sink_drain(sink, &out);
    }
    put_refused(&out, found->notes, &next_note);
    qc_sink_drain(sink, &out);
    bool done = !out.failed;
    qc_buffer_clear(&out);
    return done || qc_no_memory(err);
}
