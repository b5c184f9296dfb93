/* Random conditions on random talk: the fast way gives what the plain way gives. Codebooks are written as a person
 * would. */
#include "base/buffer.h"
#include "match/build.h"
#include "support/random.h"
#include "text/stem.h"

#include <qcode/read.h>

#include <string.h>

enum { CASES = 5000, CODES = 4 };

#define ONE_OF(from, list) (list)[dice_below(from, sizeof(list) / sizeof *(list))]

static const char *const words[] = {"a", "b", "c", "d", "e", "f g", "a b", "a *", "b*", "bc", "~walking", "~be"};
static const char *const regexes[] = {"a|b", "\\bc\\b.*?\\bd\\b", "[ef]", "b.c", "\\. ?\\w"};
static const char *const withins[] = {"sentence", "turn", "0 words", "1 word", "2 words", "5 words"};

static void put_words(dice *from, qc_buffer *out)
{
    if (dice_below(from, 6) == 0) {
        qc_buffer_print(out, "{regex: '%s'}", ONE_OF(from, regexes));
        return;
    }
    qc_buffer_string(out, "[");
    for (size_t count = 1 + dice_below(from, 2); count; count--)
        qc_buffer_print(out, "'%s'%s", ONE_OF(from, words), count > 1 ? ", " : "");
    qc_buffer_string(out, "]");
}

/* Words, a ghost, or a code further up. */
static void put_leaf(dice *from, qc_buffer *out, size_t code)
{
    size_t which = dice_below(from, 8);
    if (which == 0 && code) {
        qc_buffer_print(out, "{code: c%zu}", dice_below(from, code));
    } else if (which == 1) {
        qc_buffer_string(out, "{ghost: ");
        put_words(from, out);
        qc_buffer_string(out, "}");
    } else {
        put_words(from, out);
    }
}

static void put_near(dice *from, qc_buffer *out, size_t code)
{
    qc_buffer_string(out, "near: [");
    put_words(from, out);
    for (size_t count = 1 + dice_below(from, 3); count; count--) {
        qc_buffer_string(out, ", ");
        put_leaf(from, out, code);
    }
    qc_buffer_print(out, "], within: %s, ordered: %s", ONE_OF(from, withins), dice_below(from, 2) ? "yes" : "no");
}

static void put_group(dice *from, qc_buffer *out, size_t code, size_t depth);

static void put_item(dice *from, qc_buffer *out, size_t code, size_t depth)
{
    size_t which = depth < 3 ? dice_below(from, 8) : 7;
    if (which > 2) {
        put_leaf(from, out, code);
        return;
    }
    qc_buffer_string(out, "{");
    if (which)
        put_group(from, out, code, depth + 1);
    else
        put_near(from, out, code);
    qc_buffer_string(out, "}");
}

static void put_group(dice *from, qc_buffer *out, size_t code, size_t depth)
{
    static const char *const keys[] = {"all", "any", "not"};
    const char *comma = "";
    for (size_t k = 0; k < 3; k++) {
        if (k && dice_below(from, 2))
            continue;
        qc_buffer_print(out, "%s%s: [", comma, keys[k]);
        comma = ", ";
        if (!k)
            put_words(from, out);
        for (size_t count = 1 + dice_below(from, 2); count; count--) {
            qc_buffer_string(out, k ? "" : ", ");
            put_item(from, out, code, depth);
            qc_buffer_string(out, k && count > 1 ? ", " : "");
        }
        qc_buffer_string(out, "]");
    }
    if (!depth || dice_below(from, 3) == 0)
        qc_buffer_print(out, ", within: %s", ONE_OF(from, withins));
}

static void put_rule(dice *from, qc_buffer *out, size_t code)
{
    qc_buffer_string(out, "      - {");
    switch (dice_below(from, 4)) {
    case 0:
        qc_buffer_string(out, "terms: ");
        qc_buffer_string(out, "[");
        qc_buffer_print(out, "'%s']", ONE_OF(from, words));
        break;
    case 1: put_near(from, out, code); break;
    case 2: put_group(from, out, code, 0); break;
    default:
        if (code)
            qc_buffer_print(out, "code: c%zu", dice_below(from, code));
        else
            put_near(from, out, code);
        break;
    }
    if (dice_below(from, 4) == 0)
        qc_buffer_print(out, ", unless: '%s'", ONE_OF(from, words));
    if (dice_below(from, 6) == 0)
        qc_buffer_print(out, ", ghost: '%s'", ONE_OF(from, words));
    if (code && dice_below(from, 3) == 0)
        qc_buffer_print(out, ", %s: {code: c%zu, within: %s}", dice_below(from, 2) ? "after" : "before",
                        dice_below(from, code), ONE_OF(from, withins));
    if (dice_below(from, 6) == 0)
        qc_buffer_print(out, ", where: {%s}", dice_below(from, 2) ? "question: [a, b*]" : "question: {regex: 'c.*d'}");
    if (dice_below(from, 8) == 0)
        qc_buffer_string(out, ", case: exact");
    qc_buffer_string(out, "}\n");
}

