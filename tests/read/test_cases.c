/* cases.csv: what is read, what is refused, and what a transcript takes from it. */
#include "read/talk.h"

#include "model/cases.h"

#include <stdio.h>

static qcode_cases *parse(const char *text, qcode_error *err)
{
    return qcode_cases_parse(text, strlen(text), "cases.csv", NULL, NULL, err);
}

static void a_line_gives_a_respondent_a_name_and_attributes(void **state)
{
    (void)state;
    qcode_error err;
    qcode_cases *cases =
        parse("document;speaker;role;case;Respondent group;years\ntalk.txt;Ben;respondent;P07;Police;23\n"
              "talk;Anna;interviewer;;;\n",
              &err);
    assert_non_null(cases);
    assert_int_equal(qc_cases_count(cases), 2);
    assert_int_equal(qc_cases_at(cases, 1)->line, 3);
    assert_int_equal(qc_cases_at(cases, 1)->attribute_count, 0);
    talk made =
        talk_of("Group: none\n\nAnna: So.\nBen: Why?\nAnna: Thus.\nBen: Ah?\n", &(qcode_read_options){.cases = cases});
    const qcode_speaker *ben = speaker(&made, "Ben");
    assert_int_equal(ben->role, QCODE_ROLE_RESPONDENT);
    assert_string_equal(ben->case_name, "P07");
    assert_string_equal(qcode_transcript_value(made.read, ben, "group"), "Police");
    assert_string_equal(qcode_transcript_value(made.read, ben, "years"), "23");
    assert_int_equal(speaker(&made, "Anna")->role, QCODE_ROLE_INTERVIEWER);
    assert_int_equal(qcode_notes_count_of(made.notes, QCODE_NOTE_GUESS), 0);
    talk_end(&made);
    qcode_cases_free(cases);
}

static void the_most_exact_line_wins(void **state)
{
    (void)state;
    qcode_error err;
    qcode_cases *cases = parse(
        "document,speaker,case,town\ntalk.txt,P1,exact,A\n,P1,anywhere,B\ntalk.txt,,all,C\nother.txt,P1,no,D\n", &err);
    talk made =
        talk_of("INT: Why?\nP1: So.\nP2: No.\nINT: Ah?\nP1: Yes.\nP2: No.\n", &(qcode_read_options){.cases = cases});
    assert_string_equal(speaker(&made, "P1")->case_name, "exact");
    assert_string_equal(qcode_transcript_value(made.read, speaker(&made, "P1"), "town"), "A");
    assert_string_equal(speaker(&made, "P2")->case_name, "all");
    assert_null(speaker(&made, "INT")->case_name);
    talk_end(&made);
    qcode_cases_free(cases);
}

static void a_text_without_speakers_becomes_a_respondents_when_a_line_names_it(void **state)
{
    (void)state;
    qcode_error err;
    qcode_cases *cases = parse("document,case,group\ntalk.txt,P07,Police\n", &err);
    talk made = talk_of("No speakers here.\n\nNone at all.\n", &(qcode_read_options){.cases = cases});
    assert_int_equal(qcode_transcript_speaker_count(made.read), 1);
    const qcode_turn *turn = qcode_transcript_turn(made.read, 1);
    assert_non_null(turn->speaker);
    assert_string_equal(turn->speaker->name, "P07");
    assert_string_equal(turn->speaker->case_name, "P07");
    assert_int_equal(turn->speaker->role, QCODE_ROLE_RESPONDENT);
    assert_string_equal(qcode_transcript_value(made.read, turn->speaker, "group"), "Police");
    talk_end(&made);
    qcode_cases_free(cases);
}

static void a_text_without_speakers_takes_the_name_of_the_one_speaker_a_line_gives(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *name, *case_name;
    } texts[] = {
        {"talk.txt,Ben,,P07\n", "Ben", "P07"},
        {"talk.txt,Ben,,\ntalk,,,P07\n", "Ben", "P07"},
        {"talk.txt,INT,interviewer,\ntalk.txt,Ben,,P07\n", "Ben", "P07"},
        {"talk.txt,Ben,,P07\ntalk.txt,Ann,,P08\n", NULL, NULL}, /* of two nobody knows whose words they are */
        {",Ben,,P07\n", NULL, NULL},
        {"talk.txt,INT,interviewer,\n", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char text[256];
        snprintf(text, sizeof text, "document,speaker,role,case\n%s", texts[i].lines);
        qcode_cases *cases = parse(text, NULL);
        talk made = talk_of("No speakers here.\n\nNone at all.\n", &(qcode_read_options){.cases = cases});
        const qcode_speaker *who = qcode_transcript_turn(made.read, 1)->speaker;
        assert_int_equal(qcode_transcript_speaker_count(made.read), texts[i].name != NULL);
        assert_int_equal(who != NULL, texts[i].name != NULL);
        if (who) {
            assert_string_equal(who->name, texts[i].name);
            assert_string_equal(who->case_name, texts[i].case_name);
        }
        talk_end(&made);
        qcode_cases_free(cases);
    }
}

