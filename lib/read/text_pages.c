/* Headers, footers and numbers of pages. */
#include "read/text.h"

enum { MOST_FURNITURE = 120, MOST_NUMBERS = 4 };

/* Lines that return on each page: the same but for one number that rises by one each time. */
typedef struct furniture {
    size_t count, rising, same, at_feed; /* lines; steps where a number rises, or none changes; at a page's edge */
    size_t numbers[MOST_NUMBERS], number_count;
    bool apart, named; /* each stands between blank lines or at a page's edge; it is a page's number */
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

/* "page # of #" and nothing else, but for dashes and the like round it. */
static bool is_page_number(const char *folded)
{
    static const char *const words[] = {"page", "seite", "página", "pagina", "páxina", "pág.", "p.", "sida", "strona"};
    folded += strspn(folded, "-[(| ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(folded, words[i], length) == 0 && strncmp(folded + length, " #", 2) == 0) {
            const char *rest = folded + length + 2;
            rest += strncmp(rest, " of #", 5) == 0    ? 5
                    : strncmp(rest, " von #", 6) == 0 ? 6
                    : strncmp(rest, " de #", 5) == 0  ? 5
                                                      : 0;
            return rest[strspn(rest, "-])| /#")] == '\0';
        }
    }
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
        known->named = is_page_number(folded);
    } else {
        known->rising += rises(known, numbers, count);
        known->same += memcmp(numbers, known->numbers, sizeof known->numbers) == 0;
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
        return rising || known->same + 1 == known->count;
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

bool qc_page_find_furniture(qc_page *page)
{
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
