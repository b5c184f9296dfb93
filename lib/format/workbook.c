/* Workbooks by libxlsxwriter, which writes a file of its own; that file's bytes then go to the sink. */
#include "format/workbook.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "format/workbooks.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    MOST_ROWS = 1048576, /* ECMA-376-1 leaves these to the programs; they are those of Excel */
    MOST_COLUMNS = 16384,
    MOST_UNITS = 32767, /* of UTF-16, in a cell */
    MOST_NAME = 31,
    MOST_CHOICES = 255,
    MOST_HINT = 255,
    WIDEST = 60, /* a column that is as wide as its cells */
    NARROWEST = 4
};

/* The date in every file, 2000-01-01T00:00:00Z: a real one would make each file another. */
static const time_t made_on = 946684800;

/* How a cell looks. */
typedef struct look {
    bool header, wrapped, centred;
    char color[8]; /* "" for none */
} look;

typedef struct column {
    look look; /* of its cells */
    size_t width, widest;
    bool hidden;
} column;

struct qc_workbook {
    const qc_workbooks *workbooks;
    const qcode_memory *memory;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    char path[4096]; /* of the temporary file; "" when there is none */
    qc_buffer columns;             /* of the sheet: column */
    qc_buffer looks, formats;      /* look, and the lxw_format * of each */
    qc_buffer text;                /* of a cell */
    size_t row, at;                /* the cell that comes next */
    qcode_error failure;           /* the first; QCODE_OK while there is none */
};

bool qc_workbook_can(void)
{
    return true;
}

static bool sound(const qc_workbook *book)
{
    return book->failure.status == QCODE_OK;
}

static void fail(qc_workbook *book, const char *message)
{
    if (sound(book))
        qc_fail(&book->failure, QCODE_LIMIT, NULL, 0, 0, "%s", message);
}

static void no_memory(qc_workbook *book)
{
    if (sound(book))
        qc_no_memory(&book->failure);
}

static void check(qc_workbook *book, lxw_error error)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        no_memory(book);
    else if (error != LXW_NO_ERROR && sound(book))
        qc_fail(&book->failure, QCODE_WRITE, NULL, 0, 0, "cannot write a workbook: %s", lxw_strerror(error));
}

/* ---- texts */

static bool is_hex(const char *text)
{
    for (size_t i = 0; i < 4; i++)
        if (!strchr("0123456789abcdefABCDEF", text[i]) || !text[i])
            return false;
    return true;
}

/* XML 1.0 has no such character, or would make it a line feed. */
static bool is_outside_xml(uint32_t point)
{
    return (point < 0x20 && point != '\t' && point != '\n') || point == 0xFFFE || point == 0xFFFF;
}

/* The text as a cell stores it (ECMA-376-1, 22.4.2.4, ST_Xstring): _x001B_ for a character that XML has not. */
static const char *stored(qc_workbook *book, const char *text, size_t *units, size_t *widest)
{
    size_t length = strlen(text), line = 0;
    book->text.length = *units = *widest = 0;
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t point = qc_utf8_next(text, length, &at);
        bool escape = point == '_' && length - from >= 7 && text[at] == 'x' && text[at + 5] == '_' && is_hex(text + at + 1);
        if (escape || is_outside_xml(point))
            qc_buffer_print(&book->text, "_x%04" PRIX32 "_", point);
        else
            qc_buffer_append(&book->text, text + from, at - from);
        *units += point > 0xFFFF ? 2 : 1;
        line = point == '\n' ? 0 : line + 1;
        *widest = line > *widest ? line : *widest;
    }
    const char *whole = qc_buffer_text(&book->text);
    if (!whole)
        no_memory(book);
    return whole;
}

/* ---- looks */

static lxw_color_t color_of(const char *color)
{
    return (lxw_color_t)strtoul(color + 1, NULL, 16);
}

/* White letters stand out on a dark colour. */
static bool is_dark(const char *color)
{
    lxw_color_t all = color_of(color);
    return (all >> 16) * 299 + (all >> 8 & 255) * 587 + (all & 255) * 114 < 128 * 1000;
}

