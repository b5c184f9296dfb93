/* Time stamps: minutes and seconds, or hours, minutes and seconds, perhaps with a fraction. */
#include "read/text/text.h"

static bool read_number(const char *text, size_t length, size_t *at, int most, int64_t *number, int *digits)
{
    *number = 0;
    for (*digits = 0; *at < length && text[*at] >= '0' && text[*at] <= '9' && *digits <= most; ++*digits)
        *number = *number * 10 + (text[(*at)++] - '0');
    return *digits > 0 && *digits <= most;
}

/* ".5", ",250" behind the seconds. */
static int64_t read_fraction(const char *text, size_t length, size_t *at)
{
    size_t from = *at;
    if (from + 1 >= length || (text[from] != '.' && text[from] != ',') || text[from + 1] < '0' || text[from + 1] > '9')
        return 0;
    int64_t fraction = 0, unit = 100;
    for (++*at; *at < length && text[*at] >= '0' && text[*at] <= '9'; ++*at, unit /= 10)
        fraction += (text[*at] - '0') * unit;
    return fraction;
}

/* "-5#" behind the figures of "#00:01:05-5#", as f4transkript and MAXQDA write tenths of a second. */
static bool read_tenth(const char *text, size_t length, size_t *at, int64_t *time_ms)
{
    size_t here = *at;
    if (here + 3 > length || text[here] != '-' || text[here + 1] < '0' || text[here + 1] > '9' || text[here + 2] != '#')
        return false;
    *time_ms += (text[here + 1] - '0') * 100;
    *at = here + 3;
    return true;
}

/* The figures alone. */
static bool read_figures(const char *text, size_t length, size_t *at, int64_t *time_ms)
{
    int64_t part[3];
    int digits, parts = 0;
    for (; parts < 3; parts++) {
        if (parts && (*at >= length || text[*at] != ':'))
            break;
        *at += parts > 0;
        if (!read_number(text, length, at, parts ? 2 : 3, &part[parts], &digits) || (parts && digits != 2))
            return false;
    }
    if (parts < 2 || part[parts - 1] > 59 || (parts == 3 && part[1] > 59))
        return false;
    int64_t seconds = parts == 3 ? part[0] * 3600 + part[1] * 60 + part[2] : part[0] * 60 + part[1];
    *time_ms = seconds * 1000 + read_fraction(text, length, at);
    return *at >= length || text[*at] != ':';
}

bool qc_read_stamp(const char *text, size_t length, size_t *at, int64_t *time_ms, bool *bracketed)
{
    size_t here = *at;
    bool escaped = here + 1 < length && text[here] == '\\' && text[here + 1] == '[';
    here += escaped;
    char open = here < length ? text[here] : '\0';
    *bracketed = open == '[' || open == '(' || open == '<';
    bool hashed = open == '#';
    *bracketed |= hashed;
    here += *bracketed;
    if (!read_figures(text, length, &here, time_ms))
        return false;
    if (hashed) {
        if (!read_tenth(text, length, &here, time_ms))
            return false;
        *at = here;
        return true;
    }
    if (*bracketed) {
        here += escaped && here < length && text[here] == '\\';
        if (here >= length || text[here++] != (open == '[' ? ']' : open == '(' ? ')' : '>'))
            return false;
    } else if (here < length && !strchr(" \t-:,", text[here])) {
        return false;
    }
    *at = here;
    return true;
}

enum { LONGEST_HASHED = 16 };

void qc_page_take_end_stamps_off(qc_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        qc_line *line = &page->lines[i];
        size_t at = line->end, from = line->end - line->start > LONGEST_HASHED ? line->end - LONGEST_HASHED : line->start;
        bool bracketed;
        if (at < line->start + 2 || page->text[--at] != '#')
            continue;
        while (at > from && page->text[at - 1] != '#')
            at--;
        size_t opens = at ? at - 1 : 0, behind = opens;
        if (at <= line->start + 1 || !qc_read_stamp(page->text, line->end, &behind, &line->end_ms, &bracketed) ||
            behind != line->end) {
            line->end_ms = -1;
            continue;
        }
        while (opens > line->start && (page->text[opens - 1] == ' ' || page->text[opens - 1] == '\t'))
            opens--;
        line->end = opens;
        page->first_stamped = page->stamped++ ? page->first_stamped : line->number;
    }
}
