/* What an import holds while it runs. */
#ifndef QC_WORK_IMPORTING_H
#define QC_WORK_IMPORTING_H

#include "read/projects/project.h"
#include <qcode/import.h>

typedef struct qc_importing {
    const qcode_import_job *job;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qcode_imported *result;
    qc_project project;
    const char **ids;   /* of each code */
    const char **files; /* of each source with a text: the transcript's name; NULL: it has none */
} qc_importing;

/* Gives each code an id: its name's letters and digits, in small letters, and a number where another has it. */
bool qc_import_ids(qc_importing *in);

/* The codebook as YAML. */
bool qc_import_book(qc_importing *in, qc_buffer *out);

/* Gives each transcript the name of a file. */
bool qc_import_names(qc_importing *in);

/* Each as CSV; `*rows` is 0 when there is nothing to write. */
bool qc_import_codings(qc_importing *in, qc_buffer *out, size_t *rows);
bool qc_import_cases(qc_importing *in, qc_buffer *out, size_t *rows);
bool qc_import_memos(qc_importing *in, qc_buffer *out, size_t *rows);

#endif
