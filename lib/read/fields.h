/* JSON objects into structures, by tables of fields. */
#ifndef QC_READ_FIELDS_H
#define QC_READ_FIELDS_H

#include "base/buffer.h"
#include "base/memory.h"
#include "format/json.h"

typedef struct qc_input {
    qc_json *json;
    qc_arena *arena; /* where strings and lists go */
    const char *source;
    qcode_error *err;
} qc_input;

/* A member of an object, and how its value gets to its place in the structure. */
typedef struct qc_field {
    const char *key; /* NULL ends a table */
    bool (*read)(qc_input *in, const qc_json_token *value, void *place);
    size_t offset;
} qc_field;

/* What a list is made of: `size` bytes that begin as a copy of `blank`. */
typedef struct qc_shape {
    const qc_field *fields;
    size_t size;
    const void *blank;
    bool (*check)(qc_input *in, const qc_json_token *value, void *item); /* NULL: nothing to check */
} qc_shape;

/* "a string was expected here" */
bool qc_input_wrong(qc_input *in, const qc_json_token *token, const char *wanted);

/* Readers of values. null leaves the place as it was. */
bool qc_field_string(qc_input *in, const qc_json_token *value, void *place); /* const char * */
bool qc_field_number(qc_input *in, const qc_json_token *value, void *place); /* size_t */

/* An object whose { is `value`; members that are in no field are passed over. */
bool qc_field_object(qc_input *in, const qc_json_token *value, const qc_field *fields, void *to);

/* Calls `item` for each value of a list whose [ is `value`. */
typedef bool qc_item_reader(qc_input *in, const qc_json_token *value, void *to);
bool qc_field_items(qc_input *in, const qc_json_token *value, qc_item_reader *item, void *to);

/* The same for a value that may stand alone: calls `item` for it, or for each value of a list. */
bool qc_field_one_or_more(qc_input *in, const qc_json_token *value, qc_item_reader *item, void *to);

/* Passes over the value that begins with a token that was read. */
bool qc_field_pass(qc_input *in, const qc_json_token *value);

/* An object of this shape, appended to `list`; and a whole list of them, kept in the arena. */
bool qc_field_append(qc_input *in, const qc_json_token *value, const qc_shape *shape, qc_buffer *list);
bool qc_field_list(qc_input *in, const qc_json_token *value, const qc_shape *shape, const void **items,
                   size_t *count);

/* Moves a buffer of items to the arena. The buffer is cleared in any case. */
bool qc_keep_items(qc_input *in, qc_buffer *list, size_t size, const void **items, size_t *count);

#endif
