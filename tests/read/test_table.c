/* Tables with named columns. */
#include "model/transcript.h"
#include "read/show.h"
#include "support/test.h"
#include <qcode/read.h>

#include <string.h>

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
}

static qcode_transcript *read_with(const char *columns, const char *table, const qcode_memory *memory, qcode_notes *notes,
                                   qcode_error *err)
{
    const qcode_read_options options = {.columns = columns};
    return qcode_read_transcript_bytes(table, strlen(table), "a/t.csv", &options, memory, notes, err);
}

/* What a turn says. */
static void assert_says(const qcode_transcript *talk, size_t turn, const char *words)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    qcode_range range = qcode_transcript_turn(talk, turn).ranges[0];
    assert_int_equal(range.end - range.start, strlen(words));
    assert_memory_equal(text + range.start, words, strlen(words));
}

static void rows_of_several_documents_are_as_many_transcripts(void **state)
{
    (void)state;
    qcode_error err;
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_transcript *talk = read_with(NULL,
                                       "document,speaker,text\nP2,Ann,One.\nP1,Bo,Two.\n,Bo,Three.\nP2,Cy,Four.\n",
                                       NULL, notes, &err);
    assert_non_null(talk);
    assert_string_equal(qcode_transcript_name(talk), "t.csv/P2");
    assert_int_equal(qcode_transcript_turn_count(talk), 2);
    assert_says(talk, 1, "Four.");
    const qcode_transcript *second = qcode_transcript_next(talk);
    assert_non_null(second);
    assert_string_equal(qcode_transcript_name(second), "t.csv/P1");
    assert_int_equal(qcode_transcript_turn_count(second), 2);
    assert_says(second, 1, "Three.");
    assert_null(qcode_transcript_next(second));
    assert_true(qc_transcript_has_note(talk, "a/t.csv"));
    assert_true(qc_transcript_has_note(talk, "a/t.csv/P2"));
    assert_false(qc_transcript_has_note(talk, "a/t.csv/P1"));
    assert_false(qc_transcript_has_note(second, "a/t.csv"));
    assert_true(qc_transcript_has_note(second, "a/t.csv/P1"));
    qcode_transcript_free(talk);
    qcode_notes_free(notes);
}

static void columns_can_be_named(void **state)
{
    (void)state;
    static const char table[] = "who said it,text,what\nAnn,1,One.\nBo,2,Two.\n";
    static const struct {
        const char *columns, *error;
    } wrong[] = {{"speaker=nobody", "no column is called \"nobody\""},
                 {"speaker=text,speaker=what", "each once, not as \"speaker=what\""},
                 {"words=text", "not as \"words=text\""},
                 {"text", "not as \"text\""},
                 {"text=", "not as \"text=\""}};
    qcode_error err;
    qcode_transcript *talk = read_with("speaker=who said it,text=what", table, NULL, NULL, &err);
    assert_non_null(talk);
    assert_int_equal(qcode_transcript_turn_count(talk), 2);
    assert_string_equal(qcode_transcript_turn(talk, 0).speaker->name, "Ann");
    assert_says(talk, 1, "Two.");
    qcode_transcript_free(talk);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(read_with(wrong[i].columns, table, NULL, NULL, &err));
        assert_non_null(strstr(err.message, wrong[i].error));
    }
}

static bool read_several(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_notes *notes = qcode_notes_new(memory);
    err->status = QCODE_NO_MEMORY;
    qcode_transcript *talk = notes ? read_with(user, "d,speaker,text\nP1,Ann,One?\nP2,Bo,Two.\nP3,Bo,Two.\n", memory,
                                               notes, err)
                                   : NULL;
    qcode_transcript_free(talk);
    qcode_notes_free(notes);
    return talk != NULL;
}

static void several_documents_fail_cleanly_without_memory(void **state)
{
    (void)state;
    char columns[] = "document=d";
    refuse_each_allocation(read_several, columns);
}

/* The utterances of ncodeR's data, in ten groups. */
static void utterances_of_ten_groups_are_read(void **state)
{
    (void)state;
    NEED_SHARED(path, "data/coded/ncoder/RS.data.csv");
    qcode_error err;
    const qcode_read_options options = {.columns = "document=GroupName,speaker=UserName"};
    qcode_transcript *talk = qcode_read_transcript(path, &options, NULL, NULL, &err);
    assert_non_null(talk);
    size_t documents = 0, turns = 0;
    for (const qcode_transcript *at = talk; at; at = qcode_transcript_next(at), documents++)
        turns += qcode_transcript_turn_count(at);
    assert_int_equal(documents, 10);
    assert_int_equal(turns, 3824);
    qcode_transcript_free(talk);
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
        TEST(rows_of_several_documents_are_as_many_transcripts),
        TEST(columns_can_be_named),
        TEST(several_documents_fail_cleanly_without_memory),
        TEST(utterances_of_ten_groups_are_read),
        TEST(a_text_with_commas_is_no_table),
        TEST(refused_allocations_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
