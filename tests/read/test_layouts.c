/* Layouts of plain-text transcripts, one by one. */
#include "read/talk.h"

static void labels_with_a_colon_are_speakers(void **state)
{
    (void)state;
    assert_turns("INT: How are you?\n\nP07: Fine.\n\nINT: And now?\n\nP07: Well: I said: no.\n", "label",
                 "INT: How are you?\nP07: Fine.\nINT: And now?\nP07: Well: I said: no.\n");
}

static void wrapped_lines_and_paragraphs_go_on_a_turn(void **state)
{
    (void)state;
    assert_turns(
        "Interviewer: How\nare you?\n\nRespondent: Fine, and\nstill.\n\nMore of it.\n\nInterviewer: Ah.\n\nRespondent: "
        "Yes.\n",
        "label",
        "Interviewer: How are you?\nRespondent: Fine, and still.|More of it.\nInterviewer: Ah.\nRespondent: Yes.\n");
}

static void a_full_width_colon_is_a_colon(void **state)
{
    (void)state;
    assert_turns("唐鳳：你好嗎？\n林：好。\n唐鳳：那麼？\n林：是。\n", "label",
                 "唐鳳: 你好嗎？\n林: 好。\n唐鳳: 那麼？\n林: 是。\n");
}

static void labels_may_be_padded_or_have_no_space_behind(void **state)
{
    (void)state;
    assert_turns("INT:      How?\nP1:       So.\nINT:      Why?\nP1:       Thus.\n", "label",
                 "INT: How?\nP1: So.\nINT: Why?\nP1: Thus.\n");
    assert_turns("INT:How?\nP1:So.\nINT:Why?\nP1:Thus.\n", "label", "INT: How?\nP1: So.\nINT: Why?\nP1: Thus.\n");
    assert_turns("INT      How?\nP1       So, I said: no\n         and went.\nINT      Why?\nP1       Thus.\n",
                 "column", "INT: How?\nP1: So, I said: no and went.\nINT: Why?\nP1: Thus.\n");
}

static void the_words_for_somebodys_work_are_a_label(void **state)
{
    (void)state;
    const char *turns = "Interviewer: Why?\nHead teacher: It rained.\nInterviewer: And?\nHead teacher: My point: "
                        "floods.\nInterviewer: So?\nHead teacher: We shut.\n";
    assert_turns("Interviewer: Why?\n\nHead teacher: It rained.\n\nInterviewer: And?\n\nHead teacher: My point: "
                 "floods.\n\nInterviewer: So?\n\nHead teacher: We shut.\n",
                 "label", turns);
    assert_turns("Interviewer\n\nWhy?\n\nHead teacher\n\nIt rained.\n\nInterviewer\n\nAnd?\n\nHead teacher\n\n"
                 "My point: floods.\n\nInterviewer\n\nSo?\n\nHead teacher\n\nWe shut.\n",
                 "line", turns);
    assert_turns("interviewer: Why?\nyouth worker: It rained.\ninterviewer: And?\nyouth worker: Floods.\n"
                 "interviewer: So?\nyouth worker: We shut.\n",
                 "label",
                 "interviewer: Why?\nyouth worker: It rained.\ninterviewer: And?\nyouth worker: Floods.\n"
                 "interviewer: So?\nyouth worker: We shut.\n");
}

static void words_that_open_a_sentence_are_no_label(void **state)
{
    (void)state;
    assert_turns("INT: Why?\n\nP1: Rain.\nMy point is: wet.\nMy point is: cold.\nMy point is: mud.\n\nINT: So?\n\n"
                 "P1: No.\n\nINT: And?\n\nP1: Yes.\n",
                 "label",
                 "INT: Why?\nP1: Rain. My point is: wet. My point is: cold. My point is: mud.\nINT: So?\nP1: No.\n"
                 "INT: And?\nP1: Yes.\n");
}

