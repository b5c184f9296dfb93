/* Times. */
#include "format/timecode.h"
#include "support/test.h"

#include <math.h>
#include <string.h>

static void assert_clock(const char *text, qc_clock_kind kind, int64_t wanted, size_t end)
{
    int64_t ms = -7;
    size_t at = 0;
    assert_int_equal(qc_clock_read(text, strlen(text), &at, &ms), kind);
    assert_int_equal(ms, wanted);
    assert_int_equal(at, end);
}

static void a_clock_may_have_hours_and_a_fraction(void **state)
{
    (void)state;
    assert_clock("00:00:04.991 -->", QC_CLOCK_GOOD, 4991, 12);
    assert_clock("01:02.5", QC_CLOCK_GOOD, 62500, 7);
    assert_clock("0:07", QC_CLOCK_GOOD, 7000, 4);
    assert_clock("1:02:03,04x", QC_CLOCK_COMMA, 3723040, 10);
    assert_clock("00:00:01.123456", QC_CLOCK_GOOD, 1123, 15);
    assert_clock("75:30", QC_CLOCK_GOOD, 4530000, 5);
    assert_clock("00:00:01. And", QC_CLOCK_GOOD, 1000, 8);
    assert_clock("999999999:59:59.999", QC_CLOCK_GOOD, INT64_C(3599999999999999), 19);
}

static void an_impossible_clock_is_told_from_none(void **state)
{
    (void)state;
    assert_clock("00:00:60.000", QC_CLOCK_BAD, -1, 12);
    assert_clock("00:60:00", QC_CLOCK_BAD, -1, 8);
    assert_clock("1000000000:00:00", QC_CLOCK_BAD, -1, 16);
    assert_clock("99999999999999999999999:00", QC_CLOCK_BAD, -1, 26);
    assert_clock("12", QC_CLOCK_NONE, -7, 0);
    assert_clock("12:", QC_CLOCK_NONE, -7, 0);
    assert_clock("", QC_CLOCK_NONE, -7, 0);
    assert_clock(":12", QC_CLOCK_NONE, -7, 0);
}

static int64_t of(const char *text)
{
    return qc_time_of(text, strlen(text));
}

static void a_cell_holds_a_clock_or_seconds_and_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(of("0:06"), 6000);
    assert_int_equal(of(" [00:03:12] "), 192000);
    assert_int_equal(of("12.25"), 12250);
    assert_int_equal(of("7"), 7000);
    assert_int_equal(of("7,5"), 7500);
    assert_int_equal(of(""), -1);
    assert_int_equal(of("soon"), -1);
    assert_int_equal(of("-3"), -1);
    assert_int_equal(of("0:06 pm"), -1);
    assert_int_equal(of("1e9"), -1);
    assert_int_equal(of("0:99"), -1);
}

static void seconds_become_milliseconds_within_bounds(void **state)
{
    (void)state;
    assert_int_equal(qc_time_of_seconds(4.991), 4991);
    assert_int_equal(qc_time_of_seconds(0), 0);
    assert_int_equal(qc_time_of_seconds(1e9), INT64_C(1000000000000));
    assert_int_equal(qc_time_of_seconds(-0.1), -1);
    assert_int_equal(qc_time_of_seconds(1e300), -1);
    assert_int_equal(qc_time_of_seconds((double)NAN), -1);
    assert_int_equal(qc_time_of_seconds((double)INFINITY), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_clock_may_have_hours_and_a_fraction),
        TEST(an_impossible_clock_is_told_from_none),
        TEST(a_cell_holds_a_clock_or_seconds_and_nothing_else),
        TEST(seconds_become_milliseconds_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
