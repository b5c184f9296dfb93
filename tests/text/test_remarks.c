/* What in brackets is nobody's words. */
#include "support/test.h"
#include "text/remarks.h"

#include <string.h>

static const char *const remarks[] = {"laughs",     "Inaudible 00:12:31", "long pause",
                                      "she laughs", "00:12:31",           "Beifall"};

static void remarks_are_about_the_recording_and_the_room(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (!qc_is_remark(remarks[i], strlen(remarks[i])) || !qc_is_direction(remarks[i], strlen(remarks[i])))
            fail_msg("%s", remarks[i]);
    static const char *const words[] = {"name", "hospital", "I laughed", "", "the pause button"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (qc_is_remark(words[i], strlen(words[i])) || qc_is_direction(words[i], strlen(words[i])))
            fail_msg("%s", words[i]);
}

static void directions_tell_of_the_sitting(void **state)
{
    (void)state;
    static const char *const directions[] = {
        "10.00 am", "2 pm", "3:15 p.m.", "The hearing adjourned until 10 am on Monday, 9 October 2023",
        "The witness withdrew", "The witnesses withdrew", "A short break", "The short adjournment",
        "Luncheon Adjournment", "Proceedings delayed", "Pause", "video plays", "audio skip", "background conversations",
        "The recording was then stopped", "Ann Lee stopped transcription", "End of the interview",
        "Applause from the gallery",
        "Beifall bei der SPD sowie\nbei Abgeordneten der CDU/CSU \xE2\x80\x93 Eva Ott [SPD]: Das ist es!",
        "Eva Ott [SPD]:\nDas ist es!", "A se\xC3\xB1ora Gil pronuncia palabras que non se perciben.",
    };
    for (size_t i = 0; i < sizeof directions / sizeof *directions; i++)
        if (!qc_is_direction(directions[i], strlen(directions[i])))
            fail_msg("%s", directions[i]);
}

static void what_begins_like_a_direction_may_be_a_sentence(void **state)
{
    (void)state;
    static const char *const speech[] = {
        "She thinks about partnership.", "I would say that leadership matters and it helped us.",
        "Music is what helped us", "Silence between us grew and grew", "Laughter helped me",
        "Recording devices matter to us all",
        "The meeting went well", "The hearing helped us", "2 amazing years", "12", "10:30 we met then",
        "A break from work was what I needed", "end of story", "Laughs are rare here.",
    };
    for (size_t i = 0; i < sizeof speech / sizeof *speech; i++)
        if (qc_is_direction(speech[i], strlen(speech[i])))
            fail_msg("%s", speech[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(remarks_are_about_the_recording_and_the_room),
        TEST(directions_tell_of_the_sitting),
        TEST(what_begins_like_a_direction_may_be_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