static lxw_format *make_format(qc_workbook *book, const look *wanted)
{
    lxw_format *format = workbook_add_format(book->workbook);
    if (!format)
        return NULL;
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (wanted->header)
        format_set_bold(format);
    if (wanted->header || wanted->wrapped)
        format_set_text_wrap(format);
    if (wanted->centred)
        format_set_align(format, LXW_ALIGN_CENTER);
    if (*wanted->color) {
        format_set_bg_color(format, color_of(wanted->color));
        format_set_font_color(format, is_dark(wanted->color) ? LXW_COLOR_WHITE : LXW_COLOR_BLACK);
    }
    return format;
}

/* The format of a look, made when it is first wanted; NULL after a failure. */
static lxw_format *format_of(qc_workbook *book, const look *wanted)
{
    const look *looks = (const void *)book->looks.data;
    size_t count = book->looks.length / sizeof *looks;
    lxw_format **formats = (void *)book->formats.data;
    for (size_t i = 0; i < count; i++)
        if (memcmp(&looks[i], wanted, sizeof *wanted) == 0)
            return formats[i];
    lxw_format *format = make_format(book, wanted);
    if (!format || !qc_buffer_append(&book->formats, &format, sizeof format) ||
        !qc_buffer_append(&book->looks, wanted, sizeof *wanted)) {
        no_memory(book);
        return NULL;
    }
    return format;
}

static look with_color(look plain, const char *color)
{
    if (color && strlen(color) == 7)
        memcpy(plain.color, color, 8);
    return plain;
}

/* ---- columns */

/* What is known when all rows of the sheet are: how wide its columns are, and what its filter is over. */
static void end_sheet(qc_workbook *book)
{
    const column *columns = (const void *)book->columns.data;
    size_t count = book->columns.length / sizeof *columns;
    for (size_t i = 0; book->sheet && i < count; i++) {
        size_t found = columns[i].widest > WIDEST ? WIDEST : columns[i].widest < NARROWEST ? NARROWEST : columns[i].widest;
        lxw_row_col_options options = {.hidden = columns[i].hidden};
        check(book, worksheet_set_column_opt(book->sheet, (lxw_col_t)i, (lxw_col_t)i,
                                             columns[i].width ? (double)columns[i].width : (double)found + 2, NULL,
                                             &options));
    }
    if (book->sheet && count)
        check(book, worksheet_autofilter(book->sheet, 0, 0, (lxw_row_t)(book->row - 1), (lxw_col_t)(count - 1)));
}

static bool choices_fit(const char *const *choices)
{
    size_t length = 0;
    for (size_t i = 0; choices[i]; i++)
        length += (i > 0) + qc_utf8_count(choices[i], strlen(choices[i]));
    return length && length <= MOST_CHOICES;
}

/* Its drop-down, its hint, and what keeps it from being typed over, for every row the sheet may have. */
static void guard_column(qc_workbook *book, const qc_workbook_column *wanted, lxw_col_t at)
{
    char hint[MOST_HINT + 1] = "";
    snprintf(hint, sizeof hint, "%.*s", qc_utf8_cut(wanted->hint ? wanted->hint : "", MOST_HINT),
             wanted->hint ? wanted->hint : "");
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_ANY,
                                .ignore_blank = LXW_VALIDATION_ON,
                                .show_input = LXW_VALIDATION_ON,
                                .show_error = LXW_VALIDATION_ON,
                                .dropdown = LXW_VALIDATION_ON,
                                .input_message = *hint ? hint : NULL};
    if (wanted->choices) {
        rule.validate = LXW_VALIDATION_TYPE_LIST;
        rule.value_list = (char **)(void *)(uintptr_t)wanted->choices; /* it only looks */
        rule.error_message = "choose one of the list, or clear the cell";
        if (!choices_fit(wanted->choices))
            fail(book, "the words of a drop-down are more than the 255 characters that a workbook holds");
    } else if (wanted->fixed) {
        rule.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
        rule.value_formula = "=FALSE";
        rule.error_message = "this column says where the row belongs: it is not for typing";
        rule.ignore_blank = LXW_VALIDATION_OFF;
    } else if (!*hint) {
        return;
    }
    if (sound(book))
        check(book, worksheet_data_validation_range(book->sheet, 1, at, MOST_ROWS - 1, at, &rule));
}

