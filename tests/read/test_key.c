/* Keys of names, and offset maps: what is wrong is told at its place. */
#include "model/moves.h"
#include "support/random.h"
#include "support/test.h"

#include <qcode.h>

#include <string.h>

static void mistakes_in_a_key_are_told_at_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line, column;
        const char *message;
    } cases[] = {
        {"", 1, 0, "expected a line with the names of the columns"},
        {"name\nA\n", 1, 0, "expected a column \"replacement\""},
        {"name,replacement,varients\n", 1, 18, "expected one of the columns name, replacement, variants and kind"},
        {"name,name\n", 1, 6, "the column \"name\" is there twice"},
        {"name,replacement\n", 1, 0, "the key has no names"},
        {"name,replacement\n,[A]\n", 2, 1, "the name is empty"},
        {"name,replacement\n...,[A]\n", 2, 1, "a name has a letter or a number in it"},
        {"name,replacement\nAnn,\n", 2, 5, "a replacement has a letter or a number in it"},
        {"name,replacement\nAnn,\"[A\n]\"\n", 2, 5, "a replacement has no line end and no control character in it"},
        {"name,replacement,variants\nAnn,[A],Annie||Nan\n", 2, 15, "the name is empty"},
        {"name,replacement\nAnn\n", 2, 0, "expected 2 fields, found 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qcode_error err = {.status = QCODE_OK};
        assert_null(qcode_key_parse(cases[i].text, strlen(cases[i].text), "key.csv", NULL, NULL, &err));
        assert_string_equal(err.message, cases[i].message);
        assert_int_equal(err.line, cases[i].line);
        assert_int_equal(err.column, cases[i].column);
        assert_int_equal(err.status, QCODE_INVALID);
    }
}

static bool read_key(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    static const char text[] = "name;replacement;variants;kind\nAnn;[A];Annie|Nan;person\nBob;[B];;\n";
    qcode_key *key = qcode_key_parse(text, strlen(text), "key.csv", memory, NULL, err);
    if (key)
        assert_int_equal(qcode_key_count(key), 2);
    qcode_key_free(key);
    return key;
}

#define HEAD "{\"document\":\"a\",\"old_sha256\":\"b\",\"new_sha256\":\"c\","
static const char map_text[] = HEAD "\"old_length\":20,\"new_length\":18,\"moves\":[{\"old\":[2,7],\"new\":[2,5]},"
                                    "{\"old\":[7,7],\"new\":[5,8]},{\"old\":[10,13],\"new\":[11,11]},"
                                    "{\"old\":[15,15],\"new\":[13,13]}]}\n";

static bool read_map(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_moves *moves = qcode_moves_parse(map_text, strlen(map_text), "map", memory, err);
    qcode_moves_free(moves);
    return moves;
}

static void every_failure_of_memory_is_clean(void **state)
{
    (void)state;
    refuse_each_allocation(read_key, NULL);
    refuse_each_allocation(read_map, NULL);
}

static void a_map_whose_moves_do_not_fit_is_refused(void **state)
{
    (void)state;
    static const char *const maps[] = {
        "[]",
        "{\"document\":\"a\"}",
        HEAD "\"old_length\":5,\"new_length\":6,\"moves\":[]}",
        HEAD "\"old_length\":5,\"new_length\":5,\"moves\":[{\"old\":[3,2],\"new\":[3,2]}]}",
        HEAD "\"old_length\":5,\"new_length\":5,\"moves\":[{\"old\":[3,6],\"new\":[3,6]}]}",
        HEAD "\"old_length\":5,\"new_length\":5,\"moves\":[{\"old\":[1,2],\"new\":[2,3]}]}",
        HEAD "\"old_length\":9,\"new_length\":9,\"moves\":[{\"old\":[3,4],\"new\":[3,4]},"
             "{\"old\":[1,2],\"new\":[1,2]}]}",
        HEAD "\"old_length\":9,\"new_length\":9,\"moves\":[{\"old\":[3],\"new\":[3,4]}]}",
    };
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        qcode_error err = {.status = QCODE_OK};
        if (qcode_moves_parse(maps[i], strlen(maps[i]), "map", NULL, &err))
            fail_msg("%s", maps[i]);
        assert_int_equal(err.status, QCODE_INVALID);
        assert_true(err.line == 1);
    }
}

/* old 2-7 is 2-5 now; 3 were put in there; 10-13 is gone. */
static void a_span_is_followed_through_changes_worked_out_by_hand(void **state)
{
    (void)state;
    static const struct {
        qcode_span old, now;
    } cases[] = {
        {{0, 2}, {0, 2}},   {{2, 7}, {2, 5}},    {{3, 4}, {2, 5}},   {{0, 3}, {0, 5}},   {{5, 9}, {2, 10}},
        {{7, 8}, {8, 9}},   {{9, 12}, {10, 11}}, {{9, 14}, {10, 12}}, {{12, 14}, {11, 12}}, {{13, 20}, {11, 18}},
    };
    qcode_moves *moves = qcode_moves_parse(map_text, strlen(map_text), "map", NULL, NULL);
    assert_non_null(moves);
    const qcode_moved_document *document = qcode_moves_find(moves, "b");
    assert_null(qcode_moves_find(moves, "c"));
    qcode_span now;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(qcode_moved(document, cases[i].old, &now));
        assert_int_equal(now.start, cases[i].now.start);
        assert_int_equal(now.end, cases[i].now.end);
    }
    assert_false(qcode_moved(document, (qcode_span){10, 13}, &now)); /* nothing is left of it */
    assert_false(qcode_moved(document, (qcode_span){19, 21}, &now));
    assert_false(qcode_moved(document, (qcode_span){4, 4}, &now));
    qcode_moves_free(moves);
}

/* Spans keep their order and what they hold: a span inside another stays inside it, and one apart from every move keeps
 * its length. */
static void moved_spans_keep_their_order_and_nesting(void **state)
{
    (void)state;
    dice from = {.state = 3};
    for (int round = 0; round < 2000; round++) {
        qc_move moves[8];
        size_t count = dice_below(&from, 9), old = 0, now = 0;
        for (size_t i = 0; i < count; i++) {
            size_t gap = dice_below(&from, 4) + 1, gone = dice_below(&from, 4), put = dice_below(&from, 4);
            moves[i] = (qc_move){{old + gap, old + gap + gone}, {now + gap, now + gap + put}};
            old = moves[i].old.end;
            now = moves[i].now.end;
        }
        size_t a = dice_below(&from, old + 5), b = a + dice_below(&from, 9), c = b + dice_below(&from, 9),
               d = c + dice_below(&from, 9);
        qcode_span outer = qc_moved(moves, count, (qcode_span){a, d});
        qcode_span inner = qc_moved(moves, count, (qcode_span){b, c});
        assert_true(outer.start <= outer.end && inner.start <= inner.end);
        assert_true(b == c || (outer.start <= inner.start && inner.end <= outer.end));
        bool touched = false;
        for (size_t i = 0; i < count; i++)
            touched |= moves[i].old.start <= c && moves[i].old.end >= b;
        assert_true(touched || inner.end - inner.start == c - b);
        assert_true(touched || qc_moved_from(moves, count, inner.start) == b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mistakes_in_a_key_are_told_at_their_place),
        TEST(every_failure_of_memory_is_clean),
        TEST(a_map_whose_moves_do_not_fit_is_refused),
        TEST(a_span_is_followed_through_changes_worked_out_by_hand),
        TEST(moved_spans_keep_their_order_and_nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
