/* What is told of documents before they are coded. */
#include "support/test.h"
#include <qcode/job.h>

#include <stdio.h>
#include <string.h>

static const char *const interviews[] = {"T01", "T02", "T05", "T06", "T09", "T10", "T11"};
enum { INTERVIEWS = sizeof interviews / sizeof *interviews };

static char paths[INTERVIEWS][512];

static const char *const *path_list(void)
{
    static const char *list[INTERVIEWS];
    for (size_t i = 0; i < INTERVIEWS; i++) {
        char name[64];
        snprintf(name, sizeof name, "tests/data/interviews/%s.txt", interviews[i]);
        snprintf(paths[i], sizeof paths[i], "%s", in_repository(name));
        list[i] = paths[i];
    }
    return list;
}

static const char *text_of(const qcode_table *table, size_t row, const char *column)
{
    qcode_cell cell = qcode_table_cell(table, row, qcode_table_find(table, column));
    return cell.missing ? "(missing)" : cell.as.text;
}

static void each_speaker_has_a_row_with_role_turns_and_words(void **state)
{
    (void)state;
    qcode_error err;
    qcode_recognised found;
    const qcode_inputs inputs = {.paths = path_list(), .path_count = INTERVIEWS};
    assert_true(qcode_recognise(&inputs, NULL, &found, NULL, &err));
    assert_int_equal(found.documents, INTERVIEWS);
    assert_int_equal(qcode_table_row_count(found.speakers), 16); /* two of them joint interviews */
    assert_string_equal(text_of(found.speakers, 0, "document"), "T01.txt");
    assert_string_equal(text_of(found.speakers, 0, "speaker"), "INT");
    assert_string_equal(text_of(found.speakers, 0, "role"), "interviewer");
    assert_string_equal(text_of(found.speakers, 0, "role_by"), "label");
    assert_string_equal(text_of(found.speakers, 0, "group"), "(missing)");
    assert_string_equal(text_of(found.speakers, 1, "group"), "Police");
    assert_string_equal(text_of(found.speakers, 1, "position"), "Inspector");
    assert_int_equal(qcode_table_cell(found.speakers, 1, qcode_table_find(found.speakers, "turns")).as.integer, 27);
    qcode_recognised_clear(&found);
}

static const char *written(const qcode_inputs *inputs, qcode_sink *sink)
{
    qcode_error err;
    qcode_recognised found;
    size_t length;
    const qcode_table_style style = {.format = QCODE_FORMAT_CSV};
    assert_true(qcode_recognise(inputs, NULL, &found, NULL, &err));
    assert_true(qcode_table_write(found.speakers, &style, sink, &err));
    assert_true(qcode_recognised_write(&found, NULL, sink, &err));
    assert_true(qcode_sink_write(sink, "", 1));
    qcode_recognised_clear(&found);
    return qcode_sink_bytes(sink, &length);
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    qcode_error err;
    qcode_sink *one = qcode_sink_memory(NULL, &err), *many = qcode_sink_memory(NULL, &err);
    qcode_inputs inputs = {.paths = path_list(), .path_count = INTERVIEWS, .threads = 1};
    const char *alone = written(&inputs, one);
    inputs.threads = 5;
    assert_string_equal(alone, written(&inputs, many));
    qcode_sink_free(one);
    qcode_sink_free(many);
}

static bool recognise(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_recognised found;
    const qcode_inputs *inputs = user;
    qcode_notes *notes = qcode_notes_new(memory);
    qcode_sink *sink = qcode_sink_memory(memory, err);
    err->status = QCODE_NO_MEMORY;
    bool done = notes && sink && qcode_recognise(inputs, memory, &found, notes, err);
    if (done) {
        done = qcode_recognised_write(&found, memory, sink, err) && qcode_sink_finish(sink, err);
        qcode_recognised_clear(&found);
    }
    qcode_sink_free(sink);
    qcode_notes_free(notes);
    return done;
}

static void it_fails_cleanly_without_memory(void **state)
{
    (void)state;
    qcode_inputs inputs = {.paths = path_list() + 1, .path_count = 2, .threads = 1};
    refuse_each_allocation(recognise, &inputs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_speaker_has_a_row_with_role_turns_and_words),
        TEST(any_number_of_threads_gives_the_same_bytes),
        TEST(it_fails_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
