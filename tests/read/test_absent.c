/* A build without the libraries for archives and XML knows what it cannot read, and says so. */
#include "read/show.h"

static void what_needs_an_absent_library_is_refused_by_its_content(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes;
    } files[] = {
        {"a.docx", "PK\3\4..........................word/document.xml"},
        {"a", "PK\3\4..........................word/document.xml"},
        {"a.txt", "<TEI xmlns='http://www.tei-c.org/ns/1.0'/>"},
        {"a.xml", "<?xml version='1.0'?><ANNOTATION_DOCUMENT/>"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_non_null(strstr(turns_of(files[i].name, files[i].bytes), "this build of qcode lacks libzip or libxml2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(what_needs_an_absent_library_is_refused_by_its_content)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
