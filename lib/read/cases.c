/* The reader of cases.csv: who took part in a study. */
#include "model/cases.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "format/csv.h"
#include "model/attributes.h"
#include "model/transcript.h"
#include "text/decode.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define MOST_BYTES ((size_t)64 << 20)

enum { MOST_COLUMNS = 256 };

/* What the columns of the header are for. */
typedef enum column_use {
    USE_DOCUMENT,
    USE_SPEAKER,
    USE_ROLE,
    USE_CASE,
    USE_SOURCE,
    USE_MAY_USE,
    USE_MAY_QUOTE,
    USE_MAY_ARCHIVE,
    USE_WITHDRAWN,
    USE_ATTRIBUTE
} column_use;

typedef struct column {
    column_use use;
    const char *name; /* of the attribute */
} column;

typedef struct case_reader {
    const char *source;
    const qcode_memory *memory;
    qcode_error *err;
    qc_csv *csv;
    qc_arena arena; /* column names and one line's attributes */
    column *columns;
    size_t column_count, attribute_count;
    qcode_attribute *attributes;
    qcode_cases *cases;
    size_t unsaid[2], first_unsaid[2]; /* respondents' lines where consent to use, to quote is left empty */
} case_reader;

static column_use use_of(const char *name)
{
    static const char *const names[] = {"document",      "speaker",         "role",     "case", "source", "consent_use",
                                        "consent_quote", "consent_archive", "withdrawn"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return (column_use)i;
    return USE_ATTRIBUTE;
}

/* `Role` is a column of the file's own; as an attribute's name it would be a position. */
static const char *column_name(qc_arena *arena, const qc_csv_field *field)
{
    if (field->length == 4 && strncmp(field->text, "role", 4) == 0)
        return "role";
    return field->length == 4 && strncmp(field->text, "Role", 4) == 0
               ? "role"
               : qc_attribute_name(arena, field->text, field->length);
}

/* "consent", "consent_quotes", "withdrew": whoever wrote that must not believe that it keeps words back. */
static bool is_like_consent(const column *here)
{
    return here->use == USE_ATTRIBUTE &&
           (strncmp(here->name, "consent", 7) == 0 || strncmp(here->name, "withdr", 6) == 0);
}

static bool check_header(const case_reader *read, const qc_csv_field *fields)
{
    bool names_somebody = false;
    for (size_t i = 0; i < read->column_count; i++) {
        const column *here = &read->columns[i];
        names_somebody |= here->use == USE_DOCUMENT || here->use == USE_SPEAKER;
        if (here->use == USE_ATTRIBUTE && qc_is_contract_column(here->name) && strcmp(here->name, "group") != 0)
            return qc_fail(read->err, QCODE_INVALID, read->source, fields[i].line, fields[i].column,
                           "the column \"%s\" is the name of a column of every output; choose another", here->name);
        if (is_like_consent(here))
            return qc_fail(read->err, QCODE_INVALID, read->source, fields[i].line, fields[i].column,
                           "the column \"%s\" would keep no words back: expected consent_use, consent_quote, "
                           "consent_archive or withdrawn, or an attribute of another name",
                           here->name);
        for (size_t j = 0; j < i; j++)
            if (strcmp(read->columns[j].name, here->name) == 0)
                return qc_fail(read->err, QCODE_INVALID, read->source, fields[i].line, fields[i].column,
                               "the column \"%s\" is there twice", here->name);
    }
    return names_somebody || qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0,
                                     "expected a column \"document\" or \"speaker\"");
}

static bool read_header(case_reader *read)
{
    const qc_csv_field *fields;
    if (!qc_csv_next(read->csv, &fields, &read->column_count, read->err))
        return false;
    if (!read->column_count)
        return qc_fail(read->err, QCODE_INVALID, read->source, 1, 0, "expected a line with the names of the columns");
    if (read->column_count > MOST_COLUMNS)
        return qc_fail(read->err, QCODE_LIMIT, read->source, fields[0].line, 0, "more than %d columns", MOST_COLUMNS);
    read->columns = qc_arena_take_array(&read->arena, read->column_count, sizeof *read->columns);
    read->attributes = qc_arena_take_array(&read->arena, read->column_count, sizeof *read->attributes);
    if (!read->columns || !read->attributes)
        return qc_no_memory(read->err);
    for (size_t i = 0; i < read->column_count; i++) {
        const char *name = column_name(&read->arena, &fields[i]);
        if (!name)
            return qc_no_memory(read->err);
        read->columns[i] = (column){use_of(name), name};
    }
    return check_header(read, fields);
}

