/* Whose words may be used and shown: masks, and what is kept of who is left out. */
#include "base/utf8.h"
#include "model/cases.h"
#include "model/cast.h"
#include "model/shown.h"
#include "support/test.h"

static const char text[] = "A: caf\xC3\xA9 \xF0\x9F\x99\x82 au\nlait, noir.\nB: Oui,\n\n bien. non.\n";

static const char *first_speaker = "A";

static const qcode_cases *cases_with(qcode_cases *cases, const qc_case *line)
{
    assert_true(qc_cases_add(cases, line) != SIZE_MAX);
    assert_true(qc_cases_settle(cases, NULL));
    return cases;
}

/* The first speaker says [3, 26) in two ranges, B the rest. */
static qcode_transcript *made_with(const qcode_cases *cases, const qcode_memory *memory, qcode_error *err)
{
    static const char hash[65] = "ab";
    qc_buffer bytes = qc_buffer_init(memory);
    if (!qc_buffer_string(&bytes, text)) {
        qc_no_memory(err);
        return NULL;
    }
    qcode_transcript *talk = qc_transcript_new("t.txt", &bytes, hash, "text", "UTF-8", memory, err);
    qc_buffer_clear(&bytes);
    if (!talk)
        return NULL;
    const char *said = strstr(text, "caf"), *noir = strstr(text, "noir"), *b = strstr(text, "Oui");
    size_t a = qc_transcript_speaker(talk, first_speaker, strlen(first_speaker));
    bool done = a != QC_NOBODY && qc_transcript_turn(talk, a, -1) &&
                qc_transcript_range(talk, (qcode_span){(size_t)(said - text), (size_t)(noir - text) - 2}) &&
                qc_transcript_range(talk, (qcode_span){(size_t)(noir - text), (size_t)(noir - text) + 5});
    size_t other = done ? qc_transcript_speaker(talk, "B", 1) : QC_NOBODY;
    done = other != QC_NOBODY && qc_transcript_turn(talk, other, -1) &&
           qc_transcript_range(talk, (qcode_span){(size_t)(b - text), (size_t)(b - text) + 4}) &&
           qc_transcript_range(talk, (qcode_span){(size_t)(b - text) + 7, (size_t)(b - text) + 17});
    qcode_read_options options = {.cases = cases};
    done = done ? qc_transcript_finish(talk, &options, NULL, err) : qc_no_memory(err);
    if (done)
        return talk;
    qcode_transcript_free(talk);
    return NULL;
}

static size_t points(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t at = 0; at < length; count++)
        qc_utf8_next(bytes, length, &at);
    return count;
}

static void who_is_left_out_is_masked_in_the_text_code_point_for_code_point(void **state)
{
    (void)state;
    qcode_attribute attributes[] = {{"group", "x"}, {"withdrawn", "2024-05-01"}};
    qcode_cases *cases = qc_cases_new("cases.csv", "", NULL, NULL);
    const qc_case line = {.speaker = "a", .case_name = "P", .attributes = attributes, .attribute_count = 2,
                          .role = QCODE_ROLE_RESPONDENT, .consent = {.withdrawn = "2024-05-01"}};
    qcode_transcript *talk = made_with(cases_with(cases, &line), NULL, NULL);
    assert_non_null(talk);
    size_t length;
    const char *shown = qcode_transcript_text(talk, &length);
    assert_int_equal(points(shown, length), points(text, sizeof text - 1));
    assert_null(strstr(shown, "caf"));
    assert_null(strstr(shown, "noir"));
    assert_null(strstr(shown, "lait"));
    assert_non_null(strstr(shown, "\nB: Oui,\n\n bien. non.\n"));
    const qcode_turn *first = qcode_transcript_turn(talk, 0), *second = qcode_transcript_turn(talk, 1);
    assert_int_equal(first->range_count, 2);
    assert_true(strncmp(shown + second->ranges[0].start, "Oui,", 4) == 0);
    assert_true(strncmp(shown + second->ranges[1].start, "bien. non.", 10) == 0);
    assert_int_equal(points(shown + first->ranges[1].start, first->ranges[1].end - first->ranges[1].start), 5);
    assert_false(qcode_may_use(talk, first->speaker));
    assert_true(qcode_may_use(talk, second->speaker));
    assert_false(qcode_may_use(talk, NULL));
    assert_int_equal(first->speaker->attribute_count, 1);
    assert_string_equal(first->speaker->attributes[0].value, "2024-05-01");
    qcode_transcript_free(talk);
    qcode_cases_free(cases);
}

static void who_is_not_quoted_is_masked_where_words_are_shown_alone(void **state)
{
    (void)state;
    qcode_attribute attributes[] = {{"consent_quote", "no"}};
    qcode_cases *cases = qc_cases_new("cases.csv", "", NULL, NULL);
    const qc_case line = {.speaker = "A", .role = QCODE_ROLE_RESPONDENT, .attributes = attributes,
                          .attribute_count = 1, .consent = {.no_quote = true}};
    qcode_transcript *talk = made_with(cases_with(cases, &line), NULL, NULL);
    assert_non_null(talk);
    size_t length;
    assert_string_equal(qcode_transcript_text(talk, &length), text);
    const qcode_turn *first = qcode_transcript_turn(talk, 0), *second = qcode_transcript_turn(talk, 1);
    assert_true(qcode_may_use(talk, first->speaker));
    assert_false(qcode_may_quote(talk, first->speaker));
    const qcode_span pieces[] = {first->ranges[0], second->ranges[0], second->ranges[1]};
    qc_buffer shown = qc_buffer_init(NULL);
    assert_true(qc_put_shown(&shown, talk, pieces, 3));
    assert_int_equal(shown.length, strlen(qc_buffer_text(&shown)));
    /* "café 🙂 au lait" with its line end as a space */
    assert_string_equal(shown.data, QC_MASK QC_MASK QC_MASK QC_MASK QC_MASK QC_MASK QC_MASK QC_MASK QC_MASK
                                    " " QC_MASK QC_MASK QC_MASK QC_MASK " Oui,\nbien. non.");
    assert_true(qc_withholds(talk, pieces, 1));
    assert_false(qc_withholds(talk, pieces + 1, 2));
    assert_int_equal(qc_masked_length(shown.data, shown.length), 13 * 3 + 1);
    shown.length = 0;
    assert_true(qc_put_shown_text(&shown, talk));
    assert_int_equal(points(shown.data, shown.length), points(text, sizeof text - 1));
    assert_null(strstr(qc_buffer_text(&shown), "lait"));
    qc_buffer_clear(&shown);
    qcode_transcript_free(talk);
    qcode_cases_free(cases);
}

