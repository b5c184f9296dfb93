/* Errors and notes. */
#include "base/error.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/screen.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies safe-to-show text into a fixed array; keeps the end of it when `keep_end`, cuts between characters. */
static void put_fixed(char *to, size_t size, const char *text, bool keep_end)
{
    size_t length = strlen(text);
    if (length < size) {
        memcpy(to, text, length + 1);
        return;
    }
    const char *mark = "...";
    size_t room = size - 1 - strlen(mark);
    if (keep_end) {
        const char *from = text + length - room;
        while (((unsigned char)*from & 0xC0) == 0x80)
            from++;
        snprintf(to, size, "%s%s", mark, from);
    } else {
        while (room && ((unsigned char)text[room] & 0xC0) == 0x80)
            room--;
        memcpy(to, text, room);
        memcpy(to + room, mark, strlen(mark) + 1);
    }
}

/* Makes `text` safe and puts it into the array without taking memory: errors must work when there is none. */
static void put_screened(char *to, size_t size, const char *text, bool keep_end)
{
    char room[2048];
    size_t used = 0, length = strlen(text), at = keep_end && length > size ? length - size : 0;
    while (at && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    while (at < length && used + 16 < sizeof room) {
        size_t from = at;
        if (qc_utf8_valid(text + at, length - at < 4 ? length - at : 4) == 0) {
            used += (size_t)snprintf(room + used, sizeof room - used, "\\x%02x", (unsigned)(unsigned char)text[at++]);
            continue;
        }
        uint32_t point = qc_utf8_next(text, length, &at);
        if (qc_is_hidden(point)) {
            used += (size_t)snprintf(room + used, sizeof room - used, point < 0x100 ? "\\x%02x" : "\\u{%04x}",
                                     (unsigned)point);
        } else {
            memcpy(room + used, text + from, at - from);
            used += at - from;
        }
    }
    room[used] = '\0';
    put_fixed(to, size, room, keep_end);
}

static void put_error(qcode_error *err, qcode_status status, const char *source, size_t line, size_t column,
                      const char *format, va_list list)
{
    char message[1024];
    vsnprintf(message, sizeof message, format, list);
    *err = (qcode_error){.status = status, .line = line, .column = column};
    put_screened(err->message, sizeof err->message, message, false);
    put_screened(err->source, sizeof err->source, source ? source : "", true);
}

bool qc_fail(qcode_error *err, qcode_status status, const char *source, size_t line, size_t column, const char *format,
             ...)
{
    if (!err)
        return false;
    va_list list;
    va_start(list, format);
    put_error(err, status, source, line, column, format, list);
    va_end(list);
    return false;
}

bool qc_no_memory(qcode_error *err)
{
    return qc_fail(err, QCODE_NO_MEMORY, NULL, 0, 0, "out of memory");
}

bool qc_fail_errno(qcode_error *err, qcode_status status, const char *source, const char *what)
{
    int number = errno;
    char reason[128];
    const char *text = strerror_r(number, reason, sizeof reason) == 0 ? reason : "unknown reason";
    if (text == reason && reason[0] >= 'A' && reason[0] <= 'Z' && reason[1] >= 'a' && reason[1] <= 'z')
        reason[0] = (char)(reason[0] | 0x20); /* "No such file", but not "RFS specific error" */
    if (number == ENOMEM)
        status = QCODE_NO_MEMORY;
    return qc_fail(err, status, source, 0, 0, "%s: %s", what, text);
}

char *qcode_error_text(const qcode_error *error, char *text, size_t size)
{
    char place[64] = "";
    if (error->line && error->column)
        snprintf(place, sizeof place, ":%zu:%zu", error->line, error->column);
    else if (error->line)
        snprintf(place, sizeof place, ":%zu", error->line);
    const char *colon = error->source[0] || place[0] ? ": " : "";
    if (size)
        snprintf(text, size, "%s%s%s%s", error->source, place, colon, error->message);
    return text;
}

struct qcode_notes {
    const qcode_memory *memory;
    qc_arena arena;
    qcode_note *list;
    size_t count, capacity;
    bool lost;
};

qcode_notes *qcode_notes_new(const qcode_memory *memory)
{
    qcode_notes *notes = qc_resize(memory, NULL, sizeof *notes);
    if (notes)
        *notes = (qcode_notes){.memory = memory, .arena = qc_arena_init(memory)};
    return notes;
}

void qcode_notes_free(qcode_notes *notes)
{
    if (!notes)
        return;
    qc_arena_clear(&notes->arena);
    qc_release(notes->memory, notes->list);
    qc_release(notes->memory, notes);
}

size_t qcode_notes_count(const qcode_notes *notes)
{
    return notes->count;
}

const qcode_note *qcode_notes_at(const qcode_notes *notes, size_t index)
{
    return &notes->list[index];
}

size_t qcode_notes_count_of(const qcode_notes *notes, qcode_note_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < notes->count; i++)
        count += notes->list[i].kind == kind;
    return count;
}

bool qcode_notes_complete(const qcode_notes *notes)
{
    return !notes->lost;
}

const char *qcode_note_kind_name(qcode_note_kind kind)
{
    static const char *const names[] = {"info", "guess", "skipped", "replaced", "warning", "error"};
    return names[kind];
}

static void add_note(qcode_notes *notes, const qcode_note *note)
{
    qcode_note copy = *note;
    bool same = notes->count && strcmp(notes->list[notes->count - 1].source, note->source) == 0;
    copy.source = same ? notes->list[notes->count - 1].source : qc_arena_string(&notes->arena, note->source);
    copy.text = qc_arena_string(&notes->arena, note->text);
    if (!copy.source || !copy.text ||
        !qc_grow(notes->memory, &notes->list, &notes->capacity, notes->count + 1, sizeof *notes->list)) {
        notes->lost = true;
        return;
    }
    notes->list[notes->count++] = copy;
}

void qc_note(qcode_notes *notes, qcode_note_kind kind, const char *source, size_t line, size_t column,
             const char *format, ...)
{
    if (!notes)
        return;
    qcode_error said;
    va_list list;
    va_start(list, format);
    put_error(&said, QCODE_OK, source, line, column, format, list);
    va_end(list);
    add_note(notes, &(qcode_note){kind, line, column, said.source, said.message});
}

void qc_note_error(qcode_notes *notes, const qcode_error *err)
{
    if (notes)
        add_note(notes, &(qcode_note){QCODE_NOTE_ERROR, err->line, err->column, err->source, err->message});
}

void qc_notes_append(qcode_notes *notes, const qcode_notes *more)
{
    if (!notes)
        return;
    for (size_t i = 0; i < more->count; i++)
        add_note(notes, &more->list[i]);
    notes->lost |= more->lost;
}
