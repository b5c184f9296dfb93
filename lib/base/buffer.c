/* Bytes that grow. */
#include "base/buffer.h"
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>

qc_buffer qc_buffer_init(const qcode_memory *memory)
{
    return (qc_buffer){.memory = memory};
}

void qc_buffer_clear(qc_buffer *buffer)
{
    qc_release(buffer->memory, buffer->data);
    *buffer = qc_buffer_init(buffer->memory);
}

bool qc_buffer_grow(qc_buffer *buffer, size_t more)
{
    size_t need;
    if (!buffer->failed &&
        (!qc_add(buffer->length, more, &need) || !qc_grow(buffer->memory, &buffer->data, &buffer->capacity, need, 1)))
        buffer->failed = true;
    return !buffer->failed;
}

bool qc_buffer_number(qc_buffer *buffer, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    uint32_t small;
    for (; number > UINT32_MAX; number /= 10)
        digits[--first] = (char)('0' + number % 10);
    for (small = (uint32_t)number; small > 9; small /= 10)
        digits[--first] = (char)('0' + small % 10);
    digits[--first] = (char)('0' + small);
    return qc_buffer_append(buffer, digits + first, sizeof digits - first);
}

bool qc_buffer_print(qc_buffer *buffer, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0 || !qc_buffer_reserve(buffer, (size_t)length + 1)) {
        buffer->failed = true;
        return false;
    }
    va_start(list, format);
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, list);
    va_end(list);
    buffer->length += (size_t)length;
    return true;
}

const char *qc_buffer_text(qc_buffer *buffer)
{
    if (!qc_buffer_reserve(buffer, 1))
        return NULL;
    buffer->data[buffer->length] = '\0';
    return buffer->data;
}
