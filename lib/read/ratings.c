/* The reader of a plain table of ratings. */
#include "read/ratings.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/set.h"
#include "format/json.h"
#include "read/rating_cell.h"
#include "text/decode.h"

#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((size_t)1 << 30)

enum { MOST_COLUMNS = 1024 };

/* What a cell may hold. */
typedef enum value_kind { VALUE_WORD, VALUE_NUMBER, VALUE_LISTED, VALUE_SET } value_kind;

/* A category as it was met: its rank is its place once all are in order. */
typedef struct category {
    size_t met;
    double number;
    const char *text;
} category;

typedef struct rating_reader {
    const char *source;
    const qcode_memory *memory;
    qcode_error *err;
    qc_csv *csv;
    qc_ratings *result;
    const char **coders; /* those of the result */
    value_kind kind;
    qcode_level level;
    size_t columns, cluster; /* the index of the cluster's column, or SIZE_MAX */
    qc_set units, clusters, codes;
    qc_set values;           /* the categories as they were met; numbers by their bytes */
    qc_buffer cells;         /* int32_t: categories as they were met */
    qc_buffer clustering;    /* uint32_t */
    qc_buffer members, scratch;
} rating_reader;

static bool wrong(const rating_reader *read, const qc_csv_field *field, const char *what)
{
    return qc_fail(read->err, QCODE_INVALID, read->source, field->line, field->column, "%s", what);
}

/* The number of a cell's category, in the order in which they are met. */
static bool read_value(rating_reader *read, const qc_csv_field *field, int32_t *value)
{
    const qc_csv_field cell = qc_trimmed(field);
    size_t met = 0;
    double number;
    *value = QCODE_NOT_RATED;
    if (!cell.length)
        return true;
    switch (read->kind) {
    case VALUE_WORD: met = qc_set_add(&read->values, cell.text, cell.length, NULL); break;
    case VALUE_LISTED:
        met = qc_set_find(&read->values, cell.text, cell.length);
        if (met == SIZE_MAX)
            return wrong(read, field, "this category is not in the order that was given");
        break;
    case VALUE_NUMBER:
        if (!qc_read_rating_number(&cell, &number))
            return wrong(read, field, read->level != QCODE_ORDINAL
                                          ? "expected a number"
                                          : "expected a number, or the order of the categories to be given");
        if (read->level == QCODE_RATIO && number < 0)
            return wrong(read, field, "expected a number that is not below 0: a ratio needs a true zero");
        met = qc_set_add(&read->values, &number, sizeof number, NULL);
        break;
    case VALUE_SET:
        if (!qc_read_rating_set(&cell, &read->members, &read->scratch))
            return qc_no_memory(read->err);
        met = qc_set_add(&read->values, read->scratch.data, read->scratch.length, NULL);
        break;
    }
    if (met == SIZE_MAX)
        return qc_no_memory(read->err);
    if (met >= INT32_MAX)
        return qc_fail(read->err, QCODE_LIMIT, read->source, field->line, 0, "too many categories");
    *value = (int32_t)met;
    return true;
}

static bool names_cluster(const qc_csv_field *field)
{
    static const char *const names[] = {"cluster", "interview", "document"};
    const qc_csv_field name = qc_trimmed(field);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.length == strlen(names[i]) && memcmp(name.text, names[i], name.length) == 0)
            return true;
    return false;
}

static bool read_header(rating_reader *read)
{
    const qc_csv_field *fields;
    qc_ratings *result = read->result;
    if (!qc_csv_next(read->csv, &fields, &read->columns, read->err))
        return false;
    if (!read->columns)
        return qc_fail(read->err, QCODE_INVALID, read->source, 1, 0, "expected a line with the names of the columns");
    if (read->columns > MOST_COLUMNS)
        return qc_fail(read->err, QCODE_LIMIT, read->source, fields[0].line, 0, "more than %d columns", MOST_COLUMNS);
    const char **coders = qc_arena_take_array(&result->arena, read->columns, sizeof *coders);
    if (!coders)
        return qc_no_memory(read->err);
    result->coders = read->coders = coders;
    for (size_t i = 1; i < read->columns; i++) {
        const qc_csv_field name = qc_trimmed(&fields[i]);
        const char *copy = qc_arena_copy(&result->arena, name.text, name.length);
        if (!copy)
            return qc_no_memory(read->err);
        if (!name.length)
            return wrong(read, &fields[i], "expected the name of a coder");
        for (size_t j = 0; j < result->data.coders; j++)
            if (strcmp(coders[j], copy) == 0)
                return wrong(read, &fields[i], "this coder has a column already");
        if (read->cluster == SIZE_MAX && names_cluster(&fields[i])) {
            read->cluster = i;
            result->cluster = copy;
        } else {
            coders[result->data.coders++] = copy;
        }
    }
    return result->data.coders >= 2 || qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0,
                                               "expected a column for the unit and one for each of two or more coders");
}

