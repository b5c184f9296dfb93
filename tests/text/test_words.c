/* Word characters and edges. */
#include "support/test.h"
#include "text/words.h"

#include <string.h>

static void letters_marks_numbers_and_the_underscore_make_words(void **state)
{
    (void)state;
    static const uint32_t word[] = {'a', 'Z', '0', '_', 0xE9, 0x301, 0x93F, 0x4F60, 0xB2, 0x2160, 0x20DD, 0x10400};
    static const uint32_t other[] = {
        ' ', '-', '\'', '.', 0x2019, 0xA0, 0x2014, 0x20AC, 0x1F600, 0x200B, 0xFEFF, 0x203F,
    };
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (!qc_is_word(word[i]))
            fail_msg("U+%04X", (unsigned)word[i]);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (qc_is_word(other[i]))
            fail_msg("U+%04X", (unsigned)other[i]);
}

static void white_space_is_the_25_of_the_standard(void **state)
{
    (void)state;
    size_t count = 0;
    for (uint32_t point = 0; point < 0x110000; point++)
        count += qc_is_space(point);
    assert_int_equal(count, 25); /* PropList.txt of Unicode 15 */
    assert_true(qc_is_space(0x85) && qc_is_space(0x3000) && qc_is_space(0x2029));
    assert_false(qc_is_space(0x200B) || qc_is_space(0x180E) || qc_is_space(0x1C));
}

static void classes_hold_beyond_ascii(void **state)
{
    (void)state;
    assert_true(qc_is_upper('Q') && qc_is_upper(0xC9) && qc_is_upper(0x1C5) && qc_is_upper(0x416));
    assert_false(qc_is_upper('q') || qc_is_upper(0xE9) || qc_is_upper(0x5D0));
    assert_true(qc_is_mark(0x301) && qc_is_mark(0x903) && qc_is_mark(0x20DD));
    assert_false(qc_is_mark('a') || qc_is_mark(0xB4));
    assert_true(qc_is_digit('7') && qc_is_digit(0x667) && qc_is_digit(0x96D));
    assert_false(qc_is_digit(0xB2) || qc_is_digit(0x2167));
}

static void an_edge_is_where_words_do_not_go_on(void **state)
{
    (void)state;
    const char *text = "at caf\u00E9s";
    assert_true(qc_word_edge_before(text, 0));
    assert_false(qc_word_edge_before(text, 1));
    assert_true(qc_word_edge_before(text, 3));
    assert_true(qc_word_edge_before(text, 2));
    assert_false(qc_word_edge_after(text, strlen(text), 6)); /* caf|e acute */
    assert_true(qc_word_edge_after(text, strlen(text), strlen(text)));
    assert_true(qc_word_edge_after(text, strlen(text), 2));
    assert_false(qc_word_edge_after("cafe\u0301", 6, 4)); /* a mark goes on */
    assert_true(qc_word_edge_after("#tag", 4, 1));        /* a term that ends in no word character */
}

static void the_arabic_and_is_a_word_of_its_own(void **state)
{
    (void)state;
    const char *and_word = "\u0648\u0645\u0639", *article = "\u0627\u0644\u0645\u0639";
    const char *inside = "\u062F\u0648\u0645\u0639";
    assert_true(qc_word_edge_before(and_word, 2));
    assert_false(qc_word_edge_before(article, 4));
    assert_false(qc_word_edge_before(inside, 4));
    assert_false(qc_word_edge_after(and_word, 6, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(letters_marks_numbers_and_the_underscore_make_words),
        TEST(white_space_is_the_25_of_the_standard),
        TEST(classes_hold_beyond_ascii),
        TEST(an_edge_is_where_words_do_not_go_on),
        TEST(the_arabic_and_is_a_word_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
