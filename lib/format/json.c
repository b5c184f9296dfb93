/* JSON (RFC 8259): a bounded pull reader, and strings written. */
#include "format/json.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/place.h"
#include "base/utf8.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NUMBER = 1000 }; /* characters of one number */

/* What may come next. */
typedef enum expectation {
    VALUE,        /* a value; at the top also the end */
    VALUE_OR_END, /* just inside [ */
    KEY_OR_END,   /* just inside { */
    KEY,          /* behind a comma in an object */
    COMMA_OR_END  /* behind a value inside an array or object */
} expectation;

struct qc_json {
    const qcode_memory *memory;
    const char *text, *source;
    size_t length, at, first_line;
    qc_walker walker;
    qc_buffer string;
    expectation expected;
    size_t depth;
    char open[QC_JSON_MOST_DEPTH]; /* '{' or '[', outermost first */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static qcode_place place_of(qc_json *json, size_t byte)
{
    qcode_place place = qc_walker_at(&json->walker, byte);
    place.line += json->first_line - 1;
    return place;
}

static bool fail_at(qc_json *json, size_t byte, qcode_status status, const char *message, qcode_error *err)
{
    qcode_place place = place_of(json, byte);
    return qc_fail(err, status, json->source, place.line, place.column, "%s", message);
}

/* Names the character that stands where something else was expected; letters of a transcript are not repeated. */
static bool unexpected(qc_json *json, size_t byte, const char *wanted, qcode_error *err)
{
    bool ended = byte == json->length;
    while (ended && byte && is_space(json->text[byte - 1]))
        byte--;
    qcode_place place = place_of(json, byte);
    if (ended)
        return qc_fail(err, QCODE_SYNTAX, json->source, place.line, place.column,
                       "the text ends before it is complete; %s was expected", wanted);
    if (!qc_utf8_valid(json->text + byte, json->length - byte < 4 ? json->length - byte : 4))
        return fail_at(json, byte, QCODE_ENCODING, "a byte that is not UTF-8", err);
    uint32_t point = qc_utf8_next(json->text, json->length, &byte);
    return qc_fail(err, QCODE_SYNTAX, json->source, place.line, place.column, "found U+%04X where %s was expected",
                   (unsigned)point, wanted);
}

static const char *what_is_expected(const qc_json *json)
{
    switch (json->expected) {
    case VALUE: return "a value";
    case VALUE_OR_END: return "a value or ]";
    case KEY_OR_END: return "a name in double quotes or }";
    case KEY: return "a name in double quotes";
    case COMMA_OR_END: break;
    }
    return json->open[json->depth - 1] == '{' ? "a comma or }" : "a comma or ]";
}

static void skip_space(qc_json *json)
{
    while (json->at < json->length && is_space(json->text[json->at]))
        json->at++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number or word ends at white space, a comma, a bracket or the end of the text. */
static bool ends_here(const qc_json *json)
{
    char c = json->at < json->length ? json->text[json->at] : ' ';
    return is_space(c) || c == ',' || c == ']' || c == '}';
}

static bool read_word(qc_json *json, qc_json_token *token, qcode_error *err)
{
    static const struct {
        const char *word;
        qc_json_kind kind;
    } words[] = {{"null", QC_JSON_NULL}, {"true", QC_JSON_TRUE}, {"false", QC_JSON_FALSE}};
    size_t start = json->at;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].word);
        if (json->length - start < size || memcmp(json->text + start, words[i].word, size) != 0)
            continue;
        json->at += size;
        if (!ends_here(json))
            return unexpected(json, json->at, "the end of a word", err);
        token->kind = words[i].kind;
        return true;
    }
    return unexpected(json, start, what_is_expected(json), err);
}

/* Appends the digits that come next to the buffer; false when there is none. */
static bool take_digits(qc_json *json)
{
    size_t start = json->at;
    while (json->at < json->length && is_digit(json->text[json->at]))
        json->at++;
    qc_buffer_append(&json->string, json->text + start, json->at - start);
    return json->at > start;
}