static bool read_cluster(rating_reader *read, const qc_csv_field *field)
{
    const qc_csv_field name = qc_trimmed(field);
    if (!name.length)
        return wrong(read, field, "expected the name of what the unit belongs to");
    size_t number = qc_set_add(&read->clusters, name.text, name.length, NULL);
    if (number == SIZE_MAX)
        return qc_no_memory(read->err);
    uint32_t cluster = (uint32_t)number;
    return qc_buffer_append(&read->clustering, &cluster, sizeof cluster) || qc_no_memory(read->err);
}

static bool read_row(rating_reader *read, const qc_csv_field *fields)
{
    const qc_csv_field unit = qc_trimmed(&fields[0]);
    bool added;
    if (!unit.length)
        return wrong(read, &fields[0], "expected the name of a unit");
    if (qc_set_add(&read->units, unit.text, unit.length, &added) == SIZE_MAX)
        return qc_no_memory(read->err);
    if (!added)
        return wrong(read, &fields[0], "this unit has a line already");
    for (size_t i = 1; i < read->columns; i++) {
        int32_t value;
        if (i == read->cluster) {
            if (!read_cluster(read, &fields[i]))
                return false;
        } else if (!read_value(read, &fields[i], &value)) {
            return false;
        } else if (!qc_buffer_append(&read->cells, &value, sizeof value)) {
            return qc_no_memory(read->err);
        }
    }
    read->result->data.units++;
    return true;
}

static bool read_rows(rating_reader *read)
{
    const qc_csv_field *fields;
    size_t count;
    for (;;) {
        if (!qc_csv_next(read->csv, &fields, &count, read->err))
            return false;
        if (!count)
            break;
        if (count != read->columns)
            return qc_fail(read->err, QCODE_INVALID, read->source, fields[0].line, 0,
                           "expected %zu columns, as in the first line, and found %zu", read->columns, count);
        if (!read_row(read, fields))
            return false;
    }
    return read->result->data.units ||
           qc_fail(read->err, QCODE_INVALID, read->source, 0, 0, "expected a line for each unit, and found none");
}

static int in_order(const void *a, const void *b)
{
    const category *x = a, *y = b;
    if (x->number < y->number || x->number > y->number)
        return x->number < y->number ? -1 : 1;
    return strcmp(x->text, y->text);
}

static const char *name_number(rating_reader *read, double number)
{
    read->scratch.length = 0;
    qc_json_put_number(&read->scratch, number);
    return read->scratch.failed ? NULL
                                : qc_arena_copy(&read->result->arena, read->scratch.data, read->scratch.length);
}

/* What was met, named and in order: those that were given in their order stay in it. */
static bool name_categories(rating_reader *read, category *list)
{
    qc_arena *arena = &read->result->arena;
    for (size_t i = 0; i < read->values.count; i++) {
        const char *bytes = qc_set_at(&read->values, i);
        list[i] = (category){.met = i, .number = read->kind == VALUE_LISTED ? (double)i : 0};
        if (read->kind == VALUE_NUMBER)
            memcpy(&list[i].number, bytes, sizeof list[i].number);
        list[i].text = read->kind == VALUE_NUMBER ? name_number(read, list[i].number) : qc_arena_string(arena, bytes);
        if (!list[i].text)
            return qc_no_memory(read->err);
    }
    if (read->values.count)
        qsort(list, read->values.count, sizeof *list, in_order);
    return true;
}

