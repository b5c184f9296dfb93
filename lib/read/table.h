/* Rows with named columns (CSV, spreadsheets) as turns. */
#ifndef QC_READ_TABLE_H
#define QC_READ_TABLE_H

#include "base/set.h"
#include "read/rendering.h"
#include "read/tally.h"

enum { QC_TABLE_MOST_COLUMNS = 256, QC_TABLE_MOST_DOCUMENTS = 100000, QC_TABLE_TELLS = 5 };

typedef struct qc_cell {
    const char *text; /* well-formed UTF-8 */
    size_t length;
} qc_cell;

/* What a column is for; QC_COLUMN_OTHER: nothing here. */
typedef enum qc_column {
    QC_COLUMN_OTHER,
    QC_COLUMN_TEXT,
    QC_COLUMN_SPEAKER,
    QC_COLUMN_TIME,
    QC_COLUMN_END,
    QC_COLUMN_DOCUMENT,
    QC_COLUMN_KINDS
} qc_column;

typedef struct qc_table_reader {
    const qc_source *source;
    qcode_notes *notes;
    qc_rendering *renderings; /* of each document, in the order of their first rows */
    size_t document_count, document_capacity;
    qc_set documents; /* their values in the column; an index there is one of `renderings`, once there is a column */
    size_t document;  /* of the last row */
    size_t column[QC_COLUMN_KINDS]; /* index + 1; 0: there is none */
    size_t columns;                 /* of the header; 0 before it was seen */
    qc_tally tally[QC_TABLE_TELLS];
} qc_table_reader;

qc_table_reader qc_table_init(const qc_source *source, qcode_notes *notes);
void qc_table_clear(qc_table_reader *table);

/* For each use the column with the best name, as index + 1; 0: none. */
void qc_table_find_columns(const qc_cell *cells, size_t count, size_t column[QC_COLUMN_KINDS]);

/* The same by what the user says, which wins over names: false for a `spec` that is not understood or names a column that
 * is not there. NULL says nothing. */
bool qc_table_choose_columns(const char *spec, const char *source, size_t line, const qc_cell *cells, size_t count,
                             size_t column[QC_COLUMN_KINDS], qcode_error *err);

/* Whether these cells name columns: one of words, and one of speakers or times. */
bool qc_table_is_header(const qc_cell *cells, size_t count);

/* The next row, the first of which names the columns: `text` (utterance, statement, words, content ...) has to be
 * there, `speaker`, `time` (timestamp, start ...), `end` and `document` may be. Case, spaces and underscores of a name
 * do not count. Each row is a turn; one without words is passed over, one without a speaker goes on with the turn
 * before, one without a document is of the document before. False with the place for a header without words or a row
 * that does not fit it. */
bool qc_table_row(qc_table_reader *table, const qc_cell *cells, size_t count, size_t line, qcode_error *err);

/* The transcript; where rows are of several documents the first, with the others behind it, called FILE/DOCUMENT. An
 * input without a header is refused. */
qcode_transcript *qc_table_finish(qc_table_reader *table, const char *format, const char *encoding, qcode_error *err);

#endif