/* The exponent behind e or E; far values stay far. False when no digit comes. */
static bool take_exponent(qc_json *json, long *exponent)
{
    json->at++;
    char sign = json->at < json->length ? json->text[json->at] : '\0';
    json->at += sign == '-' || sign == '+';
    size_t start = json->at;
    long value = 0;
    for (; json->at < json->length && is_digit(json->text[json->at]); json->at++)
        if (value < 1000000)
            value = value * 10 + (json->text[json->at] - '0');
    *exponent += sign == '-' ? -value : value;
    return json->at > start;
}

/* The grammar of RFC 8259, section 6. The buffer gets the digits without their point, so that strtod() needs no
 * decimal point, which is a matter of the locale. */
static bool read_number(qc_json *json, qc_json_token *token, qcode_error *err)
{
    size_t start = json->at;
    long exponent = 0;
    qc_buffer *digits = &json->string;
    if (json->text[json->at] == '-')
        qc_buffer_byte(digits, json->text[json->at++]);
    bool zero = json->at < json->length && json->text[json->at] == '0';
    size_t whole = json->at;
    if (!take_digits(json) || (zero && json->at > whole + 1))
        return unexpected(json, zero ? whole + 1 : json->at, zero ? "the end of a number after 0" : "a digit", err);
    if (json->at < json->length && json->text[json->at] == '.') {
        size_t point = ++json->at;
        if (!take_digits(json))
            return unexpected(json, json->at, "a digit", err);
        exponent = -(long)(json->at - point);
    }
    if (json->at < json->length && (json->text[json->at] == 'e' || json->text[json->at] == 'E'))
        if (!take_exponent(json, &exponent))
            return unexpected(json, json->at, "a digit", err);
    if (!ends_here(json))
        return unexpected(json, json->at, "the end of a number", err);
    if (json->at - start > MOST_NUMBER)
        return fail_at(json, start, QCODE_LIMIT, "a number of more than 1000 characters", err);
    qc_buffer_print(digits, "e%ld", exponent);
    const char *plain = qc_buffer_text(digits);
    if (!plain)
        return qc_no_memory(err);
    token->number = strtod(plain, NULL);
    if (token->number > DBL_MAX || token->number < -DBL_MAX)
        return fail_at(json, start, QCODE_INVALID, "a number larger than any double", err);
    token->kind = QC_JSON_NUMBER;
    return true;
}

/* The four hexadecimal digits at `at`, or -1. */
static long hex4(const qc_json *json, size_t at)
{
    if (json->length - at < 4)
        return -1;
    long value = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = json->text[i];
        int digit = is_digit(c)            ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* \uXXXX, or a pair of them; `json->at` stands on the backslash. */
static bool read_unicode_escape(qc_json *json, qcode_error *err)
{
    size_t start = json->at;
    long point = hex4(json, start + 2);
    if (point < 0)
        return fail_at(json, start, QCODE_SYNTAX, "\\u without four hexadecimal digits", err);
    json->at += 6;
    if (point >= 0xD800 && point < 0xE000) {
        bool pair = point < 0xDC00 && json->length - json->at >= 2 && json->text[json->at] == '\\' &&
                    json->text[json->at + 1] == 'u';
        long low = pair ? hex4(json, json->at + 2) : -1;
        if (low < 0xDC00 || low > 0xDFFF)
            return fail_at(json, start, QCODE_ENCODING, "half a surrogate pair, which is no character", err);
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        json->at += 6;
    }
    char bytes[4];
    qc_buffer_append(&json->string, bytes, qc_utf8_put((uint32_t)point, bytes));
    return true;
}

static bool read_escape(qc_json *json, qcode_error *err)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (json->at + 1 == json->length)
        return fail_at(json, json->length, QCODE_SYNTAX, "the text ends inside a string", err);
    char c = json->text[json->at + 1];
    if (c == 'u')
        return read_unicode_escape(json, err);
    const char *known = c ? strchr(from, c) : NULL;
    if (!known)
        return fail_at(json, json->at, QCODE_SYNTAX, "a backslash that begins no escape of JSON", err);
    qc_buffer_byte(&json->string, to[known - from]);
    json->at += 2;
    return true;
}

/* The bytes of a string that stand for themselves. */
static bool take_run(qc_json *json, qcode_error *err)
{
    size_t start = json->at, end = start;
    while (end < json->length && (unsigned char)json->text[end] >= 0x20 && json->text[end] != '"' &&
           json->text[end] != '\\')
        end++;
    size_t good = qc_utf8_valid(json->text + start, end - start);
    if (good < end - start)
        return fail_at(json, start + good, QCODE_ENCODING, "a byte that is not UTF-8", err);
    qc_buffer_append(&json->string, json->text + start, good);
    json->at = end;
    return true;
}

