/* Interviews as rows of turns. */
#include "support/test.h"
#include <qcode/job.h>

#include <stdio.h>
#include <string.h>

static char paths[3][512];

static const char *const *path_list(void)
{
    static const char *const names[] = {"T01", "T05", "T06"};
    static const char *list[3];
    for (size_t i = 0; i < 3; i++) {
        char name[64];
        snprintf(name, sizeof name, "tests/data/interviews/%s.txt", names[i]);
        snprintf(paths[i], sizeof paths[i], "%s", in_repository(name));
        list[i] = paths[i];
    }
    return list;
}

static size_t lines_of(const char *text, size_t length)
{
    size_t lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

static void every_turn_is_a_line_whatever_the_number_of_threads(void **state)
{
    (void)state;
    qcode_error err;
    qcode_sink *sinks[2];
    const char *bytes[2];
    size_t lengths[2];
    for (size_t i = 0; i < 2; i++) {
        qcode_turns_totals totals;
        sinks[i] = qcode_sink_memory(NULL, &err);
        const qcode_turns_job job = {.inputs = {.paths = path_list(), .path_count = 3, .threads = 1 + 2 * i},
                                     .out = sinks[i]};
        assert_true(qcode_turns(&job, NULL, &totals, NULL, &err));
        bytes[i] = qcode_sink_bytes(sinks[i], &lengths[i]);
        assert_int_equal(totals.documents, 3);
        assert_int_equal(totals.turns, 54 + 44 + 54);
        assert_int_equal(lines_of(bytes[i], lengths[i]), totals.turns);
    }
    assert_int_equal(lengths[0], lengths[1]);
    assert_memory_equal(bytes[0], bytes[1], lengths[0]);
    qcode_sink_free(sinks[0]);
    qcode_sink_free(sinks[1]);
}

static void a_format_that_is_none_of_turns_is_refused(void **state)
{
    (void)state;
    qcode_error err;
    qcode_turns_totals totals;
    qcode_turns_job job = {.inputs = {.paths = path_list(), .path_count = 1}, .format = QCODE_FORMAT_TEXT};
    assert_false(qcode_turns(&job, NULL, &totals, NULL, &err));
    assert_int_equal(err.status, QCODE_USAGE);
}

static bool write_turns(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_turns_totals totals;
    qcode_notes *notes = qcode_notes_new(memory);
    qcode_turns_job job = {.inputs = {.paths = path_list(), .path_count = 2, .threads = 1},
                           .format = *(const qcode_format *)user,
                           .screen = true,
                           .out = qcode_sink_memory(memory, err)};
    err->status = QCODE_NO_MEMORY;
    bool done = notes && job.out && qcode_turns(&job, memory, &totals, notes, err);
    qcode_sink_free(job.out);
    qcode_notes_free(notes);
    return done;
}

static void turns_fail_cleanly_without_memory(void **state)
{
    (void)state;
    for (qcode_format format = QCODE_FORMAT_JSONL; format <= QCODE_FORMAT_CSV; format++)
        refuse_each_allocation(write_turns, &format);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_turn_is_a_line_whatever_the_number_of_threads),
        TEST(a_format_that_is_none_of_turns_is_refused),
        TEST(turns_fail_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
