/* Transcripts read from strings, and what is expected of them, for the tests of readers. */
#ifndef TESTS_READ_TALK_H
#define TESTS_READ_TALK_H

#include "model/reading.h"
#include "support/test.h"
#include <qcode/read.h>

#include <string.h>

/* A transcript and what its reader had to say; ended by talk_end. */
typedef struct talk {
    qcode_transcript *read;
    qcode_notes *notes;
} talk;

static inline talk talk_of(const char *text, const qcode_read_options *options)
{
    qcode_error err = {.status = QCODE_OK};
    talk made = {.notes = qcode_notes_new(NULL)};
    made.read = qcode_read_transcript_bytes(text, strlen(text), "folder/talk.txt", options, NULL, made.notes, &err);
    if (!made.read)
        fail_msg("not read: %s", err.message);
    return made;
}

static inline void talk_end(talk *made)
{
    qcode_transcript_free(made->read);
    qcode_notes_free(made->notes);
}

/* Appends a turn as "Speaker: its reading", with | for a paragraph's end and without speaker "-". */
static inline void put_turn(qc_buffer *out, const qcode_transcript *read, size_t index)
{
    size_t length;
    const qcode_turn turn = qcode_transcript_turn(read, index);
    qc_buffer pieces = qc_buffer_init(NULL);
    const char *text = qcode_transcript_text(read, &length);
    qc_buffer_string(out, turn.speaker ? turn.speaker->name : "-");
    qc_buffer_string(out, ": ");
    size_t from = out->length;
    assert_true(qc_list_ranges(&pieces, &turn));
    qc_put_reading(out, text, (const void *)pieces.data, turn.range_count);
    qc_buffer_clear(&pieces);
    for (; from < out->length; from++)
        if (out->data[from] == '\n')
            out->data[from] = '|';
    qc_buffer_byte(out, '\n');
}

/* The layout and every turn, a line each. */
static inline void assert_turns(const char *text, const char *layout, const char *turns)
{
    talk made = talk_of(text, NULL);
    qc_buffer out = qc_buffer_init(NULL);
    for (size_t i = 0; i < qcode_transcript_turn_count(made.read); i++)
        put_turn(&out, made.read, i);
    assert_string_equal(qc_buffer_text(&out), turns);
    assert_string_equal(qcode_transcript_layout(made.read), layout);
    qc_buffer_clear(&out);
    talk_end(&made);
}

/* The first note of a kind whose text has `words` in it, or NULL. */
static inline const qcode_note *note_with(const talk *made, qcode_note_kind kind, const char *words)
{
    for (size_t i = 0; i < qcode_notes_count(made->notes); i++) {
        const qcode_note *note = qcode_notes_at(made->notes, i);
        if (note->kind == kind && strstr(note->text, words))
            return note;
    }
    return NULL;
}

static inline const char *attribute(const talk *made, const char *name)
{
    const char *value = qcode_transcript_value(made->read, NULL, name);
    return value ? value : "";
}

static inline const qcode_speaker *speaker(const talk *made, const char *name)
{
    for (size_t i = 0; i < qcode_transcript_speaker_count(made->read); i++)
        if (strcmp(qcode_transcript_speaker(made->read, i)->name, name) == 0)
            return qcode_transcript_speaker(made->read, i);
    fail_msg("%s does not speak", name);
    return NULL;
}

#endif
