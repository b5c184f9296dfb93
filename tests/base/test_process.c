/* Other programs as filters. */
#include "base/process.h"
#include "support/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const qc_process_limits some = {.seconds = 5, .most_output = 1 << 20};

/* Runs a shell's command line; what it prints is left in `out`. */
static bool run(const char *command, const char *input, const qc_process_limits *limits, qc_buffer *out, int *status,
                qcode_error *err)
{
    const char *const arguments[] = {"sh", "-c", command, NULL};
    return qc_process_run("/bin/sh", arguments, input, strlen(input), limits, "a.pdf", out, status, err);
}

static void what_a_program_prints_is_what_is_read(void **state)
{
    (void)state;
    qc_buffer out = qc_buffer_init(NULL);
    qcode_error err;
    int status = -1;
    qc_buffer_string(&out, "kept ");
    assert_true(run("echo dropped >&2; tr a-z A-Z; exit 3", "words", &some, &out, &status, &err));
    assert_int_equal(status, 3);
    assert_string_equal(qc_buffer_text(&out), "kept WORDS");
    qc_buffer_clear(&out);
}

/* More than sockets hold, both ways at once; and a program that wants none of it. */
static void large_inputs_go_through_or_are_not_wanted(void **state)
{
    (void)state;
    enum { SIZE = 8 << 20 };
    const qc_process_limits large = {.seconds = 30, .most_output = SIZE};
    char *input = malloc(SIZE + 1);
    assert_non_null(input);
    memset(input, 'x', SIZE);
    input[SIZE] = '\0';
    qc_buffer out = qc_buffer_init(NULL);
    qcode_error err;
    int status = -1;
    assert_true(run("cat", input, &large, &out, &status, &err));
    assert_int_equal(status, 0);
    assert_int_equal(out.length, SIZE);
    assert_memory_equal(out.data, input, SIZE);
    assert_true(run("exit 0", input, &large, &out, &status, &err));
    assert_int_equal(out.length, SIZE);
    qc_buffer_clear(&out);
    free(input);
}

static void a_program_without_end_is_ended(void **state)
{
    (void)state;
    const qc_process_limits brief = {.seconds = 1, .most_output = 1 << 20};
    qc_buffer out = qc_buffer_init(NULL);
    qcode_error err;
    int status;
    time_t start = time(NULL);
    assert_false(run("exec sleep 60", "", &brief, &out, &status, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
    assert_string_equal(err.message, "the program that reads it takes longer than 1 seconds");
    assert_true(time(NULL) - start < 10);
    assert_false(run("exec 0<&- 1>&-; sleep 60", "", &brief, &out, &status, &err)); /* silent, and still there */
    assert_false(run("exec yes", "", &some, &out, &status, &err));
    assert_string_equal(err.message, "the text in it is larger than the limit of 1048576 bytes");
    qc_buffer_clear(&out);
}

static void a_program_can_write_no_file(void **state)
{
    (void)state;
    qc_buffer out = qc_buffer_init(NULL);
    qcode_error err;
    int status;
    char folder[] = "/tmp/qcode-process-XXXXXX", file[100], command[200];
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/f", folder);
    snprintf(command, sizeof command, "echo words > %s", file);
    assert_true(run(command, "", &some, &out, &status, &err));
    assert_int_equal(status, 128 + SIGXFSZ);
    struct stat about;
    assert_int_equal(stat(file, &about), 0);
    assert_int_equal(about.st_size, 0);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(folder), 0);
    qc_buffer_clear(&out);
}

static void a_program_is_found_on_the_path_alone(void **state)
{
    (void)state;
    char path[200], small[4];
    assert_true(qc_process_find("sh", path, sizeof path));
    assert_false(qc_process_find("sh", small, sizeof small));
    assert_false(qc_process_find("no-such-program-anywhere", path, sizeof path));
    qc_buffer out = qc_buffer_init(NULL);
    qcode_error err;
    int status = 0;
    const char *const arguments[] = {"none", NULL};
    assert_true(qc_process_run("/nonexistent/none", arguments, "", 0, &some, "a.pdf", &out, &status, &err));
    assert_int_equal(status, 127);
    qc_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_program_prints_is_what_is_read), TEST(large_inputs_go_through_or_are_not_wanted),
        TEST(a_program_without_end_is_ended),        TEST(a_program_can_write_no_file),
        TEST(a_program_is_found_on_the_path_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
