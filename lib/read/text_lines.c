/* Plain text in lines: what is on each beside its words. */
#include "read/text.h"
#include "base/utf8.h"
#include "text/words.h"

enum { MOST_FURNITURE = 120, MOST_NUMBERS = 4 };

static bool is_blank(const char *text, size_t length, size_t *at)
{
    if ((unsigned char)text[*at] < 0x80) {
        bool blank = strchr(" \t\f\v\r", text[*at]) && text[*at];
        *at += blank;
        return blank;
    }
    size_t here = *at;
    bool blank = qc_is_space(qc_utf8_next(text, length, &here));
    *at = blank ? here : *at;
    return blank;
}

static size_t trimmed_end(const char *text, size_t start, size_t end)
{
    while (end > start) {
        size_t before = end;
        uint32_t point = qc_utf8_previous(text, &before);
        if (!qc_is_space(point))
            break;
        end = before;
    }
    return end;
}

static uint32_t columns_of(const char *text, size_t from, size_t to)
{
    uint32_t columns = 0;
    for (; from < to && columns < 10000; from++)
        columns = text[from] == '\t' ? columns / 8 * 8 + 8 : columns + (((unsigned char)text[from] & 0xC0) != 0x80);
    return columns;
}

bool qc_page_split(qc_page *page)
{
    bool blank = true, feed = false;
    size_t number = 0;
    for (size_t from = 0; from < page->length; number++) {
        const char *feed_at = memchr(page->text + from, '\n', page->length - from);
        size_t stop = feed_at ? (size_t)(feed_at - page->text) : page->length, start = from;
        while (start < stop && is_blank(page->text, stop, &start))
            feed |= page->text[start - 1] == '\f';
        size_t end = trimmed_end(page->text, start, stop);
        qc_line *before = page->count ? &page->lines[page->count - 1] : NULL;
        if (before && feed)
            before->before_feed = true;
        if (start == stop) {
            blank = true;
            if (before)
                before->before_blank = true;
        } else {
            if (!qc_grow(page->source->memory, &page->lines, &page->capacity, page->count + 1, sizeof *page->lines))
                return false;
            page->lines[page->count++] = (qc_line){
                .start = start, .end = end, .number = number + 1, .time_ms = -1, .label = QC_LINE_NO_LABEL,
                .indent = columns_of(page->text, from, start), .after_blank = blank, .after_feed = feed};
            blank = feed = false;
            for (size_t i = end; i < stop; i++)
                feed |= page->text[i] == '\f';
        }
        from = stop + 1;
    }
    if (page->count)
        page->lines[page->count - 1].before_blank = true;
    return true;
}

/* The number at the start of a line, with white space or nothing behind it; 0 when there is none. */
static size_t leading_number(const qc_page *page, const qc_line *line, size_t *behind)
{
    size_t number = 0, at = line->start;
    for (; at < line->end && at - line->start < 6 && page->text[at] >= '0' && page->text[at] <= '9'; at++)
        number = number * 10 + (size_t)(page->text[at] - '0');
    if (at == line->start || (at < line->end && page->text[at] != ' ' && page->text[at] != '\t'))
        return 0;
    while (at < line->end && is_blank(page->text, line->end, &at))
        ;
    *behind = at;
    return number;
}

typedef struct numbering {
    size_t lines, runs, steps, breaks; /* numbered; series begun; numbers that follow the one before; that do not */
    size_t same_column, other_column;  /* lines without number that begin, or do not, where numbered ones have their words */
    size_t last, step;
    uint32_t column;
} numbering;

static void count_numbered(numbering *all, size_t number, uint32_t column, bool has_words)
{
    if (!all->lines) {
        all->runs = 1;
    } else if (number > all->last && (!all->step || number - all->last == all->step)) {
        all->step = number - all->last;
        all->steps++;
    } else if (number == 1 || (all->step > 1 && number == all->step)) {
        all->runs++; /* a new page */
    } else {
        all->breaks++;
    }
    all->lines++;
    all->last = number;
    if (has_words)
        all->column = all->column && all->column != column ? UINT32_MAX : column;
}

/* Lines are numbered when their numbers rise evenly, and either each line has one, or all words begin in one column. */
static bool lines_are_numbered(const qc_page *page)
{
    numbering all = {0};
    for (size_t i = 0; i < page->count; i++) {
        const qc_line *line = &page->lines[i];
        size_t behind = 0, number = leading_number(page, line, &behind);
        if (number)
            count_numbered(&all, number, line->indent + columns_of(page->text, line->start, behind), behind < line->end);
    }
    if (all.steps < 4 || all.breaks * 20 > all.lines)
        return false;
    for (size_t i = 0; i < page->count; i++) {
        size_t behind;
        if (!leading_number(page, &page->lines[i], &behind)) {
            all.same_column += page->lines[i].indent == all.column;
            all.other_column += page->lines[i].indent != all.column;
        }
    }
    return (all.same_column + all.other_column) * 20 <= page->count || all.other_column * 10 <= all.same_column;
}

static void take_numbers_off(qc_page *page)
{
    size_t kept = 0;
    for (size_t i = 0; i < page->count; i++) {
        qc_line line = page->lines[i];
        size_t behind;
        if (leading_number(page, &line, &behind)) {
            line.indent += columns_of(page->text, line.start, behind);
            line.start = behind;
        }
        if (line.start < line.end) {
            page->lines[kept++] = line;
        } else if (kept) { /* a number alone: as good as a blank line */
            page->lines[kept - 1].before_blank = true;
        }
        if (line.start >= line.end && i + 1 < page->count)
            page->lines[i + 1].after_blank = true;
    }
    page->count = kept;
    page->numbered = true;
}

