/* Reading a codebook: from bytes to codes with their rules, or every mistake with its place. */
#include "read/codebook/codebook.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"

#include <stdlib.h>
#include <string.h>

typedef struct book_draft {
    const char *title, *version, *language, *description;
    bool experimental;
    const qc_yaml_node *sources, *lists, *topics, *evidence, *themes, *status, *guide, *changes, *codes;
    qcode_unit unit;
    qcode_scope scope;
} book_draft;

static const qc_book_field book_fields[] = {
    {"title", qc_book_text, offsetof(book_draft, title)},
    {"version", qc_book_text, offsetof(book_draft, version)},
    {"language", qc_book_text, offsetof(book_draft, language)},
    {"description", qc_book_text, offsetof(book_draft, description)},
    {"experimental", qc_book_yes, offsetof(book_draft, experimental)},
    {"sources", qc_book_node, offsetof(book_draft, sources)},
    {"guide", qc_book_node, offsetof(book_draft, guide)},
    {"unit", qc_book_unit, offsetof(book_draft, unit)},
    {"scope", qc_book_scope, offsetof(book_draft, scope)},
    {"lists", qc_book_node, offsetof(book_draft, lists)},
    {"topics", qc_book_node, offsetof(book_draft, topics)},
    {"evidence", qc_book_node, offsetof(book_draft, evidence)},
    {"codes", qc_book_node, offsetof(book_draft, codes)},
    {"themes", qc_book_node, offsetof(book_draft, themes)},
    {"status", qc_book_node, offsetof(book_draft, status)},
    {"changes", qc_book_node, offsetof(book_draft, changes)},
};

void qc_book_place(const qcode_codebook *book, const qc_pattern *pattern, size_t offset, size_t *line, size_t *column)
{
    char first = book->bytes[pattern->source_start];
    qc_yaml_node scalar = {.kind = QC_YAML_SCALAR, .line = pattern->line, .column = pattern->column,
                           .text = pattern->text, .length = pattern->length,
                           .quoted = first && strchr("'\"|>", first), /* plain text never begins so */
                           .source_start = pattern->source_start, .source_end = pattern->source_end};
    qc_yaml_place(book->bytes, book->length, &scalar, offset, line, column);
}

/* A codebook that has its bytes and no codes yet. */
static qcode_codebook *new_book(const void *data, size_t length, const char *name, const qcode_memory *memory)
{
    qc_arena arena = qc_arena_init(memory);
    qcode_codebook *book = qc_arena_take(&arena, sizeof *book);
    if (!book)
        return NULL;
    book->arena = arena;
    book->source = qc_arena_string(&book->arena, name);
    book->bytes = book->source ? qc_arena_copy(&book->arena, data, length) : NULL;
    if (!book->bytes) {
        qcode_codebook_free(book);
        return NULL;
    }
    book->length = length;
    book->place = qc_book_place;
    book->title = book->version = book->language = book->description = "";
    qc_sha256 hash = qc_sha256_init();
    qc_sha256_add(&hash, data, length);
    qc_sha256_hex(&hash, book->hash);
    return book;
}

static int compare_places(const void *a, const void *b)
{
    const qc_list *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* The lists in the order of the file, now that it is known which are used. */
static void keep_lists(qc_book_reader *reader)
{
    qc_list *lists = qc_arena_take_array(&reader->book->arena, reader->list_count, sizeof *lists);
    if (!lists) {
        qc_book_no_memory(reader);
        return;
    }
    for (size_t i = 0; i < reader->list_count; i++)
        lists[i] = reader->lists[i].list;
    if (reader->list_count)
        qsort(lists, reader->list_count, sizeof *lists, compare_places);
    reader->book->lists = lists;
    reader->book->list_count = reader->list_count;
}

static void read_book(qc_book_reader *reader, const qc_yaml_node *root)
{
    qcode_codebook *book = reader->book;
    book_draft draft = {.title = "", .version = "", .language = "", .description = ""};
    if (!qc_book_map(reader, root, book_fields, sizeof book_fields / sizeof *book_fields, "a codebook", &draft))
        return;
    book->title = draft.title;
    book->version = draft.version;
    book->language = draft.language;
    book->description = draft.description;
    book->experimental = draft.experimental;
    if (draft.sources)
        book->sources = qc_book_texts(reader, draft.sources, "a list of texts", &book->source_count);
    if (draft.guide)
        book->guide = qc_book_texts(reader, draft.guide, "a list of questions", &book->guide_count);
    if (draft.lists)
        qc_book_lists(reader, draft.lists);
    book->weighed = draft.evidence != NULL;
    if (draft.codes)
        qc_book_codes(reader, draft.codes, draft.unit, draft.scope);
    else
        qc_book_mistake(reader, root->line, root->column, "a codebook without \"codes\"");
    if (draft.status && !reader->stopped)
        qc_book_status(reader, draft.status);
    if (draft.themes && !reader->stopped)
        qc_book_themes(reader, draft.themes);
    if (draft.codes && book->by_id && !reader->stopped)
        qc_book_link(reader);
    if (!reader->stopped)
        qc_book_check_aspects(reader);
    if (!reader->stopped)
        qc_book_evidence(reader, draft.topics, draft.evidence);
    if (draft.changes && !reader->stopped)
        qc_book_changes(reader, draft.changes);
    if (!reader->stopped)
        keep_lists(reader);
}

/* False when the book cannot be used, which has been told. */
static bool fill_book(qc_book_reader *reader, qcode_error *err)
{
    const qcode_codebook *book = reader->book;
    qcode_error why = {.status = QCODE_OK};
    qc_arena tree = qc_arena_init(reader->memory);
    const qc_yaml_node *root = qc_yaml_parse(&tree, book->bytes, book->length, reader->source, &why);
    if (root)
        read_book(reader, root);
    qc_arena_clear(&tree);
    if (root)
        return qc_book_tell(reader, err);
    qc_note_error(reader->notes, &why);
    if (err)
        *err = why;
    return false;
}

qcode_codebook *qcode_codebook_parse(const void *data, size_t length, const char *name, const qcode_memory *memory,
                                     qcode_notes *notes, qcode_error *err)
{
    qc_book_reader reader = {.memory = memory, .source = name, .notes = notes, .folder = qc_folder_init(memory)};
    if (length > QC_BOOK_MOST_BYTES) {
        qcode_error why;
        qc_fail(&why, QCODE_LIMIT, name, 0, 0, "larger than the limit of %d bytes", QC_BOOK_MOST_BYTES);
        qc_note_error(notes, &why);
        if (err)
            *err = why;
        return NULL;
    }
    reader.book = new_book(data, length, name, memory);
    bool done = reader.book ? fill_book(&reader, err) : qc_no_memory(err);
    qc_folder_clear(&reader.folder);
    qc_release(memory, reader.lists);
    qc_release(memory, reader.patterns);
    qc_release(memory, reader.references);
    qc_release(memory, reader.mistakes);
    if (done)
        return reader.book;
    qcode_codebook_free(reader.book);
    return NULL;
}

qcode_codebook *qcode_codebook_read(const char *path, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    qcode_error why = {.status = QCODE_OK};
    if (!qc_bytes_read(path, QC_BOOK_MOST_BYTES, memory, &bytes, &why)) {
        qc_note_error(notes, &why);
        if (err)
            *err = why;
        return NULL;
    }
    qcode_codebook *book = qcode_codebook_parse(bytes.data, bytes.length, strcmp(path, "-") == 0 ? "stdin" : path,
                                                memory, notes, err);
    qc_bytes_clear(&bytes);
    return book;
}