static void a_no_holds_for_all_interviews_of_a_case(void **state)
{
    (void)state;
    qcode_cases *cases = qc_cases_new("cases.csv", "", NULL, NULL);
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.document = "a", .case_name = "P", .given = {true, true}}), 0);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.document = "b", .speaker = "X", .case_name = "P", .line = 3}), 1);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.speaker = "x", .consent = {.no_quote = true}, .line = 4}), 2);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.document = "c", .case_name = "Q"}), 3);
    assert_true(qc_cases_settle(cases, notes));
    assert_true(qc_cases_consent(cases, "P")->no_quote);
    assert_false(qc_cases_consent(cases, "P")->no_use);
    assert_false(qc_cases_consent(cases, "Q")->no_quote);
    assert_null(qc_cases_consent(cases, "R"));
    assert_int_equal(qcode_notes_count(notes), 1); /* yes on the first line, no on the third */
    assert_true(qc_cases_settle(cases, notes));
    assert_int_equal(qcode_notes_count(notes), 1);
    qcode_notes_free(notes);
    qcode_cases_free(cases);
}

static void a_document_is_refused_when_who_is_kept_back_is_not_in_it(void **state)
{
    (void)state;
    qcode_cases *cases = qc_cases_new("cases.csv", "", NULL, NULL);
    const qc_case line = {.document = "t.txt", .speaker = "C", .line = 7, .consent = {.no_quote = true}};
    qcode_error err = {.status = QCODE_OK};
    assert_null(made_with(cases_with(cases, &line), NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    assert_int_equal(err.line, 7);
    qcode_cases_free(cases);
}

/* "B" is kept back, and what "A & B" say may be B's. */
static void a_document_is_refused_when_another_label_holds_the_name_of_who_is_kept_back(void **state)
{
    (void)state;
    const qc_case somewhere = {.speaker = "b", .line = 4, .consent = {.no_use = true}};
    const qc_case here = {.document = "t.txt", .speaker = "B", .case_name = "P", .line = 5};
    const qc_case other = {.document = "u.txt", .speaker = "X", .case_name = "P", .consent = {.no_quote = true}};
    for (int round = 0; round < 3; round++) {
        qcode_cases *cases = qc_cases_new("cases.csv", "", NULL, NULL);
        assert_true(qc_cases_add(cases, &other) != SIZE_MAX);
        if (round == 2)
            assert_true(qc_cases_add(cases, &(qc_case){.speaker = "A & b", .role = QCODE_ROLE_RESPONDENT}) != SIZE_MAX);
        cases_with(cases, round ? &here : &somewhere);
        qcode_error err = {.status = QCODE_OK};
        first_speaker = "A & B";
        qcode_transcript *talk = made_with(cases, NULL, &err);
        first_speaker = "A";
        assert_int_equal(talk != NULL, round == 2);
        assert_int_equal(err.line, round == 0 ? 4 : round == 1 ? 5 : 0);
        qcode_transcript_free(talk);
        talk = made_with(cases, NULL, &err); /* "A" and "B" */
        assert_non_null(talk);
        qcode_transcript_free(talk);
        qcode_cases_free(cases);
    }
}

static bool make(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_transcript *talk = made_with(user, memory, err);
    qc_buffer shown = qc_buffer_init(memory);
    const qcode_turn *turn = talk ? qcode_transcript_turn(talk, 1) : NULL;
    bool done = turn && ((qc_put_shown(&shown, talk, turn->ranges, turn->range_count) &&
                          qc_put_shown_text(&shown, talk)) ||
                         qc_no_memory(err));
    qc_buffer_clear(&shown);
    qcode_transcript_free(talk);
    return done;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    qcode_cases *cases = qc_cases_new("cases.csv", "", NULL, NULL);
    assert_int_equal(qc_cases_add(cases, &(qc_case){.speaker = "B", .case_name = "b", .consent = {.no_quote = true}}), 0);
    const qc_case line = {.speaker = "A", .case_name = "a", .consent = {.withdrawn = "yes"}};
    refuse_each_allocation(make, (void *)cases_with(cases, &line));
    qcode_cases_free(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_is_left_out_is_masked_in_the_text_code_point_for_code_point),
        TEST(who_is_not_quoted_is_masked_where_words_are_shown_alone),
        TEST(a_no_holds_for_all_interviews_of_a_case),
        TEST(a_document_is_refused_when_who_is_kept_back_is_not_in_it),
        TEST(a_document_is_refused_when_another_label_holds_the_name_of_who_is_kept_back),
        TEST(a_refused_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
