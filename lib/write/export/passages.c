/* Places in shown texts: a mask has as many code points as the words it stands for, and other bytes. */
#include "write/export/passages.h"
#include "base/utf8.h"
#include "model/shown.h"

qc_shown_document qc_shown_init(const qcode_memory *memory)
{
    return (qc_shown_document){.text = qc_buffer_init(memory), .points = qc_points_init("", 0, memory)};
}

void qc_shown_clear(qc_shown_document *shown)
{
    qc_points_clear(&shown->points);
    qc_buffer_clear(&shown->text);
}

bool qc_shown_go_to(qc_shown_document *shown, const qcode_transcript *talk)
{
    if (shown->talk == talk)
        return true;
    qc_points_clear(&shown->points);
    shown->text.length = 0;
    bool done = qc_put_shown_text(&shown->text, talk);
    const char *text = qc_buffer_text(&shown->text);
    shown->points = qc_points_init(text ? text : "", text ? shown->text.length : 0, shown->text.memory);
    shown->count = text ? qc_utf8_count(text, shown->text.length) : 0;
    shown->talk = talk;
    return done && text && !shown->points.marks.failed;
}

qcode_span qc_shown_span(const qc_shown_document *shown, size_t start, size_t end)
{
    return (qcode_span){qc_points_byte(&shown->points, start), qc_points_byte(&shown->points, end)};
}
