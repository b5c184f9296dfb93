/* Lines, columns and code points of a byte. */
#include "base/place.h"
#include "base/utf8.h"

#include <string.h>

qc_walker qc_walker_init(const char *text, size_t length)
{
    return (qc_walker){.text = text, .length = length, .here = {.line = 1, .column = 1}};
}

qcode_place qc_walker_at(qc_walker *walker, size_t byte)
{
    if (byte > walker->length)
        byte = walker->length;
    if (byte < walker->byte)
        *walker = qc_walker_init(walker->text, walker->length);
    while (walker->byte < byte) {
        const char *from = walker->text + walker->byte;
        const char *end = memchr(from, '\n', byte - walker->byte);
        size_t step = end ? (size_t)(end - from) + 1 : byte - walker->byte;
        size_t points = qc_utf8_count(from, step);
        walker->here.character += points;
        walker->here.line += end != NULL;
        walker->here.column = end ? 1 : walker->here.column + points;
        walker->byte += step;
    }
    return walker->here;
}

qcode_place qc_place_of(const char *text, size_t length, size_t byte)
{
    qc_walker walker = qc_walker_init(text, length);
    return qc_walker_at(&walker, byte);
}
