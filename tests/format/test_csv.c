/* Reading and writing CSV. */
#include "format/csv.h"
#include "base/bytes.h"
#include "support/random.h"
#include "support/test.h"

#include <stdio.h>
#include <string.h>

/* All records of a text as "a|b/c|d", or the error. Static until the next call. */
static const char *records_of(const char *text, size_t length)
{
    static char list[16384];
    qcode_error err = {.status = QCODE_OK};
    qc_csv *csv = qc_csv_new(text, length, "f", NULL, &err);
    const qc_csv_field *fields;
    size_t count = 1, used = 0;
    list[0] = '\0';
    for (size_t record = 0; qc_csv_next(csv, &fields, &count, &err) && count; record++)
        for (size_t i = 0; i < count; i++)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? "|" : record ? "/" : "",
                                     fields[i].text);
    if (err.status)
        qcode_error_text(&err, list, sizeof list);
    qc_csv_free(csv);
    return list;
}

static void assert_records(const char *text, const char *wanted)
{
    assert_string_equal(records_of(text, strlen(text)), wanted);
}

static void records_and_fields_come_as_they_were_written(void **state)
{
    (void)state;
    assert_records("", "");
    assert_records("\n\n", "");
    assert_records("a,b\nc,d\n", "a|b/c|d");
    assert_records("a,b\r\nc,d", "a|b/c|d");
    assert_records("a,\n,b\n\n,\n", "a|/|b/|");
    assert_records("a,\"b\"\"c, d\ne\"\nf,g", "a|b\"c, d\ne/f|g");
    assert_records("a b , c\"d\n", "a b | c\"d");
    assert_records("\"\"\nx\n", "/x");
}

static void the_separator_is_found_from_the_first_line(void **state)
{
    (void)state;
    assert_records("a;b\nc,d;e\n", "a|b/c,d|e");
    assert_records("a\tb\nc,d\te\n", "a|b/c,d|e");
    assert_records("\"a;;;\",b\nc;d,e", "a;;;|b/c;d|e");
    assert_records("sep=;\na,x,y;b\n", "a,x,y|b");
    assert_records("sep=|\r\na;|b\n", "a;|b");
    assert_records("sep=;x,y\n", "sep=;x|y");
    assert_records("sep=", "sep=");
}

static void what_cannot_be_read_is_refused_where_it_stands(void **state)
{
    (void)state;
    assert_records("a,b\nc,\"d\ne,f\n", "f:2:3: a quote that is never closed");
    assert_records("a,b\nc,\"d\ne,\"f\"\n", "f:2:3: a quote that is never closed");
    assert_records("\xC3\xA9,\"b\"x\n", "f:1:6: text behind a closing quote, where the field has to end");
    assert_records("a,\x1B\n",
                   "f:1:3: the control character U+001B, which no field of a CSV file may hold outside quotes");
    assert_records("a,b\rc\n",
                   "f:1:4: the control character U+000D, which no field of a CSV file may hold outside quotes");
    const char *wanted = "f:1:4: the control character U+0000, which no field of a CSV file may hold";
    assert_string_equal(records_of("a,b\0c", 5), wanted);
    assert_string_equal(records_of("a,\"\0c\"", 6), wanted);
}

static void each_field_knows_its_place(void **state)
{
    (void)state;
    const char *text = "\n\xC3\xA9,\"x\ny\",z\n1,2";
    qc_csv *csv = qc_csv_new(text, strlen(text), "f", NULL, NULL);
    const qc_csv_field *fields;
    size_t count;
    assert_true(qc_csv_next(csv, &fields, &count, NULL));
    assert_int_equal(count, 3);
    assert_int_equal(fields[0].line, 2);
    assert_int_equal(fields[1].column, 3);
    assert_int_equal(fields[2].line, 3);
    assert_int_equal(fields[2].column, 4);
    assert_true(qc_csv_next(csv, &fields, &count, NULL));
    assert_int_equal(fields[1].line, 4);
    assert_int_equal(fields[1].column, 3);
    qc_csv_free(csv);
}

static void assert_put(const char *text, const char *wanted)
{
    qc_buffer out = qc_buffer_init(NULL);
    assert_true(qc_csv_put(&out, text, strlen(text)));
    assert_string_equal(qc_buffer_text(&out), wanted);
    qc_buffer_clear(&out);
}

