/* Segments as standoff annotations of brat (an archive): a folder for each coder, with each text and its .ann. */
#include "base/error.h"
#include "base/set.h"
#include "format/zip_pack.h"
#include "model/codebook.h"
#include "write/export/codes.h"
#include "write/export/passages.h"

typedef struct brat {
    const qc_exporting *from;
    qc_arena arena;
    qc_set coders;
    qc_set documents;     /* what each document's files are called, without ending */
    qc_buffer parts;      /* of qc_zip_part */
    qc_shown_document shown;
    qc_buffer out;
} brat;

/* A word that is safe as the name of a file or a type. */
static char *safe_word(brat *b, const char *word, bool file)
{
    char *copy = qc_arena_string(&b->arena, *word ? word : "_");
    for (char *c = copy; c && *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '_' ||
                     *c == '-' || (unsigned char)*c >= 0x80 || (file && (*c == ' ' || (*c == '.' && c != copy)));
        *c = plain ? *c : '_';
    }
    return copy;
}

static bool add_part(brat *b, const char *name, const qc_buffer *bytes)
{
    const char *data = bytes->failed ? NULL : qc_arena_copy(&b->arena, bytes->data ? bytes->data : "", bytes->length);
    const qc_zip_part part = {.name = name, .data = data, .length = bytes->length};
    return name && data && qc_buffer_append(&b->parts, &part, sizeof part);
}

static const char *path_of(brat *b, size_t coder, size_t document, const char *ending)
{
    qc_buffer path = qc_buffer_init(b->from->memory);
    char *folder = safe_word(b, qc_set_at(&b->coders, coder), true);
    qc_buffer_print(&path, "%s/%s%s", folder ? folder : "", qc_set_at(&b->documents, document), ending);
    const char *text = qc_buffer_text(&path), *copy = text && folder ? qc_arena_string(&b->arena, text) : NULL;
    qc_buffer_clear(&path);
    return copy;
}

/* Names of files for the documents, each once, in their order. */
static bool name_documents(brat *b)
{
    const qc_view *view = b->from->view;
    for (size_t i = 0; i < view->talk_count; i++) {
        char *name = safe_word(b, qcode_transcript_name(view->talks[i]), true);
        size_t length = name ? strlen(name) : 0;
        bool added = false;
        if (length > 4 && strcmp(name + length - 4, ".txt") == 0)
            name[length - 4] = '\0';
        if (name && qc_set_find(&b->documents, name, strlen(name)) != SIZE_MAX) {
            qc_buffer longer = qc_buffer_init(b->from->memory);
            qc_buffer_print(&longer, "%s-%zu", name, i + 1);
            const char *text = qc_buffer_text(&longer);
            name = text ? qc_arena_string(&b->arena, text) : NULL;
            qc_buffer_clear(&longer);
        }
        if (!name || qc_set_add(&b->documents, name, strlen(name), &added) == SIZE_MAX)
            return false;
    }
    return true;
}

/* The fragments of a passage: brat has none over a line end. `words` gets what they say. */
static void put_fragments(brat *b, const qc_viewed *seen, qc_buffer *words)
{
    size_t fragments = 0;
    for (size_t i = 0; i < seen->line->pieces.count; i++) {
        size_t point = seen->line->pieces.at[i].start, end = seen->line->pieces.at[i].end;
        while (point < end) {
            size_t stop = point;
            qcode_span here = qc_shown_span(&b->shown, point, end);
            const char *text = b->shown.text.data + here.start, *line_end = memchr(text, '\n', here.end - here.start);
            size_t length = line_end ? (size_t)(line_end - text) : here.end - here.start;
            for (size_t at = 0; at < length; at++)
                stop += ((unsigned char)text[at] & 0xC0) != 0x80;
            if (length) {
                qc_buffer_print(&b->out, "%s%zu %zu", fragments ? ";" : " ", point, stop);
                qc_buffer_string(words, fragments++ ? " " : "");
                qc_buffer_append(words, text, length);
            }
            point = line_end ? stop + 1 : end;
        }
    }
}

