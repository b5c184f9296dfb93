/* Whole runs: the same bytes whatever the threads, nothing left behind whatever fails, totals that count people once.
 */
#include "base/bytes.h"
#include "support/test.h"

#include <qcode.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char book_text[] = "codes:\n"
                                "  - id: lead\n"
                                "    terms: [lead*, led, charge]\n"
                                "  - id: share\n"
                                "    regex: ['\\bshar\\w+']\n";

static char place[64]; /* an empty folder for the test at hand */

static int make_place(void **state)
{
    (void)state;
    strcpy(place, access("/dev/shm", W_OK) == 0 ? "/dev/shm/qcode-test-XXXXXX" : "/tmp/qcode-test-XXXXXX");
    return mkdtemp(place) ? 0 : -1;
}

/* Removes files and folders, the deepest first. */
static void remove_all(const char *folder)
{
    char path[600];
    DIR *all = opendir(folder);
    for (struct dirent *one; all && (one = readdir(all));) {
        if (strcmp(one->d_name, ".") == 0 || strcmp(one->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        if (unlink(path) != 0)
            remove_all(path);
    }
    if (all)
        closedir(all);
    rmdir(folder);
}

static int remove_place(void **state)
{
    (void)state;
    remove_all(place);
    return 0;
}

static size_t count_files(const char *folder)
{
    size_t count = 0;
    DIR *all = opendir(folder);
    for (struct dirent *one; all && (one = readdir(all));)
        count += strcmp(one->d_name, ".") != 0 && strcmp(one->d_name, "..") != 0;
    if (all)
        closedir(all);
    return count;
}

/* "name" in the test's folder. Up to four are good at a time. */
static const char *in_place(const char *name)
{
    static char paths[4][256];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", place, name);
    return path;
}

static const char *put(const char *name, const char *text)
{
    const char *path = in_place(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
    return path;
}

static qcode_codebook *read_book(const qcode_memory *memory, qcode_error *err)
{
    return qcode_codebook_parse(book_text, sizeof book_text - 1, "book.yaml", memory, NULL, err);
}

static qcode_codebook *must_read_book(void)
{
    qcode_codebook *book = read_book(NULL, NULL);
    assert_non_null(book);
    return book;
}

static void must_run(const qcode_code_job *job, qcode_code_totals *totals, qcode_notes *notes)
{
    qcode_error err;
    char text[600];
    if (!qcode_code_set(job, NULL, totals, notes, &err))
        fail_msg("%s", qcode_error_text(&err, text, sizeof text));
}

static void assert_same_file(const char *one, const char *other)
{
    qc_bytes a, b;
    assert_true(qc_bytes_read(one, 1 << 28, NULL, &a, NULL));
    assert_true(qc_bytes_read(other, 1 << 28, NULL, &b, NULL));
    assert_int_equal(a.length, b.length);
    assert_memory_equal(a.data, b.data, a.length);
    qc_bytes_clear(&a);
    qc_bytes_clear(&b);
}

static void threads_change_no_byte_of_a_run(void **state)
{
    (void)state;
    static const char *const names[] = {"T01", "T02", "T05", "T06", "T09", "T10", "T11"};
    static const char *const files[] = {"segments.jsonl", "segments.csv", "documents.jsonl",
                                        "codebook.yaml",  "report.html",  "run.json"};
    char paths[7][512];
    const char *list[7];
    for (size_t i = 0; i < 7; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s.txt", in_repository("tests/data/interviews"), names[i]);
        list[i] = paths[i];
    }
    qcode_codebook *book = must_read_book();
    qcode_code_job job = {.codebooks = {&book, 1}, .inputs = {.paths = list, .path_count = 7}};
    for (size_t threads = 1; threads <= 5; threads += 2) {
        char folder[256];
        snprintf(folder, sizeof folder, "%s/with-%zu", place, threads);
        job.folder = folder;
        job.inputs.threads = threads;
        qcode_code_totals totals;
        must_run(&job, &totals, NULL);
        assert_int_equal(totals.documents, 7);
        assert_true(totals.segments > 7);
        qcode_code_totals_clear(&totals);
        assert_int_equal(count_files(folder), 6);
        for (size_t i = 0; threads > 1 && i < 6; i++) {
            char one[300], other[300];
            snprintf(one, sizeof one, "%s/with-1/%s", place, files[i]);
            snprintf(other, sizeof other, "%s/%s", folder, files[i]);
            assert_same_file(one, other);
        }
    }
    qcode_codebook_free(book);
}

static void the_first_refused_document_in_order_ends_the_run(void **state)
{
    (void)state;
    qcode_codebook *book = must_read_book();
    char good[256], first[256], second[256];
    strcpy(good, put("good.txt", "INT: Who led?\nP1: Ann led.\n"));
    strcpy(first, put("first.txt", "%PDF-1.4\n"));
    strcpy(second, in_place("absent.txt"));
    const char *const paths[] = {good, first, second};
    for (size_t threads = 1; threads <= 3; threads++) {
        qcode_code_job job = {
            .codebooks = {&book, 1},
            .inputs = {.paths = paths, .path_count = 3, .threads = threads}, .folder = in_place("out")};
        qcode_code_totals totals;
        qcode_error err = {.status = QCODE_OK};
        qcode_notes *notes = qcode_notes_new(NULL);
        assert_false(qcode_code_set(&job, NULL, &totals, notes, &err));
        assert_non_null(strstr(err.source, "first.txt"));
        assert_null(totals.codes);
        assert_int_equal(count_files(in_place("out")), 0); /* no temporary either */
        job.inputs.keep_going = true;
        must_run(&job, &totals, notes);
        assert_int_equal(totals.documents, 1);
        assert_int_equal(totals.refused, 2);
        assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_ERROR), 2);
        qcode_code_totals_clear(&totals);
        qcode_notes_free(notes);
        remove_all(in_place("out"));
    }
    qcode_codebook_free(book);
}

/* Ann gave two interviews, the second together with Bob; two are called P1 and nobody says who they are. */
static void a_respondent_is_counted_once_however_often_they_speak(void **state)
{
    (void)state;
    qcode_codebook *book = must_read_book();
    char paths[4][256];
    const char *list[4];
    strcpy(paths[0], put("a.txt", "INT: Who led?\nANN: I led. I was in charge.\nINT: So?\nANN: So.\n"));
    strcpy(paths[1], put("b.txt", "INT: Who?\nANN: I led.\nBOB: We shared it.\nINT: So?\nANN: So.\nBOB: So.\n"));
    strcpy(paths[2], put("c.txt", "INT: Who?\nP1: Others led.\nINT: So?\nP1: So.\n"));
    strcpy(paths[3], put("d.txt", "INT: Who?\nP1: They led, we shared.\nINT: So?\nP1: So.\n"));
    for (size_t i = 0; i < 4; i++)
        list[i] = paths[i];
    static const char lines[] = "speaker,case\nANN,Ann Lee\nBOB,Bob Ray\n";
    qcode_cases *cases = qcode_cases_parse(lines, sizeof lines - 1, "cases.csv", NULL, NULL, NULL);
    assert_non_null(cases);
    qcode_sink *out = qcode_sink_memory(NULL, NULL);
    qcode_code_job job = {.codebooks = {&book, 1},
                          .inputs = {.paths = list, .path_count = 4, .read = {.cases = cases}},
                          .out = out};
    qcode_code_totals totals;
    must_run(&job, &totals, NULL);
    assert_int_equal(totals.respondents, 4);
    assert_int_equal(totals.segments, 7);
    assert_int_equal(totals.codes[0].segments, 5);
    assert_int_equal(totals.codes[0].interviews, 4);
    assert_int_equal(totals.codes[0].respondents, 3);
    assert_int_equal(totals.codes[1].segments, 2);
    assert_int_equal(totals.codes[1].interviews, 2);
    assert_int_equal(totals.codes[1].respondents, 2);
    qcode_code_totals_clear(&totals);
    qcode_sink_free(out);
    qcode_cases_free(cases);
    qcode_codebook_free(book);
}

static bool stop_after_one(void *user, size_t done, size_t total)
{
    (void)total;
    *(size_t *)user = done;
    return done < 1;
}

static void a_run_that_is_told_to_stop_leaves_nothing_half_done(void **state)
{
    (void)state;
    qcode_codebook *book = must_read_book();
    char one[256], other[256];
    strcpy(one, put("one.txt", "INT: Who led?\nP1: Ann led.\n"));
    strcpy(other, put("other.txt", "INT: Who led?\nP1: Ann led.\n"));
    const char *const paths[] = {one, other};
    size_t told = 0;
    qcode_code_job job = {.codebooks = {&book, 1},
                          .inputs = {.paths = paths, .path_count = 2,
                                     .progress = stop_after_one, .progress_user = &told},
                          .folder = in_place("out")};
    qcode_code_totals totals;
    qcode_error err;
    assert_false(qcode_code_set(&job, NULL, &totals, NULL, &err));
    assert_int_equal(err.status, QCODE_STOPPED);
    assert_int_equal(told, 1);
    assert_int_equal(count_files(in_place("out")), 0);
    qcode_codebook_free(book);
}

static void must_code_one(const char *folder)
{
    qcode_codebook *book = must_read_book();
    const char *const paths[] = {put("one.txt", "INT: Who led?\nP1: Ann led.\n")};
    qcode_code_job job = {.codebooks = {&book, 1}, .inputs = {.paths = paths, .path_count = 1}, .folder = folder};
    qcode_code_totals totals;
    must_run(&job, &totals, NULL);
    qcode_code_totals_clear(&totals);
    qcode_codebook_free(book);
}

/* What a folder held each time it was put on the disk: + run.json, - its mark of being incomplete. */
static char synced[32];
static bool watches_disk;

/* In the place of the system's. */
int fsync(int fd)
{
    struct stat about;
    if (watches_disk && fstat(fd, &about) == 0 && S_ISDIR(about.st_mode) && strlen(synced) < sizeof synced - 4)
        snprintf(synced + strlen(synced), 4, "%zu%s%s", count_files(in_place("out")) % 10,
                 access(in_place("out/run.json"), F_OK) == 0 ? "+" : "",
                 access(in_place("out/run.unfinished"), F_OK) == 0 ? "-" : "");
    return 0;
}

static void the_names_of_all_files_are_on_the_disk_before_run_json_is(void **state)
{
    (void)state;
    char out[256];
    strcpy(out, in_place("out"));
    watches_disk = true;
    must_code_one(out);
    watches_disk = false;
    assert_string_equal(synced, "3-7-7+-"); /* segments and documents; all, and run.json under another name; all */
}

static void a_run_that_was_cut_off_between_two_files_can_be_repeated(void **state)
{
    (void)state;
    char out[256];
    strcpy(out, in_place("out"));
    must_code_one(out);
    assert_int_equal(unlink(in_place("out/run.json")), 0);
    put("out/run.unfinished", "");
    must_code_one(out);
    assert_int_equal(count_files(out), 6);
    assert_int_equal(access(in_place("out/run.unfinished"), F_OK), -1);
}

static void a_run_that_fails_leaves_the_one_before_it(void **state)
{
    (void)state;
    char out[256];
    strcpy(out, in_place("out"));
    must_code_one(out);
    qcode_codebook *book = must_read_book();
    const char *const paths[] = {in_place("none.txt")};
    qcode_code_job job = {.codebooks = {&book, 1}, .inputs = {.paths = paths, .path_count = 1}, .folder = out};
    qcode_code_totals totals;
    qcode_error err;
    assert_false(qcode_code_set(&job, NULL, &totals, NULL, &err));
    assert_int_equal(err.status, QCODE_READ);
    assert_int_equal(count_files(out), 6);
    assert_true(qcode_report(out, NULL, NULL, NULL, &err));
    qcode_codebook_free(book);
}

static void a_job_that_makes_no_sense_is_refused(void **state)
{
    (void)state;
    qcode_codebook *book = must_read_book();
    qcode_sink *out = qcode_sink_memory(NULL, NULL);
    const char *const paths[] = {"-", "-"};
    const qcode_code_job jobs[] = {
        {.codebooks = {&book, 1}, .out = out},
        {.codebooks = {&book, 1}, .inputs = {.paths = paths, .path_count = 1}},
        {.codebooks = {&book, 1}, .inputs = {.paths = paths, .path_count = 1}, .out = out, .folder = "x"},
        {.codebooks = {&book, 1}, .inputs = {.paths = paths, .path_count = 2}, .out = out},
        {.codebooks = {&book, 1}, .inputs = {.paths = paths, .path_count = 1}, .out = out, .coder = "\xff"},
        {.codebooks = {&book, 1},
         .inputs = {.paths = paths, .path_count = 1,
                    .read = {.interviewers = (const char *const[]){"Ann", "\xff"}, .interviewer_count = 2}},
         .out = out},
    };
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        qcode_code_totals totals;
        qcode_error err = {.status = QCODE_OK};
        assert_false(qcode_code_set(&jobs[i], NULL, &totals, NULL, &err));
        assert_int_equal(err.status, QCODE_USAGE);
    }
    qcode_sink_free(out);
    qcode_codebook_free(book);
}

