/* Filling in the caller's error and notes. */
#ifndef QC_BASE_ERROR_H
#define QC_BASE_ERROR_H

#include <qcode/error.h>
#include <qcode/notes.h>

/* Fills `err` (which may be NULL) and answers false, so that a failing function ends in `return qc_fail(...)`.
 * `source` may be NULL; `line` and `column` are 0 where no place is to blame. Bytes of the message or the source that
 * could confuse a terminal are shown as \x1b or \u{202e}. */
bool qc_fail(qcode_error *err, qcode_status status, const char *source, size_t line, size_t column,
             const char *format, ...) QCODE_PRINTF(6, 7);
bool qc_no_memory(qcode_error *err);

/* An errno after a failed call: "cannot open: no such file or directory". */
bool qc_fail_errno(qcode_error *err, qcode_status status, const char *source, const char *what);

/* Adds a note. `notes` may be NULL. A failure to add it is kept in the notes (qcode_notes_complete). */
void qc_note(qcode_notes *notes, qcode_note_kind kind, const char *source, size_t line, size_t column,
             const char *format, ...) QCODE_PRINTF(6, 7);

/* The error as one more note (kind QCODE_NOTE_ERROR), and notes moved behind other notes. */
void qc_note_error(qcode_notes *notes, const qcode_error *err);
void qc_notes_append(qcode_notes *notes, const qcode_notes *more);

#endif
