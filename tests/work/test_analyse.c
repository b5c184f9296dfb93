/* Tables of a run's folder fail cleanly, and count a study as it was counted by hand. */
#include "study_folder.h"

static int begin(void **state)
{
    static const char plain[] = "codes:\n  - id: safe\n    terms: [safe]\n  - id: dark\n    terms: [dark]\n";
    qcode_error err = {.status = QCODE_OK};
    static const char *const names[] = {"one.txt", "two.txt"};
    (void)state;
    if (!open_folder())
        return -1;
    put("one.txt", "INT: Safe?\nANN: I feel safe. It is dark.\nINT: And you?\nBEN: Dark.\n");
    put("two.txt", "Respondent group: Police\n\nINT: Safe?\nCY: Safe.\n");
    return code_files(plain, NULL, names, 2, coded, &err) ? 0 : -1;
}

static void counts_are_those_by_hand(void **state)
{
    (void)state;
    qcode_error err;
    qcode_analysed found;
    const qcode_analysis_job job = {.folder = coded, .kind = QCODE_ANALYSIS_CODES};
    assert_true(qcode_analyse(&job, NULL, &found, NULL, &err));
    /* safe: Police, nobody's group, all; dark: the same */
    assert_int_equal(qcode_table_row_count(found.table), 6);
    assert_string_equal(qcode_table_cell(found.table, 0, 1).as.text, "Police");
    assert_true(qcode_table_cell(found.table, 1, 1).missing);
    static const int64_t by_hand[6][4] = {{1, 1, 1, 1}, {1, 2, 1, 3}, {2, 3, 2, 4}, {0, 1, 0, 0}, {2, 2, 2, 4}, {2, 3, 2, 4}};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(count_of(found.table, i, "raised_by"), by_hand[i][0]);
        assert_int_equal(count_of(found.table, i, "of"), by_hand[i][1]);
        assert_int_equal(count_of(found.table, i, "segments"), by_hand[i][2]);
        assert_int_equal(count_of(found.table, i, "words"), by_hand[i][3]);
    }
    qcode_analysed_clear(&found);
}

static void codes_that_go_together_stand_beside_what_chance_would_give(void **state)
{
    (void)state;
    qcode_error err;
    qcode_analysed found;
    const qcode_analysis_job job = {.folder = coded, .kind = QCODE_ANALYSIS_TOGETHER, .unit = "turn"};
    assert_true(qcode_analyse(&job, NULL, &found, NULL, &err));
    assert_int_equal(qcode_table_row_count(found.table), 1); /* ANN's turn has both; BEN's dark, CY's safe */
    assert_int_equal(count_of(found.table, 0, "together"), 1);
    assert_int_equal(count_of(found.table, 0, "of_first"), 2);
    assert_int_equal(count_of(found.table, 0, "of_second"), 2);
    assert_int_equal(count_of(found.table, 0, "units"), 3);
    assert_float_equal(qcode_table_cell(found.table, 0, qcode_table_find(found.table, "expected")).as.number, 4.0 / 3, 1e-9);
    qcode_analysed_clear(&found);
}

static void what_no_code_touches_is_listed(void **state)
{
    (void)state;
    static const char *const codes[] = {"dark"};
    qcode_error err;
    qcode_analysed found;
    const qcode_analysis_job job = {.folder = coded, .kind = QCODE_ANALYSIS_RESIDUAL,
                                    .filter = {.codes = codes, .code_count = 1}};
    assert_true(qcode_analyse(&job, NULL, &found, NULL, &err));
    assert_int_equal(qcode_table_row_count(found.table), 2);
    assert_string_equal(words_of(found.table, 0, "text"), "I feel safe.");
    assert_int_equal(count_of(found.table, 0, "words"), 3);
    assert_string_equal(words_of(found.table, 1, "text"), "Safe.");
    qcode_analysed_clear(&found);
}

static void a_code_is_new_in_the_first_interview_that_has_it(void **state)
{
    (void)state;
    qcode_error err;
    qcode_analysed found;
    const qcode_analysis_job job = {.folder = coded, .kind = QCODE_ANALYSIS_ACCUMULATION};
    assert_true(qcode_analyse(&job, NULL, &found, NULL, &err));
    assert_int_equal(qcode_table_row_count(found.table), 2);
    assert_string_equal(words_of(found.table, 0, "which"), "safe, dark");
    assert_int_equal(count_of(found.table, 1, "first_mentions"), 0);
    assert_int_equal(count_of(found.table, 1, "so_far"), 2);
    qcode_analysed_clear(&found);
}

static void what_the_run_does_not_have_cannot_be_asked_for(void **state)
{
    (void)state;
    static const char *const codes[] = {"nothing"}, *const groups[] = {"Firemen"}, *const wheres[] = {"no_equals"};
    const qcode_view_filter filters[] = {{.codes = codes, .code_count = 1},
                                         {.groups = groups, .group_count = 1},
                                         {.wheres = wheres, .where_count = 1},
                                         {.documents = codes, .document_count = 1}};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        qcode_error err;
        qcode_analysed found;
        const qcode_analysis_job job = {.folder = coded, .filter = filters[i]};
        assert_false(qcode_analyse(&job, NULL, &found, NULL, &err));
        assert_int_equal(err.status, QCODE_USAGE);
    }
}

static void who_did_not_raise_a_code_is_named(void **state)
{
    (void)state;
    qcode_error err;
    qcode_analysed found;
    const qcode_analysis_job job = {.folder = coded, .kind = QCODE_ANALYSIS_ABSENT};
    assert_true(qcode_analyse(&job, NULL, &found, NULL, &err));
    assert_int_equal(qcode_table_row_count(found.table), 2); /* BEN on safe, CY on dark */
    assert_string_equal(words_of(found.table, 0, "respondent"), "BEN (one.txt)");
    assert_string_equal(words_of(found.table, 0, "asked"), "not known");
    assert_string_equal(words_of(found.table, 1, "respondent"), "CY (two.txt)");
    qcode_analysed_clear(&found);
}