static void where_all_words_would_be_the_interviewers_a_warning_says_so(void **state)
{
    (void)state;
    talk made = talk_of("Interviewer\n\nWhy?\n\nThe one at the back\n\nRain.\n\nInterviewer\n\nSo?\n\nThe one at the "
                        "back\n\nMud.\n\nInterviewer\n\nAnd?\n\nThe one at the back\n\nNo.\n",
                        NULL);
    const qcode_note *warned = note_with(&made, QCODE_NOTE_WARNING, "no label but the interviewer's");
    assert_non_null(warned);
    assert_int_equal(warned->line, 1);
    talk_end(&made);
}

static void a_header_may_present_the_speakers(void **state)
{
    (void)state;
    assert_turns("Review of a watch\nJoint interview\nP03: farmer, chair of the watch\nP04: sergeant\n\nI: Why?\n\n"
                 "P03: Quads.\n\nP04: He rang.\n\nI: So?\n\nP03: I did.\n\nP04: He did.\n",
                 "label", "I: Why?\nP03: Quads.\nP04: He rang.\nI: So?\nP03: I did.\nP04: He did.\n");
    assert_turns("Part two\nI: Why\nP03: Quads\nI: So\nP03: I did\n", "label",
                 "I: Why\nP03: Quads\nI: So\nP03: I did\n");
}

static void labels_may_stand_in_brackets_or_before_a_dash(void **state)
{
    (void)state;
    const char *turns = "INT: Why?\nHead teacher: Rain - and mud.\nINT: So?\nHead teacher: No.\nINT: And?\n"
                        "Head teacher: Yes.\n";
    assert_turns("[INT] Why?\n\n[Head teacher] Rain - and mud.\n\n[INT] So?\n\n[Head teacher] No.\n\n[INT] And?\n\n"
                 "[Head teacher] Yes.\n",
                 "bracket", turns);
    assert_turns("<INT> Why?\n<Head teacher> Rain - and mud.\n<INT> So?\n<Head teacher> No.\n<INT> And?\n"
                 "<Head teacher> Yes.\n",
                 "bracket", turns);
    assert_turns("**INT** Why?\n\n**Head teacher** Rain - and mud.\n\n**INT** So?\n\n**Head teacher** No.\n\n"
                 "**INT** And?\n\n**Head teacher** Yes.\n",
                 "bracket", turns);
    assert_turns("INT \xE2\x80\x93 Why?\n\nHead teacher \xE2\x80\x93 Rain - and mud.\n\nINT \xE2\x80\x93 So?\n\n"
                 "Head teacher \xE2\x80\x93 No.\n\nINT \xE2\x80\x93 And?\n\nHead teacher \xE2\x80\x93 Yes.\n",
                 "dash", turns);
}

static void directions_and_asides_in_brackets_are_no_labels(void **state)
{
    (void)state;
    assert_turns("INT: Why?\n\n[laughs] Rain.\n\nP1: So.\n\n[laughs] Mud.\n\nINT: Ah?\n\n[laughs] No.\n\nP1: Yes.\n"
                 "\n[laughs] Well - no.\n",
                 "label",
                 "INT: Why?|[laughs] Rain.\nP1: So.|[laughs] Mud.\nINT: Ah?|[laughs] No.\nP1: Yes.|[laughs] Well - "
                 "no.\n");
}

static void a_tab_parts_label_and_words(void **state)
{
    (void)state;
    assert_turns("Interviewer\tHow?\nAnna\tSo: like that.\nInterviewer\tWhen?\nAnna\tAt 10:30.\n", "tab",
                 "Interviewer: How?\nAnna: So: like that.\nInterviewer: When?\nAnna: At 10:30.\n");
}

static void names_in_bold_are_speakers(void **state)
{
    (void)state;
    const char *turns = "Ms Lee: Why?\nMr Fox: Because.\nMs Lee: Note: this.\nMr Fox: Yes.|And more.\n";
    assert_turns(
        "**Ms Lee**: Why?\n\n**Mr Fox**: Because.\n\n**Ms Lee**: Note: this.\n\n**Mr Fox**: Yes.\n\nAnd more.\n",
        "bold", turns);
    assert_turns(
        "**Ms Lee:** Why?\n\n**Mr Fox:** Because.\n\n**Ms Lee:** Note: this.\n\n**Mr Fox:** Yes.\n\nAnd more.\n",
        "bold", turns);
    assert_turns(
        "**Ms Lee**\nWhy?\n\n**Mr Fox**\nBecause.\n\n**Ms Lee**\nNote: this.\n\n**Mr Fox**\nYes.\n\nAnd more.\n",
        "bold", turns);
}

