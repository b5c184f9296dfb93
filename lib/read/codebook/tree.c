/* How codes stand together: in trees, and in themes. */
#include "read/codebook/codebook.h"

#include <string.h>

qc_code_walk qc_code_walk_init(const qc_yaml_node *list)
{
    return (qc_code_walk){.levels = {{list->first, SIZE_MAX}}, .depth = 1};
}

const qc_yaml_node *qc_code_walk_next(qc_code_walk *walk, size_t *parent)
{
    while (walk->depth && !walk->levels[walk->depth - 1].next)
        walk->depth--;
    if (!walk->depth)
        return NULL;
    struct qc_code_level *level = &walk->levels[walk->depth - 1];
    const qc_yaml_node *node = level->next, *item = node->kind == QC_YAML_MAP ? node->first : NULL;
    *parent = level->parent;
    level->next = node->next;
    while (item && strcmp(item->key, "codes") != 0)
        item = item->next;
    if (item && item->kind == QC_YAML_LIST && item->first && walk->depth < QC_BOOK_MOST_LEVELS)
        walk->levels[walk->depth++] = (struct qc_code_level){item->first, walk->count};
    walk->count++;
    return node;
}

typedef struct theme_draft {
    qcode_theme theme;
    const qc_yaml_node *id, *codes;
} theme_draft;

static void read_members(qc_book_reader *reader, const qc_yaml_node *node, qcode_theme *theme)
{
    bool list;
    const qc_yaml_node *item = qc_book_items(reader, node, "the id of a code, or a list of them", &list);
    theme->codes = qc_arena_take_array(&reader->book->arena, list ? node->count : 1, sizeof *theme->codes);
    if (!theme->codes) {
        qc_book_no_memory(reader);
        return;
    }
    for (; item && !reader->stopped; item = list ? item->next : NULL)
        if (qc_book_refer(reader, NULL, item, &theme->codes[theme->code_count]))
            theme->code_count++;
}

static void read_theme(qc_book_reader *reader, const qc_yaml_node *node, qcode_theme *theme)
{
    static const qc_book_field fields[] = {
        {"id", qc_book_node, offsetof(theme_draft, id)},
        {"name", qc_book_text, offsetof(theme_draft, theme.name)},
        {"definition", qc_book_text, offsetof(theme_draft, theme.definition)},
        {"note", qc_book_text, offsetof(theme_draft, theme.note)},
        {"codes", qc_book_node, offsetof(theme_draft, codes)},
    };
    theme_draft draft = {.theme = {.id = "", .name = "", .definition = "", .note = "", .line = node->line,
                                   .column = node->column}};
    if (!qc_book_map(reader, node, fields, sizeof fields / sizeof *fields, "a theme", &draft))
        return;
    const char *id = NULL;
    if (!draft.id || !draft.codes)
        qc_book_mistake(reader, node->line, node->column, "a theme without \"%s\"", draft.id ? "codes" : "id");
    if (draft.id && qc_book_is_text(reader, draft.id, "the id of a theme"))
        id = qc_book_name(reader, draft.id, draft.id->text, draft.id->line, draft.id->column, "the id of a theme");
    *theme = draft.theme;
    theme->id = id ? id : "";
    theme->name = *theme->name ? theme->name : theme->id;
    if (draft.codes)
        read_members(reader, draft.codes, theme);
}

void qc_book_themes(qc_book_reader *reader, const qc_yaml_node *node)
{
    qcode_codebook *book = reader->book;
    if (node->kind != QC_YAML_LIST || !node->count || node->count > QC_BOOK_MOST_THEMES) {
        qc_book_mistake(reader, node->line, node->column,
                        "expected a list of 1 to %d themes, each a map with \"id\" and \"codes\"", QC_BOOK_MOST_THEMES);
        return;
    }
    qcode_theme *themes = qc_arena_take_array(&book->arena, node->count, sizeof *themes);
    if (!themes) {
        qc_book_no_memory(reader);
        return;
    }
    book->themes = themes;
    for (const qc_yaml_node *child = node->first; child && !reader->stopped; child = child->next) {
        qcode_theme *theme = &themes[book->theme_count];
        *theme = (qcode_theme){.id = "", .name = ""};
        read_theme(reader, child, theme);
        for (size_t i = 0; i < book->theme_count && *theme->id; i++)
            if (strcmp(themes[i].id, theme->id) == 0)
                qc_book_mistake(reader, child->line, child->column, "the theme \"%s\" is there already, on line %zu",
                                theme->id, themes[i].line);
        book->theme_count++;
    }
}
