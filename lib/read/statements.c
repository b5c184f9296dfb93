/* Reading a statements.yaml as codebooks are read: strictly, every mistake at its place. */
#include "read/statements.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/set.h"
#include "read/codebook/codebook.h"

#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((size_t)16 << 20)
#define MOST_ATTACHED 2000 /* of one statement: people attach them */
#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef struct statement_draft {
    const char *id, *text, *looked_for;
    const qc_yaml_node *codes, *groups, *attached;
} statement_draft;

typedef struct attachment_draft {
    qc_attachment attachment;
    bool has_stance, has_start;
} attachment_draft;

typedef struct reading {
    qc_book_reader *reader;
    qc_statements *statements;
    qc_set ids;
} reading;

static bool read_number(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    size_t digits = node->kind == QC_YAML_SCALAR ? strspn(node->text, "0123456789") : 0;
    if (!digits || digits != node->length || digits > 9)
        return qc_book_mistake(reader, node->line, node->column, "expected a whole number, such as 12");
    *(size_t *)member = (size_t)strtoul(node->text, NULL, 10);
    return true;
}

static bool read_text(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    return qc_book_is_text(reader, node, "text") && qc_book_text(reader, node, member);
}

static bool read_hand(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    bool first;
    if (!qc_book_yes(reader, node, &first))
        return false;
    *(qc_hand *)member = first ? QC_HAND_FIRST : QC_HAND_SECOND;
    return true;
}

/* The place of a stance is a draft's, so that it is known whether one was given. */
static bool read_stance(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    const char *names[QC_STANCES];
    attachment_draft *draft = member;
    for (size_t i = 0; i < QC_STANCES; i++)
        names[i] = qc_stance_name((qc_stance)i);
    size_t chosen = qc_book_choose(reader, node, names, QC_STANCES);
    draft->has_stance = true;
    if (chosen < QC_STANCES)
        draft->attachment.stance = (qc_stance)chosen;
    return chosen < QC_STANCES;
}

static bool read_start(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    attachment_draft *draft = member;
    draft->has_start = true;
    return read_number(reader, node, &draft->attachment.start);
}

static const qc_book_field attachment_fields[] = {
    {"document", read_text, offsetof(attachment_draft, attachment.document)},
    {"words", read_text, offsetof(attachment_draft, attachment.words)},
    {"start", read_start, 0},
    {"end", read_number, offsetof(attachment_draft, attachment.end)},
    {"by", read_text, offsetof(attachment_draft, attachment.by)},
    {"as", read_stance, 0},
    {"first_hand", read_hand, offsetof(attachment_draft, attachment.hand)},
    {"note", read_text, offsetof(attachment_draft, attachment.note)},
};

static void check_attachment(qc_book_reader *reader, const qc_yaml_node *node, const attachment_draft *draft)
{
    const qc_attachment *attachment = &draft->attachment;
    const char *missing = !*attachment->document ? "document" : !*attachment->by ? "by" : !draft->has_stance ? "as" : NULL;
    if (missing)
        qc_book_mistake(reader, node->line, node->column, "an attachment without \"%s\"", missing);
    else if (!*attachment->words && !draft->has_start)
        qc_book_mistake(reader, node->line, node->column, "an attachment without a place: give \"words\", or \"start\" and \"end\"");
    else if (draft->has_start ? attachment->end <= attachment->start : attachment->end != 0)
        qc_book_mistake(reader, node->line, node->column, "expected \"start\" and an \"end\" that lies behind it");
}

