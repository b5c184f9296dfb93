/* From lines to cues. */
#include "read/captions/cues.h"
#include "base/error.h"
#include "format/timecode.h"
#include "read/tally.h"

typedef struct text_line {
    size_t start, end, number;
} text_line;

typedef struct cue_times {
    int64_t start_ms, end_ms;
    bool bad;   /* one of them is none */
    bool comma; /* SRT's mark of the fraction */
} cue_times;

/* What may have to be said of many places. */
enum { BAD_TIME, BACKWARDS, COMMA, ARROW, ODD_NAME, NO_BLANK, LOST_NUMBER, AFTER_BLANK, CUT, FRONT, TELLS };

static const qc_tally tells[TELLS] = {
    [BAD_TIME] = {QCODE_NOTE_WARNING, "an impossible time: the words are kept without a time", 0, 0},
    [BACKWARDS] = {QCODE_NOTE_WARNING, "a cue that ends before it begins: its beginning is kept", 0, 0},
    [COMMA] = {QCODE_NOTE_GUESS, "times with a comma are no WebVTT and were read as SubRip has them", 0, 0},
    [ARROW] = {QCODE_NOTE_GUESS, "an arrow in a line that is no time line: the line is kept as it is", 0, 0},
    [ODD_NAME] = {QCODE_NOTE_GUESS, "a line before a time line that is no number is taken for the cue's name", 0, 0},
    [NO_BLANK] = {QCODE_NOTE_GUESS, "a cue without a blank line before it", 0, 0},
    [LOST_NUMBER] = {QCODE_NOTE_WARNING, "a cue without a time line: its words are kept without a time", 0, 0},
    [AFTER_BLANK] = {QCODE_NOTE_GUESS, "words behind a blank line are taken to go on with the cue before", 0, 0},
    [CUT] = {QCODE_NOTE_SKIPPED, "a time line that is cut short", 0, 0},
    [FRONT] = {QCODE_NOTE_SKIPPED, "a line before the first cue", 0, 0},
};

typedef struct cue_scan {
    const char *text;
    size_t length;
    qc_cue_dialect dialect;
    const char *source;
    qc_buffer *cues;
    qcode_notes *notes;
    qc_tally tally[TELLS];
    bool open;         /* a cue is being filled */
    bool after_blank;  /* the line before is blank, or there is none */
    bool in_block;     /* inside a note, a style or a region, which a blank line ends */
    int64_t number;    /* of the cue read last; -1 when it had none */
    text_line name;         /* of the cue whose time line comes next */
} cue_scan;

static void tell(cue_scan *scan, int what, size_t number)
{
    qc_tally_at(&scan->tally[what], scan->notes, scan->source, number);
}

static bool next_line(const cue_scan *scan, text_line *at)
{
    if (at->number)
        at->start = at->end + 1;
    if (at->start >= scan->length)
        return false;
    const char *feed = memchr(scan->text + at->start, '\n', scan->length - at->start);
    at->end = feed ? (size_t)(feed - scan->text) : scan->length;
    at->number++;
    return true;
}

static bool is_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] != ' ' && text[i] != '\t')
            return false;
    return true;
}

static void skip_spaces(const char *text, size_t length, size_t *at)
{
    while (*at < length && (text[*at] == ' ' || text[*at] == '\t'))
        ++*at;
}

/* One time of a time line; what is written with colons but is none is bad. False when nothing like a time stands there.
 */
static bool read_time(const char *text, size_t length, size_t *at, int64_t *ms, cue_times *times)
{
    size_t start = *at;
    qc_clock_kind kind = qc_clock_read(text, length, at, ms);
    bool whole = *at == length || strchr(" \t-,", text[*at]);
    times->comma |= kind == QC_CLOCK_COMMA;
    if (kind == QC_CLOCK_NONE || !whole) {
        bool colon = false;
        for (*at = start; *at < length && !strchr(" \t,>", text[*at]); ++*at)
            colon |= text[*at] == ':';
        kind = QC_CLOCK_BAD;
        if (!colon)
            return false;
    }
    if (kind == QC_CLOCK_BAD) {
        times->bad = true;
        *ms = -1;
    }
    return true;
}

