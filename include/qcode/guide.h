/* An interview guide: the questions that were to be asked. */
#ifndef QCODE_GUIDE_H
#define QCODE_GUIDE_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>
#include <qcode/notes.h>

/* Never changes after it was made; threads may share it. */
typedef struct qcode_guide qcode_guide;

#define QCODE_MOST_QUESTIONS 1000

/* A guide of these questions, which are numbered from 1; they are copied. */
QCODE_API qcode_guide *qcode_guide_new(const char *const *questions, size_t count, const qcode_memory *memory,
                                       qcode_error *err);

/* The same from a file with a question a line: marks of lists ("3.", "3)", "-", "*") are taken off, empty lines and those
 * that begin with # are passed over. */
QCODE_API qcode_guide *qcode_guide_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                        qcode_error *err);
QCODE_API void qcode_guide_free(qcode_guide *guide);

QCODE_API size_t qcode_guide_count(const qcode_guide *guide);
QCODE_API const char *qcode_guide_question(const qcode_guide *guide, size_t index);

#endif
