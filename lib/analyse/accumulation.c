/* When codes were first met: interview by interview in the order of the run, what is new. */
#include "analyse/tables.h"
#include "model/table.h"

#include <string.h>

static const qcode_column columns[] = {
    {"interview", QCODE_TYPE_INTEGER}, {"document", QCODE_TYPE_TEXT},          {"date", QCODE_TYPE_TEXT},
    {"codes", QCODE_TYPE_INTEGER},     {"first_mentions", QCODE_TYPE_INTEGER}, {"so_far", QCODE_TYPE_INTEGER},
    {"new_inductive", QCODE_TYPE_INTEGER}, {"which", QCODE_TYPE_TEXT},
};

typedef struct accumulating {
    const qc_view *view;
    uint8_t *met;   /* each code, in any interview so far */
    uint8_t *here;  /* ... in this one */
    qc_buffer which;
} accumulating;

/* What stands in an interview; a parent is met with its children and is not new beside them. */
static void add_talk(accumulating *a, qcode_table *table, size_t document, size_t number, size_t *so_far)
{
    const qc_view *view = a->view;
    size_t codes = 0, fresh = 0, inductive = 0;
    memset(a->here, 0, view->code_count + 1);
    for (size_t i = 0; i < view->segment_count; i++)
        if (view->segments[i].document == document)
            a->here[view->segments[i].code] = 1;
    a->which.length = 0;
    for (size_t code = 0; code < view->code_count; code++) {
        codes += a->here[code];
        if (!a->here[code] || a->met[code])
            continue;
        a->met[code] = 1;
        inductive += qcode_code_from(qc_view_code(view, code)) == QCODE_INDUCTIVE;
        qc_buffer_print(&a->which, "%s%s", fresh++ ? ", " : "", qcode_code_id(qc_view_code(view, code)));
    }
    *so_far += fresh;
    const char *which = fresh ? qc_buffer_text(&a->which) : NULL;
    qc_table_add_count(table, number);
    qc_table_add_text(table, qcode_transcript_name(view->talks[document]));
    qc_table_add_text(table, qcode_transcript_value(view->talks[document], NULL, "date"));
    const size_t numbers[] = {codes, fresh, *so_far, inductive};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        qc_table_add_count(table, numbers[i]);
    qc_table_add_text(table, which);
}

qcode_table *qc_table_accumulation(const qc_view *view, const qcode_memory *memory)
{
    qc_arena arena = qc_arena_init(memory);
    accumulating a = {.view = view, .met = qc_arena_take_array(&arena, view->code_count + 1, 1),
                      .here = qc_arena_take_array(&arena, view->code_count + 1, 1), .which = qc_buffer_init(memory)};
    qcode_table *table = qc_table_new(memory);
    bool done = table && a.met && a.here;
    size_t so_far = 0, number = 0;
    if (done)
        memset(a.met, 0, view->code_count + 1);
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    for (size_t i = 0; done && i < view->talk_count; i++)
        if (view->talk_in_view[i])
            add_talk(&a, table, i, ++number, &so_far);
    done = done && !a.which.failed;
    qc_buffer_clear(&a.which);
    qc_arena_clear(&arena);
    return qc_table_closed(table, done);
}
