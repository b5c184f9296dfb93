/* Times as transcripts and captions write them. */
#include "format/timecode.h"

static const int64_t MOST_HOURS = 999999999;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number at `*at`, held at `MOST_HOURS` + 1 when it is larger; false when no digit stands there. */
static bool read_digits(const char *text, size_t length, size_t *at, int64_t *number)
{
    size_t start = *at;
    for (*number = 0; *at < length && is_digit(text[*at]); ++*at)
        if (*number <= MOST_HOURS)
            *number = *number * 10 + (text[*at] - '0');
    return *at > start;
}

/* The first three digits of a fraction, as milliseconds; the others are passed over. */
static int64_t read_fraction(const char *text, size_t length, size_t *at)
{
    int64_t ms = 0, worth = 100;
    for (; *at < length && is_digit(text[*at]); ++*at, worth /= 10)
        ms += (text[*at] - '0') * worth;
    return ms;
}

qc_clock_kind qc_clock_read(const char *text, size_t length, size_t *at, int64_t *ms)
{
    int64_t parts[3];
    size_t count = 0, here = *at;
    while (count < 3 && read_digits(text, length, &here, &parts[count])) {
        count++;
        if (count == 3 || here + 1 >= length || text[here] != ':' || !is_digit(text[here + 1]))
            break;
        here++;
    }
    if (count < 2)
        return QC_CLOCK_NONE;
    int64_t hours = count == 3 ? parts[0] : 0, minutes = parts[count - 2], seconds = parts[count - 1], fraction = 0;
    bool comma = false;
    if (here + 1 < length && (text[here] == '.' || text[here] == ',') && is_digit(text[here + 1])) {
        comma = text[here] == ',';
        here++;
        fraction = read_fraction(text, length, &here);
    }
    *at = here;
    /* without hours, minutes may pass 59: tools that write no hours count on */
    bool bad = seconds > 59 || hours > MOST_HOURS || minutes > (count == 3 ? 59 : MOST_HOURS);
    *ms = bad ? -1 : ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
    return bad ? QC_CLOCK_BAD : comma ? QC_CLOCK_COMMA : QC_CLOCK_GOOD;
}

int64_t qc_time_of_seconds(double seconds)
{
    if (!(seconds >= 0) || seconds > (double)MOST_HOURS * 3600)
        return -1;
    return (int64_t)(seconds * 1000 + 0.5);
}

/* Digits with at most one point or comma: seconds. */
static int64_t read_seconds(const char *text, size_t length)
{
    size_t at = 0;
    int64_t whole, fraction = 0;
    if (!read_digits(text, length, &at, &whole) || whole > MOST_HOURS)
        return -1;
    if (at + 1 < length && (text[at] == '.' || text[at] == ',')) {
        at++;
        fraction = read_fraction(text, length, &at);
    }
    return at == length ? whole * 1000 + fraction : -1;
}

static bool is_around(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '[' || c == ']' || c == '(' || c == ')';
}

int64_t qc_time_of(const char *text, size_t length)
{
    size_t at = 0;
    int64_t ms;
    for (; length && is_around(text[length - 1]); length--)
        ;
    for (; length && is_around(*text); length--)
        text++;
    if (qc_clock_read(text, length, &at, &ms) == QC_CLOCK_NONE)
        return read_seconds(text, length);
    return at == length ? ms : -1;
}
