/* Patterns to find: a mistake is told by its column in what the user wrote, and stems by their language. */
#include "support/test.h"
#include "text/stem.h"

#include <qcode.h>

#include <stdio.h>
#include <string.h>

/* What is wrong, as "line:column: text", while the pattern is read or its rules are compiled; "" when nothing is. */
static const char *wrong_with(const char *pattern, qcode_pattern_kind kind, const char *language, char *said, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *book = qcode_pattern_codebook(pattern, kind, language, NULL, NULL, &err);
    qcode_rules *rules = book ? qcode_rules_new(book, NULL, NULL, NULL, &err) : NULL;
    said[0] = '\0';
    if (!rules)
        snprintf(said, size, "%zu:%zu: %s", err.line, err.column, err.message);
    qcode_rules_free(rules);
    qcode_codebook_free(book);
    return said;
}

static void a_mistake_is_told_by_its_column_in_the_pattern(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        qcode_pattern_kind kind;
        const char *wanted;
    } list[] = {
        {"led", QCODE_PATTERN_TERM, ""},
        {"\xC3\xA9\"a\\b", QCODE_PATTERN_TERM,
         "1:4: a backslash in a term may stand before * ? $ or \\ only; is it meant for regex?"},
        {"*", QCODE_PATTERN_TERM, "1:1: a term without a word: \"*\""},
        {"", QCODE_PATTERN_TERM, "1:1: found empty text where a term is expected"},
        {"\\d\t\"(x", QCODE_PATTERN_REGEX, "1:7: the regex does not compile: missing closing parenthesis"},
        {"terms: [a], foo: 3", QCODE_PATTERN_RULE,
         "1:13: \"foo\" is no key of a rule; qcode-codebook(5) has the keys there are"},
        {"regex: 'a)b'", QCODE_PATTERN_RULE,
         "1:10: the regex does not compile: unmatched closing parenthesis"},
        {"terms: [a", QCODE_PATTERN_RULE, "1:10: expected \",\" or \"]\""},
        {"case: exact", QCODE_PATTERN_RULE,
         "1:1: a rule without \"terms\", \"regex\", \"near\", \"all\", \"any\" or \"code\""},
        {"terms:\n- a", QCODE_PATTERN_RULE, "0:0: a rule to find stands on one line"},
        {"\xff", QCODE_PATTERN_TERM, "0:0: the pattern to find is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        char said[400];
        if (strcmp(wrong_with(list[i].pattern, list[i].kind, NULL, said, sizeof said), list[i].wanted) != 0)
            fail_msg("%s\n  wanted %s\n  got    %s", list[i].pattern, list[i].wanted, said);
    }
}

static void a_warning_is_told_by_its_column_too(void **state)
{
    (void)state;
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = qcode_pattern_codebook("regex: x*", QCODE_PATTERN_RULE, NULL, NULL, notes, NULL);
    qcode_rules *rules = qcode_rules_new(book, NULL, NULL, notes, NULL);
    assert_int_equal(qcode_notes_count(notes), 1);
    assert_int_equal(qcode_notes_at(notes, 0)->line, 1);
    assert_int_equal(qcode_notes_at(notes, 0)->column, 8);
    qcode_rules_free(rules);
    qcode_codebook_free(book);
    qcode_notes_free(notes);
}

static void a_stem_needs_a_language(void **state)
{
    (void)state;
    char said[400];
    if (!qc_stem_built_in())
        skip();
    assert_non_null(strstr(wrong_with("~run", QCODE_PATTERN_TERM, NULL, said, sizeof said), "1:1: a stem needs"));
    assert_non_null(strstr(wrong_with("~run", QCODE_PATTERN_TERM, "xx", said, sizeof said), "1:1: a stem needs"));
    assert_string_equal(wrong_with("~run", QCODE_PATTERN_TERM, "en", said, sizeof said), "");
    assert_string_equal(wrong_with("terms: ~run", QCODE_PATTERN_RULE, "en", said, sizeof said), "");
}

static bool make(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_codebook *book = qcode_pattern_codebook("near: [a, b]", QCODE_PATTERN_RULE, "en", memory, NULL, err);
    qcode_codebook_free(book);
    return book;
}

static void a_refused_allocation_is_clean(void **state)
{
    (void)state;
    refuse_each_allocation(make, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_mistake_is_told_by_its_column_in_the_pattern),
        TEST(a_warning_is_told_by_its_column_too),
        TEST(a_stem_needs_a_language),
        TEST(a_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
