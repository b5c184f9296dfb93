/* The reader of decisions.jsonl: one object a line, strict, so that nothing
 * anybody decided is passed over. */
#include "model/decisions.h"
#include "base/bytes.h"
#include "base/error.h"
#include "format/json.h"
#include "text/decode.h"
#include <qcode/limits.h>

#include <string.h>

#define MOST_BYTES ((size_t)1 << 30)

typedef struct line_reader {
    qc_json *json;
    qc_arena *arena;
    const char *source;
    qcode_error *err;
} line_reader;

static bool wrong(const line_reader *in, const qc_json_token *token, const char *wanted)
{
    return qc_fail(in->err, QCODE_INVALID, in->source, token->line, token->column, "%s was expected here", wanted);
}

static bool read_string(line_reader *in, const qc_json_token *value, void *place)
{
    if (value->kind != QC_JSON_STRING || memchr(value->text, '\0', value->length))
        return wrong(in, value, value->kind == QC_JSON_STRING ? "a string without a NUL" : "a string");
    const char *copy = qc_arena_copy(in->arena, value->text, value->length);
    *(const char **)place = copy;
    return copy || qc_no_memory(in->err);
}

static bool read_number(line_reader *in, const qc_json_token *value, void *place)
{
    if (value->kind != QC_JSON_NUMBER || !(value->number >= 0 && value->number <= (double)QCODE_LONGEST_TEXT) ||
        value->number != (double)(size_t)value->number)
        return wrong(in, value, "a whole number of code points");
    *(size_t *)place = (size_t)value->number;
    return true;
}

static bool read_flag(line_reader *in, const qc_json_token *value, void *place)
{
    *(bool *)place = value->kind == QC_JSON_TRUE;
    return value->kind == QC_JSON_TRUE || value->kind == QC_JSON_FALSE || wrong(in, value, "true or false");
}

static bool read_act(line_reader *in, const qc_json_token *value, void *place)
{
    size_t act = value->kind == QC_JSON_STRING ? qc_find_act(value->text) : QC_ACTS;
    if (act < QC_ACTS)
        *(qcode_act *)place = (qcode_act)act;
    return act < QC_ACTS || wrong(in, value, "accept, reject, edit, add, memo, finished or code");
}

static bool read_kind(line_reader *in, const qc_json_token *value, void *place)
{
    size_t kind = value->kind == QC_JSON_STRING ? qc_find_memo_kind(value->text) : QC_MEMO_KINDS;
    if (kind < QC_MEMO_KINDS)
        *(qcode_memo_kind *)place = (qcode_memo_kind)kind;
    return kind < QC_MEMO_KINDS || wrong(in, value, "analytic, method or reflexive");
}

/* Why a decision was not placed, of decisions-unplaced.jsonl: worked out anew
 * each time. */
static bool pass_over(line_reader *in, const qc_json_token *value, void *place)
{
    (void)place;
    return value->kind == QC_JSON_STRING || wrong(in, value, "a string");
}

#define FIELD(name, member, read)                                                                                      \
    {                                                                                                                  \
        name, read, offsetof(qcode_decision, member)                                                                   \
    }

