/* A cue's words without its markup (W3C WebVTT, sections 5 and 6.4; SubRip as its tools write it). */
#include "base/utf8.h"
#include "format/entity.h"
#include "read/captions/captions.h"

typedef struct cue_markup {
    qc_captions *captions;
    const char *text;
    size_t at, end;
    const qc_cue *cue;
    qc_cue_dialect dialect;
    qc_caption piece; /* being filled */
    bool in_reading;  /* of ruby */
    bool no_close;    /* no `>` stands behind here */
} cue_markup;

enum { LONGEST_BRACE = 200 };

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void tell(cue_markup *markup, int what)
{
    qc_captions *captions = markup->captions;
    qc_tally_at(&captions->tally[what], captions->notes, captions->source, markup->cue->line);
}

/* Takes white space around each line and empty lines out of what was written since `start`. */
static void tidy(qc_buffer *bytes, size_t start)
{
    char *data = bytes->data;
    size_t to = start;
    for (size_t from = start; from < bytes->length; from++) {
        char c = data[from];
        if (!is_space(c)) {
            data[to++] = c;
        } else if (to > start) {
            bool after = is_space(data[to - 1]);
            if (!after)
                data[to++] = c == '\n' ? '\n' : ' ';
            else if (c == '\n')
                data[to - 1] = '\n';
        }
    }
    while (to > start && is_space(data[to - 1]))
        to--;
    bytes->length = to;
}

/* Ends what the voice says here. */
static void end_piece(cue_markup *markup)
{
    qc_buffer *bytes = &markup->captions->bytes;
    if (bytes->failed || bytes->length == markup->piece.text)
        return;
    tidy(bytes, markup->piece.text);
    markup->piece.length = bytes->length - markup->piece.text;
    if (markup->piece.length)
        qc_buffer_append(&markup->captions->list, &markup->piece, sizeof markup->piece);
    markup->piece.text = bytes->length;
}

static void put(cue_markup *markup, const char *text, size_t length)
{
    if (!markup->in_reading)
        qc_buffer_append(&markup->captions->bytes, text, length);
}

/* The character of a reference, or the `&` itself when it is none. */
static size_t read_character(const cue_markup *markup, size_t at, char bytes[4], size_t *end)
{
    uint32_t point = markup->text[at] == '&' ? qc_entity(markup->text, markup->end, at, end) : 0;
    if (point)
        return qc_utf8_put(point, bytes);
    bytes[0] = markup->text[at];
    *end = at + 1;
    return 1;
}

/* A voice begins: its name is what stands in [from, to), with references decoded. */
static void begin_voice(cue_markup *markup, size_t from, size_t to)
{
    qc_buffer *bytes = &markup->captions->bytes;
    end_piece(markup);
    markup->piece.label = bytes->length;
    for (size_t at = from; at < to;) {
        char character[4];
        size_t length = read_character(markup, at, character, &at);
        qc_buffer_append(bytes, character, length);
    }
    if (bytes->failed)
        return;
    tidy(bytes, markup->piece.label);
    for (size_t i = markup->piece.label; i < bytes->length; i++)
        if (bytes->data[i] == '\n')
            bytes->data[i] = ' ';
    markup->piece.label_length = bytes->length - markup->piece.label;
    markup->piece.text = bytes->length;
    markup->piece.voiced = true;
}

static void end_voice(cue_markup *markup)
{
    end_piece(markup);
    markup->piece.label_length = 0;
    markup->piece.voiced = false;
}

static bool is_named(const char *name, size_t length, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
            return true;
    return false;
}

static bool is_known(const cue_markup *markup, const char *name, size_t length)
{
    static const char *const vtt[] = {"v", "c", "i", "b", "u", "lang", "ruby", "rt"};
    static const char *const srt[] = {"b",  "i",  "u",  "s", "font", "FONT", "span", "c", "v", "em", "strong",
                                      "br", "BR", "p",  "B", "I",    "U",    "S",    "small", "big", "sub", "sup"};
    return markup->dialect == QC_CUES_VTT ? is_named(name, length, vtt, sizeof vtt / sizeof *vtt)
                                          : is_named(name, length, srt, sizeof srt / sizeof *srt);
}

/* Where a tag that begins at `at` stops: its `>`, or, when it is never closed, the end of its name or of a voice's
 * line. */
static size_t tag_end(cue_markup *markup, size_t name, size_t name_end)
{
    const char *text = markup->text, *close = NULL;
    if (!markup->no_close)
        close = memchr(text + name, '>', markup->end - name);
    if (close)
        return (size_t)(close - text);
    markup->no_close = true;
    tell(markup, QC_OPEN_TAG);
    bool voice = name_end - name == 1 && text[name] == 'v';
    size_t end = name_end;
    while (end < markup->end && (voice ? text[end] != '\n' : !is_space(text[end])))
        end++;
    return end;
}

static void skip_classes(const cue_markup *markup, size_t *at, size_t end)
{
    while (*at < end && !is_space(markup->text[*at]))
        ++*at;
}

