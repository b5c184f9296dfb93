/* What may be a speaker's label in a line, by its form alone. */
#include "read/text/text.h"
#include "base/utf8.h"
#include "model/roles.h"
#include "text/words.h"

enum {
    MOST_MARK = 400,
    MOST_LABEL = 160,
    MOST_PLAIN = 48,
    MOST_ALONE = 100,
    MOST_TIGHT = 16,
    MOST_OFFSET = UINT16_MAX
};

/* One line being looked at: its words, and what was found. Offsets are from its first byte. */
typedef struct mark {
    const char *text;
    size_t length;
    qc_line_form form;
    size_t label, label_end, speech;
    int64_t time_ms;
} mark;

static size_t skip_blanks(const char *text, size_t length, size_t at)
{
    while (at < length && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at;
}

static size_t trim_blanks(const char *text, size_t from, size_t end)
{
    while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        end--;
    return end;
}

static size_t count_spaces(const char *text, size_t from, size_t end)
{
    size_t count = 0;
    for (; from < end; from++)
        count += text[from] == ' ';
    return count;
}

/* The length of a colon at `at`: ":" or the full-width one; 0 when there is none. */
static size_t colon_at(const char *text, size_t length, size_t at)
{
    if (at < length && text[at] == ':')
        return 1;
    return at + 2 < length && memcmp(text + at, "\xEF\xBC\x9A", 3) == 0 ? 3 : 0;
}

/* A stamp behind the label: `end` is moved before it. "Speaker 1 (00:04)", "Speaker 1  00:04". */
static size_t before_stamp(mark *line, size_t from, size_t end)
{
    for (size_t at = from + 1; at < end; at++) {
        if (line->text[at - 1] != ' ' && line->text[at - 1] != '\t')
            continue;
        size_t behind = at;
        int64_t time_ms;
        bool bracketed;
        if (strchr("([<\\0123456789", line->text[at]) &&
            qc_read_stamp(line->text, end, &behind, &time_ms, &bracketed) && behind == end) {
            line->time_ms = time_ms;
            return trim_blanks(line->text, from, at - 1);
        }
    }
    return end;
}

/* Keeps the label when it is one at all, with what follows it: a stamp perhaps, then speech. */
static bool keep(mark *line, qc_line_form form, size_t from, size_t end, size_t speech)
{
    int64_t time_ms;
    bool bracketed;
    from = skip_blanks(line->text, end, from);
    end = trim_blanks(line->text, from, end);
    end = before_stamp(line, from, end);
    size_t behind = from;
    if (from >= end || end - from > MOST_LABEL || qc_read_stamp(line->text, end, &behind, &time_ms, &bracketed))
        return false;
    behind = speech = skip_blanks(line->text, line->length, speech);
    if (speech < line->length && qc_read_stamp(line->text, line->length, &behind, &time_ms, &bracketed) &&
        (bracketed || (form == QC_LINE_BOLD && behind == line->length))) {
        line->time_ms = time_ms;
        speech = skip_blanks(line->text, line->length, behind);
    }
    if (speech > MOST_OFFSET)
        return false;
    line->form = form;
    line->label = from;
    line->label_end = end;
    line->speech = speech;
    return true;
}

/* "### Name:" */
static bool mark_heading(mark *line, size_t at)
{
    size_t from = at;
    while (from < line->length && line->text[from] == '#')
        from++;
    if (from == at || from - at > 6 || from >= line->length || line->text[from] != ' ')
        return false;
    size_t end = line->length;
    if (end > from + 3 && colon_at(line->text, end, end - 3) == 3)
        return keep(line, QC_LINE_HEADING, from, end - 3, end);
    return line->text[end - 1] == ':' && keep(line, QC_LINE_HEADING, from, end - 1, end);
}

/* "**Name**: words", "**Name:** words", "**Name**" alone; the same with __ and with one mark. */
static bool mark_bold(mark *line, size_t at)
{
    char star = at < line->length ? line->text[at] : '\0';
    if (star != '*' && star != '_')
        return false;
    size_t marks = at + 1 < line->length && line->text[at + 1] == star ? 2 : 1, from = at + marks, end = from;
    while (end < line->length && end - from < MOST_LABEL && line->text[end] != star)
        end++;
    if (end + marks > line->length || end == from || line->text[end] != star || line->text[end + marks - 1] != star)
        return false;
    size_t behind = skip_blanks(line->text, line->length, end + marks),
           colon = colon_at(line->text, line->length, behind);
    if (line->text[end - 1] == ':')
        return keep(line, QC_LINE_BOLD, from, end - 1, behind);
    if (end > from + 3 && colon_at(line->text, end, end - 3))
        return keep(line, QC_LINE_BOLD, from, end - 3, behind);
    return (colon || (marks == 2 && behind == line->length)) && keep(line, QC_LINE_BOLD, from, end, behind + colon);
}

/* A full stop inside a label ends an abbreviation or an initial: "Dr. K. Barley". */
static bool stop_is_abbreviation(const char *text, size_t from, size_t at)
{
    size_t start = at;
    while (start > from && text[start - 1] != ' ' && text[start - 1] != '.')
        start--;
    size_t letters = qc_utf8_count(text + start, at - start);
    return letters >= 1 && letters <= 4 && qc_is_upper(qc_utf8_next(text, at, &start));
}

/* Nothing in it that a label does not have: the end of a sentence, wide gaps, an unclosed bracket. */
static bool could_be_label(const char *text, size_t from, size_t end)
{
    int depth = 0;
    for (size_t i = from; i < end; i++) {
        char c = text[i];
        bool last = i + 1 == end;
        bool parted = last || text[i + 1] == ' ';
        if (c == ';' || c == '\t' || ((c == '?' || c == '!') && parted) || (c == ' ' && !last && text[i + 1] == ' '))
            return false;
        if (c == '.' && parted && !stop_is_abbreviation(text, from, i))
            return false;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return depth == 0;
}

/* "[Name] words", "(Name) words", "<Name> words", "**Name** words" */
static bool mark_bracket(mark *line, size_t at)
{
    static const char *const pairs[][2] = {{"[", "]"}, {"(", ")"}, {"<", ">"}, {"**", "**"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t marks = strlen(pairs[i][0]), from = at + marks, end = from;
        if (from >= line->length || memcmp(line->text + at, pairs[i][0], marks) != 0)
            continue;
        while (end + marks < line->length && end - from <= MOST_PLAIN && line->text[end] != *pairs[i][1])
            end++;
        return end > from && end + marks < line->length && memcmp(line->text + end, pairs[i][1], marks) == 0 &&
               line->text[end + marks] == ' ' && could_be_label(line->text, from, end) &&
               keep(line, QC_LINE_BRACKET, from, end, end + marks);
    }
    return false;
}

/* The length of a dash between blanks, with them; 0 when there is none. */
static size_t dash_at(const char *text, size_t length, size_t at)
{
    static const char *const dashes[] = {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (length - at > strlen(dashes[i]) && memcmp(text + at, dashes[i], strlen(dashes[i])) == 0)
            return strlen(dashes[i]);
    return 0;
}

/* "Name - words"; a colon soon behind it ends a longer label: "Name - Police: words". */
static bool mark_dash(mark *line, size_t at)
{
    size_t end = at, dash = 0;
    while (end < line->length && end - at <= MOST_PLAIN && !(dash = dash_at(line->text, line->length, end)))
        end++;
    size_t behind = end + dash;
    if (!dash || end == at || memchr(line->text + at, ':', end - at) || !could_be_label(line->text, at, end))
        return false;
    size_t soon = line->length - behind < MOST_PLAIN ? line->length - behind : MOST_PLAIN;
    return !memchr(line->text + behind, ':', soon) && keep(line, QC_LINE_DASH, at, end, behind);
}

/* "Name: words". A colon between figures is a time, one before // an address. */
static bool mark_colon(mark *line, size_t at)
{
    size_t limit = line->length < at + MOST_MARK ? line->length : at + MOST_MARK;
    for (size_t i = at; i < limit; i++) {
        size_t colon = colon_at(line->text, line->length, i);
        if (!colon ||
            (colon == 1 && i > at && i + 1 < line->length && qc_is_digit((uint32_t)line->text[i - 1] & 0x7F) &&
             qc_is_digit((uint32_t)line->text[i + 1] & 0x7F)))
            continue;
        if (i + 2 < line->length && line->text[i + 1] == '/' && line->text[i + 2] == '/')
            return false;
        size_t end = trim_blanks(line->text, at, i);
        bool parted = colon == 3 || i + 1 == line->length || strchr(" \t*_([", line->text[i + 1]) ||
                      (unsigned char)line->text[i + 1] >= 0x80;
        bool tight =
            i - at <= MOST_TIGHT && line->text[at] >= 'A' && line->text[at] <= 'Z' && !count_spaces(line->text, at, i);
        return (parted || tight) && could_be_label(line->text, at, end) &&
               keep(line, QC_LINE_COLON, at, end, i + colon);
    }
    return false;
}

/* "Q. words", "A1. words" */
static bool mark_dot(mark *line, size_t at)
{
    size_t end = at;
    if (end >= line->length || line->text[end] < 'A' || line->text[end] > 'Z')
        return false;
    for (end++; end < line->length && end - at < 3 && line->text[end] >= '0' && line->text[end] <= '9'; end++)
        ;
    bool parted =
        end < line->length && line->text[end] == '.' && (end + 1 == line->length || strchr(" \t", line->text[end + 1]));
    return parted && keep(line, QC_LINE_DOT, at, end, end + 1);
}

/* A time of day, as in the header of a recording: "Sat, 14 Nov 2026 10:02AM - 12:31" is nobody's name and a stamp. */
static bool holds_clock(const char *text, size_t from, size_t end)
{
    for (size_t i = from + 1; i + 2 < end; i++)
        if (text[i] == ':' && qc_is_digit((uint32_t)text[i - 1] & 0x7F) && qc_is_digit((uint32_t)text[i + 1] & 0x7F) &&
            qc_is_digit((uint32_t)text[i + 2] & 0x7F))
            return true;
    return false;
}

/* "Name (00:04)", "Name  00:04", with words behind it only when the stamp has brackets; "00:04 Name". */
static bool mark_stamp(mark *line, size_t at)
{
    size_t limit = line->length < at + MOST_LABEL ? line->length : at + MOST_LABEL;
    for (size_t i = at + 1; i < limit; i++) {
        if ((line->text[i - 1] != ' ' && line->text[i - 1] != '\t') || !strchr("([<\\0123456789", line->text[i]))
            continue;
        size_t behind = i;
        int64_t time_ms;
        bool bracketed;
        if (!qc_read_stamp(line->text, line->length, &behind, &time_ms, &bracketed) ||
            (!bracketed && behind != line->length))
            continue;
        size_t end = trim_blanks(line->text, at, i);
        if (!could_be_label(line->text, at, end) || count_spaces(line->text, at, end) > 5 ||
            holds_clock(line->text, at, end))
            return false;
        line->time_ms = time_ms;
        return keep(line, QC_LINE_STAMP, at, end, behind);
    }
    bool is_short = line->length - at <= MOST_PLAIN && count_spaces(line->text, at, line->length) <= 4;
    return line->time_ms >= 0 && is_short && !qc_ends_a_sentence(line->text + at, line->length - at) &&
           could_be_label(line->text, at, line->length) && keep(line, QC_LINE_STAMP, at, line->length, line->length);
}

/* "Name<tab>words", "Name     words" */
static bool mark_column(mark *line, size_t at)
{
    for (size_t i = at; i < line->length && i - at <= MOST_PLAIN; i++) {
        bool tab = line->text[i] == '\t',
             pad = line->text[i] == ' ' && i + 1 < line->length && strchr(" \t", line->text[i + 1]);
        if (!tab && !pad)
            continue;
        size_t speech = skip_blanks(line->text, line->length, i);
        tab |= memchr(line->text + i, '\t', speech - i) != NULL;
        return could_be_label(line->text, at, i) && count_spaces(line->text, at, i) <= 4 &&
               keep(line, tab ? QC_LINE_TAB : QC_LINE_PAD, at, i, speech);
    }
    return false;
}

/* The whole line as a label. */
static bool mark_alone(mark *line, size_t at, const qc_line *above, const qc_line *here)
{
    bool ruled = above && above->kind == QC_LINE_DIVIDER && !here->after_blank;
    size_t length = line->length - at;
    if (ruled && length <= MOST_LABEL)
        return keep(line, QC_LINE_RULE, at, line->length, line->length);
    return length <= (here->after_blank ? MOST_ALONE : MOST_PLAIN) && !strchr(".,;?!-", line->text[line->length - 1]) &&
           count_spaces(line->text, at, line->length) <= 7 && could_be_label(line->text, at, line->length) &&
           keep(line, QC_LINE_ALONE, at, line->length, line->length);
}

/* A stamp that opens the line, or two with a dash or an arrow between them. */
static size_t opening_stamp(mark *line, bool *bracketed)
{
    size_t at = 0, behind;
    int64_t end_ms;
    bool other;
    *bracketed = false;
    if (!qc_read_stamp(line->text, line->length, &at, &line->time_ms, bracketed))
        return 0;
    behind = skip_blanks(line->text, line->length, at);
    while (behind < line->length && strchr("->", line->text[behind]))
        behind++;
    if (behind + 3 < line->length && memcmp(line->text + behind, "\xE2\x80\x93", 3) == 0)
        behind += 3;
    behind = skip_blanks(line->text, line->length, behind);
    if (behind > at && qc_read_stamp(line->text, line->length, &behind, &end_ms, &other))
        at = behind;
    return skip_blanks(line->text, line->length, at);
}

static void find_mark(mark *line, const qc_line *above, qc_line *here)
{
    bool bracketed;
    size_t at = opening_stamp(line, &bracketed);
    if (at == line->length) {
        here->kind = QC_LINE_TIME;
        here->time_ms = line->time_ms;
        return;
    }
    bool item = at + 2 < line->length && strchr("-*+", line->text[at]) && line->text[at + 1] == ' '; /* of a list */
    at += item ? 2u : 0u;
    here->stamp_end = bracketed && at <= MOST_OFFSET ? (uint16_t)at : 0;
    if (mark_heading(line, at) || mark_bold(line, at) || mark_bracket(line, at) || mark_dash(line, at) ||
        mark_colon(line, at) || mark_dot(line, at) ||
        mark_stamp(line, at) || mark_column(line, at) || mark_alone(line, at, above, here)) {
        here->form = (uint8_t)line->form;
        here->label_at = (uint16_t)line->label;
        here->label_length = (uint16_t)(line->label_end - line->label);
        here->speech_at = (uint16_t)line->speech;
        here->time_ms = line->time_ms;
    } else if (here->stamp_end) {
        here->time_ms = line->time_ms;
    }
}

static bool count_label(qc_page *page, size_t index)
{
    qc_line *line = &page->lines[index];
    size_t before = page->labels.count;
    size_t label = qc_labels_add(&page->labels, page->text + line->start + line->label_at, line->label_length);
    if (label >= QC_LINE_NO_LABEL ||
        !qc_grow(page->source->memory, &page->facts, &page->fact_capacity, page->labels.count, sizeof *page->facts))
        return false;
    if (page->labels.count > before) {
        const qc_label *is = &page->labels.at[label];
        page->facts[label] = (qc_label_facts){.shape = (uint8_t)qc_label_shape(is->text, is->length),
                                              .role = (uint8_t)qc_role_of_label(is->key, is->key_length),
                                              .no_name = qc_is_no_name(is->key, is->key_length),
                                              .header_key = qc_is_header_key(is->key, is->key_length)};
    }
    page->facts[label].count[line->form]++;
    page->facts[label].parted += line->form == QC_LINE_ALONE && line->after_blank;
    page->facts[label].followed += line->form == QC_LINE_ALONE && !line->before_blank;
    line->label = (uint32_t)label;
    return true;
}

bool qc_page_mark(qc_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        qc_line *line = &page->lines[i];
        if (line->kind != QC_LINE_SPEECH || line->in_brackets)
            continue;
        mark look = {.text = page->text + line->start, .length = line->end - line->start, .time_ms = -1};
        find_mark(&look, i ? &page->lines[i - 1] : NULL, line);
        if (line->form != QC_LINE_NONE && !count_label(page, i))
            return false;
    }
    return true;
}
