/* What is probably not meant in a codebook, each told where it stands; and what is meant, of which nothing is said. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The warnings as lines "line:column: text". */
static void warnings_of(const char *text, char *told, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = qcode_codebook_parse(text, strlen(text), "b.yaml", NULL, notes, &err);
    if (!book)
        fail_msg("%zu:%zu: %s\n%s", err.line, err.column, err.message, text);
    size_t run, failed, used = 0;
    assert_true(qcode_check(book, NULL, NULL, notes, &run, &failed, &err));
    told[0] = '\0';
    for (size_t i = 0; i < qcode_notes_count(notes) && used < size; i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        if (note->kind == QCODE_NOTE_WARNING && !strstr(note->text, "no examples"))
            used += (size_t)snprintf(told + used, size - used, "%zu:%zu: %s\n", note->line, note->column, note->text);
    }
    qcode_codebook_free(book);
    qcode_notes_free(notes);
}

typedef struct expected {
    const char *book, *wanted;
} expected;

static void expect_each(const expected *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char told[4000];
        warnings_of(list[i].book, told, sizeof told);
        if (strcmp(told, list[i].wanted) != 0)
            fail_msg("%s\n--- wanted\n%s--- got\n%s", list[i].book, list[i].wanted, told);
    }
}

#define EACH(list) expect_each(list, sizeof list / sizeof *list)
#define CODE "codes:\n- id: a\n  "
#define RULES CODE "rules:\n  - "

static void needless_terms_are_found_in_every_part_of_a_rule(void **state)
{
    (void)state;
    static const expected list[] = {
        {CODE "terms: x\n  unless: [lead*, leader, LEAD*]",
         "4:19: the term \"leader\" adds nothing to \"lead*\" on line 4\n4:27: the term \"LEAD*\" is under \"unless\" already, on line 4\n"},
        {CODE "terms: x\n  ghost: [board, school board]", "4:18: the term \"school board\" adds nothing: \"board\" on line 4 stands in it\n"},
        {CODE "terms: x\n  where: {question: [who, who else]}",
         "4:27: the term \"who else\" adds nothing: \"who\" on line 4 stands in it\n"},
        {CODE "near: [[boss*, bosses], seen]", "3:18: the term \"bosses\" adds nothing to \"boss*\" on line 3\n"},
        {CODE "near: [[boss, big boss], seen]\n  within: 3 words", ""},
        {CODE "near: [[boss, big boss], seen]\n  within: turn",
         "3:17: the term \"big boss\" adds nothing: \"boss\" on line 3 stands in it\n"},
        {CODE "all: [x, [p, P]]", "3:16: the term \"P\" is under \"all\" already, on line 3\n"},
        {CODE "any: [x, xy, [x*, z]]", "3:9: the term \"x\" adds nothing to \"x*\" on line 3\n3:12: the term \"xy\" adds nothing to \"x*\" on line 3\n"},
        {CODE "all: [y]\n  not: [could, {terms: [could not]}]",
         "4:25: the term \"could not\" adds nothing: \"could\" on line 4 stands in it\n"},
        {RULES "{terms: y, unless: z}\n  - {terms: w, unless: v}\n  unless: [u*, ut]",
         "6:16: the term \"ut\" adds nothing to \"u*\" on line 6\n"},
        {"lists:\n  l: [q, q*]\ncodes:\n- {id: a, terms: $l}\n- {id: b, near: [$l, x]}", "2:7: the term \"q\" adds nothing to \"q*\" on line 2\n"},
        {"lists:\n  l: [q]\n" CODE "near: [[$l, $l], x]", "5:3: the term \"q\" comes into \"near\" twice by its lists\n"},
        {"topics: {filler: [oh, Oh]}\n" CODE "terms: x", "1:23: the term \"Oh\" is in the rule topics.filler/1 already, on line 1\n"},
    };
    EACH(list);
}

static void a_phrase_is_needless_only_where_it_adds_nothing(void **state)
{
    (void)state;
    static const expected list[] = {
        {CODE "terms: [team leader, leader]", "3:11: the term \"team leader\" adds nothing: \"leader\" on line 3 stands in it\n"},
        {CODE "terms: [multi-agency, agenc*]", "3:11: the term \"multi-agency\" adds nothing: \"agenc*\" on line 3 stands in it\n"},
        {CODE "terms: [ringleader, leader, leaderless team]", ""},
        {CODE "unit: match\n  terms: [team leader, leader]", ""},
        {CODE "terms: [team leader, leader]\nstatus: {negated: {terms: no}}", ""},
        {CODE "terms: [team leader, leader]\nevidence: {own: 1}", ""},
        {RULES "terms: [leader]\n  - terms: [team leader]", ""},
        {CODE "terms: [took * aside, 'took *']", "3:11: the term \"took * aside\" adds nothing: \"took *\" on line 3 stands in it\n"},
        {CODE "terms: [took her aside, 'took *']", ""},
    };
    EACH(list);
}

