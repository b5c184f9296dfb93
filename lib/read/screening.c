/* The reader of screening.csv: what a review found, and who decided what on it. */
#include "model/screening.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/error.h"
#include "format/csv.h"
#include "text/decode.h"

#include <string.h>

#define MOST_BYTES ((size_t)256 << 20)

enum { LONGEST_NAME = 32 };

typedef enum column_use {
    USE_STUDY,
    USE_SOURCE,
    USE_DATE,
    USE_DUPLICATE,
    USE_STAGE,
    USE_DECISION,
    USE_REASON,
    USE_REVIEWER,
    USE_LEVEL,
    USES
} column_use;

static const char *const use_names[USES] = {"study",    "searchsource", "date",     "duplicateof", "stage",
                                            "decision", "reason",       "reviewer", "level"};

typedef struct screening_reader {
    const char *source;
    const qcode_memory *memory;
    qcode_error *err;
    qc_csv *csv;
    qc_set said;          /* study, stage and reviewer of each judgement */
    size_t columns[USES]; /* where each is; SIZE_MAX: nowhere */
    size_t column_count;
    qcode_screening *screening;
} screening_reader;

/* A word of a known list as people write it: capitals, spaces, hyphens and underscores do not count. */
static void plain_word(const char *text, char word[LONGEST_NAME])
{
    size_t length = 0;
    for (; *text && length + 1 < LONGEST_NAME; text++)
        if (!strchr(" _-", *text))
            word[length++] = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
    word[length] = '\0';
}

static size_t find_word(const char *text, const char *const *names, size_t count)
{
    char word[LONGEST_NAME];
    size_t i = 0;
    plain_word(text, word);
    while (i < count && strcmp(names[i], word) != 0)
        i++;
    return i;
}

static bool wrong(const screening_reader *read, const qc_csv_field *field, const char *expected)
{
    return qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column, "found \"%s\" where %s expected",
                   field->text, expected);
}

static bool read_header(screening_reader *read)
{
    const qc_csv_field *fields;
    if (!qc_csv_next(read->csv, &fields, &read->column_count, read->err))
        return false;
    if (!read->column_count)
        return qc_fail(read->err, QCODE_INVALID, read->source, 1, 0, "expected a line with the names of the columns");
    for (size_t use = 0; use < USES; use++)
        read->columns[use] = SIZE_MAX;
    for (size_t i = 0; i < read->column_count; i++) {
        size_t use = find_word(fields[i].text, use_names, USES);
        if (use == USES)
            return wrong(read, &fields[i],
                         "study, search source, date, duplicate of, stage, decision, reason, reviewer or level is");
        if (read->columns[use] != SIZE_MAX)
            return qc_fail(read->err, QCODE_INVALID, read->source, fields[i].line, fields[i].column,
                           "the column \"%s\" is there twice", fields[i].text);
        read->columns[use] = i;
    }
    return read->columns[USE_STUDY] != SIZE_MAX ||
           qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0, "expected a column \"study\"");
}

/* The field of a column; NULL where it is empty or there is no such column. */
static const qc_csv_field *field_of(const screening_reader *read, const qc_csv_field *fields, column_use use)
{
    size_t column = read->columns[use];
    return column != SIZE_MAX && fields[column].length ? &fields[column] : NULL;
}

/* A fact of the study that any of its lines may give, as long as no two differ. */
static bool read_fact(screening_reader *read, const qc_csv_field *field, const char **fact)
{
    if (!field || strcmp(*fact, field->text) == 0)
        return true;
    if (**fact)
        return qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column,
                       "found \"%s\" where an earlier line of this study says \"%s\"", field->text, *fact);
    *fact = qc_arena_copy(&read->screening->arena, field->text, field->length);
    if (*fact)
        return true;
    *fact = "";
    return qc_no_memory(read->err);
}

