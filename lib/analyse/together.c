/* Which codes go together: in how many units, and how many chance would give. */
#include "analyse/tables.h"
#include "analyse/unit_codes.h"
#include "model/table.h"

#include <string.h>

static const qcode_column columns[] = {
    {"first", QCODE_TYPE_TEXT},        {"second", QCODE_TYPE_TEXT},       {"together", QCODE_TYPE_INTEGER},
    {"of_first", QCODE_TYPE_INTEGER},  {"of_second", QCODE_TYPE_INTEGER}, {"units", QCODE_TYPE_INTEGER},
    {"expected", QCODE_TYPE_NUMBER},   {"ratio", QCODE_TYPE_NUMBER},
};

/* How many units have both codes; of a code and itself, how many have it. */
typedef struct pairs {
    const qc_view *view;
    size_t *counts; /* codes x codes */
    size_t units;
} pairs;

static void count_unit(pairs *p, const uint8_t *has)
{
    p->units++;
    for (size_t a = 0; a < p->view->code_count; a++)
        for (size_t b = a; has[a] && b < p->view->code_count; b++)
            p->counts[a * p->view->code_count + b] += has[b];
}

static void add_row(qcode_table *table, const pairs *p, size_t a, size_t b)
{
    const qc_view *view = p->view;
    size_t together = p->counts[a * view->code_count + b], first = p->counts[a * view->code_count + a];
    size_t second = p->counts[b * view->code_count + b];
    double expected = p->units ? (double)first * (double)second / (double)p->units : 0;
    qc_table_add_text(table, qcode_code_id(qc_view_code(view, a)));
    qc_table_add_text(table, qcode_code_id(qc_view_code(view, b)));
    const size_t numbers[] = {together, first, second, p->units};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        qc_table_add_count(table, numbers[i]);
    qc_table_add_number(table, expected);
    if (expected > 0)
        qc_table_add_number(table, (double)together / expected);
    else
        qc_table_add_missing(table);
}

/* A code and one that it stands under always go together: such pairs say nothing. */
static bool is_told(const qc_view *view, size_t a, size_t b)
{
    return view->code_in_view[a] && view->code_in_view[b] && !qc_view_is_under(view, a, b) && !qc_view_is_under(view, b, a);
}

qcode_table *qc_table_together(const qc_view *view, qc_by by, const qcode_memory *memory, qcode_error *err)
{
    qc_unit_codes codes;
    pairs p = {.view = view};
    size_t cells;
    qcode_table *table = qc_table_new(memory);
    bool done = qc_unit_codes_init(&codes, view, by, memory, err) && table &&
                qc_multiply(view->code_count + 1, view->code_count, &cells) &&
                (p.counts = qc_arena_take_array(&codes.arena, cells + 1, sizeof *p.counts));
    if (done)
        memset(p.counts, 0, (cells + 1) * sizeof *p.counts);
    for (size_t i = 0; done && i < qc_units_count(&codes.units); i++)
        if (codes.in_view[i])
            count_unit(&p, codes.has + i * view->code_count);
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    for (size_t a = 0; done && a < view->code_count; a++)
        for (size_t b = a + 1; b < view->code_count; b++)
            if (is_told(view, a, b))
                add_row(table, &p, a, b);
    qc_unit_codes_clear(&codes);
    return qc_table_closed(table, done);
}