static void what_is_always_taken_back_is_found(void **state)
{
    (void)state;
    static const expected list[] = {
        {CODE "terms: [cheerleader*]\n  unless: [cheer*]",
         "3:3: the rule can never match: \"unless\" takes back all it finds, as \"cheerleader*\" by \"cheer*\" on line 4\n"},
        {CODE "terms: [leader, team leader's]\n  unless: [team]", "3:19: \"team leader's\" never counts here: \"unless\" has \"team\", on line 4\n"},
        {CODE "terms: [leader*]\n  unless: [team leader, leadership]", ""},
        {CODE "regex: ['a\\w', 'b']\n  unless: {regex: 'b'}", "3:18: \"b\" never counts here: \"unless\" has \"b\", on line 4\n"},
        {CODE "terms: [a]\n  regex: b\n  unless: [a]", "3:11: \"a\" never counts here: \"unless\" has \"a\", on line 5\n"},
        {CODE "near: [[big boss], seen]\n  unless: boss",
         "3:10: what stands here can never match: \"unless\" takes back all it finds, as \"big boss\" by \"boss\" on line 4\n"},
        {CODE "all: [boss, seen]\n  within: turn\n  unless: boss", ""},
        {CODE "terms: [x]\n  ghost: [p]\n  unless: p",
         "3:3: the rule's ghost can never match: \"unless\" takes back all it finds, as \"p\" by \"p\" on line 5\n"},
        {CODE "all: [x, [y, z]]\n  not: [y]", "3:13: \"y\" never counts here: \"not\" has \"y\", on line 4\n"},
        {CODE "all: [x, {any: [y, z]}]\n  not: [x]",
         "3:9: what stands here can never match: \"not\" takes back all it finds, as \"x\" by \"x\" on line 4\n"},
        {CODE "any: [x, y, w]\n  not: [x, y]", "3:9: what stands here can never match: \"not\" takes back all it finds, as \"x\" by \"x\" on line 4\n"
         "3:12: what stands here can never match: \"not\" takes back all it finds, as \"y\" by \"y\" on line 4\n"},
        {CODE "all: [x, {not: [y]}]\n  any: [y, z]", ""},
        {CODE "terms: MASH\n  case: exact\n  unless: mash", ""},
        {RULES "{terms: x, unless: y}\n  - {terms: z}\n  unless: z",
         "5:5: the rule can never match: \"unless\" takes back all it finds, as \"z\" by \"z\" on line 6\n"},
    };
    EACH(list);
}

static void rules_that_look_where_nothing_is_are_found(void **state)
{
    (void)state;
    static const expected list[] = {
        {CODE "terms: x\n  where: {role: interviewer}",
         "3:3: the rule can match in no interview: \"where\" asks for the role interviewer, and the scope is respondent\n"},
        {CODE "terms: x\n  scope: all\n  where: {role: interviewer}", ""},
        {CODE "terms: x\n  where: {role: [interviewer, respondent]}", ""},
        {"scope: interviewer\n" CODE "terms: x\n  where: {question: why}",
         "4:3: the rule can never match: \"where\" asks for the question that a turn answers, and the scope is interviewer\n"},
        {CODE "terms: x\n  after: b\n- id: b",
         "3:3: the code \"b\", to which the rule refers, has no rules of its own and so no matches\n"},
        {CODE "all: [x, {code: b}]\n- {id: b, scope: interviewer, terms: y}",
         "3:3: the code \"b\", to which the rule refers, looks at what the interviewer says, and this one never does\n"},
        {RULES "{terms: x, weight: 0}\nevidence: {own: 1}", "4:5: the rule weighs nothing: what it finds changes no score\n"},
    };
    EACH(list);
}

static void what_is_there_twice_is_found(void **state)
{
    (void)state;
    static const expected list[] = {
        {RULES "near: [x, y]\n  - near: [x, y]", "5:5: the rule is the same as a/1 on line 4\n"},
        {RULES "{near: [x, y], within: turn}\n  - near: [x, y]", ""},
        {RULES "regex: 'x'\n  - {regex: [y, x], case: exact}\n  - regex: [z, x]", "6:16: the regex is in the rule a/1 already, on line 4\n"},
        {CODE "terms: x\n  codes: [{id: b, terms: y}]\nthemes: [{id: t, codes: [b, a, b]}]",
         "5:10: the code \"b\" is in the theme \"t\" twice\n5:10: the code \"b\" is in the theme \"t\" already, under \"a\"\n"
         "5:10: the code \"b\" is in the theme \"t\" already, under \"a\"\n"},
    };
    EACH(list);
}

static void regexes_that_may_run_for_ever_are_found(void **state)
{
    (void)state;
#define EVER                                                                                                             \
    "what is repeated here can match the same words in ever so many ways, which a long turn may not end: let its "       \
    "repetitions differ in how they begin, or write ++ or *+\n"
    static const expected list[] = {
        {CODE "regex: 'so (?:\\w+\\s?)+\\.'", "3:14: " EVER},
        {CODE "terms: x\n  unless: {regex: '(a|a)*b'}", "4:20: " EVER},
        {CODE "near: [x, {regex: '(a+)+b'}]", "3:22: " EVER},
        {CODE "regex: '\\bsaw (?:\\w+ ){0,4}out\\b'", ""},
    };
    EACH(list);
}


static bool check_refusing(const qcode_memory *memory, void *user, qcode_error *err)
{
    size_t run, failed;
    return qcode_check(user, NULL, memory, NULL, &run, &failed, err);
}

static void a_refused_allocation_is_clean(void **state)
{
    (void)state;
    static const char text[] = CODE "rules:\n  - {all: [x, [y, z y]], not: [w, w], unless: {regex: '(a+)+b'}}\n"
                                    "  - regex: [b, b]\nthemes: [{id: t, codes: a}]\n";
    qcode_codebook *book = qcode_codebook_parse(text, sizeof text - 1, "b", NULL, NULL, NULL);
    assert_non_null(book);
    refuse_each_allocation(check_refusing, book);
    qcode_codebook_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(needless_terms_are_found_in_every_part_of_a_rule),
        TEST(a_phrase_is_needless_only_where_it_adds_nothing),
        TEST(what_is_always_taken_back_is_found),
        TEST(rules_that_look_where_nothing_is_are_found),
        TEST(what_is_there_twice_is_found),
        TEST(regexes_that_may_run_for_ever_are_found),
        TEST(a_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