static bool read_role(const case_reader *read, const qc_csv_field *field, qcode_role *role)
{
    static const qcode_role roles[] = {QCODE_ROLE_INTERVIEWER, QCODE_ROLE_RESPONDENT};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(field->text, qcode_role_name(roles[i])) == 0) {
            *role = roles[i];
            return true;
        }
    return qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column,
                   "the role \"%s\" is none: expected interviewer or respondent", field->text);
}

static bool read_source(const case_reader *read, const qc_csv_field *field, const char **source)
{
    static const char *const sources[] = {"interview", "joint interview", "focus group", "observation", "document"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (strcmp(field->text, sources[i]) == 0) {
            *source = sources[i];
            return true;
        }
    return qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column,
                   "the source \"%s\" is none: expected interview, joint interview, focus group, observation or document",
                   field->text);
}

/* `*said` is the value of the attribute: "yes", "no" or a date. */
static bool read_consent(const case_reader *read, const qc_csv_field *field, column_use use, qc_case *line,
                         const char **said)
{
    bool yes = strcasecmp(field->text, "yes") == 0, no = strcasecmp(field->text, "no") == 0;
    *said = yes ? "yes" : no ? "no" : field->text;
    if (use == USE_WITHDRAWN) {
        if (yes || qc_is_date(field->text))
            line->consent.withdrawn = *said;
        return line->consent.withdrawn || no ||
               qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column,
                       "found \"%s\" where yes, no or the date of withdrawal (2023-03-14) is expected", field->text);
    }
    bool *const refused[] = {&line->consent.no_use, &line->consent.no_quote, &line->consent.no_archive};
    *refused[use - USE_MAY_USE] = no;
    line->given[use - USE_MAY_USE] = yes;
    return yes || no ||
           qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column,
                   "found \"%s\" where yes or no is expected (empty: not stated)", field->text);
}

static bool read_field(case_reader *read, const qc_csv_field *field, const column *here, qc_case *line)
{
    const char *value = field->text;
    if (!field->length)
        return true;
    switch (here->use) {
    case USE_DOCUMENT: line->document = field->text; return true;
    case USE_SPEAKER: line->speaker = field->text; return true;
    case USE_CASE: line->case_name = field->text; return true;
    case USE_ROLE: return read_role(read, field, &line->role);
    case USE_SOURCE: return read_source(read, field, &line->source);
    case USE_MAY_USE:
    case USE_MAY_QUOTE:
    case USE_MAY_ARCHIVE:
    case USE_WITHDRAWN:
        if (!read_consent(read, field, here->use, line, &value))
            return false;
        break;
    case USE_ATTRIBUTE: break;
    }
    read->attributes[line->attribute_count++] = (qcode_attribute){here->name, value};
    return true;
}

/* A document is of one kind, whoever speaks in it. `field` says which. */
static bool check_source(const case_reader *read, const qc_case *line, const qc_csv_field *field)
{
    if (!line->source)
        return true;
    if (!line->document)
        return qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column,
                       "a source is a document's, and this line names none");
    const qc_case *before = qc_cases_sourced(read->cases, line->document);
    return !before || strcmp(before->source, line->source) == 0 ||
           qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column,
                   "line %zu says that the source of this document is \"%s\"", before->line, before->source);
}

/* One line says all of a speaker: two could contradict each other. `who` is the field that names them. */
static bool add_line(case_reader *read, const qc_case *line, const qc_csv_field *who)
{
    size_t before = qc_cases_count(read->cases), index = qc_cases_add(read->cases, line);
    if (index == SIZE_MAX)
        return qc_no_memory(read->err);
    if (index == before)
        return true;
    const qc_case *other = qc_cases_at(read->cases, index);
    if (!other->line)
        return qc_fail(read->err, QCODE_INVALID, read->source, 0, 0,
                       "two lines are about the same document and speaker");
    return qc_fail(read->err, QCODE_INVALID, read->source, who->line, who->column,
                   "line %zu%s%s is about the same document and speaker", other->line, who->line ? "" : " of ",
                   who->line ? "" : qc_cases_source(read->cases));
}

/* Consent that is asked for and not stated restricts nothing, which is told. */
static void count_unsaid(case_reader *read, column_use use, const qc_csv_field *field)
{
    size_t of = use - USE_MAY_USE;
    if ((use != USE_MAY_USE && use != USE_MAY_QUOTE) || field->length)
        return;
    if (!read->unsaid[of]++)
        read->first_unsaid[of] = field->line;
}