static void a_formula_is_guarded_and_quoted(void **state)
{
    (void)state;
    assert_put("=1+1", "\"'=1+1\"");
    assert_put("-1", "\"'-1\"");
    assert_put("@x", "\"'@x\"");
    assert_put("+\"x\"", "\"'+\"\"x\"\"\"");
    assert_put("\tx", "\"'\tx\"");
    assert_put("'=x", "\"''=x\"");
    assert_put("'tis", "'tis");
    assert_put("a=b", "a=b");
    assert_put("", "");
    assert_put("a b", "a b");
    assert_put("a;b", "\"a;b\"");
    assert_put(" a", "\" a\"");
    assert_records("\"'=1+1\",'=x,'tis,''=y", "=1+1|=x|'tis|'=y");
}

static void any_text_put_and_read_is_unchanged(void **state)
{
    (void)state;
    dice cast = {.state = 2};
    for (int round = 0; round < 20000; round++) {
        char texts[3][48];
        size_t lengths[3];
        qc_buffer out = qc_buffer_init(NULL);
        qc_buffer_string(&out, "a,b,c\n");
        for (size_t i = 0; i < 3; i++) {
            lengths[i] = dice_text(&cast, texts[i], sizeof texts[i]);
            for (size_t at = 0; at < lengths[i]; at++)
                texts[i][at] = (char)(texts[i][at] ? texts[i][at] : '\''); /* NUL alone cannot be held */
            assert_true(qc_csv_put(&out, texts[i], lengths[i]));
            qc_buffer_byte(&out, i < 2 ? ',' : '\n');
        }
        qcode_error err = {.status = QCODE_OK};
        qc_csv *csv = qc_csv_new(out.data, out.length, "f", NULL, &err);
        const qc_csv_field *fields;
        size_t count;
        assert_true(qc_csv_next(csv, &fields, &count, &err));
        if (!qc_csv_next(csv, &fields, &count, &err))
            fail_msg("round %d: %s", round, err.message);
        assert_int_equal(count, 3);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(fields[i].length, lengths[i]);
            assert_memory_equal(fields[i].text, texts[i], lengths[i]);
            assert_int_equal(fields[i].text[lengths[i]], '\0');
        }
        assert_true(qc_csv_next(csv, &fields, &count, &err));
        assert_int_equal(count, 0);
        qc_csv_free(csv);
        qc_buffer_clear(&out);
    }
}

static bool read_all(const qcode_memory *memory, void *user, qcode_error *err)
{
    const char *text = user;
    qc_csv *csv = qc_csv_new(text, strlen(text), "f", memory, err);
    const qc_csv_field *fields;
    size_t count = 1;
    bool done = csv != NULL;
    while (done && count)
        done = qc_csv_next(csv, &fields, &count, err);
    qc_csv_free(csv);
    return done;
}

static void every_refused_allocation_is_a_clean_failure(void **state)
{
    (void)state;
    char text[] = "a,b\n\"a field longer than the first eight bytes\",1\n,\n1,2,3,4,5,6,7,8,9,10,11\n";
    refuse_each_allocation(read_all, text);
}

static void assert_sample(const char *name, const char *wanted)
{
    const char *path = shared(name);
    qc_bytes bytes;
    assert_true(qc_bytes_read(path, 1 << 20, NULL, &bytes, NULL));
    const char *said = records_of((const char *)bytes.data, bytes.length);
    if (strncmp(said, wanted, strlen(wanted)) != 0)
        fail_msg("%s gives %s, and %s was expected", name, said, wanted);
    qc_bytes_clear(&bytes);
}

static void hostile_samples_are_read_or_refused_at_their_places(void **state)
{
    (void)state;
    NEED_SHARED(folder, "hostile/codings");
    (void)folder;
    assert_sample("hostile/codings/quote-open.csv", "f:2:20: a quote that is never closed");
    assert_sample("hostile/codings/nul.csv", "f:3:13: the control character U+0000");
    assert_sample("hostile/codings/quotes.csv",
                  "document|coder|code|start|end|text/a.txt|ann|lead|0|20|He said \"go, now\"\nand, well");
    assert_sample("hostile/codings/semicolon.csv",
                  "document|coder|code|start|end|text/a.txt|ann|lead|0|5|Hello; you");
    assert_sample("hostile/codings/formula.csv",
                  "document|coder|code|start|end|text/=cmd|' /C calc'!A0|+ann|@lead|0|5|-1+1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(records_and_fields_come_as_they_were_written),
        TEST(the_separator_is_found_from_the_first_line),
        TEST(what_cannot_be_read_is_refused_where_it_stands),
        TEST(each_field_knows_its_place),
        TEST(a_formula_is_guarded_and_quoted),
        TEST(any_text_put_and_read_is_unchanged),
        TEST(every_refused_allocation_is_a_clean_failure),
        TEST(hostile_samples_are_read_or_refused_at_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