static void a_report_needs_the_files_that_its_run_wrote(void **state)
{
    (void)state;
    qcode_codebook *book = must_read_book();
    char talk[256], again[256], folder[256];
    strcpy(talk, put("talk.txt", "INT: Who led?\nP1: Ann led.\n"));
    strcpy(folder, in_place("out"));
    const char *const paths[] = {talk};
    qcode_code_job job = {.codebooks = {&book, 1}, .inputs = {.paths = paths, .path_count = 1}, .folder = folder};
    qcode_code_totals totals;
    qcode_error err = {.status = QCODE_OK};
    must_run(&job, &totals, NULL);
    qcode_code_totals_clear(&totals);
    strcpy(again, in_place("again.html"));
    qcode_sink *sink = qcode_sink_file(again, NULL, NULL);
    assert_true(qcode_report(folder, sink, NULL, NULL, &err));
    qcode_sink_free(sink);
    assert_same_file(again, in_place("out/report.html"));
    static const char *const needed[] = {"segments.jsonl", "segments.csv", "documents.jsonl", "codebook.yaml",
                                         "run.json"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        char name[64], kept[256];
        snprintf(name, sizeof name, "out/%s", needed[i]);
        strcpy(kept, in_place("kept"));
        assert_int_equal(rename(in_place(name), kept), 0);
        assert_false(qcode_report(folder, NULL, NULL, NULL, &err));
        assert_int_equal(err.status, QCODE_READ);
        put(name, "{\"document\":\"other.txt\"}\n");
        assert_false(qcode_report(folder, NULL, NULL, NULL, &err));
        assert_int_equal(err.status, QCODE_INVALID);
        assert_int_equal(rename(kept, in_place(name)), 0);
    }
    assert_true(qcode_report(folder, NULL, NULL, NULL, &err));
    qcode_codebook_free(book);
}

