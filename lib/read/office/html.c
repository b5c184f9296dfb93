/* Web pages: their text as a reader sees it, line by line, for the layouts of plain text. */
#include "base/utf8.h"
#include "format/entity.h"
#include "read/layout.h"
#include "read/office/html_hidden.h"
#include "read/peek.h"
#include "read/tally.h"
#include "text/decode.h"

#include <strings.h>

enum { LONGEST_NAME = 15 };

/* What an element does to the text. */
typedef enum html_effect {
    INLINE,
    BREAK,     /* a line of its own */
    PARAGRAPH, /* with a blank line around it */
    CELL,      /* a tab before it */
    RAW,       /* its content is no text of the page */
    KEEP,      /* its white space stays */
    NAMING,    /* the podcast namespace: <cite> says who speaks, in a line of its own */
    STAMP      /* ... and <time> when, behind it */
} html_effect;

typedef struct html_element {
    const char *name;
    html_effect effect;
} html_element;

static const html_element elements[] = {
    {"p", PARAGRAPH},       {"h1", PARAGRAPH},
    {"h2", PARAGRAPH},      {"h3", PARAGRAPH},
    {"h4", PARAGRAPH},      {"h5", PARAGRAPH},
    {"h6", PARAGRAPH},      {"hr", PARAGRAPH},
    {"table", PARAGRAPH},   {"blockquote", PARAGRAPH},
    {"ul", PARAGRAPH},      {"ol", PARAGRAPH},
    {"dl", PARAGRAPH},      {"section", PARAGRAPH},
    {"article", PARAGRAPH}, {"header", PARAGRAPH},
    {"footer", PARAGRAPH},  {"nav", PARAGRAPH},
    {"aside", PARAGRAPH},   {"main", PARAGRAPH},
    {"body", PARAGRAPH},    {"figure", PARAGRAPH},
    {"form", PARAGRAPH},    {"address", PARAGRAPH},
    {"br", BREAK},          {"div", BREAK},
    {"li", BREAK},          {"tr", BREAK},
    {"dt", BREAK},          {"dd", BREAK},
    {"caption", BREAK},     {"figcaption", BREAK},
    {"td", CELL},           {"th", CELL},
    {"script", RAW},        {"style", RAW},
    {"title", RAW},         {"template", RAW},
    {"noscript", RAW},      {"iframe", RAW},
    {"textarea", RAW},      {"svg", RAW},
    {"math", RAW},          {"object", RAW},
    {"select", RAW},        {"pre", KEEP},
    {"cite", NAMING},       {"time", STAMP},
};

/* Where a reader of the podcast namespace's form stands. */
typedef enum html_naming { NOT_NAMED, IN_NAME, NAMED, IN_STAMP } html_naming;

enum { OPEN_TAG, OPEN_PART, NO_CHARACTER, HIDDEN, OPEN_HIDDEN, TELLS };

static const qc_tally tells[TELLS] = {
    [OPEN_TAG] = {QCODE_NOTE_REPLACED, "a tag that is never closed: it is kept as text", 0, 0},
    [OPEN_PART] = {QCODE_NOTE_SKIPPED, "a comment or script that is never closed, and what follows", 0, 0},
    [HIDDEN] = {QCODE_NOTE_SKIPPED, "what the page hides (hidden, display:none) is left out", 0, 0},
    [OPEN_HIDDEN] = {QCODE_NOTE_REPLACED, "a hidden element without an end: its words are kept", 0, 0},
    [NO_CHARACTER] = {QCODE_NOTE_REPLACED, "a reference to what is no character stands as U+FFFD", 0, 0},
};

typedef struct page_text {
    const qc_source *source;
    qcode_notes *notes;
    const char *text;
    size_t length, at;
    size_t line, counted; /* the line of byte `counted`, for notes */
    qc_buffer out;
    bool space;           /* white space waits to be written */
    bool keep;            /* inside <pre> */
    bool no_close;        /* no `>` stands behind here */
    bool unquoted;        /* quotes in tags do not pair */
    bool no_hiding;       /* a hidden element has no end */
    html_naming naming;
    qc_tally tally[TELLS];
} page_text;