static void headings_that_end_in_a_colon_are_speakers(void **state)
{
    (void)state;
    assert_turns("# 2020 Interview\n\n### Ann Lee:\nWhy?\n\n> (laughter)\n\n### Fox：\nBecause.\n\n### Ann Lee:\nAh.\n",
                 "heading", "Ann Lee: Why?\nFox: Because.\nAnn Lee: Ah.\n");
}

static void q_and_a_are_speakers(void **state)
{
    (void)state;
    assert_turns("Q. Did you go?\nA. I did.\nI went\ntwice.\nQ. And then?\nA. Home.\n", "letter",
                 "Q: Did you go?\nA: I did. I went twice.\nQ: And then?\nA: Home.\n");
}

static void a_label_may_stand_on_a_line_of_its_own(void **state)
{
    (void)state;
    assert_turns("INTERVIEWER\nHow?\n\nHEAD TEACHER\nSo.\n\nINTERVIEWER\nWhy?\n\nHEAD TEACHER\n[laughs]\n", "line",
                 "INTERVIEWER: How?\nHEAD TEACHER: So.\nINTERVIEWER: Why?\nHEAD TEACHER: [laughs]\n");
    assert_turns("Interviewer\nHow?\nParticipant 1\nSo.\nInterviewer\nWhy?\nParticipant 1\nThus.\n", "line",
                 "Interviewer: How?\nParticipant 1: So.\nInterviewer: Why?\nParticipant 1: Thus.\n");
    assert_turns("INT:\n\nHow?\n\nP1:\n\nSo.\n\nThus.\n\nINT:\n\nWhy?\n\nP1:\n\nOh.\n", "label",
                 "INT: How?\nP1: So.|Thus.\nINT: Why?\nP1: Oh.\n");
}

static void a_name_below_a_rule_is_a_speaker(void **state)
{
    (void)state;
    assert_turns("Title\n2019\n---\nANA GIL, MINISTRA\nBuenos días.\nY más.\n---\nPREGUNTA\n¿Cuándo?\n---\nANA GIL, "
                 "MINISTRA\nHoy.\n",
                 "rule", "ANA GIL, MINISTRA: Buenos días. Y más.\nPREGUNTA: ¿Cuándo?\nANA GIL, MINISTRA: Hoy.\n");
}

static void names_with_a_party_alone_on_their_line_are_speakers(void **state)
{
    (void)state;
    assert_turns(
        "Inhalt:\n\nPräsident Dr. Karl Lamm:\nIch bitte darum.\n\nDr. Eva Bart (ABC/\nDEF):\nMeine Damen und Herren: "
        "danke.\n\n"
        "(Beifall bei der ABC – Otto Kau [DEF]:\nSehr gut!)\n\nPräsident Dr. Karl Lamm:\nDas Wort hat Otto Kau.\n\n"
        "Otto Kau (DEF):\nDanke.\n\nPräsident Dr. Karl Lamm:\nSchluss.\n",
        "label",
        "Präsident Dr. Karl Lamm: Ich bitte darum.|Dr. Eva Bart (ABC/ DEF): Meine Damen und Herren: danke.\n"
        "Präsident Dr. Karl Lamm: Das Wort hat Otto Kau.\nOtto Kau (DEF): Danke.\nPräsident Dr. Karl Lamm: Schluss.\n");
}

/* Every turn's time in milliseconds, in order. */
static void assert_times(const char *text, const char *turns, const char *layout, const int64_t *times)
{
    assert_turns(text, layout, turns);
    talk made = talk_of(text, NULL);
    for (size_t i = 0; i < qcode_transcript_turn_count(made.read); i++)
        assert_int_equal(qcode_transcript_turn(made.read, i).time_ms, times[i]);
    talk_end(&made);
}

