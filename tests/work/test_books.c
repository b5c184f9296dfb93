/* Several codebooks in one run: each finds what it finds alone, in the same bytes for any number of threads. */
#include "base/bytes.h"
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Evidence is weighed in the second. */
static const char *const texts[] = {"codes:\n  - id: lead\n    terms: [lead*, led, charge]\n"
                                    "  - {id: veto, terms: [we], unless: [not]}\n",
                                    "version: 2.0\nevidence: {threshold: 0.3}\n"
                                    "codes:\n  - id: people\n    terms: [us, we, they, she]\n"
                                    "themes:\n  - {id: all, codes: [people]}\n"};

static char place[64], talk[512];

/* "name" in the test's folder; one at a time. */
static const char *in_place(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", place, name);
    return path;
}

static int make_place(void **state)
{
    (void)state;
    strcpy(place, access("/dev/shm", W_OK) == 0 ? "/dev/shm/qcode-books-XXXXXX" : "/tmp/qcode-books-XXXXXX");
    snprintf(talk, sizeof talk, "%s/T01.txt", in_repository("tests/data/interviews"));
    return mkdtemp(place) ? 0 : -1;
}

static int remove_place(void **state)
{
    static const char *const folders[] = {"one", "two"};
    static const char *const names[] = {"segments.jsonl", "segments.csv", "documents.jsonl", "codebook.yaml",
                                        "codebook-2.yaml", "report.html", "run.json"};
    char name[64];
    (void)state;
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            snprintf(name, sizeof name, "%s/%s", folders[k], names[i]);
            unlink(in_place(name));
        }
        rmdir(in_place(folders[k]));
    }
    unlink(in_place("talk.txt"));
    return rmdir(place);
}

static void free_books(qcode_codebook **books)
{
    qcode_codebook_free(books[0]);
    qcode_codebook_free(books[1]);
}

/* Both, to be freed in any case. */
static bool read_books(qcode_codebook **books, const qcode_memory *memory, qcode_error *err)
{
    books[1] = NULL;
    books[0] = qcode_codebook_parse(texts[0], strlen(texts[0]), "first.yaml", memory, NULL, err);
    if (books[0])
        books[1] = qcode_codebook_parse(texts[1], strlen(texts[1]), "second.yaml", memory, NULL, err);
    return books[1] != NULL;
}

static void must_run(const qcode_code_job *job)
{
    qcode_error err;
    qcode_code_totals totals;
    char text[600];
    if (!qcode_code_set(job, NULL, &totals, NULL, &err))
        fail_msg("%s", qcode_error_text(&err, text, sizeof text));
    qcode_code_totals_clear(&totals);
}

/* What a run on these books writes: segments as JSON Lines, with a NUL behind them. */
static qcode_sink *lines_of(qcode_codebook *const *books, size_t count)
{
    const char *const paths[] = {talk};
    qcode_sink *out = qcode_sink_memory(NULL, NULL);
    const qcode_code_job job = {.codebooks = {books, count}, .inputs = {.paths = paths, .path_count = 1}, .out = out};
    must_run(&job);
    assert_true(qcode_sink_write(out, "", 1));
    return out;
}

/* The lines of one run stand in the other, whole and in their order; answers how long they are. */
static size_t must_hold(const qcode_sink *all, const qcode_sink *some)
{
    size_t length;
    const char *at = qcode_sink_bytes(all, &length);
    const char *line = qcode_sink_bytes(some, &length);
    for (const char *end; (end = strchr(line, '\n')); line = end + 1) {
        char text[4000];
        assert_true((size_t)(end - line) < sizeof text - 2);
        snprintf(text, sizeof text, "%.*s\n", (int)(end - line), line);
        assert_non_null(at = strstr(at, text));
        at += strlen(text);
    }
    return length - 1;
}

static void codebooks_used_together_find_what_each_finds_alone(void **state)
{
    (void)state;
    qcode_codebook *books[2];
    assert_true(read_books(books, NULL, NULL));
    qcode_sink *both = lines_of(books, 2), *one = lines_of(books, 1), *other = lines_of(books + 1, 1);
    size_t length, first = must_hold(both, one), second = must_hold(both, other);
    qcode_sink_bytes(both, &length);
    assert_true(first && second);
    assert_int_equal(length - 1, first + second);
    qcode_sink_free(both);
    qcode_sink_free(one);
    qcode_sink_free(other);
    free_books(books);
}

static void assert_same_file(const char *name)
{
    char path[64];
    qc_bytes a, b;
    snprintf(path, sizeof path, "one/%s", name);
    assert_true(qc_bytes_read(in_place(path), 1 << 28, NULL, &a, NULL));
    snprintf(path, sizeof path, "two/%s", name);
    assert_true(qc_bytes_read(in_place(path), 1 << 28, NULL, &b, NULL));
    assert_int_equal(a.length, b.length);
    assert_memory_equal(a.data, b.data, a.length);
    qc_bytes_clear(&a);
    qc_bytes_clear(&b);
}