static void tell(page_text *page, int what)
{
    for (; page->counted < page->at; page->counted++)
        page->line += page->text[page->counted] == '\n';
    qc_tally_at(&page->tally[what], page->notes, page->source->path, page->line);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool at_line_start(const page_text *page)
{
    return !page->out.length || page->out.data[page->out.length - 1] == '\n';
}

static void put(page_text *page, const char *text, size_t length)
{
    if (page->space && !at_line_start(page) && page->out.data[page->out.length - 1] != '\t')
        qc_buffer_byte(&page->out, ' ');
    page->space = false;
    page->naming = page->naming == NAMED ? NOT_NAMED : page->naming; /* not followed by its time or words */
    qc_buffer_append(&page->out, text, length);
}

/* Ends the line, if one has begun; `feeds` is 2 for a blank line behind it. */
static void put_feeds(page_text *page, size_t feeds)
{
    qc_buffer *out = &page->out;
    page->space = false;
    while (out->length && (out->data[out->length - 1] == ' ' || out->data[out->length - 1] == '\t'))
        out->length--;
    size_t there = 0;
    while (there < out->length && out->data[out->length - 1 - there] == '\n')
        there++;
    if (there == out->length)
        return; /* nothing stands before */
    for (; there < feeds; there++)
        qc_buffer_byte(out, '\n');
}

static html_effect effect_of(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0)
            return elements[i].effect;
    return INLINE;
}

/* The `>` of the tag at `at`, past quoted values; SIZE_MAX when there is none. */
static size_t tag_close(page_text *page, size_t at)
{
    char quote = '\0';
    if (page->no_close)
        return SIZE_MAX;
    for (size_t i = at; !page->unquoted && i < page->length; i++) {
        char c = page->text[i];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '>')
            return i;
        else if ((c == '"' || c == '\'') && page->text[i - 1] == '=')
            quote = c;
    }
    page->unquoted = true;
    const char *close = memchr(page->text + at, '>', page->length - at);
    page->no_close = !close;
    return close ? (size_t)(close - page->text) : SIZE_MAX;
}

/* Behind the content of an element that is no text of the page. */
static void pass_raw(page_text *page, const char *name)
{
    size_t size = strlen(name);
    for (size_t at = page->at; at + size + 2 <= page->length; at++) {
        const char *end = memchr(page->text + at, '<', page->length - at);
        if (!end)
            break;
        at = (size_t)(end - page->text);
        if (at + size + 2 <= page->length && end[1] == '/' && strncasecmp(end + 2, name, size) == 0) {
            size_t close = tag_close(page, at + 2 + size);
            page->at = close == SIZE_MAX ? page->length : close + 1;
            return;
        }
    }
    tell(page, OPEN_PART);
    page->at = page->length;
}

