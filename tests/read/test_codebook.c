/* Codebooks: what is read, and that every mistake is refused at its place. */
#include "model/codebook.h"
#include "support/test.h"

#include <qcode/codebook.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char whole[] =
    "title: Partnership\n"
    "version: 1.0\n"
    "language: en-GB\n"
    "description: What makes it work.\n"
    "sources: [one, two]\n"
    "unit: turn\n"
    "scope: all\n"
    "lists:\n"
    "  bosses: [$seniors, gaffer]\n"
    "  seniors: [inspector*, 'the boss']\n"
    "  spare: [x]\n"
    "codes:\n"
    "  - id: leadership\n"
    "    name: Visible leadership\n"
    "    definition: Seen to lead.\n"
    "    include: i\n"
    "    exclude: e\n"
    "    note: n\n"
    "    color: '#ABC'\n"
    "    unless: [cheerleader]\n"
    "    rules:\n"
    "      - terms: [leader*, $bosses]\n"
    "      - id: out\n"
    "        regex: '\\bsaw (?:him|her) out\\b'\n"
    "        unless: [a joke, {regex: ['not\\b', never]}, $seniors]\n"
    "        case: exact\n"
    "        note: r\n"
    "      - terms: x\n"
    "    examples:\n"
    "      match: [She leads.]\n"
    "      no_match: He waits.\n"
    "  - id: by-hand\n"
    "    unit: match\n"
    "    scope: interviewer\n"
    "  - {id: short, terms: [a, b], regex: c, unless: d, case: exact}\n";

static qcode_codebook *parse(const char *text, qcode_notes *notes, qcode_error *err)
{
    return qcode_codebook_parse(text, strlen(text), "b.yaml", NULL, notes, err);
}

static void expect_patterns(const qc_patterns *patterns, const char *wanted)
{
    char text[500] = "";
    for (size_t i = 0; i < patterns->count; i++) {
        assert_int_equal(strlen(patterns->at[i].text), patterns->at[i].length);
        sprintf(text + strlen(text), "%s%s@%zu", i ? " " : "", patterns->at[i].text, patterns->at[i].line);
    }
    assert_string_equal(text, wanted);
}

static void a_codebook_is_read_whole(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = parse(whole, notes, &err);
    if (!book)
        fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
    assert_int_equal(qcode_notes_count(notes), 0);
    assert_string_equal(qcode_codebook_title(book), "Partnership");
    assert_string_equal(qcode_codebook_version(book), "1.0");
    assert_string_equal(book->language, "en-GB");
    assert_string_equal(book->sources[1], "two");
    assert_int_equal(book->source_count, 2);
    size_t length;
    assert_string_equal(qcode_codebook_bytes(book, &length), whole);
    assert_int_equal(length, sizeof whole - 1);
    assert_int_equal(qcode_codebook_count(book), 3);
    assert_int_equal(book->rule_count, 4);
    const qcode_code *lead = qcode_codebook_find(book, "leadership");
    assert_ptr_equal(lead, qcode_codebook_at(book, 0));
    assert_string_equal(qcode_code_name(lead), "Visible leadership");
    assert_string_equal(qcode_code_definition(lead), "Seen to lead.");
    assert_string_equal(qcode_code_color(lead), "#aabbcc");
    assert_int_equal(qcode_code_unit(lead), QCODE_UNIT_TURN);
    assert_int_equal(qcode_code_scope(lead), QCODE_SCOPE_ALL);
    assert_int_equal(lead->line, 13);
    assert_int_equal(lead->column, 9);
    assert_int_equal(lead->example_count, 2);
    assert_string_equal(lead->examples[1].text, "He waits.");
    assert_false(lead->examples[1].match);
    assert_int_equal(lead->examples[0].line, 30);
    qcode_codebook_free(book);
    qcode_notes_free(notes);
}

