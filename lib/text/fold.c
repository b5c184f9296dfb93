/* Normal and folded forms, cluster by cluster, in one pass. */
#include "text/fold.h"
#include "base/utf8.h"
#include "text/words.h"

#include <string.h>
#include <utf8proc.h>

enum { MOST_POINTS = 32 }; /* more than any one character becomes, in any form */

qc_folder qc_folder_init(const qcode_memory *memory)
{
    return (qc_folder){memory, qc_buffer_init(memory), qc_buffer_init(memory), qc_buffer_init(memory),
                       qc_buffer_init(memory)};
}

void qc_folder_clear(qc_folder *folder)
{
    qc_buffer_clear(&folder->text);
    qc_buffer_clear(&folder->points);
    qc_buffer_clear(&folder->start_map);
    qc_buffer_clear(&folder->end_map);
}

/* --- single characters --- */

static bool is_gone(uint32_t point)
{
    return point == 0xAD || (point >= 0x200B && point <= 0x200D) || point == 0x2060 || point == 0xFEFF;
}

static bool is_apostrophe(uint32_t point)
{
    return point == 0x2018 || point == 0x2019 || point == 0x201B || point == 0x02BC || point == 0xB4;
}

static bool is_hyphen(uint32_t point)
{
    return point == 0x2010 || point == 0x2011 || point == 0xFE63;
}

/* Latin ligatures, and the full-width and half-width forms but for the half-width jamo and U+FFE3, which is no single
 * letter in the plain. */
static bool is_presentation_form(uint32_t point)
{
    return (point >= 0xFB00 && point <= 0xFB06) || (point >= 0xFF01 && point <= 0xFF9F) ||
           (point >= 0xFFE0 && point <= 0xFFE6 && point != 0xFFE3);
}

/* A well-formed character never fails, and none fills the room. */
static size_t decompose(uint32_t point, int32_t to[MOST_POINTS], int options)
{
    return (size_t)utf8proc_decompose_char((int32_t)point, to, MOST_POINTS, (utf8proc_option_t)options, NULL);
}

