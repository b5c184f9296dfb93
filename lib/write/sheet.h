/* A coding sheet as a file: the table of its rows, and in a workbook the codebook beside it. */
#ifndef QC_WRITE_SHEET_H
#define QC_WRITE_SHEET_H

#include <qcode/codebook.h>
#include <qcode/sink.h>
#include <qcode/table.h>

#define QC_SHEET_CODE "code:" /* stands before the id in the name of a code's column */

/* Writes a sheet as a workbook; the columns of codes and `proposed` are known by their names. */
bool qc_write_sheet(const qcode_table *rows, const qcode_codebook *book, const qcode_memory *memory, qcode_sink *sink,
                    qcode_error *err);

/* What a codebook says of its codes: code, name, definition, include, exclude, examples and counterexamples; parent and color; with
 * `plain` also the terms of the rules that it is true of. NULL when memory runs out. */
typedef bool qc_rule_filter(const qcode_rule *rule);
qcode_table *qc_codebook_table(const qcode_codebook *book, qc_rule_filter *plain, const qcode_memory *memory);

#endif
