/* Mistakes in codebooks: each is refused at its place, all are told, and limits are no surprise. */
#include "base/buffer.h"
#include "model/codebook.h"
#include "support/test.h"

#include <qcode/codebook.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static qcode_codebook *parse(const char *text, qcode_notes *notes, qcode_error *err)
{
    return qcode_codebook_parse(text, strlen(text), "b.yaml", NULL, notes, err);
}

/* `notes` as lines "line:column: text", each kind that is asked for. */
static char *told(const qcode_notes *notes, qcode_note_kind kind, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < qcode_notes_count(notes); i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        if (note->kind == kind && used < size)
            used += (size_t)snprintf(text + used, size - used, "%zu:%zu: %s\n", note->line, note->column, note->text);
    }
    return text;
}

static void expect_mistake(const char *text, const char *wanted)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    if (parse(text, notes, &err))
        fail_msg("taken: %s", text);
    char said[700], all[2000];
    snprintf(said, sizeof said, "%zu:%zu: %s", err.line, err.column, err.message);
    if (strcmp(said, wanted) != 0)
        fail_msg("%.500s\n  wanted %s\n  got    %s", text, wanted, said);
    assert_string_equal(err.source, "b.yaml");
    assert_true(qcode_notes_count_of(notes, QCODE_NOTE_ERROR) >= 1);
    assert_non_null(strstr(told(notes, QCODE_NOTE_ERROR, all, sizeof all), said));
    qcode_notes_free(notes);
}

#define CODE "codes:\n- id: a\n  "

