/* Reading and writing JSON. */
#include "format/json.h"
#include "base/bytes.h"
#include "support/random.h"
#include "support/test.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_names[] = {"end", "null", "true", "false", "number", "string", "key", "{", "}", "[", "]"};

/* Reads all of `text`; the kinds of its tokens, separated by spaces, or the error. Static until the next call. */
static const char *tokens_of(const char *text, size_t length)
{
    static char list[16384];
    qcode_error err = {.status = QCODE_OK};
    qc_json *json = qc_json_new(text, length, "f", 1, NULL, &err);
    qc_json_token token = {.kind = QC_JSON_NULL};
    size_t used = 0;
    list[0] = '\0';
    while (token.kind != QC_JSON_END && qc_json_next(json, &token, &err))
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used ? " " : "", kind_names[token.kind]);
    if (err.status)
        qcode_error_text(&err, list, sizeof list);
    qc_json_free(json);
    return list;
}

static void assert_tokens(const char *text, const char *wanted)
{
    assert_string_equal(tokens_of(text, strlen(text)), wanted);
}

static void assert_refused(const char *text, const char *place)
{
    const char *said = tokens_of(text, strlen(text));
    if (strncmp(said, place, strlen(place)) != 0)
        fail_msg("%s gives %s, and %s was expected", text, said, place);
}

static void values_come_in_order_and_the_end_comes_last(void **state)
{
    (void)state;
    assert_tokens("", "end");
    assert_tokens(" \t\r\n", "end");
    assert_tokens("{\"a\": [1, \"b\", {}, []], \"c\" : null}", "{ key [ number string { } [ ] ] key null } end");
    assert_tokens("[true,false]\n{}\n0", "[ true false ] { } number end");
    assert_tokens("{}{}", "{ } { } end");
}

static void what_the_standard_forbids_is_refused_at_its_place(void **state)
{
    static const char *const cases[][2] = {
        {"{'a':1}", "f:1:2: found U+0027"},
        {"[1,]", "f:1:4: found U+005D where a value was"},
        {"[,1]", "f:1:2: "},
        {"{\"a\":1,}", "f:1:8: found U+007D where a name"},
        {"{\"a\" 1}", "f:1:6: found U+0031 where a colon"},
        {"{\"a\":}", "f:1:6: "},
        {"[1 2]", "f:1:4: found U+0032 where a comma or ]"},
        {"{\"a\":1 \"b\":2}", "f:1:8: found U+0022 where a comma or }"},
        {"[1}", "f:1:3: "},
        {"]", "f:1:1: "},
        {"{\"a\":[1,\n 2", "f:2:3: the text ends"},
        {"{\"a\"", "f:1:5: the text ends"},
        {"[\n\n", "f:1:2: the text ends"},
        {"\"a", "f:1:3: the text ends inside"},
        {"\"a\\", "f:1:4: the text ends"},
        {"\"a\tb\"", "f:1:3: found U+0009"},
        {"\"\n\"", "f:1:2: found U+000A"},
        {"\"\\x\"", "f:1:2: a backslash"},
        {"\"\\u12\"", "f:1:2: \\u without"},
        {"\"\\u12g4\"", "f:1:2: \\u without"},
        {"\"\xC3\xA9\\ud83d x\"", "f:1:3: half a surrogate"},
        {"\"\\ud83d\\u0041\"", "f:1:2: half a surrogate"},
        {"\"\\ude00\"", "f:1:2: half a surrogate"},
        {"\"\xC3\xA9\xFF\"", "f:1:3: a byte that is not UTF-8"},
        {"\"\xED\xA0\x80\"", "f:1:2: a byte that is not UTF-8"},
        {"\xFF", "f:1:1: a byte that is not UTF-8"},
        {"\xEF\xBB\xBF{}", "f:1:1: found U+FEFF"},
        {"nul", "f:1:1: "},
        {"nulls", "f:1:5: "},
        {"True", "f:1:1: "},
        {"NaN", "f:1:1: "},
        {"01", "f:1:2: "},
        {"-", "f:1:2: "},
        {"+1", "f:1:1: "},
        {".5", "f:1:1: "},
        {"1.", "f:1:3: "},
        {"1.e3", "f:1:3: "},
        {"1e", "f:1:3: "},
        {"1e+", "f:1:4: "},
        {"0x10", "f:1:2: "},
        {"1-2", "f:1:2: "},
        {"// no\n1", "f:1:1: "},
        {"{1:2}", "f:1:2: "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i][0], cases[i][1]);
    assert_string_equal(tokens_of("[\0]", 3), "f:1:2: found U+0000 where a value or ] was expected");
}

