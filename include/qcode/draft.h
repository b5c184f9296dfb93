/* The draft of a report, set beside the run that it reports on. */
#ifndef QCODE_DRAFT_H
#define QCODE_DRAFT_H

#include <qcode/analyse.h>
#include <qcode/error.h>
#include <qcode/notes.h>
#include <qcode/table.h>

typedef struct qcode_quotes_job {
    const char *draft;      /* .md, .txt, .docx ... */
    const char *folder;     /* of a complete run */
    const char *statements; /* the path of a statements.yaml; NULL: counts are not looked at */
} qcode_quotes_job;

/* Looks for each quotation of the draft in the transcripts, for who is said to have said it, and for each count given with
 * the id of a statement: `line`, `what` (quotation, attribution, count), `draft` (its beginning there), `holds`, `why`,
 * `document` and `at` (the line where it was found). `*wrong` is how many do not hold. No words of a transcript are in it
 * but those that the draft has. */
QCODE_API qcode_table *qcode_check_quotes(const qcode_quotes_job *job, const qcode_memory *memory, size_t *wrong,
                                          qcode_notes *notes, qcode_error *err);

typedef struct qcode_draft_job {
    const char *folder;     /* of a complete run */
    const char *statements; /* the path of a statements.yaml; NULL: none */
    qcode_view_filter filter; /* its states: QCODE_STATES_REVIEWED where they are 0 */
    size_t most;            /* quotes of each code; 0: 3 */
} qcode_draft_job;

/* Writes the draft of a report in Markdown: a section a code, with its statements, their counts by group, contrary and
 * qualifying accounts, and candidate quotes. The sink is not finished. */
QCODE_API bool qcode_write_draft(const qcode_draft_job *job, const qcode_memory *memory, qcode_sink *sink,
                                 qcode_notes *notes, qcode_error *err);

#endif
