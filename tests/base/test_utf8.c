/* UTF-8, places and what is shown on a terminal. */
#include "base/place.h"
#include "base/screen.h"
#include "base/utf8.h"
#include "support/random.h"
#include "support/test.h"

#include <string.h>

static void every_character_is_put_and_read_back(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x110000; point++) {
        char bytes[4];
        size_t size = qc_utf8_put(point, bytes), at = 0, end = size;
        bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        assert_int_equal(qc_utf8_valid(bytes, size), surrogate ? 0 : size);
        if (surrogate)
            continue;
        assert_int_equal(qc_utf8_next(bytes, size, &at), point);
        assert_int_equal(at, size);
        assert_int_equal(qc_utf8_previous(bytes, &end), point);
        assert_int_equal(end, 0);
        for (size_t cut = 1; cut < size; cut++)
            assert_int_equal(qc_utf8_valid(bytes, cut), 0);
    }
}

/* All sequences of four bytes would be too many: all leads with the bounds of what may follow. */
static void sequences_outside_table_3_7_are_refused_where_they_begin(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2\x7F", "\xC2\xC0", "\xE0\x9F\x80", "\xE0\xA0\x7F",
        "\xED\xA0\x80", "\xED\xBF\xBF", "\xEF\xBF\xC0", "\xF0\x8F\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xFF", "\xFE", "\xF1\x80\x80", "\xE2\x82", "\xC3",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (size_t before = 0; before < 20; before++) { /* whatever the steps of eight bytes make of it */
            char text[64];
            memset(text, 'a', before);
            memcpy(text + before, bad[i], strlen(bad[i]));
            memset(text + before + strlen(bad[i]), 'b', 12);
            assert_int_equal(qc_utf8_valid(text, before + strlen(bad[i]) + 12), before);
            assert_int_equal(qc_utf8_valid(text, before + strlen(bad[i])), before);
        }
    }
}

static void characters_are_counted(void **state)
{
    (void)state;
    assert_int_equal(qc_utf8_count("", 0), 0);
    assert_int_equal(qc_utf8_count("na\u00EFve \U0001F600", 11), 7);
}

static void places_are_those_counted_by_hand(void **state)
{
    (void)state;
    const char *text = "na\u00EFve\n\n\U0001F600x";
    size_t length = strlen(text);
    static const struct {
        size_t byte, line, column, character;
    } places[] = {{0, 1, 1, 0}, {2, 1, 3, 2}, {4, 1, 4, 3},  {6, 1, 6, 5},
                  {7, 2, 1, 6}, {8, 3, 1, 7}, {12, 3, 2, 8}, {13, 3, 3, 9}};
    qc_walker walker = qc_walker_init(text, length);
    for (size_t pass = 0; pass < 2; pass++) { /* the second goes back to the start */
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            qcode_place walked = qc_walker_at(&walker, places[i].byte);
            qcode_place once = qc_place_of(text, length, places[i].byte);
            assert_int_equal(walked.line, places[i].line);
            assert_int_equal(walked.column, places[i].column);
            assert_int_equal(walked.character, places[i].character);
            assert_memory_equal(&walked, &once, sizeof once);
        }
    }
    qcode_place end = qc_place_of(text, length, length + 100);
    assert_int_equal(end.character, 9);
}

static void a_cut_leaves_characters_whole(void **state)
{
    (void)state;
    assert_int_equal(qc_utf8_cut("abc", 2), 2);
    assert_int_equal(qc_utf8_cut("abc", 9), 3);
    assert_int_equal(qc_utf8_cut("a\U0001F600", 4), 1);
    assert_int_equal(qc_utf8_cut("a\U0001F600", 5), 5);
    assert_int_equal(qc_utf8_cut("\u00E9", 1), 0);
}

static void a_walker_is_right_in_any_order(void **state)
{
    (void)state;
    char text[512];
    dice from = {.state = 3};
    for (int round = 0; round < 200; round++) {
        size_t length = dice_text(&from, text, sizeof text);
        qc_walker walker = qc_walker_init(text, length);
        for (int i = 0; i < 20; i++) {
            size_t byte = dice_below(&from, length + 1);
            qcode_place walked = qc_walker_at(&walker, byte), once = qc_place_of(text, length, byte);
            assert_memory_equal(&walked, &once, sizeof once);
        }
    }
}

static void assert_screened(const char *text, bool lines, const char *wanted)
{
    qc_buffer out = qc_buffer_init(NULL);
    assert_true(qc_screen(&out, text, strlen(text), lines));
    assert_string_equal(qc_buffer_text(&out), wanted);
    qc_buffer_clear(&out);
}

static void what_could_confuse_a_terminal_is_spelt_out(void **state)
{
    (void)state;
    assert_screened("\x1B[31mred\a", false, "\\x1b[31mred\\x07");
    assert_screened("a\nb\tc\rd", true, "a\nb\tc\\x0dd");
    assert_screened("a\nb", false, "a\\x0ab");
    assert_screened("x\u202Ey\u2066z\u200F\u2028", true, "x\\u{202e}y\\u{2066}z\\u{200f}\\u{2028}");
    assert_screened("c\xC2\x9B" "1m\x7F", true, "c\\x9b1m\\x7f");
    assert_screened("bad \xE9t\xE9", true, "bad \\xe9t\\xe9");
    assert_screened("na\u00EFve \U0001F600", true, "na\u00EFve \U0001F600");
    assert_screened("", true, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_character_is_put_and_read_back),
        TEST(sequences_outside_table_3_7_are_refused_where_they_begin),
        TEST(characters_are_counted),
        TEST(places_are_those_counted_by_hand),
        TEST(a_cut_leaves_characters_whole),
        TEST(a_walker_is_right_in_any_order),
        TEST(what_could_confuse_a_terminal_is_spelt_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