static bool read_study(screening_reader *read, const qc_csv_field *fields, size_t *number)
{
    static const qc_study unknown = {.source = "", .date = "", .original = ""};
    qcode_screening *screening = read->screening;
    const qc_csv_field *name = field_of(read, fields, USE_STUDY), *date = field_of(read, fields, USE_DATE);
    const qc_csv_field *original = field_of(read, fields, USE_DUPLICATE);
    bool added = false;
    if (!name)
        return qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0, "expected the name of a study");
    if (date && !qc_is_date(date->text))
        return wrong(read, date, "a date (2023-03-14) is");
    *number = qc_set_add(&screening->studies, name->text, name->length, &added);
    if (*number == SIZE_MAX || !qc_grow(read->memory, &screening->found, &screening->found_capacity, *number + 1,
                                        sizeof *screening->found))
        return qc_no_memory(read->err);
    qc_study *study = &screening->found[*number];
    if (added)
        *study = unknown;
    if (original && !*study->original)
        study->original_line = original->line, study->original_column = original->column;
    return read_fact(read, field_of(read, fields, USE_SOURCE), &study->source) &&
           read_fact(read, date, &study->date) && read_fact(read, original, &study->original);
}

static bool read_stage(const screening_reader *read, const qc_csv_field *field, qc_stage *stage)
{
    static const char *const names[] = {"identification", "screening", "retrieval", "eligibility", "titleandabstract",
                                        "fulltext"};
    static const qc_stage stages[] = {QC_STAGE_IDENTIFICATION, QC_STAGE_SCREENING, QC_STAGE_RETRIEVAL,
                                      QC_STAGE_ELIGIBILITY, QC_STAGE_SCREENING, QC_STAGE_ELIGIBILITY};
    size_t found = field ? find_word(field->text, names, sizeof names / sizeof *names) : 0;
    if (found == sizeof names / sizeof *names)
        return wrong(read, field,
                     "identification, screening (title and abstract), retrieval or eligibility (full text) is");
    *stage = stages[found];
    return true;
}

static bool read_decision(const screening_reader *read, const qc_csv_field *field, qc_decision *decision)
{
    static const char *const names[] = {"include", "exclude"};
    size_t found = field ? find_word(field->text, names, 2) : 2;
    *decision = found == 0 ? QC_INCLUDE : found == 1 ? QC_EXCLUDE : QC_UNDECIDED;
    return !field || found < 2 || wrong(read, field, "include or exclude (empty: not yet) is");
}

static bool read_level(const screening_reader *read, const qc_csv_field *field, qc_judgement *judgement)
{
    if (!field)
        return true;
    if (field->length != 1 || field->text[0] < '1' || field->text[0] > '5')
        return wrong(read, field, "a level from 1 to 5 is");
    if (judgement->stage != QC_STAGE_ELIGIBILITY || judgement->decision != QC_INCLUDE)
        return qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column,
                       "found a level where none is expected: it belongs to a study included at eligibility");
    judgement->level = (unsigned)(field->text[0] - '0');
    return true;
}

/* A reviewer decides once on a study at a stage. */
static bool is_first(screening_reader *read, const qc_judgement *judgement, size_t line)
{
    const size_t key[] = {judgement->study, (size_t)judgement->stage, judgement->reviewer};
    bool added = false;
    size_t number = qc_set_add(&read->said, key, sizeof key, &added);
    if (number == SIZE_MAX)
        return qc_no_memory(read->err);
    return added || qc_fail(read->err, QCODE_INVALID, read->source, line, 0,
                            "line %zu has this reviewer's decision on this study at this stage",
                            read->screening->judgements[number].line);
}

/* The table of reviewers has columns of these names. */
static bool is_taken(const char *name)
{
    return strcmp(name, "study") == 0 || strcmp(name, "stage") == 0 || strcmp(name, "differ") == 0;
}

static bool read_reviewer(screening_reader *read, const qc_csv_field *field, size_t *number)
{
    const char *name = field ? field->text : "reviewer";
    if (field && is_taken(name))
        return wrong(read, field, "a reviewer of another name is");
    *number = qc_set_add(&read->screening->reviewers, name, strlen(name), NULL);
    return *number != SIZE_MAX || qc_no_memory(read->err);
}

static bool add_judgement(screening_reader *read, const qc_csv_field *fields, qc_judgement *judgement)
{
    qcode_screening *screening = read->screening;
    const qc_csv_field *reason = field_of(read, fields, USE_REASON);
    judgement->reason = reason ? qc_arena_copy(&screening->arena, reason->text, reason->length) : "";
    if (!judgement->reason || !qc_grow(read->memory, &screening->judgements, &screening->judgement_capacity,
                                       screening->judgement_count + 1, sizeof *judgement))
        return qc_no_memory(read->err);
    screening->judgements[screening->judgement_count++] = *judgement;
    return true;
}

