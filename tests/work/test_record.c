/* What was measured of a codebook is kept and told with what it rests on. */
#include "support/test.h"
#include "read/measured.h"
#include "write/measured.h"
#include <qcode.h>

#include <stdio.h>
#include <string.h>

static const char book_text[] = "version: 1.0.0\ncodes:\n  - {id: trust, terms: [trust*]}\n";

static const qcode_measured_code codes[] = {{"trust", 12, 0.75}, {"fa\"ith", 240, 0.5}, {"hope", 3, -2}};

static qcode_measured measured_of(const char *hash)
{
    return (qcode_measured){.on = "2026-11-22", .version = "1.0.0", .hash = hash, .unit = "sentence", .touch = "any",
                            .interviews = 7, .coders = 2, .kappa = 0.625, .codes = codes, .code_count = 3};
}

static qcode_codebook *parse(const char *text)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *made = qcode_codebook_parse(text, strlen(text), "book", NULL, NULL, &err);
    assert_non_null(made);
    return made;
}

static void the_sentence_says_what_it_rests_on(void **state)
{
    (void)state;
    char says[QCODE_MEASURED_SAYS];
    qcode_codebook *one = parse(book_text), *two = parse("codes:\n  - {id: hope, terms: [hope]}\n");
    qcode_codebook *const both[] = {two, one};
    const qcode_codebooks alone = {both + 1, 1}, other = {both, 1}, all = {both, 2};
    qcode_measured measured = measured_of(qcode_codebook_hash(one));
    qcode_measured_says(NULL, alone, says);
    assert_string_equal(says, "not measured");
    qcode_measured_says(&measured, alone, says);
    assert_string_equal(says, "measured on 2026-11-22 on 7 interviews of this study, coded by 2 coders: mean kappa 0.62 over "
                              "3 codes, each with 3 to 240 coded units (sentence)");
    qcode_measured_says(&measured, other, says);
    assert_string_equal(says, "measured for an earlier codebook (on 2026-11-22), not for this one");
    qcode_measured_says(&measured, all, says);
    assert_non_null(strstr(says, "of one of 2 codebooks alone ("));
    measured.kappa = -2;
    qcode_measured_says(&measured, alone, says);
    assert_non_null(strstr(says, "kappa not defined for any of 3 codes"));
    qcode_codebook_free(one);
    qcode_codebook_free(two);
}

static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/* Writes it and reads it back. */
static bool go_round(const qcode_memory *memory, void *user, qcode_error *err)
{
    const qcode_measured measured = measured_of(hash), *again = NULL;
    qc_arena arena = qc_arena_init(memory);
    qc_buffer text = qc_buffer_init(memory);
    (void)user;
    bool done = qc_put_measured(&text, &measured, "\n  ");
    if (!done)
        err->status = QCODE_NO_MEMORY;
    done = done && qc_parse_measured(text.data, text.length, "agreement.json", &arena, &again, err);
    if (done) {
        assert_string_equal(again->on, measured.on);
        assert_string_equal(again->hash, hash);
        assert_int_equal(again->interviews, 7);
        assert_float_equal(again->kappa, 0.625, 1e-12);
        assert_int_equal(again->code_count, 3);
        assert_string_equal(again->codes[1].code, "fa\"ith");
        assert_int_equal(again->codes[1].positives, 240);
        assert_true(again->codes[2].kappa < -1);
    }
    qc_buffer_clear(&text);
    qc_arena_clear(&arena);
    return done;
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    refuse_each_allocation(go_round, NULL);
}

static void what_is_no_measurement_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "[]", "{\"measured\": 1}", "{\"measured\": true}", "{\"measured\": true, \"on\": \"today\"}",
        "{\"measured\": true, \"on\": \"2026-11-22\", \"codebook\": {\"sha256\": \"abc\"}}", "{\"kappa\": 2}", "{\"codes\": {}}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        qcode_error err = {.status = QCODE_OK};
        const qcode_measured *measured = NULL;
        qc_arena arena = qc_arena_init(NULL);
        if (qc_parse_measured(wrong[i], strlen(wrong[i]), "agreement.json", &arena, &measured, &err))
            fail_msg("%s was read", wrong[i]);
        assert_int_equal(err.status, QCODE_INVALID);
        qc_arena_clear(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_sentence_says_what_it_rests_on),
        TEST(what_is_written_is_read_again),
        TEST(what_is_no_measurement_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
