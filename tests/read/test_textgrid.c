/* Praat TextGrids. */
#include "read/show.h"

#define HEAD(tiers) "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n9\n<exists>\n" tiers "\n"
#define LONG                                                                                                           \
    "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 \nxmax = 9 \ntiers? <exists> \nsize = "

static void tiers_are_speakers_and_intervals_go_by_time(void **state)
{
    (void)state;
    assert_turns("a.TextGrid",
                 HEAD("2") "\"IntervalTier\"\n\"Ann Lee\"\n0\n9\n3\n0\n1.5\n\"One\"\n1.5\n2\n\"two.\"\n2\n9\n\"\"\n"
                           "\"IntervalTier\"\n\"Bo\"\n0\n9\n2\n0\n2.25\n\" \"\n2.25\n9\n\"He said \"\"no\"\".\"\n",
                 "Ann Lee|0|One two.\nBo|2250|He said \"no\".\n");
    assert_string_equal(layout(), "textgrid/tiers");
}

static void the_long_form_says_the_same(void **state)
{
    (void)state;
    assert_turns(
        "a.TextGrid",
        LONG
        "1 \nitem []: \n    item [1]:\n        class = \"IntervalTier\" \n        name = \"Ann\" \n        xmin = 0 \n"
        "        xmax = 9 \n        intervals: size = 2 \n        intervals [1]:\n            xmin = 0.5 \n"
        "            xmax = 1e0 ! a remark \"here\"\n            text = \"One\ntwo\" \n        intervals [2]:\n"
        "            xmin = 1.0 \n            xmax = 2 \n            text = \"three\" \n",
        "Ann|500|One two\nAnn|1000|three\n");
}

/* The other speaker has a file of his own, so that what stands between is not known. */
static void a_speaker_alone_has_a_turn_for_each_interval(void **state)
{
    (void)state;
    assert_turns("a.TextGrid", HEAD("1") "\"IntervalTier\" \"Ann\" 0 9 2 0 1 \"One.\" 1 2 \"Two.\"",
                 "Ann|0|One.\nAnn|1000|Two.\n");
}

static void tiers_of_annotation_are_no_speakers(void **state)
{
    (void)state;
    assert_turns("a.TextGrid",
                 HEAD("3") "\"IntervalTier\" \"phones\" 0 9 1 0 1 \"w\"\n\"IntervalTier\" \"words\" 0 9 3 0 1 \"we\" 1 "
                           "2 \"sp\" 2 3 \"go\"\n"
                           "\"TextTier\" \"pitch\" 0 9 1 0.5 \"120\"",
                 "-|0|we go\n");
    assert_noted("skipped 8: a tier of annotation, with 1 intervals");
    assert_noted("skipped 10: a tier of 1 points");
    assert_turns(
        "a.TextGrid",
        HEAD("2") "\"IntervalTier\" \"Ann - words\" 0 9 1 0 1 \"we\" \"IntervalTier\" \"Ann - phones\" 0 9 1 0 1 \"w\"",
        "Ann|0|we\n");
}

static void a_file_that_is_cut_is_read_as_far_as_it_goes(void **state)
{
    (void)state;
    assert_turns("a.TextGrid", HEAD("2") "\"IntervalTier\" \"Ann\" 0 9 999999999 0 1 \"One.\" 1 2 \"Two",
                 "Ann|0|One.\n");
    assert_noted("warning 8: the TextGrid does not go on as it should here");
    assert_turns("a.TextGrid", HEAD("1") "\"IntervalTier\" \"Ann\" 0 9 1 -1 1 \"One.\"", "Ann|-1|One.\n");
    assert_noted("warning 8: an impossible time");
    assert_non_null(strstr(turns_of("a.TextGrid", "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0\n"),
                           "a.TextGrid:4: this is no TextGrid"));
}

static void refused_allocations_leave_nothing_behind(void **state)
{
    (void)state;
    static const char grid[] =
        HEAD("2") "\"IntervalTier\" \"Ann\" 0 9 1 0 1 \"One.\" \"IntervalTier\" \"Bo\" 0 9 1 1 2 \"Two.\"";
    refuse_each_allocation_of("a.TextGrid", grid, sizeof grid - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tiers_are_speakers_and_intervals_go_by_time),
        TEST(the_long_form_says_the_same),
        TEST(a_speaker_alone_has_a_turn_for_each_interval),
        TEST(tiers_of_annotation_are_no_speakers),
        TEST(a_file_that_is_cut_is_read_as_far_as_it_goes),
        TEST(refused_allocations_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