static void tell_unsaid(const case_reader *read, qcode_notes *notes)
{
    static const char *const texts[] = {"consent_use is not stated here%s: who is meant is counted",
                                        "consent_quote is not stated here%s: who is meant may be quoted"};
    for (size_t i = 0; i < 2; i++) {
        char more[64] = "";
        if (read->unsaid[i] > 1)
            snprintf(more, sizeof more, " and on %zu more line%s", read->unsaid[i] - 1, read->unsaid[i] > 2 ? "s" : "");
        if (read->unsaid[i])
            qc_note(notes, QCODE_NOTE_INFO, read->source, read->first_unsaid[i], 0, texts[i], more);
    }
}

static bool read_line(case_reader *read, const qc_csv_field *fields, size_t count)
{
    const qc_csv_field *who = fields, *role = fields, *source = fields;
    qc_case line = {.role = QCODE_ROLE_NONE, .attributes = read->attributes, .line = fields[0].line};
    line.file = fields[0].line ? NULL : read->source; /* only lines of a file are numbered */
    if (count != read->column_count)
        return qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0, "expected %zu fields, found %zu",
                       read->column_count, count);
    for (size_t i = 0; i < count; i++) {
        column_use use = read->columns[i].use;
        if (!read_field(read, &fields[i], &read->columns[i], &line))
            return false;
        if (use == USE_SPEAKER ? fields[i].length > 0 : use == USE_DOCUMENT && !line.speaker)
            who = &fields[i];
        role = use == USE_ROLE ? &fields[i] : role;
        source = use == USE_SOURCE ? &fields[i] : source;
    }
    bool left_out = line.consent.no_use || line.consent.withdrawn || line.role == QCODE_ROLE_INTERVIEWER;
    for (size_t i = 0; i < count && !left_out; i++)
        count_unsaid(read, read->columns[i].use, &fields[i]);
    if (!line.document && !line.speaker)
        return qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0, "expected a document or a speaker");
    if (line.role == QCODE_ROLE_INTERVIEWER && !line.speaker)
        return qc_fail(read->err, QCODE_INVALID, read->source, role->line, role->column,
                       "expected the speaker who is the interviewer");
    return check_source(read, &line, source) && add_line(read, &line, who);
}

static bool read_lines(case_reader *read)
{
    const qc_csv_field *fields;
    size_t count;
    for (;;) {
        if (!qc_csv_next(read->csv, &fields, &count, read->err))
            return false;
        if (!count)
            return true;
        if (!read_line(read, fields, count))
            return false;
    }
}

qcode_cases *qcode_cases_parse(const void *data, size_t length, const char *name, const qcode_memory *memory,
                               qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(memory);
    const char *encoding;
    char hash[65];
    qc_sha256 sum = qc_sha256_init();
    qc_sha256_add(&sum, data, length);
    qc_sha256_hex(&sum, hash);
    case_reader read = {.source = name, .memory = memory, .err = err, .arena = qc_arena_init(memory)};
    bool done = qc_decode(data, length, NULL, name, &text, &encoding, notes, err) &&
                (read.cases = qc_cases_new(name, hash, memory, err)) &&
                (read.csv = qc_csv_new(text.data ? text.data : "", text.length, name, memory, err)) &&
                read_header(&read) && read_lines(&read);
    if (done) {
        tell_unsaid(&read, notes);
        done = qc_cases_settle(read.cases, notes) || qc_no_memory(err);
    }
    if (done && notes && !qcode_notes_complete(notes))
        done = qc_no_memory(err);
    qc_csv_free(read.csv);
    qc_arena_clear(&read.arena);
    qc_buffer_clear(&text);
    if (done)
        return read.cases;
    qcode_cases_free(read.cases);
    return NULL;
}

qcode_cases *qcode_cases_read(const char *path, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return NULL;
    qcode_cases *cases = qcode_cases_parse(bytes.data, bytes.length, path, memory, notes, err);
    qc_bytes_clear(&bytes);
    return cases;
}

/* A line as it comes from a command: its parts are turned into columns and fields. */
typedef struct written_line {
    column *columns;
    qc_csv_field *fields;
    size_t count;
} written_line;

static bool add_part(case_reader *read, written_line *line, const char *name, size_t name_length, const char *text,
                     size_t length, const qc_csv_field *place)
{
    const qc_csv_field named = {.text = qc_arena_copy(&read->arena, name, name_length), .length = name_length,
                                .line = place->line, .column = place->column};
    const char *plain = named.text ? column_name(&read->arena, &named) : NULL;
    const char *copy = qc_arena_copy(&read->arena, text, length);
    if (!plain || !copy)
        return qc_no_memory(read->err);
    line->columns[line->count] = (column){use_of(plain), plain};
    line->fields[line->count++] = (qc_csv_field){.text = copy, .length = length};
    return true;
}

