/* WebVTT, SubRip and SubViewer. */
#include "read/show.h"

#include <stdio.h>

#define VTT "WEBVTT\n\n"
#define CUE(from, to) "00:00:" from " --> 00:00:" to "\n"

static void consecutive_cues_of_one_voice_are_one_turn(void **state)
{
    (void)state;
    assert_turns("a.vtt",
                 VTT CUE("01.000", "02.000") "<v Vale>We shared</v>\n\n" CUE(
                     "02.000", "03.500") "<v Vale>a\nroom.</v>\n\n" CUE("04.000", "05.000") "<v Interviewer>Why?\n",
                 "Vale|1000|We shared a room.\nInterviewer|4000|Why?\n");
    assert_string_equal(layout(), "vtt/voice");
    assert_string_equal(text_read(), "Vale: We shared a room.\nInterviewer: Why?\n");
}

static void notes_styles_and_regions_are_no_speech(void **state)
{
    (void)state;
    assert_turns("a.vtt",
                 "\xEF\xBB\xBFWEBVTT - a title\nKind: captions\n\nNOTE ends at the blank line\n" CUE("00.000", "00.500")
                     "not said\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\nNOTE\tby a tab\nnot said\n\n" CUE(
                         "01.000", "02.000") "<v Vale>Said.\n\nNOTE not said\n",
                 "Vale|1000|Said.\n");
}

static void markup_goes_and_references_are_decoded_once(void **state)
{
    (void)state;
    assert_turns(
        "a.vtt",
        VTT CUE("01.000",
                "02.000") "<v.loud.x O&apos;Brien &amp; Co>We <i>sh<00:00:01.200>ared</i> <c.y>a</c> &lt;b&gt; "
                          "&amp;amp; &#233;<ruby>漢<rt>kan</rt></ruby>\n",
        "O'Brien & Co|1000|We shared a <b> &amp; é漢\n");
    assert_noted("skipped 3: the reading of a ruby");
}

static void two_voices_in_a_cue_are_two_turns(void **state)
{
    (void)state;
    assert_turns("a.vtt", VTT CUE("01.000", "02.000") "<v A>One <v B>two</v> three\n",
                 "A|1000|One\nB|1000|two\n-|1000|three\n");
}

static void no_words_go_with_a_tag_that_is_never_closed_or_not_known(void **state)
{
    (void)state;
    assert_turns("a.vtt", VTT CUE("01.000", "02.000") "<v A>a < b <inaudible> c <i d e\n", "A|1000|a < b c d e\n");
    assert_noted("skipped 3: a tag that WebVTT does not know");
    assert_noted("replaced 3: a tag that is never closed");
    assert_turns("a.vtt", VTT CUE("01.000", "02.000") "<v A\nwords\n", "A|1000|words\n");
}

static void bad_times_keep_their_words(void **state)
{
    (void)state;
    assert_turns("a.vtt",
                 VTT "00:00:60.000 --> 00:01:99.000\n<v A>one\n\n00:00:05.000 --> 00:00:04.000\n<v B>two\n\n"
                     "00:00:06,000 --> 00:00:07,000\n<v C>three\n\n-0:00:08.000 --> 00:00:09.000\n<v D>four\n\n"
                     "01:02.000 --> x\n<v E>five\n",
                 "A|-1|one\nB|5000|two\nC|6000|three\nD|-1|four\nE|62000|five\n");
    assert_noted("warning 3: an impossible time");
    assert_noted("warning 6: a cue that ends before it begins");
    assert_noted("guess 9: times with a comma");
    assert_noted("warning 12: an impossible time");
    assert_noted("warning 15: an impossible time");
}

static void an_arrow_that_is_no_time_line_is_noted(void **state)
{
    (void)state;
    assert_turns("a.vtt",
                 VTT CUE("01.000", "02.000") "Vale: we shared --> it\nand more\n\n2 --> 3\n" CUE(
                     "03.000", "04.000") "Vale: again\n",
                 "Vale|1000|we shared --> it and more again\n");
    assert_noted("guess 4: an arrow");
    assert_noted("guess 7: an arrow");
}

static void what_is_cut_or_missing_is_noted_with_its_line(void **state)
{
    (void)state;
    assert_turns("a.vtt", VTT CUE("01.000", "02.000") "<v A>one\n\n00:00:03.0", "A|1000|one\n");
    assert_noted("skipped 6: a time line that is cut short");
    assert_turns("a.vtt", CUE("01.000", "02.000") "<v A>one\n", "A|1000|one\n");
    assert_noted("guess 1: no WEBVTT line");
    assert_turns("a.vtt", VTT "title\n\n" CUE("01.000", "02.000") "<v A>one\n\nmore\n", "A|1000|one more\n");
    assert_noted("skipped 3: a line before the first cue");
    assert_noted("guess 8: words behind a blank line");
}

