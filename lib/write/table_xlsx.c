/* Tables as sheets of a workbook. */
#include "base/error.h"
#include "base/memory.h"
#include "model/table.h"
#include "write/table.h"

bool qc_put_table_sheet(qc_workbook *book, const char *name, const qcode_table *table)
{
    const qcode_memory *memory = qc_table_memory(table);
    size_t count = qcode_table_column_count(table), rows = qcode_table_row_count(table), size;
    qc_workbook_column *columns = !qc_multiply(count + 1, sizeof *columns, &size) ? NULL : qc_resize(memory, NULL, size);
    if (!columns)
        return false;
    for (size_t i = 0; i < count; i++)
        columns[i] = (qc_workbook_column){.name = qcode_table_column(table, i)->name};
    qc_workbook_sheet_begin(book, &(qc_workbook_sheet){.name = name, .columns = columns, .count = count});
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < count; i++)
            qc_workbook_put(book, qcode_table_column(table, i)->type, qcode_table_cell(table, row, i), NULL);
        qc_workbook_row_end(book);
    }
    qc_release(memory, columns);
    return true;
}

bool qc_write_sheets(const qc_named_table *tables, size_t count, const qcode_memory *memory, qcode_sink *sink,
                     qcode_error *err)
{
    qc_workbook *book = qc_workbook_new(true, memory, err);
    bool done = book != NULL;
    for (size_t i = 0; done && i < count; i++)
        if (tables[i].table)
            done = qc_put_table_sheet(book, tables[i].name, tables[i].table) || qc_no_memory(err);
    done = done && qc_workbook_finish(book, sink, err);
    qc_workbook_free(book);
    return done;
}
