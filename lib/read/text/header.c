/* The header of a transcript: pairs that become attributes, and legends that tell who is who. */
#include "read/text/text.h"
#include "base/utf8.h"

enum { MOST_ATTRIBUTES = 64, MOST_KEY = 60, MOST_VALUE = 2000 };

typedef struct slice {
    const char *text;
    size_t length;
} slice;

static slice trimmed(slice part)
{
    while (part.length && strchr(" \t,;|", part.text[0]))
        part.text++, part.length--;
    while (part.length && strchr(" \t,;|", part.text[part.length - 1]))
        part.length--;
    return part;
}

/* A pair's key, and where its value begins: "Date: 14 March 2023". */
static bool read_key(slice line, slice *key, size_t *value)
{
    const char *colon = memchr(line.text, ':', line.length < MOST_KEY ? line.length : MOST_KEY);
    size_t width = 1, at = colon ? (size_t)(colon - line.text) : 0;
    for (size_t i = 0; i + 2 < line.length && i < MOST_KEY && (!colon || i < at); i++)
        if (memcmp(line.text + i, "\xEF\xBC\x9A", 3) == 0) {
            colon = line.text + i, at = i, width = 3;
        }
    if (!colon || !at || (at + width < line.length && line.text[at + width] == '/'))
        return false;
    *key = trimmed((slice){line.text, at});
    while (key->length && strchr("*_#->", key->text[0]))
        key->text++, key->length--;
    while (key->length && strchr("*_", key->text[key->length - 1]))
        key->length--;
    *key = trimmed(*key);
    *value = at + width;
    return key->length > 0 && !memchr(key->text, '.', key->length) && !memchr(key->text, '?', key->length);
}

static size_t words_in(slice part)
{
    size_t words = 0;
    for (size_t i = 0; i < part.length; i++)
        words += part.text[i] != ' ' && (!i || part.text[i - 1] == ' ');
    return words;
}

/* Where the next pair of the same line begins: behind two spaces, a tab, `;` or `|`, when a short key follows. */
static size_t next_pair(slice line, size_t from)
{
    for (size_t i = from; i < line.length; i++) {
        bool wide = line.text[i] == ' ' && i + 1 < line.length && line.text[i + 1] == ' ';
        if (!wide && !strchr("\t;|", line.text[i]))
            continue;
        size_t at = i + 1, value;
        while (at < line.length && strchr(" \t", line.text[at]))
            at++;
        slice key;
        if (at < line.length && read_key((slice){line.text + at, line.length - at}, &key, &value) && words_in(key) <= 3)
            return at;
    }
    return line.length;
}

static slice words_of(const qc_page *page, const qc_line *line)
{
    return (slice){page->text + line->start, line->end - line->start};
}

/* "R1 = chief executive", "P09a, case manager": the label, if it is a speaker's, and what is said of its bearer. */
static size_t legend_speaker(qcode_transcript *talk, slice part, bool equals, slice *says)
{
    const char *mark = memchr(part.text, equals ? '=' : ',', part.length);
    if (!mark)
        return QC_NOBODY;
    slice label = trimmed((slice){part.text, (size_t)(mark - part.text)});
    *says = trimmed((slice){mark + 1, part.length - (size_t)(mark + 1 - part.text)});
    char name[MOST_KEY + 1];
    if (!label.length || label.length > MOST_KEY || !says->length || says->length > MOST_VALUE)
        return QC_NOBODY;
    memcpy(name, label.text, label.length);
    name[label.length] = '\0';
    return qc_speaker_find(talk, name);
}

/* Each part of a line between semicolons may tell a speaker's position. `*found` counts them. */
static bool read_legend(qc_page *page, qcode_transcript *talk, slice line, size_t *found)
{
    while (line.length) {
        const char *stop = memchr(line.text, ';', line.length);
        size_t end = stop ? (size_t)(stop - line.text) : line.length;
        slice part = trimmed((slice){line.text, end}), says;
        size_t speaker = legend_speaker(talk, part, true, &says);
        if (speaker == QC_NOBODY)
            speaker = legend_speaker(talk, part, false, &says);
        if (speaker != QC_NOBODY) {
            qc_buffer value = qc_buffer_init(page->source->memory);
            qc_buffer_append(&value, says.text, says.length);
            const char *text = qc_buffer_text(&value);
            bool done = text && qc_speaker_attribute(talk, speaker, "position", text);
            qc_buffer_clear(&value);
            if (!done)
                return false;
            ++*found;
        }
        line.text += end + (stop != NULL);
        line.length -= end + (stop != NULL);
    }
    return true;
}

static bool is_header_line(const qc_page *page, const qc_line *line)
{
    slice key, words = words_of(page, line);
    size_t value;
    bool tab = line->form == QC_LINE_TAB && !memchr(words.text, ':', words.length);
    if (tab || words.length > MOST_VALUE || !read_key(words, &key, &value))
        return false;
    return words_in(key) <= 6 && words.length > value;
}

static bool is_legend(qc_page *page, const qc_line *line)
{
    slice words = words_of(page, line);
    const char *equals = memchr(words.text, '=', words.length < MOST_KEY ? words.length : MOST_KEY);
    if (!equals || words.length > MOST_VALUE)
        return false;
    slice label = trimmed((slice){words.text, (size_t)(equals - words.text)});
    size_t known = qc_labels_find(&page->labels, label.text, label.length);
    return known != QC_NO_LABEL && page->facts[known].chosen;
}

