/* CHAT. */
#include "read/show.h"

#include <stdio.h>

#define HEAD "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tINT Ann_Lee Investigator, CHI Target_Child\n"

/* The words of one utterance of CHI. */
static void assert_words(const char *line, const char *words)
{
    char text[1024], wanted[1024];
    snprintf(text, sizeof text, HEAD "*CHI:\t%s\n@End\n", line);
    snprintf(wanted, sizeof wanted, *words ? "CHI|-1|%s\n" : "%s", words);
    assert_turns("a.cha", text, wanted);
}

static void consecutive_tiers_of_one_speaker_are_one_turn(void **state)
{
    (void)state;
    assert_turns("a.cha",
                 HEAD
                 "@ID:\teng|corpus|CHI|3;02.|female|TD||Target_Child|||\n@Date:\t27-FEB-1974\n@Comment:\tnot said\n"
                 "*INT:\tWhere were\n\tyou ? \x15"
                 "100_2000\x15\n%mor:\tnot said\n*CHI:\tat home . \x15"
                 "2100_2500\x15\n"
                 "*CHI:\tall day . \x15"
                 "2600_3000\x15\n@End\n",
                 "Ann Lee|100|Where were you?\nCHI|2100|at home. all day.\n");
    assert_string_equal(layout(), "chat/tiers");
    assert_string_equal(attributes(),
                        "language=eng\ndate=27-FEB-1974\nAnn Lee.position=Investigator\nCHI.position=Target Child\n"
                        "CHI.age=3;02.\nCHI.sex=female\nCHI.group=TD\n");
    assert_noted("skipped 10: 1 dependent tiers");
    assert_noted("1 comments in the headers");
}

static void what_was_said_stays_and_how_goes(void **state)
{
    (void)state;
    assert_words("I [/] I want <the dog> [//] the cat [= a toy] &-um &+fr (be)cause it is no:: 0is [!!] .",
                 "I I want the dog the cat um fr because it is no.");
    assert_words("tika@u [: kitty] [* p:n] wanna [: want to] woof@o New_York ice+cream go@s:spa , yes .",
                 "kitty wanna woof New York ice cream go, yes.");
    assert_words("I (.) want (3.) a (..) b (1:30.5) c &=laughs [% x] d .", "I want a b c d.");
    assert_words("⌈2 two ⌉2 ↑up° a⌋ .", "two up a.");
    assert_words("0 [=! smiles] .", "");
    assert_words("a [unclosed b \x15" "12 c .", "a unclosed b 12 c.");
}

static void terminators_read_as_punctuation(void **state)
{
    (void)state;
    assert_words("in a +/?", "in a –?");
    assert_words("or +..?", "or…?");
    assert_words("they +!?", "they?!");
    assert_words("+< well +...", "well…");
    assert_words("+\" he said +\"/.", "he said.");
    assert_words("so +//.", "so –");
}

static void what_does_not_fit_is_noted_with_its_line(void **state)
{
    (void)state;
    assert_turns("a.cha", HEAD "*XXX:\thello &*INT:mhm there .\nodd line\n*CHI no colon\n", "XXX|-1|hello there.\n");
    assert_noted("warning 5: a speaker who is not among the participants");
    assert_noted("skipped 5: words of another speaker inside an utterance");
    assert_noted("skipped 6: a line that is neither");
    assert_noted("skipped 7: a line that is neither");
    assert_noted("warning 0: no @End");
}

static void refused_allocations_leave_nothing_behind(void **state)
{
    (void)state;
    static const char chat[] =
        HEAD "@ID:\teng|c|CHI|3;|f||||||\n@Date:\tx\n*INT:\tWhere ?\n*CHI:\tat home .\n*XXX:\tno .\n@End\n";
    refuse_each_allocation_of("a.cha", chat, sizeof chat - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(consecutive_tiers_of_one_speaker_are_one_turn),
        TEST(what_was_said_stays_and_how_goes),
        TEST(terminators_read_as_punctuation),
        TEST(what_does_not_fit_is_noted_with_its_line),
        TEST(refused_allocations_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
