/* The YAML tree: what is in it, where it stands, and what is refused where. */
#include "base/buffer.h"
#include "base/bytes.h"
#include "format/yaml.h"
#include "support/random.h"
#include "support/test.h"

#include <qcode/error.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The tree as one line: {key: text, key: [text, text]}. */
static void show(const qc_yaml_node *node, char *out, size_t size)
{
    const qc_yaml_node *child = node->first;
    size_t used = strlen(out);
    if (node->kind == QC_YAML_SCALAR) {
        snprintf(out + used, size - used, "%s%s%s", node->quoted ? "'" : "", node->text, node->quoted ? "'" : "");
        return;
    }
    snprintf(out + used, size - used, "%s", node->kind == QC_YAML_LIST ? "[" : "{");
    for (; child; child = child->next) {
        used = strlen(out);
        snprintf(out + used, size - used, "%s%s%s", child == node->first ? "" : ", ", child->key ? child->key : "",
                 child->key ? ": " : "");
        show(child, out, size);
    }
    used = strlen(out);
    snprintf(out + used, size - used, "%s", node->kind == QC_YAML_LIST ? "]" : "}");
}

static void expect_tree(const char *text, const char *tree)
{
    qc_arena arena = qc_arena_init(NULL);
    qcode_error err = {.status = QCODE_OK};
    const qc_yaml_node *root = qc_yaml_parse(&arena, text, strlen(text), "t.yaml", &err);
    if (!root)
        fail_msg("%s:%zu:%zu: %s", text, err.line, err.column, err.message);
    char shown[1000] = "";
    show(root, shown, sizeof shown);
    assert_string_equal(shown, tree);
    qc_arena_clear(&arena);
}

static void expect_refusal(const char *text, size_t length, const char *wanted)
{
    qc_arena arena = qc_arena_init(NULL);
    qcode_error err = {.status = QCODE_OK};
    char said[700];
    if (qc_yaml_parse(&arena, text, length, "", &err))
        fail_msg("taken: %s", text);
    snprintf(said, sizeof said, "%zu:%zu: %s", err.line, err.column, err.message);
    if (strncmp(said, wanted, strlen(wanted)) != 0)
        fail_msg("%.300s\n  wanted %s\n  got    %s", text, wanted, said);
    qc_arena_clear(&arena);
}

static void every_scalar_is_the_text_as_it_was_written(void **state)
{
    (void)state;
    expect_tree("{a: no, b: 1.0, c: 010, d: ~, e: 12:30:45, f: 2026-01-01, g: '', h: }",
                "{a: no, b: 1.0, c: 010, d: ~, e: 12:30:45, f: 2026-01-01, g: '', h: }");
    expect_tree("a: |\n  one\n   two\n\nb: >-\n  x\n  y\n", "{a: 'one\n two\n', b: 'x y'}");
    expect_tree("a: \"x\\u00e9\\\n   y\"\r\nb:\r\n- c\r\n- [d, {e: f}]\r\n", "{a: 'x\xC3\xA9y', b: [c, [d, {e: f}]]}");
    expect_tree("\xEF\xBB\xBF# a mark\na: b # c\n...\n", "{a: b}");
    expect_tree("%YAML 1.1\n---\n- a\n", "[a]");
}

static void nodes_know_their_lines_and_columns_in_characters(void **state)
{
    (void)state;
    const char *text = "\xEF\xBB\xBFk\xC3\xA9: [\xE2\x82\xAC, 'b']\r\nx:\r\n  - \xF0\x9F\x98\x80 y: z\r\n";
    qc_arena arena = qc_arena_init(NULL);
    const qc_yaml_node *root = qc_yaml_parse(&arena, text, strlen(text), "t", NULL);
    assert_non_null(root);
    const qc_yaml_node *list = root->first, *b = list->first->next;
    assert_int_equal(list->key_line, 1);
    assert_int_equal(list->key_column, 1);
    assert_int_equal(list->column, 5);
    assert_int_equal(b->column, 9);
    assert_memory_equal(text + b->source_start, "'b'", 3);
    assert_int_equal(b->source_end - b->source_start, 3);
    const qc_yaml_node *z = qc_yaml_get(root, "x")->first->first;
    assert_int_equal(z->key_line, 3);
    assert_int_equal(z->key_column, 5);
    assert_int_equal(z->column, 10);
    assert_null(qc_yaml_get(root, "y"));
    qc_arena_clear(&arena);
}

