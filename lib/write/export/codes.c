/* The tree of codes: top down, those of a parent in the order of the codebook. */
#include "write/export/codes.h"
#include "base/set.h"
#include "model/codebook.h"

typedef struct growing {
    const qc_view *view;
    qc_arena *arena;
    size_t *first; /* of each code the first below it; behind them all, the first that stands under none */
    size_t *next;  /* of each code the next beside it */
    bool *wanted, *borne;
    qc_set names;
    qc_code_row *rows;
    size_t count;
} growing;

static bool begin(growing *g)
{
    size_t count = g->view->code_count;
    g->first = qc_arena_take_array(g->arena, count + 1, sizeof *g->first);
    g->next = qc_arena_take_array(g->arena, count + 1, sizeof *g->next);
    g->wanted = qc_arena_take_array(g->arena, count + 1, sizeof *g->wanted);
    g->borne = qc_arena_take_array(g->arena, count + 1, sizeof *g->borne);
    g->rows = qc_arena_take_array(g->arena, count + 1, sizeof *g->rows);
    return g->first && g->next && g->wanted && g->borne && g->rows;
}

static void want(growing *g)
{
    for (size_t i = 0; i < g->view->code_count; i++)
        for (size_t at = i; g->view->code_in_view[i] && at != SIZE_MAX && !g->wanted[at]; at = g->view->parents[at])
            g->wanted[at] = true;
    for (size_t i = 0; i < g->view->segment_count; i++)
        g->borne[g->view->segments[i].code] = true;
}

/* From the last to the first, so that lists are in the order of the codebook. */
static void link_codes(growing *g)
{
    size_t count = g->view->code_count;
    for (size_t i = 0; i <= count; i++)
        g->first[i] = g->next[i] = SIZE_MAX;
    for (size_t i = count; i-- > 0;) {
        size_t parent = g->view->parents[i] == SIZE_MAX ? count : g->view->parents[i];
        if (!g->wanted[i])
            continue;
        g->next[i] = g->first[parent];
        g->first[parent] = i;
    }
}

/* The name in lower-case ASCII: programs that tell names apart without case find no two. */
static const char *folded(growing *g, const char *name)
{
    char *copy = qc_arena_string(g->arena, name);
    for (char *c = copy; c && *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + ('a' - 'A')) : *c;
    return copy;
}

static const char *name_code(growing *g, const qcode_code *code)
{
    bool added = false;
    const char *name = code->name;
    qc_buffer longer = qc_buffer_init(g->arena->memory);
    for (size_t i = 0; name && !added; i++) {
        const char *fold = folded(g, name);
        if (!fold || qc_set_add(&g->names, fold, strlen(fold), &added) == SIZE_MAX)
            name = NULL;
        if (!name || added)
            break;
        longer.length = 0;
        qc_buffer_print(&longer, "%s (%s)", code->name, code->id);
        if (i)
            qc_buffer_print(&longer, " %zu", i + 1);
        const char *text = qc_buffer_text(&longer);
        name = text ? qc_arena_string(g->arena, text) : NULL;
    }
    qc_buffer_clear(&longer);
    return name;
}

static bool add_row(growing *g, size_t code, size_t depth)
{
    const qcode_code *of = qc_view_code(g->view, code);
    qc_code_row *row = &g->rows[g->count++];
    *row = (qc_code_row){code, depth, name_code(g, of), of->has_children && !of->rule_count && !g->borne[code]};
    return row->name != NULL;
}

/* Walks down, beside, and up again. */
static bool list_rows(growing *g)
{
    size_t at = g->first[g->view->code_count], depth = 0;
    while (at != SIZE_MAX) {
        if (!add_row(g, at, depth))
            return false;
        if (g->first[at] != SIZE_MAX) {
            at = g->first[at];
            depth++;
            continue;
        }
        while (g->next[at] == SIZE_MAX && depth) {
            at = g->view->parents[at];
            depth--;
        }
        at = g->next[at];
    }
    return true;
}

bool qc_code_tree_make(const qc_exporting *from, qc_arena *arena, qc_code_tree *tree)
{
    growing g = {.view = from->view, .arena = arena, .names = qc_set_init(from->memory)};
    size_t *place = qc_arena_take_array(arena, from->view->code_count + 1, sizeof *place);
    bool done = place && begin(&g);
    if (done) {
        want(&g);
        link_codes(&g);
        done = list_rows(&g);
    }
    for (size_t i = 0; done && i < from->view->code_count; i++)
        place[i] = SIZE_MAX;
    for (size_t i = 0; done && i < g.count; i++)
        place[g.rows[i].code] = i;
    qc_set_clear(&g.names);
    *tree = (qc_code_tree){g.rows, g.count, place};
    return done;
}

bool qc_put_code_words(qc_buffer *out, const qcode_code *code)
{
    const struct {
        const char *before, *text;
    } parts[] = {{"", code->definition}, {"Include: ", code->include}, {"Exclude: ", code->exclude},
                 {"Note: ", code->note}};
    size_t from = out->length;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].text && *parts[i].text) {
            qc_buffer_string(out, out->length > from ? "\n" : "");
            qc_buffer_string(out, parts[i].before);
            qc_buffer_string(out, parts[i].text);
        }
    return !out->failed;
}