/* In a text without speakers a header is what opens it: blocks of pairs, one of them with a usual key. */
static size_t end_of_opening_pairs(const qc_page *page)
{
    size_t body = 0;
    for (size_t from = 0, end; from < page->count; from = end) {
        bool usual = false, pairs = true;
        for (end = from; end < page->count && (end == from || !page->lines[end].after_blank); end++) {
            const qc_line *line = &page->lines[end];
            pairs &= line->kind == QC_LINE_DIVIDER || is_header_line(page, line);
            usual |= line->form == QC_LINE_COLON && page->facts[line->label].header_key;
        }
        if (!pairs || !usual || end == page->count)
            break;
        body = end;
    }
    return body;
}

/* "Roles: one," and below it, indented, "two". */
static bool goes_on(const qc_line *pair, const qc_line *line)
{
    return pair && line->indent > pair->indent && !line->after_blank;
}

/* The block of lines around a pair has a usual key: "Date", "Respondent group". */
static bool block_is_header(const qc_page *page, size_t from)
{
    for (size_t i = from; i < page->body && (i == from || !page->lines[i].after_blank); i++)
        if (page->lines[i].form == QC_LINE_COLON && page->facts[page->lines[i].label].header_key)
            return true;
    return false;
}

/* All in capitals, key and value: a title. */
static bool is_title(slice line)
{
    for (size_t i = 0; i < line.length; i++)
        if (line.text[i] >= 'a' && line.text[i] <= 'z')
            return false;
    return true;
}

void qc_page_find_header(qc_page *page)
{
    const qc_line *pair = NULL;
    bool usual = false;
    if (page->form == QC_LINE_NONE || page->lone) {
        size_t end = end_of_opening_pairs(page);
        page->body = end < page->body ? end : page->body;
    }
    for (size_t i = 0; i < page->body; i++) {
        qc_line *line = &page->lines[i];
        if (!i || line->after_blank)
            usual = block_is_header(page, i);
        if (line->kind != QC_LINE_SPEECH)
            continue;
        bool more = goes_on(pair, line);
        bool header = is_legend(page, line) || (usual && is_header_line(page, line) && !is_title(words_of(page, line)));
        line->kind = more || header ? QC_LINE_HEADER : QC_LINE_FRONT;
        if (!more)
            pair = header ? line : NULL;
    }
}

/* A pair on its way into the transcript. */
typedef struct pair_writer {
    qc_page *page;
    qcode_transcript *talk;
    slice key; /* empty: none */
    qc_buffer value;
    size_t line, count, dropped, first_dropped, renamed, first_renamed;
} pair_writer;

static bool put_pair(pair_writer *out)
{
    slice key = out->key;
    bool renamed = false, done = !out->value.failed;
    out->key.length = 0;
    if (!key.length || !out->value.length) {
    } else if (out->count == MOST_ATTRIBUTES) {
        out->first_dropped = out->dropped++ ? out->first_dropped : out->line;
    } else {
        out->count++;
        done = done &&
               qc_transcript_attribute(out->talk, key.text, key.length, out->value.data, out->value.length, &renamed);
    }
    if (renamed)
        out->first_renamed = out->renamed++ ? out->first_renamed : out->line;
    out->value.length = 0;
    return done;
}

/* The pairs of a line; the last stays open for the lines below. */
static bool put_line(pair_writer *out, slice line)
{
    size_t value, found = 0;
    slice key;
    while (read_key(line, &key, &value)) {
        size_t end = next_pair(line, value);
        slice says = trimmed((slice){line.text + value, end - value});
        if (!put_pair(out) || !read_legend(out->page, out->talk, says, &found))
            return false;
        out->key = key;
        qc_buffer_append(&out->value, says.text, says.length);
        line = (slice){line.text + end, line.length - end};
    }
    return read_legend(out->page, out->talk, line, &found);
}

static bool put_more(pair_writer *out, slice line)
{
    size_t found = 0;
    if (!read_legend(out->page, out->talk, line, &found))
        return false;
    qc_buffer_string(&out->value, !out->value.length ? "" : found ? "; " : " ");
    return qc_buffer_append(&out->value, line.text, line.length);
}

static void tell(const pair_writer *out)
{
    const char *source = out->page->source->path;
    if (out->renamed)
        qc_note(out->page->notes, QCODE_NOTE_INFO, source, out->first_renamed, 0,
                "%zu of the header's names %s taken already and got a number", out->renamed,
                out->renamed == 1 ? "was" : "were");
    if (out->dropped)
        qc_note(out->page->notes, QCODE_NOTE_SKIPPED, source, out->first_dropped, 0,
                "%zu pairs of the header beyond the %d that are kept", out->dropped, MOST_ATTRIBUTES);
}

bool qc_page_put_header(qc_page *page, qcode_transcript *talk)
{
    pair_writer out = {.page = page, .talk = talk, .value = qc_buffer_init(page->source->memory)};
    const qc_line *pair = NULL;
    bool done = true;
    for (size_t i = 0; done && i < page->body; i++) {
        const qc_line *line = &page->lines[i];
        if (line->kind != QC_LINE_HEADER)
            continue;
        if (goes_on(pair, line)) {
            done = put_more(&out, words_of(page, line));
            continue;
        }
        done = put_pair(&out) && put_line(&out, words_of(page, line));
        pair = line;
        out.line = line->number;
    }
    done = done && put_pair(&out);
    tell(&out);
    qc_buffer_clear(&out.value);
    return done;
}