static void depth_has_a_limit_and_skipping_keeps_it(void **state)
{
    (void)state;
    char text[2 * QC_JSON_MOST_DEPTH + 3];
    memset(text, '[', QC_JSON_MOST_DEPTH);
    memset(text + QC_JSON_MOST_DEPTH, ']', QC_JSON_MOST_DEPTH);
    qcode_error err = {.status = QCODE_OK};
    qc_json *json = qc_json_new(text, (size_t)2 * QC_JSON_MOST_DEPTH, "f", 7, NULL, &err);
    qc_json_token token;
    assert_true(qc_json_skip(json, &err));
    assert_true(qc_json_next(json, &token, &err));
    assert_int_equal(token.kind, QC_JSON_END);
    qc_json_free(json);

    memset(text, '[', QC_JSON_MOST_DEPTH + 1);
    json = qc_json_new(text, QC_JSON_MOST_DEPTH + 1, "f", 7, NULL, &err);
    assert_false(qc_json_skip(json, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
    assert_int_equal(err.line, 7);
    assert_int_equal(err.column, QC_JSON_MOST_DEPTH + 1);
    qc_json_free(json);
}

static void skipping_passes_over_exactly_one_value(void **state)
{
    (void)state;
    const char *text = "{\"a\":{\"x\":[1,{\"y\":2}]},\"b\":7}";
    qc_json *json = qc_json_new(text, strlen(text), "f", 1, NULL, NULL);
    qc_json_token token;
    assert_true(qc_json_next(json, &token, NULL)); /* { */
    assert_true(qc_json_next(json, &token, NULL)); /* a */
    assert_true(qc_json_skip(json, NULL));
    assert_true(qc_json_next(json, &token, NULL));
    assert_string_equal(token.text, "b");
    assert_int_equal(token.column, 24);
    assert_true(qc_json_skip(json, NULL));
    assert_true(qc_json_next(json, &token, NULL));
    assert_int_equal(token.kind, QC_JSON_CLOSE_OBJECT);
    qc_json_free(json);
}

static void numbers_are_the_nearest_doubles(void **state)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {{"0", 0},          {"-0", -0.0},     {"12", 12},       {"-1.5e3", -1500},       {"1E+2", 100},
                 {"0.1", 0.1},      {"1e-400", 0},    {"1e308", 1e308}, {"123.456e-2", 1.23456}, {"0e99999999999", 0},
                 {"0.000001", 1e-6}, {"1.7976931348623157e308", DBL_MAX}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qc_json *json = qc_json_new(cases[i].text, strlen(cases[i].text), "f", 1, NULL, NULL);
        qc_json_token token;
        assert_true(qc_json_next(json, &token, NULL));
        if (memcmp(&token.number, &cases[i].value, sizeof token.number) != 0)
            fail_msg("%s is read as %.17g", cases[i].text, token.number);
        qc_json_free(json);
    }
    assert_refused("[1e400]", "f:1:2: a number larger than any double");
    assert_refused("-1e999999999999999999999", "f:1:1: a number larger");
    char digits[1200];
    memset(digits, '1', sizeof digits);
    const char *said = tokens_of(digits, sizeof digits);
    assert_string_equal(said, "f:1:1: a number of more than 1000 characters");
}

static void escapes_become_the_characters_they_stand_for(void **state)
{
    (void)state;
    const char *text = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\u0000z\"";
    qc_json *json = qc_json_new(text, strlen(text), "f", 1, NULL, NULL);
    qc_json_token token;
    assert_true(qc_json_next(json, &token, NULL));
    const char wanted[] = "\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80\0z";
    assert_int_equal(token.length, sizeof wanted - 1);
    assert_memory_equal(token.text, wanted, sizeof wanted);
    qc_json_free(json);
}

static void a_written_string_holds_no_character_that_ends_a_line_somewhere(void **state)
{
    (void)state;
    const char text[] = "a\"\\\n\x01\x7F\xC2\x85\xC2\xA0\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\x99/\0b\xE2\x80";
    qc_buffer out = qc_buffer_init(NULL);
    assert_true(qc_json_put(&out, text, sizeof text - 3));
    assert_string_equal(qc_buffer_text(&out),
                        "\"a\\\"\\\\\\n\\u0001\\u007f\\u0085\xC2\xA0\\u2028\\u2029\xE2\x80\x99/\\u0000b\"");
    qc_buffer_clear(&out);
}

static void any_text_put_and_read_is_unchanged(void **state)
{
    (void)state;
    dice cast = {.state = 1};
    for (int round = 0; round < 20000; round++) {
        char text[64];
        size_t length = dice_text(&cast, text, sizeof text);
        qc_buffer out = qc_buffer_init(NULL);
        assert_true(qc_json_put(&out, text, length));
        for (size_t i = 0; i < out.length; i++)
            assert_true((unsigned char)out.data[i] >= 0x20);
        qc_json *json = qc_json_new(out.data, out.length, "f", 1, NULL, NULL);
        qc_json_token token;
        assert_true(qc_json_next(json, &token, NULL));
        assert_int_equal(token.kind, QC_JSON_STRING);
        assert_int_equal(token.length, length);
        assert_memory_equal(token.text, text, length);
        assert_true(qc_json_next(json, &token, NULL));
        assert_int_equal(token.kind, QC_JSON_END);
        qc_json_free(json);
        qc_buffer_clear(&out);
    }
}

static bool read_all(const qcode_memory *memory, void *user, qcode_error *err)
{
    const char *text = user;
    qc_json *json = qc_json_new(text, strlen(text), "f", 1, memory, err);
    qc_json_token token = {.kind = QC_JSON_NULL};
    bool done = json != NULL;
    while (done && token.kind != QC_JSON_END)
        done = qc_json_next(json, &token, err);
    qc_json_free(json);
    return done;
}

static void every_refused_allocation_is_a_clean_failure(void **state)
{
    (void)state;
    char text[] = "{\"key\": [1.25, \"a longer string than eight bytes \\u00e9\", {\"x\": \"\"}]}";
    refuse_each_allocation(read_all, text);
}

static void assert_refused_sample(const char *name, const char *wanted)
{
    const char *path = shared(name);
    qc_bytes bytes;
    assert_true(qc_bytes_read(path, 1 << 20, NULL, &bytes, NULL));
    const char *said = tokens_of((const char *)bytes.data, bytes.length);
    if (strncmp(said, wanted, strlen(wanted)) != 0)
        fail_msg("%s gives %s, and %s was expected", name, said, wanted);
    qc_bytes_clear(&bytes);
}

static void hostile_samples_are_refused_at_their_places(void **state)
{
    (void)state;
    NEED_SHARED(folder, "hostile/codings");
    (void)folder;
    assert_refused_sample("hostile/codings/syntax.jsonl", "f:1:2: ");
    assert_refused_sample("hostile/codings/deep.jsonl", "f:2:69: arrays and objects nested");
    assert_refused_sample("hostile/codings/raw-control.jsonl", "f:1:76: found U+0009");
    assert_refused_sample("hostile/codings/surrogates.jsonl", "f:2:75: half a surrogate");
    assert_refused_sample("hostile/codings/numbers.jsonl", "f:1:65: a number larger");
    assert_refused_sample("hostile/codings/cut.jsonl", "f:2:41: the text ends before it is complete");
    assert_refused_sample("hostile/codings/nul.jsonl", "{ key string");
    assert_refused_sample("hostile/codings/glued.jsonl", "{ key string");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_come_in_order_and_the_end_comes_last),
        TEST(what_the_standard_forbids_is_refused_at_its_place),
        TEST(depth_has_a_limit_and_skipping_keeps_it),
        TEST(skipping_passes_over_exactly_one_value),
        TEST(numbers_are_the_nearest_doubles),
        TEST(escapes_become_the_characters_they_stand_for),
        TEST(a_written_string_holds_no_character_that_ends_a_line_somewhere),
        TEST(any_text_put_and_read_is_unchanged),
        TEST(every_refused_allocation_is_a_clean_failure),
        TEST(hostile_samples_are_refused_at_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