static void the_date_above_a_recording_is_no_speaker(void **state)
{
    (void)state;
    assert_times("Interview\nSat, Nov 14, 2026 10:02AM \xE2\x80\xA2 12:31\n\nSUMMARY KEYWORDS\npark, lights\n\n"
                 "Speaker 1  00:00\nWhy?\n\nAnn Lee  00:04\nRain.\n\nSpeaker 1  00:12\nSo?\n\nAnn Lee  00:15\nNo.\n",
                 "Speaker 1: Why?\nAnn Lee: Rain.\nSpeaker 1: So?\nAnn Lee: No.\n", "stamp",
                 (const int64_t[]){0, 4000, 12000, 15000});
}

static void a_stamp_between_hashes_ends_a_turn_or_opens_one(void **state)
{
    (void)state;
    assert_times("I: Why? #00:00:05-1#\n\nB: Rain # and mud. #00:00:09-7#\n\nI: So?\n\nB: No.\n",
                 "I: Why?\nB: Rain # and mud.\nI: So?\nB: No.\n", "label", (const int64_t[]){-1, 5100, 9700, -1});
    assert_times("#00:00:05-1# I: Why?\n\n#00:00:09-7# B: Rain.\n\n#00:01:00-0# I: So?\n\n#01:00:02-5# B: No.\n",
                 "I: Why?\nB: Rain.\nI: So?\nB: No.\n", "label", (const int64_t[]){5100, 9700, 60000, 3602500});
}

static void time_stamps_are_times_and_no_speech(void **state)
{
    (void)state;
    assert_times("[00:00:02] I: Why?\n[00:01:10.5] R1: So (inaudible 00:12:31) there.\n[01:02:03] I: Ah?\n[01:02:09] "
                 "R1: At 10:30.\n",
                 "I: Why?\nR1: So (inaudible 00:12:31) there.\nI: Ah?\nR1: At 10:30.\n", "label",
                 (const int64_t[]){2000, 70500, 3723000, 3729000});
    assert_times("Speaker 1 (00:04)\nWhy?\n\nSpeaker 2 (0:07)\nSo.\n\nSpeaker 1 (01:02:03)\nAh?\n",
                 "Speaker 1: Why?\nSpeaker 2: So.\nSpeaker 1: Ah?\n", "stamp", (const int64_t[]){4000, 7000, 3723000});
    assert_times("00:04 Anna\nWhy?\n00:07 Ben\nSo.\n00:10 Anna\nAh?\n00:12 Ben\nNow\n",
                 "Anna: Why?\nBen: So.\nAnna: Ah?\nBen: Now\n", "stamp", (const int64_t[]){4000, 7000, 10000, 12000});
    assert_times("Anna (00:04): Why?\nBen (00:07): So.\nAnna (00:10): Ah?\nBen: Now\n",
                 "Anna: Why?\nBen: So.\nAnna: Ah?\nBen: Now\n", "label", (const int64_t[]){4000, 7000, 10000, -1});
    assert_times("**Ann:** Why?\n\n**Ben:** So.\n\n\\[04:05\\] And more.\n\n**Ann:** Ah?\n",
                 "Ann: Why?\nBen: So.|And more.\nAnn: Ah?\n", "bold", (const int64_t[]){-1, -1, -1});
    assert_times("00:00:01.000 --> 00:00:04.000\nAnna: Why?\n\n00:00:05.000 --> 00:00:06.000\nBen: So.\n\n00:07 --> "
                 "00:08\nAnna: Ah?\n",
                 "Anna: Why?\nBen: So.\nAnna: Ah?\n", "label", (const int64_t[]){1000, 5000, 7000});
}

