/* Errors and notes: how they read, and that they are safe to show and need no memory. */
#include "base/error.h"
#include "support/test.h"

#include <errno.h>
#include <string.h>

static void assert_text(const qcode_error *err, const char *wanted)
{
    char text[1024];
    assert_string_equal(qcode_error_text(err, text, sizeof text), wanted);
}

static void an_error_reads_as_file_line_column_and_message(void **state)
{
    (void)state;
    qcode_error err;
    assert_false(qc_fail(&err, QCODE_SYNTAX, "book.yaml", 14, 9, "the code \"%s\" is already in use", "leadership"));
    assert_int_equal(err.status, QCODE_SYNTAX);
    assert_text(&err, "book.yaml:14:9: the code \"leadership\" is already in use");
    qc_fail(&err, QCODE_SYNTAX, "book.yaml", 14, 0, "x");
    assert_text(&err, "book.yaml:14: x");
    qc_fail(&err, QCODE_READ, "book.yaml", 0, 0, "x");
    assert_text(&err, "book.yaml: x");
    qc_fail(&err, QCODE_USAGE, NULL, 0, 0, "x");
    assert_text(&err, "x");
    assert_false(qc_no_memory(&err));
    assert_int_equal(err.status, QCODE_NO_MEMORY);
    char small[4];
    assert_string_equal(qcode_error_text(&err, small, sizeof small), "out");
    assert_false(qc_fail(NULL, QCODE_READ, "a", 1, 1, "nobody listens"));
}

static void an_errno_becomes_a_lower_case_reason(void **state)
{
    (void)state;
    qcode_error err;
    errno = ENOENT;
    assert_false(qc_fail_errno(&err, QCODE_READ, "a.txt", "cannot open"));
    assert_text(&err, "a.txt: cannot open: no such file or directory");
    errno = ENOMEM;
    qc_fail_errno(&err, QCODE_READ, "a.txt", "cannot open");
    assert_int_equal(err.status, QCODE_NO_MEMORY);
}

static void what_could_confuse_a_terminal_is_spelt_out(void **state)
{
    (void)state;
    qcode_error err;
    qc_fail(&err, QCODE_READ, "a\x1B[31m\u202Eb\xFF.txt", 0, 0, "no code \"%s\"", "x\ny\u2028");
    assert_text(&err, "a\\x1b[31m\\u{202e}b\\xff.txt: no code \"x\\x0ay\\u{2028}\"");
}

static void long_messages_lose_their_end_and_long_paths_their_beginning(void **state)
{
    (void)state;
    char path[5000], message[900];
    memset(path, 'p', sizeof path);
    memcpy(path + sizeof path - 11, "/end\xC3\xA9.txt", 10);
    path[sizeof path - 1] = '\0';
    for (size_t i = 0; i + 2 < sizeof message; i += 2)
        memcpy(message + i, "\xC3\xA9", 2);
    message[sizeof message - 2] = '\0';
    qcode_error err;
    qc_fail(&err, QCODE_READ, path, 0, 0, "%s", message);
    assert_int_equal(strlen(err.source), sizeof err.source - 1);
    assert_memory_equal(err.source, "...p", 4);
    assert_string_equal(err.source + strlen(err.source) - 10, "/end\xC3\xA9.txt");
    size_t length = strlen(err.message);
    assert_true(length >= sizeof err.message - 2 && length < sizeof err.message);
    assert_string_equal(err.message + length - 5, "\xC3\xA9...");
}

static void notes_are_kept_in_order_with_their_places(void **state)
{
    (void)state;
    qcode_notes *notes = qcode_notes_new(NULL), *more = qcode_notes_new(NULL);
    qc_note(notes, QCODE_NOTE_GUESS, "a.txt", 2, 3, "read as %s", "x");
    qc_note(notes, QCODE_NOTE_SKIPPED, "a.txt", 4, 0, "a page\x07 number");
    qc_note(more, QCODE_NOTE_GUESS, NULL, 0, 0, "of no file");
    qc_note_error(more, &(qcode_error){.status = QCODE_READ, .line = 7, .source = "b.txt", .message = "gone"});
    qc_notes_append(notes, more);
    qcode_notes_free(more);
    assert_int_equal(qcode_notes_count(notes), 4);
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_GUESS), 2);
    assert_string_equal(qcode_notes_at(notes, 1)->text, "a page\\x07 number");
    assert_ptr_equal(qcode_notes_at(notes, 0)->source, qcode_notes_at(notes, 1)->source); /* one copy of a name */
    assert_string_equal(qcode_notes_at(notes, 2)->source, "");
    assert_int_equal(qcode_notes_at(notes, 3)->kind, QCODE_NOTE_ERROR);
    assert_int_equal(qcode_notes_at(notes, 3)->line, 7);
    assert_true(qcode_notes_complete(notes));
    qcode_notes_free(notes);
    qc_note(NULL, QCODE_NOTE_INFO, "a", 1, 1, "nobody listens");
    qc_notes_append(NULL, NULL);
    qcode_notes_free(NULL);
}

static void every_kind_of_note_has_its_name(void **state)
{
    (void)state;
    static const char *const names[] = {"info", "guess", "skipped", "replaced", "warning", "error"};
    for (qcode_note_kind kind = QCODE_NOTE_INFO; kind <= QCODE_NOTE_ERROR; kind++)
        assert_string_equal(qcode_note_kind_name(kind), names[kind]);
}

static bool take_notes(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_notes *notes = qcode_notes_new(memory);
    for (size_t i = 0; notes && i < 300; i++)
        qc_note(notes, QCODE_NOTE_INFO, i % 2 ? "a.txt" : "b.txt", i + 1, 1, "a note of some length, number %zu", i);
    bool done = notes && qcode_notes_complete(notes);
    if (done)
        assert_int_equal(qcode_notes_count(notes), 300);
    qcode_notes_free(notes);
    return done || qc_no_memory(err);
}

static void a_note_that_found_no_memory_is_missed(void **state)
{
    (void)state;
    refuse_each_allocation(take_notes, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_error_reads_as_file_line_column_and_message),
        TEST(an_errno_becomes_a_lower_case_reason),
        TEST(what_could_confuse_a_terminal_is_spelt_out),
        TEST(long_messages_lose_their_end_and_long_paths_their_beginning),
        TEST(notes_are_kept_in_order_with_their_places),
        TEST(every_kind_of_note_has_its_name),
        TEST(a_note_that_found_no_memory_is_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