static const struct field {
    const char *key;
    bool (*read)(line_reader *in, const qc_json_token *value, void *place);
    size_t offset;
} fields[] = {
    FIELD("act", act, read_act),
    FIELD("document", document, read_string),
    FIELD("code", code, read_string),
    FIELD("start", span.start, read_number),
    FIELD("end", span.end, read_number),
    FIELD("text", text, read_string),
    FIELD("before", before, read_string),
    FIELD("after", after, read_string),
    FIELD("was_start", was.start, read_number),
    FIELD("was_end", was.end, read_number),
    FIELD("was_text", was_text, read_string),
    FIELD("by", by, read_string),
    FIELD("on", on, read_string),
    FIELD("reason", reason, read_string),
    FIELD("kind", kind, read_kind),
    FIELD("respondent", respondent, read_string),
    FIELD("on_study", on_study, read_flag),
    FIELD("name", name, read_string),
    FIELD("definition", definition, read_string),
    FIELD("origin", origin, read_string),
    FIELD("codebook", codebook, read_string),
    FIELD("undone", undone, read_flag),
    {"why", pass_over, 0},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static bool read_member(line_reader *in, const qc_json_token *key, qcode_decision *decision, unsigned *seen)
{
    size_t at = 0;
    qc_json_token value;
    while (at < FIELDS && strcmp(fields[at].key, key->text) != 0)
        at++;
    if (at == FIELDS)
        return qc_fail(in->err, QCODE_INVALID, in->source, key->line, key->column,
                       "no decision has a \"%s\"; this may be of a later version", key->text);
    if (*seen >> at & 1)
        return qc_fail(in->err, QCODE_INVALID, in->source, key->line, key->column, "\"%s\" is there twice",
                       fields[at].key);
    *seen |= 1U << at;
    return qc_json_next(in->json, &value, in->err) && fields[at].read(in, &value, (char *)decision + fields[at].offset);
}

static bool read_line(line_reader *in, const qc_json_token *open, qcode_decision *decision)
{
    static const qcode_decision blank = {.document = "",
                                         .code = "",
                                         .text = "",
                                         .before = "",
                                         .after = "",
                                         .was_text = "",
                                         .by = "",
                                         .on = "",
                                         .reason = "",
                                         .respondent = "",
                                         .name = "",
                                         .definition = "",
                                         .origin = "",
                                         .codebook = ""};
    const size_t line = open->line, column = open->column;
    unsigned seen = 0;
    qc_json_token token;
    *decision = blank;
    if (open->kind != QC_JSON_OPEN_OBJECT)
        return wrong(in, open, "an object, one decision a line,");
    do {
        if (!qc_json_next(in->json, &token, in->err))
            return false;
        if (token.kind == QC_JSON_KEY && !read_member(in, &token, decision, &seen))
            return false;
    } while (token.kind != QC_JSON_CLOSE_OBJECT);
    const char *fault = seen & 1 ? qc_decision_fault(decision) : "\"act\" is wanted";
    return !fault || qc_fail(in->err, QCODE_INVALID, in->source, line, column, "%s", fault);
}

/* Git leaves these where two people changed the same lines and nobody has
 * looked yet. */
static bool check_conflicts(const char *text, size_t length, const char *source, qcode_error *err)
{
    static const char *const marks[] = {"<<<<<<<", "=======", ">>>>>>>", "|||||||"};
    size_t line = 1;
    for (size_t at = 0; at < length; line++) {
        const char *feed = memchr(text + at, '\n', length - at);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (length - at >= 7 && memcmp(text + at, marks[i], 7) == 0)
                return qc_fail(err, QCODE_SYNTAX, source, line, 1,
                               "git left a merge conflict here: keep the lines of both "
                               "sides and take the marks away");
        at = feed ? (size_t)(feed - text) + 1 : length;
    }
    return true;
}

static bool read_lines(qcode_decisions *decisions, const char *text, size_t length, const char *source,
                       qcode_error *err)
{
    line_reader in = {.arena = &decisions->arena, .source = source, .err = err};
    in.json = qc_json_new(text, length, source, 1, decisions->memory, err);
    bool done = in.json != NULL;
    for (qc_json_token token; done && (done = qc_json_next(in.json, &token, err)) && token.kind != QC_JSON_END;) {
        qcode_decision decision;
        done = read_line(&in, &token, &decision) && (qc_decisions_append(decisions, &decision) || qc_no_memory(err));
    }
    qc_json_free(in.json);
    return done;
}

bool qcode_decisions_parse(qcode_decisions *decisions, const void *data, size_t length, const char *name,
                           qcode_notes *notes, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(decisions->memory);
    const char *encoding;
    size_t before = decisions->items.length;
    bool done = qc_decode(data, length, "UTF-8", name, &text, &encoding, notes, err);
    const char *from = text.data ? text.data : "";
    done = done && check_conflicts(from, text.length, name, err) && read_lines(decisions, from, text.length, name, err);
    if (done && decisions->items.length == before)
        qc_note(notes, QCODE_NOTE_INFO, name, 0, 0, "holds no decisions");
    qc_buffer_clear(&text);
    if (done && notes && !qcode_notes_complete(notes))
        done = qc_no_memory(err);
    if (!done) {
        decisions->items.length = before;
        decisions->items.failed = false;
        return false;
    }
    qc_decisions_settle(decisions);
    return true;
}

bool qcode_decisions_read(qcode_decisions *decisions, const char *path, qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    if (!qc_bytes_read(path, MOST_BYTES, decisions->memory, &bytes, err))
        return false;
    bool done = qcode_decisions_parse(decisions, bytes.data, bytes.length, path, notes, err);
    qc_bytes_clear(&bytes);
    return done;
}
