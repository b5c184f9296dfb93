/* The rows of a source of codings, before they are placed. */
#ifndef QC_READ_CODINGS_ROWS_H
#define QC_READ_CODINGS_ROWS_H

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/set.h"
#include "format/csv.h"
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
    const char *hash; /* of the transcript that the place was counted in; NULL: not said */
    size_t first_mark, mark_count;
} qc_coding_row;

/* What somebody said of a row. */
typedef enum qc_mark_kind {
    QC_MARK_CODED,
    QC_MARK_JUDGED, /* looked at it, with every code that was asked for; `code` is NULL */
    QC_MARK_UNSURE, /* of this code */
    QC_MARK_BLANK   /* had the row before them and said nothing; `code` is NULL */
} qc_mark_kind;

typedef struct qc_coding_mark {
    const char *coder, *code;
    qc_mark_kind kind;
} qc_coding_mark;

/* Who looked at a document, whatever they coded there. */
typedef struct qc_coding_saw {
    const char *coder, *document; /* `coder` is NULL where nobody is named */
} qc_coding_saw;

typedef struct qc_coding_rows {
    qc_arena arena;  /* strings */
    qc_buffer rows;  /* of qc_coding_row */
    qc_buffer marks; /* of qc_coding_mark; `coder` is NULL where nobody is named */
    const char *const *columns; /* coders that have a column of their own: they saw all units */
    size_t column_count;
    const char *const *asked; /* the codes that who judged a row was asked for */
    size_t asked_count;
    qc_buffer saw; /* of qc_coding_saw */
    qc_set versions;  /* as the coders keep them */
    bool unversioned; /* some rows do not say under which codebook they were made */
} qc_coding_rows;

qc_coding_rows qc_coding_rows_init(const qcode_memory *memory);
void qc_coding_rows_clear(qc_coding_rows *rows);
bool qc_coding_rows_add(qc_coding_rows *rows, const qc_coding_row *row); /* its marks are those added since the last */
bool qc_coding_rows_saw(qc_coding_rows *rows, const char *coder, const char *document); /* strings of the arena */
bool qc_coding_rows_mark(qc_coding_rows *rows, const char *coder, const char *code, size_t length);

/* Under which version of a codebook somebody gave a code; NULL or "": it is not said. */
bool qc_coding_rows_version(qc_coding_rows *rows, bool by_person, const char *code, const char *version);

/* The same of any kind; the strings have to last. */
bool qc_coding_rows_mark_as(qc_coding_rows *rows, qc_mark_kind kind, const char *coder, const char *code);

/* What a column of such a table holds. */
typedef enum qc_coding_use {
    QC_USE_DOCUMENT,
    QC_USE_START,
    QC_USE_END,
    QC_USE_TEXT,
    QC_USE_CODE,
    QC_USE_CODES, /* parted by ; */
    QC_USE_CODER,
    QC_USE_TURN,
    QC_USE_BASIS,
    QC_USE_PIECES,
    QC_USE_DECISION,
    QC_USE_ORIGIN, /* this and the next two: of a run's segments */
    QC_USE_STATE,
    QC_USE_CODEBOOK,
    QC_USE_USES,     /* anything else */
    QC_USE_ONE_CODER /* codes of the coder who is in the column's name */
} qc_coding_use;

/* By the name in its first line. */
qc_coding_use qc_coding_use_of(const qc_csv_field *field);

/* Whether fields are parted by tabs, and quotes part nothing. */
bool qc_is_tabbed(const char *text, size_t length);

/* The bytes of a file, whichever of the forms below they have; or of a coding sheet. */
bool qc_read_coding_rows(qc_coding_rows *rows, const qc_bytes *bytes, const char *source, qcode_notes *notes,
                         qcode_error *err);

/* The same of a path: of such a file, or of another program's file or folder. */
bool qc_read_codings_at(qc_coding_rows *rows, const char *path, qcode_notes *notes, qcode_error *err);

/* Text as it was decoded: of a table, or of JSON Lines. */
bool qc_read_coding_table(qc_coding_rows *rows, const char *text, size_t length, const char *source, qcode_error *err);
bool qc_read_coding_lines(qc_coding_rows *rows, const char *text, size_t length, const char *source, qcode_error *err);

/* The same of a decisions.jsonl (qcode/decisions.h); the lines of its rows are those of its canonical order. */
bool qc_read_decided_codings(qc_coding_rows *rows, const char *text, size_t length, const char *source,
                             qcode_error *err);

#endif
