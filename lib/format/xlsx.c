/* Sheets of a workbook, row by row. */
#include "format/xlsx.h"
#include "base/error.h"
#include "base/utf8.h"
#include "format/xlsx_parts.h"

#include <stdlib.h>

/* A cell before its text has a final address. */
typedef struct stored {
    size_t text, length; /* bytes of `row_text` */
    bool is_days;
} stored;

struct qc_xlsx {
    const qc_package *package;
    const qcode_memory *memory;
    qc_buffer relations; /* the name of the workbook's relationships */
    qc_buffer names;     /* of each sheet, then its relationship: two strings with NULs */
    size_t sheets;
    qc_xlsx_strings strings;
    qc_buffer formats;
    qc_part part; /* the sheet that is open */
    size_t row;   /* the number of its row read last */
    qc_buffer row_text, stored, cells, value;
};

/* ---- a cell */

typedef struct cell {
    char reference[16]; /* "B12", for errors */
    char type[12];
    size_t column; /* from 0 */
    size_t line, place;
    bool is_days;
} cell;

static bool fail_cell(const qc_xlsx *book, const cell *at, qcode_status status, const char *message, qcode_error *err)
{
    return qc_fail(err, status, qc_xml_source(book->part.xml), at->line, at->place, "cell %s: %s", at->reference, message);
}

static void copy(char *to, size_t size, const char *from)
{
    size_t length = strlen(from) < size ? strlen(from) : size - 1;
    memcpy(to, from, length);
    to[length] = '\0';
}

/* "B12" is column 1; a cell without a reference stands behind the one before it. */
static bool find_column(const qc_xlsx *book, cell *at, size_t next, qcode_error *err)
{
    const char *letter = at->reference;
    size_t column = 0;
    for (; *letter >= 'A' && *letter <= 'Z' && column <= QC_XLSX_MOST_COLUMNS; letter++)
        column = column * 26 + (size_t)(*letter - 'A') + 1;
    at->column = column ? column - 1 : next;
    if (at->column >= QC_XLSX_MOST_COLUMNS)
        return fail_cell(book, at, QCODE_LIMIT, "stands beyond the limit of columns", err);
    if (at->column < next)
        return fail_cell(book, at, QCODE_SYNTAX, "stands before the cell that precedes it", err);
    return true;
}

static void open_cell(const qc_xlsx *book, const qc_xml_event *event, cell *at)
{
    const char *reference = qc_xml_get(event, "r"), *type = qc_xml_get(event, "t"), *style = qc_xml_get(event, "s");
    *at = (cell){.line = event->line, .place = event->column};
    copy(at->reference, sizeof at->reference, reference ? reference : "");
    copy(at->type, sizeof at->type, type ? type : "n");
    size_t format = style ? strtoul(style, NULL, 10) : 0;
    at->is_days = strcmp(at->type, "n") == 0 && format < book->formats.length && book->formats.data[format];
}

/* What a cell holds goes to `value`: its stored value (v) or its own string (is). A formula (f) is not worked out. */
static bool read_value(qc_xlsx *book, qcode_error *err)
{
    qc_xml *xml = book->part.xml;
    qc_xml_event event;
    bool in_value = false;
    book->value.length = 0;
    for (;;) {
        if (!qc_xml_next(xml, &event, err))
            return false;
        if (event.kind == QC_XML_TEXT && in_value)
            qc_buffer_append(&book->value, event.text, event.length);
        if (event.kind == QC_XML_CLOSE && strcmp(event.name, "c") == 0)
            return true;
        if (event.kind != QC_XML_TEXT)
            in_value = event.kind == QC_XML_OPEN && (strcmp(event.name, "v") == 0 || strcmp(event.name, "t") == 0);
        if (event.kind == QC_XML_OPEN && strcmp(event.name, "rPh") == 0 && !qc_xml_skip(xml, err))
            return false;
    }
}

