/* CSV (RFC 4180) as people make it: commas, semicolons or tabs, LF or CRLF, quotes. Text in, text out. */
#ifndef QC_FORMAT_CSV_H
#define QC_FORMAT_CSV_H

#include "base/buffer.h"
#include <qcode/error.h>

typedef struct qc_csv_field {
    const char *text; /* NUL-terminated, owned by the reader until the next record */
    size_t length;
    size_t line, column; /* from 1 */
    size_t source_start, source_end; /* bytes of the table that the field was written in, its quotes too */
} qc_csv_field;

typedef struct qc_csv qc_csv;

/* Reads well-formed UTF-8; the text stays the caller's. The separator is found from the first line (or from an Excel
 * line "sep=;"). */
qc_csv *qc_csv_new(const char *text, size_t length, const char *source, const qcode_memory *memory, qcode_error *err);
void qc_csv_free(qc_csv *csv);

/* The next record: its fields and their number; 0 fields at the end. False with file:line:column when a quote is never
 * closed (the place where it opens), text follows a closing quote, a NUL stands anywhere, or another control character
 * outside quotes. Records of no characters are passed over. A guard against formulas (below) is taken off again. */
bool qc_csv_next(qc_csv *csv, const qc_csv_field **fields, size_t *count, qcode_error *err);

/* Appends one field of a record being written, quoted where needed. A text that begins, behind any number of ', with
 * = + - @ tab or CR gets one more ' in front, so that no spreadsheet takes it for a formula (CWE-1236); reading takes
 * one off. What is put is read back unchanged, but for a NUL, which CSV cannot hold. */
bool qc_csv_put(qc_buffer *out, const char *text, size_t length);

/* The same without that ', for programs that read none. */
bool qc_csv_put_raw(qc_buffer *out, const char *text, size_t length);

#endif