/* Codes stand in the file before or behind those they refer to. */
static void put_book(dice *from, qc_buffer *out)
{
    static const char *const units[] = {"sentence", "match", "turn", "paragraph", "document"};
    static const char *const scopes[] = {"all", "respondent", "interviewer"};
    bool back = dice_below(from, 2);
    qc_buffer_string(out, "language: en-GB\n");
    if (dice_below(from, 3) == 0)
        qc_buffer_print(out, "status: {wished: {terms: ['~be', '%s'], within: %s}, negated: [{terms: '%s'}, {regex: '%s', "
                             "within: 1 word}]}\n", ONE_OF(from, words), dice_below(from, 2) ? "2 words" : "sentence",
                        ONE_OF(from, words), ONE_OF(from, regexes));
    qc_buffer_string(out, "codes:\n");
    for (size_t i = 0; i < CODES; i++) {
        size_t code = back ? CODES - 1 - i : i;
        qc_buffer_print(out, "  - id: c%zu\n    unit: %s\n    scope: %s\n    rules:\n", code, ONE_OF(from, units),
                        ONE_OF(from, scopes));
        for (size_t count = 1 + dice_below(from, 2); count; count--)
            put_rule(from, out, code);
    }
}

static void put_talk(dice *from, qc_buffer *out)
{
    static const char *const gaps[] = {" ", " ", " ", " ", " ", "  ", ". ", "\n", "-", "'", "! ", ". A "};
    static const char *const said[] = {"a", "b", "c", "d", "e", "f", "g", "B", "bc", "x", "y", "walked", "Walks", "being"};
    for (size_t turns = 1 + dice_below(from, 4), i = 0; i < turns; i++) {
        qc_buffer_string(out, i % 2 ? "P1: " : "Interviewer: ");
        for (size_t count = 1 + dice_below(from, 16); count; count--)
            qc_buffer_print(out, "%s%s", ONE_OF(from, said), ONE_OF(from, gaps));
        qc_buffer_string(out, ".\n\n");
    }
}

static qcode_codings *run(const qcode_codebook *made, const qcode_transcript *with, qcode_match_options options,
                          qcode_rules **rules, qcode_matcher **matcher)
{
    qcode_error err = {.status = QCODE_OK};
    *rules = qcode_rules_new(made, &options, NULL, NULL, &err);
    *matcher = *rules ? qcode_matcher_new(*rules, NULL, &err) : NULL;
    return *matcher ? qcode_match(*matcher, with, &err) : NULL;
}

/* How many segments and vetoed hits one case has, when both ways agree. */
static size_t compare_ways(uint64_t seed, const qc_buffer *yaml, const qc_buffer *text)
{
    qcode_error err = {.status = QCODE_OK};
    if (!qc_stem_built_in() && memchr(yaml->data, '~', yaml->length))
        return 0;
    qcode_codebook *made = qcode_codebook_parse(yaml->data, yaml->length, "book.yaml", NULL, NULL, &err);
    if (!made) {
        if (!strstr(err.message, "can never match"))
            fail_msg("seed %llu: line %zu:%zu: %s\n%.*s", (unsigned long long)seed, err.line, err.column, err.message,
                     (int)yaml->length, yaml->data);
        return 0;
    }
    const qcode_read_options read = {.name = "talk.txt"};
    qcode_transcript *with = qcode_read_transcript_bytes(text->data, text->length, "talk.txt", &read, NULL, NULL, &err);
    assert_non_null(with);
    qcode_rules *rules[2];
    qcode_matcher *matchers[2];
    qcode_codings *fast = run(made, with, (qcode_match_options){.no_jit = true}, &rules[0], &matchers[0]);
    qcode_codings *plain =
        run(made, with, (qcode_match_options){.plain = true, .no_jit = true}, &rules[1], &matchers[1]);
    assert_true(!fast == !plain);
    if (fast && !same_codings(fast, plain))
        fail_msg("the two ways differ with seed %llu\n%.*s\n%.*s", (unsigned long long)seed, (int)yaml->length,
                 yaml->data, (int)text->length, text->data);
    size_t count = fast ? qcode_codings_count(fast) : 0; /* a stem under case: exact */
    qcode_codings_free(fast);
    qcode_codings_free(plain);
    for (int i = 0; i < 2; i++) {
        qcode_matcher_free(matchers[i]);
        qcode_rules_free(rules[i]);
    }
    qcode_transcript_free(with);
    qcode_codebook_free(made);
    return count;
}