/* "T05.txt:HEAD=Head A" */
static bool add_who(case_reader *read, written_line *line, const qc_csv_field *part)
{
    const char *equals = memchr(part->text, '=', part->length);
    size_t who = equals ? (size_t)(equals - part->text) : 0;
    const char *colon = who ? memchr(part->text, ':', who) : NULL;
    size_t document = colon ? (size_t)(colon - part->text) : who, after = document + (colon != NULL);
    if (!who || (colon && after == who))
        return qc_fail(read->err, QCODE_USAGE, read->source, 0, 0,
                       "expected DOCUMENT:SPEAKER=CASE, DOCUMENT=CASE or :SPEAKER=CASE");
    return add_part(read, line, "document", 8, part->text, document, part) &&
           add_part(read, line, "speaker", 7, part->text + after, who - after, part) &&
           add_part(read, line, "case", 4, equals + 1, part->length - who - 1, part);
}

static bool add_named(case_reader *read, written_line *line, const qc_csv_field *part)
{
    const char *equals = memchr(part->text, '=', part->length);
    size_t name = equals ? (size_t)(equals - part->text) : 0;
    if (!name)
        return qc_fail(read->err, QCODE_USAGE, read->source, 0, 0, "expected NAME=VALUE behind the comma");
    return add_part(read, line, part->text, name, equals + 1, part->length - name - 1, part);
}

static bool read_written(case_reader *read, const char *written)
{
    const qc_csv_field *parts;
    size_t count;
    if (!qc_csv_next(read->csv, &parts, &count, read->err))
        return false;
    if (count > MOST_COLUMNS)
        return qc_fail(read->err, QCODE_LIMIT, read->source, 0, 0, "more than %d parts", MOST_COLUMNS);
    written_line line = {.columns = qc_arena_take_array(&read->arena, count + 2, sizeof *line.columns),
                         .fields = qc_arena_take_array(&read->arena, count + 2, sizeof *line.fields)};
    read->attributes = qc_arena_take_array(&read->arena, count + 2, sizeof *read->attributes);
    if (!line.columns || !line.fields || !read->attributes)
        return qc_no_memory(read->err);
    for (size_t i = 0; i < count; i++)
        if (!(i ? add_named(read, &line, &parts[i]) : add_who(read, &line, &parts[i])))
            return false;
    read->columns = line.columns;
    read->column_count = line.count;
    if (!check_header(read, line.fields) || !read_line(read, line.fields, line.count) ||
        !qc_csv_next(read->csv, &parts, &count, read->err))
        return false;
    if (count)
        return qc_fail(read->err, QCODE_USAGE, read->source, 0, 0, "expected one line");
    return qc_cases_keep_added(read->cases, written) || qc_no_memory(read->err);
}

bool qcode_cases_add(qcode_cases **cases, const char *line, const qcode_memory *memory, qcode_notes *notes,
                     qcode_error *err)
{
    static const char source[] = "--case";
    size_t length = strlen(line);
    qc_buffer record = qc_buffer_init(memory);
    qcode_cases *made = *cases ? NULL : qc_cases_new(source, "", memory, err);
    case_reader read = {.source = source,
                        .memory = memory,
                        .err = err,
                        .arena = qc_arena_init(memory),
                        .cases = *cases ? *cases : made};
    bool done = read.cases && (qc_utf8_valid(line, length) == length ||
                               qc_fail(err, QCODE_USAGE, source, 0, 0, "the line is not UTF-8"));
    /* the separator is a comma, whatever the line holds */
    done = done && ((qc_buffer_string(&record, "sep=,\n") && qc_buffer_string(&record, line)) || qc_no_memory(err));
    done = done && (read.csv = qc_csv_new(record.data, record.length, source, memory, err)) && read_written(&read, line);
    done = done && (qc_cases_settle(read.cases, notes) || qc_no_memory(err));
    if (!done && err && err->status != QCODE_NO_MEMORY) /* a place in one line says little */
        err->line = err->column = 0, err->status = QCODE_USAGE;
    qc_csv_free(read.csv);
    qc_arena_clear(&read.arena);
    qc_buffer_clear(&record);
    if (done)
        *cases = read.cases;
    else
        qcode_cases_free(made);
    return done;
}
