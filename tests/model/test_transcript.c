/* Building transcripts: speakers, turns, attributes, places. */
#include "model/cast.h"
#include "support/test.h"

static qcode_transcript *talk_of(const char *words)
{
    static const char hash[65] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    qc_buffer text = qc_buffer_init(NULL);
    qc_buffer_string(&text, words);
    qcode_transcript *talk = qc_transcript_new("t.txt", &text, hash, "text", "UTF-8", NULL, NULL);
    assert_non_null(talk);
    assert_null(text.data);
    return talk;
}

static void labels_that_differ_in_case_or_white_space_are_one_speaker(void **state)
{
    (void)state;
    qcode_transcript *talk = talk_of("");
    assert_int_equal(qc_transcript_speaker(talk, "Ms  Élan", 9), 0);
    assert_int_equal(qc_transcript_speaker(talk, "MS ÉLAN", 8), 0);
    assert_int_equal(qc_transcript_speaker(talk, "Ms Elan", 7), 1);
    assert_int_equal(qc_speaker_find(talk, "ms\télan"), 0);
    assert_int_equal(qc_speaker_find(talk, "ms"), QC_NOBODY);
    assert_string_equal(qcode_transcript_speaker(talk, 0)->name, "Ms  Élan");
    assert_int_equal(qcode_transcript_speaker_count(talk), 2);
    qcode_transcript_free(talk);
}

static void a_turn_without_speech_is_dropped(void **state)
{
    (void)state;
    qcode_transcript *talk = talk_of("abcdef");
    size_t who = qc_transcript_speaker(talk, "A", 1);
    assert_true(qc_transcript_turn(talk, who, -1));
    assert_true(qc_transcript_turn(talk, who, 5));
    assert_true(qc_transcript_range(talk, (qcode_span){1, 2}));
    assert_true(qc_transcript_range(talk, (qcode_span){3, 3}));
    assert_true(qc_transcript_turn(talk, QC_NOBODY, -1));
    assert_true(qc_transcript_range(talk, (qcode_span){4, 6}));
    assert_true(qc_transcript_turn(talk, who, -1));
    assert_true(qc_transcript_finish(talk, NULL, NULL, NULL));
    assert_int_equal(qcode_transcript_turn_count(talk), 2);
    const qcode_turn turn = qcode_transcript_turn(talk, 0);
    assert_int_equal(turn.number, 1);
    assert_int_equal(turn.time_ms, 5);
    assert_int_equal(turn.range_count, 1);
    assert_ptr_equal(turn.speaker, qcode_transcript_speaker(talk, 0));
    assert_null(qcode_transcript_turn(talk, 1).speaker);
    qcode_transcript_free(talk);
}

static void put_attribute(qcode_transcript *talk, const char *name, const char *value, bool renamed)
{
    bool got;
    assert_true(qc_transcript_attribute(talk, name, strlen(name), value, strlen(value), &got));
    assert_int_equal(got, renamed);
}

static void names_that_are_taken_get_a_number(void **state)
{
    (void)state;
    static const char *const names[] = {"position",   "group", "id_1",    "date_of_interview",
                                        "position_1", "id_2",  "unnamed", "größe"};
    qcode_transcript *talk = talk_of("");
    put_attribute(talk, "Role", "a", false);
    put_attribute(talk, "Respondent group", "b", false);
    put_attribute(talk, "ID", "c", true);
    put_attribute(talk, "Date of  Interview", "d", false);
    put_attribute(talk, "Respondent role", "e", true);
    put_attribute(talk, "Id", "f", true);
    put_attribute(talk, "--", "g", false);
    put_attribute(talk, "größe", "h", false);
    assert_int_equal(qcode_transcript_attribute_count(talk), 8);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(qcode_transcript_attribute(talk, i)->name, names[i]);
    qcode_transcript_free(talk);
}