static void threads_change_no_byte_of_a_run_with_several_codebooks(void **state)
{
    (void)state;
    static const char *const numbers[] = {"01", "02", "05", "06", "09", "10", "11"};
    char paths[7][512], folder[256];
    const char *list[7];
    for (size_t i = 0; i < 7; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/T%s.txt", in_repository("tests/data/interviews"), numbers[i]);
        list[i] = paths[i];
    }
    qcode_codebook *books[2];
    assert_true(read_books(books, NULL, NULL));
    for (size_t run = 0; run < 2; run++) {
        snprintf(folder, sizeof folder, "%s", in_place(run ? "two" : "one"));
        const qcode_code_job job = {.codebooks = {books, 2},
                                    .inputs = {.paths = list, .path_count = 7, .threads = run ? 4 : 1},
                                    .folder = folder};
        must_run(&job);
    }
    static const char *const names[] = {"segments.jsonl",  "segments.csv", "documents.jsonl", "codebook.yaml",
                                        "codebook-2.yaml", "report.html",  "run.json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_same_file(names[i]);
    free_books(books);
}

static void a_run_takes_away_codebooks_of_a_run_that_had_more(void **state)
{
    (void)state;
    char folder[256];
    snprintf(folder, sizeof folder, "%s", in_place("one"));
    const char *const paths[] = {talk};
    qcode_codebook *books[2];
    assert_true(read_books(books, NULL, NULL));
    qcode_code_job job = {.codebooks = {books, 2}, .inputs = {.paths = paths, .path_count = 1}, .folder = folder};
    must_run(&job);
    assert_int_equal(access(in_place("one/codebook-2.yaml"), F_OK), 0);
    job.codebooks.count = 1;
    must_run(&job);
    assert_int_equal(access(in_place("one/codebook-2.yaml"), F_OK), -1);
    FILE *mine = fopen(in_place("one/codebook-2.yaml"), "wb"); /* one that no run wrote is not written over */
    assert_non_null(mine);
    assert_int_equal(fclose(mine), 0);
    qcode_code_totals totals;
    qcode_error err;
    assert_false(qcode_code_set(&job, NULL, &totals, NULL, &err));
    assert_int_equal(err.status, QCODE_WRITE);
    free_books(books);
}

static void a_run_without_codebooks_or_with_too_many_is_refused(void **state)
{
    (void)state;
    qcode_codebook *books[2], *many[QCODE_MOST_CODEBOOKS + 1];
    const char *const paths[] = {talk};
    assert_true(read_books(books, NULL, NULL));
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        many[i] = books[i % 2];
    qcode_sink *out = qcode_sink_memory(NULL, NULL);
    const struct {
        size_t count;
        qcode_status status;
    } wrong[] = {{0, QCODE_USAGE}, {QCODE_MOST_CODEBOOKS + 1, QCODE_USAGE}, {3, QCODE_INVALID}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const qcode_code_job job = {
            .codebooks = {many, wrong[i].count}, .inputs = {.paths = paths, .path_count = 1}, .out = out};
        qcode_code_totals totals;
        qcode_error err = {.status = QCODE_OK};
        assert_false(qcode_code_set(&job, NULL, &totals, NULL, &err));
        assert_int_equal(err.status, wrong[i].status);
    }
    qcode_sink_free(out);
    free_books(books);
}

/* Codes, makes the report again, and says what a withdrawal would change. */
static bool run_disturbed(const qcode_memory *memory, void *user, qcode_error *err)
{
    const char *const paths[] = {user};
    char folder[256];
    snprintf(folder, sizeof folder, "%s", in_place("one"));
    qcode_codebook *books[2];
    qcode_code_totals totals = {.documents = 0};
    bool done = read_books(books, memory, err);
    const qcode_code_job job = {.codebooks = {books, 2},
                                .inputs = {.paths = paths, .path_count = 1},
                                .folder = folder,
                                .match = {.no_jit = true}};
    done = done && qcode_code_set(&job, memory, &totals, NULL, err) && qcode_report(folder, NULL, memory, NULL, err);
    qcode_withdrawal *changes = done ? qcode_withdraw(folder, "talk.txt:P1", true, memory, err) : NULL;
    done = changes != NULL;
    qcode_withdrawal_free(changes);
    qcode_code_totals_clear(&totals);
    free_books(books);
    return done;
}

static void a_refused_allocation_ends_a_run_of_several_codebooks_in_good_order(void **state)
{
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s", in_place("talk.txt"));
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs("INT: Who led?\nP1: Ann led us. We did not share.\nINT: So?\nP1: We led.\n", file);
    assert_int_equal(fclose(file), 0);
    refuse_each_allocation(run_disturbed, path);
}

#define PLACED(function) cmocka_unit_test_setup_teardown(function, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(codebooks_used_together_find_what_each_finds_alone),
        PLACED(threads_change_no_byte_of_a_run_with_several_codebooks),
        PLACED(a_run_takes_away_codebooks_of_a_run_that_had_more),
        PLACED(a_run_without_codebooks_or_with_too_many_is_refused),
        PLACED(a_refused_allocation_ends_a_run_of_several_codebooks_in_good_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