static void read_attached(reading *r, const qc_yaml_node *node, qc_statement *statement)
{
    qc_book_reader *reader = r->reader;
    if (node->kind != QC_YAML_LIST) {
        qc_book_mistake(reader, node->line, node->column, "expected a list, each with \"- document: ...\"");
        return;
    }
    if (node->count > MOST_ATTACHED) {
        qc_book_limit(reader, node, "more than %d attachments of one statement", MOST_ATTACHED);
        return;
    }
    qc_attachment *list = qc_arena_take_array(&reader->book->arena, node->count + 1, sizeof *list);
    if (!list)
        qc_book_no_memory(reader);
    statement->attached = list;
    for (const qc_yaml_node *item = list ? node->first : NULL; item && !reader->stopped; item = item->next) {
        attachment_draft draft = {.attachment = {.document = "", .words = "", .by = "", .note = "",
                                                 .line = item->line, .column = item->column}};
        size_t before = reader->mistake_count;
        if (qc_book_map(reader, item, attachment_fields, COUNT(attachment_fields), "an attachment", &draft) &&
            reader->mistake_count == before)
            check_attachment(reader, item, &draft);
        list[statement->attached_count++] = draft.attachment;
    }
}

/* Names with their places: they are looked up once a run is known. */
static const qc_named *read_names(qc_book_reader *reader, const qc_yaml_node *node, const char *expected, size_t *count)
{
    bool list;
    const qc_yaml_node *item = qc_book_items(reader, node, expected, &list);
    qc_named *names = qc_arena_take_array(&reader->book->arena, list ? node->count + 1 : 1, sizeof *names);
    if (!names)
        qc_book_no_memory(reader);
    for (; names && item && !reader->stopped; item = list ? item->next : NULL) {
        qc_named *name = &names[*count];
        *name = (qc_named){"", item->line, item->column};
        if (qc_book_is_text(reader, item, expected) && qc_book_text(reader, item, &name->name))
            ++*count;
    }
    return names;
}

/* An id is what a draft writes in brackets. */
static void check_id(reading *r, const qc_yaml_node *node, const statement_draft *draft)
{
    bool added;
    size_t length = strlen(draft->id);
    if (!length) {
        qc_book_mistake(r->reader, node->line, node->column, "a statement without \"id\"");
        return;
    }
    const qc_yaml_node *id = qc_yaml_get(node, "id");
    if (strcspn(draft->id, "[]() \t\n,;") != length || length > QC_BOOK_MOST_NAME)
        qc_book_mistake(r->reader, id->line, id->column,
                        "an id has no spaces, brackets, commas and semicolons and at most %d bytes", QC_BOOK_MOST_NAME);
    else if (qc_set_add(&r->ids, draft->id, length, &added) == SIZE_MAX)
        qc_book_no_memory(r->reader);
    else if (!added)
        qc_book_mistake(r->reader, id->line, id->column, "the statement \"%.60s\" is there already", draft->id);
}

static void read_statement(reading *r, const qc_yaml_node *node, qc_statement *statement)
{
    static const qc_book_field fields[] = {
        {"id", read_text, offsetof(statement_draft, id)},
        {"text", read_text, offsetof(statement_draft, text)},
        {"looked_for", read_text, offsetof(statement_draft, looked_for)},
        {"codes", qc_book_node, offsetof(statement_draft, codes)},
        {"groups", qc_book_node, offsetof(statement_draft, groups)},
        {"attached", qc_book_node, offsetof(statement_draft, attached)},
    };
    statement_draft draft = {.id = "", .text = "", .looked_for = ""};
    qc_book_reader *reader = r->reader;
    *statement = (qc_statement){.id = "", .text = "", .looked_for = "", .line = node->line, .column = node->column,
                                .first = r->statements->attached_count};
    if (!qc_book_map(reader, node, fields, COUNT(fields), "a statement", &draft))
        return;
    check_id(r, node, &draft);
    if (!*draft.text && !qc_yaml_get(node, "text"))
        qc_book_mistake(reader, node->line, node->column, "a statement without \"text\"");
    statement->id = draft.id;
    statement->text = draft.text;
    statement->looked_for = draft.looked_for;
    if (draft.codes)
        statement->codes = read_names(reader, draft.codes, "the id of a code", &statement->code_count);
    if (draft.groups)
        statement->groups = read_names(reader, draft.groups, "the name of a group", &statement->group_count);
    if (draft.attached)
        read_attached(r, draft.attached, statement);
    r->statements->attached_count += statement->attached_count;
}

