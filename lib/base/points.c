/* An index of code points: the byte of every hundredth or so, and a short walk from there. */
#include "base/points.h"
#include "base/utf8.h"

enum { STEP = 128 };

qc_points qc_points_init(const char *text, size_t length, const qcode_memory *memory)
{
    qc_points points = {.text = text, .length = length, .marks = qc_buffer_init(memory)};
    for (size_t at = 0, count = 0; at < length && !points.marks.failed; count++) {
        if (count % STEP == 0)
            qc_buffer_append(&points.marks, &at, sizeof at);
        qc_utf8_next(text, length, &at);
    }
    return points;
}

void qc_points_clear(qc_points *points)
{
    qc_buffer_clear(&points->marks);
}

size_t qc_points_byte(const qc_points *points, size_t character)
{
    const size_t *marks = (const void *)points->marks.data;
    size_t mark = character / STEP;
    if (mark >= points->marks.length / sizeof *marks)
        return points->length;
    size_t at = marks[mark];
    for (size_t i = mark * STEP; i < character && at < points->length; i++)
        qc_utf8_next(points->text, points->length, &at);
    return at;
}
