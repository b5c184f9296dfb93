/* The same expressions on the same utterances as ncodeR: the same codes, row for row. */
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "format/csv.h"
#include "match/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 16, MOST_FIELD = 512 };

typedef struct table {
    qc_bytes bytes;
    qc_csv *csv;
} table;

static table open_table(const char *path)
{
    table t;
    assert_true(qc_bytes_read(path, 1 << 24, NULL, &t.bytes, NULL));
    assert_int_equal(qc_utf8_valid((const char *)t.bytes.data, t.bytes.length), t.bytes.length);
    t.csv = qc_csv_new((const char *)t.bytes.data, t.bytes.length, path, NULL, NULL);
    assert_non_null(t.csv);
    return t;
}

static void close_table(table *t)
{
    qc_csv_free(t->csv);
    qc_bytes_clear(&t->bytes);
}

/* What ncodeR makes of an expression: one of letters and digits alone begins a word. A match of no characters codes nothing
 * here, so one that is all lookahead gets the rest of the line. */
static void put_expression(char *to, const char *expression)
{
    bool word = expression[strspn(expression, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")] == '\0';
    bool empty = strncmp(expression, "^(?=", 4) == 0;
    snprintf(to, MOST_FIELD, "%s%s%s", word ? "\\b" : "", expression, empty ? ".*" : "");
}

/* The expressions, code by code as they stand in the file; how many codes. */
static size_t read_rules(const char *path, book *made, char names[MOST_COLUMNS][64], char (*expressions)[MOST_FIELD])
{
    qc_bytes bytes;
    size_t codes = 0, rows = 0;
    assert_true(qc_bytes_read(path, 1 << 20, NULL, &bytes, NULL));
    char *line = strchr((char *)bytes.data, '\n') + 1;
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        char *origin = strchr(line, '\t'), *expression = strchr(origin + 1, '\t') + 1;
        *origin = '\0';
        if (!codes || strcmp(names[codes - 1], line) != 0) {
            assert_in_range(codes, 0, MOST_COLUMNS - 2);
            snprintf(names[codes], sizeof names[codes], "%s", line);
            book_code(made, names[codes], QCODE_UNIT_TURN, QCODE_SCOPE_ALL);
            book_rule(made, false);
            codes++;
        }
        put_expression(expressions[rows], expression);
        book_regex(made, expressions[rows++]);
    }
    book_done(made);
    qc_bytes_clear(&bytes);
    return codes;
}

static void check_row(qcode_matcher *matcher, const char *text, const qc_csv_field *want, size_t codes)
{
    bool got[MOST_COLUMNS] = {false};
    talk *with = talk_of(text);
    qcode_codings *codings = qcode_match(matcher, talk_transcript(with), NULL);
    assert_non_null(codings);
    for (size_t i = 0; i < qcode_codings_count(codings); i++)
        got[qcode_code_index(qcode_codings_at(codings, i)->code)] = true;
    for (size_t i = 0; i < codes; i++)
        if (got[i] != (want[i + 1].text[0] == '1'))
            fail_msg("row %s, code %zu: %d, not %s", want[0].text, i, got[i], want[i + 1].text);
    qcode_codings_free(codings);
    talk_free(with);
}

static void the_codes_are_those_of_ncoder(void **state)
{
    (void)state;
    NEED_SHARED(rules_path, "data/coded/ncoder/regex_codes.tsv");
    char names[MOST_COLUMNS][64], (*expressions)[MOST_FIELD] = calloc(128, sizeof *expressions);
    book *made = book_new();
    size_t codes = read_rules(rules_path, made, names, expressions), count, rows = 0;
    table data = open_table(shared("data/coded/ncoder/RS.data.csv"));
    table peer = open_table(shared("data/coded/ncoder/peer_autocode.csv"));
    qcode_rules *rules = qcode_rules_new(book_done(made), NULL, NULL, NULL, NULL);
    qcode_matcher *matcher = qcode_matcher_new(rules, NULL, NULL);
    const qc_csv_field *fields, *want;
    assert_true(qc_csv_next(data.csv, &fields, &count, NULL));
    assert_string_equal(fields[13].text, "text");
    assert_true(qc_csv_next(peer.csv, &want, &count, NULL));
    assert_int_equal(count, codes + 1);
    for (size_t i = 0; i < codes; i++)
        assert_string_equal(want[i + 1].text, names[i]);
    while (qc_csv_next(data.csv, &fields, &count, NULL) && count) {
        assert_true(qc_csv_next(peer.csv, &want, &count, NULL) && count == codes + 1);
        check_row(matcher, fields[13].text, want, codes);
        rows++;
    }
    assert_int_equal(rows, 3824);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    close_table(&data);
    close_table(&peer);
    book_free(made);
    free(expressions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(the_codes_are_those_of_ncoder)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
