/* Coding sheets and rounds, as files. */
#include "base/sha256.h"
#include "format/workbook.h"
#include "support/test.h"
#include "work/sample.h"
#include <qcode/sheet.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char book_text[] = "codes:\n  - {id: safety, terms: [safe*]}\n  - {id: patrols, terms: [officer*]}\n";

typedef struct place {
    char folder[64], talk[128], sheet[128];
    qcode_codebook *book;
    const char *paths[1];
} place;

static void open_place(place *at)
{
    qcode_error err;
    snprintf(at->folder, sizeof at->folder, "/tmp/qcode-sheet.XXXXXX");
    assert_non_null(mkdtemp(at->folder));
    snprintf(at->talk, sizeof at->talk, "%s/anna.txt", at->folder);
    snprintf(at->sheet, sizeof at->sheet, "%s/coding.xlsx", at->folder);
    FILE *file = fopen(at->talk, "w");
    assert_non_null(file);
    fputs("INT: Is it safe?\nAnna: I feel safe. There were officers.\nINT: More?\nAnna: No.\n", file);
    fclose(file);
    at->book = qcode_codebook_parse(book_text, sizeof book_text - 1, "book.yaml", NULL, NULL, &err);
    assert_non_null(at->book);
    at->paths[0] = at->talk;
}

static void close_place(place *at)
{
    unlink(at->sheet);
    unlink(at->talk);
    assert_int_equal(rmdir(at->folder), 0);
    qcode_codebook_free(at->book);
}

static qcode_sheet_job job_of(const place *at)
{
    return (qcode_sheet_job){.inputs = {.paths = at->paths, .path_count = 1, .threads = 1}, .book = at->book, .path = at->sheet};
}

static void hash_file(const char *path, char hex[65])
{
    static unsigned char bytes[64 * 1024];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    qc_sha256_of(bytes, fread(bytes, 1, sizeof bytes, file), hex);
    fclose(file);
}

static void the_same_input_gives_the_same_sheet(void **state)
{
    (void)state;
    place at;
    qcode_error err;
    qcode_sheet_totals totals;
    char first[65], second[65];
    if (!qc_workbook_can()) {
        print_message("skipped: built without libxlsxwriter\n");
        skip();
    }
    open_place(&at);
    const qcode_sheet_job job = job_of(&at);
    assert_true(qcode_sheet(&job, NULL, &totals, NULL, &err));
    assert_int_equal(totals.units, 3);
    hash_file(at.sheet, first);
    assert_false(qcode_sheet(&job, NULL, &totals, NULL, &err));
    assert_non_null(strstr(err.message, "is there already"));
    unlink(at.sheet);
    assert_true(qcode_sheet(&job, NULL, &totals, NULL, &err));
    hash_file(at.sheet, second);
    assert_string_equal(first, second);
    close_place(&at);
}

static bool write_with(const qcode_memory *memory, void *user, qcode_error *err)
{
    place *at = user;
    qcode_sheet_totals totals;
    const qcode_sheet_job job = job_of(at);
    bool done = qcode_sheet(&job, memory, &totals, NULL, err);
    unlink(at->sheet);
    return done;
}

static void every_failed_allocation_is_clean(void **state)
{
    (void)state;
    place at;
    open_place(&at);
    snprintf(at.sheet, sizeof at.sheet, "%s/coding.csv", at.folder); /* in every build */
    refuse_each_allocation(write_with, &at);
    close_place(&at);
}

static size_t drawn_of(const qcode_sample *sample, const char *const *strata, size_t count, bool *drawn)
{
    size_t all = 0;
    assert_true(qc_draw_sample(sample, strata, count, NULL, drawn));
    for (size_t i = 0; i < count; i++)
        all += drawn[i];
    return all;
}

/* Of 10 and 5, a fifth is 2 and 1; three of each are 6; half of 5 is rounded up. */
static void a_sample_takes_its_part_of_each_stratum(void **state)
{
    (void)state;
    const char *strata[15];
    bool one[15], two[15];
    for (size_t i = 0; i < 15; i++)
        strata[i] = i % 3 ? "users" : "staff";
    qcode_sample sample = {.share = 0.2, .seed = 7};
    assert_int_equal(drawn_of(&sample, strata, 15, one), 3);
    assert_int_equal(one[0] + one[3] + one[6] + one[9] + one[12], 1);
    drawn_of(&sample, strata, 15, two);
    assert_memory_equal(one, two, sizeof one);
    sample = (qcode_sample){.count = 3, .seed = 7};
    assert_int_equal(drawn_of(&sample, strata, 15, one), 6);
    sample = (qcode_sample){.share = 0.5};
    assert_int_equal(drawn_of(&sample, strata, 15, one), 5 + 3);
    sample = (qcode_sample){.share = 0};
    assert_int_equal(drawn_of(&sample, strata, 15, one), 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_input_gives_the_same_sheet),
        TEST(every_failed_allocation_is_clean),
        TEST(a_sample_takes_its_part_of_each_stratum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