static bool keep_categories(rating_reader *read, const category *list, int32_t *places)
{
    qc_ratings *result = read->result;
    size_t count = read->values.count;
    const char **names = qc_arena_take_array(&result->arena, count + 1, sizeof *names);
    double *numbers = qc_arena_take_array(&result->arena, count + 1, sizeof *numbers);
    if (!names || !numbers)
        return qc_no_memory(read->err);
    for (size_t i = 0; i < count; i++) {
        names[i] = list[i].text;
        numbers[i] = list[i].number;
        places[list[i].met] = (int32_t)i;
    }
    result->data.categories = count;
    result->categories = names;
    result->numbers = read->kind == VALUE_NUMBER ? numbers : NULL;
    return true;
}

static int rising(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static bool make_set(rating_reader *read, const char *name, qcode_set_of_codes *set)
{
    size_t most = 1;
    for (const char *at = name; *at; at++)
        most += *at == '|';
    size_t *codes = qc_arena_take_array(&read->result->arena, most, sizeof *codes);
    if (!codes)
        return qc_no_memory(read->err);
    set->codes = codes;
    for (const char *from = name; *from;) {
        size_t length = strcspn(from, "|");
        if (length && (codes[set->count++] = qc_set_add(&read->codes, from, length, NULL)) == SIZE_MAX)
            return qc_no_memory(read->err);
        from += length + (from[length] == '|');
    }
    if (set->count)
        qsort(codes, set->count, sizeof *codes, rising);
    return true;
}

static bool make_sets(rating_reader *read)
{
    qc_ratings *result = read->result;
    qcode_set_of_codes *sets = qc_arena_take_array(&result->arena, result->data.categories + 1, sizeof *sets);
    if (!sets)
        return qc_no_memory(read->err);
    result->sets = sets;
    for (size_t i = 0; i < result->data.categories; i++)
        if (!make_set(read, result->categories[i], &sets[i]))
            return false;
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const category *)a)->text, ((const category *)b)->text);
}

/* The place of each name once they are in order; the names, which are put in order too. */
static const size_t *places_of(rating_reader *read, const char **names, size_t count)
{
    category *list = qc_arena_take_array(&read->result->arena, count + 1, sizeof *list);
    size_t *places = qc_arena_take_array(&read->result->arena, count + 1, sizeof *places);
    if (!list || !places)
        return NULL;
    for (size_t i = 0; i < count; i++)
        list[i] = (category){.met = i, .text = names[i]};
    if (count)
        qsort(list, count, sizeof *list, by_text);
    for (size_t i = 0; i < count; i++) {
        names[i] = list[i].text;
        places[list[i].met] = i;
    }
    return places;
}

static bool keep_clusters(rating_reader *read)
{
    qc_ratings *result = read->result;
    size_t count = read->clusters.count;
    const char **names = qc_arena_take_array(&result->arena, count + 1, sizeof *names);
    uint32_t *clusters = qc_arena_take_array(&result->arena, result->data.units + 1, sizeof *clusters);
    if (!names || !clusters)
        return qc_no_memory(read->err);
    for (size_t i = 0; i < count; i++)
        names[i] = qc_set_at(&read->clusters, i);
    const size_t *places = places_of(read, names, count);
    if (!places)
        return qc_no_memory(read->err);
    const uint32_t *met = (const void *)read->clustering.data;
    for (size_t i = 0; i < result->data.units; i++)
        clusters[i] = (uint32_t)places[met[i]];
    result->data.clusters = clusters;
    result->data.cluster_count = count;
    return true;
}

/* Coders, clusters and categories get their places in order, so that the order of the file changes nothing. */
static bool finish(rating_reader *read)
{
    qc_ratings *result = read->result;
    size_t cells = result->data.units * result->data.coders;
    category *list = qc_arena_take_array(&result->arena, read->values.count + 1, sizeof *list);
    int32_t *places = qc_arena_take_array(&result->arena, read->values.count + 1, sizeof *places);
    int32_t *values = qc_arena_take_array(&result->arena, cells + 1, sizeof *values);
    const size_t *coders = places_of(read, read->coders, result->data.coders);
    if (!list || !places || !values || !coders)
        return qc_no_memory(read->err);
    if (!name_categories(read, list) || !keep_categories(read, list, places))
        return false;
    const int32_t *met = (const void *)read->cells.data;
    for (size_t i = 0; i < cells; i++) {
        size_t coder = i % result->data.coders;
        values[i - coder + coders[coder]] = met[i] == QCODE_NOT_RATED ? QCODE_NOT_RATED : places[met[i]];
    }
    result->data.values = values;
    if (result->cluster && !keep_clusters(read))
        return false;
    return read->kind != VALUE_SET || make_sets(read);
}