static bool read_string(qc_json *json, qc_json_token *token, qcode_error *err)
{
    json->at++;
    for (;;) {
        if (!take_run(json, err))
            return false;
        if (json->at == json->length)
            return fail_at(json, json->length, QCODE_SYNTAX, "the text ends inside a string", err);
        char c = json->text[json->at];
        if (c == '"')
            break;
        if (c != '\\')
            return unexpected(json, json->at, "an escape (a control character may not stand in a string)", err);
        if (!read_escape(json, err))
            return false;
    }
    json->at++;
    token->kind = QC_JSON_STRING;
    token->length = json->string.length;
    token->text = qc_buffer_text(&json->string);
    return token->text || qc_no_memory(err);
}

static bool read_key(qc_json *json, qc_json_token *token, qcode_error *err)
{
    if (!read_string(json, token, err))
        return false;
    skip_space(json);
    if (json->at == json->length || json->text[json->at] != ':')
        return unexpected(json, json->at, "a colon", err);
    json->at++;
    token->kind = QC_JSON_KEY;
    json->expected = VALUE;
    return true;
}

static bool open_group(qc_json *json, qc_json_token *token, qcode_error *err)
{
    char c = json->text[json->at];
    if (json->depth == QC_JSON_MOST_DEPTH)
        return fail_at(json, json->at, QCODE_LIMIT, "arrays and objects nested more than 64 deep", err);
    json->open[json->depth++] = c;
    json->at++;
    json->expected = c == '{' ? KEY_OR_END : VALUE_OR_END;
    token->kind = c == '{' ? QC_JSON_OPEN_OBJECT : QC_JSON_OPEN_ARRAY;
    return true;
}

static void value_ended(qc_json *json)
{
    json->expected = json->depth ? COMMA_OR_END : VALUE;
}

static bool read_value(qc_json *json, qc_json_token *token, qcode_error *err)
{
    char c = json->text[json->at];
    if (c == '{' || c == '[')
        return open_group(json, token, err);
    bool done = c == '"'                  ? read_string(json, token, err)
                : c == '-' || is_digit(c) ? read_number(json, token, err)
                                          : read_word(json, token, err);
    value_ended(json);
    return done;
}

/* Whether the innermost array or object may end here, and does. */
static bool closes(const qc_json *json)
{
    if (json->expected == VALUE || json->expected == KEY || json->at == json->length)
        return false;
    return json->text[json->at] == (json->open[json->depth - 1] == '{' ? '}' : ']');
}

/* Passes over the comma between two values of an array or object. */
static bool take_comma(qc_json *json, qcode_error *err)
{
    if (json->at == json->length || json->text[json->at] != ',')
        return unexpected(json, json->at, what_is_expected(json), err);
    json->at++;
    json->expected = json->open[json->depth - 1] == '{' ? KEY : VALUE;
    skip_space(json);
    return true;
}

static bool read_token(qc_json *json, qc_json_token *token, qcode_error *err)
{
    if (closes(json)) {
        token->kind = json->open[--json->depth] == '{' ? QC_JSON_CLOSE_OBJECT : QC_JSON_CLOSE_ARRAY;
        json->at++;
        value_ended(json);
        return true;
    }
    if (json->at == json->length && json->depth)
        return unexpected(json, json->at, what_is_expected(json), err);
    if (json->at == json->length)
        return true;
    if (json->expected == VALUE || json->expected == VALUE_OR_END)
        return read_value(json, token, err);
    if (json->text[json->at] != '"')
        return unexpected(json, json->at, what_is_expected(json), err);
    return read_key(json, token, err);
}

qc_json *qc_json_new(const char *text, size_t length, const char *source, size_t first_line,
                     const qcode_memory *memory, qcode_error *err)
{
    qc_json *json = qc_resize(memory, NULL, sizeof *json);
    if (!json) {
        qc_no_memory(err);
        return NULL;
    }
    *json = (qc_json){.memory = memory, .text = text, .source = source, .length = length, .first_line = first_line};
    json->walker = qc_walker_init(text, length);
    json->string = qc_buffer_init(memory);
    return json;
}

