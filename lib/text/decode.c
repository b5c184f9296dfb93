/* A stranger's bytes become text. */
#include "text/decode.h"
#include "base/error.h"
#include "base/place.h"
#include "base/utf8.h"
#include "text/kind.h"
#include "text/units.h"
#include "text/western.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

/* One call's arguments, on their way through the helpers. */
typedef struct job {
    const unsigned char *data;
    size_t length;
    const char *encoding, *source;
    qc_buffer *text; /* until the end with the line ends of the data */
    qc_bytes *own;   /* the data, when they may be taken over; or NULL */
    qcode_notes *notes;
    qcode_error *err;
} job;

/* CRLF and CR become LF, in place: the text can only shrink. */
static void unify_line_ends(qc_buffer *text)
{
    if (!text->length)
        return;
    char *from = memchr(text->data, '\r', text->length), *to = from;
    const char *end = from ? text->data + text->length : NULL;
    while (from) {
        from += end - from > 1 && from[1] == '\n' ? 2 : 1;
        *to++ = '\n';
        char *next = memchr(from, '\r', (size_t)(end - from));
        size_t between = (size_t)((next ? next : end) - from);
        memmove(to, from, between);
        to += between;
        from = next;
        if (!next)
            text->length = (size_t)(to - text->data);
    }
}

/* Where the text stands behind its first `good` bytes, as the reader of the file would count. The rest is dropped. */
static qcode_place place_behind(qc_buffer *text, size_t good)
{
    text->length = good;
    unify_line_ends(text);
    return qc_place_of(text->data, text->length, text->length);
}

static bool refuse_binary(const job *j)
{
    return qc_fail(j->err, QCODE_ENCODING, j->source, 0, 0, "looks like binary data, not like text");
}

static bool refuse_utf8(const job *j, const unsigned char *data, size_t good, size_t length)
{
    if (!j->encoding && qc_looks_binary(data, length))
        return refuse_binary(j);
    qcode_place place = place_behind(j->text, good);
    return qc_fail(j->err, QCODE_ENCODING, j->source, place.line, place.column,
                   "is not UTF-8 from here (byte 0x%02x); save the file as UTF-8 or name its encoding with --encoding",
                   data[good]);
}

/* Bytes that are UTF-8, behind a mark or not, are the text. */
static bool put_utf8(const job *j, const unsigned char *data, size_t length)
{
    if (!j->own)
        return qc_buffer_append(j->text, data, length) || qc_no_memory(j->err);
    qc_buffer_clear(j->text);
    *j->text = (qc_buffer){.memory = j->own->memory, .data = (char *)j->own->data, .capacity = j->length + 1};
    *j->own = (qc_bytes){.memory = j->own->memory};
    if (j->data != data)
        memmove(j->text->data, data, length);
    j->text->length = length;
    return true;
}

static bool read_utf8(const job *j, const unsigned char *data, size_t length)
{
    size_t good = qc_utf8_valid((const char *)data, length);
    if (good == length)
        return put_utf8(j, data, length);
    if (!qc_buffer_append(j->text, data, good))
        return qc_no_memory(j->err);
    return refuse_utf8(j, data, good, length);
}

static bool read_units(const job *j, size_t from, const qc_units *units)
{
    size_t taken = from + qc_units_append(j->text, j->data + from, j->length - from, units);
    if (j->text->failed)
        return qc_no_memory(j->err);
    if (taken == j->length)
        return true;
    qcode_place place = place_behind(j->text, j->text->length);
    const char *what = j->length - taken < units->width ? "ends in the middle of a character"
                       : units->width == 2              ? "has one half of a surrogate pair without the other"
                                                        : "has a number that is no character";
    return qc_fail(j->err, QCODE_ENCODING, j->source, place.line, place.column, "is read as %s and %s here",
                   units->name, what);
}

/* Neither a mark nor UTF-8. The NULs of UTF-16 were looked for before. */
static bool read_western(const job *j, size_t bad, const char **name)
{
    qc_western guess = qc_has_utf8_shape(j->data, j->length) ? QC_WESTERN_NOT : qc_western_guess(j->data, j->length);
    if (guess == QC_WESTERN_NOT || qc_looks_binary(j->data, j->length)) {
        qc_buffer_append(j->text, j->data, bad);
        return j->text->failed ? qc_no_memory(j->err) : refuse_utf8(j, j->data, bad, j->length);
    }
    *name = guess == QC_WESTERN_1252 ? "Windows-1252" : "ISO-8859-1";
    qc_western_append(j->text, j->data, bad, guess);
    qcode_place place = place_behind(j->text, j->text->length);
    j->text->length = 0;
    if (!qc_western_append(j->text, j->data, j->length, guess))
        return qc_no_memory(j->err);
    qc_note(j->notes, QCODE_NOTE_GUESS, j->source, place.line, place.column,
            "is not UTF-8 (byte 0x%02x): the file was read as %s; name its encoding with --encoding if that is wrong",
            j->data[bad], *name);
    return true;
}

