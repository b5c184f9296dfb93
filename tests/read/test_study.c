/* study.yaml: what is read, what is refused and where. */
#include "support/test.h"

#include <qcode/study.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char whole[] = "title: A park\n"
                            "question: What makes people feel safe?\n"
                            "commissioned_by: Friends of the Park\n"
                            "sampling:\n  method: purposive\n  probability: no\n"
                            "took_part:\n  - group: Tenants\n    invited: 12\n    took_part: 3\n  - group: Owners\n"
                            "coders:\n  - name: EM\n    role: lead\n  - name: RK\n"
                            "guide: guide.txt\n"
                            "comparison:\n  coefficient: alpha\n  unit: sentence\n  touch: half\n  target: 0.8\n"
                            "limits: [one park, no children]\n"
                            "cases: cases.csv\n";
static const char guide[] = "# the guide\n1. Do you feel safe?\r\n\n  2) And at night?\n- What would help?\n7 days a week?\n";

/* A folder of its own for one test. */
static char folder[64];

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/qcode-study-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    unlink(path_of("study.yaml"));
    unlink(path_of("guide.txt"));
    return rmdir(folder);
}

static void check_whole(const qcode_study *study)
{
    assert_string_equal(study->question, "What makes people feel safe?");
    assert_string_equal(study->method, "purposive");
    assert_int_equal(study->sampling, QCODE_SAMPLING_OTHER);
    assert_int_equal(study->group_count, 2);
    assert_int_equal(study->groups[0].took_part, 3);
    assert_true(study->groups[1].invited == SIZE_MAX);
    assert_int_equal(study->coder_count, 2);
    assert_string_equal(study->coders[0].role, "lead");
    assert_string_equal(study->coders[1].role, "");
    assert_string_equal(study->comparison.touch, "half");
    assert_float_equal(study->comparison.target, 0.8, 1e-12);
    assert_int_equal(study->limit_count, 2);
    assert_int_equal(study->guide_count, 4);
    assert_string_equal(study->guide[0], "Do you feel safe?");
    assert_string_equal(study->guide[1], "And at night?");
    assert_string_equal(study->guide[2], "What would help?");
    assert_string_equal(study->guide[3], "7 days a week?");
}

static void a_study_says_what_it_is_and_has_its_guide_beside_it(void **state)
{
    (void)state;
    put("study.yaml", whole);
    put("guide.txt", guide);
    qcode_error err = {.status = QCODE_OK};
    qcode_study *study = qcode_study_read(path_of("study.yaml"), NULL, NULL, &err);
    assert_non_null(study);
    check_whole(study);
    assert_string_equal(study->cases, path_of("cases.csv"));
    assert_int_equal(study->length, strlen(whole));
    qcode_study_free(study);
}

static void a_runs_folder_gives_its_study_or_none(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    assert_null(qcode_study_of_run(folder, NULL, NULL, &err));
    assert_int_equal(err.status, QCODE_OK);
    put("study.yaml", "guide: ../elsewhere/questions.txt\n");
    put("guide.txt", guide);
    qcode_study *study = qcode_study_of_run(folder, NULL, NULL, &err);
    assert_non_null(study);
    assert_int_equal(study->guide_count, 4);
    assert_true(study->comparison.target < 0);
    qcode_study_free(study);
}

static void a_mistake_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line, column;
    } wrong[] = {
        {"questoin: x\n", 1, 1},
        {"title: x\ntitle: y\n", 2, 1},
        {"title: [x]\n", 1, 8},
        {"took_part:\n  - group: a\n    invited: many\n", 3, 14},
        {"took_part:\n  - note: a\n", 2, 5},
        {"took_part: all\n", 1, 12},
        {"coders: [{role: lead}]\n", 1, 10},
        {"comparison: {target: 1.5}\n", 1, 22},
        {"comparison: {target: .8.}\n", 1, 22},
        {"comparison: {unit: word}\n", 1, 20},
        {"sampling: {probability: maybe}\n", 1, 25},
        {"guide: []\n", 1, 8},
        {"- a\n", 1, 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        qcode_error err = {.status = QCODE_OK};
        put("study.yaml", wrong[i].text);
        assert_null(qcode_study_read(path_of("study.yaml"), NULL, NULL, &err));
        if (err.line != wrong[i].line || err.column != wrong[i].column)
            fail_msg("%s is refused at %zu:%zu: %s", wrong[i].text, err.line, err.column, err.message);
    }
}

static void a_guide_that_is_not_there_or_empty_is_refused(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    put("study.yaml", whole);
    assert_null(qcode_study_read(path_of("study.yaml"), NULL, NULL, &err));
    assert_int_equal(err.status, QCODE_READ);
    put("guide.txt", "# nothing yet\n\n");
    assert_null(qcode_study_read(path_of("study.yaml"), NULL, NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
}

static bool read_whole(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_study *study = qcode_study_read(path_of("study.yaml"), memory, NULL, err);
    if (study)
        check_whole(study);
    qcode_study_free(study);
    return study != NULL;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    put("study.yaml", whole);
    put("guide.txt", guide);
    refuse_each_allocation(read_whole, NULL);
}

#define OWN(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OWN(a_study_says_what_it_is_and_has_its_guide_beside_it),
        OWN(a_runs_folder_gives_its_study_or_none),
        OWN(a_mistake_is_refused_at_its_place),
        OWN(a_guide_that_is_not_there_or_empty_is_refused),
        OWN(a_refused_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
