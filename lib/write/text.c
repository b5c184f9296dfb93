/* Segments for people to read in a terminal. */
#include "write/writer.h"
#include "base/screen.h"
#include "base/utf8.h"
#include "model/reading.h"
#include "model/shown.h"

static const char *const colors[2][2] = {{"\xC2\xAB", "\xC2\xBB"}, {"\x1b[1;33m", "\x1b[0m"}}; /* « », bold yellow */

/* Words made safe to show; the lines of a longer passage stand below each other. */
static void put_words(qc_buffer *out, const char *text, size_t length)
{
    for (const char *end; (end = memchr(text, '\n', length)); text = end + 1) {
        qc_screen(out, text, (size_t)(end - text), true);
        qc_buffer_string(out, "\n    ");
        length -= (size_t)(end - text) + 1;
    }
    qc_screen(out, text, length, true);
}

static void put_string(qc_buffer *out, const char *text)
{
    qc_screen(out, text, strlen(text), false);
}

/* The same of words of which some may not be shown: a remark for each stretch of masks. */
static void put_kept_back(qc_buffer *out, const char *text, size_t length)
{
    size_t from = 0, at = 0;
    while (at < length) {
        size_t masked = qc_masked_length(text + at, length - at);
        if (!masked) {
            at++;
            continue;
        }
        put_words(out, text + from, at - from);
        qc_buffer_string(out, QC_WITHHELD);
        from = at += masked;
    }
    put_words(out, text + from, length - from);
}

/* Where the row's matches stand in the reading of some pieces. */
static bool find_marks(qc_buffer *marks, const qc_row *row, const qcode_span *pieces, size_t count)
{
    const qcode_segment *segment = row->segment;
    qc_buffer hits = qc_buffer_init(marks->memory);
    for (size_t i = 0; i < segment->hit_count; i++)
        qc_buffer_append(&hits, &segment->hits[i].span, sizeof(qcode_span));
    bool done = !hits.failed && qc_find_marks(marks, pieces, count, (const void *)hits.data, segment->hit_count);
    qc_buffer_clear(&hits);
    return done;
}

static void put_marked(qc_buffer *out, const qc_row *row, bool color)
{
    qc_buffer marks = qc_buffer_init(out->memory);
    const qc_cell *text = &row->cells[QC_TEXT];
    out->failed = !find_marks(&marks, row, row->segment->pieces, row->segment->piece_count) || out->failed;
    size_t at = 0;
    const qcode_span *mark = (const void *)marks.data;
    for (size_t i = 0; i < marks.length / sizeof *mark; i++) {
        put_words(out, text->text + at, mark[i].start - at);
        qc_buffer_string(out, colors[color][0]);
        put_words(out, text->text + mark[i].start, mark[i].end - mark[i].start);
        qc_buffer_string(out, colors[color][1]);
        at = mark[i].end;
    }
    put_words(out, text->text + at, text->length - at);
    qc_buffer_clear(&marks);
}

/* T01.txt:12  leadership  P01 (respondent) */
static void put_head(qc_buffer *out, const qc_row *row)
{
    const qc_cell *cells = row->cells;
    put_string(out, cells[QC_DOCUMENT].text);
    qc_buffer_print(out, ":%zu  ", cells[QC_LINE].number);
    put_string(out, cells[QC_CODE].text);
    if (cells[QC_SPEAKER].kind != QC_CELL_NONE) {
        qc_buffer_string(out, "  ");
        put_string(out, cells[QC_SPEAKER].text);
    }
    if (cells[QC_ROLE].kind != QC_CELL_NONE)
        qc_buffer_print(out, " (%s)", cells[QC_ROLE].text);
    if (cells[QC_TIME].kind != QC_CELL_NONE)
        qc_buffer_print(out, " %s", cells[QC_TIME].text);
    qc_buffer_byte(out, '\n');
}

bool qc_put_segment_text(qc_buffer *out, const qc_row *row, bool color)
{
    put_head(out, row);
    qc_buffer_string(out, "    ");
    if (row->withheld)
        put_kept_back(out, row->cells[QC_TEXT].text, row->cells[QC_TEXT].length);
    else
        put_marked(out, row, color);
    return qc_buffer_string(out, "\n\n");
}

/* Some of what a turn says, on one line. */
static void put_on_one_line(qc_buffer *out, const char *text, size_t length)
{
    size_t from = out->length;
    qc_screen(out, text, length, true);
    for (; from < out->length; from++)
        if (out->data[from] == '\n' || out->data[from] == '\t')
            out->data[from] = ' ';
}

static void put_in_context(qc_buffer *out, const char *said, size_t length, qcode_span mark, size_t context, bool color)
{
    size_t from = mark.start, end = mark.end;
    for (size_t points = context; points && from; points--)
        qc_utf8_previous(said, &from);
    for (size_t points = context; points && end < length; points--)
        qc_utf8_next(said, length, &end);
    qc_buffer_string(out, from ? "\xE2\x80\xA6" : "");
    put_on_one_line(out, said + from, mark.start - from);
    qc_buffer_string(out, colors[color][0]);
    put_on_one_line(out, said + mark.start, mark.end - mark.start);
    qc_buffer_string(out, colors[color][1]);
    put_on_one_line(out, said + mark.end, end - mark.end);
    qc_buffer_string(out, end < length ? "\xE2\x80\xA6\n" : "\n");
}

/* T01.txt:12  P01: */
static void put_place(qc_buffer *out, const qc_row *row)
{
    put_string(out, row->cells[QC_DOCUMENT].text);
    qc_buffer_print(out, ":%zu  ", row->cells[QC_LINE].number);
    if (row->cells[QC_SPEAKER].kind != QC_CELL_NONE) {
        put_string(out, row->cells[QC_SPEAKER].text);
        qc_buffer_string(out, ": ");
    }
}

bool qc_put_segment_context(qc_buffer *out, const qc_row *row, size_t context, bool color)
{
    const qcode_turn turn = qcode_transcript_turn(row->talk, row->segment->turn - 1);
    qc_buffer said = qc_buffer_init(out->memory), marks = said, ranges = said;
    if (row->withheld) {
        put_place(out, row);
        qc_buffer_string(out, QC_WITHHELD);
        qc_buffer_byte(out, '\n');
    } else if (qc_list_ranges(&ranges, &turn) &&
               qc_put_shown(&said, row->talk, (const void *)ranges.data, turn.range_count) &&
               find_marks(&marks, row, (const void *)ranges.data, turn.range_count)) {
        const qcode_span *at = (const void *)marks.data;
        for (size_t i = 0; i < marks.length / sizeof *at; i++) {
            put_place(out, row);
            put_in_context(out, said.data, said.length, at[i], context, color);
        }
    } else {
        out->failed = true;
    }
    qc_buffer_clear(&said);
    qc_buffer_clear(&marks);
    qc_buffer_clear(&ranges);
    return !out->failed;
}
