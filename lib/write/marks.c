/* Where matched words stand in a segment's text. A reading is its pieces with one character between each two, so
 * places are counted over from the pieces. */
#include "write/writer.h"

/* A piece, and where it begins in the reading. */
typedef struct cursor {
    const qcode_span *pieces;
    size_t count, at, offset;
} cursor;

/* Moves on to the first piece that ends behind `place`, if one does. */
static void move_behind(cursor *now, size_t place)
{
    while (now->at < now->count && now->pieces[now->at].end <= place) {
        now->offset += now->pieces[now->at].end - now->pieces[now->at].start + 1;
        now->at++;
    }
}

static size_t offset_of(const cursor *now, size_t place)
{
    size_t start = now->pieces[now->at].start;
    return now->offset + (place > start ? place - start : 0);
}

static void add_mark(qc_buffer *marks, qcode_span mark)
{
    qcode_span *last = marks->length ? (qcode_span *)(void *)(marks->data + marks->length) - 1 : NULL;
    if (last && mark.start <= last->end)
        last->end = mark.end > last->end ? mark.end : last->end;
    else
        qc_buffer_append(marks, &mark, sizeof mark);
}

bool qc_find_marks(qc_buffer *marks, const qcode_span *pieces, size_t count, const qcode_span *hits, size_t hit_count)
{
    cursor starts = {.pieces = pieces, .count = count};
    for (size_t i = 0; i < hit_count; i++) {
        move_behind(&starts, hits[i].start);
        if (starts.at == count)
            break;
        cursor ends = starts;
        move_behind(&ends, hits[i].end - 1);
        qcode_span mark = {offset_of(&starts, hits[i].start), 0};
        mark.end = ends.at < count ? offset_of(&ends, hits[i].end) : ends.offset - 1;
        if (mark.start < mark.end)
            add_mark(marks, mark);
    }
    return !marks->failed;
}