static void a_table_for_a_terminal_spells_out_control_characters(void **state)
{
    (void)state;
    const char *const paths[] = {put("talk.txt", "INT: Who led?\nP1: Ann led \x1b[2J us.\n")};
    qcode_codebook *book = read_book(NULL, NULL);
    for (int screen = 0; screen < 2; screen++) {
        qcode_sink *out = qcode_sink_memory(NULL, NULL);
        qcode_code_job job = {
            .codebooks = {&book, 1},
            .inputs = {.paths = paths, .path_count = 1}, .out = out, .format = QCODE_FORMAT_CSV, .screen = screen};
        qcode_code_totals totals = {.documents = 0};
        assert_true(qcode_code_set(&job, NULL, &totals, NULL, NULL));
        size_t length;
        const char *bytes = qcode_sink_bytes(out, &length);
        assert_int_equal(memchr(bytes, 0x1b, length) != NULL, !screen);
        assert_true(qcode_sink_write(out, "", 1)); /* a NUL behind the text */
        bytes = qcode_sink_bytes(out, &length);
        assert_int_equal(strstr(bytes, "\\x1b[2J") != NULL, screen);
        qcode_code_totals_clear(&totals);
        qcode_sink_free(out);
    }
    qcode_codebook_free(book);
}

static void a_table_has_columns_for_a_document_without_segments(void **state)
{
    (void)state;
    char silent[256];
    strcpy(silent, put("silent.txt", "Date: 3 May 2023\n\nINT: So?\nP1: So.\nINT: And?\nP1: No.\n"));
    const char *const paths[] = {silent, put("talk.txt", "INT: Who led?\nP1: Ann led.\n")};
    qcode_codebook *book = must_read_book();
    qcode_sink *out = qcode_sink_memory(NULL, NULL);
    qcode_code_job job = {.codebooks = {&book, 1},
                          .inputs = {.paths = paths, .path_count = 2},
                          .out = out, .format = QCODE_FORMAT_CSV};
    qcode_code_totals totals;
    must_run(&job, &totals, NULL);
    assert_int_equal(totals.segments, 1);
    assert_true(qcode_sink_write(out, "", 1)); /* a NUL behind the text */
    size_t length;
    const char *table = qcode_sink_bytes(out, &length);
    assert_non_null(strstr(table, ",date\n"));
    assert_non_null(strstr(table, "\ntalk.txt,"));
    qcode_code_totals_clear(&totals);
    qcode_sink_free(out);
    qcode_codebook_free(book);
}

