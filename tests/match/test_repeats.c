/* Regexes that repeat what repeats: those that can part the same words in ever so many ways are told from the others. */
#include "match/repeats.h"
#include "support/random.h"
#include "support/test.h"

#include <string.h>

static bool explodes(const char *regex, bool caseless, size_t *offset)
{
    bool found = false;
    assert_true(qc_repeats_explode(regex, strlen(regex), caseless, NULL, &found, offset));
    return found;
}

static void loops_that_can_be_parted_anywhere_are_found_where_they_begin(void **state)
{
    (void)state;
    static const struct {
        const char *regex;
        size_t offset;
    } list[] = {
        {"(a+)+b", 0},           {"(?:\\w+\\s?)*x", 0},        {"x(?:\\w*)*\\d", 1},         {"(a|a)*b", 0},
        {"(?:a|[ab])+$", 0},     {"(?:\\d|\\w)*!", 0},         {"(?:(?:ab)+)+c", 0},         {"(?:x(?:a+|b)*)?(?:a*)*z", 4},
        {"(?:a\\w+)*!", 0},      {"(?<n>[a-z]+,?)+;", 0},      {"(?:[^x]+y?){2,}x", 0},      {"(?:(?:\\w+)?-?)*\\.", 0},
        {"(?:a+){1,40}b", 0},    {"(?=(?:a+)+b)c", 3},         {"\\b(?:[[:alpha:]]+ ?)+\\.", 2},
        {"(?:\xC3\xA9+)+x", 0},  {"(?:.+\\n?)+x", 0},          {"(?:\\w+\\s*)+\\bend\\b", 0},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        size_t offset = 999;
        if (!explodes(list[i].regex, true, &offset) || offset != list[i].offset)
            fail_msg("%s: %zu", list[i].regex, offset);
    }
}

static void loops_that_are_parted_in_one_way_are_not(void **state)
{
    (void)state;
    static const char *const list[] = {
        "\\bsaw (?:\\w+ ){0,3}out\\b", "(?:\\w+ )*problem", "(?:\\w+,\\s*)*and", "(?:a+)+", "x(?:\\w+\\s?)*",
        "(?:a++)+b", "(?>a+)+b", "(?:(?>a+))+b", "(?:a+b)+c", "(?:\\w+\\b\\s*)*x", "(?:ab|cd)*e", "(?:a|b)*c",
        "[a-z]+[a-z]+x", "\\w+\\s+\\w+", "(?:\\w+ ){0,4}of", "(?:a{3})*b", "(?:[^,]+,)*end", "(?:\\xe9+)+x",
        "(?:\xC3\xA9+\xC3\xA0)+x", "(a)(?:\\1+)+b", "(?i)(?:a+)+b", "\\Q(a+)+b\\E", "(*COMMIT)(?:a+)+b", "", "a",
        "(?:a+)*+b", "((a+)+", "a)", "(?:a+(?=x))+b", "(?:[a\\]]+b)*c", "(?:[]a]+b)*c", "[^]](?:x|y)*z",
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        size_t offset;
        if (explodes(list[i], true, &offset))
            fail_msg("%s", list[i]);
    }
}

static void capitals_matter_where_the_rule_says_so(void **state)
{
    (void)state;
    size_t offset;
    assert_true(explodes("(?:[a-z]+[A-Z])*!", true, &offset));
    assert_false(explodes("(?:[a-z]+[A-Z])*!", false, &offset));
}

static void any_pattern_can_be_looked_at(void **state)
{
    (void)state;
    static const char bits[] = "((()))|**++?{2,}[]^-\\wab\\d.:=!<>P";
    dice seed = {11};
    for (int i = 0; i < 60000; i++) {
        char text[40];
        size_t length = dice_below(&seed, 30), offset, found = 0;
        bool explodes;
        while (found < length) {
            char byte = bits[dice_below(&seed, sizeof bits - 1)];
            text[found++] = byte;
        }
        assert_true(qc_repeats_explode(text, length, i % 2, NULL, &explodes, &offset));
        assert_true(!explodes || offset < length);
    }
}

static void a_long_pattern_is_passed_over(void **state)
{
    (void)state;
    char text[9000] = "(?:a+)+";
    size_t offset;
    memset(text + 7, 'b', sizeof text - 8);
    assert_false(explodes(text, true, &offset));
    memset(text, '(', sizeof text - 1);
    assert_false(explodes(text, true, &offset));
}

static bool look(const qcode_memory *memory, void *user, qcode_error *err)
{
    bool found;
    size_t offset;
    (void)user;
    err->status = QCODE_NO_MEMORY;
    return qc_repeats_explode("(a+)+b", 6, false, memory, &found, &offset);
}

static void a_refused_allocation_is_clean(void **state)
{
    (void)state;
    refuse_each_allocation(look, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(loops_that_can_be_parted_anywhere_are_found_where_they_begin),
        TEST(loops_that_are_parted_in_one_way_are_not),
        TEST(capitals_matter_where_the_rule_says_so),
        TEST(any_pattern_can_be_looked_at),
        TEST(a_long_pattern_is_passed_over),
        TEST(a_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