/* The look-alike that stands for a character in QC_FORM_EXACT and QC_FORM_TERM; the number of points. */
static size_t put_alike(uint32_t point, int32_t to[MOST_POINTS])
{
    if (point < 0x80 && point > ' ') {
        to[0] = (int32_t)point;
        return 1;
    }
    if (is_gone(point))
        return 0;
    if (is_presentation_form(point))
        return decompose(point, to, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
    to[0] = is_apostrophe(point) ? '\'' : is_hyphen(point) ? '-' : qc_is_space(point) ? ' ' : (int32_t)point;
    return 1;
}

/* A character with canonical decomposition and, when `alike`, look-alikes made one. */
static size_t put_plain(uint32_t point, bool alike, int32_t to[MOST_POINTS])
{
    int32_t parts[MOST_POINTS];
    size_t used = 0, count = decompose(point, parts, UTF8PROC_DECOMPOSE);
    if (!alike) {
        memcpy(to, parts, count * sizeof *parts);
        return count;
    }
    for (size_t i = 0; i < count; i++)
        used += put_alike((uint32_t)parts[i], to + used);
    return used;
}

static size_t put_folded(uint32_t point, int32_t to[MOST_POINTS])
{
    int32_t parts[MOST_POINTS];
    size_t used = 0, count = decompose(point, parts, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
    for (size_t i = 0; i < count; i++) /* U+0149 folds to an apostrophe and n */
        used += put_alike((uint32_t)parts[i], to + used);
    return used;
}

/* Belongs to what stands before it: a mark, or the vowel or final of a Hangul syllable. Every character that can
 * compose with one before it is such a character (Unicode 15: NFC_Quick_Check = Maybe). */
static bool is_continuing(uint32_t point)
{
    return qc_is_mark(point) || (point >= 0x1160 && point <= 0x11FF) || (point >= 0xD7B0 && point <= 0xD7FB);
}

static int class_of(int32_t point)
{
    return (int)utf8proc_get_property(point)->combining_class;
}

/* Blocks whose letters are all as NFC has them, so that common text need not be looked up. */
static bool is_known_stable(uint32_t point)
{
    return point < 0x300 || (point >= 0x388 && point <= 0x482) || (point >= 0x2010 && point <= 0x2027) ||
           (point >= 0x3001 && point <= 0x3029) || (point >= 0x3400 && point <= 0xA48C) ||
           (point >= 0xAC00 && point <= 0xD7A3);
}

/* NFC leaves the character alone whatever stands around it. */
static bool is_stable(uint32_t point)
{
    if (is_known_stable(point))
        return true;
    if (is_continuing(point))
        return false;
    int32_t parts[MOST_POINTS];
    size_t count = put_plain(point, false, parts);
    if (count > 1)
        count = (size_t)utf8proc_normalize_utf32(parts, (utf8proc_ssize_t)count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return count == 1 && parts[0] == (int32_t)point;
}

/* The form leaves the character alone. */
static bool is_kept(uint32_t point, qc_form form)
{
    if (!is_stable(point))
        return false;
    if (form == QC_FORM_NFC)
        return true;
    if (is_gone(point) || is_apostrophe(point) || is_hyphen(point) || is_presentation_form(point) || qc_is_space(point))
        return false;
    return form == QC_FORM_EXACT || utf8proc_get_property((int32_t)point)->casefold_seqindex == UINT16_MAX;
}

static char ascii_form(char byte, qc_form form)
{
    if (form == QC_FORM_TERM && byte >= 'A' && byte <= 'Z')
        return (char)(byte | 0x20);
    return form != QC_FORM_NFC && byte >= '\t' && byte <= '\r' ? ' ' : byte;
}

/* --- what has to be done --- */

typedef enum change { NOTHING, ASCII_ALONE, ALL } change;

static size_t skip_ascii_words(const char *text, size_t length, size_t at)
{
    uint64_t eight;
    for (; length - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text + at, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    return at;
}

/* How much the form changes, looking no further than to the first character that needs all. */
static change look_over(const char *text, size_t length, qc_form form)
{
    change found = NOTHING;
    for (size_t at = 0; at < length;) {
        if ((form == QC_FORM_NFC || found) && (at = skip_ascii_words(text, length, at)) == length)
            break; /* nothing more to learn from ASCII */
        if ((unsigned char)text[at] < 0x80) {
            if (ascii_form(text[at], form) != text[at])
                found = ASCII_ALONE;
            at++;
        } else if (!is_kept(qc_utf8_next(text, length, &at), form)) {
            return ALL;
        }
    }
    return found;
}

/* --- clusters --- */

/* The cluster being gathered: its points are in the folder, decomposed, and it stands at [start, end) of the source. */
typedef struct cluster {
    qc_folder *folder;
    qc_form form;
    size_t start, end;
} cluster;

static int32_t *points_of(const qc_folder *folder, size_t *count)
{
    *count = folder->points.length / sizeof(int32_t);
    return (int32_t *)(void *)folder->points.data;
}

/* Stable counting sort of marks by class, for runs that are long on purpose. The second half of the buffer is
 * scratch. */
static bool sort_long(qc_folder *folder, size_t from, size_t to)
{
    size_t places[256] = {0}, count, bytes = (to - from) * sizeof(int32_t);
    if (!qc_buffer_reserve(&folder->points, bytes))
        return false;
    int32_t *points = points_of(folder, &count), *scratch = points + count;
    for (size_t i = from; i < to; i++)
        if (class_of(points[i]) < 255)
            places[class_of(points[i]) + 1]++;
    for (size_t i = 1; i < 256; i++)
        places[i] += places[i - 1];
    for (size_t i = from; i < to; i++)
        scratch[places[class_of(points[i])]++] = points[i];
    memcpy(points + from, scratch, bytes);
    return true;
}

static bool sort_marks(qc_folder *folder, size_t from, size_t to)
{
    enum { SHORT = 16 };
    if (to - from > SHORT)
        return sort_long(folder, from, to);
    size_t count;
    int32_t *points = points_of(folder, &count);
    for (size_t i = from + 1; i < to; i++) {
        int32_t point = points[i];
        size_t place = i;
        for (; place > from && class_of(points[place - 1]) > class_of(point); place--)
            points[place] = points[place - 1];
        points[place] = point;
    }
    return true;
}

/* Canonical order (Unicode 15, D108 and D109). */
static bool put_in_order(qc_folder *folder)
{
    size_t count;
    int32_t *points = points_of(folder, &count);
    for (size_t from = 0; from < count;) {
        if (!class_of(points[from])) {
            from++;
            continue;
        }
        size_t to = from + 1;
        bool sorted = true;
        for (; to < count && class_of(points[to]); to++)
            sorted = sorted && class_of(points[to - 1]) <= class_of(points[to]);
        if (!sorted && !sort_marks(folder, from, to))
            return false;
        points = points_of(folder, &count);
        from = to;
    }
    return true;
}

/* Case folding follows canonical order, since it makes a letter of U+0345 (Unicode 15, D145). */
static bool fold_case(qc_folder *folder)
{
    size_t count;
    (void)points_of(folder, &count);
    for (size_t i = 0; i < count; i++) {
        int32_t parts[MOST_POINTS];
        size_t ignored, made = put_folded((uint32_t)points_of(folder, &ignored)[i], parts);
        if (!qc_buffer_append(&folder->points, parts, made * sizeof *parts))
            return false;
    }
    folder->points.length -= count * sizeof(int32_t);
    memmove(folder->points.data, folder->points.data + count * sizeof(int32_t), folder->points.length);
    return put_in_order(folder);
}

/* Takes the dots above from every i: those behind it before any other mark above it. */
static void drop_dots(qc_folder *folder)
{
    enum { ABOVE = 230, DOT_ABOVE = 0x307 };
    size_t count, kept = 0;
    int32_t *points = points_of(folder, &count);
    bool dotted = false; /* behind an i, before any mark above it that stays */
    for (size_t i = 0; i < count; i++) {
        int class = class_of(points[i]);
        bool dropped = dotted && points[i] == DOT_ABOVE;
        dotted = points[i] == 'i' || dropped || (dotted && class != 0 && class < ABOVE);
        if (!dropped)
            points[kept++] = points[i];
    }
    folder->points.length = kept * sizeof(int32_t);
}

/* Maps the last `length` bytes of the text, each to [start + i * step, end + i * step). */
static bool map_text(qc_folder *folder, size_t length, size_t start, size_t end, uint32_t step)
{
    size_t bytes = length * sizeof(uint32_t);
    if (!qc_buffer_reserve(&folder->start_map, bytes) || !qc_buffer_reserve(&folder->end_map, bytes))
        return false;
    uint32_t *starts = (uint32_t *)(void *)(folder->start_map.data + folder->start_map.length);
    uint32_t *ends = (uint32_t *)(void *)(folder->end_map.data + folder->end_map.length);
    for (uint32_t i = 0; i < length; i++) {
        starts[i] = (uint32_t)start + i * step;
        ends[i] = (uint32_t)end + i * step;
    }
    folder->start_map.length += bytes;
    folder->end_map.length += bytes;
    return true;
}

static bool put_points(qc_folder *folder, const int32_t *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!qc_buffer_reserve(&folder->text, 4))
            return false;
        folder->text.length += qc_utf8_put((uint32_t)points[i], folder->text.data + folder->text.length);
    }
    return true;
}

/* Writes the gathered cluster, if any. */
static bool end_cluster(const cluster *c)
{
    qc_folder *folder = c->folder;
    if (!folder->points.length)
        return true;
    if (!put_in_order(folder) || (c->form == QC_FORM_TERM && !fold_case(folder)))
        return false;
    if (c->form == QC_FORM_TERM)
        drop_dots(folder);
    size_t count, before = folder->text.length;
    int32_t *points = points_of(folder, &count);
    count = (size_t)utf8proc_normalize_utf32(points, (utf8proc_ssize_t)count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    bool done = put_points(folder, points, count);
    folder->points.length = 0;
    return done && map_text(folder, folder->text.length - before, c->start, c->end, 0);
}

/* Adds the character at [start, end): to the cluster, or as the first of a new one. */
static bool add_character(cluster *c, uint32_t point, size_t start, size_t end)
{
    int32_t parts[MOST_POINTS];
    size_t count = put_plain(point, c->form != QC_FORM_NFC, parts);
    if (!count)
        return true;
    if (c->folder->points.length && !is_continuing((uint32_t)parts[0]) && !end_cluster(c))
        return false;
    if (!c->folder->points.length)
        c->start = start;
    c->end = end;
    return qc_buffer_append(&c->folder->points, parts, count * sizeof *parts);
}

static bool put_ascii(qc_folder *folder, qc_form form, const char *text, size_t length)
{
    if (!qc_buffer_reserve(&folder->text, length))
        return false;
    char *to = folder->text.data + folder->text.length;
    unsigned capitals = form == QC_FORM_TERM ? 26 : 0, spaces = form == QC_FORM_NFC ? 0 : 5;
    for (size_t i = 0; i < length; i++) { /* as ascii_form(), without a branch */
        unsigned char byte = (unsigned char)text[i];
        byte = (unsigned char)(byte | ((unsigned)(byte - 'A') < capitals) << 5);
        to[i] = (char)((unsigned)(byte - '\t') < spaces ? ' ' : byte);
    }
    folder->text.length += length;
    return true;
}

/* The ASCII characters from `at` on that nothing can join: all but the last before another character. */
static size_t lone_ascii(const char *text, size_t length, size_t at)
{
    size_t end = skip_ascii_words(text, length, at);
    while (end < length && (unsigned char)text[end] < 0x80)
        end++;
    return end == length ? end - at : end > at ? end - at - 1 : 0;
}

static bool fold_all(qc_folder *folder, qc_form form, const char *text, size_t length)
{
    cluster c = {.folder = folder, .form = form};
    for (size_t at = 0; at < length;) {
        size_t lone = lone_ascii(text, length, at);
        if (lone) {
            if (!end_cluster(&c) || !put_ascii(folder, form, text + at, lone) || !map_text(folder, lone, at, at + 1, 1))
                return false;
            at += lone;
            continue;
        }
        size_t start = at;
        uint32_t point = qc_utf8_next(text, length, &at);
        if (!add_character(&c, point, start, at))
            return false;
    }
    return end_cluster(&c);
}

static void restart(qc_buffer *buffer)
{
    buffer->length = 0;
    buffer->failed = false;
}

bool qc_fold(qc_folder *folder, qc_form form, const char *text, size_t length, qc_folded *folded)
{
    *folded = (qc_folded){.text = text, .length = length, .source_length = length};
    change needed = look_over(text, length, form);
    if (needed == NOTHING)
        return true;
    restart(&folder->text);
    restart(&folder->points);
    restart(&folder->start_map);
    restart(&folder->end_map);
    bool done = needed == ALL ? fold_all(folder, form, text, length) : put_ascii(folder, form, text, length);
    if (!done)
        return false;
    folded->text = folder->text.data ? folder->text.data : "";
    folded->length = folder->text.length;
    if (needed == ALL) {
        folded->starts = (const uint32_t *)(const void *)folder->start_map.data;
        folded->ends = (const uint32_t *)(const void *)folder->end_map.data;
    }
    return true;
}

/* A place between characters of the source, for a match of nothing. */
static size_t place_in_source(const qc_folded *folded, size_t at)
{
    return at == folded->length ? folded->source_length : folded->starts[at];
}

qcode_span qc_folded_span(const qc_folded *folded, size_t start, size_t end)
{
    if (!folded->starts)
        return (qcode_span){start, end};
    if (start == end)
        return (qcode_span){place_in_source(folded, start), place_in_source(folded, start)};
    return (qcode_span){folded->starts[start], folded->ends[end - 1]};
}