static bool put_annotations(brat *b, size_t coder, size_t first, size_t end)
{
    qc_buffer words = qc_buffer_init(b->from->memory);
    size_t number = 0, notes = 0;
    bool done = true;
    b->out.length = 0;
    for (size_t i = first; done && i < end; i++) {
        const qc_viewed *seen = &b->from->view->segments[i];
        if (strcmp(seen->line->coder, qc_set_at(&b->coders, coder)) != 0)
            continue;
        char *type = safe_word(b, qc_view_code(b->from->view, seen->code)->id, false);
        done = type != NULL;
        words.length = 0;
        qc_buffer_print(&b->out, "T%zu\t%s", ++number, type ? type : "");
        put_fragments(b, seen, &words);
        qc_buffer_byte(&b->out, '\t');
        qc_buffer_append(&b->out, words.data, words.length);
        qc_buffer_byte(&b->out, '\n');
        if (*seen->line->reason && !strpbrk(seen->line->reason, "\n\t"))
            qc_buffer_print(&b->out, "#%zu\tAnnotatorNotes T%zu\t%s\n", ++notes, number, seen->line->reason);
        qc_lose(b->from->losses, "segments by rules: which rules gave them", strcmp(seen->line->origin, "rule") == 0,
                seen->line->id);
        qc_lose(b->from->losses, "segments that a person judged: how", seen->state != QCODE_STATE_PROPOSED,
                seen->line->id);
    }
    done = done && !words.failed && !b->out.failed;
    qc_buffer_clear(&words);
    return done;
}

static bool put_documents(brat *b, size_t coder)
{
    const qc_view *view = b->from->view;
    size_t at = 0;
    bool done = true;
    for (size_t i = 0; done && i < view->talk_count; i++) {
        size_t first = at;
        while (at < view->segment_count && view->segments[at].document == i)
            at++;
        if (!view->talk_in_view[i])
            continue;
        done = qc_shown_go_to(&b->shown, view->talks[i]) && put_annotations(b, coder, first, at) &&
               add_part(b, path_of(b, coder, i, ".txt"), &b->shown.text) &&
               add_part(b, path_of(b, coder, i, ".ann"), &b->out);
    }
    return done;
}

/* What types there are, top down; a type that another stands under is a level further in. */
static bool put_types(brat *b)
{
    qc_code_tree tree;
    if (!qc_code_tree_make(b->from, &b->arena, &tree))
        return false;
    b->out.length = 0;
    qc_buffer_string(&b->out, "[entities]\n");
    for (size_t i = 0; i < tree.count; i++) {
        const qcode_code *code = qc_view_code(b->from->view, tree.rows[i].code);
        char *type = safe_word(b, code->id, false);
        for (size_t k = 0; k < tree.rows[i].depth; k++)
            qc_buffer_byte(&b->out, '\t');
        qc_buffer_print(&b->out, "%s\n", type ? type : "");
        b->out.failed |= !type;
        qc_lose(b->from->losses, "codes: what is said of them", *code->definition != '\0', code->id);
        qc_lose(b->from->losses, "codes by another word, for brat has letters, digits, - and _ alone",
                type && strcmp(type, code->id) != 0, code->id);
    }
    qc_buffer_string(&b->out, "[relations]\n[events]\n[attributes]\n");
    return add_part(b, "annotation.conf", &b->out);
}

static bool fill(brat *b)
{
    const qc_view *view = b->from->view;
    bool done = name_documents(b) && put_types(b);
    for (size_t i = 0; done && i < view->segment_count; i++) {
        const char *coder = view->segments[i].line->coder;
        done = qc_set_add(&b->coders, coder, strlen(coder), NULL) != SIZE_MAX;
    }
    if (done && !b->coders.count)
        done = qc_set_add(&b->coders, "qcode", strlen("qcode"), NULL) != SIZE_MAX;
    for (size_t i = 0; done && i < b->coders.count; i++)
        done = put_documents(b, i);
    return done;
}

static bool write_brat(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    const qcode_memory *memory = from->memory;
    brat b = {.from = from, .arena = qc_arena_init(memory), .coders = qc_set_init(memory),
              .documents = qc_set_init(memory), .parts = qc_buffer_init(memory), .shown = qc_shown_init(memory),
              .out = qc_buffer_init(memory)};
    bool done = fill(&b) || qc_no_memory(err);
    done = done && qc_zip_pack((const void *)b.parts.data, b.parts.length / sizeof(qc_zip_part), sink, err);
    qc_set_clear(&b.coders);
    qc_set_clear(&b.documents);
    qc_buffer_clear(&b.parts);
    qc_buffer_clear(&b.out);
    qc_shown_clear(&b.shown);
    qc_arena_clear(&b.arena);
    return done;
}

const qc_target qc_export_brat = {
    {"brat", ".zip", "an archive for brat: a folder for each coder, with each text and its annotations"},
    .write = write_brat};
