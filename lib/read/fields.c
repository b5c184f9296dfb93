/* JSON objects into structures. */
#include "read/fields.h"
#include "base/error.h"

bool qc_input_wrong(qc_input *in, const qc_json_token *token, const char *wanted)
{
    return qc_fail(in->err, QCODE_INVALID, in->source, token->line, token->column, "%s was expected here", wanted);
}

bool qc_field_string(qc_input *in, const qc_json_token *value, void *place)
{
    if (value->kind == QC_JSON_NULL)
        return true;
    if (value->kind != QC_JSON_STRING)
        return qc_input_wrong(in, value, "a string");
    const char *copy = qc_arena_copy(in->arena, value->text, value->length);
    if (copy)
        *(const char **)place = copy;
    return copy || qc_no_memory(in->err);
}

bool qc_field_number(qc_input *in, const qc_json_token *value, void *place)
{
    static const double most = 9007199254740992.0; /* 2^53: whole numbers are exact up to here */
    if (value->kind == QC_JSON_NULL)
        return true;
    if (value->kind != QC_JSON_NUMBER || value->number < 0 || value->number > most)
        return qc_input_wrong(in, value, "a whole number");
    *(size_t *)place = (size_t)value->number;
    return true;
}

bool qc_field_object(qc_input *in, const qc_json_token *value, const qc_field *fields, void *to)
{
    qc_json_token token;
    if (value->kind != QC_JSON_OPEN_OBJECT)
        return qc_input_wrong(in, value, "an object");
    while (qc_json_next(in->json, &token, in->err)) {
        if (token.kind == QC_JSON_CLOSE_OBJECT)
            return true;
        const qc_field *field = fields;
        while (field->key && strcmp(field->key, token.text) != 0)
            field++;
        bool done = field->key ? qc_json_next(in->json, &token, in->err) &&
                                     field->read(in, &token, (char *)to + field->offset)
                               : qc_json_skip(in->json, in->err);
        if (!done)
            return false;
    }
    return false;
}

bool qc_field_items(qc_input *in, const qc_json_token *value, qc_item_reader *item, void *to)
{
    qc_json_token token;
    if (value->kind == QC_JSON_NULL)
        return true;
    if (value->kind != QC_JSON_OPEN_ARRAY)
        return qc_input_wrong(in, value, "a list");
    while (qc_json_next(in->json, &token, in->err)) {
        if (token.kind == QC_JSON_CLOSE_ARRAY)
            return true;
        if (!item(in, &token, to))
            return false;
    }
    return false;
}

bool qc_field_one_or_more(qc_input *in, const qc_json_token *value, qc_item_reader *item, void *to)
{
    return value->kind == QC_JSON_OPEN_ARRAY ? qc_field_items(in, value, item, to) : item(in, value, to);
}

bool qc_field_pass(qc_input *in, const qc_json_token *value)
{
    qc_json_token token = *value;
    for (size_t depth = 0;;) {
        depth += token.kind == QC_JSON_OPEN_OBJECT || token.kind == QC_JSON_OPEN_ARRAY;
        depth -= token.kind == QC_JSON_CLOSE_OBJECT || token.kind == QC_JSON_CLOSE_ARRAY;
        if (!depth)
            return true;
        if (!qc_json_next(in->json, &token, in->err))
            return false;
    }
}

bool qc_field_append(qc_input *in, const qc_json_token *value, const qc_shape *shape, qc_buffer *list)
{
    qc_json_token where = *value; /* its text is gone once the object is read; its place is not */
    size_t at = list->length;
    if (!qc_buffer_append(list, shape->blank, shape->size))
        return qc_no_memory(in->err);
    void *item = list->data + at;
    return qc_field_object(in, value, shape->fields, item) && (!shape->check || shape->check(in, &where, item));
}

typedef struct shaped_list {
    const qc_shape *shape;
    qc_buffer items;
} shaped_list;

static bool append_item(qc_input *in, const qc_json_token *value, void *to)
{
    shaped_list *list = to;
    return qc_field_append(in, value, list->shape, &list->items);
}

bool qc_keep_items(qc_input *in, qc_buffer *list, size_t size, const void **items, size_t *count)
{
    void *copy = list->failed ? NULL : qc_arena_take(in->arena, list->length);
    if (copy && list->length)
        memcpy(copy, list->data, list->length);
    *items = copy;
    *count = list->length / size;
    qc_buffer_clear(list);
    return copy || qc_no_memory(in->err);
}

bool qc_field_list(qc_input *in, const qc_json_token *value, const qc_shape *shape, const void **items, size_t *count)
{
    shaped_list list = {shape, qc_buffer_init(in->arena->memory)};
    if (qc_field_items(in, value, append_item, &list))
        return qc_keep_items(in, &list.items, shape->size, items, count);
    qc_buffer_clear(&list.items);
    return false;
}
