/* Which column of a document's table holds what: who speaks, when, the words. */
#ifndef QC_READ_COLUMNS_H
#define QC_READ_COLUMNS_H

#include "read/table.h"

#define QC_NO_COLUMN SIZE_MAX

typedef struct qc_cast_columns {
    size_t speaker, time, text; /* from 0, or QC_NO_COLUMN */
} qc_cast_columns;

/* Finds columns by the names in a table's first row ("Speaker", "Timestamp", "Utterance" ...). False unless the words and
 * the speakers are named. */
bool qc_cast_by_name(const qc_cell *cells, size_t count, qc_cast_columns *columns);

/* Finds columns of a table without names by its first rows: `rows` rows of `width` cells. The words are the longest column (the
 * second of two), times look like times, and labels stand before the words, are short and have letters. False unless there are words and labels. */
bool qc_cast_by_look(const qc_cell *cells, size_t rows, size_t width, qc_cast_columns *columns);

#endif
