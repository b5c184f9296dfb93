/* Who interviews: what the user says, then labels, then who asks. */
#include "model/cast.h"
#include "support/test.h"

/* A transcript of "Label: words" lines. */
static qcode_transcript *talk_of(const char *lines)
{
    static const char hash[65] = "";
    qc_buffer text = qc_buffer_init(NULL);
    qc_buffer_string(&text, lines);
    qcode_transcript *talk = qc_transcript_new("t.txt", &text, hash, "text", "UTF-8", NULL, NULL);
    assert_non_null(talk);
    for (const char *from = lines, *end; *from; from = end + 1) {
        end = strchr(from, '\n');
        const char *colon = strchr(from, ':');
        size_t who = qc_transcript_speaker(talk, from, (size_t)(colon - from));
        assert_true(qc_transcript_turn(talk, who, -1));
        assert_true(qc_transcript_range(talk, (qcode_span){(size_t)(colon + 2 - lines), (size_t)(end - lines)}));
    }
    return talk;
}

/* The roles in the order of the speakers, "ir": interviewer, respondent; and how many guesses were noted. */
static void assert_roles(const char *lines, const qcode_read_options *options, const char *roles, size_t guesses)
{
    qcode_transcript *talk = talk_of(lines);
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_true(qc_transcript_finish(talk, options, notes, NULL));
    assert_int_equal(qcode_transcript_speaker_count(talk), strlen(roles));
    for (size_t i = 0; roles[i]; i++)
        assert_int_equal(*qcode_role_name(qcode_transcript_speaker(talk, i)->role), roles[i]);
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_GUESS), guesses);
    qcode_notes_free(notes);
    qcode_transcript_free(talk);
}

static void words_for_interviewers_are_known(void **state)
{
    (void)state;
    static const char *const labels[] = {"INT",
                                         "I",
                                         "Interviewer 2",
                                         "IV",
                                         "Moderator (online)",
                                         "Facilitator",
                                         "Q",
                                         "Researcher",
                                         "Entrevistador",
                                         "Entrevistador(a)",
                                         "Intervieweur",
                                         "Interviewerin",
                                         "Fragesteller",
                                         "Counsel Inquiry",
                                         "Interviewer Jones",
                                         "I1",
                                         "int.",
                                         "Entrevistadora"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        qc_buffer lines = qc_buffer_init(NULL);
        qc_buffer_print(&lines, "Anna: Well?\n%s: So.\nAnna: Why?\n", labels[i]);
        assert_roles(qc_buffer_text(&lines), NULL, "ri", 0);
        qc_buffer_clear(&lines);
    }
}

static void of_two_people_the_one_who_asks_is_guessed(void **state)
{
    (void)state;
    assert_roles("Ann: So.\nBen: Why?\nAnn: Oh.\nBen: \"Really?\"\n", NULL, "ri", 1);
    assert_roles("Ann: Why? [laughs]\nBen: Why?\nAnn: Oh.\nBen: No.\n", NULL, "ir", 1); /* even: who asked first */
    assert_roles("Ann: So.\nBen: So.\n", NULL, "rr", 1);
    assert_roles("Dan: So.\nParticipant: Why?\nDan: Oh.\n", NULL, "ir", 1); /* a participant does not interview */
    assert_roles("安: 好。\n林: 為什麼？\n安: 好。\n", NULL, "ri", 1);
}

static void one_person_alone_is_a_respondent(void **state)
{
    (void)state;
    assert_roles("Ann: Why?\nAnn: Oh?\n", NULL, "r", 0);
}

static void of_several_people_those_who_ask_most_are_guessed(void **state)
{
    (void)state;
    assert_roles("Dee: Why?\nBob: So.\nCat: No.\nDee: And?\nBob: Yes.\nCat: Oh.\nDee: Thanks.\nBob: Bye.\nCat: Bye.\n",
                 NULL, "irr", 1);
    assert_roles("Ann: Why?\nBob: So.\nCat: Why?\nAnn: No.\nBob: So?\nCat: Oh.\nAnn: Bye.\nBob: Bye.\nCat: Bye.\n",
                 NULL, "rrr", 1);
}

static void the_user_has_the_last_word(void **state)
{
    (void)state;
    static const char *const ben[] = {"  BEN "}, *const nobody[] = {"Zoe"};
    const char *lines = "INT: Why?\nBen: So.\nINT: And?\nBen: Yes.\n";
    assert_roles(lines, &(qcode_read_options){.interviewers = ben, .interviewer_count = 1}, "ri", 0);
    assert_roles(lines, &(qcode_read_options){.interviewers = nobody, .interviewer_count = 1}, "ir", 0);
}

static void an_interviewer_nobody_knows_is_a_warning(void **state)
{
    (void)state;
    static const char *const nobody[] = {"Zoe"};
    qcode_transcript *talk = talk_of("INT: Why?\nBen: So.\n");
    qcode_notes *notes = qcode_notes_new(NULL);
    const qcode_read_options options = {.interviewers = nobody, .interviewer_count = 1};
    assert_true(qc_transcript_finish(talk, &options, notes, NULL));
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_WARNING), 1);
    qcode_notes_free(notes);
    qcode_transcript_free(talk);
}

static void an_answer_is_linked_to_the_question_before_it(void **state)
{
    (void)state;
    static const size_t questions[] = {0, 0, 2, 2, 0, 0, 6};
    qcode_transcript *talk = talk_of("P1: Hm.\nINT: Why?\nP1: So.\nP2: Oh.\nINT: Well.\nINT: And?\nP2: No.\n");
    assert_true(qc_transcript_finish(talk, NULL, NULL, NULL));
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(qcode_transcript_turn(talk, i).question, questions[i]);
    qcode_transcript_free(talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_for_interviewers_are_known),
        TEST(of_two_people_the_one_who_asks_is_guessed),
        TEST(one_person_alone_is_a_respondent),
        TEST(of_several_people_those_who_ask_most_are_guessed),
        TEST(the_user_has_the_last_word),
        TEST(an_interviewer_nobody_knows_is_a_warning),
        TEST(an_answer_is_linked_to_the_question_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
