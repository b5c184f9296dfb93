/* Questions of an interview guide, found in what interviewers say. */
#include "model/cast.h"
#include "model/guide.h"
#include "support/test.h"

#include <string.h>

static const char *const questions[] = {
    "How would you describe the leadership, the people in charge?",
    "What part have community groups and voluntary organisations had?",
    "What happens when the funding ends, when the money runs out?",
    "Is there anything you would like to add?",
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

/* A transcript whose lines are said by INT and P1 in turn. */
static qcode_transcript *talk_of(const char *const *lines, size_t count, const qcode_guide *guide,
                                 const qcode_memory *memory, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(memory);
    const qcode_read_options options = {.guide = guide};
    static const char hash[65] = "0";
    for (size_t i = 0; i < count; i++)
        qc_buffer_print(&text, "%s\n", lines[i]);
    qcode_transcript *talk =
        text.failed ? NULL : qc_transcript_new("T.txt", &text, hash, "text", "UTF-8", memory, err);
    bool done = talk != NULL;
    if (!done)
        qc_no_memory(err);
    for (size_t i = 0, at = 0; done && i < count; at += strlen(lines[i++]) + 1) {
        size_t speaker = qc_transcript_speaker(talk, i % 2 ? "P1" : "INT", i % 2 ? 2 : 3);
        done = (speaker != QC_NOBODY && qc_transcript_turn(talk, speaker, -1) &&
                qc_transcript_range(talk, (qcode_span){at, at + strlen(lines[i])})) ||
               qc_no_memory(err);
    }
    done = done && qc_transcript_finish(talk, &options, NULL, err);
    qc_buffer_clear(&text);
    if (done)
        return talk;
    qcode_transcript_free(talk);
    return NULL;
}

/* The number of the guide's question that each turn asks or answers, as digits. */
static const char *asked(const char *const *guided, size_t guided_count, const char *const *lines, size_t count)
{
    static char digits[64];
    qcode_error err;
    qcode_guide *guide = qcode_guide_new(guided, guided_count, NULL, &err);
    assert_non_null(guide);
    assert_int_equal(qcode_guide_count(guide), guided_count);
    qcode_transcript *talk = talk_of(lines, count, guide, NULL, &err);
    assert_non_null(talk);
    for (size_t i = 0; i < count; i++)
        digits[i] = (char)('0' + qcode_transcript_turn(talk, i)->guide);
    digits[count] = '\0';
    qcode_transcript_free(talk);
    qcode_guide_free(guide);
    return digits;
}

#define ASKED(guide, ...)                                      \
    asked(guide, QUESTIONS, (const char *const[]){__VA_ARGS__}, \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void a_question_in_other_words_is_recognised_with_its_answer(void **state)
{
    (void)state;
    assert_string_equal(ASKED(questions, "Thanks for coming. What happens when the money ends?", "Nothing.",
                              "So who was in charge, how would you describe the leaders?", "She was.",
                              "And local groups, voluntary organisations?", "None.",
                              "Finally, would you like to add anything?", "No."),
                        "33112244");
}

static void a_question_that_is_in_no_guide_stays_without_one(void **state)
{
    (void)state;
    assert_string_equal(ASKED(questions, "Do you play football?", "Yes.", "Bees?", "Yes.", "What would it take?", "Time."),
                        "000000");
}

static void a_question_as_like_one_as_another_is_neither(void **state)
{
    (void)state;
    static const char *const alike[QUESTIONS] = {"Who leads the police?", "Who leads the council?", "Who pays?", "Why?"};
    assert_string_equal(ASKED(alike, "So who leads?", "She does."), "00");
    assert_string_equal(ASKED(alike, "So who leads the council?", "He does."), "22");
}

static void endings_do_not_part_words(void **state)
{
    (void)state;
    static const char *const guide[QUESTIONS] = {"Describe your school", "Which agency funded it?", "Why?", "When?"};
    assert_string_equal(ASKED(guide, "Describing schools", "x", "Were agencies funding it?", "y"), "1122");
}

static void a_guide_may_be_in_any_language(void **state)
{
    (void)state;
    static const char *const guide[QUESTIONS] = {"Wie w\xC3\xBCrden Sie die F\xC3\xBChrung beschreiben?",
                                                 "Was geschieht, wenn das Geld ausgeht?", "Woher kommen Sie?",
                                                 "M\u00F6chten Sie etwas hinzuf\u00FCgen?"};
    assert_string_equal(ASKED(guide, "Und wenn das Geld einmal ausgeht?", "x", "Wie ist die F\xC3\x9CHRUNG?", "y",
                              "Wollen Sie noch etwas hinzuf\xC3\xBCgen?", "z"),
                        "221144");
}

static void too_many_questions_are_refused(void **state)
{
    (void)state;
    static const char *many[QCODE_MOST_QUESTIONS + 1];
    qcode_error err;
    for (size_t i = 0; i <= QCODE_MOST_QUESTIONS; i++)
        many[i] = "Why?";
    qcode_guide *guide = qcode_guide_new(many, QCODE_MOST_QUESTIONS, NULL, &err);
    assert_non_null(guide);
    qcode_guide_free(guide);
    assert_null(qcode_guide_new(many, QCODE_MOST_QUESTIONS + 1, NULL, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
}

static bool guide_and_talk(const qcode_memory *memory, void *user, qcode_error *err)
{
    static const char *const lines[] = {"Who is in charge? What about the money?", "She is.", "Add anything?", "No."};
    (void)user;
    qcode_guide *guide = qcode_guide_new(questions, QUESTIONS, memory, err);
    qcode_transcript *talk = guide ? talk_of(lines, 4, guide, memory, err) : NULL;
    bool done = talk != NULL;
    qcode_transcript_free(talk);
    qcode_guide_free(guide);
    return done;
}

static void it_fails_cleanly_without_memory(void **state)
{
    (void)state;
    refuse_each_allocation(guide_and_talk, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_question_in_other_words_is_recognised_with_its_answer),
        TEST(a_question_that_is_in_no_guide_stays_without_one),
        TEST(a_question_as_like_one_as_another_is_neither),
        TEST(endings_do_not_part_words),
        TEST(a_guide_may_be_in_any_language),
        TEST(too_many_questions_are_refused),
        TEST(it_fails_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
