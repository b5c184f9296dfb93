/* Bytes that grow. A buffer remembers a failed append: write freely, look at `failed` once. */
#ifndef QC_BASE_BUFFER_H
#define QC_BASE_BUFFER_H

#include <qcode/memory.h>
#include <string.h>

typedef struct qc_buffer {
    const qcode_memory *memory;
    char *data; /* NULL until the first append */
    size_t length, capacity;
    bool failed;
} qc_buffer;

qc_buffer qc_buffer_init(const qcode_memory *memory);
void qc_buffer_clear(qc_buffer *buffer); /* gives the memory back; the buffer can be used again */

/* Makes the buffer larger for `more` bytes, or false (and failed). */
bool qc_buffer_grow(qc_buffer *buffer, size_t more);

/* Room for `more` bytes behind what is there, or false (and failed). */
static inline bool qc_buffer_reserve(qc_buffer *buffer, size_t more)
{
    return (!buffer->failed && more <= buffer->capacity - buffer->length) || qc_buffer_grow(buffer, more);
}

static inline bool qc_buffer_append(qc_buffer *buffer, const void *data, size_t length)
{
    if (!qc_buffer_reserve(buffer, length))
        return false;
    if (length)
        memcpy(buffer->data + buffer->length, data, length);
    buffer->length += length;
    return true;
}

static inline bool qc_buffer_string(qc_buffer *buffer, const char *text)
{
    return qc_buffer_append(buffer, text, strlen(text));
}

static inline bool qc_buffer_byte(qc_buffer *buffer, char byte)
{
    return qc_buffer_append(buffer, &byte, 1);
}

bool qc_buffer_number(qc_buffer *buffer, uint64_t number); /* decimal */
bool qc_buffer_print(qc_buffer *buffer, const char *format, ...) QCODE_PRINTF(2, 3);

/* The text with a NUL behind it, or NULL when the buffer failed. Owned by the buffer. */
const char *qc_buffer_text(qc_buffer *buffer);

#endif
