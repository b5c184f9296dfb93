/* Looking a codebook over: warnings, and examples that must come out as they say. */
#include "base/utf8.h"
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Checks the text; what is told as lines "kind line:column: text", and then "run/failed". */
static char *check(const char *text, char *told, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = qcode_codebook_parse(text, strlen(text), "b.yaml", NULL, notes, &err);
    if (!book)
        fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
    size_t run, failed, used = 0;
    bool done = qcode_check(book, NULL, NULL, notes, &run, &failed, &err);
    told[0] = '\0';
    for (size_t i = 0; i < qcode_notes_count(notes) && used < size; i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        used += (size_t)snprintf(told + used, size - used, "%s %zu:%zu: %s\n", qcode_note_kind_name(note->kind), note->line,
                                 note->column, note->text);
    }
    if (done)
        snprintf(told + used, size - used, "%zu/%zu", run, failed);
    else
        snprintf(told + used, size - used, "stopped: %s", err.message);
    qcode_codebook_free(book);
    qcode_notes_free(notes);
    return told;
}

static void expect(const char *text, const char *wanted)
{
    char told[4000];
    assert_string_equal(check(text, told, sizeof told), wanted);
}

static void examples_that_come_out_as_they_say_are_counted(void **state)
{
    (void)state;
    expect("codes:\n"
           "- id: lead\n"
           "  terms: [leader*, led from the front]\n"
           "  unless: [cheerleader*]\n"
           "  examples:\n"
           "    match: [A leader., 'P1: They LED from the front', \"One\\nleader\\n\\nmore\"]\n"
           "    no_match: [Nobody., The cheerleaders., misled]\n",
           "6/0");
}

static void an_example_that_fails_says_what_matched_or_what_took_it_back(void **state)
{
    (void)state;
    expect("codes:\n"
           "- id: lead\n"
           "  rules:\n"
           "  - terms: chief\n"
           "  - id: words\n"
           "    terms: leader*\n"
           "    unless: 'no leader'\n"
           "  examples:\n"
           "    match:\n"
           "    - A boss.\n"
           "    - He is no leader.\n"
           "    no_match: [Our Leadership.]\n",
           "error 10:7: the code \"lead\" should match, but none of its rules does\n"
           "error 11:7: the code \"lead\" should match, but \"unless\" of lead/words takes back \"leader\"\n"
           "error 12:16: the code \"lead\" should not match, but lead/words matched \"Leadership\"\n"
           "3/3");
}

static void scope_and_unit_do_not_matter_to_examples(void **state)
{
    (void)state;
    expect("codes:\n"
           "- {id: a, terms: x, scope: interviewer, unit: document, examples: {match: 'an x', no_match: 'a y'}}\n"
           "- {id: b, regex: 'x\\b', scope: respondent, unit: match, examples: {match: 'an x', no_match: 'a y'}}\n",
           "4/0");
}

static void what_is_probably_not_meant_is_warned_of(void **state)
{
    (void)state;
    expect("lists:\n"
           "  spare: [x]\n"
           "  used: [a, b]\n"
           "codes:\n"
           "- id: hand\n"
           "- id: bare\n"
           "  terms: $used\n"
           "- id: none\n"
           "  regex: 'x*'\n"
           "  examples: {match: xx}\n",
           "warning 9:11: the regex can match no characters at all; such matches are passed over\n"
           "warning 2:3: the list \"spare\" is used nowhere\n"
           "info 5:7: the code \"hand\" has no rules: it is coded by hand alone\n"
           "warning 6:7: the code \"bare\" has no examples; they would show what its rules are for\n"
           "1/0");
}

#define EXAMPLE "\n  examples: {no_match: zzz}\n"

static void terms_that_add_nothing_are_warned_of(void **state)
{
    (void)state;
    expect("codes:\n- id: a\n  terms: [leader*, leaders, leader, 'leader?', \"Leader\\u2019s\", cheerleader, leaders*, 'leader of men']" EXAMPLE,
           "warning 3:20: the term \"leaders\" adds nothing to \"leader*\" on line 3\n"
           "warning 3:29: the term \"leader\" adds nothing to \"leader*\" on line 3\n"
           "warning 3:37: the term \"leader?\" adds nothing to \"leader*\" on line 3\n"
           "warning 3:78: the term \"leaders*\" adds nothing to \"leader*\" on line 3\n"
           "warning 3:88: the term \"leader of men\" adds nothing: \"leader\" on line 3 stands in it\n"
           "1/0");
    expect("codes:\n- id: a\n  terms: ['woman*', womanly, '\xC3\xA9t\xC3\xA9*', \"E\\u0301T\xC3\x89s\"]" EXAMPLE,
           "warning 3:21: the term \"womanly\" adds nothing to \"woman*\" on line 3\n"
           "warning 3:38: the term \"E\xCC\x81T\xC3\x89s\" adds nothing to \"\xC3\xA9t\xC3\xA9*\" on line 3\n"
           "1/0");
}

