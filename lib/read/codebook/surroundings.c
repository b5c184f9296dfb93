/* What has to hold around a rule's hits: ghosts, other codes beside them, the speaker, the question; and references to
 * codes. */
#include "base/error.h"
#include "base/utf8.h"
#include "read/codebook/codebook.h"

#include <stdlib.h>
#include <string.h>

static bool refer(qc_book_reader *reader, const qc_reference *reference)
{
    if (!qc_book_is_text(reader, reference->name, "the id of a code"))
        return false;
    if (reader->reference_count == QC_BOOK_MOST_REFERENCES)
        return qc_book_limit(reader, reference->name, "more than the limit of %d references to codes",
                             QC_BOOK_MOST_REFERENCES);
    if (!qc_grow(reader->memory, &reader->references, &reader->reference_capacity, reader->reference_count + 1,
                 sizeof *reader->references))
        return qc_book_no_memory(reader);
    reader->references[reader->reference_count++] = *reference;
    return true;
}

bool qc_book_refer(qc_book_reader *reader, const qcode_code *from, const qc_yaml_node *name, const qcode_code **to)
{
    return refer(reader, &(qc_reference){.from = from, .name = name, .to = to});
}

bool qc_book_refer_to_parent(qc_book_reader *reader, const qc_yaml_node *name, qcode_code *code)
{
    return refer(reader, &(qc_reference){.from = code, .is_parent = true, .name = name, .to = &code->parent});
}

static const qcode_code *find_code(qc_book_reader *reader, const qc_yaml_node *name)
{
    const qcode_codebook *book = reader->book;
    qc_folded folded;
    if (!qc_fold(&reader->folder, QC_FORM_NFC, name->text, name->length, &folded)) {
        qc_book_no_memory(reader);
        return NULL;
    }
    char id[QC_BOOK_MOST_NAME + 1] = "";
    if (folded.length < sizeof id) {
        memcpy(id, folded.text, folded.length);
        id[folded.length] = '\0';
        const qcode_code *code = qcode_codebook_find(book, id);
        if (code)
            return code;
    }
    qc_nearest nearest = {.word = name->text};
    for (size_t i = 0; i < book->count && reader->mistake_count < QC_BOOK_MOST_MISTAKES; i++)
        qc_nearest_look(&nearest, book->codes[i].id);
    qc_book_mistake(reader, name->line, name->column, "there is no code \"%.*s\"%s%s%s", qc_utf8_cut(name->text, 100),
                    name->text, nearest.best ? "; did you mean \"" : "", nearest.best ? nearest.best : "",
                    nearest.best ? "\"?" : "");
    return NULL;
}

/* Leaves out, again and again, references from codes that nobody refers to and to codes that refer to nobody: what is
 * left goes in circles. */
static size_t leave_circles(qc_reference *list, size_t count, size_t *from, size_t *to)
{
    for (bool left_out = true; left_out;) {
        size_t used = 0;
        left_out = false;
        for (size_t i = 0; i < count; i++) {
            size_t a = list[i].from->index, b = (*list[i].to)->index;
            if (to[a] && from[b]) {
                list[used++] = list[i];
                continue;
            }
            from[a]--;
            to[b]--;
            left_out = true;
        }
        count = used;
    }
    return count;
}

/* Circles among what rules refer to. */
static void find_circles(qc_book_reader *reader)
{
    size_t count = 0, codes = reader->book->count;
    qc_arena room = qc_arena_init(reader->memory);
    size_t *from = qc_arena_take_array(&room, codes + 1, sizeof *from);
    size_t *to = qc_arena_take_array(&room, codes + 1, sizeof *to);
    qc_reference *list = qc_arena_take_array(&room, reader->reference_count + 1, sizeof *list);
    for (size_t i = 0; from && to && list && i < reader->reference_count; i++) {
        const qc_reference *reference = &reader->references[i];
        if (!reference->from || reference->is_parent || !*reference->to)
            continue;
        list[count++] = *reference;
        from[reference->from->index]++;
        to[(*reference->to)->index]++;
    }
    if (!from || !to || !list)
        qc_book_no_memory(reader);
    else if ((count = leave_circles(list, count, from, to)))
        qc_book_mistake(reader, list[0].name->line, list[0].name->column, "the code \"%s\" would depend on itself by way of \"%s\"",
                        list[0].from->id, (*list[0].to)->id);
    qc_arena_clear(&room);
}

/* A code under one of those in its own `codes`: no chain of parents is longer than there are codes. */
static void check_depths(qc_book_reader *reader)
{
    qcode_codebook *book = reader->book;
    for (size_t i = 0; i < reader->reference_count && reader->mistake_count < QC_BOOK_MOST_MISTAKES; i++) {
        const qc_reference *reference = &reader->references[i];
        const qcode_code *code = reference->is_parent ? *reference->to : NULL;
        for (size_t steps = 0; code && code != reference->from; code = code->parent)
            if (++steps > book->count)
                break;
        if (code && code == reference->from)
            qc_book_mistake(reader, reference->name->line, reference->name->column,
                            "the code \"%s\" would stand under itself by way of \"%s\"", code->id, (*reference->to)->id);
    }
}