static bool read_times(const char *text, size_t length, qc_cue_dialect dialect, cue_times *times)
{
    const char *arrow = dialect == QC_CUES_SBV ? "," : "-->";
    size_t at = 0;
    *times = (cue_times){.start_ms = -1, .end_ms = -1};
    skip_spaces(text, length, &at);
    bool starts = at < length && (text[at] == '-' || (text[at] >= '0' && text[at] <= '9'));
    if (!starts || !read_time(text, length, &at, &times->start_ms, times))
        return false;
    skip_spaces(text, length, &at);
    if (length - at < strlen(arrow) || memcmp(text + at, arrow, strlen(arrow)) != 0)
        return false;
    at += strlen(arrow);
    skip_spaces(text, length, &at);
    if (!read_time(text, length, &at, &times->end_ms, times))
        times->bad = true;
    return true;
}

bool qc_is_time_line(const char *line, size_t length, qc_cue_dialect dialect)
{
    cue_times times;
    return read_times(line, length, dialect, &times);
}

static bool is_times(const cue_scan *scan, const text_line *at)
{
    return qc_is_time_line(scan->text + at->start, at->end - at->start, scan->dialect);
}

static bool has_arrow(const cue_scan *scan, const text_line *at)
{
    for (size_t i = at->start; i + 3 <= at->end; i++)
        if (memcmp(scan->text + i, "-->", 3) == 0)
            return true;
    return false;
}

/* The number a line consists of, or -1. */
static int64_t whole_number(const cue_scan *scan, const text_line *at)
{
    int64_t number = 0;
    size_t i = at->start, end = at->end;
    while (end > i && (scan->text[end - 1] == ' ' || scan->text[end - 1] == '\t'))
        end--;
    if (end == i || end - i > 15)
        return -1;
    for (; i < end; i++) {
        if (scan->text[i] < '0' || scan->text[i] > '9')
            return -1;
        number = number * 10 + (scan->text[i] - '0');
    }
    return number;
}

/* NOTE, STYLE and REGION begin a block that is no speech; the word stands alone or before white space. */
static bool begins_block(const cue_scan *scan, const text_line *at)
{
    static const char *const words[] = {"NOTE", "STYLE", "REGION"};
    for (size_t i = 0; scan->dialect == QC_CUES_VTT && i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]), length = at->end - at->start;
        if (length >= size && memcmp(scan->text + at->start, words[i], size) == 0 &&
            (length == size || (i == 0 && strchr(" \t", scan->text[at->start + size])) ||
             is_blank(scan->text + at->start + size, length - size)))
            return true;
    }
    return false;
}

static bool begin_cue(cue_scan *scan, const qc_cue *cue)
{
    scan->open = true;
    return qc_buffer_append(scan->cues, cue, sizeof *cue);
}

/* The cue begun last; there is one. */
static qc_cue *last_cue(const cue_scan *scan)
{
    return (qc_cue *)(void *)(scan->cues->data + scan->cues->length) - 1;
}

static bool take_time_line(cue_scan *scan, const text_line *at)
{
    cue_times times;
    read_times(scan->text + at->start, at->end - at->start, scan->dialect, &times);
    if (times.bad)
        tell(scan, BAD_TIME, at->number);
    else if (times.end_ms < times.start_ms)
        tell(scan, BACKWARDS, at->number);
    if (times.comma && scan->dialect == QC_CUES_VTT)
        tell(scan, COMMA, at->number);
    if (!scan->after_blank)
        tell(scan, NO_BLANK, at->number);
    qc_cue cue = {at->end, at->end, scan->name.start, scan->name.end, at->number, times.start_ms, times.end_ms, false};
    scan->name = (text_line){0};
    return begin_cue(scan, &cue);
}

/* Whether a line with a time line below it is the number or name of that cue, and no words. */
static bool is_name(cue_scan *scan, const text_line *at)
{
    int64_t number = whole_number(scan, at);
    if (!scan->after_blank && (number < 0 || scan->number < 0 || number != scan->number + 1))
        return false;
    scan->number = number;
    scan->name = *at;
    if (has_arrow(scan, at))
        tell(scan, ARROW, at->number);
    else if (number < 0 && scan->dialect == QC_CUES_SRT)
        tell(scan, ODD_NAME, at->number);
    return true;
}