static void rules_have_ids_and_lists_in_their_places(void **state)
{
    (void)state;
    qcode_codebook *book = parse(whole, NULL, NULL);
    assert_non_null(book);
    const qcode_code *lead = qcode_codebook_at(book, 0);
    assert_int_equal(qcode_code_rule_count(lead), 3);
    const qcode_rule *first = qcode_code_rule(lead, 0), *out = qcode_code_rule(lead, 1);
    assert_string_equal(qcode_rule_id(first), "leadership/1");
    assert_string_equal(qcode_rule_id(out), "leadership/out");
    assert_string_equal(qcode_rule_id(qcode_code_rule(lead, 2)), "leadership/3");
    expect_patterns(&first->terms, "leader*@22 inspector*@10 the boss@10 gaffer@9");
    expect_patterns(&first->unless_terms, "cheerleader@20");
    expect_patterns(&out->regexes, "\\bsaw (?:him|her) out\\b@24");
    expect_patterns(&out->unless_terms, "a joke@25 inspector*@10 the boss@10 cheerleader@20");
    expect_patterns(&out->unless_regexes, "not\\b@25 never@25");
    assert_true(out->case_exact);
    assert_false(first->case_exact);
    assert_int_equal(out->line, 23);
    const qcode_code *hand = qcode_codebook_find(book, "by-hand"), *brief = qcode_codebook_find(book, "short");
    assert_int_equal(qcode_code_rule_count(hand), 0);
    assert_int_equal(qcode_code_unit(hand), QCODE_UNIT_MATCH);
    assert_int_equal(qcode_code_scope(hand), QCODE_SCOPE_INTERVIEWER);
    assert_string_equal(qcode_code_name(hand), "by-hand");
    const qcode_rule *rule = qcode_code_rule(brief, 0);
    assert_string_equal(qcode_rule_id(rule), "short/1");
    assert_int_equal(rule->index, 3);
    expect_patterns(&rule->terms, "a@35 b@35");
    expect_patterns(&rule->regexes, "c@35");
    expect_patterns(&rule->unless_terms, "d@35");
    assert_true(rule->case_exact);
    assert_int_equal(book->list_count, 3);
    assert_string_equal(book->lists[0].name, "bosses");
    assert_true(book->lists[0].used);
    assert_false(book->lists[2].used);
    assert_null(qcode_codebook_find(book, "none"));
    qcode_codebook_free(book);
}

static void the_place_of_a_pattern_is_exact_inside_it(void **state)
{
    (void)state;
    qcode_codebook *book = parse("codes:\n  - id: a\n    regex: ['good', 'abc(def', \"\\u00e9\\\\b\"]\n", NULL, NULL);
    assert_non_null(book);
    const qc_patterns *regexes = &qcode_codebook_at(book, 0)->rules[0].regexes;
    size_t line, column;
    qc_pattern_place(book, &regexes->at[1], 7, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 29);
    qc_pattern_place(book, &regexes->at[2], 3, &line, &column);
    assert_int_equal(column, 41);
    qcode_codebook_free(book);
}

#define CODE "codes:\n- id: a\n  "

static void terms_may_hold_wildcards_and_escapes(void **state)
{
    (void)state;
    qcode_codebook *book = parse(CODE "terms: [leader*, '*ship', '\\$5', 'a\\*b', 'what\\?', '\\\\', 'wom?n', C#, '\xC3\xA9t\xC3\xA9']", NULL, NULL);
    assert_non_null(book);
    assert_int_equal(qcode_codebook_at(book, 0)->rules[0].terms.count, 9);
    qcode_codebook_free(book);
}

static void the_shipped_codebook_is_read_without_a_note(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = qcode_codebook_read(in_repository("codebooks/eight-indicators.yaml"), NULL, notes, &err);
    if (!book)
        fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
    assert_int_equal(qcode_notes_count(notes), 0);
    assert_int_equal(qcode_codebook_count(book), 16); /* nine, and seven aspects of two */
    qcode_codebook_free(book);
    assert_null(qcode_codebook_read("/nowhere/b.yaml", NULL, notes, &err));
    assert_int_equal(err.status, QCODE_READ);
    qcode_notes_free(notes);
}