static bool read_line(screening_reader *read, const qc_csv_field *fields, size_t count)
{
    qc_judgement judgement = {.line = fields[0].line};
    if (count != read->column_count)
        return qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0, "expected %zu fields, found %zu",
                       read->column_count, count);
    const qc_csv_field *decision = field_of(read, fields, USE_DECISION);
    if (!read_study(read, fields, &judgement.study) ||
        !read_stage(read, field_of(read, fields, USE_STAGE), &judgement.stage) ||
        !read_decision(read, decision, &judgement.decision) ||
        !read_level(read, field_of(read, fields, USE_LEVEL), &judgement))
        return false;
    if (judgement.stage == QC_STAGE_IDENTIFICATION)
        return !decision || qc_fail(read->err, QCODE_INVALID, read->source, decision->line, decision->column,
                                    "found a decision where none is expected: it belongs to a stage behind "
                                    "identification");
    return read_reviewer(read, field_of(read, fields, USE_REVIEWER), &judgement.reviewer) &&
           is_first(read, &judgement, fields[0].line) && add_judgement(read, fields, &judgement);
}

static bool read_lines(screening_reader *read)
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

/* A duplicate is one of a study that is there and is none itself, and nothing is decided on it. */
static bool check_duplicates(const screening_reader *read)
{
    const qcode_screening *screening = read->screening;
    for (size_t i = 0; i < screening->studies.count; i++) {
        const qc_study *study = &screening->found[i];
        if (!*study->original)
            continue;
        size_t original = qc_set_find(&screening->studies, study->original, strlen(study->original));
        if (original == SIZE_MAX || original == i || *screening->found[original].original)
            return qc_fail(read->err, QCODE_INVALID, read->source, study->original_line, study->original_column,
                           "found \"%s\" where another study that is no duplicate is expected", study->original);
    }
    for (size_t i = 0; i < screening->judgement_count; i++) {
        const qc_judgement *judgement = &screening->judgements[i];
        const char *original = screening->found[judgement->study].original;
        if (*original)
            return qc_fail(read->err, QCODE_INVALID, read->source, judgement->line, 0,
                           "a decision on a duplicate: expected one on \"%s\"", original);
    }
    return true;
}

static qcode_screening *new_screening(const char *name, const qcode_memory *memory)
{
    qcode_screening *screening = qc_resize(memory, NULL, sizeof *screening);
    if (!screening)
        return NULL;
    *screening = (qcode_screening){.arena = qc_arena_init(memory),
                                   .memory = memory,
                                   .studies = qc_set_init(memory),
                                   .reviewers = qc_set_init(memory)};
    screening->source = qc_arena_string(&screening->arena, name);
    if (screening->source)
        return screening;
    qcode_screening_free(screening);
    return NULL;
}

qcode_screening *qcode_screening_parse(const void *data, size_t length, const char *name, const qcode_memory *memory,
                                       qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(memory);
    const char *encoding;
    screening_reader read = {.source = name, .memory = memory, .err = err, .said = qc_set_init(memory)};
    bool done = qc_decode(data, length, NULL, name, &text, &encoding, notes, err) &&
                ((read.screening = new_screening(name, memory)) || qc_no_memory(err)) &&
                (read.csv = qc_csv_new(text.data ? text.data : "", text.length, name, memory, err)) &&
                read_header(&read) && read_lines(&read) && check_duplicates(&read);
    if (done && notes && !qcode_notes_complete(notes))
        done = qc_no_memory(err);
    qc_csv_free(read.csv);
    qc_set_clear(&read.said);
    qc_buffer_clear(&text);
    if (done)
        return read.screening;
    qcode_screening_free(read.screening);
    return NULL;
}

qcode_screening *qcode_screening_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                      qcode_error *err)
{
    qc_bytes bytes;
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return NULL;
    qcode_screening *screening = qcode_screening_parse(bytes.data, bytes.length, path, memory, notes, err);
    qc_bytes_clear(&bytes);
    return screening;
}
