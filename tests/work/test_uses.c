/* Lines of a study's cases that fit nothing are told, whatever the threads. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <string.h>

static const char book_text[] = "codes:\n  - id: lead\n    terms: [lead*]\n";

/* T01 has INT and P07, T02 Interviewer and Respondent; the picture is refused: nobody may blame its line. */
static const char lines[] = "document,speaker,case\n"
                            "T01,P07,Ann\n"
                            ",respondent,Bob\n"
                            "report,P7,Cy\n"
                            "T01.txt,P08,Di\n"
                            "T03,P07,Ed\n"
                            ",P3,Flo\n"
                            "T02,,Gus\n";

static const struct {
    size_t line;
    const char *text;
} wanted[] = {{5, "this speaker is not in the transcript \"T01.txt\""},
              {6, "no transcript is called \"T03\""},
              {7, "no transcript has this speaker"}};

enum { WANTED = sizeof wanted / sizeof *wanted };

static void assert_told(const qcode_notes *notes)
{
    size_t found = 0;
    for (size_t i = 0; i < qcode_notes_count(notes); i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        if (strcmp(note->source, "a/cases.csv") != 0)
            continue;
        assert_true(found < WANTED);
        assert_int_equal(note->kind, QCODE_NOTE_WARNING);
        assert_int_equal(note->line, wanted[found].line);
        assert_string_equal(note->text, wanted[found].text);
        found++;
    }
    assert_int_equal(found, WANTED);
}

static void lines_that_fit_nothing_are_told_whatever_the_threads(void **state)
{
    (void)state;
    static const char *const files[] = {"interviews/T01.txt", "report.png", "interviews/T02.txt"};
    char paths[3][512];
    const char *list[3];
    for (size_t i = 0; i < 3; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s", in_repository("tests/data"), files[i]);
        list[i] = paths[i];
    }
    qcode_codebook *book = qcode_codebook_parse(book_text, strlen(book_text), "book.yaml", NULL, NULL, NULL);
    qcode_cases *cases = qcode_cases_parse(lines, strlen(lines), "a/cases.csv", NULL, NULL, NULL);
    assert_non_null(book);
    assert_non_null(cases);
    for (size_t threads = 1; threads <= 3; threads++) {
        qcode_sink *out = qcode_sink_memory(NULL, NULL);
        qcode_notes *notes = qcode_notes_new(NULL);
        qcode_code_job job = {.codebooks = {&book, 1},
                              .inputs = {.paths = list, .path_count = 3, .threads = threads},
                              .out = out};
        job.inputs.read.cases = cases;
        job.inputs.keep_going = true;
        qcode_code_totals totals;
        assert_true(qcode_code_set(&job, NULL, &totals, notes, NULL));
        assert_int_equal(totals.refused, 1);
        assert_told(notes);
        qcode_code_totals_clear(&totals);
        qcode_notes_free(notes);
        qcode_sink_free(out);
    }
    qcode_cases_free(cases);
    qcode_codebook_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_that_fit_nothing_are_told_whatever_the_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