/* The user named no encoding and there is no mark. */
static bool read_unmarked(const job *j, const char **name)
{
    const qc_units *units = qc_units_guess(j->data, j->length);
    if (units) {
        *name = units->name;
        qc_note(j->notes, QCODE_NOTE_GUESS, j->source, 1, 1,
                "has no byte order mark: the file was read as %s; name its encoding with --encoding if that is wrong",
                units->name);
        return read_units(j, 0, units);
    }
    *name = "UTF-8";
    size_t good = qc_utf8_valid((const char *)j->data, j->length);
    if (good < j->length)
        return read_western(j, good, name);
    return put_utf8(j, j->data, j->length);
}

/* Runs an open converter over all data. Nothing is put in the place of what cannot be converted. */
static bool run_iconv(const job *j, iconv_t converter, const char *name)
{
    char *in = (char *)(uintptr_t)j->data; /* iconv() does not write to it, whatever its prototype says */
    size_t left = j->length;
    for (bool flush = false;;) {
        if (!qc_buffer_reserve(j->text, left + 16))
            return qc_no_memory(j->err);
        char *out = j->text->data + j->text->length;
        size_t room = j->text->capacity - j->text->length;
        size_t result = iconv(converter, flush ? NULL : &in, flush ? NULL : &left, &out, &room);
        int problem = result == (size_t)-1 ? errno : 0;
        j->text->length = (size_t)(out - j->text->data);
        if (problem == E2BIG)
            continue;
        if (problem) {
            qcode_place place = place_behind(j->text, j->text->length);
            return qc_fail(j->err, QCODE_ENCODING, j->source, place.line, place.column, "is not %s from here%s", name,
                           problem == EINVAL ? ": the file ends in the middle of a character" : "");
        }
        if (flush)
            return true;
        flush = true;
    }
}

typedef struct named {
    const char *name;      /* as outputs show it */
    const qc_units *units; /* read without iconv, so that errors have exact places */
} named;

static const named encodings[] = {
    {"UTF-8", NULL},        {"UTF-16LE", &qc_utf16le}, {"UTF-16BE", &qc_utf16be}, {"UTF-32LE", &qc_utf32le},
    {"UTF-32BE", &qc_utf32be}, {"UTF-16", NULL},       {"UTF-32", NULL},          {"UTF-7", NULL},
    {"Windows-1250", NULL}, {"Windows-1251", NULL},    {"Windows-1252", NULL},    {"Windows-1253", NULL},
    {"Windows-1254", NULL}, {"Windows-1255", NULL},    {"Windows-1256", NULL},    {"Windows-1257", NULL},
    {"Windows-1258", NULL}, {"CP1250", NULL},          {"CP1251", NULL},          {"CP1252", NULL},
    {"CP437", NULL},        {"CP850", NULL},           {"CP852", NULL},           {"CP866", NULL},
    {"CP932", NULL},        {"CP949", NULL},           {"ISO-8859-1", NULL},      {"ISO-8859-2", NULL},
    {"ISO-8859-5", NULL},   {"ISO-8859-7", NULL},      {"ISO-8859-9", NULL},      {"ISO-8859-15", NULL},
    {"Latin1", NULL},       {"Macintosh", NULL},       {"KOI8-R", NULL},          {"KOI8-U", NULL},
    {"GB18030", NULL},      {"GBK", NULL},             {"GB2312", NULL},          {"Big5", NULL},
    {"Shift_JIS", NULL},    {"EUC-JP", NULL},          {"ISO-2022-JP", NULL},     {"EUC-KR", NULL},
    {"TIS-620", NULL},      {"ASCII", NULL},
};

static const named *find_encoding(const char *name)
{
    static const named other = {"as named by the user", NULL};
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (strcasecmp(encodings[i].name, name) == 0)
            return &encodings[i];
    return &other;
}

