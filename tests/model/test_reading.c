/* Readings: ranges joined, and every byte's way back. */
#include "model/reading.h"
#include "model/cast.h"
#include "support/test.h"

#include <string.h>

/* A transcript of one turn whose ranges are the parts between < and > of a text without them. */
static qcode_transcript *talk_of(const char *marked)
{
    static const char hash[65] = "";
    qc_buffer text = qc_buffer_init(NULL);
    qcode_span spans[16];
    size_t count = 0;
    for (; *marked; marked++) {
        if (*marked == '<')
            spans[count].start = text.length;
        else if (*marked == '>')
            spans[count++].end = text.length;
        else
            qc_buffer_byte(&text, *marked);
    }
    qcode_transcript *talk = qc_transcript_new("t.txt", &text, hash, "text", "UTF-8", NULL, NULL);
    assert_non_null(talk);
    assert_true(qc_transcript_turn(talk, QC_NOBODY, -1));
    for (size_t i = 0; i < count; i++)
        assert_true(qc_transcript_range(talk, spans[i]));
    assert_true(qc_transcript_finish(talk, NULL, NULL, NULL));
    return talk;
}

static void assert_reading(const char *marked, const char *expected)
{
    qcode_transcript *talk = talk_of(marked);
    qc_reading_scratch scratch = qc_reading_scratch_init(NULL);
    qc_reading reading;
    const qcode_turn turn = qcode_transcript_turn(talk, 0);
    assert_true(qc_read_turn(&scratch, talk, &turn, &reading));
    assert_int_equal(reading.length, strlen(expected));
    assert_memory_equal(reading.text, expected, reading.length);
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    qc_buffer put = qc_buffer_init(NULL);
    qc_buffer pieces = qc_buffer_init(NULL);
    assert_true(qc_list_ranges(&pieces, &turn));
    assert_true(qc_put_reading(&put, text, (const void *)pieces.data, turn.range_count));
    assert_string_equal(qc_buffer_text(&put), expected);
    qc_buffer_clear(&put);
    qc_buffer_clear(&pieces);
    qc_reading_scratch_clear(&scratch);
    qcode_transcript_free(talk);
}

static void a_soft_line_end_and_a_gap_are_one_space(void **state)
{
    (void)state;
    assert_reading("A: <one line>", "one line");
    assert_reading("A: <one\ntwo>", "one two");
    assert_reading("A: <one>  \n   <two>\n12 <three>", "one two three");
    assert_reading("A: <one>\n<two>", "one two");
}

static void a_blank_line_is_a_line_feed(void **state)
{
    (void)state;
    assert_reading("A: <one>\n\n<two>", "one\ntwo");
    assert_reading("A: <one> \n \t \n  <two\nthree>", "one\ntwo three");
}

static void a_pages_end_inside_a_sentence_is_a_space(void **state)
{
    (void)state;
    assert_reading("A: <I was going>\n\nPage 1\n\f\n<to say.>", "I was going to say.");
    assert_reading("A: <I went.>\n\nPage 1\n\f\n<Then home.>", "I went.\nThen home.");
}

static void a_range_behind_a_single_line_feed_continues_the_one_before(void **state)
{
    (void)state;
    qcode_transcript *talk = talk_of("<one>\n<two>\n\n<three>");
    assert_int_equal(qcode_transcript_turn(talk, 0).range_count, 2);
    qcode_transcript_free(talk);
}

static void a_turn_of_one_line_is_read_in_place(void **state)
{
    (void)state;
    qcode_transcript *talk = talk_of("A: <one line>");
    qc_reading_scratch scratch = qc_reading_scratch_init(NULL);
    qc_reading reading;
    size_t length;
    const qcode_turn turn = qcode_transcript_turn(talk, 0);
    assert_true(qc_read_turn(&scratch, talk, &turn, &reading));
    assert_ptr_equal(reading.text, qcode_transcript_text(talk, &length) + 3);
    qc_reading_scratch_clear(&scratch);
    qcode_transcript_free(talk);
}

/* Reading "one two\nthree" of "A: one\n12 two\n\nthree": where parts of it stand. */
static void spans_and_pieces_lead_back_to_the_text(void **state)
{
    (void)state;
    static const struct {
        size_t start, end;
        qcode_span hull;
        size_t pieces;
    } parts[] = {
        {0, 3, {3, 6}, 1},   /* one */
        {1, 5, {4, 11}, 2},  /* ne t */
        {0, 13, {3, 20}, 3}, /* all */
        {3, 4, {6, 10}, 0},  /* the joint alone: the gap */
        {3, 7, {10, 13}, 1}, /* a joint and a range: the range */
        {0, 4, {3, 6}, 1},   /* a range and a joint: the range */
        {6, 9, {12, 16}, 2}, /* o|t */
        {12, 13, {19, 20}, 1},
    };
    qcode_transcript *talk = talk_of("A: <one>\n12 <two>\n\n<three>");
    qc_reading_scratch scratch = qc_reading_scratch_init(NULL);
    qc_reading reading;
    const qcode_turn turn = qcode_transcript_turn(talk, 0);
    assert_true(qc_read_turn(&scratch, talk, &turn, &reading));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        qcode_span hull = qc_reading_span(&reading, parts[i].start, parts[i].end);
        assert_int_equal(hull.start, parts[i].hull.start);
        assert_int_equal(hull.end, parts[i].hull.end);
        qc_buffer pieces = qc_buffer_init(NULL);
        assert_true(qc_reading_pieces(&reading, parts[i].start, parts[i].end, &pieces));
        assert_int_equal(pieces.length / sizeof(qcode_span), parts[i].pieces);
        if (parts[i].pieces) {
            const qcode_span *at = (const qcode_span *)(const void *)pieces.data;
            assert_int_equal(at[0].start, hull.start);
            assert_int_equal(at[parts[i].pieces - 1].end, hull.end);
        }
        qc_buffer_clear(&pieces);
    }
    qc_reading_scratch_clear(&scratch);
    qcode_transcript_free(talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_soft_line_end_and_a_gap_are_one_space),
        TEST(a_blank_line_is_a_line_feed),
        TEST(a_pages_end_inside_a_sentence_is_a_space),
        TEST(a_range_behind_a_single_line_feed_continues_the_one_before),
        TEST(a_turn_of_one_line_is_read_in_place),
        TEST(spans_and_pieces_lead_back_to_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