static const char *const mistakes[][2] = {
    {"title: x", "1:1: a codebook without \"codes\""},
    {"- a", "1:1: found a list where a codebook is expected (a map with keys such as title)"},
    {"x", "1:1: found text where a codebook is expected (a map with keys such as title)"},
    {"codes: []", "1:8: expected a list of codes, each a map that begins with \"- id: \""},
    {"codes: {a: b}", "1:8: expected a list of codes, each a map that begins with \"- id: \""},
    {"codes:\n- lead", "2:3: found text where a code is expected (a map with keys such as id)"},
    {"codes:\n- name: a", "2:3: a code without \"id\""},
    {"codes:\n- id:", "2:6: found nothing where the id of a code is expected"},
    {"codes:\n- id: ~", "2:7: U+007E in the id of a code; it may hold letters, digits and _ here"},
    {"codes:\n- id: 'a b'", "2:9: U+0020 in the id of a code; it may hold letters, digits and _, and - . : inside"},
    {"codes:\n- id: -a", "2:7: U+002D in the id of a code; it may hold letters, digits and _ here"},
    {"codes:\n- id: a\n- id: b\n- id: a", "4:7: the code \"a\" is there already, on line 2"},
    {"codes:\n- id: \"e\\u0301\"\n- id: \xC3\xA9", "3:7: the code \"\xC3\xA9\" is there already, on line 2"},
    {"titel: x\ncodes:\n- id: a", "1:1: \"titel\" is no key of a codebook; did you mean \"title\"?"},
    {CODE "regexp: x", "3:3: \"regexp\" is no key of a code; did you mean \"regex\"?"},
    {CODE "Name: x", "3:3: \"Name\" is no key of a code; did you mean \"name\"?"},
    {CODE "colour: x", "3:3: \"colour\" is no key of a code; did you mean \"color\"?"},
    {CODE "examples: {nomatch: x}", "3:14: \"nomatch\" is no key of \"examples\"; did you mean \"no_match\"?"},
    {CODE "examples: {no: x}", "3:14: \"no\" is no key of \"examples\"; expected match or no_match"},
    {CODE "rules: [{weight: 3, terms: x}]",
     "3:12: \"weight\" in a codebook without \"evidence\": there a match codes its unit"},
    {CODE "rules: [{question: x}]",
     "3:12: \"question\" in a codebook without \"evidence\": there a match codes its unit"},
    {CODE "weight: 2\n  terms: x", "3:3: \"weight\" in a codebook without \"evidence\": there a match codes its unit"},
    {CODE "weight: 2\nevidence: {own: 1}",
     "3:3: a rule without \"terms\", \"regex\", \"near\", \"all\", \"any\" or \"code\""},
    {CODE "weak: yes\n  rules: [terms: x]\nevidence: {own: 1}",
     "3:3: \"weak\" beside \"rules\": make it a rule of its own, or give up \"rules\""},
    {CODE "question: x\n  terms: y\nevidence: {own: 1}", "4:3: \"terms\" beside \"question\": make it a rule of its own"},
    {CODE "aspect: yes\n  terms: x\nevidence: {own: 1}",
     "2:7: an aspect stands under a code whose evidence is weighed, in a codebook with \"evidence\""},
    {CODE "codes:\n  - {id: b, aspect: yes}", "4:10: an aspect stands under a code whose evidence is weighed, in a codebook with \"evidence\""},
    {CODE "codes:\n  - {id: b, aspect: yes, threshold: 1}\nevidence: {own: 1}",
     "4:10: an aspect has no \"threshold\": it comes with its parent"},
    {CODE "codes:\n  - {id: b, aspect: yes, terms: x, weak: yes}\nevidence: {own: 1}",
     "4:26: a rule of an aspect is not weighed: it has no \"question\", \"weight\", \"weak\" and \"echo\""},
    {CODE "threshold: 1", "3:3: \"threshold\" in a codebook without \"evidence\": there a match codes its unit"},
    {CODE "unit: turn\nevidence: {own: 1}", "2:7: where evidence is weighed, sentences of respondents are coded: expected "
                                           "\"unit: sentence\" and \"scope: respondent\""},
    {CODE "terms: x\nevidence: {own: -1}", "4:17: found \"-1\" where own is expected: a number from 0 to 10, with at most six "
                                          "digits behind the point"},
    {CODE "terms: x\ntopics: {short: 3}", "4:10: \"short\" is no key of \"topics\"; expected short_question, enough, sure, "
                                         "question_own, new, follow_up, reset or filler"},
    {CODE "rules: [{question: x, terms: y}]\nevidence: {own: 1}",
     "3:25: \"terms\" beside \"question\": make it a rule of its own"},
    {CODE "rules: [{weak: perhaps, terms: y}]\nevidence: {own: 1}", "3:18: found \"perhaps\" where no or yes is expected"},
    {CODE "name: [x]", "3:9: found a list where text is expected"},
    {CODE "unit: sentense", "3:9: found \"sentense\" where sentence, match, paragraph, turn, answer or document is expected; "
                            "did you mean \"sentence\"?"},
    {CODE "scope: everyone", "3:10: found \"everyone\" where respondent, interviewer or all is expected"},
    {CODE "terms: x\n  case: no", "4:9: found \"no\" where any or exact is expected"},
    {CODE "color: #fff", "3:9: found nothing where a colour such as \"#b58900\" is expected (without its quotes # begins a "
                         "comment)"},
    {CODE "color: '#ffff'", "3:10: found \"#ffff\" where a colour such as \"#b58900\" is expected"},
    {CODE "color: red", "3:10: found \"red\" where a colour such as \"#b58900\" is expected"},
    {CODE "color: '#12345g'", "3:10: found \"#12345g\" where a colour such as \"#b58900\" is expected"},
    {CODE "rules: []", "3:10: expected a list of rules, each a map with \"terms\" or \"regex\""},
    {CODE "rules: {terms: x}", "3:10: expected a list of rules, each a map with \"terms\" or \"regex\""},
    {CODE "rules: [{terms: x}]\n  terms: y",
     "4:3: \"terms\" beside \"rules\": make it a rule of its own, or give up \"rules\""},
    {CODE "rules: [{note: x}]", "3:11: a rule without \"terms\", \"regex\", \"near\", \"all\", \"any\" or \"code\""},
    {CODE "near: [x]", "3:9: expected a list of 2 to 5 items under \"near\", each a term, a $list, a list of terms or a map"},
    {CODE "near: [x, {all: [y, z]}]", "3:13: an item of \"near\" is made of terms, regexes, \"code\" or \"ghost\""},
    {CODE "near: [x, [y, {ghost: z}]]", "3:13: a list in \"near\" holds terms, $lists and {regex: ...} alone"},
    {CODE "near: [{ghost: x}, {ghost: y}]",
     "3:9: this can never match: there is nothing in it but \"not\" and ghosts"},
    {CODE "not: [x]", "3:8: this can never match: there is nothing in it but \"not\" and ghosts"},
    {CODE "all: [x, {all: [{not: y}], within: turn}]",
     "3:12: this can never match: there is nothing in it but \"not\" and ghosts"},
    {CODE "all: [x]\n  within: 3 wrods", "4:11: found \"3 wrods\" where sentence, turn or a number of words such as "
     "\"8 words\" is expected"},
    {CODE "all: [x]\n  within: 1001 words", "4:11: within more than the limit of 1000 words"},
    {CODE "terms: x\n  within: turn", "4:3: \"within\" without \"near\", \"all\" or \"any\""},
    {CODE "terms: x\n  ordered: yes", "4:3: \"ordered\" without \"near\""},
    {CODE "near: [x, y]\n  ordered: maybe", "4:12: found \"maybe\" where yes or no is expected"},
    {CODE "near: [x, y]\n  all: [z]",
     "4:3: \"all\" beside \"near\" in one rule: make it a rule of its own, or an item of \"all\" or \"any\""},
    {CODE "all: [{terms: x, near: [y, z]}]",
     "3:9: expected one of \"terms\", \"regex\", \"near\", \"all\", \"any\", \"not\", \"code\" and \"ghost\" in this map, "
     "\"within\" beside the groups alone"},
    {CODE "code: b", "3:9: there is no code \"b\""},
    {CODE "all: [x, {code: a}]", "3:19: the code \"a\" would depend on itself by way of \"a\""},
    {CODE "terms: x\n  after: b\n- id: b\n  code: c\n- id: c\n  terms: z\n  before: {code: b}",
     "6:9: the code \"b\" would depend on itself by way of \"c\""},
    {CODE "terms: x\n  before: {within: turn}", "4:11: expected {code: ..., within: ...}"},
    {CODE "terms: x\n  where: police",
     "4:10: expected a map such as {role: respondent, group: police, question: [...]} under \"where\""},
    {CODE "terms: x\n  where: {role: police}", "4:17: found \"police\" where interviewer or respondent is expected"},
    {CODE "terms: x\n  parent: b", "4:11: there is no code \"b\""},
    {CODE "terms: x\n  parent: a", "4:11: the code \"a\" would stand under itself by way of \"a\""},
    {CODE "parent: c\n  codes: [{id: b, codes: [{id: c}]}]",
     "3:11: the code \"a\" would stand under itself by way of \"c\""},
    {CODE "codes: [{id: b, parent: a}]", "3:19: \"parent\" in a code that stands in the \"codes\" of another"},
    {CODE "codes: [{id: a}]", "3:16: the code \"a\" is there already, on line 2"},
    {CODE "codes: x", "3:10: expected a list of codes, each a map that begins with \"- id: \""},
    {CODE "origin: deduced", "3:11: found \"deduced\" where deductive or inductive is expected"},
    {CODE "terms: x\nstatus: x", "4:9: expected a map such as {negated: {terms: [not, never], within: 4 words}}"},
    {CODE "terms: x\nstatus: {doubted: {terms: y}}",
     "4:10: \"doubted\" is no status that words can tell; expected negated, hypothetical, reported or wished"},
    {CODE "terms: x\nstatus: {negated: {within: 3 words}}", "4:19: a status without \"terms\" or \"regex\""},
    {CODE "terms: x\nstatus: {negated: {terms: y, within: turn}}",
     "4:38: found \"turn\" where sentence or a number of words is expected"},
    {CODE "terms: x\nthemes: [{id: t}]", "4:10: a theme without \"codes\""},
    {CODE "terms: x\nthemes: [{id: t, codes: b}]", "4:25: there is no code \"b\""},
    {CODE "terms: x\nthemes: [{id: t, codes: a}, {id: t, codes: [a]}]", "4:29: the theme \"t\" is there already, on line 4"},
    {CODE "terms: x\nthemes: x", "4:9: expected a list of 1 to 1000 themes, each a map with \"id\" and \"codes\""},
    {CODE "unless: x", "3:3: a rule without \"terms\", \"regex\", \"near\", \"all\", \"any\" or \"code\""},
    {CODE "rules: [{id: 2, terms: x}, {terms: y}]", "3:30: the rule \"a/2\" is there already, on line 3"},
    {CODE "rules: [{id: 'x/y', terms: x}]", "3:18: U+002F in the id of a rule; it may hold letters, digits and _, and - . : "
                                            "inside"},
    {CODE "terms: []", "3:10: found an empty list where a term or a list of terms is expected"},
    {CODE "terms:", "3:9: found nothing where a term is expected"},
    {CODE "terms: [x, '']", "3:14: found empty text where a term is expected"},
    {CODE "terms: [Label: words]",
     "3:11: found a map where a term is expected; text that holds \": \" must stand in quotes"},
    {CODE "terms: [[x]]", "3:11: found a list where a term is expected"},
    {CODE "terms: ['* ?']", "3:11: a term without a word: \"* ?\""},
    {CODE "terms: '\\bled\\b'",
     "3:11: a backslash in a term may stand before * ? $ or \\ only; is it meant for regex?"},
    {CODE "terms: 'led\\'", "3:14: a backslash in a term may stand before * ? $ or \\ only; is it meant for regex?"},
    {CODE "terms: |\n    led\n", "4:8: a line end, tab or control character in a term"},
    {CODE "terms: \"a\\x07\"", "3:12: a line end, tab or control character in a term"},
    {CODE "terms: [$senior]\nlists: {seniors: [x]}", "3:11: there is no list \"$senior\"; did you mean \"$seniors\"?"},
    {CODE "terms: $5", "3:10: there is no list \"$5\"; a term that begins with a dollar sign is written \\$"},
    {CODE "terms: $", "3:10: there is no list \"$\"; a term that begins with a dollar sign is written \\$"},
    {CODE "regex: ''", "3:10: found empty text where a regex is expected"},
    {CODE "regex: []", "3:10: found an empty list where a regex or a list of regexes is expected"},
    {CODE "regex: |\n    led\n", "3:10: a regex that ends with a line end; write |- or >- instead of | or >"},
    {CODE "terms: x\n  unless: [{regexp: y}]", "4:13: \"regexp\" is no key of an item of \"unless\"; did you mean \"regex\"?"},
    {CODE "terms: x\n  unless: [{}]", "4:12: found an empty map where a term or {regex: ...} is expected"},
    {CODE "terms: x\n  unless: []", "4:11: found an empty list where a term, a list of terms or {regex: ...} is expected"},
    {CODE "examples: {match: []}", "3:21: found an empty list where an example or a list of examples is expected"},
    {CODE "examples: {match: [a: b]}",
     "3:22: found a map where an example is expected; text that holds \": \" must stand in quotes"},
    {CODE "\nlists: [x]", "4:8: expected a map of lists, each with its name as the key"},
    {CODE "\nlists: {$x: [y]}", "4:9: the name of a list is written without $ here; only its use has one"},
    {CODE "\nlists: {x y: [y]}", "4:9: U+0020 in the name of a list; it may hold letters, digits and _, and - . : inside"},
    {CODE "\nlists: {x: }", "4:12: found nothing where a term is expected"},
    {CODE "\nlists: {x: [$x]}", "4:13: the list \"x\" would hold itself"},
    {CODE "\nlists: {x: [$y], y: [a, $z], z: [$x]}", "4:34: the list \"x\" would hold itself"},
    {CODE "\nlists: {\xC3\xA9: [a], e\xCC\x81: [b]}", "4:17: the list \"\xC3\xA9\" is there already, on line 4"},
};