static void conditions_find_the_same_in_both_ways(void **state)
{
    size_t segments = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        dice from = {seed};
        qc_buffer yaml = qc_buffer_init(NULL), text = qc_buffer_init(NULL);
        put_book(&from, &yaml);
        put_talk(&from, &text);
        segments += compare_ways(seed, &yaml, &text);
        qc_buffer_clear(&yaml);
        qc_buffer_clear(&text);
    }
    assert_true(segments > CASES / 2);
}

static void expect_refusal(const char *yaml, size_t line, size_t column, const char *message)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *made = qcode_codebook_parse(yaml, strlen(yaml), "book.yaml", NULL, NULL, &err);
    assert_non_null(made);
    assert_null(qcode_rules_new(made, NULL, NULL, NULL, &err));
    assert_string_equal(err.message, message);
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    qcode_codebook_free(made);
}

static void a_stem_that_cannot_be_made_is_refused_at_its_place(void **state)
{
    static const char *const wants_language = "a stem needs the codebook's \"language\", one that Snowball knows (such as en)";
    (void)state;
    if (!qc_stem_built_in()) {
        expect_refusal("codes: [{id: a, terms: ~b}]", 1, 24, "a stem, but this qcode was built without libstemmer");
        return;
    }
    expect_refusal("codes: [{id: a, terms: ~b}]", 1, 24, wants_language);
    expect_refusal("language: tlh\ncodes: [{id: a, terms: [c, ~b]}]", 2, 28, wants_language);
    expect_refusal("language: de\ncodes: [{id: a, terms: ~b, case: exact}]", 2, 24,
                   "a stem in a rule with \"case: exact\"; stems are in small letters");
    expect_refusal("language: de\ncodes: [{id: a, terms: ~b c}]", 2, 24,
                   "a stem is one word without wildcards; for several use \"near\"");
    expect_refusal("language: de\ncodes: [{id: a, terms: ~b*}]", 2, 24,
                   "a stem is one word without wildcards; for several use \"near\"");
    expect_refusal("language: de\ncodes: [{id: a, terms: '~'}]", 2, 25,
                   "a stem is one word without wildcards; for several use \"near\"");
}

static bool read_and_match(const qcode_memory *memory, void *user, qcode_error *err)
{
    static const char yaml[] =
        "language: en\nstatus: {reported: [{terms: [b, ~c], within: 2 words}, {regex: 'c|d'}]}\nlists: {stems: [~be]}\ncodes:\n"
        "  - {id: a, near: [[a, b], {ghost: c}, {regex: d}], within: 4 words}\n"
        "  - {id: b, all: [a, {any: [{code: a}, {not: x, any: b, within: 2 words}], within: turn}], unless: z}\n"
        "  - {id: c, code: a, after: {code: b, within: turn}, ghost: a, where: {question: [why], role: respondent}}\n"
        "  - {id: d, terms: [a, $stems], before: a, where: {group: [none, some]}}\n";
    const qcode_transcript *with = user;
    qcode_codebook *made = qcode_codebook_parse(yaml, sizeof yaml - 1, "book.yaml", memory, NULL, err);
    qcode_rules *rules = made ? qcode_rules_new(made, NULL, memory, NULL, err) : NULL;
    qcode_matcher *matcher = rules ? qcode_matcher_new(rules, memory, err) : NULL;
    qcode_codings *codings = matcher ? qcode_match(matcher, with, err) : NULL;
    bool done = codings;
    if (done)
        assert_in_range(qcode_codings_count(codings), 3, 100);
    qcode_codings_free(codings);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    qcode_codebook_free(made);
    return done;
}

static void a_refused_allocation_is_told_and_leaves_nothing_behind(void **state)
{
    static const char text[] = "Interviewer: Why?\n\nP1: A b c d a. B a c d, and c d b a. A c b d.\n";
    const qcode_read_options read = {.name = "talk.txt"};
    (void)state;
    qcode_transcript *with = qcode_read_transcript_bytes(text, sizeof text - 1, "talk.txt", &read, NULL, NULL, NULL);
    assert_non_null(with);
    if (!qc_stem_built_in())
        skip(); /* the codebook has one */
    refuse_each_allocation(read_and_match, with);
    qcode_transcript_free(with);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_stem_that_cannot_be_made_is_refused_at_its_place),
        TEST(a_refused_allocation_is_told_and_leaves_nothing_behind),
        TEST(conditions_find_the_same_in_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