static bool put_shared(qc_xlsx *book, const cell *at, qcode_error *err)
{
    const char *digits = qc_buffer_text(&book->value), *text;
    if (!digits)
        return qc_no_memory(err);
    char *end;
    unsigned long index = strtoul(digits, &end, 10);
    size_t length;
    if (*digits < '0' || *digits > '9' || *end || !qc_xlsx_string(&book->strings, index, &text, &length))
        return fail_cell(book, at, QCODE_INVALID, "refers to a shared string that does not exist", err);
    qc_buffer_append(&book->row_text, text, length);
    return true;
}

static bool put_cell(qc_xlsx *book, const cell *at, qcode_error *err)
{
    stored new = {.text = book->row_text.length, .is_days = at->is_days};
    if (strcmp(at->type, "s") == 0) {
        if (book->value.length && !put_shared(book, at, err))
            return false;
    } else if (strcmp(at->type, "b") == 0) {
        qc_buffer_string(&book->row_text, book->value.length && *book->value.data == '1' ? "TRUE" : "FALSE");
    } else {
        qc_xlsx_put(&book->row_text, book->value.data, book->value.length);
    }
    new.length = book->row_text.length - new.text;
    qc_buffer_byte(&book->row_text, '\0');
    const stored empty = {.text = book->row_text.length - 1};
    while (book->stored.length / sizeof new < at->column && qc_buffer_append(&book->stored, &empty, sizeof empty))
        ;
    return (qc_buffer_append(&book->stored, &new, sizeof new) && !book->row_text.failed && !book->value.failed) ||
           qc_no_memory(err);
}

/* ---- a row */

/* Up to the end of the row that was opened last. */
static bool read_row(qc_xlsx *book, qcode_error *err)
{
    qc_xml_event event;
    book->row_text.length = book->stored.length = 0;
    for (;;) {
        if (!qc_xml_next(book->part.xml, &event, err))
            return false;
        if (event.kind == QC_XML_CLOSE && strcmp(event.name, "row") == 0)
            return true;
        if (event.kind != QC_XML_OPEN || strcmp(event.name, "c") != 0)
            continue;
        cell at;
        open_cell(book, &event, &at);
        if (!find_column(book, &at, book->stored.length / sizeof(stored), err) || !read_value(book, err) ||
            !put_cell(book, &at, err))
            return false;
    }
}

static bool show_row(qc_xlsx *book, const qc_xlsx_cell **cells, size_t *count, qcode_error *err)
{
    *count = book->stored.length / sizeof(stored);
    book->cells.length = 0;
    if (!qc_buffer_reserve(&book->cells, *count * sizeof(qc_xlsx_cell)))
        return qc_no_memory(err);
    for (size_t i = 0; i < *count; i++) {
        stored from;
        memcpy(&from, book->stored.data + i * sizeof from, sizeof from);
        qc_xlsx_cell shown = {book->row_text.data + from.text, from.length, from.is_days};
        qc_buffer_append(&book->cells, &shown, sizeof shown);
    }
    *cells = (const qc_xlsx_cell *)(void *)book->cells.data;
    return true;
}

size_t qc_xlsx_row(const qc_xlsx *book)
{
    return book->row;
}

bool qc_xlsx_next(qc_xlsx *book, const qc_xlsx_cell **cells, size_t *count, qcode_error *err)
{
    qc_xml_event event;
    *count = 0;
    do {
        if (!qc_xml_next(book->part.xml, &event, err))
            return false;
        if (event.kind != QC_XML_OPEN || strcmp(event.name, "row") != 0)
            continue;
        const char *number = qc_xml_get(&event, "r");
        book->row = number ? (size_t)strtoul(number, NULL, 10) : book->row + 1;
        if (!read_row(book, err))
            return false;
        if (book->stored.length)
            return show_row(book, cells, count, err);
    } while (event.kind != QC_XML_END);
    return true;
}

/* ---- the workbook */

static const char *sheet_name(const qc_xlsx *book, size_t index)
{
    const char *name = book->names.data;
    for (size_t i = 0; i < index * 2; i++)
        name += strlen(name) + 1;
    return name;
}

size_t qc_xlsx_sheet_count(const qc_xlsx *book)
{
    return book->sheets;
}

const char *qc_xlsx_sheet_name(const qc_xlsx *book, size_t index)
{
    return sheet_name(book, index);
}

