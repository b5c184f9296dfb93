/* Codings of several coders compared code by code. */
#include "support/test.h"
#include <qcode/compare.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/compare-XXXXXX", paths[5][64];

enum { TALK, ANN, BEN, SHEET, ASKED };

static const char talk[] = "INT: Who led it?\n\nP1: She led it. Nobody else came. The boss was seen.\n\n"
                           "INT: And then?\n\nP1: It went on. We met weekly.\n";

/* Both gave `lead` to "She led it.", Ann alone to "The boss was seen."; `meet` is Ben's alone. */
static const char ann[] = "document,code,coder,text\ntalk.txt,lead,ann,She led it.\ntalk.txt,lead,ann,The boss was seen.\n";
static const char ben[] = "document,code,coder,text\ntalk.txt,lead,ben,She led it.\ntalk.txt,meet,ben,We met weekly.\n";

static void put_file(size_t which, const char *text)
{
    FILE *file = fopen(paths[which], "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int make_files(void **state)
{
    static const char *const names[] = {"talk.txt", "ann.csv", "ben.csv", "sheet.csv", "asked.csv"};
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    for (size_t i = 0; i < 5; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
    put_file(TALK, talk);
    put_file(ANN, ann);
    put_file(BEN, ben);
    return 0;
}

static int remove_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < 5; i++)
        unlink(paths[i]);
    return rmdir(folder);
}

static const char *const texts[] = {paths[TALK]}, *const pair[] = {paths[ANN], paths[BEN]},
                  *const turned[] = {paths[BEN], paths[ANN]};

static qcode_compare_job job_of(const char *const *codings, size_t count)
{
    return (qcode_compare_job){.paths = codings,
                               .path_count = count,
                               .texts = texts,
                               .text_count = 1,
                               .intervals = {.seed = 1, .resamples = 50, .threads = 1}};
}

static qcode_comparison compared(const qcode_compare_job *job)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_comparison result;
    if (!qcode_compare(job, NULL, &result, NULL, &err))
        fail_msg("%s: %s", err.source, err.message);
    return result;
}

static qcode_cell cell_of(const qcode_table *table, size_t row, const char *column)
{
    return qcode_table_cell(table, row, qcode_table_find(table, column));
}

static void assert_numbers(const qcode_table *codes, size_t row, const char *code, const int64_t *numbers)
{
    static const char *const columns[] = {"units", "by_first", "by_second", "by_both", "interviews", "respondents"};
    assert_string_equal(cell_of(codes, row, "code").as.text, code);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(cell_of(codes, row, columns[i]).as.integer, numbers[i]);
}

static void each_code_says_who_coded_how_many_units(void **state)
{
    (void)state;
    const qcode_compare_job job = job_of(pair, 2);
    qcode_comparison result = compared(&job);
    assert_int_equal(qcode_table_row_count(result.codes), 2);
    assert_numbers(result.codes, 0, "lead", (const int64_t[]){5, 2, 1, 1, 1, 1});
    assert_numbers(result.codes, 1, "meet", (const int64_t[]){5, 0, 1, 0, 1, 1});
    assert_float_equal(cell_of(result.codes, 0, "percent").as.number, 0.8, 1e-12);
    assert_float_equal(cell_of(result.codes, 0, "positive").as.number, 2.0 / 3, 1e-12);
    assert_float_equal(cell_of(result.codes, 0, "negative").as.number, 6.0 / 7, 1e-12);
    assert_float_equal(cell_of(result.codes, 0, "kappa").as.number, 6.0 / 11, 1e-12);
    assert_string_equal(cell_of(result.codes, 0, "note").as.text, "too few to judge");
    assert_true(cell_of(result.codes, 0, "alpha_low").missing);
    assert_int_equal(qcode_table_row_count(result.interviews), 2);
    qcode_comparison_clear(&result);
}

enum { FORMAT_PAGE = QCODE_FORMAT_JSON + 1 };