/* "low,mid,high" as the categories, in this order. */
static bool take_order(rating_reader *read, const char *order)
{
    for (const char *from = order; *from;) {
        const qc_csv_field part = {.text = from, .length = strcspn(from, ",")};
        const qc_csv_field name = qc_trimmed(&part);
        bool added = false;
        if (qc_set_add(&read->values, name.text, name.length, &added) == SIZE_MAX)
            return qc_no_memory(read->err);
        if (!added || !name.length)
            return qc_fail(read->err, QCODE_USAGE, NULL, 0, 0, "the order of categories holds one twice, or an empty one");
        from += part.length + (from[part.length] == ',');
    }
    return true;
}

static value_kind kind_of(qcode_level level, const char *order)
{
    return level == QCODE_GIVEN_DISTANCE ? VALUE_SET
           : level == QCODE_NOMINAL      ? VALUE_WORD
           : order                       ? VALUE_LISTED
                                         : VALUE_NUMBER;
}

static void clear_reader(rating_reader *read)
{
    qc_csv_free(read->csv);
    qc_set *const sets[] = {&read->units, &read->clusters, &read->codes, &read->values};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        qc_set_clear(sets[i]);
    qc_buffer_clear(&read->cells);
    qc_buffer_clear(&read->clustering);
    qc_buffer_clear(&read->members);
    qc_buffer_clear(&read->scratch);
}

static qc_ratings *new_ratings(const qcode_memory *memory, qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    qc_ratings *ratings = qc_arena_take(&arena, sizeof *ratings);
    if (ratings)
        ratings->arena = arena;
    else
        qc_no_memory(err);
    return ratings;
}

void qc_ratings_free(qc_ratings *ratings)
{
    if (!ratings)
        return;
    qc_arena arena = ratings->arena; /* the ratings live in the arena that ends here */
    qc_arena_clear(&arena);
}

qc_ratings *qc_parse_ratings(const void *data, size_t length, const char *name, qcode_level level, const char *order,
                             const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(memory);
    const char *encoding;
    rating_reader read = {.source = name,
                          .memory = memory,
                          .err = err,
                          .result = new_ratings(memory, err),
                          .level = level,
                          .kind = kind_of(level, order),
                          .cluster = SIZE_MAX,
                          .units = qc_set_init(memory),
                          .clusters = qc_set_init(memory),
                          .codes = qc_set_init(memory),
                          .values = qc_set_init(memory),
                          .cells = qc_buffer_init(memory),
                          .clustering = qc_buffer_init(memory),
                          .members = qc_buffer_init(memory),
                          .scratch = qc_buffer_init(memory)};
    bool done = read.result && qc_decode(data, length, NULL, name, &text, &encoding, notes, err) &&
                (read.csv = qc_csv_new(text.data ? text.data : "", text.length, name, memory, err)) &&
                (read.kind != VALUE_LISTED || take_order(&read, order)) && read_header(&read) && read_rows(&read) &&
                finish(&read);
    if (done && notes && !qcode_notes_complete(notes))
        done = qc_no_memory(err);
    clear_reader(&read);
    qc_buffer_clear(&text);
    if (done)
        return read.result;
    qc_ratings_free(read.result);
    return NULL;
}

qc_ratings *qc_read_ratings(const char *path, qcode_level level, const char *order, const qcode_memory *memory,
                            qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return NULL;
    const char *name = strcmp(path, "-") == 0 ? "stdin" : path;
    qc_ratings *ratings = qc_parse_ratings(bytes.data ? bytes.data : (const void *)"", bytes.length, name, level, order,
                                           memory, notes, err);
    qc_bytes_clear(&bytes);
    return ratings;
}