static void terms_that_are_there_twice_are_warned_of(void **state)
{
    (void)state;
    expect("codes:\n"
           "- id: a\n"
           "  rules:\n"
           "  - terms: [Lead, multi-agency]\n"
           "  - terms: [lead, \"multi\\u2010agency\", 'led  out', led out]\n"
           "  - {terms: Lead, case: exact}\n"
           "- {id: b, terms: lead, examples: {match: lead}}\n",
           "warning 2:7: the code \"a\" has no examples; they would show what its rules are for\n"
           "warning 5:13: the term \"lead\" is in the rule a/1 already, on line 4\n"
           "warning 5:19: the term \"multi\xE2\x80\x90" "agency\" is in the rule a/1 already, on line 4\n"
           "warning 5:52: the term \"led out\" is in the rule a/2 already, on line 5\n"
           "1/0");
    expect("lists:\n  x: [p, $y]\n  y: [q]\ncodes:\n- id: a\n  rules:\n  - terms: [$x, $y]\n  - terms: $y" EXAMPLE,
           "warning 7:5: the term \"q\" comes into the rule a/1 twice by its lists\n1/0");
}

static void a_long_term_is_cut_between_characters(void **state)
{
    (void)state;
    char text[600], told[2000];
    size_t used = (size_t)sprintf(text, "codes:\n- {id: a, examples: {match: b}, terms: [b, x");
    for (int i = 0; i < 60; i++)
        used += (size_t)sprintf(text + used, "\xC3\xA9");
    sprintf(text + used, ", x*]}\n");
    check(text, told, sizeof told);
    assert_int_equal(qc_utf8_valid(told, strlen(told)), strlen(told));
    assert_non_null(strstr(told, "\xC3\xA9\" adds nothing to \"x*\" on line 2"));
}

static void a_regex_that_does_not_compile_stops_the_check(void **state)
{
    (void)state;
    char told[2000];
    check("codes:\n- id: a\n  regex: ['(', ')', ok]\n", told, sizeof told);
    assert_non_null(strstr(told, "error 3:13: the regex does not compile"));
    assert_non_null(strstr(told, "error 3:17: the regex does not compile"));
    assert_non_null(strstr(told, "stopped: the regex does not compile"));
}

static void warnings_about_terms_have_an_end(void **state)
{
    (void)state;
    char *text = malloc(100000);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, "codes:\n- id: a\n  examples: {match: t1}\n  terms: ['t*'");
    for (int i = 0; i < 3000; i++)
        used += (size_t)sprintf(text + used, ", t%d", i);
    sprintf(text + used, "]\n");
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = qcode_codebook_parse(text, strlen(text), "b", NULL, notes, NULL);
    size_t run, failed;
    assert_true(qcode_check(book, NULL, NULL, notes, &run, &failed, NULL));
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_WARNING), 1000);
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_INFO), 1);
    qcode_codebook_free(book);
    qcode_notes_free(notes);
    free(text);
}

static void the_shipped_codebook_passes_its_own_examples(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = qcode_codebook_read(in_repository("codebooks/eight-indicators.yaml"), NULL, notes, &err);
    assert_non_null(book);
    size_t run, failed;
    assert_true(qcode_check(book, NULL, NULL, notes, &run, &failed, &err));
    for (size_t i = 0; i < qcode_notes_count(notes); i++)
        print_message("%zu:%zu: %s\n", qcode_notes_at(notes, i)->line, qcode_notes_at(notes, i)->column,
                      qcode_notes_at(notes, i)->text);
    assert_int_equal(qcode_notes_count(notes), 0);
    assert_int_equal(failed, 0);
    assert_true(run >= 2 * qcode_codebook_count(book));
    qcode_codebook_free(book);
    qcode_notes_free(notes);
}

static bool check_refusing(const qcode_memory *memory, void *user, qcode_error *err)
{
    size_t run, failed;
    const qcode_codebook *book = user;
    return qcode_check(book, NULL, memory, NULL, &run, &failed, err) && run == 2;
}

static void a_refused_allocation_is_clean(void **state)
{
    (void)state;
    static const char text[] = "codes:\n- {id: a, terms: [x, y*, yy], regex: 'z+', unless: w, examples: {match: x, no_match: q}}\n";
    qcode_codebook *book = qcode_codebook_parse(text, sizeof text - 1, "b", NULL, NULL, NULL);
    assert_non_null(book);
    refuse_each_allocation(check_refusing, book);
    qcode_codebook_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(examples_that_come_out_as_they_say_are_counted),
        TEST(an_example_that_fails_says_what_matched_or_what_took_it_back),
        TEST(scope_and_unit_do_not_matter_to_examples),
        TEST(what_is_probably_not_meant_is_warned_of),
        TEST(terms_that_add_nothing_are_warned_of),
        TEST(terms_that_are_there_twice_are_warned_of),
        TEST(a_long_term_is_cut_between_characters),
        TEST(a_regex_that_does_not_compile_stops_the_check),
        TEST(warnings_about_terms_have_an_end),
        TEST(the_shipped_codebook_passes_its_own_examples),
        TEST(a_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
