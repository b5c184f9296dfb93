/* Rich Text Format: its text as a reader sees it, line by line, for the layouts of plain text. */
#include "read/office/rtf.h"
#include "base/utf8.h"
#include "format/entity.h"
#include "read/layout.h"
#include "read/peek.h"
#include "read/tally.h"
#include "text/decode.h"

enum { MOST_DEPTH = 256, MOST_FONTS = 1024, LONGEST_WORD = 32 };

/* What holds inside a group and ends with it. */
typedef struct rtf_group {
    const char *code_page; /* of the font; NULL: the file's */
    int replacement;       /* characters behind a \u that stand for it */
    bool skipped, hidden, deleted, in_fonts;
} rtf_group;

enum { ASIDE, HIDDEN, DELETED, BAD_CHARACTER, TELLS };

static const qc_tally tells[TELLS] = {
    [ASIDE] = {QCODE_NOTE_SKIPPED, "a header, footer, note or comment", 0, 0},
    [HIDDEN] = {QCODE_NOTE_SKIPPED, "hidden text", 0, 0},
    [DELETED] = {QCODE_NOTE_SKIPPED, "text whose deletion was tracked", 0, 0},
    [BAD_CHARACTER] = {QCODE_NOTE_REPLACED, "characters that the file's encoding does not have stand as U+FFFD", 0, 0},
};

typedef struct rtf_file {
    const qc_source *source;
    qcode_notes *notes;
    const unsigned char *data;
    size_t length, at, line;
    const char *code_page;         /* of the file */
    const char *fonts[MOST_FONTS]; /* the code page of each; NULL: the file's */
    long font;                     /* the one being described */
    rtf_group groups[MOST_DEPTH];
    size_t depth;                  /* the innermost group; 0 is the file's own */
    qc_buffer out, bytes;          /* bytes: a run in the code page, not yet decoded */
    const char *bytes_page;
    uint32_t high;                 /* the first half of a surrogate pair */
    size_t pass;                   /* characters left that replace the last \u */
    bool begun, no_memory;
    qc_tally tally[TELLS];
} rtf_file;

static void tell(rtf_file *rtf, int what)
{
    qc_tally_at(&rtf->tally[what], rtf->notes, rtf->source->path, rtf->line);
}

static rtf_group *here(rtf_file *rtf)
{
    return &rtf->groups[rtf->depth];
}

static bool is_seen(const rtf_group *group)
{
    return !group->skipped && !group->hidden && !group->deleted;
}

static void put_point(rtf_file *rtf, uint32_t point)
{
    char character[4];
    qc_buffer_append(&rtf->out, character, qc_utf8_put(point, character));
}

/* Decodes the bytes that wait. */
static void flush(rtf_file *rtf)
{
    qc_buffer *bytes = &rtf->bytes;
    if (rtf->high) {
        tell(rtf, BAD_CHARACTER);
        put_point(rtf, 0xFFFD);
        rtf->high = 0;
    }
    if (!bytes->length || bytes->failed)
        return;
    if (strcmp(rtf->bytes_page, "CP1252") == 0) {
        for (size_t i = 0; i < bytes->length; i++)
            put_point(rtf, qc_windows_1252((unsigned char)bytes->data[i]));
    } else {
        qc_buffer text = qc_buffer_init(rtf->source->memory);
        qcode_error err = {.status = QCODE_OK};
        const char *name;
        if (qc_decode((const unsigned char *)bytes->data, bytes->length, rtf->bytes_page, rtf->source->path, &text,
                      &name, NULL, &err)) {
            qc_buffer_append(&rtf->out, text.data, text.length);
        } else if (err.status == QCODE_NO_MEMORY) {
            rtf->no_memory = true;
        } else {
            tell(rtf, BAD_CHARACTER);
            put_point(rtf, 0xFFFD);
        }
        qc_buffer_clear(&text);
    }
    bytes->length = 0;
}

/* A byte of text in the code page that holds here. */
static void put_byte(rtf_file *rtf, unsigned char byte)
{
    const rtf_group *group = here(rtf);
    if (rtf->pass) {
        rtf->pass--;
        return;
    }
    if (!is_seen(group))
        return;
    if (rtf->high)
        flush(rtf);
    if (byte < 0x80 && !rtf->bytes.length) {
        qc_buffer_byte(&rtf->out, (char)(byte < 0x20 && byte != '\t' ? ' ' : byte));
        return;
    }
    const char *page = group->code_page ? group->code_page : rtf->code_page;
    if (rtf->bytes.length && page != rtf->bytes_page)
        flush(rtf);
    rtf->bytes_page = page;
    if (!byte)
        return;
    qc_buffer_byte(&rtf->bytes, (char)byte);
    if (byte < 0x80 && strcmp(page, "CP932") != 0 && strncmp(page, "CP9", 3) != 0)
        flush(rtf); /* never the second half of a character */
}

