/* Which column of a table holds what: who speaks, when, the words. */
#ifndef QC_READ_COLUMNS_H
#define QC_READ_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QC_NO_COLUMN SIZE_MAX

typedef struct qc_cell {
    const char *text;
    size_t length;
} qc_cell;

typedef struct qc_columns {
    size_t document, speaker, time, text; /* from 0, or QC_NO_COLUMN */
} qc_columns;

/* Finds columns by the names in a table's first row ("Speaker", "Timestamp", "Utterance" ...). False unless the words and
 * one other column are named. */
bool qc_columns_by_name(const qc_cell *cells, size_t count, qc_columns *columns);

/* Finds columns of a table without names by its first rows: `rows` rows of `width` cells. The words are the longest column (the
 * second of two), times look like times, and labels stand before the words, are short and have letters. False unless there are words and labels. */
bool qc_columns_by_look(const qc_cell *cells, size_t rows, size_t width, qc_columns *columns);

#endif