static void put_header(qc_workbook *book, const qc_workbook_column *wanted, lxw_col_t at)
{
    size_t units, widest;
    const char *name = stored(book, wanted->name, &units, &widest);
    look header = with_color((look){.header = true, .centred = wanted->centred}, wanted->color);
    if (units > MOST_UNITS)
        fail(book, "the name of a column is longer than a cell holds");
    lxw_format *format = sound(book) ? format_of(book, &header) : NULL;
    if (format)
        check(book, worksheet_write_string(book->sheet, 0, at, name, format));
    column new = {.look = {.wrapped = wanted->wrapped, .centred = wanted->centred}, .width = wanted->width,
                  .widest = widest, .hidden = wanted->hidden};
    if (!qc_buffer_append(&book->columns, &new, sizeof new))
        no_memory(book);
}

/* ---- sheets */

static bool is_sheet_name(const char *name)
{
    size_t length = strlen(name);
    return length && qc_utf8_count(name, length) <= MOST_NAME && !strpbrk(name, "[]:*?/\\") && *name != '\'' &&
           name[length - 1] != '\'';
}

void qc_workbook_sheet_begin(qc_workbook *book, const qc_workbook_sheet *sheet)
{
    if (sound(book))
        end_sheet(book);
    if (!is_sheet_name(sheet->name) || workbook_get_worksheet_by_name(book->workbook, sheet->name))
        fail(book, "no workbook can have a sheet of such a name, or it has two of one name");
    if (sheet->count > MOST_COLUMNS)
        fail(book, "a sheet has no more than 16384 columns");
    if (!sound(book))
        return;
    book->columns.length = 0;
    book->row = 1;
    book->at = 0;
    book->sheet = workbook_add_worksheet(book->workbook, sheet->name);
    if (!book->sheet)
        no_memory(book);
    for (size_t i = 0; sound(book) && i < sheet->count; i++) {
        put_header(book, &sheet->columns[i], (lxw_col_t)i);
        guard_column(book, &sheet->columns[i], (lxw_col_t)i);
    }
    if (sound(book))
        worksheet_freeze_panes(book->sheet, 1, (lxw_col_t)sheet->frozen);
}

static void put_string(qc_workbook *book, column *in, const char *text, lxw_format *format)
{
    size_t units, widest;
    const char *whole = stored(book, text, &units, &widest);
    if (units > MOST_UNITS && sound(book))
        qc_fail(&book->failure, QCODE_LIMIT, NULL, 0, 0,
                "row %zu, column %zu: the text has %zu characters, and a cell of a workbook holds %d", book->row + 1,
                book->at + 1, units, MOST_UNITS);
    in->widest = widest > in->widest ? widest : in->widest;
    if (sound(book))
        check(book, worksheet_write_string(book->sheet, (lxw_row_t)book->row, (lxw_col_t)book->at, whole, format));
}

static void put_number(qc_workbook *book, column *in, double number, lxw_format *format)
{
    enum { USUAL = 8 };
    in->widest = in->widest < USUAL ? USUAL : in->widest;
    check(book, worksheet_write_number(book->sheet, (lxw_row_t)book->row, (lxw_col_t)book->at, number, format));
}

/* A number of a workbook is a double: a longer integer is written as its digits. */
static void put_integer(qc_workbook *book, column *in, int64_t number, lxw_format *format)
{
    const int64_t most = INT64_C(1) << 53;
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    if (number > most || number < -most)
        put_string(book, in, digits, format);
    else
        put_number(book, in, (double)number, format);
}