static void read_quantifiers(qc_book_reader *reader, const qc_yaml_node *node, qc_quantifiers *quantifiers)
{
    static const qc_book_field fields[] = {
        {"least_group", read_number, offsetof(qc_quantifiers, least_group)},
        {"several_from", read_number, offsetof(qc_quantifiers, several_from)},
        {"most_over", read_number, offsetof(qc_quantifiers, most_over)},
    };
    size_t before = reader->mistake_count;
    qc_book_map(reader, node, fields, COUNT(fields), "the quantifiers", quantifiers);
    if (reader->mistake_count == before && (quantifiers->most_over < 50 || quantifiers->most_over > 99))
        qc_book_mistake(reader, node->line, node->column, "\"most\" is over a share from 50 to 99 percent");
    if (reader->mistake_count == before && quantifiers->several_from < 2)
        qc_book_mistake(reader, node->line, node->column, "\"several\" is 2 or more");
}

static void read_root(reading *r, const qc_yaml_node *root)
{
    typedef struct root_draft {
        const qc_yaml_node *statements, *quantifiers;
    } root_draft;
    static const qc_book_field fields[] = {
        {"statements", qc_book_node, offsetof(root_draft, statements)},
        {"quantifiers", qc_book_node, offsetof(root_draft, quantifiers)},
    };
    root_draft draft = {NULL, NULL};
    qc_book_reader *reader = r->reader;
    if (!qc_book_map(reader, root, fields, COUNT(fields), "a file of statements", &draft))
        return;
    if (draft.quantifiers)
        read_quantifiers(reader, draft.quantifiers, &r->statements->quantifiers);
    const qc_yaml_node *list = draft.statements;
    if (!list || list->kind != QC_YAML_LIST) {
        qc_book_mistake(reader, list ? list->line : 1, list ? list->column : 1,
                        "expected \"statements:\" with a list, each with \"- id: ...\"");
        return;
    }
    qc_statement *statements = qc_arena_take_array(&reader->book->arena, list->count + 1, sizeof *statements);
    if (!statements)
        qc_book_no_memory(reader);
    r->statements->at = statements;
    for (const qc_yaml_node *item = statements ? list->first : NULL; item && !reader->stopped; item = item->next)
        read_statement(r, item, &statements[r->statements->count++]);
}

static bool fill(qcode_codebook *holder, qc_statements *statements, const qc_bytes *bytes, qcode_notes *notes,
                 qcode_error *err)
{
    const qcode_memory *memory = holder->arena.memory;
    qcode_error why = {.status = QCODE_OK};
    qc_book_reader reader = {.memory = memory, .source = statements->source, .notes = notes, .book = holder};
    reading r = {.reader = &reader, .statements = statements, .ids = qc_set_init(memory)};
    qc_arena tree = qc_arena_init(memory);
    const qc_yaml_node *root =
        qc_yaml_parse(&tree, bytes->data ? (const char *)bytes->data : "", bytes->length, statements->source, &why);
    if (root)
        read_root(&r, root);
    bool done = root && qc_book_tell(&reader, err);
    if (!root) {
        qc_note_error(notes, &why);
        if (err)
            *err = why;
    }
    qc_arena_clear(&tree);
    qc_set_clear(&r.ids);
    qc_release(memory, reader.mistakes);
    return done;
}

qc_statements *qc_read_statements(const char *path, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    qcode_error why = {.status = QCODE_OK};
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, &why)) {
        qc_note_error(notes, &why);
        if (err)
            *err = why;
        return NULL;
    }
    qcode_codebook holder = {.arena = qc_arena_init(memory)}; /* its arena is where fields of the reader put strings */
    qc_statements *statements = qc_arena_take(&holder.arena, sizeof *statements);
    bool done = statements && (statements->source = qc_arena_string(&holder.arena, path));
    if (!done)
        qc_no_memory(err);
    if (done)
        statements->quantifiers = (qc_quantifiers){.least_group = 4, .several_from = 3, .most_over = 50};
    done = done && fill(&holder, statements, &bytes, notes, err);
    qc_bytes_clear(&bytes);
    if (!done) {
        qc_arena_clear(&holder.arena);
        return NULL;
    }
    statements->arena = holder.arena;
    return statements;
}
