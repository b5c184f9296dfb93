/* A turn's reading and the way back. */
#include "model/reading.h"
#include "base/utf8.h"

static const size_t only_start[1] = {0};

qc_reading_scratch qc_reading_scratch_init(const qcode_memory *memory)
{
    return (qc_reading_scratch){.text = qc_buffer_init(memory), .offsets = qc_buffer_init(memory)};
}

void qc_reading_scratch_clear(qc_reading_scratch *scratch)
{
    qc_buffer_clear(&scratch->text);
    qc_buffer_clear(&scratch->offsets);
}

/* Whether a sentence, a quotation or a bracket ends right before `at`. */
static bool ends_a_sentence(const char *text, size_t at)
{
    static const uint32_t enders[] = {'.', '?', '!', ')', ']', '"', 0x2026, 0x201D, 0xBB, 0x3002, 0xFF1F, 0xFF01};
    uint32_t point = qc_utf8_previous(text, &at);
    for (size_t i = 0; i < sizeof enders / sizeof *enders; i++)
        if (point == enders[i])
            return true;
    return false;
}

/* What stands in a reading for the gap between two ranges: a line feed for a blank line, otherwise a space. Where
 * something that is no speech lies in the gap (a page's footer, a form feed), the blank lines are its own: the sentence
 * before decides. */
static char joint(const char *text, size_t from, size_t to)
{
    size_t feeds = 0;
    bool blank = false, other = false;
    for (size_t i = from; i < to; i++) {
        char c = text[i];
        bool space = c == ' ' || c == '\t' || c == '\n';
        feeds = c == '\n' ? feeds + 1 : space ? feeds : 0;
        blank |= feeds > 1;
        other |= !space;
    }
    return blank && (!other || ends_a_sentence(text, from)) ? '\n' : ' ';
}

/* Appends a range's bytes; the line ends inside it are soft. */
static void put_range(qc_buffer *out, const char *text, qcode_span span)
{
    size_t from = out->length;
    if (!qc_buffer_append(out, text + span.start, span.end - span.start))
        return;
    char *at = out->data + from, *end = out->data + out->length;
    while ((at = memchr(at, '\n', (size_t)(end - at))))
        *at++ = ' ';
}

bool qc_put_reading(qc_buffer *out, const char *text, const qcode_span *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            qc_buffer_byte(out, joint(text, pieces[i - 1].end, pieces[i].start));
        put_range(out, text, pieces[i]);
    }
    return !out->failed;
}

bool qc_list_ranges(qc_buffer *pieces, const qcode_turn *turn)
{
    for (size_t i = 0; i < turn->range_count; i++) {
        qcode_span piece = qc_span_of(turn->ranges[i]);
        qc_buffer_append(pieces, &piece, sizeof piece);
    }
    return !pieces->failed;
}

bool qc_read_turn(qc_reading_scratch *scratch, const qcode_transcript *talk, const qcode_turn *turn,
                  qc_reading *reading)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    const qcode_range *first = turn->ranges;
    *reading = (qc_reading){.turn = *turn, .source = text, .offsets = only_start};
    if (turn->range_count == 1 && !memchr(text + first->start, '\n', first->end - first->start)) {
        reading->text = text + first->start;
        reading->length = first->end - first->start;
        return true;
    }
    scratch->text.length = scratch->offsets.length = 0;
    for (size_t i = 0; i < turn->range_count; i++) {
        if (i)
            qc_buffer_byte(&scratch->text, joint(text, turn->ranges[i - 1].end, turn->ranges[i].start));
        qc_buffer_append(&scratch->offsets, &scratch->text.length, sizeof scratch->text.length);
        put_range(&scratch->text, text, qc_span_of(turn->ranges[i]));
    }
    reading->text = qc_buffer_text(&scratch->text);
    reading->length = scratch->text.length;
    reading->offsets = (const size_t *)(const void *)scratch->offsets.data;
    return reading->text && !scratch->offsets.failed;
}

/* The last range that begins at or before a byte of the reading. */
static size_t range_at(const qc_reading *reading, size_t byte)
{
    size_t low = 0, high = reading->turn.range_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (reading->offsets[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Where a byte of the reading stands in the text. The byte of a joint stands at the end of the range before it. */
static size_t source_of(const qc_reading *reading, size_t range, size_t byte)
{
    return reading->turn.ranges[range].start + (byte - reading->offsets[range]);
}

qcode_span qc_reading_span(const qc_reading *reading, size_t start, size_t end)
{
    const qcode_range *ranges = reading->turn.ranges;
    size_t first = range_at(reading, start), last = range_at(reading, end - 1);
    qcode_span span = {source_of(reading, first, start), source_of(reading, last, end - 1)};
    if (span.end < ranges[last].end)
        span.end++;
    if (span.start == ranges[first].end) { /* a joint: not speech, unless nothing else was asked for */
        if (last > first)
            span.start = ranges[first + 1].start;
        else
            span.end = ranges[first + 1].start;
    }
    return span;
}

bool qc_reading_pieces(const qc_reading *reading, size_t start, size_t end, qc_buffer *pieces)
{
    qcode_span hull = qc_reading_span(reading, start, end);
    size_t last = range_at(reading, end - 1);
    for (size_t i = range_at(reading, start); i <= last; i++) {
        qcode_span piece = qc_span_of(reading->turn.ranges[i]);
        piece.start = piece.start < hull.start ? hull.start : piece.start;
        piece.end = piece.end > hull.end ? hull.end : piece.end;
        if (piece.start < piece.end)
            qc_buffer_append(pieces, &piece, sizeof piece);
    }
    return !pieces->failed;
}
