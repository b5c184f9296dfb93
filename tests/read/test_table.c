/* Tables with named columns. */
#include "read/show.h"

static void columns_are_found_by_their_names(void **state)
{
    (void)state;
    assert_turns(
        "a.csv",
        "\xEF\xBB\xBFtimestamp,speaker,statement\n0:01,Ann Lee,\"Who, then?\"\n0:06,Bo,\"I\nsay \"\"us\"\".\"\n",
        "Ann Lee|1000|Who, then?\nBo|6000|I say \"us\".\n");
    assert_string_equal(layout(), "csv/table");
    assert_noted("guess 1: the column \"statement\" is read as that of words");
    assert_turns("a.tsv", "Start Time\tSpeaker_Name\tUtterance\n12.5\tAnn\tHello.\n", "Ann|12500|Hello.\n");
    assert_turns("a.csv", "document;text\nP1;One.\nP1;Two.\n", "-|-1|One.\n-|-1|Two.\n");
}

static void each_row_is_a_turn_and_one_without_speaker_goes_on(void **state)
{
    (void)state;
    assert_turns("a.csv", "speaker,text\nAnn,One.\nAnn,Two.\n,Three.\nBo,\n", "Ann|-1|One.\nAnn|-1|Two. Three.\n");
    assert_noted("guess 4: a row without a speaker goes on");
    assert_noted("skipped 5: a row without words");
}

static void what_is_left_out_is_noted(void **state)
{
    (void)state;
    assert_turns("a.csv", "speaker,text,mood,time\nAnn,One.,glad,0:99\nBo,Two.\nCy,Three.,a,0:03,b\n",
                 "Ann|-1|One.\nBo|-1|Two.\nCy|3000|Three.\n");
    assert_noted("skipped 1: the column \"mood\"");
    assert_noted("warning 2: a time that is none");
    assert_noted("warning 3: a row with fewer fields");
    assert_noted("skipped 4: a row with more fields");
}

static void what_is_no_transcript_is_refused_with_advice(void **state)
{
    (void)state;
    assert_turns("a.csv", "foo,bar\n1,2\n",
                 "refused 6 a.csv:1: no column of words: expected a column named text (or utterance, statement, words, "
                 "content), "
                 "and perhaps speaker, time and document");
    assert_turns("a.csv", "document,speaker,text\nP1,Ann,One.\nP2,Bo,Two.\n",
                 "refused 6 a.csv:3:1: a second document begins here; one file is one transcript: write each "
                 "document's rows to a "
                 "file of their own");
}

static void a_text_with_commas_is_no_table(void **state)
{
    (void)state;
    turns_of("a.txt", "Interviewer: What, then, is text?\nBo: Time, speaker, and so on.\nInterviewer: So?\nBo: Yes.\n");
    assert_string_equal(layout(), "text/label");
}

static void refused_allocations_leave_nothing_behind(void **state)
{
    (void)state;
    static const char table[] = "document,speaker,text\nP1,Ann,One.\nP1,,Two.\n";
    refuse_each_allocation_of("a.csv", table, sizeof table - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(columns_are_found_by_their_names),
        TEST(each_row_is_a_turn_and_one_without_speaker_goes_on),
        TEST(what_is_left_out_is_noted),
        TEST(what_is_no_transcript_is_refused_with_advice),
        TEST(a_text_with_commas_is_no_table),
        TEST(refused_allocations_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
