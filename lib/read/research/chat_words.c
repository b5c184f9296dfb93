/* The words of a CHAT utterance: one pass over its tokens. */
#include "read/research/chat_words.h"
#include "base/utf8.h"

typedef struct cleaning {
    const char *text;
    size_t at, end;
    qc_buffer *out;
    size_t first;     /* where the words begin in `out` */
    size_t last_word; /* where the last word began, for a target that takes its place */
    bool phonetic;    /* the last word is a phonetic form */
    bool no_bracket, no_bullet; /* none is closed behind here */
    qc_chat_found *found;
} cleaning;

typedef struct terminator {
    const char *mark, *reading;
} terminator;

/* Longest first where one begins another. */
static const terminator terminators[] = {
    {"+\"/.", "."},  {"+\".", "."},  {"+//?", " –?"}, {"+/?", " –?"}, {"+..?", "…?"}, {"+!?", "?!"},
    {"+//.", " –"}, {"+/.", " –"}, {"+...", "…"}, {"+.", "."},
};

static const char *const linkers[] = {"++", "+<", "+^", "+,", "+\"", "+≈", "+≋"};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool begins(const cleaning *c, const char *word)
{
    size_t size = strlen(word);
    return c->end - c->at >= size && memcmp(c->text + c->at, word, size) == 0;
}

static void put_word(cleaning *c, const char *word, size_t length)
{
    if (!length)
        return;
    if (c->out->length > c->first)
        qc_buffer_byte(c->out, ' ');
    c->last_word = c->out->length;
    qc_buffer_append(c->out, word, length);
}

/* Punctuation stands at the word before it; without one it is nobody's. */
static void put_mark(cleaning *c, const char *mark)
{
    if (c->out->length > c->first)
        qc_buffer_string(c->out, mark);
}

static int64_t read_number(const cleaning *c, size_t *at, size_t end)
{
    int64_t number = 0;
    size_t start = *at;
    for (; *at < end && c->text[*at] >= '0' && c->text[*at] <= '9' && *at - start < 15; ++*at)
        number = number * 10 + (c->text[*at] - '0');
    return *at > start ? number : -1;
}

/* A bullet: U+0015, begin_end in milliseconds, U+0015. */
static void take_bullet(cleaning *c)
{
    size_t at = c->at + 1;
    const char *close = c->no_bullet ? NULL : memchr(c->text + at, '\x15', c->end - at);
    if (!close) {
        c->no_bullet = true;
        c->at++;
        return;
    }
    size_t end = (size_t)(close - c->text);
    int64_t from = read_number(c, &at, end), to = -1;
    if (from >= 0 && at < end && c->text[at] == '_') {
        at++;
        to = read_number(c, &at, end);
    }
    if (to >= 0) {
        c->found->start_ms = c->found->start_ms < 0 ? from : c->found->start_ms;
        c->found->end_ms = to;
    }
    c->at = end + 1;
}

/* A code in brackets. A target takes the place of a phonetic form. */
static void take_code(cleaning *c)
{
    const char *close = c->no_bracket ? NULL : memchr(c->text + c->at, ']', c->end - c->at);
    if (!close) {
        c->no_bracket = true;
        c->at++;
        return;
    }
    size_t start = c->at + 1, end = (size_t)(close - c->text);
    bool target = end - start > 2 && c->text[start] == ':' && c->text[start + 1] == ' ';
    bool retrace = end > start && c->text[start] == '/';
    if (target && c->phonetic) {
        c->out->length = c->last_word;
        qc_buffer_append(c->out, c->text + start + 2, end - start - 2);
    }
    c->found->code |= !target && !retrace;
    c->phonetic = false;
    c->at = end + 1;
}

/* "(.)", "(..)", "(0.5)", "(1:30.5)". */
static bool take_pause(cleaning *c)
{
    size_t at = c->at + 1;
    while (at < c->end && strchr("0123456789.:", c->text[at]))
        at++;
    if (at == c->at + 1 || at == c->end || c->text[at] != ')')
        return false;
    c->at = at + 1;
    return true;
}

/* Marks of conversation analysis and prosody inside and beside words (CHAT manual, part 10). */
static bool is_mark(uint32_t point)
{
    static const uint32_t marks[] = {0x2308, 0x2309, 0x230A, 0x230B, /* overlaps */
                                     0x2191, 0x2193, 0x21D7, 0x2197, 0x2192, 0x2198, 0x21D8, 0x221E, 0x2248, 0x224B,
                                     0x2261, 0x2219, /* pitch, latching */
                                     0x2206, 0x2207, 0x00B0, 0x2581, 0x2594, 0x263A, 0x222C, 0x03AB, 0x222E, 0x00A7,
                                     0x204E, 0x2047, 0x21BB, 0x1F29, 0x2C7A, 0x02C8, 0x02CC, 0x2260, 0x27E8, 0x27E9};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == point)
            return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether the `@` at `at` marks a special form: lower-case letters, and what may follow, to the word's end. */