static void put_text(rtf_file *rtf, const char *text)
{
    if (rtf->pass) {
        rtf->pass--;
    } else if (is_seen(here(rtf))) {
        flush(rtf);
        qc_buffer_string(&rtf->out, text);
    }
}

/* \uN: 16 bits, perhaps as a negative number; characters beyond come as two halves. */
static void put_unicode(rtf_file *rtf, long number)
{
    uint32_t unit = (uint32_t)(number < 0 ? number + 65536 : number);
    rtf->pass = (size_t)here(rtf)->replacement;
    if (!is_seen(here(rtf)))
        return;
    bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (rtf->high && low) {
        unit = 0x10000 + ((rtf->high - 0xD800) << 10) + (unit - 0xDC00);
        rtf->high = 0;
    } else {
        flush(rtf);
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            rtf->high = unit;
            return;
        }
    }
    bool bad = !unit || unit > 0x10FFFF || (unit >= 0xD800 && unit <= 0xDFFF);
    if (bad)
        tell(rtf, BAD_CHARACTER);
    put_point(rtf, bad ? 0xFFFD : unit);
}

static void act_on_font(rtf_file *rtf, const qc_rtf_word *word, long number)
{
    rtf_group *group = here(rtf);
    bool known = number >= 0 && number < MOST_FONTS;
    if (word->act == QC_RTF_CHARSET) {
        if (group->in_fonts && rtf->font >= 0)
            rtf->fonts[rtf->font] = qc_rtf_charset(number);
    } else if (group->in_fonts) {
        rtf->font = known ? number : -1;
    } else {
        group->code_page = known ? rtf->fonts[number] : NULL;
    }
}

/* A property that hides text goes on or off. */
static void set_flag(rtf_file *rtf, bool *flag, bool on, int what)
{
    if (on && !*flag && is_seen(here(rtf)))
        tell(rtf, what);
    *flag = on;
}

static void skip_group(rtf_file *rtf, int what)
{
    if (what >= 0 && is_seen(here(rtf)))
        tell(rtf, what);
    here(rtf)->skipped = true;
}

static void pass_binary(rtf_file *rtf, long number)
{
    size_t left = rtf->length - rtf->at;
    rtf->at += number > 0 && (size_t)number < left ? (size_t)number : number > 0 ? left : 0;
}

