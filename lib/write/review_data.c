/* Shorter lines of documents.jsonl and segments.jsonl. */
#include "write/review_data.h"
#include "base/error.h"

/* One of the two files, as it is read. */
typedef struct source {
    qc_json *json;
    const char *text;
    qcode_error *err;
} source;

/* The next key of the object that is open; `*is_there` false: it is closed now. */
static bool next_key(source *in, char key[16], bool *is_there)
{
    qc_json_token token;
    if (!qc_json_next(in->json, &token, in->err))
        return false;
    *is_there = token.kind == QC_JSON_KEY;
    size_t length = !*is_there ? 0 : token.length < 15 ? token.length : 15;
    memcpy(key, length ? token.text : "", length);
    key[length] = '\0';
    return true;
}

/* The bytes of the value that comes next. */
static bool take_value(source *in, const char **value, size_t *length)
{
    size_t start = qc_json_at(in->json);
    start += strspn(in->text + start, " \t\r\n:,");
    bool done = qc_json_skip(in->json, in->err);
    *value = in->text + start;
    *length = done ? qc_json_at(in->json) - start : 0;
    return done;
}

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words;
}

static bool copy_value(source *in, qc_buffer *out)
{
    const char *value;
    size_t length;
    return take_value(in, &value, &length) && (qc_buffer_append(out, value, length) || qc_no_memory(in->err));
}

/* "key": as the next member of an object. */
static void put_key(qc_buffer *out, char before, const char *key)
{
    qc_buffer_print(out, "%c\"%s\":", before, key);
}

static bool is_next_open(source *in, qc_json_kind open, bool *is_open)
{
    qc_json_token token;
    bool done = qc_json_next(in->json, &token, in->err);
    *is_open = done && token.kind == open;
    return done;
}

/* [[5,40],[41,60]] without its brackets, behind a comma. */
static void put_pairs(qc_buffer *out, const char *pairs, size_t length)
{
    char before = ',';
    for (size_t i = 0; i < length; i++) {
        if (pairs[i] >= '0' && pairs[i] <= '9') {
            if (before)
                qc_buffer_byte(out, before);
            before = '\0';
            qc_buffer_byte(out, pairs[i]);
        } else {
            before = ',';
        }
    }
}

/* A turn whose { was read. */
static bool put_turn(source *in, qc_buffer *out)
{
    const char *speaker = "null", *time = "null", *question = "null", *ranges = "", *value;
    size_t speaker_length = 4, time_length = 4, question_length = 4, ranges_length = 0, length;
    char key[16];
    bool is_there = true;
    while (next_key(in, key, &is_there) && is_there) {
        if (!take_value(in, &value, &length))
            return false;
        if (strcmp(key, "speaker") == 0)
            speaker = value, speaker_length = length;
        else if (strcmp(key, "time") == 0)
            time = value, time_length = length;
        else if (strcmp(key, "question") == 0)
            question = value, question_length = length;
        else if (strcmp(key, "ranges") == 0)
            ranges = value, ranges_length = length;
    }
    if (is_there) /* reading failed */
        return false;
    qc_buffer_byte(out, '[');
    qc_buffer_append(out, speaker, speaker_length);
    qc_buffer_byte(out, ',');
    qc_buffer_append(out, time, time_length);
    qc_buffer_byte(out, ',');
    qc_buffer_append(out, question, question_length);
    put_pairs(out, ranges, ranges_length);
    return qc_buffer_byte(out, ']') || qc_no_memory(in->err);
}

/* A list of objects that comes next, each put by `put`. */
static bool put_list(source *in, qc_buffer *out, bool (*put)(source *in, qc_buffer *out))
{
    bool is_open, done = is_next_open(in, QC_JSON_OPEN_ARRAY, &is_open);
    char before = '[';
    while (done && is_open && (done = is_next_open(in, QC_JSON_OPEN_OBJECT, &is_open)) && is_open) {
        qc_buffer_byte(out, before);
        done = put(in, out);
        before = ',';
    }
    return done && (qc_buffer_string(out, before == '[' ? "[]" : "]") || qc_no_memory(in->err));
}

