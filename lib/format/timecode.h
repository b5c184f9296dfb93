/* Times as transcripts and captions write them, in milliseconds. */
#ifndef QC_FORMAT_TIMECODE_H
#define QC_FORMAT_TIMECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum qc_clock_kind {
    QC_CLOCK_NONE,  /* no time stands there */
    QC_CLOCK_GOOD,
    QC_CLOCK_COMMA, /* good, with a comma before its fraction, as SubRip has it */
    QC_CLOCK_BAD    /* written like a time, and none: seconds or minutes above 59, too many digits */
} qc_clock_kind;

/* Reads a time at `*at`: hours:minutes:seconds or minutes:seconds, each of one digit or more (hours of up to nine),
 * with a fraction of any number of digits behind `.` or `,`. `*at` moves behind it and `*ms` is set (-1 when it is
 * bad), unless the answer is QC_CLOCK_NONE. */
qc_clock_kind qc_clock_read(const char *text, size_t length, size_t *at, int64_t *ms);

/* Seconds as a number of a JSON or TextGrid file has them; -1 when negative, not finite or beyond nine digits of hours.
 */
int64_t qc_time_of_seconds(double seconds);

/* What a cell of a table holds: a time as above, in [] or () perhaps, or a number of seconds. Spaces around it do not
 * count. -1 when it is anything else. */
int64_t qc_time_of(const char *text, size_t length);

#endif
