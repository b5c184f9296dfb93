/* The sweep for listed names: a name may be wrapped inside what one speaker says, or inside a header, but never goes
 * from a label on to speech, or from a turn to the next where a label stands between. */
#include "work/name_sweep.h"

bool qc_name_sweep_init(qc_name_sweep *sweep, const qc_namer *namer, const qcode_memory *memory)
{
    *sweep = (qc_name_sweep){.namer = namer,
                             .reading = qc_reading_scratch_init(memory),
                             .found = qc_buffer_init(memory),
                             .hits = qc_buffer_init(memory),
                             .pieces = qc_buffer_init(memory),
                             .ranges = qc_buffer_init(memory)};
    return qc_namer_scratch_init(&sweep->scratch, namer, memory);
}

void qc_name_sweep_clear(qc_name_sweep *sweep)
{
    qc_namer_scratch_clear(&sweep->scratch);
    qc_reading_scratch_clear(&sweep->reading);
    qc_buffer_clear(&sweep->found);
    qc_buffer_clear(&sweep->hits);
    qc_buffer_clear(&sweep->pieces);
    qc_buffer_clear(&sweep->ranges);
}

size_t qc_name_sweep_count(const qc_name_sweep *sweep)
{
    return sweep->hits.length / sizeof(qc_hit);
}

const qc_hit *qc_name_sweep_hit(const qc_name_sweep *sweep, size_t index)
{
    return (const qc_hit *)(const void *)sweep->hits.data + index;
}

const qcode_span *qc_name_sweep_pieces(const qc_name_sweep *sweep, const qc_hit *hit)
{
    return (const qcode_span *)(const void *)sweep->pieces.data + hit->piece;
}

static size_t piece_count(const qc_name_sweep *sweep)
{
    return sweep->pieces.length / sizeof(qcode_span);
}

/* Whether a place is speech; the ranges of all turns are in order. */
static bool is_speech(const qc_name_sweep *sweep, size_t at)
{
    const qcode_span *ranges = (const qcode_span *)(const void *)sweep->ranges.data;
    size_t low = 0, high = sweep->ranges.length / sizeof *ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sweep->ranges.length / sizeof *ranges && ranges[low].start <= at;
}

/* Keeps a hit with the pieces that were added since there were `first`. */
static bool keep(qc_name_sweep *sweep, const qc_named *named, size_t first)
{
    const qcode_span *pieces = (const qcode_span *)(const void *)sweep->pieces.data;
    qc_hit hit = {named->name, named->whole, named->parted, false, first, piece_count(sweep) - first, 0};
    for (size_t i = first; i < first + hit.piece_count; i++)
        hit.length += pieces[i].end - pieces[i].start;
    if (!hit.piece_count)
        return true;
    hit.is_speech = is_speech(sweep, pieces[first].start);
    return qc_buffer_append(&sweep->hits, &hit, sizeof hit);
}

/* What was found last, one by one. */
static size_t named_count(const qc_name_sweep *sweep)
{
    return sweep->found.length / sizeof(qc_named);
}

static const qc_named *named_at(const qc_name_sweep *sweep, size_t index)
{
    return (const qc_named *)(const void *)sweep->found.data + index;
}

static bool find(qc_name_sweep *sweep, const char *text, size_t length, bool inner)
{
    sweep->found.length = 0;
    return qc_namer_find(sweep->namer, &sweep->scratch, text, length, inner, &sweep->found);
}

static bool sweep_line(qc_name_sweep *sweep, const char *text, qcode_span line, bool inner)
{
    if (!find(sweep, text + line.start, line.end - line.start, inner))
        return false;
    for (size_t i = 0; i < named_count(sweep); i++) {
        const qc_named *named = named_at(sweep, i);
        qcode_span piece = {line.start + named->span.start, line.start + named->span.end};
        size_t first = piece_count(sweep);
        if (!qc_buffer_append(&sweep->pieces, &piece, sizeof piece) || !keep(sweep, named, first))
            return false;
    }
    return true;
}

static bool sweep_lines(qc_name_sweep *sweep, const char *text, size_t length, bool inner)
{
    for (size_t at = 0; at < length;) {
        const char *feed = memchr(text + at, '\n', length - at);
        size_t end = feed ? (size_t)(feed - text) : length;
        if (!sweep_line(sweep, text, (qcode_span){at, end}, inner))
            return false;
        at = end + 1;
    }
    return true;
}

static bool has_feed(const char *text, size_t start, size_t end)
{
    return end > start && memchr(text + start, '\n', end - start);
}

/* Names in a turn that go over the end of a line, or over what is no speech. */
static bool sweep_turn(qc_name_sweep *sweep, const qcode_transcript *talk, const char *text, const qcode_turn *turn)
{
    const qcode_span *last = &turn->ranges[turn->range_count - 1];
    qc_reading reading;
    if (turn->range_count == 1 && !has_feed(text, last->start, last->end))
        return true;
    if (!qc_read_turn(&sweep->reading, talk, turn, &reading) || !find(sweep, reading.text, reading.length, false))
        return false;
    for (size_t i = 0; i < named_count(sweep); i++) {
        const qc_named *named = named_at(sweep, i);
        qcode_span hull = qc_reading_span(&reading, named->span.start, named->span.end);
        size_t first = piece_count(sweep);
        if (has_feed(reading.text, named->span.start, named->span.end))
            continue; /* from a paragraph to the next */
        if (!qc_reading_pieces(&reading, named->span.start, named->span.end, &sweep->pieces))
            return false;
        if (piece_count(sweep) == first + 1 && !has_feed(text, hull.start, hull.end))
            sweep->pieces.length = first * sizeof(qcode_span); /* the line has it */
        else if (!keep(sweep, named, first))
            return false;
    }
    return true;
}

