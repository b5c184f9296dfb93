/* Changes of YAML's text: every other byte stays. */
#include "format/yaml_edit.h"
#include "support/test.h"

#include <string.h>

typedef struct scene {
    qc_arena arena;
    const qc_yaml_node *root;
    qc_yaml_edits edits;
} scene;

static scene begin(const char *text)
{
    scene s = {.arena = qc_arena_init(NULL)};
    s.root = qc_yaml_parse(&s.arena, text, strlen(text), "t.yaml", NULL);
    assert_non_null(s.root);
    s.edits = qc_yaml_edits_init(text, strlen(text), NULL);
    return s;
}

static void end(scene *s, const char *wanted)
{
    qc_buffer out = qc_buffer_init(NULL);
    assert_true(qc_yaml_edits_apply(&s->edits, &out));
    assert_string_equal(qc_buffer_text(&out), wanted);
    qc_buffer_clear(&out);
    qc_yaml_edits_clear(&s->edits);
    qc_arena_clear(&s->arena);
}

static void a_value_is_replaced_and_every_other_byte_stays(void **state)
{
    (void)state;
    scene s = begin("# top\r\na:   1.0  # one\r\nb: {c: '2', d: \"3\"}\r\n");
    const qc_yaml_node *b = qc_yaml_get(s.root, "b");
    assert_true(qc_yaml_replace(&s.edits, qc_yaml_get(b, "d"), "30"));
    assert_true(qc_yaml_replace(&s.edits, qc_yaml_get(s.root, "a"), "1.25"));
    assert_true(qc_yaml_replace(&s.edits, qc_yaml_get(b, "c"), "20"));
    end(&s, "# top\r\na:   1.25  # one\r\nb: {c: 20, d: 30}\r\n");
}

static void a_key_goes_behind_the_first_value_that_ends_on_a_line(void **state)
{
    (void)state;
    scene s = begin("codes:\n  - terms: [x]\n    id: a  # first\n    name: A\n");
    const qc_yaml_node *code = qc_yaml_get(s.root, "codes")->first;
    assert_true(qc_yaml_add_key(&s.edits, code, "threshold", "0.5"));
    assert_true(qc_yaml_add_key(&s.edits, code, "note", "so"));
    end(&s, "codes:\n  - terms: [x]\n    id: a  # first\n    threshold: 0.5\n    note: so\n    name: A\n");
}

static void a_key_goes_before_values_that_are_all_of_many_lines(void **state)
{
    (void)state;
    scene s = begin("e:\n  - note: |\n      text\n    list: [x]\n");
    assert_true(qc_yaml_add_key(&s.edits, qc_yaml_get(s.root, "e")->first, "own", "1"));
    end(&s, "e:\n  - own: 1\n    note: |\n      text\n    list: [x]\n");
}

static void a_key_goes_into_braces(void **state)
{
    (void)state;
    scene s = begin("e: {own: 1}\nf: {}\n");
    assert_true(qc_yaml_add_key(&s.edits, qc_yaml_get(s.root, "f"), "cap", "2"));
    assert_true(qc_yaml_add_key(&s.edits, qc_yaml_get(s.root, "e"), "cap", "2"));
    end(&s, "e: {cap: 2, own: 1}\nf: {cap: 2}\n");
}

static void a_key_goes_behind_a_file_that_ends_without_a_line_end(void **state)
{
    (void)state;
    scene s = begin("a: 1\r\ne:\r\n  own: 1");
    assert_true(qc_yaml_add_key(&s.edits, qc_yaml_get(s.root, "e"), "cap", "2"));
    end(&s, "a: 1\r\ne:\r\n  own: 1\r\n  cap: 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_value_is_replaced_and_every_other_byte_stays),
        TEST(a_key_goes_behind_the_first_value_that_ends_on_a_line),
        TEST(a_key_goes_before_values_that_are_all_of_many_lines),
        TEST(a_key_goes_into_braces),
        TEST(a_key_goes_behind_a_file_that_ends_without_a_line_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