static void a_stamp_that_opens_a_line_of_speech_is_no_speech(void **state)
{
    (void)state;
    assert_turns("Int: Hello?\nAnna: Well\n[00:00:10] we did\nInt: more?\nAnna: x\n[00:00:20] we did again.\n"
                 "[00:00:30] So I said: it is, friend.\n(00:40) Fine.\n",
                 "label",
                 "Int: Hello?\nAnna: Well we did\nInt: more?\nAnna: x we did again. So I said: it is, friend. Fine.\n");
    assert_turns("[00:10] We did.\n\n[00:20] So: it is.\n\n[00:30] Fine\n", "none",
                 "-: We did.\n-: So: it is.\n-: Fine\n");
}

static void a_time_that_is_the_answer_is_speech(void **state)
{
    (void)state;
    assert_turns("INT: When?\nP1: 12:30\nINT: Sure?\nP1: 12:30\n", "label",
                 "INT: When?\nP1: 12:30\nINT: Sure?\nP1: 12:30\n");
}

static void line_numbers_are_no_speech(void **state)
{
    (void)state;
    assert_turns("1  INT: How are\n2  you?\n3  P1: Good, I\n4  had 10\n5  of them.\n6  INT: When?\n7  P1: Now.\n",
                 "label", "INT: How are you?\nP1: Good, I had 10 of them.\nINT: When?\nP1: Now.\n");
    assert_turns(
        "1\n     Interview\n2    Dan: So what\n     is it?\n\n3    Participant: 12 of them.\n\n4    Dan: Ah?\n\n"
        "5    Participant: Yes,\n     40 of them.\n\n6    Dan: Good.\n",
        "label",
        "Dan: So what is it?\nParticipant: 12 of them.\nDan: Ah?\nParticipant: Yes, 40 of them.\nDan: Good.\n");
    assert_turns("INT: How many?\nP1: Some.\n12 people came.\n40 did not.\nINT: Ah.\nP1: Yes.\n", "label",
                 "INT: How many?\nP1: Some. 12 people came. 40 did not.\nINT: Ah.\nP1: Yes.\n");
}

static void labels_may_stand_in_a_list(void **state)
{
    (void)state;
    const char *turns = "INT: How?\nP1: So.\nINT: Why?\nP1: Thus.\nINT: Ah.\nP1: Bye.\n";
    assert_turns("1. INT: How?\n2. P1: So.\n3. INT: Why?\n4. P1: Thus.\n5. INT: Ah.\n6. P1: Bye.\n", "label", turns);
    assert_turns("- INT: How?\n- P1: So.\n- INT: Why?\n- P1: Thus.\n- INT: Ah.\n- P1: Bye.\n", "label", turns);
}

static void page_headers_and_footers_are_no_speech(void **state)
{
    (void)state;
    assert_turns("INT: How?\n\nP1: I was going\n\nPage 1 of 2\n\f\nStudy T9, confidential\n\nto say more.\n\nINT: At "
                 "page 2?\n\nPage 2 of 2\n\f\n"
                 "Study T9, confidential\n\nP1: Yes.\n",
                 "label", "INT: How?\nP1: I was going to say more.\nINT: At page 2?\nP1: Yes.\n");
    assert_turns("INT: How?\n\n- 1 -\n\nP1: So.\n\n- 2 -\n\nINT: Why?\n\n- 3 -\n\nP1: 3\n", "label",
                 "INT: How?\nP1: So.\nINT: Why?\nP1: 3\n");
}

