/* The several things a call may have to say beside its result: what was guessed, skipped or is wrong. */
#ifndef QCODE_NOTES_H
#define QCODE_NOTES_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>

typedef enum qcode_note_kind {
    QCODE_NOTE_INFO,     /* good to know */
    QCODE_NOTE_GUESS,    /* decided without being told; the user can say otherwise */
    QCODE_NOTE_SKIPPED,  /* something of an input that is not in the result */
    QCODE_NOTE_REPLACED, /* something of an input that stands changed in the result */
    QCODE_NOTE_WARNING,  /* allowed, and probably not meant */
    QCODE_NOTE_ERROR     /* one of several reasons why the call failed */
} qcode_note_kind;

typedef struct qcode_note {
    qcode_note_kind kind;
    size_t line;   /* from 1; 0 when no place is meant */
    size_t column; /* from 1, in Unicode characters; 0 when the whole line is meant */
    const char *source; /* lives as long as the notes; "" when the note is about no file */
    const char *text;   /* like an error's message; never words of a transcript */
} qcode_note;

typedef struct qcode_notes qcode_notes;

/* An empty list, or NULL when memory runs out. One list serves one thread at a time. */
QCODE_API qcode_notes *qcode_notes_new(const qcode_memory *memory);
QCODE_API void qcode_notes_free(qcode_notes *notes);

QCODE_API size_t qcode_notes_count(const qcode_notes *notes);
QCODE_API const qcode_note *qcode_notes_at(const qcode_notes *notes, size_t index);
QCODE_API size_t qcode_notes_count_of(const qcode_notes *notes, qcode_note_kind kind);

/* False when memory ran out while a note was being added: then notes are missing. */
QCODE_API bool qcode_notes_complete(const qcode_notes *notes);

/* "info", "guess", "skipped", "replaced", "warning", "error". */
QCODE_API const char *qcode_note_kind_name(qcode_note_kind kind);

#endif
