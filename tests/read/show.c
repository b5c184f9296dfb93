/* What a reader makes of a file, as text. */
#include "read/show.h"
#include "base/buffer.h"
#include "base/bytes.h"

#include <qcode/read.h>

static qc_buffer turns, said, facts, form, body;

static void put_speech(qc_buffer *out, const qcode_transcript *talk, const qcode_turn *turn)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    for (size_t i = 0; i < turn->range_count; i++) {
        if (i)
            qc_buffer_byte(out, ' ');
        for (size_t at = turn->ranges[i].start; at < turn->ranges[i].end; at++)
            qc_buffer_byte(out, text[at] == '\n' ? ' ' : text[at]);
    }
    qc_buffer_byte(out, '\n');
}

static void show(const qcode_transcript *talk)
{
    size_t length;
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        qc_buffer_print(&turns, "%s|%lld|", turn.speaker ? turn.speaker->name : "-", (long long)turn.time_ms);
        put_speech(&turns, talk, &turn);
    }
    for (size_t i = 0; i < qcode_transcript_attribute_count(talk); i++) {
        const qcode_attribute *fact = qcode_transcript_attribute(talk, i);
        qc_buffer_print(&facts, "%s=%s\n", fact->name, fact->value);
    }
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++) {
        const qcode_speaker *speaker = qcode_transcript_speaker(talk, i);
        for (size_t k = 0; k < speaker->attribute_count; k++)
            qc_buffer_print(&facts, "%s.%s=%s\n", speaker->name, speaker->attributes[k].name,
                            speaker->attributes[k].value);
    }
    qc_buffer_print(&form, "%s/%s", qcode_transcript_format(talk), qcode_transcript_layout(talk));
    const char *text = qcode_transcript_text(talk, &length);
    qc_buffer_append(&body, text, length);
}

const char *turns_of_bytes(const char *name, const void *bytes, size_t length)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *list = qcode_notes_new(NULL);
    qcode_transcript *talk = qcode_read_transcript_bytes(bytes, length, name, NULL, NULL, list, &err);
    qc_buffer *all[] = {&turns, &said, &facts, &form, &body};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        all[i]->length = 0;
    char message[600];
    if (talk)
        show(talk);
    else
        qc_buffer_print(&turns, "refused %d %s", (int)err.status, qcode_error_text(&err, message, sizeof message));
    for (size_t i = 0; i < qcode_notes_count(list); i++) {
        const qcode_note *note = qcode_notes_at(list, i);
        qc_buffer_print(&said, "%s %zu: %s\n", qcode_note_kind_name(note->kind), note->line, note->text);
    }
    qcode_transcript_free(talk);
    qcode_notes_free(list);
    return qc_buffer_text(&turns);
}

const char *turns_of(const char *name, const char *text)
{
    return turns_of_bytes(name, text, strlen(text));
}

const char *turns_of_file(const char *path)
{
    qc_bytes bytes;
    qcode_error err;
    assert_true(qc_bytes_read(path, SIZE_MAX, NULL, &bytes, &err));
    const char *shown = turns_of_bytes(path, bytes.data, bytes.length);
    qc_bytes_clear(&bytes);
    return shown;
}

const char *notes(void)
{
    return qc_buffer_text(&said);
}

const char *attributes(void)
{
    return qc_buffer_text(&facts);
}

const char *layout(void)
{
    return qc_buffer_text(&form);
}

const char *text_read(void)
{
    return qc_buffer_text(&body);
}

void assert_turns(const char *name, const char *text, const char *wanted)
{
    assert_string_equal(turns_of(name, text), wanted);
}

void assert_noted(const char *part)
{
    if (!strstr(notes(), part))
        fail_msg("not noted: \"%s\", but:\n%s", part, notes());
}

typedef struct input {
    const char *name;
    const void *bytes;
    size_t length;
} input;

static bool read_input(const qcode_memory *memory, void *user, qcode_error *err)
{
    const input *what = user;
    qcode_notes *list = qcode_notes_new(memory);
    qcode_transcript *talk = NULL;
    if (list)
        talk = qcode_read_transcript_bytes(what->bytes, what->length, what->name, NULL, memory, list, err);
    else
        err->status = QCODE_NO_MEMORY;
    qcode_transcript_free(talk);
    qcode_notes_free(list);
    return talk != NULL;
}

void refuse_each_allocation_of(const char *name, const void *bytes, size_t length)
{
    refuse_each_allocation(read_input, &(input){name, bytes, length});
}
