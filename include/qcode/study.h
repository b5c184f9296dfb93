/* Who took part: the respondents of a study and what is known of them. */
#ifndef QCODE_STUDY_H
#define QCODE_STUDY_H

#include <qcode/error.h>
#include <qcode/memory.h>
#include <qcode/notes.h>

/* The lines of a cases.csv: columns `document` and/or `speaker`, then `role` (interviewer, respondent), `case`
 * (the respondent's name in the study) and any attributes. A line without speaker holds for every respondent of
 * the document; a line without document for that speaker in every document; the most exact line wins, and a
 * document without speakers becomes a respondent when a line names it: the one speaker of such a line, else the case,
 * else the document. A document may be named by its last part alone, and without its ending. Two lines for the same
 * document and speaker are refused. */
typedef struct qcode_cases qcode_cases;

QCODE_API qcode_cases *qcode_cases_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                        qcode_error *err);
QCODE_API qcode_cases *qcode_cases_parse(const void *data, size_t length, const char *name,
                                         const qcode_memory *memory, qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_cases_free(qcode_cases *cases);

#endif