static void every_mistake_is_refused_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        expect_mistake(mistakes[i][0], mistakes[i][1]);
}

static void all_mistakes_are_told_in_order_and_the_first_is_the_error(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_null(parse("lists: {a: [$b]}\ncodes:\n- id: x\n  terms: ''\n- id: x\n  colour: red\n", notes, &err));
    char text[1000];
    assert_string_equal(told(notes, QCODE_NOTE_ERROR, text, sizeof text),
                        "1:13: there is no list \"$b\"; a term that begins with a dollar sign is written \\$\n"
                        "4:10: found empty text where a term is expected\n"
                        "5:7: the code \"x\" is there already, on line 3\n"
                        "6:3: \"colour\" is no key of a code; did you mean \"color\"?\n");
    assert_int_equal(err.line, 1);
    assert_int_equal(err.status, QCODE_INVALID);
    qcode_notes_free(notes);
}

static void what_is_allowed_and_probably_not_meant_is_a_warning(void **state)
{
    (void)state;
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = parse("codes:\n- id: le\xD0\xB0" "d\n  regex: foo #bar\n- id: b\n  regex: ['a #b', c#d, e] # f\n"
                                 "- id: \xD0\xBB\xD0\xB8\xD0\xB4\xD0\xB5\xD1\x80-1\n", notes, NULL);
    assert_non_null(book);
    char text[1000];
    assert_string_equal(told(notes, QCODE_NOTE_WARNING, text, sizeof text),
                        "2:7: the id of a code \"le\xD0\xB0" "d\" mixes Latin and Cyrillic letters, which may look the same\n"
                        "3:10: the regex ends before \" #\", where a comment begins; in single quotes it would hold the #\n");
    assert_string_equal(qcode_codebook_at(book, 0)->rules[0].regexes.at[0].text, "foo");
    qcode_codebook_free(book);
    qcode_notes_free(notes);
}