void qc_workbook_put(qc_workbook *book, qcode_type type, qcode_cell cell, const char *color)
{
    if (book->row >= MOST_ROWS)
        fail(book, "a sheet has no more than 1048576 rows");
    if (!sound(book) || book->at >= book->columns.length / sizeof(column))
        return;
    column *in = (column *)(void *)book->columns.data + book->at;
    look wanted = with_color(in->look, color);
    lxw_format *format = format_of(book, &wanted);
    if (format && cell.missing && *wanted.color)
        check(book, worksheet_write_blank(book->sheet, (lxw_row_t)book->row, (lxw_col_t)book->at, format));
    if (format && !cell.missing)
        switch (type) {
        case QCODE_TYPE_TEXT: put_string(book, in, cell.as.text, format); break;
        case QCODE_TYPE_INTEGER: put_integer(book, in, cell.as.integer, format); break;
        case QCODE_TYPE_NUMBER: put_number(book, in, cell.as.number, format); break;
        case QCODE_TYPE_YES_NO: put_string(book, in, cell.as.yes ? "yes" : "no", format); break;
        }
    book->at++;
}

void qc_workbook_row_end(qc_workbook *book)
{
    book->row++;
    book->at = 0;
}

/* ---- the file */

static bool copy_file(const char *path, qcode_sink *sink, qcode_error *err)
{
    char bytes[16 * 1024];
    FILE *file = fopen(path, "rb");
    if (!file)
        return qc_fail_errno(err, QCODE_WRITE, path, "cannot read back the workbook");
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        qcode_sink_write(sink, bytes, got);
    bool done = !ferror(file) || qc_fail_errno(err, QCODE_WRITE, path, "cannot read back the workbook");
    fclose(file);
    return done;
}

bool qc_workbook_finish(qc_workbook *book, qcode_sink *sink, qcode_error *err)
{
    if (sound(book))
        end_sheet(book);
    lxw_workbook *workbook = book->workbook;
    if (sound(book) && workbook) {
        book->workbook = NULL; /* closing ends it */
        check(book, workbook_close(workbook));
    }
    if (sound(book))
        return copy_file(book->path, sink, err);
    if (err)
        *err = book->failure;
    return false;
}

static bool make_temporary(qc_workbook *book, const char *folder)
{
    if (!folder || snprintf(book->path, sizeof book->path, "%s/.qcode.XXXXXX", folder) >= (int)sizeof book->path)
        *book->path = '\0';
    int fd = *book->path ? mkstemp(book->path) : -1;
    if (fd < 0)
        *book->path = '\0';
    else
        close(fd);
    return fd >= 0;
}

static bool open_book(qc_workbook *book, bool streams, qcode_error *err)
{
    if (!make_temporary(book, getenv("TMPDIR")) && !make_temporary(book, "/tmp"))
        return qc_fail_errno(err, QCODE_WRITE, "temporary file", "cannot write");
    lxw_workbook_options options = {.constant_memory = streams, .use_zip64 = LXW_FALSE};
    book->workbook = workbook_new_opt(book->path, &options);
    if (!book->workbook)
        return qc_no_memory(err);
    lxw_doc_properties about = {.created = made_on};
    check(book, workbook_set_properties(book->workbook, &about));
    return sound(book) || qc_no_memory(err);
}

qc_workbook *qc_workbook_new(bool streams, const qcode_memory *memory, qcode_error *err)
{
    qc_workbook *book = qc_resize(memory, NULL, sizeof *book);
    if (!book) {
        qc_no_memory(err);
        return NULL;
    }
    const qc_buffer empty = qc_buffer_init(memory);
    *book = (qc_workbook){.workbooks = &qcode_workbooks, .memory = memory, .columns = empty, .looks = empty,
                          .formats = empty, .text = empty};
    if (open_book(book, streams, err))
        return book;
    qc_workbook_free(book);
    return NULL;
}

void qc_workbook_free(qc_workbook *book)
{
    if (!book)
        return;
    if (book->workbook)
        lxw_workbook_free(book->workbook);
    if (*book->path)
        unlink(book->path);
    qc_buffer *buffers[] = {&book->columns, &book->looks, &book->formats, &book->text};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        qc_buffer_clear(buffers[i]);
    qc_release(book->memory, book);
}