static void what_codebooks_do_without_is_refused_at_its_place(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a: &x b", "1:4: anchors are not supported"},
        {"a: [*ship*, b]", "1:5: aliases are not supported; text that begins with * must stand in single quotes"},
        {"a: *b", "1:4: aliases are not supported"},
        {"a: !!str b", "1:4: tags are not supported"},
        {"a: ! b", "1:4: tags are not supported"},
        {"a: !e!x b", "1:4: tags are not supported"},
        {"%TAG ! tag:x,2000:\n---\na: b", "1:1: tags are not supported"},
        {"<<: {a: b}", "1:1: merge keys"},
        {"a: b\n---\nc: d\n", "2:1: a second document"},
        {"a: b\n...\nc: d\n", "3:1: text behind the end of the document"},
        {"a: 1\nb: 2\n\"a\": 3\nb: 4\n", "3:1: the key \"a\" stands in this map already, on line 1"},
        {"x: {\xC3\xA9: 1, \xC3\xA9: 2}\n", "1:11: the key \"\xC3\xA9\" stands in this map already, on line 1"},
        {"? [a]\n: b\n", "1:3: a list or map where a key is expected"},
        {"a: \"x\\0\"", "1:4: text with an escaped NUL"},
        {"", "1:1: an empty file"},
        {"# nothing\n", "1:1: an empty file"},
        {"\xEF\xBB\xBF", "1:1: an empty file"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_refusal(cases[i][0], strlen(cases[i][0]), cases[i][1]);
}

static void mistakes_are_blamed_where_they_were_made(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a: x\nb: 'open\nc: d\n", "2:4: a quote that is never closed"},
        {"a: x\nb: \"open\nc: d\n", "2:4: a quote that is never closed"},
        {"a: 'x\nb: c\nd: 'e'\n", "1:4: a quote that is closed only on line 3"},
        {"a:\n - \"b: c\n - d: e\"f: g\n", "2:4: a quote that is closed only on line 3"},
        {"a: ['b, c]\nd: ['e']\n", "1:5: a quote that is closed only on line 2"},
        {"a: 'it's'", "1:8: text behind a closing quote"},
        {"a: \"\\d+\"", "1:5: a wrong escape in \"...\"; use single quotes"},
        {"a: \"\\xg0\"", "1:5: a wrong escape"},
        {"a: \"\\ud800\"", "1:5: a wrong escape"},
        {"a:\n\tb: c\n", "2:1: a tab"},
        {"a:\n  \tb: c\n", "2:3: a tab"},
        {"a: x\n \tb: c\n", "2:2: a tab"},
        {"a: |\n\tb\n", "2:1: a tab"},
        {"a: @b", "1:4: text that begins with this character must stand in single quotes"},
        {"a: `b", "1:4: text that begins with this character"},
        {"a: %b", "1:4: text that begins with this character"},
        {"a: b: c", "1:5: a key cannot stand here"},
        {"a: b\n c: d", "2:3: a key cannot stand here"},
        {"a: [b, c\nd: [e]\n", "1:4: a bracket that is never closed"},
        {"a: {b: c\n", "1:4: a bracket that is never closed"},
        {"a: [b,\n  'c' 'd']\n", "2:7: expected \",\" or \"]\""},
        {"a: [b,\n  {c: d} e]\n", "2:10: expected \",\" or \"]\""},
        {"a: >x\n b", "1:5: only the end of the line may follow | or >"},
        {"- a\nb: c", "2:1: expected one more \"- \""},
        {"a: - b", "1:4: a list item cannot stand here"},
        {"a: b\nc\n", "2:1: a key without its \":\""},
        {"a: ]", "1:4: expected text, a list or a map"},
        {"a: b\x01", "1:5: U+0001 is a control character"},
        {"a: \xC2\x85", "1:4: U+0085 is a line end to some readers"},
        {"a: \xE2\x80\xA8", "1:4: U+2028 is a line end to some readers"},
        {"a: \xEF\xBB\xBF", "1:4: U+FEFF cannot stand here"},
        {"a: \xC3\xA9\xE9!", "1:5: bytes that are no character; expected UTF-8"},
        {"\xFF\xFE" "a", "1:1: this looks like UTF-16; expected UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_refusal(cases[i][0], strlen(cases[i][0]), cases[i][1]);
    expect_refusal("a: b\0c", 6, "1:5: U+0000 is a control character");
}

static void depth_and_number_are_limited(void **state)
{
    (void)state;
    char deep[200];
    memset(deep, '[', sizeof deep);
    expect_refusal(deep, sizeof deep, "1:65: lists and maps nested too deep");
    size_t size = 2 * QC_YAML_MOST_NODES + 4;
    char *wide = malloc(size);
    assert_non_null(wide);
    for (size_t i = 0; i < size; i++)
        wide[i] = i % 2 ? 'a' : ',';
    wide[0] = '[';
    expect_refusal(wide, size, "1:1000000: more than the limit of 500000 items");
    free(wide);
}

/* The place of byte `offset` of the one scalar in a list of one. */
static void expect_place(const char *text, size_t offset, size_t line, size_t column)
{
    qc_arena arena = qc_arena_init(NULL);
    qcode_error err = {.status = QCODE_OK};
    const qc_yaml_node *root = qc_yaml_parse(&arena, text, strlen(text), "t", &err);
    assert_non_null(root);
    size_t got_line, got_column;
    qc_yaml_place(text, strlen(text), root->first, offset, &got_line, &got_column);
    if (got_line != line || got_column != column)
        fail_msg("%s at %zu: wanted %zu:%zu, got %zu:%zu", text, offset, line, column, got_line, got_column);
    qc_arena_clear(&arena);
}

static void a_place_is_exact_inside_quotes_escapes_and_folds(void **state)
{
    (void)state;
    expect_place("- abc", 2, 1, 5);
    expect_place("- abc", 3, 1, 6);
    expect_place("- 'a''b'", 2, 1, 7);
    expect_place("- '\xC3\xA9x'", 2, 1, 5);
    expect_place("- '\xC3\xA9x'", 1, 1, 4);
    expect_place("- \"\\u00e9\\tb\"", 3, 1, 12);
    expect_place("- \"\\u00e9\\tb\"", 2, 1, 10);
    expect_place("- \"\\N\\Lb\"", 5, 1, 8);
    expect_place("- 'a  b\n\n   c'", 4, 1, 8);
    expect_place("- 'a  b\n\n   c'", 5, 3, 4);
    expect_place("- a\n  b\n\n\n  c", 2, 2, 3);
    expect_place("- a\n  b\n\n\n  c", 5, 5, 3);
    expect_place("- \"a\\\r\n   b c\"", 1, 2, 4);
    expect_place("- |2 # c\n   a\n  b \n  c\n", 1, 2, 4);
    expect_place("- |\n  a\n  b \n  c\n", 2, 3, 3);
    expect_place("- |\n  a\n  b \n  c\n", 3, 3, 4);
    expect_place("- |\n  a\n  b \n  c\n", 5, 4, 3);
    expect_place("- |\r\n  a\r\n  b\r\n", 2, 3, 3);
    expect_place("- >\n  a\n  b\n\n  c\n", 2, 3, 3);
    expect_place("- >\n  a\n  b\n\n  c\n", 4, 5, 3);
}

/* Scalars of random letters, white space, quotes and escapes, in each style: what is no white space is found again. */
static void places_of_random_scalars_hold_the_same_characters(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "b", " ", "  ", "\n  ", "\n\n  ", "\xC3\xA9", "\xF0\x9F\x98\x80", " \n   "};
    static const char *const heads[] = {"- ", "- '", "- \"", "- |\n  ", "- >\n  ", "- |-\n  ", "- >+\n  "};
    srand(7);
    size_t looked_at = 0;
    for (int round = 0; round < 20000; round++) {
        char text[500];
        size_t style = (size_t)rand() % 7;
        strcpy(text, heads[style]);
        for (int n = 1 + rand() % 12; n; n--) {
            int which = rand() % 14;
            strcat(text, which < 9                 ? pieces[which]
                         : style == 1 && which < 11 ? "''"
                         : style == 2               ? (const char *const[]){"\\\\", "\\x41", "\\u00e9", "\\\n   ", "\\n"}[which - 9]
                                                    : "c");
        }
        strcat(text, style == 1 ? "'\n" : style == 2 ? "\"\n" : "\n");
        qc_arena arena = qc_arena_init(NULL);
        const qc_yaml_node *root = qc_yaml_parse(&arena, text, strlen(text), "t", NULL);
        const qc_yaml_node *node = root && root->count == 1 ? root->first : NULL;
        for (size_t i = 0; node && i < node->length; i++) {
            unsigned char byte = (unsigned char)node->text[i];
            if (byte == ' ' || byte == '\n' || (byte & 0xC0) == 0x80)
                continue;
            size_t line, column, at = 0;
            qc_yaml_place(text, strlen(text), node, i, &line, &column);
            for (; line > 1; line--)
                at = (size_t)(strchr(text + at, '\n') - text) + 1;
            for (; column > 1; column--)
                for (at++; ((unsigned char)text[at] & 0xC0) == 0x80;)
                    at++;
            looked_at++;
            if ((unsigned char)text[at] != byte && !(style == 2 && text[at] == '\\'))
                fail_msg("byte %zu of\n%s\nis placed at byte %zu", i, text, at);
        }
        qc_arena_clear(&arena);
    }
    assert_true(looked_at > 20000);
}

static void hostile_codebooks_are_refused_where_the_list_says(void **state)
{
    (void)state;
    static const struct {
        const char *file, *said;
    } cases[] = {
        {"alias-bomb", "1:4: anchors"}, {"bad-utf8", "4:14: bytes that are no character"},
        {"deep-flow", "1:67: lists and maps nested too deep"}, {"documents", "8:1: a second document"},
        {"empty", "1:1: an empty file"}, {"flow-pairs", "1:5: a list or map where a key is expected"},
        {"key-twice", "5:5: the key \"name\" stands in this map already, on line 4"}, {"merge", "1:7: anchors"},
        {"nul", "4:14: U+0000"}, {"quote-open", "9:12: a quote that is never closed"},
        {"regex-traps", "7:13: a wrong escape in \"...\"; use single quotes"}, {"tab", "4:1: a tab"},
        {"tag", "8:9: tags are not supported"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[100];
        snprintf(name, sizeof name, "hostile/codebooks/%s.yaml", cases[i].file);
        NEED_SHARED(path, name);
        qc_bytes bytes;
        assert_true(qc_bytes_read(path, 1 << 20, NULL, &bytes, NULL));
        expect_refusal((const char *)bytes.data, bytes.length, cases[i].said);
        qc_bytes_clear(&bytes);
    }
}

static bool parse_once(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    static const char text[] = "a: [b, 'c', {d: e, f: g}]\nh: |\n  i\nj: k\n";
    qc_arena arena = qc_arena_init(memory);
    bool done = qc_yaml_parse(&arena, text, sizeof text - 1, "t", err) != NULL;
    qc_arena_clear(&arena);
    return done;
}

static void a_refused_allocation_is_clean(void **state)
{
    (void)state;
    refuse_each_allocation(parse_once, NULL);
}

static void random_bytes_never_crash_and_always_get_a_place(void **state)
{
    (void)state;
    static const char alphabet[] = "ab:,-[]{}'\"|>?&*!%@#~ \n\n  \t\\u0x\r\xC3\xA9";
    srand(11);
    for (int round = 0; round < 20000; round++) {
        char text[60];
        size_t length = (size_t)rand() % sizeof text;
        for (size_t i = 0; i < length; i++)
            text[i] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        qc_arena arena = qc_arena_init(NULL);
        qcode_error err = {.status = QCODE_OK};
        if (!qc_yaml_parse(&arena, text, length, "t", &err) && (!err.line || !err.column || !err.message[0]))
            fail_msg("refused without a place: %.*s", (int)length, text);
        qc_arena_clear(&arena);
    }
}

/* Everything that is known of a node, its children in brackets. */
static void show_all(const qc_yaml_node *node, qc_buffer *out)
{
    qc_buffer_print(out, "%d %zu:%zu %s %zu:%zu <%.*s> %d %zu [%zu,%zu)", (int)node->kind, node->line, node->column,
                    node->key ? node->key : "", node->key ? node->key_line : 0, node->key ? node->key_column : 0,
                    (int)node->length, node->text, node->quoted, node->count, node->source_start, node->source_end);
    qc_buffer_string(out, "(");
    for (const qc_yaml_node *child = node->first; child; child = child->next)
        show_all(child, out);
    qc_buffer_string(out, ")\n");
}

static void show_file(const char *text, size_t length, qc_buffer *out)
{
    qc_arena arena = qc_arena_init(NULL);
    qcode_error err = {.status = QCODE_OK};
    const qc_yaml_node *root = qc_yaml_parse(&arena, text, length, "t.yaml", &err);
    out->length = 0;
    if (root)
        show_all(root, out);
    else
        qc_buffer_print(out, "%zu:%zu: %s", err.line, err.column, err.message);
    qc_arena_clear(&arena);
}

/* A file of lists; `behind` stands behind each: a comment there keeps a list from being cut out. */
static void make_lists(qc_buffer *out, uint64_t seed, const char *behind)
{
    static const char *const items[] = {"a", "b c", "\"d, e\"", "'f'", "caf\303\251", "'it''s'", "x*", "g?", "*y", "\"\\n\"",
                                        "[h]", "i: j", "-k", "\303\251", "\"\"", "$list", "~stem", "l  m", "i'd", "#", "n\n  o"};
    static const char *const parts[] = {", ", ", ", ", ", ",", ",\n    ", " ,  ", ", \n\n  ", " "};
    static const char *const heads[] = {"key: [", "  - [", "- x: [", "key:\n  [", "k: {a: ["};
    dice d = {seed};
    out->length = 0;
    for (size_t lists = 1 + dice_below(&d, 3); lists; lists--) {
        bool plain = dice_below(&d, 4) > 0;
        if (plain)
            qc_buffer_print(out, "key%zu: [", lists);
        else
            qc_buffer_string(out, heads[dice_below(&d, sizeof heads / sizeof *heads)]);
        for (size_t count = dice_below(&d, 5); count; count--) {
            qc_buffer_string(out, items[dice_below(&d, plain ? 5 : sizeof items / sizeof *items)]);
            if (count > 1)
                qc_buffer_string(out, parts[dice_below(&d, plain ? 6 : sizeof parts / sizeof *parts)]);
        }
        qc_buffer_string(out, dice_below(&d, 12) ? "]" : ",]");
        qc_buffer_print(out, "%s\n", behind);
    }
}

static void what_looks_like_a_list_inside_a_text_stays_text(void **state)
{
    (void)state;
    expect_tree("more: >-\n  text: [a, b]\nkey: [c, d]\n", "{more: 'text: [a, b]', key: [c, d]}");
    expect_tree("more: \"text: [a, b]\n  e\"\nkey: [c, d]\n", "{more: 'text: [a, b] e', key: [c, d]}");
    expect_tree("more: plain\n  - [a, b]\n  e\nkey: [c, d]\n", "{more: plain - [a, b] e, key: [c, d]}");
    expect_tree("key: [c, d]\nmore: |\n  - [a,\n  b]\n", "{key: [c, d], more: '- [a,\nb]\n'}");
    expect_tree("# key: [a, b]\nkey: [c, d]\n", "{key: [c, d]}");
}

static void lists_of_simple_texts_are_read_as_libyaml_reads_them(void **state)
{
    (void)state;
    qc_buffer cut = qc_buffer_init(NULL), whole = qc_buffer_init(NULL), one = cut, two = cut;
    size_t read = 0;
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        make_lists(&cut, seed, "  ");
        make_lists(&whole, seed, " #");
        show_file(cut.data, cut.length, &one);
        show_file(whole.data, whole.length, &two);
        if (one.length != two.length || memcmp(one.data, two.data, one.length) != 0)
            fail_msg("%.*s\nread as\n%.*s\nnot as\n%.*s", (int)cut.length, cut.data, (int)one.length, one.data,
                     (int)two.length, two.data);
        read += one.data[one.length - 1] == '\n';
    }
    assert_in_range(read, 2000, 19000); /* some are right, some are wrong */
    qc_buffer *const all[] = {&cut, &whole, &one, &two};
    for (size_t i = 0; i < 4; i++)
        qc_buffer_clear(all[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_scalar_is_the_text_as_it_was_written),
        TEST(nodes_know_their_lines_and_columns_in_characters),
        TEST(what_codebooks_do_without_is_refused_at_its_place),
        TEST(mistakes_are_blamed_where_they_were_made),
        TEST(depth_and_number_are_limited),
        TEST(a_place_is_exact_inside_quotes_escapes_and_folds),
        TEST(places_of_random_scalars_hold_the_same_characters),
        TEST(hostile_codebooks_are_refused_where_the_list_says),
        TEST(a_refused_allocation_is_clean),
        TEST(random_bytes_never_crash_and_always_get_a_place),
        TEST(what_looks_like_a_list_inside_a_text_stays_text),
        TEST(lists_of_simple_texts_are_read_as_libyaml_reads_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
