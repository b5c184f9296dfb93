/* Who took part: the respondents of a study and what is known of them. */
#ifndef QCODE_STUDY_H
#define QCODE_STUDY_H

#include <qcode/error.h>
#include <qcode/memory.h>
#include <qcode/notes.h>

/* The lines of a cases.csv: columns `document` and/or `speaker`, then `role` (interviewer, respondent), `case`
 * (the respondent's name in the study), `source` (what the document is: interview, joint interview, focus group,
 * observation, document), `consent_use`, `consent_quote`, `consent_archive` (yes, no), `withdrawn` (yes, no, a date) and
 * any attributes. A line without speaker holds for every respondent of the document; a line without document for that
 * speaker in every document; the most exact line wins, and a document without speakers becomes a respondent when a line
 * names it: the one speaker of such a line, else the case, else the document (not where it is an observation or a
 * document, and the line names nobody). A document may be named by its last part alone, and without its ending. Two
 * lines for the same document and speaker are refused.
 *
 * A `no` to use or quote and a withdrawal hold for all interviews of a case. Nothing stated restricts nothing, and is a
 * note. See qcode_may_use and qcode_may_quote. */
typedef struct qcode_cases qcode_cases;

QCODE_API qcode_cases *qcode_cases_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                        qcode_error *err);
QCODE_API qcode_cases *qcode_cases_parse(const void *data, size_t length, const char *name,
                                         const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

/* One more line, as people write it: "WHO=CASE,NAME=VALUE,...". WHO is a document, document:speaker or :speaker; CASE may
 * be empty; a part that holds a comma stands in double quotes. `*cases` is made when it is NULL. On failure it is as it
 * was, or NULL. */
QCODE_API bool qcode_cases_add(qcode_cases **cases, const char *line, const qcode_memory *memory, qcode_notes *notes,
                               qcode_error *err);
QCODE_API void qcode_cases_free(qcode_cases *cases);

#endif