/* "00:00:03.0": digits and their marks, and nothing more. */
static bool is_cut_time(const cue_scan *scan, const text_line *at)
{
    bool colon = false;
    for (size_t i = at->start; i < at->end; i++) {
        if (!strchr("0123456789:., ->", scan->text[i]))
            return false;
        colon |= scan->text[i] == ':';
    }
    return colon && at->end + 1 >= scan->length;
}

/* Words of a cue, or words between cues. */
static bool take_words(cue_scan *scan, const text_line *at)
{
    if (has_arrow(scan, at))
        tell(scan, ARROW, at->number);
    if (scan->open && (!scan->after_blank || last_cue(scan)->end == last_cue(scan)->start)) {
        qc_cue *cue = last_cue(scan);
        cue->start = cue->end == cue->start ? at->start : cue->start;
        cue->end = at->end;
        return true;
    }
    if (is_cut_time(scan, at)) {
        tell(scan, CUT, at->number);
        return true;
    }
    if (!scan->cues->length && scan->dialect == QC_CUES_VTT) {
        tell(scan, FRONT, at->number);
        return true;
    }
    int64_t number = whole_number(scan, at);
    if (scan->after_blank && number >= 0 && scan->number >= 0 && number == scan->number + 1) {
        scan->number = number;
        tell(scan, LOST_NUMBER, at->number);
        return begin_cue(scan, &(qc_cue){at->end, at->end, 0, 0, at->number, -1, -1, true});
    }
    tell(scan, AFTER_BLANK, at->number);
    return begin_cue(scan, &(qc_cue){at->start, at->end, 0, 0, at->number, -1, -1, true});
}

static bool take_line(cue_scan *scan, const text_line *at, const text_line *below)
{
    if (is_blank(scan->text + at->start, at->end - at->start)) {
        scan->after_blank = true;
        scan->in_block = false;
        return true;
    }
    bool done = true;
    if (scan->after_blank && begins_block(scan, at))
        scan->in_block = true;
    if (!scan->in_block) {
        if (is_times(scan, at))
            done = take_time_line(scan, at);
        else if (below && is_times(scan, below) && is_name(scan, at))
            return true; /* the time line is as much behind a blank line as its name */
        else
            done = take_words(scan, at);
    }
    scan->after_blank = false;
    return done;
}

/* The WEBVTT line and the lines below it, up to a blank line or the first time line. */
static bool pass_header(cue_scan *scan, text_line *at)
{
    if (scan->dialect != QC_CUES_VTT)
        return true;
    if (scan->length < 6 || memcmp(scan->text, "WEBVTT", 6) != 0) {
        qc_note(scan->notes, QCODE_NOTE_GUESS, scan->source, 1, 1, "no WEBVTT line, and read as WebVTT all the same");
        return true;
    }
    text_line below = *at;
    while (next_line(scan, &below) && !is_blank(scan->text + below.start, below.end - below.start) &&
           !is_times(scan, &below))
        *at = below;
    return true;
}

bool qc_cues_read(const char *text, size_t length, qc_cue_dialect dialect, const char *source, qc_buffer *cues,
                  qcode_notes *notes, qcode_error *err)
{
    cue_scan scan = {.text = text, .length = length, .dialect = dialect, .source = source, .cues = cues, .notes = notes,
                 .after_blank = true, .number = -1};
    memcpy(scan.tally, tells, sizeof tells);
    text_line at = {0};
    pass_header(&scan, &at);
    text_line below = at;
    bool more = next_line(&scan, &below), done = true;
    while (more && done) {
        at = below;
        more = next_line(&scan, &below);
        done = take_line(&scan, &at, more ? &below : NULL);
    }
    for (size_t i = 0; i < TELLS; i++)
        qc_tally_end(&scan.tally[i], notes, source);
    return done || qc_no_memory(err);
}