static void act_on_tag(cue_markup *markup, const char *name, size_t length, bool closing, size_t rest, size_t end)
{
    bool vtt = markup->dialect == QC_CUES_VTT;
    if (length == 1 && *name == 'v') {
        if (closing) {
            end_voice(markup);
        } else {
            skip_classes(markup, &rest, end);
            begin_voice(markup, rest, end);
        }
    } else if (vtt && length == 2 && strncmp(name, "rt", 2) == 0) {
        if (!closing)
            tell(markup, QC_RUBY);
        markup->in_reading = !closing;
    } else if (vtt && length == 4 && strncmp(name, "ruby", 4) == 0 && closing) {
        markup->in_reading = false;
    } else if (length == 2 && (strncmp(name, "br", 2) == 0 || strncmp(name, "BR", 2) == 0)) {
        put(markup, "\n", 1);
    }
}

/* A `<`: a tag, a time inside the cue, or the character. */
static void take_angle(cue_markup *markup)
{
    const char *text = markup->text;
    size_t at = markup->at + 1;
    bool closing = at < markup->end && text[at] == '/';
    at += closing;
    size_t name = at;
    while (at < markup->end && is_letter(text[at]))
        at++;
    size_t name_end = at, length = at - name;
    bool is_time = !length && !closing && at < markup->end && text[at] >= '0' && text[at] <= '9';
    if (is_time) {
        while (at < markup->end && strchr("0123456789:.", text[at]))
            at++;
        is_time = at < markup->end && text[at] == '>';
    }
    bool known = length && is_known(markup, text + name, length);
    bool vtt_tag = markup->dialect == QC_CUES_VTT && (length || closing || (at < markup->end && text[at] == '>'));
    if (is_time) {
        markup->at = at + 1;
    } else if (known || vtt_tag) {
        size_t end = tag_end(markup, name, name_end);
        if (!known)
            tell(markup, QC_ODD_TAG);
        act_on_tag(markup, text + name, length, closing, name_end, end);
        markup->at = end + (end < markup->end && text[end] == '>');
    } else {
        put(markup, "<", 1);
        markup->at++;
    }
}

/* A `{`: `{\an8}` of ASS, `{i}` and `{y:b}` of older players, or the character. */
static void take_brace(cue_markup *markup)
{
    const char *text = markup->text;
    size_t at = markup->at + 1;
    size_t room = markup->end - at;
    const char *close = memchr(text + at, '}', room < LONGEST_BRACE ? room : LONGEST_BRACE);
    size_t end = close ? (size_t)(close - text) : at;
    bool slash = end > at && text[at] == '/';
    size_t name = at + slash;
    bool letter = end > name && is_letter(text[name]) && strchr("bius", text[name] | 0x20) && end == name + 1;
    bool colon = end > at + 1 && is_letter(text[at]) && text[at + 1] == ':';
    if (end > at && (text[at] == '\\' || letter || colon)) {
        markup->at = end + 1;
    } else {
        put(markup, "{", 1);
        markup->at++;
    }
}

static void take_reference(cue_markup *markup)
{
    char character[4];
    size_t from = markup->at, length = read_character(markup, from, character, &markup->at);
    bool replaced = markup->at - from > 1 && length == 3 && memcmp(character, "\xEF\xBF\xBD", 3) == 0;
    if (replaced)
        tell(markup, QC_NO_CHARACTER);
    put(markup, character, length);
}

/* Runs of plain characters. */
static void take_plain(cue_markup *markup)
{
    size_t start = markup->at;
    bool srt = markup->dialect != QC_CUES_VTT;
    while (markup->at < markup->end) {
        char c = markup->text[markup->at];
        if (c == '<' || c == '&' || (srt && (c == '{' || c == '\\')))
            break;
        markup->at++;
    }
    put(markup, markup->text + start, markup->at - start);
}

/* Webex writes its speakers into a cue's name: `12 "Name" (34567)`. */
static void take_name(cue_markup *markup)
{
    const char *text = markup->text;
    size_t at = markup->cue->name, end = markup->cue->name_end;
    size_t digits = at;
    while (digits < end && text[digits] >= '0' && text[digits] <= '9')
        digits++;
    if (digits == at || digits + 2 >= end || text[digits] != ' ' || text[digits + 1] != '"')
        return;
    const char *close = memchr(text + digits + 2, '"', end - digits - 2);
    if (close)
        begin_voice(markup, digits + 2, (size_t)(close - text));
}

bool qc_captions_add(qc_captions *captions, const char *text, const qc_cue *cue, qc_cue_dialect dialect)
{
    cue_markup markup = {
        .captions = captions, .text = text, .at = cue->start, .end = cue->end, .cue = cue, .dialect = dialect};
    markup.piece = (qc_caption){.text = captions->bytes.length, .line = cue->line, .start_ms = cue->start_ms,
                                .end_ms = cue->end_ms, .goes_on = cue->goes_on};
    take_name(&markup);
    while (markup.at < markup.end && !captions->bytes.failed) {
        char c = text[markup.at];
        bool srt = dialect != QC_CUES_VTT, next = markup.at + 1 < markup.end;
        if (c == '<') {
            take_angle(&markup);
        } else if (c == '&') {
            take_reference(&markup);
        } else if (srt && c == '{') {
            take_brace(&markup);
        } else if (srt && c == '\\' && next && (text[markup.at + 1] == 'N' || text[markup.at + 1] == 'h')) {
            put(&markup, text[markup.at + 1] == 'N' ? "\n" : " ", 1);
            markup.at += 2;
        } else if (srt && c == '\\') {
            put(&markup, &c, 1);
            markup.at++;
        } else {
            take_plain(&markup);
        }
    }
    end_piece(&markup);
    return !captions->bytes.failed && !captions->list.failed;
}
