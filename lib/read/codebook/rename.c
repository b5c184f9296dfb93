/* Another id for a code, put into the text of its codebook where the parser found the old one. */
#include "read/codebook/rewrite.h"

/* What a node is, as far as it may name a code. */
typedef enum place {
    PLACE_NOWHERE, /* nothing below names one */
    PLACE_BOOK,
    PLACE_CODES,
    PLACE_CODE,
    PLACE_THEMES,
    PLACE_THEME,
    PLACE_RULE,
    PLACE_NAME /* a code's id, or a list of them */
} place;

/* What the value of a key is, in a node that is somewhere. */
static const struct step {
    place in;
    const char *key; /* NULL: of every other key, and of a list's items */
    place to;
} steps[] = {
    {PLACE_BOOK, "codes", PLACE_CODES},      {PLACE_BOOK, "themes", PLACE_THEMES}, {PLACE_BOOK, "topics", PLACE_RULE},
    {PLACE_BOOK, "evidence", PLACE_RULE},    {PLACE_CODES, NULL, PLACE_CODE},      {PLACE_CODE, "id", PLACE_NAME},
    {PLACE_CODE, "parent", PLACE_NAME},      {PLACE_CODE, "codes", PLACE_CODES},   {PLACE_CODE, "code", PLACE_NAME},
    {PLACE_CODE, "after", PLACE_NAME},       {PLACE_CODE, "before", PLACE_NAME},   {PLACE_CODE, "examples", PLACE_NOWHERE},
    {PLACE_CODE, "where", PLACE_NOWHERE},    {PLACE_CODE, NULL, PLACE_RULE},       {PLACE_THEMES, NULL, PLACE_THEME},
    {PLACE_THEME, "codes", PLACE_NAME},      {PLACE_RULE, "code", PLACE_NAME},     {PLACE_RULE, "after", PLACE_NAME},
    {PLACE_RULE, "before", PLACE_NAME},      {PLACE_RULE, "where", PLACE_NOWHERE}, {PLACE_RULE, NULL, PLACE_RULE},
    {PLACE_NAME, "code", PLACE_NAME},        {PLACE_NAME, "within", PLACE_NOWHERE}, {PLACE_NAME, NULL, PLACE_NAME},
};

static place step_to(place in, const char *key)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].in == in && (!steps[i].key || (key && strcmp(steps[i].key, key) == 0)))
            return steps[i].to;
    return PLACE_NOWHERE;
}

/* Puts the new name in the place of one, in its quotes. */
static bool replace_name(qc_rewrite *rewrite, const qc_yaml_node *name, const char *from, const char *to)
{
    char first = rewrite->text[name->source_start];
    bool quoted = first == '"' || first == '\'';
    size_t start = name->source_start + quoted, end = name->source_end - quoted;
    if (end < start || end - start != strlen(from) || memcmp(rewrite->text + start, from, end - start) != 0)
        return qc_cannot_rewrite(rewrite, name, "the id is written");
    return qc_yaml_edit(&rewrite->edits, start, end, to) || qc_no_memory(rewrite->err);
}

/* All names in the order of the file, or all but the code's own. */
static bool replace_names(qc_rewrite *rewrite, const char *from, const char *to, bool own)
{
    struct level {
        const qc_yaml_node *next;
        place in;
    } levels[QC_YAML_MOST_DEPTH + 1] = {{rewrite->root->first, PLACE_BOOK}};
    bool done = true;
    for (size_t depth = 1; done && depth;) {
        const qc_yaml_node *node = levels[depth - 1].next;
        if (!node) {
            depth--;
            continue;
        }
        place in = levels[depth - 1].in, here = step_to(in, node->key);
        levels[depth - 1].next = node->next;
        bool is_own = in == PLACE_CODE && node->key && strcmp(node->key, "id") == 0;
        if (node->kind != QC_YAML_SCALAR && here != PLACE_NOWHERE)
            levels[depth++] = (struct level){node->first, here};
        else if (here == PLACE_NAME && strcmp(node->text, from) == 0 && (own || !is_own))
            done = replace_name(rewrite, node, from, to);
    }
    return done;
}

bool qc_step_rename(qc_rewrite *rewrite, const char *from, const char *to)
{
    return replace_names(rewrite, from, to, true);
}

bool qc_step_refer(qc_rewrite *rewrite, const char *from, const char *to)
{
    return replace_names(rewrite, from, to, false);
}
