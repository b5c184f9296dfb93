/* Building a table: columns first, then cells in the order of reading, row after row. */
#ifndef QC_MODEL_TABLE_H
#define QC_MODEL_TABLE_H

#include <qcode/table.h>

/* NULL when memory runs out. */
qcode_table *qc_table_new(const qcode_memory *memory);

/* Strings are copied. A failure is kept: look once, at the end, with qc_table_complete. */
bool qc_table_add_column(qcode_table *table, const char *name, qcode_type type);
bool qc_table_add_text(qcode_table *table, const char *text); /* NULL: missing */
bool qc_table_add_integer(qcode_table *table, int64_t integer);
bool qc_table_add_count(qcode_table *table, size_t count); /* an integer too */
bool qc_table_add_number(qcode_table *table, double number); /* infinite or no number: missing */
bool qc_table_add_yes_no(qcode_table *table, bool yes);
bool qc_table_add_missing(qcode_table *table);

/* Takes back all rows; the columns stay. */
void qc_table_empty(qcode_table *table);

const qcode_memory *qc_table_memory(const qcode_table *table);

/* Whether memory sufficed. */
bool qc_table_complete(const qcode_table *table);

/* The table, when it is complete and all else was `done`; else it is freed, and NULL. `table` may be NULL. */
qcode_table *qc_table_closed(qcode_table *table, bool done);

#endif