/* What one disturbed run writes, and to where. */
typedef struct disturbed {
    const char *talk, *folder;
    qcode_format format;
} disturbed;

static bool run_disturbed(const qcode_memory *memory, void *user, qcode_error *err)
{
    const disturbed *what = user;
    const char *const paths[] = {what->talk};
    qcode_notes *notes = qcode_notes_new(memory);
    qcode_codebook *book = notes ? read_book(memory, err) : NULL;
    qcode_sink *out = book && !what->folder ? qcode_sink_memory(memory, err) : NULL;
    qcode_code_job job = {.codebooks = {&book, 1},
                          .inputs = {.paths = paths, .path_count = 1},
                          .folder = what->folder,
                          .out = out,
                          .format = what->format,
                          .screen = true,
                          .match = {.no_jit = true}};
    qcode_code_totals totals = {.documents = 0};
    static const char lines[] = "document,speaker,case\ntalk,P1,Ann\n,P2,Bob\n";
    qcode_cases *cases = book ? qcode_cases_parse(lines, strlen(lines), "cases.csv", memory, notes, err) : NULL;
    job.inputs.read.cases = cases;
    bool done = cases && (out || what->folder) && qcode_code_set(&job, memory, &totals, notes, err) &&
                (!what->folder || qcode_report(what->folder, NULL, memory, NULL, err));
    if (!notes)
        err->status = QCODE_NO_MEMORY;
    qcode_code_totals_clear(&totals);
    qcode_sink_free(out);
    qcode_cases_free(cases);
    qcode_codebook_free(book);
    qcode_notes_free(notes);
    return done;
}

