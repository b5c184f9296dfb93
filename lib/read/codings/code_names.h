/* The codes of a source of codings among those that other sources have. */
#ifndef QC_READ_CODINGS_CODE_NAMES_H
#define QC_READ_CODINGS_CODE_NAMES_H

#include "model/coders.h"
#include "read/codings/rows.h"

typedef struct qc_code_names {
    qc_set names;
    qc_buffer numbers; /* size_t, for each of them: the code of the coders */
} qc_code_names;

qc_code_names qc_code_names_init(const qcode_memory *memory);
void qc_code_names_clear(qc_code_names *names);

/* Finds the codes of all rows: by their names, else by names of the same letters and digits, unless the source has both. A
 * note says which are taken for others. New ones are added. False when memory runs out. */
bool qc_code_names_find(qc_code_names *names, qcode_coders *coders, const qc_coding_rows *rows, const char *source,
                        qcode_notes *notes);

/* The code of a name of the rows; SIZE_MAX for any other. */
size_t qc_code_names_at(const qc_code_names *names, const char *name);

#endif