static void hostile_codebooks_get_what_the_list_says(void **state)
{
    (void)state;
    static const struct {
        const char *file, *said; /* NULL: read */
    } cases[] = {
        {"ok", NULL}, {"redos", NULL}, {"long-line", NULL}, {"regex-errors", NULL},
        {"empty", "1:1: an empty file"},
        {"alias-bomb", "1:4: anchors"},
        {"unknown-key", "5:5: \"regexp\" is no key of a code; did you mean \"regex\"?"},
        {"homoglyph", "5:10: the code \"caf\xC3\xA9\" is there already, on line 4"},
        {"html-ids", "2:10: U+0022 in the id of a code"},
        {"norway", "7:10: U+007E in the id of a code"},
        {"empty-match", "3:35: found empty text where a regex is expected"},
        {"regex-traps", "7:13: a wrong escape"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[100], said[700];
        snprintf(name, sizeof name, "hostile/codebooks/%s.yaml", cases[i].file);
        NEED_SHARED(path, name);
        qcode_error err = {.status = QCODE_OK};
        qcode_codebook *book = qcode_codebook_read(path, NULL, NULL, &err);
        snprintf(said, sizeof said, "%zu:%zu: %s", err.line, err.column, err.message);
        if (!book != !!cases[i].said || (!book && strncmp(said, cases[i].said, strlen(cases[i].said)) != 0))
            fail_msg("%s: %s", cases[i].file, said);
        qcode_codebook_free(book);
    }
}

static void ids_are_the_text_as_it_was_written(void **state)
{
    (void)state;
    static const char *const ids[] = {"no", "on", "1.0", "010", "12:30:45", "2026-01-01", "null", "\xE0\xA4\xA8\xE0\xA5\x87"};
    char text[500] = "codes:\n";
    for (size_t i = 0; i < 8; i++)
        sprintf(text + strlen(text), "  - {id: %s, regex: [x]}\n", ids[i]);
    qcode_codebook *book = parse(text, NULL, NULL);
    assert_non_null(book);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(qcode_code_id(qcode_codebook_find(book, ids[i])), ids[i]);
    qcode_codebook_free(book);
}

static bool parse_refusing(const qcode_memory *memory, void *user, qcode_error *err)
{
    const char *text = user;
    qcode_codebook *book = qcode_codebook_parse(text, strlen(text), "b.yaml", memory, NULL, err);
    qcode_codebook_free(book);
    return book != NULL;
}

static void a_refused_allocation_is_clean(void **state)
{
    (void)state;
    char text[sizeof whole + 10000];
    strcpy(text, whole);
    for (int i = 0; i < 300; i++) /* enough for every array to grow */
        sprintf(text + strlen(text), "  - {id: c%d, terms: $seniors}\n", i);
    refuse_each_allocation(parse_refusing, text);
}

/* Bytes taken out, put in and changed: never a crash, and a refusal always has a reason with a place. */
static void random_edits_never_crash(void **state)
{
    (void)state;
    static const char alphabet[] = "abz09:,-[]{}'\"|>?&*!%@#~$\\ \n\n \t\r\xC3\xA9\xCC\x81\0";
    srand(5);
    size_t refused = 0, taken = 0;
    for (int round = 0; round < 20000; round++) {
        char text[sizeof whole + 16];
        size_t length = sizeof whole - 1;
        memcpy(text, whole, sizeof whole);
        for (int edits = rand() % 4; edits >= 0; edits--) {
            size_t at = (size_t)rand() % length;
            char byte = alphabet[(size_t)rand() % sizeof alphabet];
            int act = rand() % 3;
            if (act == 0) {
                memmove(text + at, text + at + 1, --length - at);
            } else if (act == 1) {
                memmove(text + at + 1, text + at, length++ - at);
                text[at] = byte;
            } else {
                text[at] = byte;
            }
        }
        qcode_error err = {.status = QCODE_OK};
        qcode_codebook *book = qcode_codebook_parse(text, length, "b.yaml", NULL, NULL, &err);
        if (!book && (!err.line || !err.column || !err.message[0]))
            fail_msg("refused without a place: %s\n%.*s", err.message, (int)length, text);
        refused += !book;
        taken += book != NULL;
        qcode_codebook_free(book);
    }
    assert_true(refused > 1000 && taken > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_codebook_is_read_whole),
        TEST(rules_have_ids_and_lists_in_their_places),
        TEST(the_place_of_a_pattern_is_exact_inside_it),
        TEST(terms_may_hold_wildcards_and_escapes),
        TEST(the_shipped_codebook_is_read_without_a_note),
        TEST(hostile_codebooks_get_what_the_list_says),
        TEST(ids_are_the_text_as_it_was_written),
        TEST(a_refused_allocation_is_clean),
        TEST(random_edits_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
