/* Line numbers: found in the whole file, and taken off. */
#include "read/text/text.h"

/* The number at the start of a line, with white space or nothing behind it; 0 when there is none. */
static size_t leading_number(const qc_page *page, const qc_line *line, size_t *behind)
{
    size_t number = 0, at = line->start;
    for (; at < line->end && at - line->start < 6 && page->text[at] >= '0' && page->text[at] <= '9'; at++)
        number = number * 10 + (size_t)(page->text[at] - '0');
    if (at > line->start && at < line->end && (page->text[at] == '.' || page->text[at] == ')'))
        at++;
    if (at == line->start || (at < line->end && page->text[at] != ' ' && page->text[at] != '\t'))
        return 0;
    while (at < line->end && (page->text[at] == ' ' || page->text[at] == '\t'))
        at++;
    *behind = at;
    return number;
}

/* Words hang below those of a numbered line, or nearly: longer numbers push them on. */
static bool same_column(uint32_t a, uint32_t b)
{
    return a <= b + 2 && b <= a + 2;
}

typedef struct numbering {
    size_t lines, runs, steps, breaks; /* numbered; series begun; numbers that follow the one before; that do not */
    size_t same_column,
        other_column; /* lines without number that begin, or do not, where numbered ones have their words */
    size_t last, step;
    size_t in_column; /* numbered lines whose words begin in `column` */
    uint32_t column;  /* of the first */
} numbering;

static void count_numbered(numbering *all, size_t number, uint32_t column, bool has_words)
{
    if (!all->lines) {
        all->runs = 1;
    } else if (number > all->last && (!all->step || number - all->last == all->step)) {
        all->step = number - all->last;
        all->steps++;
    } else if (number == all->last) { /* again behind a page's end */
    } else if (number == 1 || (all->step > 1 && number == all->step)) {
        all->runs++; /* a new page */
    } else {
        all->breaks++;
    }
    all->lines++;
    all->last = number;
    if (has_words && !all->column)
        all->column = column;
    all->in_column += !has_words || same_column(column, all->column);
}

/* Lines are numbered when their numbers rise evenly, and either each line has one, or all words begin in one column. */
static bool lines_are_numbered(const qc_page *page, uint32_t *column)
{
    numbering all = {0};
    for (size_t i = 0; i < page->count; i++) {
        const qc_line *line = &page->lines[i];
        size_t behind = 0, number = leading_number(page, line, &behind);
        if (number && (!all.column || line->indent < all.column))
            count_numbered(&all, number, line->indent + qc_columns(page->text, line->start, behind),
                           behind < line->end);
    }
    if (all.steps < 4 || all.breaks * 20 > all.lines || !all.column)
        return false;
    *column = all.column;
    for (size_t i = 0; i < page->count; i++) {
        size_t behind;
        if (page->lines[i].indent >= all.column || !leading_number(page, &page->lines[i], &behind)) {
            bool same = same_column(page->lines[i].indent, all.column);
            all.same_column += same;
            all.other_column += !same;
        }
    }
    return (all.same_column + all.other_column) * 20 <= page->count ||
           (all.in_column * 10 >= all.lines * 9 && all.other_column * 10 <= all.same_column);
}

static void take_numbers_off(qc_page *page, uint32_t column)
{
    size_t kept = 0;
    for (size_t i = 0; i < page->count; i++) {
        qc_line line = page->lines[i];
        size_t behind;
        if (line.indent < column && leading_number(page, &line, &behind)) {
            line.indent += qc_columns(page->text, line.start, behind);
            line.start = behind;
        }
        if (line.start < line.end) {
            page->lines[kept++] = line;
            continue;
        }
        if (kept) { /* a number alone: as good as a blank line */
            page->lines[kept - 1].before_blank = true;
            page->lines[kept - 1].before_feed |= line.before_feed;
        }
        if (i + 1 < page->count)
            page->lines[i + 1].after_blank = true;
    }
    page->count = kept;
    page->numbered = true;
}

void qc_page_take_numbers_off(qc_page *page)
{
    uint32_t column;
    if (lines_are_numbered(page, &column))
        take_numbers_off(page, column);
}
