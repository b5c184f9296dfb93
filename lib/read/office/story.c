/* Paragraphs, text boxes and tables as plain lines. */
#include "read/office/story.h"
#include "format/timecode.h"
#include "read/layout.h"
#include "read/text/text.h"

enum { SHORT_LINE = 60, LOOK_ROWS = 32, MOST_WIDTH = 64 };

qc_story qc_story_init(const qc_source *source)
{
    return (qc_story){.source = source, .text = qc_buffer_init(source->memory), .aside = qc_buffer_init(source->memory),
                      .cells = qc_buffer_init(source->memory), .ends = qc_buffer_init(source->memory)};
}

void qc_story_clear(qc_story *story)
{
    qc_buffer_clear(&story->text);
    qc_buffer_clear(&story->aside);
    qc_buffer_clear(&story->cells);
    qc_buffer_clear(&story->ends);
}

/* Where words go now. */
static qc_buffer *target(qc_story *story)
{
    return story->boxes ? &story->aside : story->tables ? &story->cells : &story->text;
}

static void put(qc_story *story, const char *text, size_t length)
{
    size_t most = story->source->limits.text, held = story->text.length + story->aside.length + story->cells.length;
    if (held > most || length > most - held)
        story->too_long = true;
    else
        qc_buffer_append(target(story), text, length);
}

void qc_story_text(qc_story *story, const char *text, size_t length)
{
    size_t from = 0;
    for (size_t at = 0; at < length; at++)
        if (text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
            put(story, text + from, at - from);
            put(story, " ", 1);
            from = at + 1;
        }
    put(story, text + from, length - from);
}

void qc_story_string(qc_story *story, const char *text)
{
    put(story, text, strlen(text));
}