static void labels_name_speakers_until_the_next_label(void **state)
{
    (void)state;
    assert_turns(
        "a.vtt",
        VTT
        "1\n" CUE("01.000", "02.000") "Dana Roe: We had\n\n2\n" CUE("02.000", "03.000") "a plan: two rooms.\n\n3\n" CUE(
            "03.000", "04.000") "[SPEAKER_01]: Note: that is all.\n\n4\n" CUE("05.000", "06.000") "Dana Roe: Yes.\n",
        "Dana Roe|1000|We had a plan: two rooms.\nSPEAKER_01|3000|Note: that is all.\nDana Roe|5000|Yes.\n");
    assert_string_equal(layout(), "vtt/label");
    assert_noted("guess 0: speakers are named by the labels before their words (3 times)");
}

static void odd_names_are_labels_where_nearly_every_cue_has_one(void **state)
{
    (void)state;
    assert_turns(
        "zoom.vtt",
        VTT CUE("01.000", "02.000") "ann's old phone (she/her): Hello.\n\n" CUE(
            "02.000",
            "03.000") "Roe, Dana: Hi.\n\n" CUE("03.000",
                                               "04.000") "ann's old phone (she/her): So.\n\n" CUE("05.000",
                                                                                                  "06.000") "Roe, "
                                                                                                            "Dana: "
                                                                                                            "Yes.\n",
        "ann's old phone (she/her)|1000|Hello.\nRoe, Dana|2000|Hi.\nann's old phone (she/her)|3000|So.\nRoe, "
        "Dana|5000|Yes.\n");
}

static void chevrons_change_the_speaker(void **state)
{
    (void)state;
    assert_turns("a.vtt", VTT CUE("01.000", "02.000") ">> MAYOR: Hello.\n\n" CUE("02.000", "03.000") ">> Hi.\n",
                 "MAYOR|1000|Hello.\n-|2000|Hi.\n");
}

static void webex_names_its_speakers_above_the_time_line(void **state)
{
    (void)state;
    assert_turns("a.vtt",
                 VTT "1 \"Kate Roe\" (2451234560)\n" CUE("01.000", "02.000") "Hello.\n\n2 \"Al\" (1)\n" CUE(
                     "02.000", "03.000") "Hi.\n",
                 "Kate Roe|1000|Hello.\nAl|2000|Hi.\n");
}

static void roll_up_captions_are_joined(void **state)
{
    (void)state;
    assert_turns("a.vtt",
                 VTT CUE("00.000", "02.000") " \nhello<00:00:00.500><c> world</c>\n\n" CUE(
                     "02.000", "02.010") "hello world\n \n\n" CUE("02.010",
                                                                  "04.000") "hello world\nit is<00:00:03.000><c> "
                                                                            "late</c>\n\n" CUE("04.000",
                                                                                               "04.010") "it is late\n",
                 "-|0|hello world it is late\n");
    assert_noted("replaced 7: 3 cues repeat the end of the cue before");
    assert_turns(
        "a.vtt",
        VTT CUE("00.000", "01.000") "I\n\n" CUE("01.000", "02.000") "I was\n\n" CUE("02.000", "03.000") "I was there\n",
        "-|0|I was there\n");
}

static void a_repeated_answer_is_no_roll_up(void **state)
{
    (void)state;
    assert_turns("a.vtt",
                 VTT CUE("00.000", "01.000") "<v A>Yes.\n\n" CUE("01.000", "02.000") "<v A>Yes.\n\n" CUE(
                     "02.000", "03.000") "<v A>We did it.\n\n" CUE("03.000", "04.000") "<v A>All of us.\n",
                 "A|0|Yes. Yes. We did it. All of us.\n");
    assert_turns("a.vtt",
                 VTT CUE("00.000", "01.000") "<v A>No.\n\n" CUE("01.000", "02.000") "<v A>No.\n\n" CUE(
                     "02.000", "03.000") "<v A>No.\n",
                 "A|0|No. No. No.\n");
}

static void subrip_codes_are_no_speech(void **state)
{
    (void)state;
    assert_turns(
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:1 Y2:2\n{\\an8}<font color=\"#fff\"><i>Vale:</i></font> "
        "We {i}shared{/i} {a set} <br>\n- Interviewer: <um> yes\\Nno\n- Vale: 1 < 2 &amp; 3\n",
        "Vale|1000|We shared {a set}\nInterviewer|1000|<um> yes no\nVale|1000|1 < 2 & 3\n");
}