/* The parts of a span on its lines, without the white space around them. */
static bool add_lines(qc_name_sweep *sweep, const char *text, qcode_span hull)
{
    for (size_t at = hull.start; at < hull.end; at++) {
        size_t from = at;
        while (at < hull.end && text[at] != '\n')
            at++;
        size_t end = at;
        while (from < end && (text[from] == ' ' || text[from] == '\t'))
            from++;
        while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\t'))
            end--;
        qcode_span piece = {from, end};
        if (from < end && !qc_buffer_append(&sweep->pieces, &piece, sizeof piece))
            return false;
    }
    return true;
}

/* Names in what is no speech that go over the end of a line, but not over a blank one, and not on to the line on which
 * speech begins: there stands a label. */
static bool sweep_gap(qc_name_sweep *sweep, const char *text, qcode_span gap, bool is_last)
{
    while (!is_last && gap.end > gap.start && text[gap.end - 1] != '\n')
        gap.end--;
    if (!has_feed(text, gap.start, gap.end))
        return true;
    if (!find(sweep, text + gap.start, gap.end - gap.start, false))
        return false;
    for (size_t i = 0; i < named_count(sweep); i++) {
        const qc_named *named = named_at(sweep, i);
        qcode_span hull = {gap.start + named->span.start, gap.start + named->span.end};
        const char *feed = memchr(text + hull.start, '\n', hull.end - hull.start);
        size_t first = piece_count(sweep);
        if (feed && feed[1] != '\n' && (!add_lines(sweep, text, hull) || !keep(sweep, named, first)))
            return false;
    }
    return true;
}

static bool is_blank(const char *text, size_t start, size_t end)
{
    size_t feeds = 0;
    for (; start < end; start++) {
        feeds += text[start] == '\n';
        if (!strchr(" \t\n", text[start]))
            return false;
    }
    return feeds == 1;
}

/* A word's beginning at most WINDOW bytes before a place, and its end at most as many behind one. */
enum { WINDOW = 1024 };

static size_t window_start(const char *text, size_t start, size_t at)
{
    size_t from = at - start > WINDOW ? at - WINDOW : start;
    while (from > start && from < at && text[from - 1] != ' ' && text[from - 1] != '\n')
        from++;
    return from;
}

static size_t window_end(const char *text, size_t at, size_t end)
{
    size_t to = end - at > WINDOW ? at + WINDOW : end;
    while (to < end && to > at && text[to] != ' ' && text[to] != '\n')
        to--;
    return to;
}

/* Names that go from a line of speech to the next where no label stands between, although these are two turns: in a
 * text without speakers every line may be one. */
static bool sweep_joint(qc_name_sweep *sweep, const char *text, qcode_span one, qcode_span two)
{
    if (!is_blank(text, one.end, two.start))
        return true;
    qcode_span both = {window_start(text, one.start, one.end), window_end(text, two.start, two.end)};
    if (!find(sweep, text + both.start, both.end - both.start, false))
        return false;
    for (size_t i = 0; i < named_count(sweep); i++) {
        const qc_named *named = named_at(sweep, i);
        qcode_span hull = {both.start + named->span.start, both.start + named->span.end};
        size_t first = piece_count(sweep);
        bool is_joint = hull.start < one.end && hull.end > two.start;
        if (is_joint && (!add_lines(sweep, text, hull) || !keep(sweep, named, first)))
            return false;
    }
    return true;
}

/* Collects the ranges of all turns. */
static bool collect_ranges(qc_name_sweep *sweep, const qcode_transcript *talk)
{
    sweep->ranges.length = 0;
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn *turn = qcode_transcript_turn(talk, i);
        if (!qc_buffer_append(&sweep->ranges, turn->ranges, turn->range_count * sizeof *turn->ranges))
            return false;
    }
    return true;
}

bool qc_name_sweep_talk(qc_name_sweep *sweep, const qcode_transcript *talk, bool inner)
{
    size_t length, from = 0;
    const char *text = qcode_transcript_text(talk, &length);
    sweep->hits.length = sweep->pieces.length = 0;
    if (!collect_ranges(sweep, talk) || !sweep_lines(sweep, text, length, inner))
        return false;
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++)
        if (!sweep_turn(sweep, talk, text, qcode_transcript_turn(talk, i)))
            return false;
    const qcode_span *ranges = (const qcode_span *)(const void *)sweep->ranges.data;
    size_t count = sweep->ranges.length / sizeof *ranges;
    for (size_t i = 1; i < count; i++)
        if (!sweep_joint(sweep, text, ranges[i - 1], ranges[i]))
            return false;
    for (size_t i = 0; i <= count; i++) {
        bool last = i == count;
        if (!sweep_gap(sweep, text, (qcode_span){from, last ? length : ranges[i].start}, last))
            return false;
        from = last ? length : ranges[i].end;
    }
    return true;
}