void qc_book_link(qc_book_reader *reader)
{
    for (size_t i = 0; i < reader->reference_count && !reader->stopped; i++)
        *reader->references[i].to = find_code(reader, reader->references[i].name);
    if (!reader->stopped)
        find_circles(reader);
    if (!reader->stopped)
        check_depths(reader);
    qcode_code *codes = (qcode_code *)reader->book->codes; /* not yet anybody else's */
    for (size_t i = 0; i < reader->book->count; i++)
        if (codes[i].parent)
            ((qcode_code *)codes[i].parent)->has_children = true;
}

static void read_beside(qc_book_reader *reader, const qc_yaml_node *node, bool behind, const qcode_rule *rule,
                        qc_beside *beside)
{
    typedef struct beside_draft {
        const qc_yaml_node *code, *within;
    } beside_draft;
    static const qc_book_field fields[] = {
        {"code", qc_book_node, offsetof(beside_draft, code)},
        {"within", qc_book_node, offsetof(beside_draft, within)},
    };
    beside_draft draft = {.code = node};
    *beside = (qc_beside){.behind = behind};
    if (node->kind == QC_YAML_MAP) {
        draft.code = NULL;
        qc_book_map(reader, node, fields, sizeof fields / sizeof *fields, "a code beside this one", &draft);
        if (!draft.code)
            qc_book_mistake(reader, node->line, node->column, "expected {code: ..., within: ...}");
    }
    if (draft.within)
        qc_book_within(reader, draft.within, &beside->within);
    if (draft.code)
        qc_book_refer(reader, rule->code, draft.code, &beside->code);
}

static size_t count_items(const qc_yaml_node *node)
{
    return !node ? 0 : node->kind == QC_YAML_LIST ? node->count : 1;
}

/* `after` and `before`: the id of a code, {code: ..., within: ...}, or a list of those. */
static void read_besides(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule)
{
    const qc_yaml_node *const keys[] = {draft->after, draft->before};
    qc_beside *list =
        qc_arena_take_array(&reader->book->arena, count_items(keys[0]) + count_items(keys[1]), sizeof *list);
    if (!list) {
        qc_book_no_memory(reader);
        return;
    }
    rule->besides = list;
    for (size_t k = 0; k < 2; k++) {
        bool is_list = false;
        const qc_yaml_node *item = keys[k] ? qc_book_items(reader, keys[k], "the id of a code", &is_list) : NULL;
        for (; item && !reader->stopped; item = is_list ? item->next : NULL)
            read_beside(reader, item, k == 1, rule, &list[rule->beside_count++]);
    }
}

static void read_role(qc_book_reader *reader, const qc_yaml_node *item)
{
    if (qc_book_is_text(reader, item, "interviewer or respondent") && strcmp(item->text, "interviewer") != 0 &&
        strcmp(item->text, "respondent") != 0)
        qc_book_mistake(reader, item->line, item->column, "found \"%.60s\" where interviewer or respondent is expected",
                        item->text);
}

/* One attribute and the values it may have. */
static void read_where(qc_book_reader *reader, const qc_yaml_node *node, qc_where *where)
{
    bool is_list, is_role = strcmp(node->key, "role") == 0;
    const qc_yaml_node *item = qc_book_items(reader, node, "a value or a list of values", &is_list);
    const char **values = qc_arena_take_array(&reader->book->arena, count_items(node) + 1, sizeof *values);
    where->attribute = is_role ? NULL : qc_arena_string(&reader->book->arena, node->key);
    where->values = values;
    if (!values || (!is_role && !where->attribute)) {
        qc_book_no_memory(reader);
        return;
    }
    for (; item && !reader->stopped; item = is_list ? item->next : NULL) {
        if (is_role)
            read_role(reader, item);
        if (qc_book_is_text(reader, item, "a value") && qc_book_text(reader, item, &values[where->value_count]))
            where->value_count++;
    }
}

static void read_wheres(qc_book_reader *reader, const qc_yaml_node *node, qcode_rule *rule)
{
    if (node->kind != QC_YAML_MAP || !node->count) {
        qc_book_mistake(reader, node->line, node->column,
                        "expected a map such as {role: respondent, group: police, question: [...]} under \"where\"");
        return;
    }
    qc_where *list = qc_arena_take_array(&reader->book->arena, node->count, sizeof *list);
    if (!list) {
        qc_book_no_memory(reader);
        return;
    }
    rule->wheres = list;
    for (const qc_yaml_node *item = node->first; item && !reader->stopped; item = item->next) {
        if (strcmp(item->key, "question") != 0) {
            read_where(reader, item, &list[rule->where_count++]);
            continue;
        }
        qc_words words = qc_book_words(reader, item, "question");
        rule->question_terms = words.terms;
        rule->question_regexes = words.regexes;
    }
}

void qc_book_surroundings(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule)
{
    qc_words ghosts = qc_book_words(reader, draft->ghost, "ghost");
    rule->ghost_terms = ghosts.terms;
    rule->ghost_regexes = ghosts.regexes;
    if (draft->after || draft->before)
        read_besides(reader, draft, rule);
    if (draft->where)
        read_wheres(reader, draft->where, rule);
}