/* The encoding that the user named. iconv's extras behind a slash ("//IGNORE") would drop words in silence. */
static bool read_named(const job *j, const char **name)
{
    const named *known = find_encoding(j->encoding);
    *name = known->name;
    if (known->units)
        return read_units(j, 0, known->units);
    if (strcasecmp(j->encoding, "UTF-8") == 0 || strcasecmp(j->encoding, "UTF8") == 0) {
        *name = "UTF-8";
        return read_utf8(j, j->data, j->length);
    }
    bool plain = j->encoding[0] && !strpbrk(j->encoding, "/,");
    iconv_t converter = plain ? iconv_open("UTF-8", j->encoding) : (iconv_t)-1;
    if (converter == (iconv_t)-1)
        return plain && errno == ENOMEM
                   ? qc_no_memory(j->err)
                   : qc_fail(j->err, QCODE_USAGE, NULL, 0, 0,
                             "the encoding \"%s\" is not known here; `iconv -l` lists those that are", j->encoding);
    bool done = run_iconv(j, converter, j->encoding);
    iconv_close(converter);
    if (done && qc_utf8_valid(j->text->data, j->text->length) != j->text->length)
        return qc_fail(j->err, QCODE_ENCODING, j->source, 0, 0, "read as %s the file has what is no character",
                       j->encoding);
    return done;
}

typedef struct mark {
    const char *bytes;
    size_t length;
    const qc_units *units; /* NULL: UTF-8 */
} mark;

/* The mark of UTF-32LE begins like that of UTF-16LE, and a text does not begin with NUL: it goes first. */
static const mark marks[] = {
    {"\xEF\xBB\xBF", 3, NULL},
    {"\xFF\xFE\0\0", 4, &qc_utf32le},
    {"\0\0\xFE\xFF", 4, &qc_utf32be},
    {"\xFF\xFE", 2, &qc_utf16le},
    {"\xFE\xFF", 2, &qc_utf16be},
};

static const mark *find_mark(const unsigned char *data, size_t length)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length && memcmp(data, marks[i].bytes, marks[i].length) == 0)
            return &marks[i];
    return NULL;
}

static bool is_unicode(const char *encoding)
{
    return encoding && strncasecmp(encoding, "UTF", 3) == 0;
}

/* A mark beats the name of an encoding that has none: in a set of files one may well be saved differently. */
static bool read_marked(const job *j, const mark *found, const char **name)
{
    *name = found->units ? found->units->name : "UTF-8";
    if (j->encoding)
        qc_note(j->notes, QCODE_NOTE_GUESS, j->source, 1, 1, "begins with a byte order mark: read as %s, not as %s",
                *name, j->encoding);
    if (found->units)
        return read_units(j, found->length, found->units);
    return read_utf8(j, j->data + found->length, j->length - found->length);
}

/* The text is well-formed UTF-8 now. A mark that the user's encoding left at its start goes. */
static bool finish(const job *j)
{
    qc_buffer *text = j->text;
    if (!text->length)
        return true;
    if (j->encoding && text->length >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0) {
        text->length -= 3;
        memmove(text->data, text->data + 3, text->length);
    }
    const char *nul = memchr(text->data, '\0', text->length);
    if (nul && !j->encoding && qc_looks_binary((const unsigned char *)text->data, text->length))
        return refuse_binary(j);
    if (nul) {
        qcode_place place = place_behind(text, (size_t)(nul - text->data));
        return qc_fail(j->err, QCODE_ENCODING, j->source, place.line, place.column,
                       "has a NUL here, which no text has; it may be cut, damaged or no text at all");
    }
    unify_line_ends(text);
    return true;
}

static bool decode(const job *j, const char **name)
{
    *name = "UTF-8";
    if (!j->length)
        return true;
    const char *kind = qc_kind_of(j->data, j->length);
    if (kind)
        return qc_fail(j->err, QCODE_ENCODING, j->source, 0, 0, "looks like %s, not like text", kind);
    const mark *found = find_mark(j->data, j->length);
    bool done = found && !is_unicode(j->encoding) ? read_marked(j, found, name)
                : j->encoding                     ? read_named(j, name)
                                                  : read_unmarked(j, name);
    return done && finish(j);
}

bool qc_decode(const unsigned char *data, size_t length, const char *encoding, const char *source, qc_buffer *text,
               const char **name, qcode_notes *notes, qcode_error *err)
{
    return decode(&(job){data, length, encoding, source, text, NULL, notes, err}, name);
}

bool qc_decode_own(qc_bytes *own, const char *encoding, const char *source, qc_buffer *text, const char **name,
                   qcode_notes *notes, qcode_error *err)
{
    return decode(&(job){own->data, own->length, encoding, source, text, own, notes, err}, name);
}