static void a_respondents_own_attributes_win_over_the_documents(void **state)
{
    (void)state;
    qcode_transcript *talk = talk_of("ab");
    size_t asks = qc_transcript_speaker(talk, "INT", 3), answers = qc_transcript_speaker(talk, "P1", 2);
    for (size_t i = 0; i < 2; i++) {
        assert_true(qc_transcript_turn(talk, i ? answers : asks, -1));
        assert_true(qc_transcript_range(talk, (qcode_span){i, i + 1}));
    }
    put_attribute(talk, "group", "Police", false);
    put_attribute(talk, "town", "Hull", false);
    assert_true(qc_speaker_attribute(talk, answers, "Group", "Fire"));
    assert_true(qc_speaker_attribute(talk, answers, "group", "Health"));
    assert_true(qc_transcript_finish(talk, NULL, NULL, NULL));
    const qcode_speaker *interviewer = qcode_transcript_speaker(talk, asks),
                        *respondent = qcode_transcript_speaker(talk, answers);
    assert_int_equal(respondent->attribute_count, 1);
    assert_string_equal(qcode_transcript_value(talk, respondent, "group"), "Health");
    assert_string_equal(qcode_transcript_value(talk, respondent, "town"), "Hull");
    assert_null(qcode_transcript_value(talk, interviewer, "town"));
    assert_string_equal(qcode_transcript_value(talk, NULL, "group"), "Police");
    assert_null(qcode_transcript_value(talk, NULL, "age"));
    qcode_transcript_free(talk);
}

static void places_count_lines_columns_and_code_points(void **state)
{
    (void)state;
    qcode_transcript *talk = talk_of("äb\nc\xF0\x9F\x98\x80"
                                     "d");
    qcode_place place = qcode_transcript_place(talk, 9);
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 3);
    assert_int_equal(place.character, 5);
    assert_int_equal(qcode_transcript_place(talk, 10).character, 6);
    qcode_transcript_free(talk);
}

static void times_are_those_of_their_turns(void **state)
{
    (void)state;
    static const int64_t times[] = {-1, -1, 0, -1, 90000, -1};
    qcode_transcript *talk = talk_of("abcdef");
    for (size_t i = 0; i < 6; i++) {
        assert_true(i < 3 || qc_transcript_turn(talk, QC_NOBODY, 5)); /* without speech */
        assert_true(qc_transcript_turn(talk, QC_NOBODY, times[i]));
        assert_true(qc_transcript_range(talk, (qcode_span){i, i + 1}));
    }
    assert_true(qc_transcript_finish(talk, NULL, NULL, NULL));
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(qcode_transcript_turn(talk, i).time_ms, times[i]);
    qcode_transcript_free(talk);
}

static void a_text_beyond_4_gib_is_refused(void **state)
{
    (void)state;
    char none[] = "";
    qcode_error err;
    qc_buffer text = qc_buffer_init(NULL);
    text.data = none;
    text.length = QCODE_LONGEST_TEXT + 1;
    assert_null(qc_transcript_new("t.txt", &text, "", "text", "UTF-8", NULL, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
    assert_ptr_equal(text.data, none);
}

static bool build(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    static const char hash[65] = "";
    qc_buffer text = qc_buffer_init(memory);
    qc_buffer_string(&text, "INT: Why? P1: So.");
    qcode_transcript *talk =
        text.failed ? (qc_no_memory(err), NULL) : qc_transcript_new("t", &text, hash, "text", "UTF-8", memory, err);
    qc_buffer_clear(&text);
    if (!talk)
        return false;
    bool renamed, done = true;
    for (size_t i = 0; done && i < 40; i++) {
        char label[3] = {'P', (char)('A' + i % 20), '\0'};
        size_t who = qc_transcript_speaker(talk, label, 2);
        done = who != QC_NOBODY && qc_transcript_turn(talk, who, i < 20 ? -1 : 7) &&
               qc_transcript_range(talk, (qcode_span){i / 3, i / 3 + 1}) &&
               qc_transcript_attribute(talk, label, 2, "x", 1, &renamed) && qc_speaker_attribute(talk, who, label, "y");
    }
    done = done ? qc_transcript_finish(talk, NULL, NULL, err) : qc_no_memory(err);
    qcode_transcript_free(talk);
    return done;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    refuse_each_allocation(build, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(labels_that_differ_in_case_or_white_space_are_one_speaker),
        TEST(a_turn_without_speech_is_dropped),
        TEST(names_that_are_taken_get_a_number),
        TEST(a_respondents_own_attributes_win_over_the_documents),
        TEST(places_count_lines_columns_and_code_points),
        TEST(times_are_those_of_their_turns),
        TEST(a_text_beyond_4_gib_is_refused),
        TEST(a_refused_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