static bool is_void(const char *name)
{
    static const char *const names[] = {"area", "base", "br", "col", "embed", "hr", "img", "input",
                                        "link", "meta", "source", "track", "wbr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool is_name_at(const page_text *page, size_t at, const char *name, size_t size)
{
    if (at + size > page->length || strncasecmp(page->text + at, name, size) != 0)
        return false;
    char next = at + size < page->length ? page->text[at + size] : '>';
    return is_space(next) || next == '>' || next == '/';
}

/* Behind the element that was opened last: elements of its name may stand in it. */
static void pass_hidden(page_text *page, const char *name)
{
    size_t size = strlen(name), depth = 1;
    tell(page, HIDDEN);
    for (size_t at = page->at; at < page->length; at++) {
        const char *angle = memchr(page->text + at, '<', page->length - at);
        if (!angle)
            break;
        at = (size_t)(angle - page->text);
        bool closing = at + 1 < page->length && angle[1] == '/';
        if (!is_name_at(page, at + 1 + closing, name, size))
            continue;
        size_t close = tag_close(page, at + 1 + closing + size);
        if (close == SIZE_MAX)
            break;
        depth = closing ? depth - 1 : depth + 1;
        at = close;
        if (!depth) {
            page->at = close + 1;
            return;
        }
    }
    page->no_hiding = true;
    tell(page, OPEN_HIDDEN);
}

/* `Name:` and `0:53` become `Name (0:53)`, the layout of time-stamped labels. */
static void begin_stamp(page_text *page)
{
    qc_buffer *out = &page->out;
    while (out->length && (out->data[out->length - 1] == ':' || out->data[out->length - 1] == ' '))
        out->length--;
    page->space = true;
    put(page, "(", 1);
    page->naming = IN_STAMP;
}

/* A <cite> at the beginning of a line names who speaks; in running text it is the title of a work. */
static void act_on_name(page_text *page, bool closing)
{
    if (closing && page->naming == IN_NAME)
        page->naming = NAMED;
    else if (!closing && (at_line_start(page) || page->naming == NAMED))
        page->naming = IN_NAME;
}

static void act_on_stamp(page_text *page, bool closing)
{
    if (!closing && page->naming == NAMED) {
        begin_stamp(page);
    } else if (closing && page->naming == IN_STAMP) {
        page->space = false;
        put(page, ")", 1);
        page->naming = NAMED;
    }
}

static void act(page_text *page, const char *name, bool closing)
{
    switch (effect_of(name)) {
    case PARAGRAPH:
        put_feeds(page, page->naming == NAMED && !closing ? 1 : 2);
        page->naming = NOT_NAMED;
        break;
    case BREAK:
        put_feeds(page, 1);
        break;
    case CELL:
        if (!closing && !at_line_start(page)) {
            page->space = false;
            qc_buffer_byte(&page->out, '\t');
        }
        break;
    case RAW:
        if (!closing)
            pass_raw(page, name);
        break;
    case KEEP:
        put_feeds(page, 1);
        page->keep = !closing;
        break;
    case NAMING:
        act_on_name(page, closing);
        break;
    case STAMP:
        act_on_stamp(page, closing);
        break;
    default:
        break;
    }
}

static bool begins(const page_text *page, const char *word)
{
    size_t size = strlen(word);
    return page->length - page->at >= size && memcmp(page->text + page->at, word, size) == 0;
}

static void pass_comment(page_text *page)
{
    for (size_t at = page->at + 4; at + 3 <= page->length; at++)
        if (memcmp(page->text + at, "-->", 3) == 0) {
            page->at = at + 3;
            return;
        }
    tell(page, OPEN_PART);
    page->at = page->length;
}

/* A `<`: a tag, a comment, a declaration, or the character. */
static void take_angle(page_text *page)
{
    size_t at = page->at + 1;
    bool closing = at < page->length && page->text[at] == '/';
    at += closing;
    bool tag = at < page->length &&
               (is_letter(page->text[at]) || (!closing && strchr("!?", page->text[at]) && page->text[at]));
    if (begins(page, "<!--")) {
        pass_comment(page);
        return;
    }
    size_t close = tag ? tag_close(page, at) : SIZE_MAX;
    if (close == SIZE_MAX) {
        if (tag)
            tell(page, OPEN_TAG);
        put(page, "<", 1);
        page->at++;
        return;
    }
    char name[LONGEST_NAME + 1];
    size_t length = 0;
    for (; length < LONGEST_NAME && (is_letter(page->text[at]) || (page->text[at] >= '0' && page->text[at] <= '9'));
         at++)
        name[length++] = (char)(page->text[at] | (is_letter(page->text[at]) ? 0x20 : 0));
    name[length] = '\0';
    page->at = close + 1;
    if (!closing && !page->no_hiding && length && !is_void(name) && qc_html_hides(page->text, at, close))
        pass_hidden(page, name);
    if (closing || page->at == close + 1)
        act(page, name, closing);
}

static void take_reference(page_text *page)
{
    char character[4];
    size_t end;
    uint32_t point = qc_entity(page->text, page->length, page->at, &end);
    if (!point) {
        put(page, "&", 1);
        page->at++;
        return;
    }
    if (point == 0xFFFD)
        tell(page, NO_CHARACTER);
    page->at = end;
    if (point == 0xA0 || point == ' ' || point == '\t' || point == '\n')
        page->space = true; /* padding, as a rule */
    else
        put(page, character, qc_utf8_put(point, character));
}

/* Characters up to the next markup. */
static void take_plain(page_text *page)
{
    while (page->at < page->length && page->text[page->at] != '<' && page->text[page->at] != '&') {
        char c = page->text[page->at];
        if (page->keep && c == '\n') {
            put_feeds(page, 1);
            page->at++;
        } else if (is_space(c)) {
            page->space = true;
            page->at++;
        } else {
            size_t start = page->at;
            while (page->at < page->length && !is_space(page->text[page->at]) && page->text[page->at] != '<' &&
                   page->text[page->at] != '&')
                page->at++;
            put(page, page->text + start, page->at - start);
        }
    }
}

static bool read_page(page_text *page)
{
    while (page->at < page->length && !page->out.failed) {
        char c = page->text[page->at];
        if (c == '<')
            take_angle(page);
        else if (c == '&')
            take_reference(page);
        else
            take_plain(page);
    }
    put_feeds(page, 1);
    return !page->out.failed;
}

/* The encoding a page names, as iconv knows it; NULL when it names none or one that decoding finds by itself. */
static const char *named_encoding(const qc_source *source)
{
    static const char *const encodings[] = {
        "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
        "windows-1256", "windows-1257", "windows-1258", "iso-8859-2",   "iso-8859-5",   "iso-8859-7",
        "iso-8859-9",   "iso-8859-15",  "koi8-r",       "koi8-u",       "shift_jis",    "euc-jp",
        "euc-kr",       "gb2312",       "gbk",          "gb18030",      "big5",         "macintosh"};
    const char *start = source->start;
    for (const char *at = start; (at = strstr(at, "charset=")) != NULL;) {
        at += strlen("charset=");
        at += *at == '"' || *at == '\'';
        for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
            if (strncasecmp(at, encodings[i], strlen(encodings[i])) == 0)
                return encodings[i];
    }
    return NULL;
}

static qcode_transcript *read_html(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(source->memory);
    const char *encoding = source->options->encoding ? source->options->encoding : named_encoding(source);
    qcode_transcript *talk = NULL;
    if (!qc_decode(source->data, source->length, encoding, source->path, &text, &encoding, notes, err)) {
        qc_buffer_clear(&text);
        return NULL;
    }
    page_text page = {.source = source, .notes = notes, .text = text.data, .length = text.length, .line = 1,
                      .out = qc_buffer_init(source->memory)};
    memcpy(page.tally, tells, sizeof tells);
    bool done = read_page(&page) || qc_no_memory(err);
    qc_buffer_clear(&text);
    for (size_t i = 0; i < TELLS; i++)
        qc_tally_end(&page.tally[i], notes, source->path);
    if (done)
        talk = qc_read_layout(source, &page.out, "html", encoding, notes, err);
    qc_buffer_clear(&page.out);
    return talk;
}

/* A page begins with its doctype or an element of pages; a file so named may begin with words. */
static int sniff(const qc_source *source)
{
    static const char *const firsts[] = {
        "<!doctype html", "<html",    "<head",    "<body", "<meta",       "<div", "<p>",  "<p ", "<cite>", "<h1",
        "<table",         "<article", "<section", "<main", "<blockquote", "<ul",  "<span"};
    const char *start = source->start;
    const char *first = qc_peek_space(start);
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++)
        if (strncasecmp(first, firsts[i], strlen(firsts[i])) == 0)
            return i < 4 ? 95 : 70;
    bool declared = strncmp(first, "<?xml", 5) == 0 || strncmp(first, "<!--", 4) == 0;
    if (declared && (strstr(start, "<html") || strstr(start, "<HTML")))
        return 95;
    return strchr(start, '<') && (strstr(start, "</p>") || strstr(start, "<br") || strstr(start, "</b>")) ? 2 : 0;
}

static const char *const endings[] = {".html", ".htm", ".xhtml", NULL};

const qc_reader qc_html = {"html", endings, sniff, read_html};