static void lists_that_grow_without_bound_meet_a_limit(void **state)
{
    (void)state;
    char text[4000] = "codes: [{id: a, terms: $l9}]\nlists:\n  l0: [a, b, c, d, e, f, g, h, i, j]\n";
    for (int i = 1; i < 10; i++) {
        sprintf(text + strlen(text), "  l%d: [", i);
        for (int j = 0; j < 10; j++)
            sprintf(text + strlen(text), "$l%d, ", i - 1);
        strcat(text, "]\n");
    }
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_null(parse(text, notes, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
    assert_non_null(strstr(err.message, "more than the limit of 1000000 terms"));
    assert_true(err.line >= 8);
    qcode_notes_free(notes);
}

static void limits_are_told_with_their_place(void **state)
{
    (void)state;
    qc_buffer text = qc_buffer_init(NULL);
    qcode_error err;
    qc_buffer_string(&text, "codes:\n");
    for (int i = 0; i <= 10000; i++)
        qc_buffer_print(&text, "- id: c%d\n", i);
    assert_null(parse(qc_buffer_text(&text), NULL, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.message, "10001 codes, more than the limit of 10000");
    text.length = 0;
    qc_buffer_print(&text, "codes:\n- id: %0201d\n", 7);
    expect_mistake(qc_buffer_text(&text), "2:7: the id of a code of 201 bytes, more than the limit of 200");
    text.length = 0;
    qc_buffer_print(&text, CODE "terms: t%01000d\n", 7);
    expect_mistake(qc_buffer_text(&text), "3:10: a term of 1001 bytes, more than the limit of 1000");
    text.length = 0;
    qc_buffer_print(&text, CODE "regex: t%065536d\n", 7);
    expect_mistake(qc_buffer_text(&text), "3:10: a regex of 65537 bytes, more than the limit of 65536");
    text.length = 0;
    for (int i = 0; i < 1000; i++)
        qc_buffer_print(&text, "wrong%d: x\n", i);
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_null(parse(qc_buffer_text(&text), notes, &err));
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_ERROR), 100);
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_INFO), 1);
    qcode_notes_free(notes);
    qc_buffer_clear(&text);
    char *large = calloc(1, (16 << 20) + 1);
    assert_non_null(large);
    assert_null(qcode_codebook_parse(large, (16 << 20) + 1, "b", NULL, NULL, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
    free(large);
}

static bool refuse_refusing(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    static const char text[] = "lists: {a: [$a, $b], \xC3\xA9: x}\ncodes:\n- {id: a, terms: [$c, '', $e], rules: [{x: y}, {id: 1}, "
                               "{id: 1, regex: [a, []]}], examples: {match: []}}\n- {id: a, color: x}\n";
    qcode_codebook *book = qcode_codebook_parse(text, sizeof text - 1, "b.yaml", memory, NULL, err);
    qcode_codebook_free(book);
    return !book && err->status == QCODE_INVALID;
}

static void a_refused_allocation_is_clean_among_mistakes_too(void **state)
{
    (void)state;
    refuse_each_allocation(refuse_refusing, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_mistake_is_refused_at_its_place),
        TEST(all_mistakes_are_told_in_order_and_the_first_is_the_error),
        TEST(what_is_allowed_and_probably_not_meant_is_a_warning),
        TEST(lists_that_grow_without_bound_meet_a_limit),
        TEST(limits_are_told_with_their_place),
        TEST(a_refused_allocation_is_clean_among_mistakes_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
