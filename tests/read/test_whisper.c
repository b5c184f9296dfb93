/* JSON of speech recognisers. */
#include "read/show.h"

static void segments_of_one_speaker_are_joined_with_times(void **state)
{
    (void)state;
    assert_turns("a.json",
                 "{\"text\": \"all\", \"segments\": [{\"id\": 0, \"start\": 0.5, \"end\": 1.25, \"text\": \" We\", "
                 "\"speaker\": \"A\"},"
                 "{\"start\": 1.25, \"end\": 2, \"text\": \" shared.\", \"speaker\": \"A\", \"tokens\": [1, [2]]},"
                 "{\"start\": 3, \"end\": 4, \"text\": \" Why?\", \"speaker\": \"B\"}], \"language\": \"en\","
                 "\"word_segments\": [{\"text\": \"no\"}]}",
                 "A|500|We shared.\nB|3000|Why?\n");
    assert_string_equal(layout(), "whisper/segments");
    assert_string_equal(attributes(), "language=en\n");
}

static void other_recognisers_forms_are_read(void **state)
{
    (void)state;
    assert_turns("cpp.json",
                 "{\"result\": {\"language\": \"en\"}, \"transcription\": [{\"timestamps\": {\"from\": "
                 "\"00:00:01,500\", \"to\": "
                 "\"00:00:02,000\"}, \"offsets\": {\"from\": 1500, \"to\": 2000}, \"text\": \" One.\"}]}",
                 "-|1500|One.\n");
    assert_turns("hf.json", "{\"text\": \" x\", \"chunks\": [{\"timestamp\": [2.5, null], \"text\": \" Two.\"}]}",
                 "-|2500|Two.\n");
    assert_turns("pod.json",
                 "{\"version\": \"1.0.0\", \"segments\": [{\"speaker\": \"D\", \"startTime\": 1, \"endTime\": 2, "
                 "\"body\": \"I\"},"
                 "{\"speaker\": \"D\", \"startTime\": 2, \"body\": \"am\"}]}",
                 "D|1000|I am\n");
    assert_turns("list.json", "[{\"speaker\": 1, \"text\": \"One\"}, {\"speaker\": 2, \"text\": \"Two\"}]",
                 "1|-1|One\n2|-1|Two\n");
}

static void words_name_the_speaker_of_a_segment_that_has_none(void **state)
{
    (void)state;
    assert_turns("a.json",
                 "{\"segments\": [{\"text\": \"We two\", \"words\": [{\"word\": \"We\", \"speaker\": \"A\"}, "
                 "{\"word\": \"two\", "
                 "\"speaker\": \"B\"}]},\n{\"text\": \"No\", \"words\": [{\"speaker\": \"A\"}], \"speaker\": \"C\"}]}",
                 "A|-1|We two\nC|-1|No\n");
    assert_noted("guess 1: a segment whose words have several speakers");
    assert_noted("guess 2: a segment whose words have several speakers");
}

static void what_is_impossible_or_missing_is_noted(void **state)
{
    (void)state;
    assert_turns(
        "a.json",
        "{\"segments\": [\n{\"start\": -5, \"end\": 1, \"text\": \"a\", \"speaker\": \"A\"},\n{\"start\": \"x\"},\n"
        "{\"start\": 3, \"end\": 2, \"text\": \"b\\u0000c\", \"speaker\": {\"name\": \"B\"}},\n7]}",
        "A|-1|a\n-|3000|b\xEF\xBF\xBD"
        "c\n");
    assert_noted("warning 2: an impossible time");
    assert_noted("skipped 3: a segment without words");
    assert_noted("warning 4: an impossible time");
    assert_noted("replaced 4: a NUL");
    assert_noted("skipped 5: a segment without words");
}

static void other_json_is_refused_with_what_is_missing(void **state)
{
    (void)state;
    assert_turns("a.json", "{\"paragraphs\": [\"x\"]}",
                 "refused 6 a.json:1:1: JSON without a list of segments; expected \"segments\", \"chunks\", "
                 "\"transcription\" or "
                 "\"utterances\"");
    assert_non_null(strstr(turns_of("a.json", "{\"segments\": [{\"text\": \"a\"}"), "refused 5 a.json:1:"));
    assert_non_null(strstr(turns_of("a.json", "{\"segments\": []} {}"), "a second value behind the transcript"));
}

static void refused_allocations_leave_nothing_behind(void **state)
{
    (void)state;
    static const char json[] =
        "{\"language\": \"en\", \"segments\": [{\"start\": 1, \"text\": \"We\", \"words\": [{\"speaker\": \"A\"}]},"
        "{\"text\": \"two\", \"speaker\": 3, \"timestamp\": [1, 2]}]}";
    refuse_each_allocation_of("a.json", json, sizeof json - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(segments_of_one_speaker_are_joined_with_times),
        TEST(other_recognisers_forms_are_read),
        TEST(words_name_the_speaker_of_a_segment_that_has_none),
        TEST(what_is_impossible_or_missing_is_noted),
        TEST(other_json_is_refused_with_what_is_missing),
        TEST(refused_allocations_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
