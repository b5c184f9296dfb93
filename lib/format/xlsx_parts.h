/* What a workbook's sheets refer to: strings that they share, and which number formats are dates. */
#ifndef QC_FORMAT_XLSX_PARTS_H
#define QC_FORMAT_XLSX_PARTS_H

#include "format/package.h"

typedef struct qc_xlsx_strings {
    qc_buffer text; /* all strings, each with a NUL behind it */
    qc_buffer ends; /* of each, as size_t: the place behind its NUL */
} qc_xlsx_strings;

/* Both parts may be absent. `part` is "" then. */
bool qc_xlsx_read_strings(const qc_package *package, const char *part, qc_xlsx_strings *strings, qcode_error *err);

/* A byte for each cell format: 1 when it shows a date or a time. */
bool qc_xlsx_read_formats(const qc_package *package, const char *part, qc_buffer *formats, qcode_error *err);

/* The string with this number; false when there is none. */
bool qc_xlsx_string(const qc_xlsx_strings *strings, size_t index, const char **text, size_t *length);

/* Appends stored text with its _xHHHH_ as characters (ECMA-376-1, 22.9.2.19). */
void qc_xlsx_put(qc_buffer *out, const char *text, size_t length);

#endif