static bool is_special_form(const cleaning *c, size_t at, size_t end)
{
    size_t mark = at++;
    while (at < end && ((c->text[at] >= 'a' && c->text[at] <= 'z') || strchr("$&:+", c->text[at])))
        at++;
    return mark > c->at && at > mark + 1 && at == end;
}

/* One word without its marks. `[at, end)` holds no white space, bracket or bullet. */
static void take_word(cleaning *c, size_t end)
{
    size_t room = c->out->length, start = c->at;
    bool omitted = start + 1 == end || is_letter(c->text[start + 1]); /* `0is`, or an action without words */
    if (c->text[start] == '0' && omitted) {
        c->at = end;
        return;
    }
    put_word(c, " ", 1); /* taken back below */
    if (c->out->failed)
        return;
    c->out->length--;
    size_t begun = c->out->length;
    c->phonetic = false;
    for (size_t at = start; at < end;) {
        size_t from = at;
        uint32_t point = qc_utf8_next(c->text, end, &at);
        bool colon = point == ':' && from > start && (is_letter(c->text[from - 1]) || c->text[from - 1] == ':');
        if (point == '@' && is_special_form(c, from, end)) {
            c->phonetic = end - from == 2 && c->text[from + 1] == 'u';
            break;
        }
        if (is_mark(point)) {
            bool overlap = point >= 0x2308 && point <= 0x230B;
            at += overlap && at < end && is_digit(c->text[at]);
        } else if (point == '_' || (point == '+' && from > start)) {
            qc_buffer_byte(c->out, ' ');
        } else if (point != '(' && point != ')' && point != '^' && point != '<' && point != '>' && !colon) {
            qc_buffer_append(c->out, c->text + from, at - from);
        }
    }
    if (c->out->length == begun)
        c->out->length = room; /* nothing but marks */
    c->at = end;
}

/* `&-um`, `&+fr`, `&~gaga`: said; `&=laughs`, `&*INT:mhm`, `&{l=laughs`: not by this speaker, or not words. */
static void take_ampersand(cleaning *c, size_t end)
{
    char kind = c->at + 1 < end ? c->text[c->at + 1] : '\0';
    if (kind == '-' || kind == '+' || kind == '~') {
        c->at += 2;
        if (c->at < end)
            take_word(c, end);
    } else if (kind == '=' || kind == '*' || kind == '{' || kind == '}') {
        c->found->other_speaker |= kind == '*';
        c->found->code |= kind != '*';
        c->at = end;
    } else {
        c->at++;
        if (c->at < end)
            take_word(c, end);
    }
}

static bool take_linker(cleaning *c)
{
    bool at_start = c->out->length == c->first;
    for (size_t i = 0; at_start && i < sizeof linkers / sizeof *linkers; i++)
        if (begins(c, linkers[i])) {
            c->at += strlen(linkers[i]);
            return true;
        }
    return false;
}

static bool take_terminator(cleaning *c)
{
    for (size_t i = 0; i < sizeof terminators / sizeof *terminators; i++)
        if (begins(c, terminators[i].mark)) {
            put_mark(c, terminators[i].reading);
            c->at += strlen(terminators[i].mark);
            return true;
        }
    return take_linker(c);
}

/* The punctuation that stands alone: `. ? ! , ; :`, and the comma's kin `„ ‡`. */
static bool take_punctuation(cleaning *c, size_t end)
{
    char mark[2] = {c->text[c->at], '\0'};
    bool plain = end - c->at == 1 && strchr(".?!,;:", mark[0]);
    bool tag = end - c->at == 3 && (begins(c, "„") || begins(c, "‡"));
    if (!plain && !tag)
        return false;
    put_mark(c, plain ? mark : ",");
    c->at = end;
    return true;
}

static void take_token(cleaning *c, size_t end)
{
    if (!take_punctuation(c, end))
        take_word(c, end);
}

static size_t token_end(const cleaning *c)
{
    size_t end = c->at;
    while (end < c->end && !is_space(c->text[end]) && !strchr("[\x15<>", c->text[end]))
        end++;
    return end;
}

bool qc_chat_words(const char *line, size_t length, qc_buffer *out, qc_chat_found *found)
{
    cleaning c = {
        .text = line, .end = length, .out = out, .first = out->length, .last_word = out->length, .found = found};
    *found = (qc_chat_found){.start_ms = -1, .end_ms = -1};
    while (c.at < c.end && !out->failed) {
        char first = line[c.at];
        if (is_space(first) || first == '<' || first == '>')
            c.at++;
        else if (first == '\x15')
            take_bullet(&c);
        else if (first == '[')
            take_code(&c);
        else if (first == '(' && take_pause(&c))
            continue;
        else if (first == '+' && take_terminator(&c))
            continue;
        else if (first == '&')
            take_ampersand(&c, token_end(&c));
        else
            take_token(&c, token_end(&c));
    }
    return !out->failed;
}