bool qc_xlsx_sheet(qc_xlsx *book, size_t index, qcode_error *err)
{
    const char *name = sheet_name(book, index), *id = name + strlen(name) + 1;
    qc_buffer target = qc_buffer_init(book->memory);
    qc_part_close(&book->part);
    book->row = 0;
    bool done = qc_package_relation(book->package, book->relations.data, "/worksheet", id, &target, err);
    if (done && !target.length)
        done = qc_fail(err, QCODE_INVALID, book->package->source, 0, 0, "the sheet \"%.*s\" has no part",
                       qc_utf8_cut(name, 60), name);
    done = done && qc_part_open(&book->part, book->package, target.data, err);
    qc_buffer_clear(&target);
    return done;
}

static bool read_sheets(qc_xlsx *book, const char *workbook, qcode_error *err)
{
    qc_part part;
    if (!qc_part_open(&part, book->package, workbook, err))
        return false;
    qc_xml_event event;
    bool done;
    while ((done = qc_xml_next(part.xml, &event, err)) && event.kind != QC_XML_END) {
        if (event.kind != QC_XML_OPEN || strcmp(event.name, "sheet") != 0 || book->sheets == QC_XLSX_MOST_SHEETS)
            continue;
        const char *name = qc_xml_get(&event, "name"), *id = qc_xml_get(&event, "id");
        if (!name || !id)
            continue;
        book->sheets++;
        qc_buffer_append(&book->names, name, strlen(name) + 1);
        qc_buffer_append(&book->names, id, strlen(id) + 1);
    }
    qc_part_close(&part);
    return done && (!book->names.failed || qc_no_memory(err));
}

/* "xl/workbook.xml" has its relationships in "xl/_rels/workbook.xml.rels". */
static bool name_relations(qc_xlsx *book, const char *workbook)
{
    const char *slash = strrchr(workbook, '/'), *base = slash ? slash + 1 : workbook;
    qc_buffer_append(&book->relations, workbook, (size_t)(base - workbook));
    qc_buffer_string(&book->relations, "_rels/");
    qc_buffer_string(&book->relations, base);
    qc_buffer_string(&book->relations, ".rels");
    return qc_buffer_text(&book->relations) != NULL;
}

static bool open_book(qc_xlsx *book, qcode_error *err)
{
    const qc_package *package = book->package;
    qc_buffer name = qc_buffer_init(book->memory);
    bool done = qc_package_relation(package, "_rels/.rels", "/officeDocument", NULL, &name, err);
    const char *workbook = done && name.length ? name.data : "xl/workbook.xml";
    done = done && read_sheets(book, workbook, err) && (name_relations(book, workbook) || qc_no_memory(err));
    const char *relations = book->relations.data;
    done = done && qc_package_relation(package, relations, "/sharedStrings", NULL, &name, err) &&
           qc_xlsx_read_strings(package, name.data, &book->strings, err) &&
           qc_package_relation(package, relations, "/styles", NULL, &name, err) &&
           qc_xlsx_read_formats(package, name.data, &book->formats, err);
    qc_buffer_clear(&name);
    return done;
}

qc_xlsx *qc_xlsx_open(const qc_package *package, qcode_error *err)
{
    const qcode_memory *memory = package->memory;
    qc_xlsx *book = qc_resize(memory, NULL, sizeof *book);
    if (!book) {
        qc_no_memory(err);
        return NULL;
    }
    const qc_buffer empty = qc_buffer_init(memory);
    *book = (qc_xlsx){.package = package, .memory = memory, .relations = empty, .names = empty, .strings = {empty, empty},
                      .formats = empty, .row_text = empty, .stored = empty, .cells = empty, .value = empty};
    if (open_book(book, err))
        return book;
    qc_xlsx_free(book);
    return NULL;
}

void qc_xlsx_free(qc_xlsx *book)
{
    if (!book)
        return;
    qc_part_close(&book->part);
    qc_buffer *buffers[] = {&book->relations, &book->names, &book->strings.text, &book->strings.ends, &book->formats,
                            &book->row_text, &book->stored, &book->cells, &book->value};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        qc_buffer_clear(buffers[i]);
    qc_release(book->memory, book);
}