static void mistakes_are_refused_at_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line, column;
        const char *says;
    } wrong[] = {
        {"", 1, 0, "names of the columns"},
        {"case,group\nP1,x\n", 1, 0, "document"},
        {"document,role\nt.txt,boss\n", 2, 7, "boss"},
        {"document,speaker,town\nt.txt,P1\n", 2, 0, "expected 3 fields, found 2"},
        {"document,speaker,town\n,,x\n", 2, 0, "document or a speaker"},
        {"document,town,town\nt.txt,a,b\n", 1, 15, "twice"},
        {"document,score\nt.txt,1\n", 1, 10, "score"},
        {"document,town\nt.txt,\"open\n", 2, 7, ""},
        {"speaker,document,case\nP1,t.txt,A\nP1,u.txt,A\np1,t.txt,B\n", 4, 1, "line 2 is about the same"},
        {"document,speaker,case\nt.txt,,A\nt.txt,,B\n", 3, 1, "line 2 is about the same"},
        {"document,role,case\nt.txt,interviewer,A\n", 2, 7, "expected the speaker"},
        {"document,consent\nt.txt,no\n", 1, 10, "would keep no words back"},
        {"document,Consent to quote\nt.txt,no\n", 1, 10, "\"consent_to_quote\" would keep"},
        {"document,consent_use,withdrew\nt.txt,yes,yes\n", 1, 22, "would keep no words back"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        qcode_error err = {.status = QCODE_OK};
        assert_null(parse(wrong[i].text, &err));
        assert_int_equal(err.line, wrong[i].line);
        assert_int_equal(err.column, wrong[i].column);
        assert_string_equal(err.source, "cases.csv");
        assert_non_null(strstr(err.message, wrong[i].says));
    }
}

static void a_no_is_a_no_in_any_case(void **state)
{
    (void)state;
    qcode_error err;
    qcode_cases *cases = parse("speaker,consent_use,consent_quote,withdrawn\nA,YES,No,NO\nB,NO,Yes,\nC,,,Yes\n", &err);
    assert_non_null(cases);
    const qc_case *a = qc_cases_at(cases, 0), *b = qc_cases_at(cases, 1), *c = qc_cases_at(cases, 2);
    assert_true(!a->consent.no_use && a->consent.no_quote && !a->consent.withdrawn);
    assert_string_equal(a->attributes[1].value, "no");
    assert_true(b->consent.no_use && !b->consent.no_quote);
    assert_string_equal(c->consent.withdrawn, "yes");
    qcode_cases_free(cases);
}

static bool read_with_cases(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    static const char text[] =
        "document,speaker,role,case,group\ntalk.txt,P1,,P07,Police\n,INT,interviewer,,\ntalk,,,,Fire\n";
    static const char words[] = "INT: Why?\nP1: So.\nP2: No.\nINT: Ah?\nP1: Yes.\n", nobody[] = "No speakers.\n";
    qcode_cases *cases = qcode_cases_parse(text, strlen(text), "cases.csv", memory, NULL, err);
    const qcode_read_options options = {.cases = cases};
    qcode_transcript *one = NULL, *two = NULL;
    if (cases)
        one = qcode_read_transcript_bytes(words, strlen(words), "talk.txt", &options, memory, NULL, err);
    if (one)
        two = qcode_read_transcript_bytes(nobody, strlen(nobody), "talk.txt", &options, memory, NULL, err);
    qcode_transcript_free(one);
    qcode_transcript_free(two);
    qcode_cases_free(cases);
    return two != NULL;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    refuse_each_allocation(read_with_cases, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_gives_a_respondent_a_name_and_attributes),
        TEST(the_most_exact_line_wins),
        TEST(a_text_without_speakers_becomes_a_respondents_when_a_line_names_it),
        TEST(a_text_without_speakers_takes_the_name_of_the_one_speaker_a_line_gives),
        TEST(mistakes_are_refused_at_their_place),
        TEST(a_no_is_a_no_in_any_case),
        TEST(a_refused_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