static void what_people_say_alike_is_no_furniture(void **state)
{
    (void)state;
    const char *turns = "INT: Good?\nP1: Yes.\nP2: Yes.\nP3: Yes.\nINT: And?\nP1: So.\nP2: In week 1.\n"
                        "P1: In week 2.\nP2: In week 3.\n";
    assert_turns("INT: Good?\n\nP1: Yes.\n\nP2: Yes.\n\nP3: Yes.\n\nINT: And?\n\nP1: So.\n\nP2: In week 1.\n\n"
                 "P1: In week 2.\n\nP2: In week 3.\n",
                 "label", turns);
    assert_turns("INT: Good?\n\nP1: Yes.\n\f\nP2: Yes.\n\f\nP3: Yes.\n\nINT: And?\n\nP1: So.\n\nP2: In week 1.\n\n"
                 "P1: In week 2.\n\nP2: In week 3.\n",
                 "label", turns);
    assert_turns("Int: Question 1?\n\nAnna: A.\n\nInt: Question 2?\n\nAnna: B.\n\nInt: Question 3?\n\nAnna: C.\n",
                 "label", "Int: Question 1?\nAnna: A.\nInt: Question 2?\nAnna: B.\nInt: Question 3?\nAnna: C.\n");
    assert_turns("Moderator\n\nWell?\n\nParticipant 1\n\nI do.\n\nParticipant 2\n\nMe too.\n\nParticipant 3\n\nNot me."
                 "\n\nModerator\n\nWhy?\n",
                 "line",
                 "Moderator: Well?\nParticipant 1: I do.\nParticipant 2: Me too.\nParticipant 3: Not me.\n"
                 "Moderator: Why?\n");
    assert_turns("MODERATOR\nWell?\n\fANNA\nI do.\nMODERATOR\nSo?\n\fANNA\nI said.\nMODERATOR\nAnd?\nANNA\nNo.\n",
                 "line",
                 "MODERATOR: Well?\nANNA: I do.\nMODERATOR: So?\nANNA: I said.\nMODERATOR: And?\nANNA: No.\n");
}

static void headers_of_pages_stand_at_their_edges(void **state)
{
    (void)state;
    const char *turns = "INT: How?\nP1: I was going to say more.\nINT: Why?\nP1: Oh.\n";
    assert_turns("Study: T9, page 1\n\nINT: How?\n\nP1: I was\n\fStudy: T9, page 2\n\ngoing to\n\fStudy: T9, page 3\n\nsay "
                 "more.\n\n\fStudy: T9, page 4\n\nINT: Why?\n\nP1: Oh.\n",
                 "label", turns);
    assert_turns("INT: How?\n\n1/3\n\nP1: I was\n\n2/3\n\ngoing to say more.\n\nINT: Why?\n\n3/3\n\nP1: Oh.\n", "label",
                 turns);
    assert_turns("INT: How?\n\n– Seite 1 von 2 –\n\nP1: I was going to say more.\n\n[p.2]\n\nINT: Why?\n\nP1: Oh.\n",
                 "label", turns);
}

static void paragraphs_in_brackets_or_italics_are_speech_unless_known_to_be_none(void **state)
{
    (void)state;
    assert_turns("Int: How?\n\nAnna: Good.\n\n(She thinks about partnership.)\n\n*emphasis is what I say*\n\n(Applause)\n\n"
                 "[I would say that it\nhelped us.]\n\n*(10.00 am)*\n\n*laughs*\n\nInt: And?\n\nAnna: Done.\n",
                 "label",
                 "Int: How?\nAnna: Good.|(She thinks about partnership.)|*emphasis is what I say* "
                 "[I would say that it helped us.]\nInt: And?\nAnna: Done.\n");
    assert_turns("**Ms Lee**: Why?\n\n*MR FOX (affirmed).*\n\n**Mr Fox**: Because.\n\n*Never say never*\n\n*Never!*\n\n"
                 "*Administrative Discussion*\n\n**Ms Lee**: So?\n\n*(The witness\nwithdrew)*\n\n**Mr Fox**: Yes.\n",
                 "bold",
                 "Ms Lee: Why?\nMr Fox: Because.|*Never say never*|*Never!*\nMs Lee: So?\nMr Fox: Yes.\n");
}

/* Would take minutes if the end of a paragraph were looked for at each of its lines. */
static void a_turn_of_many_lines_is_read_in_linear_time(void **state)
{
    (void)state;
    enum { LINES = 600000 };
    qc_buffer text = qc_buffer_init(NULL);
    qc_buffer_string(&text, "INT: How?\nP1: So.\nINT: Why?\nP1: Thus\n");
    for (int i = 0; i < LINES; i++)
        qc_buffer_string(&text, "and on\n");
    talk made = talk_of(qc_buffer_text(&text), NULL);
    assert_int_equal(qcode_transcript_turn_count(made.read), 4);
    const qcode_turn last = qcode_transcript_turn(made.read, 3);
    assert_int_equal(last.ranges[last.range_count - 1].end, text.length - 1);
    talk_end(&made);
    qc_buffer_clear(&text);
}

