/* Masking words that may not be quoted. */
#include "model/shown.h"
#include "base/utf8.h"
#include "model/reading.h"

bool qc_put_mask(qc_buffer *out, const char *text, size_t length, bool speech)
{
    for (size_t at = 0; at < length;) {
        if (text[at] == '\n' || (!speech && (text[at] == ' ' || text[at] == '\t'))) {
            qc_buffer_byte(out, text[at++]);
            continue;
        }
        qc_utf8_next(text, length, &at);
        qc_buffer_string(out, QC_MASK);
    }
    return !out->failed;
}

const qcode_turn *qc_turn_at(const qcode_transcript *talk, size_t byte)
{
    size_t low = 0, high = qcode_transcript_turn_count(talk);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (qcode_transcript_turn(talk, middle)->ranges[0].start <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? qcode_transcript_turn(talk, low - 1) : NULL;
}

static bool is_withheld(const qcode_transcript *talk, qcode_span piece)
{
    const qcode_turn *turn = qc_turn_at(talk, piece.start);
    return !qcode_may_quote(talk, turn ? turn->speaker : NULL);
}

bool qc_withholds(const qcode_transcript *talk, const qcode_span *pieces, size_t count)
{
    bool withheld = false;
    for (size_t i = 0; i < count && !withheld && !qcode_may_quote(talk, NULL); i++)
        withheld = is_withheld(talk, pieces[i]);
    return withheld;
}

size_t qc_masked_length(const char *text, size_t length)
{
    static const size_t size = sizeof QC_MASK - 1;
    size_t end = 0;
    for (size_t at = 0; at < length;) {
        if (length - at >= size && memcmp(text + at, QC_MASK, size) == 0)
            end = at += size;
        else if (end && (text[at] == ' ' || text[at] == '\n'))
            at++;
        else
            break;
    }
    return end;
}

/* The mask of a piece as its reading stands: where a line end of the text is a space of the reading, it stays one. */
static void put_masked_piece(qc_buffer *out, const char *text, qcode_span piece)
{
    size_t from = out->length;
    if (!qc_put_mask(out, text + piece.start, piece.end - piece.start, true))
        return;
    for (char *at = out->data + from; (at = memchr(at, '\n', out->length - (size_t)(at - out->data)));)
        *at = ' ';
}

bool qc_put_shown(qc_buffer *out, const qcode_transcript *talk, const qcode_span *pieces, size_t count)
{
    size_t length, from = 0;
    const char *text = qcode_transcript_text(talk, &length);
    if (qcode_may_quote(talk, NULL))
        return qc_put_reading(out, text, pieces, count);
    qc_buffer reading = qc_buffer_init(out->memory);
    bool done = qc_put_reading(&reading, text, pieces, count);
    for (size_t i = 0; done && i < count; i++) { /* between two pieces the reading has one byte */
        size_t size = pieces[i].end - pieces[i].start;
        if (is_withheld(talk, pieces[i]))
            put_masked_piece(out, text, pieces[i]);
        else
            qc_buffer_append(out, reading.data + from, size);
        if (i + 1 < count)
            qc_buffer_byte(out, reading.data[from + size]);
        from += size + 1;
    }
    out->failed |= !done;
    qc_buffer_clear(&reading);
    return !out->failed;
}

bool qc_put_shown_text(qc_buffer *out, const qcode_transcript *talk)
{
    size_t length, from = 0;
    const char *text = qcode_transcript_text(talk, &length);
    for (size_t i = 0; i < qcode_transcript_turn_count(talk) && !qcode_may_quote(talk, NULL); i++) {
        const qcode_turn *turn = qcode_transcript_turn(talk, i);
        if (qcode_may_quote(talk, turn->speaker))
            continue;
        qc_buffer_append(out, text + from, turn->ranges[0].start - from);
        for (size_t k = 0; k < turn->range_count; k++) {
            const qcode_span *range = &turn->ranges[k];
            if (k)
                qc_put_mask(out, text + from, range->start - from, false);
            qc_put_mask(out, text + range->start, range->end - range->start, true);
            from = range->end;
        }
    }
    return qc_buffer_append(out, text + from, length - from);
}
