/* Bytes from files and pipes; sinks that write all of a file or nothing. */
#include "base/bytes.h"
#include "base/sink.h"
#include "support/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- a folder for each test --- */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/qcode-files-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    DIR *opened = opendir(folder);
    for (struct dirent *entry; opened && (entry = readdir(opened));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(opened), entry->d_name, 0);
    closedir(opened);
    return rmdir(folder);
}

static const char *in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static size_t files_in_folder(void)
{
    size_t count = 0;
    DIR *opened = opendir(folder);
    for (struct dirent *entry; (entry = readdir(opened));)
        count += entry->d_name[0] != '.';
    closedir(opened);
    return count;
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void assert_file(const char *name, const char *text)
{
    qc_bytes bytes;
    assert_true(qc_bytes_read(in_folder(name), SIZE_MAX, NULL, &bytes, NULL));
    assert_int_equal(bytes.length, strlen(text));
    if (bytes.length)
        assert_string_equal((char *)bytes.data, text);
    qc_bytes_clear(&bytes);
}

/* --- bytes --- */

static void a_file_is_read_whole_up_to_the_limit(void **state)
{
    (void)state;
    qc_bytes bytes;
    qcode_error err;
    put_file("a", "12345");
    assert_true(qc_bytes_read(in_folder("a"), 5, NULL, &bytes, &err));
    assert_int_equal(bytes.length, 5);
    assert_string_equal((char *)bytes.data, "12345");
    qc_bytes_clear(&bytes);
    assert_false(qc_bytes_read(in_folder("a"), 4, NULL, &bytes, &err));
    assert_int_equal(err.status, QCODE_LIMIT);
    assert_null(bytes.data);
    put_file("a", "");
    assert_true(qc_bytes_read(in_folder("a"), 0, NULL, &bytes, &err));
    assert_null(bytes.data);
    assert_int_equal(bytes.length, 0);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    qc_bytes bytes;
    qcode_error err;
    char text[512];
    assert_false(qc_bytes_read(in_folder("none"), 9, NULL, &bytes, &err));
    assert_int_equal(err.status, QCODE_READ);
    assert_non_null(strstr(qcode_error_text(&err, text, sizeof text), "/none: cannot open: no such file"));
    assert_false(qc_bytes_read(folder, 9, NULL, &bytes, &err));
    assert_int_equal(err.status, QCODE_READ);
    assert_non_null(strstr(err.message, "folder"));
}

static void a_file_without_a_size_is_read_to_its_end(void **state)
{
    (void)state;
    qc_bytes bytes;
    assert_true(qc_bytes_read("/proc/self/status", 1 << 20, NULL, &bytes, NULL));
    assert_memory_equal(bytes.data, "Name:", 5);
    qc_bytes_clear(&bytes);
    qcode_error err;
    assert_false(qc_bytes_read("/dev/zero", 1 << 20, NULL, &bytes, &err)); /* it has no end */
    assert_int_equal(err.status, QCODE_LIMIT);
}

/* Reads what a child writes to a pipe in pieces, through `name`. */
static void read_pipe(const char *name, int fd)
{
    enum { PIECES = 300, PIECE = 1000 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (!child) {
        char piece[PIECE];
        memset(piece, 'x', sizeof piece);
        close(ends[0]);
        for (int i = 0; i < PIECES; i++)
            if (write(ends[1], piece, sizeof piece) != PIECE)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    int before = dup(fd);
    assert_true(dup2(ends[0], fd) == fd);
    qc_bytes bytes;
    qcode_error err;
    bool done = qc_bytes_read(name, 1 << 20, NULL, &bytes, &err);
    dup2(before, fd);
    close(before);
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(done && status == 0);
    assert_int_equal(bytes.length, PIECES * PIECE);
    qc_bytes_clear(&bytes);
}

static void a_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    read_pipe("-", STDIN_FILENO);
    read_pipe("/dev/stdin", STDIN_FILENO);
}

static void the_base_name_is_behind_the_last_slash(void **state)
{
    (void)state;
    assert_string_equal(qc_base_name("a/b/c.txt"), "c.txt");
    assert_string_equal(qc_base_name("c.txt"), "c.txt");
    assert_string_equal(qc_base_name("a/"), "");
}

static bool read_a_file(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qc_bytes bytes;
    bool done = qc_bytes_read("/proc/self/status", 1 << 20, memory, &bytes, err);
    qc_bytes_clear(&bytes);
    return done;
}

static void refused_memory_is_said(void **state)
{
    (void)state;
    refuse_each_allocation(read_a_file, NULL);
}

/* --- sinks --- */

static void a_file_appears_when_it_is_finished(void **state)
{
    (void)state;
    put_file("out", "old");
    qcode_error err;
    qcode_sink *sink = qcode_sink_file(in_folder("out"), NULL, &err);
    assert_non_null(sink);
    assert_true(qcode_sink_write(sink, "new ", 4));
    assert_true(qc_sink_string(sink, "words"));
    assert_file("out", "old");
    assert_true(qcode_sink_finish(sink, &err));
    assert_file("out", "new words");
    assert_true(qcode_sink_finish(sink, &err)); /* once more changes nothing */
    assert_false(qcode_sink_write(sink, "x", 1));
    assert_false(qcode_sink_finish(sink, &err));
    assert_int_equal(err.status, QCODE_USAGE);
    qcode_sink_free(sink);
    assert_file("out", "new words");
    assert_int_equal(files_in_folder(), 1);
}

static void a_file_given_up_leaves_the_old_one(void **state)
{
    (void)state;
    put_file("out", "old");
    qcode_sink *sink = qcode_sink_file(in_folder("out"), NULL, NULL);
    qcode_sink_write(sink, "new", 3);
    assert_int_equal(files_in_folder(), 2);
    qcode_sink_free(sink);
    assert_file("out", "old");
    assert_int_equal(files_in_folder(), 1);
    qcode_sink_free(NULL);
}

static void a_new_file_has_the_rights_of_the_mask(void **state)
{
    (void)state;
    mode_t before = umask(027);
    qcode_sink *sink = qcode_sink_file(in_folder("out"), NULL, NULL);
    assert_true(qcode_sink_finish(sink, NULL));
    qcode_sink_free(sink);
    umask(before);
    struct stat about;
    assert_int_equal(stat(in_folder("out"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
}

static void a_link_is_replaced_and_not_written_through(void **state)
{
    (void)state;
    put_file("theirs", "theirs");
    char target[128];
    snprintf(target, sizeof target, "%s", in_folder("theirs"));
    assert_int_equal(symlink(target, in_folder("out")), 0);
    qcode_sink *sink = qcode_sink_file(in_folder("out"), NULL, NULL);
    qcode_sink_write(sink, "ours", 4);
    assert_true(qcode_sink_finish(sink, NULL));
    qcode_sink_free(sink);
    assert_file("theirs", "theirs");
    assert_file("out", "ours");
}

static void a_place_that_cannot_be_written_is_said_at_once(void **state)
{
    (void)state;
    qcode_error err;
    assert_null(qcode_sink_file(in_folder("no/such/folder"), NULL, &err));
    assert_int_equal(err.status, QCODE_WRITE);
    assert_int_equal(files_in_folder(), 0);
    qcode_sink *sink = qcode_sink_file(folder, NULL, &err); /* a folder is in the way of the rename */
    assert_non_null(sink);
    assert_false(qcode_sink_finish(sink, &err));
    assert_int_equal(err.status, QCODE_WRITE);
    qcode_sink_free(sink);
}

static void a_full_disk_is_said_and_remembered(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    int full = open("/dev/full", O_WRONLY);
    qcode_sink *sink = qcode_sink_descriptor(full, "stdout", NULL, NULL);
    assert_true(qcode_sink_write(sink, "held back", 9));
    assert_false(qcode_sink_finish(sink, &err));
    assert_int_equal(err.status, QCODE_WRITE);
    assert_string_equal(err.source, "stdout");
    assert_string_equal(err.message, "cannot write: no space left on device");
    qcode_sink_free(sink);

    sink = qcode_sink_descriptor(full, "stdout", NULL, NULL);
    static char much[200000];
    assert_false(qcode_sink_write(sink, much, sizeof much));
    assert_false(qcode_sink_write(sink, "x", 1));
    assert_false(qcode_sink_finish(sink, &err));
    qcode_sink_free(sink);
    assert_int_equal(close(full), 0); /* it stayed the caller's */
}

/* In a child, so that the limit and the signal stay there. */
static void a_file_cut_by_a_limit_never_appears(void **state)
{
    (void)state;
    put_file("out", "old");
    pid_t child = fork();
    if (!child) {
        static char much[300000];
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){100000, 100000});
        qcode_error err;
        qcode_sink *sink = qcode_sink_file(in_folder("out"), NULL, &err);
        bool failed = sink && !qcode_sink_write(sink, much, sizeof much) && !qcode_sink_finish(sink, &err) &&
                      err.status == QCODE_WRITE;
        qcode_sink_free(sink);
        _exit(failed ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_file("out", "old");
    assert_int_equal(files_in_folder(), 1);
}

static void memory_holds_all_that_was_written(void **state)
{
    (void)state;
    qcode_sink *sink = qcode_sink_memory(NULL, NULL);
    for (int i = 0; i < 50000; i++)
        assert_true(qcode_sink_write(sink, "0123456789", 10));
    size_t length;
    assert_true(qcode_sink_finish(sink, NULL));
    assert_memory_equal(qcode_sink_bytes(sink, &length), "0123456789012", 13);
    assert_int_equal(length, 500000);
    assert_int_equal(qc_sink_length(sink), 500000);
    qcode_sink_free(sink);
}

static void a_sink_knows_the_hash_of_its_bytes(void **state)
{
    (void)state;
    char hex[65];
    qcode_sink *sink = qcode_sink_memory(NULL, NULL);
    qc_sink_string(sink, "ab");
    qc_buffer buffer = qc_buffer_init(NULL);
    qc_buffer_byte(&buffer, 'c');
    assert_true(qc_sink_drain(sink, &buffer));
    assert_int_equal(buffer.length, 0);
    qc_sink_hash(sink, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    qc_sink_hash(sink, hex); /* asking does not spend it */
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    buffer.failed = true;
    assert_false(qc_sink_drain(sink, &buffer));
    qcode_error err;
    assert_false(qcode_sink_finish(sink, &err));
    assert_int_equal(err.status, QCODE_NO_MEMORY);
    qc_buffer_clear(&buffer);
    qcode_sink_free(sink);
}

static bool write_a_file(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_sink *sink = qcode_sink_file(in_folder("refused"), memory, err);
    if (!sink)
        return false;
    qc_sink_string(sink, "words");
    bool done = qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done;
}

static void refused_memory_leaves_no_file_behind(void **state)
{
    (void)state;
    refuse_each_allocation(write_a_file, NULL);
    assert_int_equal(files_in_folder(), 1); /* of the undisturbed run */
}

#define IN_FOLDER(function) cmocka_unit_test_setup_teardown(function, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_is_read_whole_up_to_the_limit),
        IN_FOLDER(what_is_no_file_is_refused),
        TEST(a_file_without_a_size_is_read_to_its_end),
        TEST(a_pipe_is_read_to_its_end),
        TEST(the_base_name_is_behind_the_last_slash),
        TEST(refused_memory_is_said),
        IN_FOLDER(a_file_appears_when_it_is_finished),
        IN_FOLDER(a_file_given_up_leaves_the_old_one),
        IN_FOLDER(a_new_file_has_the_rights_of_the_mask),
        IN_FOLDER(a_link_is_replaced_and_not_written_through),
        IN_FOLDER(a_place_that_cannot_be_written_is_said_at_once),
        TEST(a_full_disk_is_said_and_remembered),
        IN_FOLDER(a_file_cut_by_a_limit_never_appears),
        TEST(memory_holds_all_that_was_written),
        TEST(a_sink_knows_the_hash_of_its_bytes),
        IN_FOLDER(refused_memory_leaves_no_file_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