static void a_label_that_stands_once_is_a_speaker_when_it_is_like_the_others(void **state)
{
    (void)state;
    const char *text = "INT: Why?\nP09a: So.\nINT: And you?\nP09b: Me too.\nINT: Ah.\nP09a: Yes.\n";
    assert_turns(text, "label", "INT: Why?\nP09a: So.\nINT: And you?\nP09b: Me too.\nINT: Ah.\nP09a: Yes.\n");
    talk made = talk_of(text, NULL);
    const qcode_note *note = note_with(&made, QCODE_NOTE_GUESS, "once");
    assert_non_null(note);
    assert_int_equal(note->line, 4);
    talk_end(&made);
}

static void words_before_a_colon_make_no_speaker(void **state)
{
    (void)state;
    const char *text =
        "INT: How?\nP1: Like this.\nNote: it rained.\nhttp: no address.\nWell: yes.\nhe said: no.\n10:30: late.\n"
        "INT: Why?\nP1: See http://x.org/a: there.\n";
    assert_turns(
        text, "label",
        "INT: How?\nP1: Like this. Note: it rained. http: no address. Well: yes. he said: no. 10:30: late.\nINT: Why?\n"
        "P1: See http://x.org/a: there.\n");
    talk made = talk_of(text, NULL);
    assert_non_null(note_with(&made, QCODE_NOTE_GUESS, "not taken"));
    talk_end(&made);
}

static void a_wrapped_line_that_begins_with_a_name_and_a_colon_makes_no_speaker(void **state)
{
    (void)state;
    assert_turns("Int: How was\nit?\nAnna: Good, as I said to\nthem all the time.\nTrust: because it helped.\nInt: And?\nAnna: "
                 "Done, all of it, and\nwe went.\n",
                 "label",
                 "Int: How was it?\nAnna: Good, as I said to them all the time. Trust: because it helped.\nInt: And?\n"
                 "Anna: Done, all of it, and we went.\n");
    assert_turns("Int: How?\nAnna: Good. Note: this.\nReason: because.\nInt: And?\nAnna: Done: so.\n", "label",
                 "Int: How?\nAnna: Good. Note: this. Reason: because.\nInt: And?\nAnna: Done: so.\n");
    assert_turns("Int: How was\nit?\nAnna: Good, as I\nsaid.\n\nBen: Me too,\nI think.\nInt: And?\nAnna: Done.\n", "label",
                 "Int: How was it?\nAnna: Good, as I said.\nBen: Me too, I think.\nInt: And?\nAnna: Done.\n");
}

static void a_text_without_speakers_is_a_turn_a_paragraph(void **state)
{
    (void)state;
    const char *text = "We shared it\nweekly. Time: 10:30.\n\nIt is a matter of trust.\n";
    assert_turns(text, "none", "-: We shared it weekly. Time: 10:30.\n-: It is a matter of trust.\n");
    talk made = talk_of(text, NULL);
    assert_non_null(note_with(&made, QCODE_NOTE_GUESS, "no speakers"));
    assert_int_equal(qcode_transcript_speaker_count(made.read), 0);
    talk_end(&made);
    assert_turns(
        "One sentence.\nAnother that is much longer than the first one was.\nA third.\nAnd the last of them.\n", "none",
        "-: One sentence.\n-: Another that is much longer than the first one was.\n-: A third.\n-: And the last of "
        "them.\n");
}