void qc_story_break(qc_story *story)
{
    put(story, "\n", 1);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Takes blanks off the end, as far as `start`. */
static void trim(qc_buffer *out, size_t start)
{
    while (out->length > start && is_blank(out->data[out->length - 1]))
        out->length--;
}

/* A label or heading of its own: what it is about follows directly. */
static bool leads_on(const char *line, size_t length)
{
    return length <= SHORT_LINE && !memchr(line, '\n', length) && !qc_ends_a_sentence(line, length);
}

/* Ends the lines that begin at `start` of `out`. Two paragraphs never have more than one empty line between them. */
static void end_lines(qc_buffer *out, size_t start)
{
    trim(out, start);
    if (out->length > start)
        qc_buffer_string(out, leads_on(out->data + start, out->length - start) ? "\n" : "\n\n");
    else if (start > 1 && out->data[start - 2] != '\n')
        qc_buffer_byte(out, '\n');
}

/* Puts what stood in text boxes behind the text. */
static void put_aside(qc_story *story)
{
    if (story->aside.length)
        qc_buffer_append(&story->text, story->aside.data, story->aside.length);
    story->aside.length = 0;
}

/* A whole turn in one paragraph: its first line ends with a time, as Teams writes them. */
static bool is_packed(const char *text, size_t length)
{
    const char *end = memchr(text, '\n', length);
    if (!end)
        return false;
    const char *time = end;
    while (time > text && !is_blank(time[-1]))
        time--;
    return time > text && memchr(time, ':', (size_t)(end - time)) && qc_time_of(time, (size_t)(end - time)) >= 0;
}

static void look_at_paragraph(qc_story *story, const qc_buffer *out)
{
    if (out->failed || out->length == story->start)
        return;
    bool packed = is_packed(out->data + story->start, out->length - story->start);
    story->turns_packed |= packed;
    story->after_packed = packed ? 0 : story->after_packed + 1;
    story->last = story->start;
}

void qc_story_end_paragraph(qc_story *story)
{
    qc_buffer *out = target(story);
    if (story->tables && !story->boxes) {
        put(story, "\n", 1); /* of the cell */
        return;
    }
    if (!story->boxes)
        look_at_paragraph(story, out);
    end_lines(out, story->start);
    if (!story->boxes)
        put_aside(story);
    story->start = out->length;
}

/* A box stands inside a paragraph, which goes on when the box is closed. Its own lines all end, so that it needs no start. */
void qc_story_open_box(qc_story *story)
{
    if (!story->boxes++) {
        trim(&story->aside, 0);
        if (story->aside.length)
            qc_buffer_byte(&story->aside, '\n');
        story->box_start = story->start;
    }
    story->start = story->aside.length;
}

void qc_story_close_box(qc_story *story)
{
    end_lines(&story->aside, story->start);
    if (--story->boxes)
        story->start = story->aside.length;
    else
        story->start = story->box_start;
}

/* ---- tables */

static size_t cell_end(const qc_story *story, size_t index)
{
    size_t end;
    memcpy(&end, story->ends.data + index * sizeof end, sizeof end);
    return end;
}

static qc_cell cell_at(const qc_story *story, size_t index)
{
    size_t start = index ? cell_end(story, index - 1) : 0, end = cell_end(story, index);
    while (start < end && is_blank(story->cells.data[start]))
        start++;
    while (end > start && is_blank(story->cells.data[end - 1]))
        end--;
    return (qc_cell){story->cells.data + start, end - start};
}

void qc_story_open_table(qc_story *story)
{
    if (story->boxes || story->tables++)
        return; /* a table in a cell or a box is so many paragraphs */
    end_lines(&story->text, story->start);
    story->start = story->text.length;
    story->rows = story->row_cells = story->width = 0;
    story->decided = story->named = false;
}

void qc_story_end_cell(qc_story *story, size_t span)
{
    if (story->boxes || story->tables != 1 || story->ends.failed)
        return;
    if (story->row_cells == MOST_WIDTH) {
        size_t *last = (size_t *)(void *)(story->ends.data + story->ends.length) - 1;
        *last = story->cells.length;
    }
    for (size_t i = 0; i < span && story->row_cells < MOST_WIDTH; i++, story->row_cells++)
        qc_buffer_append(&story->ends, &story->cells.length, sizeof story->cells.length);
}

/* What the columns hold. Rows are filled up to one width while they wait, so that they make a grid. */
static bool decide(qc_story *story)
{
    size_t count = story->rows * story->width;
    qc_cell *cells = qc_resize(story->source->memory, NULL, (count + 1) * sizeof *cells);
    if (!cells)
        return false;
    for (size_t i = 0; i < count; i++)
        cells[i] = cell_at(story, i);
    story->decided = true;
    bool by_name = qc_cast_by_name(cells, story->width, &story->columns) && story->columns.speaker != QC_NO_COLUMN;
    story->named = by_name || qc_cast_by_look(cells, story->rows, story->width, &story->columns);
    if (by_name) /* the names themselves are nobody's words */
        story->skip_row = true;
    qc_release(story->source->memory, cells);
    return true;
}

static void put_stamp(qc_buffer *out, const qc_cell *time)
{
    if (!time->length)
        return;
    bool bare = time->text[0] != '[' && time->text[0] != '(';
    qc_buffer_string(out, bare ? "[" : "");
    qc_buffer_append(out, time->text, time->length);
    qc_buffer_string(out, bare ? "] " : " ");
}

static void count_unused(qc_story *story, const qc_cell *row, size_t count)
{
    const qc_cast_columns *columns = &story->columns;
    for (size_t i = 0; i < count; i++)
        story->unused += i != columns->speaker && i != columns->time && i != columns->text && row[i].length;
}

static void put_turn(qc_story *story, const qc_cell *row)
{
    qc_buffer *out = &story->text;
    const qc_cast_columns *columns = &story->columns;
    qc_cell speaker = row[columns->speaker];
    if (columns->time != QC_NO_COLUMN)
        put_stamp(out, &row[columns->time]);
    while (speaker.length && (speaker.text[speaker.length - 1] == ':' || is_blank(speaker.text[speaker.length - 1])))
        speaker.length--;
    if (speaker.length) {
        qc_buffer_append(out, speaker.text, speaker.length);
        qc_buffer_string(out, ": ");
    }
    qc_buffer_append(out, row[columns->text].text, row[columns->text].length);
}

static void put_row(qc_story *story, const qc_cell *row, size_t count)
{
    size_t start = story->text.length;
    if (story->named) {
        put_turn(story, row);
        count_unused(story, row, count);
    }
    for (size_t i = 0; !story->named && i < count; i++) {
        qc_buffer_string(&story->text, i && row[i].length && story->text.length > start ? "\t" : "");
        qc_buffer_append(&story->text, row[i].text, row[i].length);
    }
    trim(&story->text, start);
    if (story->text.length > start)
        qc_buffer_byte(&story->text, '\n');
}

static void put_rows(qc_story *story)
{
    qc_cell row[MOST_WIDTH];
    for (size_t r = 0; r < story->rows; r++) {
        for (size_t i = 0; i < story->width; i++)
            row[i] = cell_at(story, r * story->width + i);
        if (!story->skip_row)
            put_row(story, row, story->width);
        story->skip_row = false;
    }
    story->rows = story->cells.length = story->ends.length = 0;
}

/* Brings the rows that wait to a new width. */
static void widen(qc_story *story, size_t width)
{
    qc_buffer ends = qc_buffer_init(story->source->memory);
    for (size_t r = 0; r < story->rows; r++)
        for (size_t i = 0; i < width; i++) {
            size_t end = cell_end(story, r * story->width + (i < story->width ? i : story->width - 1));
            qc_buffer_append(&ends, &end, sizeof end);
        }
    size_t done = story->rows * story->width * sizeof(size_t);
    qc_buffer_append(&ends, story->ends.data + done, story->ends.length - done);
    bool failed = ends.failed;
    qc_buffer_clear(&story->ends);
    story->ends = ends;
    story->ends.failed = failed;
    story->width = width;
}

void qc_story_end_row(qc_story *story)
{
    if (story->boxes || story->tables != 1 || !story->row_cells || story->ends.failed)
        return;
    if (story->row_cells > story->width && story->rows)
        widen(story, story->row_cells);
    else if (story->row_cells > story->width)
        story->width = story->row_cells;
    while (!story->ends.failed && story->row_cells < story->width)
        qc_story_end_cell(story, 1);
    story->row_cells = 0;
    story->rows++;
    if (story->ends.failed || story->cells.failed || (!story->decided && story->rows < LOOK_ROWS))
        return;
    if (!story->decided && !decide(story))
        story->ends.failed = true;
    else
        put_rows(story);
}

void qc_story_close_table(qc_story *story)
{
    if (story->boxes || --story->tables)
        return;
    if (!story->ends.failed && !story->cells.failed && story->rows) {
        if (!story->decided && !decide(story))
            story->ends.failed = true;
        else
            put_rows(story);
    }
    story->cells.length = story->ends.length = 0;
    if (story->text.length)
        qc_buffer_byte(&story->text, '\n');
    put_aside(story);
    story->start = story->text.length;
}

bool qc_story_holds(const qc_story *story, qcode_error *err)
{
    if (story->text.failed || story->aside.failed || story->cells.failed || story->ends.failed)
        return qc_no_memory(err);
    if (story->too_long)
        return qc_fail(err, QCODE_LIMIT, story->source->path, 0, 0, "the text is longer than the limit of %zu bytes",
                       story->source->limits.text);
    return true;
}

/* Takes the last paragraph out when it is the recorder's one line. */
static void drop_last(qc_story *story, qcode_notes *notes)
{
    if (memchr(story->text.data + story->last, '\n', story->text.length - story->last))
        return;
    story->text.length = story->last;
    trim(&story->text, 0);
    qc_note(notes, QCODE_NOTE_SKIPPED, story->source->path, 0, 0,
            "one line behind the last turn, which the recorder wrote, is left out");
}

qcode_transcript *qc_story_finish(qc_story *story, const char *format, const char *encoding, qcode_notes *notes,
                                  qcode_error *err)
{
    trim(&story->text, 0);
    if (story->turns_packed && story->after_packed == 1)
        drop_last(story, notes);
    if (story->text.length)
        qc_buffer_byte(&story->text, '\n');
    if (story->unused)
        qc_note(notes, QCODE_NOTE_SKIPPED, story->source->path, 0, 0,
                "%zu cells of tables of turns, in columns of neither speaker, time nor words, are left out", story->unused);
    qcode_transcript *talk = NULL;
    if (qc_story_holds(story, err))
        talk = qc_read_layout(story->source, &story->text, format, encoding, notes, err);
    qc_story_clear(story);
    return talk;
}
