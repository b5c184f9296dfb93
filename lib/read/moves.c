/* The reader of offset maps: JSON Lines, one document a line. */
#include "model/moves.h"
#include "base/bytes.h"
#include "base/error.h"
#include "read/fields.h"

#define MOST_BYTES ((size_t)1 << 30)

static bool read_span(qc_input *in, const qc_json_token *value, void *place)
{
    qcode_span *span = place;
    size_t *const parts[] = {&span->start, &span->end};
    qc_json_token token = {.kind = QC_JSON_NULL};
    if (value->kind != QC_JSON_OPEN_ARRAY)
        return qc_input_wrong(in, value, "a start and an end");
    for (size_t i = 0; i < 2; i++)
        if (!qc_json_next(in->json, &token, in->err) || !qc_field_number(in, &token, parts[i]))
            return false;
    if (!qc_json_next(in->json, &token, in->err))
        return false;
    return (token.kind == QC_JSON_CLOSE_ARRAY && span->start <= span->end) ||
           qc_input_wrong(in, &token, "a start and an end that is not before it");
}

static const qc_field move_fields[] = {
    {"old", read_span, offsetof(qc_move, old)},
    {"new", read_span, offsetof(qc_move, now)},
    {NULL, NULL, 0},
};

static const qc_move no_move;
static const qc_shape move_shape = {move_fields, sizeof(qc_move), &no_move, NULL};

static bool read_moves(qc_input *in, const qc_json_token *value, void *place)
{
    qcode_moved_document *document = place;
    const void *items = NULL;
    bool done = qc_field_list(in, value, &move_shape, &items, &document->move_count);
    document->moves = items;
    return done;
}

static const qc_field document_fields[] = {
    {"document", qc_field_string, offsetof(qcode_moved_document, name)},
    {"old_sha256", qc_field_string, offsetof(qcode_moved_document, old_sha256)},
    {"new_sha256", qc_field_string, offsetof(qcode_moved_document, new_sha256)},
    {"old_length", qc_field_number, offsetof(qcode_moved_document, old_length)},
    {"new_length", qc_field_number, offsetof(qcode_moved_document, new_length)},
    {"moves", read_moves, 0},
    {NULL, NULL, 0},
};

/* Moves are in order and apart, what lies between them is as long as it was, and so is what is behind the last. */
static bool check_document(qc_input *in, const qc_json_token *value, void *item)
{
    const qcode_moved_document *document = item;
    qcode_span last = {0, 0}; /* the ends: old, new */
    if (!document->name || !document->old_sha256 || !document->new_sha256)
        return qc_input_wrong(in, value, "an object with document, old_sha256 and new_sha256");
    for (size_t i = 0; i < document->move_count; i++) {
        const qc_move *move = &document->moves[i];
        if (move->old.start < last.start || move->now.start < last.end ||
            move->old.start - last.start != move->now.start - last.end)
            return qc_input_wrong(in, value, "an object whose moves follow each other");
        last = (qcode_span){move->old.end, move->now.end};
    }
    return (document->old_length >= last.start && document->new_length >= last.end &&
            document->old_length - last.start == document->new_length - last.end) ||
           qc_input_wrong(in, value, "an object whose moves fit the lengths of its texts");
}

static const qcode_moved_document no_document;
static const qc_shape document_shape = {document_fields, sizeof no_document, &no_document, check_document};

static bool read_documents(qc_input *in, qcode_moves *moves)
{
    qc_buffer list = qc_buffer_init(in->arena->memory);
    qc_json_token token;
    bool done = true;
    while ((done = done && qc_json_next(in->json, &token, in->err)) && token.kind != QC_JSON_END)
        done = qc_field_append(in, &token, &document_shape, &list);
    const void *items = NULL;
    if (!done) {
        qc_buffer_clear(&list);
        return false;
    }
    done = qc_keep_items(in, &list, sizeof no_document, &items, &moves->count);
    moves->documents = items;
    return done;
}

qcode_moves *qcode_moves_parse(const void *data, size_t length, const char *name, const qcode_memory *memory,
                               qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    qcode_moves *moves = qc_arena_take(&arena, sizeof *moves);
    qc_input in = {.arena = &arena, .source = name, .err = err};
    in.json = moves ? qc_json_new(data ? data : "", length, name, 1, memory, err) : NULL;
    bool done = in.json && read_documents(&in, moves);
    if (!moves)
        qc_no_memory(err);
    qc_json_free(in.json);
    if (!done) {
        qc_arena_clear(&arena);
        return NULL;
    }
    moves->arena = arena;
    return moves;
}

qcode_moves *qcode_moves_read(const char *path, const qcode_memory *memory, qcode_error *err)
{
    qc_bytes bytes;
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return NULL;
    qcode_moves *moves = qcode_moves_parse(bytes.data, bytes.length, path, memory, err);
    qc_bytes_clear(&bytes);
    return moves;
}
