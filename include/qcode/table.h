/* A result that is not codings: rows under named, typed columns. Each analysis makes one, and one writer writes all. */
#ifndef QCODE_TABLE_H
#define QCODE_TABLE_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>
#include <qcode/sink.h>

/* How results are written. */
typedef enum qcode_format {
    QCODE_FORMAT_JSONL, /* an object a line */
    QCODE_FORMAT_CSV,
    QCODE_FORMAT_TEXT, /* for people in front of a terminal */
    QCODE_FORMAT_JSON, /* one list of objects; of tables alone */
    QCODE_FORMAT_XLSX  /* a workbook; of tables alone, and only where qcode is built with libxlsxwriter */
} qcode_format;

typedef enum qcode_type {
    QCODE_TYPE_TEXT,
    QCODE_TYPE_INTEGER,
    QCODE_TYPE_NUMBER,
    QCODE_TYPE_YES_NO /* true and false in JSON */
} qcode_type;

typedef struct qcode_column {
    const char *name; /* "interviews" */
    qcode_type type;
} qcode_column;

typedef struct qcode_cell {
    bool missing; /* nothing is known: null in JSON, an empty cell in CSV; then `as` says nothing */
    union {
        const char *text;
        int64_t integer;
        double number; /* finite */
        bool yes;
    } as; /* what the column's type says */
} qcode_cell;

/* Never changes after it was made; threads may share it. All it answers lives as long as it does. */
typedef struct qcode_table qcode_table;
QCODE_API void qcode_table_free(qcode_table *table);

QCODE_API size_t qcode_table_column_count(const qcode_table *table);
QCODE_API const qcode_column *qcode_table_column(const qcode_table *table, size_t index);
QCODE_API size_t qcode_table_find(const qcode_table *table, const char *name); /* SIZE_MAX: no such column */
QCODE_API size_t qcode_table_row_count(const qcode_table *table);
QCODE_API qcode_cell qcode_table_cell(const qcode_table *table, size_t row, size_t column);

typedef struct qcode_table_style {
    qcode_format format;
    bool raw;    /* CSV: no ' in front of what a spreadsheet would take for a formula */
    bool screen; /* the sink is a terminal: control characters are spelt out (in text they always are) */
} qcode_table_style;

/* Writes the table to the sink, which is not finished. Numbers are written so that they are read back unchanged; in
 * text, which leaves out columns without a value and cuts long cells, to three decimals. */
QCODE_API bool qcode_table_write(const qcode_table *table, const qcode_table_style *style, qcode_sink *sink,
                                 qcode_error *err);

#endif