/* The whole comparison. The caller frees it. */
static char *written(const qcode_compare_job *job, int format)
{
    qcode_error err;
    size_t length;
    qcode_comparison result = compared(job);
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    const qcode_table_style style = {.format = (qcode_format)format};
    assert_true(format == FORMAT_PAGE ? qcode_comparison_page(&result, NULL, sink, &err)
                                      : qcode_comparison_write(&result, &style, NULL, sink, &err));
    const char *bytes = qcode_sink_bytes(sink, &length);
    char *copy = malloc(length + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    qcode_sink_free(sink);
    qcode_comparison_clear(&result);
    return copy;
}

static void the_order_of_coders_and_codes_changes_nothing(void **state)
{
    (void)state;
    static const char *const units[] = {"sentence", "turn", "answer", "document", "character"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        qcode_compare_job one = job_of(pair, 2), other = job_of(turned, 2);
        one.unit = other.unit = units[i];
        one.all = other.all = true;
        one.intervals.draw = other.intervals.draw = QCODE_DRAW_UNITS;
        other.intervals.threads = 3;
        char *a = written(&one, QCODE_FORMAT_JSON), *b = written(&other, QCODE_FORMAT_JSON);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
}

static void units_nobody_coded_count_where_everybody_speaks(void **state)
{
    (void)state;
    qcode_compare_job job = job_of(pair, 2);
    job.everybody = true;
    qcode_comparison result = compared(&job);
    assert_numbers(result.codes, 0, "lead", (const int64_t[]){7, 2, 1, 1, 1, 1});
    assert_float_equal(cell_of(result.codes, 0, "positive").as.number, 2.0 / 3, 1e-12);
    assert_float_equal(cell_of(result.codes, 0, "percent").as.number, 6.0 / 7, 1e-12);
    qcode_comparison_clear(&result);
}

static void characters_are_those_of_speech(void **state)
{
    (void)state;
    qcode_compare_job job = job_of(pair, 2);
    job.unit = "character";
    qcode_comparison result = compared(&job);
    assert_numbers(result.codes, 0, "lead",
                   (const int64_t[]){(int64_t)strlen("She led it. Nobody else came. The boss was seen.") +
                                         (int64_t)strlen("It went on. We met weekly."),
                                     29, 11, 11, 1, 1});
    assert_null(result.pooled);
    qcode_comparison_clear(&result);
}

static void a_sheet_that_was_filled_in_is_a_coder(void **state)
{
    (void)state;
    qcode_error err;
    qcode_compare_job job = job_of(pair, 2);
    qcode_comparison result = compared(&job);
    assert_int_equal(qcode_table_row_count(result.decisions), 3);
    assert_string_equal(cell_of(result.decisions, 0, "decision").as.text, "yes");
    assert_true(cell_of(result.decisions, 1, "decision").missing);
    assert_string_equal(cell_of(result.decisions, 1, "text").as.text, "The boss was seen.");
    assert_int_equal(cell_of(result.decisions, 1, "line").as.integer, 3);
    assert_string_equal(cell_of(result.decisions, 1, "ben").as.text, "no");
    qcode_sink *sink = qcode_sink_file(paths[SHEET], NULL, &err);
    assert_true(qcode_table_write(result.decisions, &(qcode_table_style){.format = QCODE_FORMAT_CSV}, sink, &err));
    assert_true(qcode_sink_finish(sink, &err));
    qcode_sink_free(sink);
    qcode_comparison_clear(&result);
    const char *const three[] = {paths[ANN], paths[SHEET]};
    job = job_of(three, 2);
    result = compared(&job);
    assert_numbers(result.codes, 0, "lead", (const int64_t[]){5, 2, 1, 1, 1, 1});
    qcode_comparison_clear(&result);
}

static void who_was_asked_and_coded_nothing_agrees_on_nothing(void **state)
{
    (void)state;
    qcode_error err;
    qcode_comparison result;
    put_file(SHEET, "document,code,coder,text\nother.txt,lead,eve,She led it.\ntalk.txt,lead,eve,These words are nowhere.\n");
    char eve[80];
    snprintf(eve, sizeof eve, "eve=%s", paths[SHEET]);
    const char *const codings[] = {paths[ANN], eve};
    qcode_compare_job job = job_of(codings, 2);
    assert_false(qcode_compare(&job, NULL, &result, NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    put_file(ASKED, "document,coder\ntalk.txt,eve\ntalk.txt,ann\n");
    job.assignments = paths[ASKED];
    result = compared(&job);
    assert_numbers(result.codes, 0, "lead", (const int64_t[]){5, 2, 0, 0, 1, 1});
    qcode_comparison_clear(&result);
}

static void words_that_may_not_be_quoted_are_not_listed(void **state)
{
    (void)state;
    static const char lines[] = "document,speaker,case,consent_quote\ntalk.txt,P1,Ann,no\n";
    qcode_error err;
    qcode_cases *cases = qcode_cases_parse(lines, sizeof lines - 1, "cases.csv", NULL, NULL, &err);
    assert_non_null(cases);
    qcode_compare_job job = job_of(pair, 2);
    job.read.cases = cases;
    qcode_comparison result = compared(&job);
    assert_int_equal(qcode_table_row_count(result.decisions), 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(cell_of(result.decisions, i, "text").missing);
    qcode_comparison_clear(&result);
    job.talks = true;
    char *text = written(&job, QCODE_FORMAT_TEXT);
    assert_null(strstr(text, "boss"));
    free(text);
    text = written(&job, FORMAT_PAGE);
    assert_null(strstr(text, "boss"));
    assert_non_null(strstr(text, "id=\"turn1\""));
    free(text);
    qcode_cases_free(cases);
}

static void what_was_declared_is_shown_as_declared(void **state)
{
    (void)state;
    const qcode_study_comparison declared = {.coefficient = "ac1", .unit = "turn", .touch = "half", .target = 0.8};
    qcode_compare_job job = job_of(pair, 2);
    job.declared = &declared;
    qcode_comparison result = compared(&job);
    size_t declared_rows = 0;
    for (size_t i = 0; i < qcode_table_row_count(result.figures); i++) {
        bool is_ac1 = strcmp(cell_of(result.figures, i, "coefficient").as.text, "gwet_ac1") == 0;
        assert_string_equal(cell_of(result.figures, i, "standing").as.text, is_ac1 ? "declared" : "exploratory");
        assert_string_equal(cell_of(result.figures, i, "unit").as.text, "turn");
        assert_string_equal(cell_of(result.figures, i, "touch").as.text, "half");
        declared_rows += is_ac1;
    }
    assert_int_equal(declared_rows, 2);
    qcode_comparison_clear(&result);
}

static void what_cannot_be_compared_is_refused(void **state)
{
    (void)state;
    qcode_error err;
    qcode_comparison result;
    const char *const twice[] = {paths[ANN], paths[ANN]};
    qcode_compare_job job = job_of(twice, 2);
    assert_false(qcode_compare(&job, NULL, &result, NULL, &err)); /* one coder alone */
    assert_int_equal(err.status, QCODE_INVALID);
    job = job_of(pair, 2);
    job.text_count = 0;
    assert_false(qcode_compare(&job, NULL, &result, NULL, &err)); /* nowhere to find the words */
    assert_int_equal(err.status, QCODE_INVALID);
    job = job_of(pair, 2);
    job.unit = "listed";
    assert_false(qcode_compare(&job, NULL, &result, NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    job.unit = "page";
    assert_false(qcode_compare(&job, NULL, &result, NULL, &err));
    assert_int_equal(err.status, QCODE_USAGE);
}

/* The row of a code and a way of matching. */
static size_t retrieval_row(const qcode_table *table, const char *code, const char *match)
{
    for (size_t i = 0; i < qcode_table_row_count(table); i++)
        if (strcmp(cell_of(table, i, "code").as.text, code) == 0 && strcmp(cell_of(table, i, "match").as.text, match) == 0)
            return i;
    fail_msg("no row of %s by %s", code, match);
    return 0;
}

static void passages_of_the_second_coder_are_found_among_those_of_the_first(void **state)
{
    (void)state;
    qcode_compare_job job = job_of(pair, 2);
    job.spans = true;
    qcode_comparison result = compared(&job);
    size_t lead = retrieval_row(result.retrieval, "lead", "exact"), meet = retrieval_row(result.retrieval, "meet", "exact");
    size_t all = retrieval_row(result.retrieval, "all", "exact"), words = retrieval_row(result.retrieval, "lead", "character");
    assert_int_equal(cell_of(result.retrieval, lead, "by_first").as.integer, 2);
    assert_int_equal(cell_of(result.retrieval, lead, "by_second").as.integer, 1);
    assert_float_equal(cell_of(result.retrieval, lead, "precision").as.number, 1, 1e-12);
    assert_float_equal(cell_of(result.retrieval, lead, "recall").as.number, 0.5, 1e-12);
    assert_float_equal(cell_of(result.retrieval, words, "recall").as.number, 11.0 / 29, 1e-12);
    assert_true(cell_of(result.retrieval, meet, "recall").missing);
    assert_float_equal(cell_of(result.retrieval, all, "f1").as.number, 0.5, 1e-12);
    assert_float_equal(cell_of(result.retrieval, all, "macro_f1").as.number, (2.0 / 3 + 0) / 2, 1e-12);
    assert_true(qcode_table_row_count(result.spans) > 10);
    qcode_comparison_clear(&result);
    job.spans = false;
    result = compared(&job);
    assert_null(result.spans);
    assert_null(result.retrieval);
    qcode_comparison_clear(&result);
}

/* The figure of a table with these terms. */
static double figure_of(const qcode_table *table, const char *terms)
{
    for (size_t i = 0; i < qcode_table_row_count(table); i++) {
        qcode_cell found = cell_of(table, i, "terms");
        if (!found.missing && strstr(found.as.text, terms))
            return cell_of(table, i, "value").as.number;
    }
    fail_msg("no figure of %s", terms);
    return 0;
}

static void sets_of_codes_agree_as_the_same_table_of_sets(void **state)
{
    (void)state;
    qcode_error err;
    qcode_compare_job job = job_of(pair, 2);
    qcode_comparison result = compared(&job), table;
    put_file(SHEET, "unit,ann,ben\n1,lead,lead\n2,|,|\n3,lead,|\n4,|,|\n5,|,meet\n");
    const qcode_ratings_job ratings = {.path = paths[SHEET], .level = QCODE_GIVEN_DISTANCE, .intervals = job.intervals};
    assert_true(qcode_compare_ratings(&ratings, NULL, &table, NULL, &err));
    assert_float_equal(figure_of(result.pooled, "MASI"), figure_of(table.figures, "MASI"), 1e-12);
    assert_float_equal(figure_of(result.pooled, "Jaccard"), figure_of(table.figures, "Jaccard"), 1e-12);
    qcode_comparison_clear(&result);
    qcode_comparison_clear(&table);
}

static void a_coefficient_nobody_knows_is_warned_of(void **state)
{
    (void)state;
    qcode_error err;
    const qcode_study_comparison declared = {.coefficient = "omega", .unit = "", .touch = "", .target = -1};
    qcode_compare_job job = job_of(pair, 2);
    job.declared = &declared;
    qcode_comparison result;
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_true(qcode_compare(&job, NULL, &result, notes, &err));
    size_t warned = 0;
    for (size_t i = 0; i < qcode_notes_count(notes); i++)
        warned += strstr(qcode_notes_at(notes, i)->text, "\"omega\"") != NULL;
    assert_int_equal(warned, 1);
    qcode_notes_free(notes);
    qcode_comparison_clear(&result);
}

static void characters_and_listed_spans_can_be_compared_without_texts(void **state)
{
    (void)state;
    qcode_error err;
    qcode_comparison result;
    put_file(SHEET, "document,code,coder,start,end\nx.txt,a,ann,10,20\nx.txt,a,ben,15,30\nx.txt,b,ben,40,50\n");
    const char *const codings[] = {paths[SHEET]};
    qcode_compare_job job = job_of(codings, 1);
    job.text_count = 0;
    assert_false(qcode_compare(&job, NULL, &result, NULL, &err)); /* sentences are not known */
    assert_int_equal(err.status, QCODE_INVALID);
    job.unit = "character";
    job.spans = true;
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_true(qcode_compare(&job, NULL, &result, notes, &err));
    assert_int_equal(qcode_notes_count(notes), 1);
    assert_int_equal(cell_of(result.codes, 0, "units").as.integer, 40); /* from 10 to 50 */
    assert_int_equal(cell_of(result.codes, 0, "by_first").as.integer, 10);
    assert_int_equal(cell_of(result.codes, 0, "by_second").as.integer, 15);
    assert_int_equal(cell_of(result.codes, 0, "by_both").as.integer, 5);
    assert_null(result.decisions);
    qcode_comparison_clear(&result);
    qcode_notes_free(notes);
}

static void a_page_holds_strangers_words_as_words(void **state)
{
    (void)state;
    qcode_error err;
    size_t length;
    put_file(SHEET, "document,code,coder,text\ntalk.txt,<script>alert(1)</script>,\"<img src=x>\",She led it.\n");
    const char *const codings[] = {paths[ANN], paths[SHEET]};
    qcode_compare_job job = job_of(codings, 2);
    job.talks = true;
    qcode_comparison result = compared(&job);
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    assert_true(qcode_comparison_page(&result, NULL, sink, &err));
    assert_true(qcode_sink_write(sink, "", 1));
    const char *page = qcode_sink_bytes(sink, &length);
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "<img"));
    assert_non_null(strstr(page, "&lt;script&gt;alert(1)"));
    assert_non_null(strstr(page, "The boss was seen."));
    assert_non_null(strstr(page, "href=\"#turn1\">line 3</a>"));
    assert_non_null(strstr(page, "id=\"turn1\"><strong><bdi>P1</bdi>"));
    qcode_sink_free(sink);
    qcode_comparison_clear(&result);
}

static bool compare_and_write(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_compare_job job = job_of(pair, 2);
    job.unit = user;
    job.all = true;
    job.talks = true;
    job.assignments = paths[ASKED];
    qcode_comparison result = {.about = NULL};
    qcode_notes *notes = qcode_notes_new(memory);
    err->status = QCODE_NO_MEMORY;
    qcode_sink *sink = notes ? qcode_sink_memory(memory, err) : NULL;
    bool done = sink && qcode_compare(&job, memory, &result, notes, err) &&
                qcode_comparison_write(&result, &(qcode_table_style){.format = QCODE_FORMAT_TEXT}, memory, sink, err) &&
                qcode_comparison_write(&result, &(qcode_table_style){.format = QCODE_FORMAT_JSON}, memory, sink, err) &&
                qcode_comparison_page(&result, memory, sink, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    qcode_comparison_clear(&result);
    qcode_notes_free(notes);
    return done;
}

static bool compare_places(const qcode_memory *memory, void *user, qcode_error *err)
{
    static const char *const codings[] = {paths[SHEET]};
    qcode_compare_job job = job_of(codings, 1);
    qcode_comparison result = {.about = NULL};
    (void)user;
    job.unit = "character";
    job.text_count = 0;
    qcode_notes *notes = qcode_notes_new(memory);
    err->status = QCODE_NO_MEMORY;
    bool done = notes && qcode_compare(&job, memory, &result, notes, err);
    qcode_comparison_clear(&result);
    qcode_notes_free(notes);
    return done;
}

static void comparing_fails_cleanly_without_memory(void **state)
{
    (void)state;
    static char sentence[] = "sentence", character[] = "character";
    put_file(SHEET, "document,code,coder,start,end\nx.txt,a,ann,10,20\nx.txt,a,ben,15,30\n");
    refuse_each_allocation(compare_places, NULL);
    put_file(ASKED, "document,coder\ntalk.txt,ben\ntalk.txt,ann\n");
    refuse_each_allocation(compare_and_write, sentence);
    refuse_each_allocation(compare_and_write, character);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_code_says_who_coded_how_many_units),
        TEST(the_order_of_coders_and_codes_changes_nothing),
        TEST(units_nobody_coded_count_where_everybody_speaks),
        TEST(characters_are_those_of_speech),
        TEST(a_sheet_that_was_filled_in_is_a_coder),
        TEST(who_was_asked_and_coded_nothing_agrees_on_nothing),
        TEST(words_that_may_not_be_quoted_are_not_listed),
        TEST(what_was_declared_is_shown_as_declared),
        TEST(what_cannot_be_compared_is_refused),
        TEST(passages_of_the_second_coder_are_found_among_those_of_the_first),
        TEST(sets_of_codes_agree_as_the_same_table_of_sets),
        TEST(a_coefficient_nobody_knows_is_warned_of),
        TEST(characters_and_listed_spans_can_be_compared_without_texts),
        TEST(a_page_holds_strangers_words_as_words),
        TEST(comparing_fails_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
