/* Which lines of a study's cases said something of a run. */
#ifndef QC_WORK_USES_H
#define QC_WORK_USES_H

#include "base/memory.h"
#include <qcode/notes.h>
#include <qcode/study.h>
#include <qcode/transcript.h>

typedef struct qc_case_uses {
    const qcode_cases *cases; /* may be NULL */
    struct qc_case_use *of;   /* for each line */
} qc_case_uses;

bool qc_case_uses_init(qc_case_uses *uses, const qcode_cases *cases, qc_arena *arena);

/* One document of the run. `talk` is NULL when it was refused: then lines that name it are not blamed. */
void qc_case_uses_add(qc_case_uses *uses, const char *document, const qcode_transcript *talk);

/* A note for each line that said nothing, or that holds for several documents which share a name. */
void qc_case_uses_tell(const qc_case_uses *uses, qcode_notes *notes);

#endif
