/* What must hold of every transcript that is read, and a target for the reader of one format. */
#ifndef TESTS_FUZZ_TURNS_H
#define TESTS_FUZZ_TURNS_H

#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "model/reading.h"
#include <qcode/read.h>

#include <string.h>

static bool at_character(const char *text, size_t length, size_t at)
{
    return at == length || ((unsigned char)text[at] & 0xC0) != 0x80;
}

static void check_reading(const qcode_transcript *talk, const qcode_turn *turn, qc_reading_scratch *scratch)
{
    qc_reading reading;
    MUST(qc_read_turn(scratch, talk, turn, &reading));
    MUST(reading.length && qc_utf8_valid(reading.text, reading.length) == reading.length);
    size_t from = turn->ranges[0].start;
    for (size_t at = 0; at < reading.length;) {
        size_t start = at;
        qc_utf8_next(reading.text, reading.length, &at);
        qcode_span span = qc_reading_span(&reading, start, at);
        MUST(span.start < span.end && span.start >= from && span.end <= turn->ranges[turn->range_count - 1].end);
        from = span.start;
    }
}

static void check_turns(const qcode_transcript *talk)
{
    size_t length, end = 0;
    const char *text = qcode_transcript_text(talk, &length);
    qc_reading_scratch scratch = qc_reading_scratch_init(NULL);
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        MUST(turn.number == i + 1 && turn.question < turn.number && turn.range_count);
        for (size_t k = 0; k < turn.range_count; k++) {
            qcode_range range = turn.ranges[k];
            MUST(range.start >= end && range.start < range.end && range.end <= length);
            MUST(at_character(text, length, range.start) && at_character(text, length, range.end));
            end = range.end;
        }
        check_reading(talk, &turn, &scratch);
    }
    qc_reading_scratch_clear(&scratch);
}

/* Reads the bytes as a file of this name in this format (NULL: as it looks), which is done or says why not. */
static void read_as(const char *format, const char *name, const uint8_t *data, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_read_options options = {.format = format};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_transcript *talk = qcode_read_transcript_bytes(data, size, name, &options, NULL, notes, &err);
    MUST((talk == NULL) == (err.status != QCODE_OK));
    if (talk)
        check_turns(talk);
    qcode_transcript_free(talk);
    qcode_notes_free(notes);
}

#endif
