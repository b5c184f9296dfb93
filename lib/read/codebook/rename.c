/* Another id for a code, put into the text of its codebook where the parser found the old one. */
#include "read/rename.h"
#include "base/error.h"
#include "format/json.h"
#include "format/yaml.h"

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

/* Copies the text up to a name and puts the new one in its place, in the quotes of the old one. */
static bool replace_name(const qcode_rename *rename, const qc_yaml_node *name, const char *text, size_t *copied,
                         qc_buffer *out)
{
    char first = text[name->source_start];
    bool quoted = first == '"' || first == '\'';
    size_t start = name->source_start + quoted, end = name->source_end - quoted;
    if (end < start || end - start != strlen(rename->from) || memcmp(text + start, rename->from, end - start) != 0)
        return false;
    qc_buffer_append(out, text + *copied, start - *copied);
    qc_buffer_string(out, rename->to);
    *copied = end;
    return true;
}

/* All names in the order of the file. False at one that is written in a way in which it cannot be replaced. */
static const qc_yaml_node *replace_names(const qcode_rename *rename, const qc_yaml_node *root, const char *text,
                                         size_t *copied, qc_buffer *out)
{
    struct level {
        const qc_yaml_node *next;
        place in;
    } levels[QC_YAML_MOST_DEPTH + 1] = {{root->first, PLACE_BOOK}};
    for (size_t depth = 1; depth;) {
        const qc_yaml_node *node = levels[depth - 1].next;
        if (!node) {
            depth--;
            continue;
        }
        place here = step_to(levels[depth - 1].in, node->key);
        levels[depth - 1].next = node->next;
        if (node->kind != QC_YAML_SCALAR && here != PLACE_NOWHERE)
            levels[depth++] = (struct level){node->first, here};
        else if (here == PLACE_NAME && strcmp(node->text, rename->from) == 0 &&
                 !replace_name(rename, node, text, copied, out))
            return node;
    }
    return NULL;
}

/* One more item, in the indentation of those that are there. */
static void put_change(const qcode_rename *rename, size_t indent, qc_buffer *out)
{
    qc_buffer_print(out, "%*s- what: \"rename %s to %s\"\n", (int)indent, "", rename->from, rename->to);
    qc_buffer_print(out, "%*sby: ", (int)indent + 2, "");
    qc_json_put_string(out, rename->by);
    qc_buffer_print(out, "\n%*son: %s\n%*sreason: ", (int)indent + 2, "", rename->on, (int)indent + 2, "");
    qc_json_put_string(out, rename->reason);
    qc_buffer_byte(out, '\n');
}

static void put_rest(const qcode_rename *rename, const qc_yaml_node *changes, const char *text, size_t length,
                     size_t copied, qc_buffer *out)
{
    size_t behind = length;
    if (changes) {
        behind = changes->source_end;
        while (behind < length && text[behind - 1] != '\n')
            behind++;
    }
    qc_buffer_append(out, text + copied, behind - copied);
    if (behind && text[behind - 1] != '\n')
        qc_buffer_byte(out, '\n');
    if (!changes)
        qc_buffer_string(out, "\nchanges:\n");
    put_change(rename, changes ? changes->column - 1 : 2, out);
    qc_buffer_append(out, text + behind, length - behind);
}

static bool rename_in(const qc_yaml_node *root, const char *path, const qcode_rename *rename, const char *text,
                      size_t length, qc_buffer *out, qcode_error *err)
{
    const qc_yaml_node *changes = qc_yaml_get(root, "changes"), *last = root->first;
    size_t copied = 0;
    while (last && last->next)
        last = last->next;
    if (changes && (changes->kind != QC_YAML_LIST || !changes->count || text[changes->source_start] == '['))
        return qc_fail(err, QCODE_INVALID, path, changes->line, changes->column,
                       "expected \"changes\" as a list with a line for each dash");
    if (changes && changes != last)
        return qc_fail(err, QCODE_INVALID, path, changes->key_line, changes->key_column,
                       "expected \"changes\" at the end of the codebook");
    const qc_yaml_node *wrong = replace_names(rename, root, text, &copied, out);
    if (wrong)
        return qc_fail(err, QCODE_INVALID, path, wrong->line, wrong->column,
                       "the id is written in a way in which it cannot be replaced");
    put_rest(rename, changes, text, length, copied, out);
    return !out->failed || qc_no_memory(err);
}

bool qc_book_rename(const qcode_codebook *book, const char *path, const qcode_rename *rename,
                    const qcode_memory *memory, qc_buffer *out, qcode_error *err)
{
    size_t length;
    const char *text = qcode_codebook_bytes(book, &length);
    qc_arena tree = qc_arena_init(memory);
    const qc_yaml_node *root = qc_yaml_parse(&tree, text, length, path, err);
    bool done = root && rename_in(root, path, rename, text, length, out, err);
    qc_arena_clear(&tree);
    return done;
}
