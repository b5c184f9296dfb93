/* The rows of a source of codings, before they are placed. */
#ifndef QC_READ_CODINGS_ROWS_H
#define QC_READ_CODINGS_ROWS_H

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "model/run.h"
#include <qcode/codings.h>
#include <qcode/notes.h>

#define QC_NO_OFFSET SIZE_MAX

/* A passage or a unit. Strings are "" where nothing is said. */
typedef struct qc_coding_row {
    const char *document, *text;
    size_t start, end; /* as the source counts, or QC_NO_OFFSET */
    qc_run_spans pieces;
    size_t line, turn;
    bool is_unit;
    bool may_be_other; /* the document's name is the file's own: where only one transcript is there, it is of that one */
    qcode_basis basis;
    size_t first_mark, mark_count;
} qc_coding_row;

/* Who gave a row which code. */
typedef struct qc_coding_mark {
    const char *coder, *code;
} qc_coding_mark;

typedef struct qc_coding_rows {
    qc_arena arena;  /* strings */
    qc_buffer rows;  /* of qc_coding_row */
    qc_buffer marks; /* of qc_coding_mark; `coder` is NULL where nobody is named */
    const char *const *columns; /* coders that have a column of their own: they saw all units */
    size_t column_count;
} qc_coding_rows;

qc_coding_rows qc_coding_rows_init(const qcode_memory *memory);
void qc_coding_rows_clear(qc_coding_rows *rows);
bool qc_coding_rows_add(qc_coding_rows *rows, const qc_coding_row *row); /* its marks are those added since the last */
bool qc_coding_rows_mark(qc_coding_rows *rows, const char *coder, const char *code, size_t length);

/* "neighbour" as the basis; anything else is the speaker's own words. */
qcode_basis qc_basis_of(const char *name);

/* Text as it was decoded: of a table, or of JSON Lines. */
bool qc_read_coding_table(qc_coding_rows *rows, const char *text, size_t length, const char *source, qcode_error *err);
bool qc_read_coding_lines(qc_coding_rows *rows, const char *text, size_t length, const char *source, qcode_error *err);

/* A file of either. */
bool qc_read_coding_rows(qc_coding_rows *rows, const qc_bytes *bytes, const char *source, qcode_notes *notes,
                         qcode_error *err);

#endif
