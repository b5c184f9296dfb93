/* The manual's codebooks: each is complete, has nothing to be warned of, and its examples come out as they say. */
#include "base/bytes.h"
#include "support/test.h"
#include "text/stem.h"

#include <qcode.h>

#include <string.h>

static void check_block(const char *text, size_t length, size_t first_line)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = qcode_codebook_parse(text, length, "manual", NULL, notes, &err);
    size_t run = 0, failed = 0;
    bool has_stem = memchr(text, '~', length) != NULL;
    if (has_stem && !qc_stem_built_in()) {
        print_message("the codebook on line %zu has stems, which are not built in\n", first_line);
        qcode_codebook_free(book);
        qcode_notes_free(notes);
        return;
    }
    if (!book || !qcode_check(book, NULL, NULL, notes, &run, &failed, &err))
        fail_msg("the codebook on line %zu, its line %zu:%zu: %s", first_line, err.line, err.column, err.message);
    for (size_t i = 0; i < qcode_notes_count(notes); i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        fail_msg("the codebook on line %zu, its line %zu:%zu: %s", first_line, note->line, note->column, note->text);
    }
    assert_true(run >= 2);
    qcode_codebook_free(book);
    qcode_notes_free(notes);
}

static void every_codebook_of_the_manual_passes_its_check(void **state)
{
    (void)state;
    qc_bytes page;
    assert_true(qc_bytes_read(in_repository("cli/qcode-codebook.5.md"), 1 << 20, NULL, &page, NULL));
    const char *text = (const char *)page.data;
    size_t blocks = 0, line = 1;
    for (const char *at = text, *next; *at; at = next, line++) {
        const char *end = strchr(at, '\n');
        next = end ? end + 1 : at + strlen(at);
        if (strncmp(at, "```yaml\n", 8) != 0)
            continue;
        const char *close = strstr(next, "\n```\n");
        assert_non_null(close);
        check_block(next, (size_t)(close + 1 - next), line + 1);
        for (; next <= close; next++)
            line += *next == '\n';
        blocks++;
    }
    assert_true(blocks >= 8);
    qc_bytes_clear(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_codebook_of_the_manual_passes_its_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