/* A control word with its number, if it has one. */
static void act(rtf_file *rtf, const qc_rtf_word *word, bool has_number, long number)
{
    rtf_group *group = here(rtf);
    switch (word->act) {
    case QC_RTF_TEXT:
        put_text(rtf, word->text);
        return;
    case QC_RTF_UNICODE:
        if (has_number)
            put_unicode(rtf, number);
        return;
    case QC_RTF_FONTS:
        skip_group(rtf, -1);
        group->in_fonts = true;
        break;
    case QC_RTF_SKIP:
        skip_group(rtf, -1);
        break;
    case QC_RTF_ASIDE:
        skip_group(rtf, ASIDE);
        break;
    case QC_RTF_FONT: case QC_RTF_CHARSET:
        act_on_font(rtf, word, number);
        break;
    case QC_RTF_CODE_PAGE:
        rtf->code_page = qc_rtf_code_page(number) ? qc_rtf_code_page(number) : rtf->code_page;
        break;
    case QC_RTF_CODE_NAME:
        rtf->code_page = word->text;
        break;
    case QC_RTF_REPLACEMENT:
        group->replacement = has_number && number >= 0 && number <= 16 ? (int)number : 1;
        break;
    case QC_RTF_BINARY:
        pass_binary(rtf, number);
        break;
    case QC_RTF_PLAIN:
        group->hidden = group->deleted = false;
        break;
    case QC_RTF_HIDDEN:
        set_flag(rtf, &group->hidden, !has_number || number, HIDDEN);
        break;
    case QC_RTF_DELETED:
        set_flag(rtf, &group->deleted, !has_number || number, DELETED);
        break;
    default:
        break;
    }
    rtf->pass -= rtf->pass > 0;
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* Letters, perhaps a number, perhaps a space that belongs to them. */
static void take_word(rtf_file *rtf)
{
    char name[LONGEST_WORD + 1];
    size_t length = 0;
    long number = 0;
    for (; rtf->at < rtf->length && is_letter(rtf->data[rtf->at]); rtf->at++)
        if (length < LONGEST_WORD)
            name[length++] = (char)rtf->data[rtf->at];
    name[length] = '\0';
    size_t start = rtf->at;
    bool minus = rtf->at + 1 < rtf->length && rtf->data[rtf->at] == '-' && is_digit(rtf->data[rtf->at + 1]);
    for (rtf->at += minus; rtf->at < rtf->length && is_digit(rtf->data[rtf->at]); rtf->at++)
        if (number < 100000000)
            number = number * 10 + (rtf->data[rtf->at] - '0');
    bool has_number = rtf->at > start;
    if (rtf->at < rtf->length && rtf->data[rtf->at] == ' ')
        rtf->at++;
    act(rtf, qc_rtf_find(name), has_number, minus ? -number : number);
}

static int hex_value(unsigned char c)
{
    if (is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \'hh; digits that are none stand for nothing. */
static void take_hex(rtf_file *rtf)
{
    int high = rtf->at < rtf->length ? hex_value(rtf->data[rtf->at]) : -1;
    int low = rtf->at + 1 < rtf->length ? hex_value(rtf->data[rtf->at + 1]) : -1;
    if (high < 0 || low < 0)
        return;
    rtf->at += 2;
    put_byte(rtf, (unsigned char)(high * 16 + low));
}

/* What stands behind a backslash. */
static void take_control(rtf_file *rtf)
{
    if (rtf->at >= rtf->length)
        return;
    unsigned char c = rtf->data[rtf->at];
    if (is_letter(c)) {
        take_word(rtf);
        return;
    }
    rtf->at++;
    switch (c) {
    case '\'': take_hex(rtf); break;
    case '\\': case '{': case '}': put_byte(rtf, c); break;
    case '~': put_text(rtf, " "); break;
    case '_': put_text(rtf, "\xE2\x80\x91"); break; /* a hyphen that does not break */
    case '\n': case '\r': put_text(rtf, "\n"); break;
    case '*': skip_group(rtf, -1); break; /* a destination that a reader may not know */
    default: break; /* \- may break here; others mean nothing to the text */
    }
}

static bool open_group(rtf_file *rtf, qcode_error *err)
{
    if (rtf->depth + 1 == MOST_DEPTH)
        return qc_fail(err, QCODE_LIMIT, rtf->source->path, rtf->line, 0, "groups more than %d deep", MOST_DEPTH - 1);
    flush(rtf);
    rtf->pass = 0;
    rtf->groups[rtf->depth + 1] = rtf->groups[rtf->depth];
    rtf->depth++;
    rtf->begun = true;
    return true;
}

static void close_group(rtf_file *rtf)
{
    flush(rtf);
    rtf->pass = 0;
    rtf->depth -= rtf->depth > 0;
}

static bool read_rtf_bytes(rtf_file *rtf, qcode_error *err)
{
    bool done = true;
    while (done && rtf->at < rtf->length && !(rtf->begun && !rtf->depth)) {
        unsigned char c = rtf->data[rtf->at++];
        rtf->line += c == '\n';
        switch (c) {
        case '{': done = open_group(rtf, err); break;
        case '}': close_group(rtf); break;
        case '\\': take_control(rtf); break;
        case '\n': case '\r': case '\0': break;
        default: put_byte(rtf, c); break;
        }
        if (rtf->out.failed || rtf->bytes.failed || rtf->no_memory)
            return qc_no_memory(err);
    }
    flush(rtf);
    if (done && (rtf->out.failed || rtf->no_memory))
        return qc_no_memory(err);
    if (done && rtf->depth)
        qc_note(rtf->notes, QCODE_NOTE_WARNING, rtf->source->path, rtf->line, 0,
                "a group is not closed: the file may be cut short");
    return done;
}

static qcode_transcript *read_rtf(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    rtf_file *rtf = qc_resize(source->memory, NULL, sizeof *rtf);
    if (!rtf) {
        qc_no_memory(err);
        return NULL;
    }
    *rtf = (rtf_file){.source = source, .notes = notes, .data = source->data, .length = source->length, .line = 1,
                      .code_page = "CP1252", .font = -1, .out = qc_buffer_init(source->memory),
                      .bytes = qc_buffer_init(source->memory)};
    memcpy(rtf->tally, tells, sizeof tells);
    rtf->groups[0].replacement = 1;
    qcode_transcript *talk = NULL;
    bool done = read_rtf_bytes(rtf, err);
    for (size_t i = 0; i < TELLS; i++)
        qc_tally_end(&rtf->tally[i], notes, source->path);
    if (done)
        talk = qc_read_layout(source, &rtf->out, "rtf", rtf->code_page, notes, err);
    qc_buffer_clear(&rtf->out);
    qc_buffer_clear(&rtf->bytes);
    qc_release(source->memory, rtf);
    return talk;
}

static int sniff(const qc_source *source)
{
    return source->length > 5 && memcmp(source->data, "{\\rtf", 5) == 0 ? 100 : 0;
}

static const char *const endings[] = {".rtf", NULL};

const qc_reader qc_rtf = {"rtf", endings, sniff, read_rtf};