static void a_refused_allocation_ends_a_run_in_good_order(void **state)
{
    (void)state;
    char talk[256];
    strcpy(talk, put("talk.txt",
                     "Group: police\n\nINT: Who led?\nP1: Ann led\xE2\x80\x94she shared.\nINT: So?\nP1: So.\n"));
    disturbed runs[] = {{talk, NULL, QCODE_FORMAT_JSONL},
                        {talk, NULL, QCODE_FORMAT_CSV},
                        {talk, NULL, QCODE_FORMAT_TEXT},
                        {talk, in_place("out"), QCODE_FORMAT_JSONL}};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        refuse_each_allocation(run_disturbed, &runs[i]);
    assert_int_equal(count_files(in_place("out")), 6);
}

#define PLACED(function) cmocka_unit_test_setup_teardown(function, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(threads_change_no_byte_of_a_run),
        PLACED(the_first_refused_document_in_order_ends_the_run),
        PLACED(a_respondent_is_counted_once_however_often_they_speak),
        PLACED(a_run_that_is_told_to_stop_leaves_nothing_half_done),
        PLACED(the_names_of_all_files_are_on_the_disk_before_run_json_is),
        PLACED(a_run_that_was_cut_off_between_two_files_can_be_repeated),
        PLACED(a_run_that_fails_leaves_the_one_before_it),
        PLACED(a_job_that_makes_no_sense_is_refused),
        PLACED(a_report_needs_the_files_that_its_run_wrote),
        PLACED(a_table_for_a_terminal_spells_out_control_characters),
        PLACED(a_table_has_columns_for_a_document_without_segments),
        PLACED(a_refused_allocation_ends_a_run_in_good_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
