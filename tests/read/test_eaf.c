/* ELAN annotations as turns. */
#include "read/show.h"

#define EAF(body) "<ANNOTATION_DOCUMENT><HEADER TIME_UNITS='milliseconds'/>" body "</ANNOTATION_DOCUMENT>"
#define SLOTS "<TIME_ORDER><TIME_SLOT TIME_SLOT_ID='ts1' TIME_VALUE='0'/><TIME_SLOT TIME_SLOT_ID='ts2' TIME_VALUE='900'/>" \
              "<TIME_SLOT TIME_SLOT_ID='ts3'/><TIME_SLOT TIME_SLOT_ID='ts4' TIME_VALUE='1500'/>" \
              "<TIME_SLOT TIME_SLOT_ID='ts5' TIME_VALUE='2000'/></TIME_ORDER>"
#define SAY(from, to, words) "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a' TIME_SLOT_REF1='" from "' TIME_SLOT_REF2='" to "'>" \
                             "<ANNOTATION_VALUE>" words "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"

static void tiers_are_speakers_in_the_order_of_time(void **state)
{
    (void)state;
    assert_turns("f.eaf", EAF(SLOTS "<TIER TIER_ID='I'>" SAY("ts1", "ts2", "How?") "</TIER>"
                              "<TIER TIER_ID='x' PARTICIPANT='R'>" SAY("ts4", "ts5", "very well.") SAY("ts2", "ts4", "Well,") "</TIER>"),
                 "I|0|How?\nR|900|Well, very well.\n");
    assert_string_equal(layout(), "eaf/tiers");
    assert_turns("f.eaf", EAF(SLOTS "<TIER TIER_ID='R'>" SAY("ts1", "ts2", "One.") SAY("ts4", "ts5", "After a pause.") "</TIER>"),
                 "R|0|One.\nR|1500|After a pause.\n");
}

static void what_has_no_time_of_its_own_is_left_out_with_a_note(void **state)
{
    (void)state;
    assert_turns("f.eaf", EAF(SLOTS "<TIER TIER_ID='R'>" SAY("ts3", "ts4", "At 0.9 s.") "<ANNOTATION><REF_ANNOTATION><ANNOTATION_VALUE>ref"
                              "</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER><TIER TIER_ID='R-en' PARENT_REF='R'>"
                              SAY("ts1", "ts2", "translated") "</TIER>"), "R|900|At 0.9 s.\n");
    assert_noted("skipped 0: 1 tiers that depend on another");
    assert_noted("skipped 0: 1 annotations without a time");
}

static void what_cannot_be_is_refused_where_it_stands(void **state)
{
    (void)state;
    assert_turns("f.eaf", EAF("\n<TIER TIER_ID='R'>" SAY("ts1", "ts2", "x") "</TIER>"), "refused 6 f.eaf:2:31: no time slot has the id \"ts1\"");
    assert_turns("f.eaf", EAF("<TIER/>\n" SLOTS), "refused 6 f.eaf:2:13: behind the tiers, the time slot \"ts1\"");
    assert_turns("f.eaf", EAF("\n<TIME_SLOT TIME_SLOT_ID='a' TIME_VALUE='-1'/>"),
                 "refused 6 f.eaf:2:1: expected milliseconds, found the time \"-1\"");
    assert_turns("f.eaf", EAF("\n<TIME_SLOT/>"), "refused 6 f.eaf:2:1: a time slot without \"TIME_SLOT_ID\"");
}

static void each_refused_allocation_is_clean(void **state)
{
    (void)state;
    static const char text[] = EAF(SLOTS "<TIER TIER_ID='I'>" SAY("ts1", "ts2", "How?") "</TIER>"
                                   "<TIER TIER_ID='R'>" SAY("ts4", "ts5", "Well.") "</TIER>");
    refuse_each_allocation_of("f.eaf", text, sizeof text - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tiers_are_speakers_in_the_order_of_time),
        TEST(what_has_no_time_of_its_own_is_left_out_with_a_note),
        TEST(what_cannot_be_is_refused_where_it_stands),
        TEST(each_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