bool qc_put_review_document(qc_buffer *out, qc_json *json, const char *text, bool *is_there, qcode_error *err)
{
    static const char *const kept[] = {"document", "attributes", "speakers", "text", "turns", NULL};
    source in = {json, text, err};
    const char *value;
    size_t length;
    char key[16], before = '{';
    bool is_member, done = is_next_open(&in, QC_JSON_OPEN_OBJECT, is_there);
    while (done && *is_there && (done = next_key(&in, key, &is_member)) && is_member) {
        if (!is_one_of(key, kept)) {
            done = take_value(&in, &value, &length);
            continue;
        }
        put_key(out, before, key);
        before = ',';
        done = strcmp(key, "turns") == 0 ? put_list(&in, out, put_turn) : copy_value(&in, out);
    }
    return done && (!*is_there || qc_buffer_byte(out, '}') || qc_no_memory(err));
}

/* A match whose { was read. */
static bool put_match(source *in, qc_buffer *out)
{
    static const char *const kept[] = {"rule", "start", "end", NULL};
    const char *value;
    size_t length;
    char key[16], before = '[';
    bool is_there = true;
    while (next_key(in, key, &is_there) && is_there) {
        if (!take_value(in, &value, &length))
            return false;
        if (!is_one_of(key, kept))
            continue;
        qc_buffer_byte(out, before);
        qc_buffer_append(out, value, length);
        before = ',';
    }
    return !is_there && (qc_buffer_byte(out, ']') || qc_no_memory(in->err));
}

/* What a value is when nothing is said. */
static bool is_plain(const char *key, const char *value, size_t length)
{
    static const char *const plain[][2] = {{"state", "\"proposed\""}, {"origin", "\"rule\""}, {"basis", "\"own\""}};
    bool found = length == 4 && memcmp(value, "null", 4) == 0;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        found |= strcmp(key, plain[i][0]) == 0 && strlen(plain[i][1]) == length &&
                 memcmp(value, plain[i][1], length) == 0;
    return found;
}

static bool read_document(source *in, const qc_set *names, qc_review_segment *segment)
{
    qc_json_token token;
    bool done = qc_json_next(in->json, &token, in->err);
    if (done && token.kind == QC_JSON_STRING)
        segment->document = qc_set_find(names, token.text, token.length);
    return done;
}

bool qc_put_review_segment(qc_buffer *out, qc_json *json, const char *text, const qc_set *names,
                           qc_review_segment *segment, bool *is_there, qcode_error *err)
{
    static const char *const kept[] = {"code",   "start",  "end",   "pieces",     "score",      "shares", "basis",
                                       "status", "origin", "state", "decided_by", "decided_on", "reason", "guide",
                                       NULL};
    source in = {json, text, err};
    const char *value;
    size_t length;
    char key[16], before = '{';
    bool is_member, done = is_next_open(&in, QC_JSON_OPEN_OBJECT, is_there);
    *segment = (qc_review_segment){.document = SIZE_MAX};
    out->length = 0;
    while (done && *is_there && (done = next_key(&in, key, &is_member)) && is_member) {
        if (strcmp(key, "document") == 0) {
            done = read_document(&in, names, segment);
        } else if (strcmp(key, "matches") == 0) {
            put_key(out, before, key);
            before = ',';
            done = put_list(&in, out, put_match);
        } else if ((done = take_value(&in, &value, &length)) && is_one_of(key, kept) && !is_plain(key, value, length)) {
            segment->judged |= strcmp(key, "decided_by") == 0;
            put_key(out, before, key);
            qc_buffer_append(out, value, length);
            before = ',';
        }
    }
    return done && (!*is_there || qc_buffer_byte(out, '}') || qc_no_memory(err));
}