/* "-----", "=====", "* * *": marks alone, at least three alike. */
static bool is_divider(const char *text, size_t length)
{
    char mark = text[0];
    size_t marks = 0;
    if (!strchr("-=_*~^#+", mark))
        return false;
    for (size_t i = 0; i < length; i++) {
        marks += text[i] == mark;
        if (text[i] != mark && text[i] != ' ')
            return false;
    }
    return marks >= 3;
}

/* Lines that return on each page: the same but for one number that rises by one each time. */
typedef struct furniture {
    size_t count, last_line, rising, at_feed;
    size_t numbers[MOST_NUMBERS], number_count;
    bool apart, named; /* each stands between blank lines or at a page's edge; it has the word page */
} furniture;

/* Puts the line with each number as one # into `shape`, and the numbers into the array. */
static size_t shape_of(qc_buffer *shape, const char *text, size_t length, size_t numbers[MOST_NUMBERS])
{
    size_t count = 0;
    shape->length = 0;
    for (size_t i = 0; i < length;) {
        if (text[i] < '0' || text[i] > '9') {
            qc_buffer_byte(shape, text[i++]);
            continue;
        }
        size_t number = 0, from = i;
        for (; i < length && text[i] >= '0' && text[i] <= '9'; i++)
            number = i - from < 9 ? number * 10 + (size_t)(text[i] - '0') : number;
        if (count < MOST_NUMBERS)
            numbers[count] = number;
        count++;
        qc_buffer_byte(shape, '#');
    }
    return count;
}

static bool has_page_word(const char *folded)
{
    static const char *const words[] = {"page #", "seite #", "página #", "pagina #", "páxina #", "pág. #", "sida #", "strona #"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(folded, words[i]))
            return true;
    return false;
}

static bool rises(const furniture *known, const size_t numbers[MOST_NUMBERS], size_t count)
{
    size_t by_one = 0, same = 0;
    for (size_t i = 0; i < count && i < MOST_NUMBERS; i++) {
        by_one += numbers[i] == known->numbers[i] + 1;
        same += numbers[i] == known->numbers[i];
    }
    return count <= MOST_NUMBERS && by_one == 1 && same + 1 == count;
}

static void count_furniture(furniture *known, const qc_line *line, const size_t numbers[MOST_NUMBERS], size_t count,
                            const char *folded)
{
    bool at_feed = line->after_feed || line->before_feed;
    bool apart = at_feed || (line->after_blank && line->before_blank);
    if (!known->count) {
        known->apart = true;
        known->named = has_page_word(folded);
    } else {
        known->rising += rises(known, numbers, count);
    }
    known->count++;
    known->at_feed += at_feed;
    known->apart &= apart;
    known->number_count = count;
    if (count)
        memcpy(known->numbers, numbers, sizeof known->numbers);
}

static bool is_furniture(const furniture *known)
{
    bool rising = known->number_count && known->rising + 1 == known->count;
    if (known->named && known->apart)
        return true;
    if (known->count >= 2 && known->at_feed == known->count)
        return rising || !known->number_count;
    return known->count >= 3 && rising && known->apart;
}

static bool could_be_furniture(const qc_page *page, const qc_line *line)
{
    if (line->kind != QC_LINE_SPEECH || line->end - line->start > MOST_FURNITURE)
        return false;
    if (line->after_feed || line->before_feed)
        return true;
    for (size_t i = line->start; i < line->end; i++)
        if (page->text[i] >= '0' && page->text[i] <= '9')
            return true;
    return false;
}

static bool survey_furniture(qc_page *page, qc_labels *shapes, furniture **known, qc_buffer *shape, size_t *which)
{
    size_t capacity = 0;
    for (size_t i = 0; i < page->count; i++) {
        qc_line *line = &page->lines[i];
        which[i] = QC_NO_LABEL;
        if (!could_be_furniture(page, line))
            continue;
        size_t numbers[MOST_NUMBERS] = {0}, before = shapes->count;
        size_t count = shape_of(shape, page->text + line->start, line->end - line->start, numbers);
        if (shape->failed || (which[i] = qc_labels_add(shapes, shape->data, shape->length)) == QC_NO_LABEL ||
            !qc_grow(page->source->memory, known, &capacity, shapes->count, sizeof **known))
            return false;
        if (shapes->count > before)
            (*known)[before] = (furniture){0};
        count_furniture(&(*known)[which[i]], line, numbers, count, shapes->at[which[i]].key);
    }
    return true;
}

/* Blank lines beside a page's furniture belong to it, but what it parts stays apart. */
bool qc_page_find_furniture(qc_page *page)
{
    if (lines_are_numbered(page))
        take_numbers_off(page);
    for (size_t i = 0; i < page->count; i++)
        if (is_divider(page->text + page->lines[i].start, page->lines[i].end - page->lines[i].start))
            page->lines[i].kind = QC_LINE_DIVIDER;
    qc_arena arena = qc_arena_init(page->source->memory);
    qc_labels shapes = qc_labels_init(page->source->memory);
    qc_buffer shape = qc_buffer_init(page->source->memory);
    furniture *known = NULL;
    size_t *which = qc_arena_take_array(&arena, page->count, sizeof *which);
    bool done = which && survey_furniture(page, &shapes, &known, &shape, which);
    for (size_t i = 0; done && i < page->count; i++)
        if (which[i] != QC_NO_LABEL && is_furniture(&known[which[i]]))
            page->lines[i].kind = QC_LINE_PAGE;
    qc_release(page->source->memory, known);
    qc_buffer_clear(&shape);
    qc_labels_clear(&shapes);
    qc_arena_clear(&arena);
    return done;
}