static void every_speech_of_subrip_is_kept_whatever_its_number(void **state)
{
    (void)state;
    assert_turns("a.srt",
                 "7\n00:00:01,000 --> 00:00:02,000\nVale: one\n\n00:00:02,500 --> 00:00:03,000\ntwo\n\nabc\n"
                 "00:00:03,500 --> 00:00:04,000\nthree\n\n7\n00:00:04,500 --> 00:00:05,000\nfour\n\n2026\nwas the "
                 "year\n\n8\nlost\n",
                 "Vale|1000|one two three four 2026 was the year lost\n");
    assert_noted("guess 8: a line before a time line that is no number");
    assert_noted("guess 16: words behind a blank line");
    assert_noted("warning 19: a cue without a time line");
}

/* A dash begins somebody else's words only where two lines of one cue begin with one. */
static void dashes_part_speakers_only_in_pairs(void **state)
{
    (void)state;
    assert_turns("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n- Ta en kopp.\n- Nej.\n",
                 "-|1000|Ta en kopp.\n-|1000|Nej.\n");
    assert_turns("a.srt",
                 "1\n00:00:01,000 --> 00:00:02,000\n- Ta en\n\n2\n00:00:02,000 --> 00:00:03,000\n- kopp. -5 – nej\n",
                 "-|1000|Ta en kopp. -5 – nej\n");
    assert_noted("replaced 2: dashes before the words are left out");
}

static void without_speakers_turns_are_passages_between_pauses(void **state)
{
    (void)state;
    assert_turns("a.srt",
                 "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:02,500 --> 00:00:03,000\ntwo.\n\n3\n"
                 "00:00:03,100 --> 00:00:04,000\nThree.\n\n4\n00:00:04,400 --> 00:00:05,000\nFour\n\n5\n"
                 "00:00:07,000 --> 00:00:40,000\nfive.\n\n6\n00:00:40,000 --> 00:00:41,000\nSix.\n",
                 "-|1000|One two. Three.\n-|4400|Four\n-|7000|five.\n-|40000|Six.\n");
    assert_noted("guess 0: where no speaker is named, a turn is a passage between pauses");
}

/* Cues of one speaker follow each other without a pause, but for one behind a sentence: it was a paragraph's end. */
static void pauses_that_all_end_sentences_part_paragraphs(void **state)
{
    (void)state;
#define TALK(gap) VTT CUE("01.000", "02.000") "<v A>One. And\n\n" CUE("02.000", "03.000") "<v A>two.\n\n" \
    CUE("03." gap, "04.000") "<v A>Three. It\n\n"
    assert_turns("a.vtt", TALK("300") CUE("04.000", "05.000") "<v A>was four.\n\n" CUE("05.000", "06.000") "<v B>Five.\n",
                 "A|1000|One. And two.\nA|3300|Three. It was four.\nB|5000|Five.\n");
    assert_noted("guess 0: where a speaker goes on after a pause that ends a sentence, a new turn begins (1 times)");
    assert_string_equal(text_read(), "A: One. And two.\nA: Three. It was four.\nB: Five.\n");
    assert_turns("a.vtt", TALK("299") CUE("04.000", "05.000") "<v A>was four.\n", "A|1000|One. And two. Three. It was four.\n");
    /* a pause inside a sentence: a recogniser's cues, whose pauses mean nothing */
    assert_turns("a.vtt", TALK("500") CUE("04.300", "05.000") "<v A>was four.\n\n" CUE("05.000", "06.000") "<v B>Five.\n",
                 "A|1000|One. And two. Three. It was four.\nB|5000|Five.\n");
    assert_string_equal(text_read(), "A: One. And two. Three. It was four.\nB: Five.\n");
    /* a cue for each sentence: its pauses are those of any speech */
    assert_turns("a.vtt", VTT CUE("00.000", "00.500") "<v B>We\n\n" CUE("01.000", "02.000") "<v A>一。\n\n"
                     CUE("03.000", "04.000") "<v A>二。\n\n" CUE("05.000", "06.000") "<v A>Three.\n\n" CUE("06.500", "07.000") "<v B>Four.",
                 "B|0|We\nA|1000|一。二。 Three.\nB|6500|Four.\n");
    assert_string_equal(text_read(), "B: We\nA: 一。二。 Three.\nB: Four.\n");
}

