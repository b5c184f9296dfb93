/* Headers, footers and numbers of pages. */
#include "read/text/text.h"

enum { MOST_FURNITURE = 120, MOST_NUMBERS = 4 };

#define BESIDE_NUMBERS "-[(|)] \xE2\x80\x93\x94" /* and dashes: the bytes of – and — */

/* Lines that return on each page: the same, or but for one number that rises by one each time. */
typedef struct furniture {
    size_t count, rising, same, at_feed; /* lines; steps where a number rises, or none changes; at a page's edge */
    size_t numbers[MOST_NUMBERS], number_count;
    bool apart;          /* each stands between blank lines or at a page's edge */
    bool named, number;  /* "page 3 of 12"; "3", "3 of 12" */
    bool marked, spoken; /* a colon stands in it; and it reads like somebody's words */
} furniture;

/* All of a file. `feeds`: pages that begin behind a form feed. */
typedef struct survey {
    qc_labels shapes;
    qc_buffer shape;
    furniture *known; /* for each shape */
    size_t capacity, feeds;
} survey;

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

static bool begins_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* "# of #", or "#", and nothing else but dashes and the like. */
static bool is_number(const char *folded)
{
    static const char *const of[] = {" of #", " von #", " de #", " di #", " av #", " sur #", " / #", "/#"};
    if (*folded++ != '#')
        return false;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (begins_with(folded, of[i])) {
            folded += strlen(of[i]);
            break;
        }
    return folded[strspn(folded, BESIDE_NUMBERS)] == '\0';
}

/* "page # of #"; with `bare`, "# of #". */
static bool is_page_number(const char *folded, bool bare)
{
    static const char *const words[] = {"page", "seite", "página", "pagina", "páxina", "pág.", "pag.",
                                        "p.",   "s.",    "sida",   "strona", "side"};
    folded += strspn(folded, BESIDE_NUMBERS);
    if (bare)
        return is_number(folded);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins_with(folded, words[i])) {
            folded += strlen(words[i]);
            return is_number(folded + (*folded == ' '));
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

static const char *find_colon(const char *text)
{
    const char *colon = strchr(text, ':'), *wide = strstr(text, "\xEF\xBC\x9A");
    return colon && (!wide || colon < wide) ? colon : wide;
}

static void count_furniture(furniture *known, const qc_line *line, const size_t numbers[MOST_NUMBERS], size_t count,
                            const char *folded)
{
    bool at_feed = line->after_feed || line->before_feed;
    bool apart = at_feed || (line->after_blank && line->before_blank);
    if (!known->count) {
        known->apart = true;
        known->named = is_page_number(folded, false);
        known->number = is_page_number(folded, true);
        const char *colon = find_colon(folded);
        known->marked = colon != NULL;
        known->spoken = colon && (memchr(folded, '#', (size_t)(colon - folded)) ||
                                  qc_ends_a_sentence(folded, strlen(folded)));
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

/* What people say returns too ("P1: Yes.", "P2: Yes."), and so do labels on lines of their own. Furniture is what a
 * page's number alone can be, or what stands at the edges of most pages and hardly elsewhere (the first page begins
 * without a form feed). */
static bool is_furniture(const furniture *known, size_t feeds)
{
    bool rising = known->number_count && known->rising + 1 == known->count;
    if (known->named && known->apart)
        return true;
    if (known->number && known->apart && rising && known->count >= 3)
        return true;
    if (known->spoken || (!rising && known->same + 1 != known->count))
        return false;
    bool most = known->marked ? known->at_feed >= 3 && known->at_feed * 4 >= feeds * 3
                              : known->at_feed >= 2 && known->at_feed * 2 + 1 >= feeds;
    return most && known->count <= known->at_feed + 1 && known->apart;
}

static bool has_digit(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] >= '0' && text[i] <= '9')
            return true;
    return false;
}

/* Whether a line may be what is_page_number() knows, by what it begins with: looking that up takes long in a large file. */
static bool may_be_number(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && (unsigned char)text[at] < 0x80 && strchr(BESIDE_NUMBERS, text[at]))
        at++;
    unsigned char first = at < length ? (unsigned char)text[at] : 'p', next = at + 1 < length ? (unsigned char)text[at + 1] : '.';
    if (first >= 0x80 || (first >= '0' && first <= '9'))
        return true;
    bool letter = (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
    return ((first | 0x20) == 'p' || (first | 0x20) == 's') && (letter || next == '.' || next >= 0x80);
}

/* Where no page begins behind a form feed, nothing without a page's number is furniture. */
static bool could_be_furniture(const qc_page *page, const qc_line *line, size_t feeds)
{
    size_t length = line->end - line->start;
    return line->kind == QC_LINE_SPEECH && length <= MOST_FURNITURE &&
           (feeds || (may_be_number(page->text + line->start, length) && has_digit(page->text + line->start, length)));
}

static bool survey_furniture(const qc_page *page, survey *all, size_t *which)
{
    for (size_t i = 0; i < page->count; i++)
        all->feeds += page->lines[i].after_feed;
    for (size_t i = 0; i < page->count; i++) {
        const qc_line *line = &page->lines[i];
        which[i] = QC_NO_LABEL;
        if (!could_be_furniture(page, line, all->feeds))
            continue;
        size_t numbers[MOST_NUMBERS] = {0}, before = all->shapes.count;
        size_t count = shape_of(&all->shape, page->text + line->start, line->end - line->start, numbers);
        if (all->shape.failed ||
            (which[i] = qc_labels_add(&all->shapes, all->shape.data, all->shape.length)) == QC_NO_LABEL ||
            !qc_grow(page->source->memory, &all->known, &all->capacity, all->shapes.count, sizeof *all->known))
            return false;
        if (all->shapes.count > before)
            all->known[before] = (furniture){0};
        count_furniture(&all->known[which[i]], line, numbers, count, all->shapes.at[which[i]].key);
    }
    return true;
}

bool qc_page_find_furniture(qc_page *page)
{
    const qcode_memory *memory = page->source->memory;
    qc_arena arena = qc_arena_init(memory);
    survey all = {.shapes = qc_labels_init(memory), .shape = qc_buffer_init(memory)};
    size_t *which = qc_arena_take_array(&arena, page->count, sizeof *which);
    bool done = which && survey_furniture(page, &all, which);
    for (size_t i = 0; done && i < page->count; i++)
        if (which[i] != QC_NO_LABEL && is_furniture(&all.known[which[i]], all.feeds))
            page->lines[i].kind = QC_LINE_PAGE;
    qc_release(memory, all.known);
    qc_buffer_clear(&all.shape);
    qc_labels_clear(&all.shapes);
    qc_arena_clear(&arena);
    return done;
}
