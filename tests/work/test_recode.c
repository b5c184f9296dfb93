/* A code's new id is in all files or in none, whatever fails. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char book_text[] = "codes:\n  - id: trust # first\n    terms: [trust*]\n  - {id: b, parent: 'trust', terms: [b]}\n";
static const char new_text[] = "codes:\n  - id: hope # first\n    terms: [trust*]\n  - {id: b, parent: 'hope', terms: [b]}\n\n"
                               "changes:\n  - what: \"rename trust to hope\"\n    by: \"Anna\"\n    on: 2024-03-05\n"
                               "    reason: \"why\"\n";
static const char table_text[] = "code,document\r\n\"trust\",a\r\nb,trust\r\n";
static const char new_table[] = "code,document\r\n\"hope\",a\r\nb,trust\r\n";

static char folder[64], book[96], table[96];

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void assert_holds(const char *path, const char *text)
{
    char found[1024];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(found, 1, sizeof found - 1, file);
    fclose(file);
    found[length] = '\0';
    assert_string_equal(found, text);
}

static bool rename_trust(const qcode_memory *memory, void *user, qcode_error *err)
{
    const qcode_rename rename = {"trust", "hope", "Anna", "2024-03-05", "why"};
    const char *const tables[] = {table};
    (void)user;
    size_t count = 0;
    put(book, book_text);
    put(table, table_text);
    bool done = qcode_recode_rename(&rename, book, tables, 1, memory, &count, err);
    assert_holds(book, done ? new_text : book_text);
    assert_holds(table, done ? new_table : table_text);
    return done;
}

static void a_new_id_is_in_all_files_or_in_none(void **state)
{
    (void)state;
    refuse_each_allocation(rename_trust, NULL);
}

static void segments_of_a_run_are_refused_and_the_codebook_stays(void **state)
{
    (void)state;
    const qcode_rename rename = {"trust", "hope", "Anna", "2024-03-05", "why"};
    const char *const tables[] = {table};
    qcode_error err = {.status = QCODE_OK};
    size_t count;
    put(book, book_text);
    put(table, "document,code,matches\na,trust,trust/1@0-5\n");
    assert_false(qcode_recode_rename(&rename, book, tables, 1, NULL, &count, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    assert_holds(book, book_text);
}

static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/qcode-recode-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(book, sizeof book, "%s/book.yaml", folder);
    snprintf(table, sizeof table, "%s/anna.csv", folder);
    return 0;
}

/* The folder holds these two and nothing else, or it stays and the test fails. */
static int end(void **state)
{
    (void)state;
    return unlink(book) || unlink(table) || rmdir(folder) ? -1 : 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_id_is_in_all_files_or_in_none),
        TEST(segments_of_a_run_are_refused_and_the_codebook_stays),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
