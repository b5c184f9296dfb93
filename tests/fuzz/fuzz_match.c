/* Any rules on any transcript: both ways find the same, or a limit is told. The input: lines of a letter and a pattern (t a
 * term, r a regex, u and x the same under `unless`; another letter begins a rule), a blank line, and the transcript. */
#include "fuzz/fuzz.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <qcode/match.h>
#include <qcode/read.h>

#include <string.h>

static const char *const units[] = {"sentence", "match", "paragraph", "turn", "document"};

/* The key under which a pattern stands in the codebook; NULL: it begins a rule. */
static const char *key_of(char letter)
{
    return letter == 't' ? "terms" : letter == 'r' ? "regex" : letter == 'u' || letter == 'x' ? "unless" : NULL;
}

static void put_pattern(qc_buffer *out, char letter, const char *text, size_t length)
{
    qc_buffer_string(out, letter == 'x' ? "{regex: ['" : "'");
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\'')
            qc_buffer_byte(out, '\'');
        qc_buffer_byte(out, text[i]);
    }
    qc_buffer_string(out, letter == 'x' ? "']}" : "'");
}

/* One rule from the lines that begin with one of its letters. */
static void put_rule(qc_buffer *out, const char *text, size_t length, size_t number)
{
    static const char letters[] = "tru";
    qc_buffer_print(out, "  - id: c%zu\n    unit: %s\n    scope: all\n    rules:\n      - id: r%zu\n", number,
                    units[number % 5], number);
    for (size_t k = 0; k < 3; k++) {
        bool any = false;
        for (size_t at = 0, end; at < length; at = end + 1) {
            const char *feed = memchr(text + at, '\n', length - at);
            end = feed ? (size_t)(feed - text) : length;
            if (text[at] != letters[k] && !(k == 2 && text[at] == 'x'))
                continue;
            qc_buffer_print(out, any ? ", " : "        %s: [", key_of(letters[k]));
            put_pattern(out, text[at], text + at + 1, end - at - 1);
            any = true;
        }
        if (any)
            qc_buffer_string(out, "]\n");
    }
}

/* The codebook that the head of the input describes. */
static qcode_codebook *make_book(const char *text, size_t length)
{
    qc_buffer out = qc_buffer_init(NULL);
    qc_buffer_string(&out, "codes:\n");
    size_t number = 0;
    for (size_t at = 0, end; at < length && number < 8; at = end + 1) {
        end = at;
        do { /* up to a line that begins a rule */
            const char *feed = memchr(text + end, '\n', length - end);
            end = feed ? (size_t)(feed - text) + 1 : length;
        } while (end < length && key_of(text[end]));
        put_rule(&out, text + at, (end < length ? end - 1 : end) - at, ++number);
        end -= end < length;
    }
    qcode_codebook *book = qcode_codebook_parse(out.data, out.length, "f", NULL, NULL, NULL);
    qc_buffer_clear(&out);
    return book;
}

static bool same(const qcode_codings *a, const qcode_codings *b)
{
    bool is = qcode_codings_count(a) == qcode_codings_count(b) &&
              qcode_codings_vetoed_count(a) == qcode_codings_vetoed_count(b);
    for (size_t i = 0; is && i < qcode_codings_count(a); i++) {
        const qcode_segment *one = qcode_codings_at(a, i), *two = qcode_codings_at(b, i);
        is = one->code == two->code && one->span.start == two->span.start && one->span.end == two->span.end &&
             one->hit_count == two->hit_count;
        for (size_t k = 0; is && k < one->hit_count; k++)
            is = one->hits[k].rule == two->hits[k].rule && one->hits[k].span.start == two->hits[k].span.start &&
                 one->hits[k].span.end == two->hits[k].span.end;
    }
    return is;
}

static qcode_codings *match(const qcode_codebook *book, const qcode_transcript *talk, bool plain)
{
    const qcode_match_options options = {.plain = plain, .no_jit = true};
    qcode_error err = {.status = QCODE_OK};
    qcode_rules *rules = qcode_rules_new(book, &options, NULL, NULL, &err);
    qcode_matcher *matcher = rules ? qcode_matcher_new(rules, NULL, &err) : NULL;
    qcode_codings *codings = matcher ? qcode_match(matcher, talk, &err) : NULL;
    MUST(codings || ((err.status == QCODE_INVALID || err.status == QCODE_LIMIT) && err.line && err.message[0]));
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    return codings;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    size_t length = qc_utf8_valid(text, size), head = 0;
    while (head + 1 < length && !(text[head] == '\n' && text[head + 1] == '\n'))
        head++;
    qcode_codebook *book = make_book(text, head);
    qcode_transcript *talk = NULL;
    if (book && head + 2 < length)
        talk = qcode_read_transcript_bytes(text + head + 2, length - head - 2, "f.txt", NULL, NULL, NULL, NULL);
    if (talk) {
        qcode_codings *fast = match(book, talk, false), *plain = match(book, talk, true);
        MUST(!fast || !plain || same(fast, plain));
        qcode_codings_free(fast);
        qcode_codings_free(plain);
    }
    qcode_transcript_free(talk);
    qcode_codebook_free(book);
    return 0;
}