void qc_json_free(qc_json *json)
{
    if (!json)
        return;
    qc_buffer_clear(&json->string);
    qc_release(json->memory, json);
}

bool qc_json_next(qc_json *json, qc_json_token *token, qcode_error *err)
{
    *token = (qc_json_token){.kind = QC_JSON_END, .text = ""};
    json->string.length = 0;
    skip_space(json);
    if (json->expected == COMMA_OR_END && !closes(json) && !take_comma(json, err))
        return false;
    qcode_place place = place_of(json, json->at);
    token->line = place.line;
    token->column = place.column;
    return read_token(json, token, err);
}

size_t qc_json_at(const qc_json *json)
{
    return json->at;
}

bool qc_json_skip(qc_json *json, qcode_error *err)
{
    size_t outside = json->depth;
    qc_json_token token;
    do
        if (!qc_json_next(json, &token, err))
            return false;
    while (json->depth > outside || token.kind == QC_JSON_KEY);
    return true;
}

/* Bytes that a string cannot hold as they are, or that may begin a character it should not hold. */
static bool may_need_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7F || c == 0xC2 || c == 0xE2;
}

/* The code point to escape at `text`, and how many bytes it takes there; 0 bytes when it may stand as it is. */
static size_t must_escape(const unsigned char *text, size_t length, unsigned *point)
{
    *point = text[0];
    if (text[0] < 0x80)
        return 1;
    if (text[0] == 0xC2 && length > 1 && text[1] < 0xA0) { /* U+0080 to U+009F */
        *point = text[1];
        return 2;
    }
    bool separator = length > 2 && text[0] == 0xE2 && text[1] == 0x80 && (text[2] == 0xA8 || text[2] == 0xA9);
    *point = 0x2000u + text[length > 2 ? 2 : 0] - 0x80; /* U+2028 and U+2029 */
    return separator ? 3 : 0;
}

static void put_escape(qc_buffer *out, unsigned point)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt", digits[] = "0123456789abcdef";
    const char *known = point && point < 0x80 ? strchr(from, (int)point) : NULL;
    if (known) {
        const char bytes[] = {'\\', to[known - from]};
        qc_buffer_append(out, bytes, sizeof bytes);
        return;
    }
    const char bytes[] = {'\\', 'u', digits[point >> 12 & 15], digits[point >> 8 & 15], digits[point >> 4 & 15],
                          digits[point & 15]};
    qc_buffer_append(out, bytes, sizeof bytes);
}

/* Whether none of the eight bytes at `text` may need an escape; of bytes from 0x7F up it says so always. */
static bool eight_are_plain(const char *text)
{
    static const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    uint64_t eight, odd;
    memcpy(&eight, text, sizeof eight);
    uint64_t quote = eight ^ ones * '"', backslash = eight ^ ones * '\\';
    odd = eight | (eight + ones) | (eight - ones * ' ') | (quote - ones) | (backslash - ones);
    return !(odd & highs);
}

bool qc_json_put(qc_buffer *out, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t from = 0;
    qc_buffer_reserve(out, length + 2);
    qc_buffer_byte(out, '"');
    for (size_t at = 0; at < length;) {
        while (length - at >= 8 && eight_are_plain(text + at))
            at += 8;
        if (at == length)
            break;
        unsigned point;
        size_t size = may_need_escape(bytes[at]) ? must_escape(bytes + at, length - at, &point) : 0;
        if (!size) {
            at++;
            continue;
        }
        qc_buffer_append(out, text + from, at - from);
        put_escape(out, point);
        from = at += size;
    }
    if (length > from)
        qc_buffer_append(out, text + from, length - from);
    return qc_buffer_byte(out, '"');
}

bool qc_json_put_string(qc_buffer *out, const char *text)
{
    return text ? qc_json_put(out, text, strlen(text)) : qc_buffer_string(out, "null");
}

bool qc_json_put_number(qc_buffer *out, double number)
{
    char digits[32];
    double back;
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        back = strtod(digits, NULL);
        if (memcmp(&back, &number, sizeof back) == 0)
            break;
    }
    for (char *c = digits; *c; c++) /* a program may have chosen a language with another decimal point */
        *c = *c == ',' ? '.' : *c;
    return qc_buffer_string(out, digits);
}
