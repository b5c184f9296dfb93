/* A table: its columns, and one array of cells. */
#include "model/table.h"
#include "base/memory.h"

#include <assert.h>
#include <float.h>
#include <string.h>

struct qcode_table {
    const qcode_memory *memory;
    qc_arena names, texts;
    qcode_column *columns;
    size_t column_count, column_capacity;
    qcode_cell *cells;
    size_t cell_count, cell_capacity;
    bool failed; /* memory ran out */
};

qcode_table *qc_table_new(const qcode_memory *memory)
{
    qcode_table *table = qc_resize(memory, NULL, sizeof *table);
    if (table)
        *table = (qcode_table){.memory = memory, .names = qc_arena_init(memory), .texts = qc_arena_init(memory)};
    return table;
}

void qcode_table_free(qcode_table *table)
{
    if (!table)
        return;
    qc_release(table->memory, table->columns);
    qc_release(table->memory, table->cells);
    qc_arena_clear(&table->names);
    qc_arena_clear(&table->texts);
    qc_release(table->memory, table);
}

bool qc_table_add_column(qcode_table *table, const char *name, qcode_type type)
{
    assert(!table->cell_count);
    const char *copy = qc_arena_string(&table->names, name);
    if (copy && qc_grow(table->memory, &table->columns, &table->column_capacity, table->column_count + 1,
                        sizeof *table->columns))
        table->columns[table->column_count++] = (qcode_column){copy, type};
    else
        table->failed = true;
    return !table->failed;
}

/* The type of the column that the next cell stands in. */
static qcode_type next_type(const qcode_table *table)
{
    return table->columns[table->cell_count % table->column_count].type;
}

static bool add_cell(qcode_table *table, qcode_cell cell)
{
    if (!table->failed &&
        qc_grow(table->memory, &table->cells, &table->cell_capacity, table->cell_count + 1, sizeof *table->cells))
        table->cells[table->cell_count++] = cell;
    else
        table->failed = true;
    return !table->failed;
}

bool qc_table_add_text(qcode_table *table, const char *text)
{
    if (!text)
        return qc_table_add_missing(table);
    assert(table->failed || next_type(table) == QCODE_TYPE_TEXT);
    const char *copy = qc_arena_string(&table->texts, text);
    table->failed = table->failed || !copy;
    return add_cell(table, (qcode_cell){.as.text = copy});
}

bool qc_table_add_integer(qcode_table *table, int64_t integer)
{
    assert(table->failed || next_type(table) == QCODE_TYPE_INTEGER);
    return add_cell(table, (qcode_cell){.as.integer = integer});
}

bool qc_table_add_count(qcode_table *table, size_t count)
{
    return qc_table_add_integer(table, count > INT64_MAX ? INT64_MAX : (int64_t)count);
}

bool qc_table_add_number(qcode_table *table, double number)
{
    assert(table->failed || next_type(table) == QCODE_TYPE_NUMBER);
    return add_cell(table, number >= -DBL_MAX && number <= DBL_MAX ? (qcode_cell){.as.number = number}
                                                                   : (qcode_cell){.missing = true});
}

bool qc_table_add_yes_no(qcode_table *table, bool yes)
{
    assert(table->failed || next_type(table) == QCODE_TYPE_YES_NO);
    return add_cell(table, (qcode_cell){.as.yes = yes});
}

bool qc_table_add_missing(qcode_table *table)
{
    return add_cell(table, (qcode_cell){.missing = true});
}

void qc_table_empty(qcode_table *table)
{
    table->cell_count = 0;
    qc_arena_clear(&table->texts);
    table->texts = qc_arena_init(table->memory);
}

const qcode_memory *qc_table_memory(const qcode_table *table)
{
    return table->memory;
}

bool qc_table_complete(const qcode_table *table)
{
    return !table->failed;
}

size_t qcode_table_column_count(const qcode_table *table)
{
    return table->column_count;
}

const qcode_column *qcode_table_column(const qcode_table *table, size_t index)
{
    return &table->columns[index];
}

size_t qcode_table_find(const qcode_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

size_t qcode_table_row_count(const qcode_table *table)
{
    return table->column_count ? table->cell_count / table->column_count : 0;
}

qcode_cell qcode_table_cell(const qcode_table *table, size_t row, size_t column)
{
    return table->cells[row * table->column_count + column];
}

qcode_table *qc_table_closed(qcode_table *table, bool done)
{
    if (table && done && qc_table_complete(table))
        return table;
    qcode_table_free(table);
    return NULL;
}