/* Think-aloud protocols label the moderator alone. */
static void words_between_the_moderators_lines_are_not_the_moderators(void **state)
{
    (void)state;
    assert_turns("1 Read the page.\n Right, I see it.\n MODERATOR: Could you go on?\n Yes, I do. It is rather long, as "
                 "I said.\n Fine.\n"
                 " MODERATOR: Thanks.\n Bye.\n",
                 "label",
                 "-: 1 Read the page.\n-: Right, I see it.\nMODERATOR: Could you go on?\n-: Yes, I do. It is rather "
                 "long, as I said.\n-: Fine.\n"
                 "MODERATOR: Thanks.\n-: Bye.\n");
}

static void what_is_no_speech_is_noted_with_its_first_line(void **state)
{
    (void)state;
    talk made =
        talk_of("Hearing Day 3\n=============\n\n.. raw:: html\n\n   <a href=\"x\">y</a>\n\n*(10.00 am)*\n\n**Mr "
                "Fox**: Good morning.\n\n"
                "Opening\n-------\n\n*(A short break)*\n\n**Ms Lee**: Thanks.\n\n**Mr Fox**: Go on.\n\n**Ms Lee**:\n",
                NULL);
    assert_int_equal(qcode_transcript_turn_count(made.read), 3);
    const qcode_note *front = note_with(&made, QCODE_NOTE_SKIPPED, "before the first turn");
    const qcode_note *heading = note_with(&made, QCODE_NOTE_SKIPPED, "headings");
    const qcode_note *stage = note_with(&made, QCODE_NOTE_SKIPPED, "stage directions");
    const qcode_note *silent = note_with(&made, QCODE_NOTE_SKIPPED, "no words behind");
    assert_true(front && heading && stage && silent);
    assert_int_equal(front->line, 1);
    assert_int_equal(heading->line, 12);
    assert_int_equal(stage->line, 15);
    assert_int_equal(silent->line, 21);
    assert_string_equal(front->source, "folder/talk.txt");
    talk_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(labels_with_a_colon_are_speakers),
        TEST(wrapped_lines_and_paragraphs_go_on_a_turn),
        TEST(a_full_width_colon_is_a_colon),
        TEST(labels_may_be_padded_or_have_no_space_behind),
        TEST(the_words_for_somebodys_work_are_a_label),
        TEST(words_that_open_a_sentence_are_no_label),
        TEST(where_all_words_would_be_the_interviewers_a_warning_says_so),
        TEST(a_header_may_present_the_speakers),
        TEST(labels_may_stand_in_brackets_or_before_a_dash),
        TEST(directions_and_asides_in_brackets_are_no_labels),
        TEST(the_date_above_a_recording_is_no_speaker),
        TEST(a_stamp_between_hashes_ends_a_turn_or_opens_one),
        TEST(a_tab_parts_label_and_words),
        TEST(names_in_bold_are_speakers),
        TEST(headings_that_end_in_a_colon_are_speakers),
        TEST(q_and_a_are_speakers),
        TEST(a_label_may_stand_on_a_line_of_its_own),
        TEST(a_name_below_a_rule_is_a_speaker),
        TEST(names_with_a_party_alone_on_their_line_are_speakers),
        TEST(time_stamps_are_times_and_no_speech),
        TEST(a_stamp_that_opens_a_line_of_speech_is_no_speech),
        TEST(a_time_that_is_the_answer_is_speech),
        TEST(line_numbers_are_no_speech),
        TEST(labels_may_stand_in_a_list),
        TEST(page_headers_and_footers_are_no_speech),
        TEST(what_people_say_alike_is_no_furniture),
        TEST(headers_of_pages_stand_at_their_edges),
        TEST(paragraphs_in_brackets_or_italics_are_speech_unless_known_to_be_none),
        TEST(a_turn_of_many_lines_is_read_in_linear_time),
        TEST(a_label_that_stands_once_is_a_speaker_when_it_is_like_the_others),
        TEST(words_before_a_colon_make_no_speaker),
        TEST(a_wrapped_line_that_begins_with_a_name_and_a_colon_makes_no_speaker),
        TEST(a_text_without_speakers_is_a_turn_a_paragraph),
        TEST(words_between_the_moderators_lines_are_not_the_moderators),
        TEST(what_is_no_speech_is_noted_with_its_first_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