static void file_order_is_kept_and_times_are_not_altered(void **state)
{
    (void)state;
    assert_turns("a.srt", "1\n00:00:05,000 --> 00:00:09,000\nA: second\n\n2\n00:00:01,000 --> 00:00:06,000\nB: first\n",
                 "A|5000|second\nB|1000|first\n");
}

static void subviewer_has_both_times_before_the_words(void **state)
{
    (void)state;
    assert_turns("a.sbv", "0:00:01.000,0:00:02.500\nAnn Lee: hello\n\n0:00:03.000,0:00:04.000\nBo: hi\n",
                 "Ann Lee|1000|hello\nBo|3000|hi\n");
    assert_string_equal(layout(), "sbv/label");
}

static void chinese_cues_are_joined_without_a_space(void **state)
{
    (void)state;
    assert_turns("a.vtt", VTT CUE("01.000", "02.000") "<v 唐鳳>我們\n\n" CUE("02.000", "03.000") "<v 唐鳳>開始 now\n",
                 "唐鳳|1000|我們開始 now\n");
}

static void captions_are_known_by_their_content(void **state)
{
    (void)state;
    turns_of("a.txt", VTT CUE("01.000", "02.000") "<v A>x\n");
    assert_string_equal(layout(), "vtt/voice");
    turns_of("a.txt", "1\r\n00:00:01,000 --> 00:00:02,000\r\nA: x\r\n");
    assert_string_equal(layout(), "srt/label");
    turns_of("a.vtt", "Ann: hello\nBo: hi\nAnn: so\nBo: no\n");
    assert_string_equal(layout(), "text/label");
}

/* One speaker for ever: no turn is so long that a rule could not look at it. */
static void a_turn_without_end_goes_on_in_a_new_one(void **state)
{
    (void)state;
    enum { CUES = 4000 };
    static char text[CUES * 100];
    size_t used = (size_t)snprintf(text, sizeof text, VTT);
    for (int i = 0; i < CUES; i++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "%02d:%02d.000 --> %02d:%02d.900\n<v A>We shared a room.\n\n", i / 60, i % 60, i / 60,
                                 i % 60);
    const char *turns = turns_of_bytes("a.vtt", text, used);
    size_t count = 0, longest = 0;
    for (const char *at = turns; *at; at += strcspn(at, "\n") + 1, count++)
        longest = strcspn(at, "\n") > longest ? strcspn(at, "\n") : longest;
    assert_in_range(count, 2, 4);
    assert_in_range(longest, 32 * 1024, 33 * 1024);
}

static void refused_allocations_leave_nothing_behind(void **state)
{
    (void)state;
    static const char vtt[] = VTT CUE("01.000", "02.000") "<v O&amp;B>We <rt>x</rt>\n\n" CUE(
        "02.000", "03.000") "<v B>so\n\n" CUE("02.000", "99.000") "x";
    static const char srt[] =
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: one\n\n2\n00:00:02,500 --> 00:00:03,000\n- Bo: two\n- no\n";
    refuse_each_allocation_of("a.vtt", vtt, sizeof vtt - 1);
    refuse_each_allocation_of("a.srt", srt, sizeof srt - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(consecutive_cues_of_one_voice_are_one_turn),
        TEST(notes_styles_and_regions_are_no_speech),
        TEST(markup_goes_and_references_are_decoded_once),
        TEST(two_voices_in_a_cue_are_two_turns),
        TEST(no_words_go_with_a_tag_that_is_never_closed_or_not_known),
        TEST(bad_times_keep_their_words),
        TEST(an_arrow_that_is_no_time_line_is_noted),
        TEST(what_is_cut_or_missing_is_noted_with_its_line),
        TEST(labels_name_speakers_until_the_next_label),
        TEST(odd_names_are_labels_where_nearly_every_cue_has_one),
        TEST(chevrons_change_the_speaker),
        TEST(webex_names_its_speakers_above_the_time_line),
        TEST(roll_up_captions_are_joined),
        TEST(a_repeated_answer_is_no_roll_up),
        TEST(subrip_codes_are_no_speech),
        TEST(every_speech_of_subrip_is_kept_whatever_its_number),
        TEST(dashes_part_speakers_only_in_pairs),
        TEST(without_speakers_turns_are_passages_between_pauses),
        TEST(pauses_that_all_end_sentences_part_paragraphs),
        TEST(file_order_is_kept_and_times_are_not_altered),
        TEST(subviewer_has_both_times_before_the_words),
        TEST(chinese_cues_are_joined_without_a_space),
        TEST(captions_are_known_by_their_content),
        TEST(a_turn_without_end_goes_on_in_a_new_one),
        TEST(refused_allocations_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
