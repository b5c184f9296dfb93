/* The lines of a cases.csv, as the cast of a transcript asks for them. */
#ifndef QC_MODEL_CASES_H
#define QC_MODEL_CASES_H

#include "base/memory.h"
#include <qcode/study.h>
#include <qcode/transcript.h>

typedef struct qc_case {
    const char *document;        /* NULL: any */
    const char *speaker;         /* NULL: every respondent of the document */
    qcode_role role;             /* QCODE_ROLE_NONE: not said */
    const char *case_name;       /* NULL: not said */
    qcode_attribute *attributes; /* without empty values */
    size_t attribute_count;
    size_t line;
} qc_case;

/* An empty set, to be filled by the reader of cases.csv; strings are copied. */
qcode_cases *qc_cases_new(const qcode_memory *memory, qcode_error *err);
bool qc_cases_add(qcode_cases *cases, const qc_case *line);

size_t qc_cases_count(const qcode_cases *cases);
const qc_case *qc_cases_at(const qcode_cases *cases, size_t index);

/* Whether a line speaks of this document (its name, with or without extension). */
bool qc_case_holds(const qc_case *line, const char *document);

#endif
