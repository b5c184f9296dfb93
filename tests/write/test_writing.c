/* The writers' small parts: marks, the spool, HTML. */
#include "base/error.h"
#include "support/test.h"
#include "write/html.h"
#include "write/spool.h"
#include "write/writer.h"

#include <stdlib.h>

static void check_marks(const qcode_span *hits, size_t count, const char *wanted)
{
    static const qcode_span pieces[] = {
        {10, 20}, {25, 30}, {40, 41}}; /* the reading has 10 + 1 + 5 + 1 + 1 characters */
    qc_buffer marks = qc_buffer_init(NULL), text = qc_buffer_init(NULL);
    assert_true(qc_find_marks(&marks, pieces, 3, hits, count));
    const qcode_span *at = (const void *)marks.data;
    for (size_t i = 0; i < marks.length / sizeof *at; i++)
        qc_buffer_print(&text, "%zu-%zu ", at[i].start, at[i].end);
    assert_string_equal(qc_buffer_text(&text), wanted);
    qc_buffer_clear(&marks);
    qc_buffer_clear(&text);
}

static void marks_are_counted_over_from_the_pieces(void **state)
{
    (void)state;
    check_marks((const qcode_span[]){{12, 15}}, 1, "2-5 ");
    check_marks((const qcode_span[]){{18, 27}}, 1, "8-13 "); /* over a gap */
    check_marks((const qcode_span[]){{10, 12}, {26, 28}, {40, 41}}, 3, "0-2 12-14 17-18 ");
    check_marks((const qcode_span[]){{12, 16}, {13, 14}, {15, 18}}, 3, "2-8 "); /* joined */
    check_marks((const qcode_span[]){{19, 50}}, 1, "9-18 ");                    /* to the end */
    check_marks((const qcode_span[]){{20, 25}, {50, 60}}, 2, "");               /* no speech at all */
}

static void a_spool_gives_back_what_it_got_from_memory_and_from_a_file(void **state)
{
    (void)state;
    for (size_t most = 8; most <= 1 << 20; most <<= 17) {
        qcode_error err = {.status = QCODE_OK};
        qc_spool spool = qc_spool_init(NULL, most, NULL);
        for (unsigned i = 0; i < 50000; i++)
            assert_true(qc_spool_add(&spool, &i, sizeof i, &err));
        assert_int_equal(spool.fd >= 0, most == 8);
        unsigned next = 0;
        for (uint64_t at = 0; at < spool.length;) {
            const char *data;
            size_t length;
            assert_true(qc_spool_read(&spool, at, 4000, &data, &length, &err));
            assert_true(length && length % sizeof next == 0 && length <= 4000);
            for (size_t i = 0; i < length; i += sizeof next, next++)
                assert_memory_equal(data + i, &next, sizeof next);
            at += length;
        }
        assert_int_equal(next, 50000);
        qc_spool_clear(&spool);
    }
}

static void a_spool_without_a_place_for_its_file_says_so(void **state)
{
    (void)state;
    qcode_error err = {.status = QCODE_OK};
    qc_spool spool = qc_spool_init("/nonexistent", 4, NULL);
    assert_true(qc_spool_add(&spool, "abcd", 4, &err));
    assert_false(qc_spool_add(&spool, "efgh", 4, &err));
    assert_int_equal(err.status, QCODE_WRITE);
    qc_spool_clear(&spool);
}

static void html_holds_text_and_no_markup(void **state)
{
    (void)state;
    qc_buffer out = qc_buffer_init(NULL);
    qc_put_html_string(&out, "<script>alert(\"x\" & 'y')</script>\n");
    assert_string_equal(qc_buffer_text(&out),
                        "&lt;script&gt;alert(&quot;x&quot; &amp; &#39;y&#39;)&lt;/script&gt;\n");
    out.length = 0;
    qc_put_html_string(&out, "a\xE2\x80\xAE"
                             "b\x1b\xE2\x80\x8F\xE2\x80\xA8"); /* RLO, ESC, RLM, LS */
    assert_string_equal(qc_buffer_text(&out), "a\\u{202e}b\\x1b\xE2\x80\x8F\\u{2028}");
    qc_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(marks_are_counted_over_from_the_pieces),
        TEST(a_spool_gives_back_what_it_got_from_memory_and_from_a_file),
        TEST(a_spool_without_a_place_for_its_file_says_so),
        TEST(html_holds_text_and_no_markup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
