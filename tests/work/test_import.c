/* Studies and dictionaries taken over: clean failures, and codebooks that are read at once. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <string.h>

static bool import_book(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_imported found;
    qcode_notes *notes = qcode_notes_new(memory);
    qcode_sink *sink = notes ? qcode_sink_memory(memory, err) : NULL;
    const qcode_import_job job = {.path = user, .sink = sink};
    bool done = sink && qcode_import(&job, memory, &found, notes, err);
    if (!notes)
        *err = (qcode_error){.status = QCODE_NO_MEMORY};
    if (sink && !done)
        qcode_imported_clear(&found);
    if (done) {
        size_t length;
        const void *text = qcode_sink_bytes(sink, &length);
        qcode_codebook *book = qcode_codebook_parse(text, length, "imported.yaml", NULL, NULL, NULL);
        assert_non_null(book);
        assert_int_equal(qcode_codebook_count(book), found.codes);
        qcode_codebook_free(book);
        qcode_imported_clear(&found);
    }
    qcode_sink_free(sink);
    qcode_notes_free(notes);
    return done;
}

static void importing_fails_cleanly_and_gives_a_codebook_that_is_read(void **state)
{
    static const char *const names[] = {"annotations/labelstudio.json", "annotations/webanno-ann.tsv",
                                        "annotations/long.csv"};
    char path[512];
    (void)state;
    NEED_SHARED(made, "interop/made");
    (void)made;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", shared("interop/made"), names[i]);
        refuse_each_allocation(import_book, path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(importing_fails_cleanly_and_gives_a_codebook_that_is_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