static const char written[] = "{\"respondent\":\"CY (two.txt)\",\"code\":\"safe\",\"text\":\"Feels safe.\",\"by\":\"Eve\","
                              "\"on\":\"2026-01-01\",\"seen\":\"\"}\n";

static void a_cell_has_its_quotes_and_what_was_written_of_them(void **state)
{
    (void)state;
    qcode_error err;
    qcode_analysed found;
    qcode_summaries *summaries = qcode_summaries_new(NULL, &err);
    assert_true(qcode_summaries_parse(summaries, written, sizeof written - 1, "summaries.jsonl", &err));
    const qcode_chart_job job = {.folder = coded, .summaries = summaries};
    assert_true(qcode_chart(&job, NULL, &found, NULL, &err));
    assert_int_equal(qcode_table_row_count(found.table), 6); /* CY of the Police, then ANN and BEN */
    assert_string_equal(words_of(found.table, 0, "quotes"), "two.txt:4 Safe.");
    assert_string_equal(words_of(found.table, 0, "summary"), "Feels safe.");
    assert_true(qcode_table_cell(found.table, 0, qcode_table_find(found.table, "stale")).as.yes); /* of other segments */
    assert_true(qcode_table_cell(found.table, 0, qcode_table_find(found.table, "raised")).as.yes);
    assert_string_equal(words_of(found.table, 1, "cell"), "nothing found by the rules, not yet read by a person");
    assert_true(qcode_table_cell(found.table, 1, qcode_table_find(found.table, "summary")).missing);
    qcode_analysed_clear(&found);
    qcode_summaries_free(summaries);
}

static void a_summary_without_its_parts_is_refused_at_its_place(void **state)
{
    (void)state;
    static const char *const wrong[] = {"{\"respondent\":\"A\",\"code\":\"b\"}", "[]", "{\"respondent\":7}", "{"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        qcode_error err;
        qcode_summaries *summaries = qcode_summaries_new(NULL, &err);
        assert_false(qcode_summaries_parse(summaries, wrong[i], strlen(wrong[i]), "summaries.jsonl", &err));
        assert_int_equal(err.line, 1);
        qcode_summaries_free(summaries);
    }
}

static bool chart_and_write(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_analysed found = {.about = NULL};
    err->status = QCODE_NO_MEMORY;
    qcode_summaries *summaries = qcode_summaries_new(memory, err);
    qcode_sink *sink = summaries ? qcode_sink_memory(memory, err) : NULL;
    const qcode_chart_job job = {.folder = coded, .summaries = summaries};
    bool done = sink && qcode_summaries_parse(summaries, written, sizeof written - 1, "summaries.jsonl", err) &&
                qcode_chart(&job, memory, &found, NULL, err) && qcode_summaries_write(summaries, sink, err) &&
                qcode_analysed_page(&found, "A matrix", memory, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    qcode_analysed_clear(&found);
    qcode_summaries_free(summaries);
    return done;
}

static void charting_fails_cleanly_without_memory(void **state)
{
    (void)state;
    refuse_each_allocation(chart_and_write, NULL);
}

static bool analyse_and_write(const qcode_memory *memory, void *user, qcode_error *err)
{
    static const char *const groups[] = {"Police"}, *const codes[] = {"dark"};
    const qcode_analysis_job job = {.folder = coded, .kind = *(const qcode_analysis *)user,
                                    .filter = {.groups = groups, .group_count = 1, .codes = codes, .code_count = 1}};
    const qcode_table_style style = {.format = QCODE_FORMAT_JSON};
    qcode_analysed found = {.about = NULL};
    err->status = QCODE_NO_MEMORY;
    qcode_sink *sink = qcode_sink_memory(memory, err);
    bool done = sink && qcode_analyse(&job, memory, &found, NULL, err) &&
                qcode_analysed_write(&found, &style, memory, sink, err) &&
                qcode_analysed_write(&found, &(qcode_table_style){.format = QCODE_FORMAT_TEXT}, memory, sink, err) &&
                qcode_analysed_page(&found, "A table", memory, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    qcode_analysed_clear(&found);
    return done;
}

static void analysing_fails_cleanly_without_memory(void **state)
{
    (void)state;
    for (qcode_analysis kind = QCODE_ANALYSIS_CODES; kind <= QCODE_ANALYSIS_CANDIDATES; kind++)
        refuse_each_allocation(analyse_and_write, &kind);
}

static bool write_report(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_report_job job = {.folder = coded, .out = qcode_sink_memory(memory, err)};
    bool done = job.out && qcode_report_page(&job, memory, NULL, err);
    qcode_sink_free(job.out);
    return done;
}

static void a_report_fails_cleanly_without_memory(void **state)
{
    (void)state;
    refuse_each_allocation(write_report, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_are_those_by_hand),
        TEST(codes_that_go_together_stand_beside_what_chance_would_give),
        TEST(what_no_code_touches_is_listed),
        TEST(a_code_is_new_in_the_first_interview_that_has_it),
        TEST(what_the_run_does_not_have_cannot_be_asked_for),
        TEST(who_did_not_raise_a_code_is_named),
        TEST(a_cell_has_its_quotes_and_what_was_written_of_them),
        TEST(a_summary_without_its_parts_is_refused_at_its_place),
        TEST(charting_fails_cleanly_without_memory),
        TEST(analysing_fails_cleanly_without_memory),
        TEST(a_report_fails_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, begin, remove_folder);
}
