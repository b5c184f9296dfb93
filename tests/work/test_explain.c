/* What explain prints: the parts sum to the score, digit by digit, and the comparisons give the decision. */
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "-0.113" in thousandths. */
static long thousandths(const char *text)
{
    bool minus = *text == '-';
    char *point;
    long whole = strtol(text + minus, &point, 10);
    assert_int_equal(*point, '.');
    assert_int_equal(strspn(point + 1, "0123456789"), 3);
    long number = whole * 1000 + strtol(point + 1, NULL, 10);
    return minus ? -number : number;
}

/* A line "    name   number ..."; NULL when it is no such line or of another name. */
static const char *number_of(const char *line, const char *name)
{
    size_t length = strlen(name);
    if (strncmp(line, "    ", 4) != 0 || strncmp(line + 4, name, length) != 0 || line[4 + length] != ' ')
        return NULL;
    return line + 4 + length + strspn(line + 4 + length, " ");
}

typedef struct block {
    long sum, score, threshold;
    bool coded, filler, too_many, behind, within;
} block;

static void close_block(const block *b)
{
    bool reached = b->score >= b->threshold;
    assert_int_equal(b->sum, b->score);
    assert_int_equal(b->behind || b->within, reached);
    assert_int_equal(b->coded, reached && b->within && !b->filler && !b->too_many);
}

/* Looks at all that was printed; how many codes were told of. */
static size_t look(char *text)
{
    size_t count = 0;
    block b = {0};
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        const char *number;
        if (strncmp(line, "  ", 2) == 0 && line[2] != ' ' && strstr(line, "coded") && !strstr(line, "of their thresholds"))
            b = (block){.coded = !strstr(line, "not coded"), .filler = strstr(line, "says nothing") != NULL,
                        .too_many = strstr(line, "enough codes") != NULL};
        for (int i = 0; i < QCODE_SHARES; i++)
            if ((number = number_of(line, qcode_share_name((qcode_share)i))))
                b.sum += thousandths(number);
        if ((number = number_of(line, "score")))
            b.score = thousandths(number);
        if ((number = number_of(line, "threshold"))) {
            b.threshold = thousandths(number);
            assert_int_equal(strstr(line, "not reached") != NULL, b.score < b.threshold);
            if (b.score < b.threshold)
                close_block(&b);
            count++;
        }
        if (number_of(line, "behind the best")) {
            b.behind = strstr(line, "more than") != NULL;
            b.within = strstr(line, "within") != NULL;
            close_block(&b);
        }
    }
    return count;
}

static size_t explain_line(const qcode_codebook *book, const char *path, size_t line, bool *is_there)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    qcode_codebook *const books[] = {(qcode_codebook *)book};
    const qcode_explain_job job = {.codebooks = {books, 1}, .path = path, .line = line, .all = true, .out = sink};
    bool found;
    *is_there = qcode_explain(&job, NULL, &found, NULL, &err);
    size_t length, count = 0;
    if (*is_there) {
        const char *said = qcode_sink_bytes(sink, &length);
        char *copy = calloc(length + 1, 1);
        memcpy(copy, said ? said : "", length);
        count = look(copy);
        free(copy);
    } else {
        assert_non_null(strstr(err.message, "there is no line"));
    }
    qcode_sink_free(sink);
    return count;
}

static void what_is_printed_sums_to_the_score_and_decides(void **state)
{
    (void)state;
    static const char *const interviews[] = {"T05.txt", "T09.txt"};
    qcode_error err = {.status = QCODE_OK};
    char *path = strdup(in_repository("codebooks/eight-indicators.yaml"));
    qcode_codebook *book = qcode_codebook_read(path, NULL, NULL, &err);
    assert_non_null(book);
    size_t told = 0, lines = 0;
    for (size_t i = 0; i < sizeof interviews / sizeof *interviews; i++) {
        char name[64];
        snprintf(name, sizeof name, "tests/data/interviews/%s", interviews[i]);
        char *talk = strdup(in_repository(name));
        bool is_there = true;
        for (size_t line = 1; is_there; line += 6, lines++)
            told += explain_line(book, talk, line, &is_there);
        free(talk);
    }
    if (lines < 20 || told < 200)
        fail_msg("%zu lines, %zu codes", lines, told);
    qcode_codebook_free(book);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_printed_sums_to_the_score_and_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
