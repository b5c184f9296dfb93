/* One transcript with other names in it: which places are changed, and whether it still reads the same. */
#include "work/pseudonym.h"
#include "base/error.h"
#include "base/utf8.h"
#include <qcode/read.h>

#include <inttypes.h>
#include <stdlib.h>

bool qc_pseudonym_init(qc_pseudonym *made, const qc_namer *namer, const qcode_memory *memory)
{
    *made = (qc_pseudonym){.memory = memory,
                           .reading = qc_reading_scratch_init(memory),
                           .arena = qc_arena_init(memory),
                           .edits = qc_buffer_init(memory),
                           .moves = qc_buffer_init(memory),
                           .text = qc_buffer_init(memory)};
    return qc_name_sweep_init(&made->sweep, namer, memory);
}

void qc_pseudonym_clear(qc_pseudonym *made)
{
    qcode_transcript_free(made->talk);
    qc_name_sweep_clear(&made->sweep);
    qc_reading_scratch_clear(&made->reading);
    qc_arena_clear(&made->arena);
    qc_buffer_clear(&made->edits);
    qc_buffer_clear(&made->moves);
    qc_buffer_clear(&made->text);
}

/* Longest first, then in order. */
static int compare_hits(const void *a, const void *b)
{
    const qc_hit *one = a, *two = b;
    int by_length = (one->length < two->length) - (one->length > two->length);
    return by_length ? by_length : (one->piece > two->piece) - (one->piece < two->piece);
}

/* The bytes of a text that are replaced already, a bit each. */
static bool is_taken(const unsigned char *taken, size_t at)
{
    return taken[at / 8] >> at % 8 & 1;
}

/* How many bytes of a hit are taken. */
static size_t count_taken(const unsigned char *taken, const qcode_span *pieces, size_t count)
{
    size_t held = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t at = pieces[i].start; at < pieces[i].end; at++)
            held += is_taken(taken, at);
    return held;
}

static bool add_edit(qc_pseudonym *made, qcode_span old, const char *put, size_t length, size_t line)
{
    qc_edit edit = {old, put, length, line};
    return qc_buffer_append(&made->edits, &edit, sizeof edit);
}

/* The replacement; for a label perhaps without the brackets around it. */
static bool replace(qc_pseudonym *made, const qc_hit *hit, bool bare_labels)
{
    const qcode_key *key = made->sweep.namer->key;
    size_t line = key->names[hit->name].owner;
    const char *put = key->lines[line].replacement;
    const qcode_span *pieces = qc_name_sweep_pieces(&made->sweep, hit);
    size_t length = strlen(put);
    if (bare_labels && !hit->is_speech && length > 2 && put[0] == '[' && put[length - 1] == ']') {
        put++;
        length -= 2;
    }
    bool done = add_edit(made, pieces[0], put, length, line);
    for (size_t i = 1; done && i < hit->piece_count; i++)
        done = add_edit(made, pieces[i], "", 0, line);
    return done;
}

static bool replace_names(qc_pseudonym *made, unsigned char *taken, bool bare_labels)
{
    qc_name_sweep *sweep = &made->sweep;
    for (size_t i = 0; i < qc_name_sweep_count(sweep); i++) {
        const qc_hit *hit = qc_name_sweep_hit(sweep, i);
        const qcode_span *pieces = qc_name_sweep_pieces(sweep, hit);
        size_t held = count_taken(taken, pieces, hit->piece_count);
        if (held && held < hit->length)
            made->first_overlap = made->overlaps++ ? made->first_overlap : pieces[0].start;
        if (held)
            continue;
        for (size_t k = 0; k < hit->piece_count; k++)
            for (size_t at = pieces[k].start; at < pieces[k].end; at++)
                taken[at / 8] |= (unsigned char)(1 << at % 8);
        made->replaced++;
        if (!replace(made, hit, bare_labels))
            return false;
    }
    return true;
}

/* What a container's rendering lacks when it is read as plain text. */
typedef struct additions {
    bool times, blanks, bare_labels;
} additions;

static size_t line_start(const char *text, size_t at)
{
    while (at && text[at - 1] != '\n')
        at--;
    return at;
}

/* "[00:03:12.500] " and an empty line before it, at the start of the turn's line. */
static bool add_to_turn(qc_pseudonym *made, const char *text, const qcode_turn *turn, const additions *more)
{
    size_t at = line_start(text, turn->ranges[0].start);
    qc_buffer put = qc_buffer_init(made->memory);
    if (more->blanks && at)
        qc_buffer_byte(&put, '\n');
    int64_t time = turn->time_ms;
    if (more->times && time >= 0) {
        qc_buffer_print(&put, "[%02" PRId64 ":%02" PRId64 ":%02" PRId64, time / 3600000, time / 60000 % 60,
                        time / 1000 % 60);
        if (time % 1000)
            qc_buffer_print(&put, ".%03" PRId64, time % 1000);
        qc_buffer_string(&put, "] ");
    }
    const char *copy = put.failed ? NULL : qc_arena_copy(&made->arena, put.data ? put.data : "", put.length);
    bool done = copy && (!put.length || add_edit(made, (qcode_span){at, at}, copy, put.length, QC_NO_LINE));
    qc_buffer_clear(&put);
    return done;
}

static int compare_edits(const void *a, const void *b)
{
    const qc_edit *one = a, *two = b;
    int by_start = (one->old.start > two->old.start) - (one->old.start < two->old.start);
    return by_start ? by_start : (one->old.end > two->old.end) - (one->old.end < two->old.end);
}

/* The new text, and the moves to it. */
static bool put_text(qc_pseudonym *made, const char *text, size_t length)
{
    const qc_edit *edits = (const qc_edit *)(const void *)made->edits.data;
    size_t count = made->edits.length / sizeof *edits, at = 0;
    made->text.length = made->moves.length = 0;
    for (size_t i = 0; i < count; i++) {
        qc_buffer_append(&made->text, text + at, edits[i].old.start - at);
        size_t start = made->text.length;
        qc_buffer_append(&made->text, edits[i].put, edits[i].length);
        qc_move move = {edits[i].old, {start, made->text.length}};
        qc_buffer_append(&made->moves, &move, sizeof move);
        at = edits[i].old.end;
    }
    qc_buffer_append(&made->text, text + at, length - at);
    return qc_buffer_text(&made->text) && !made->moves.failed;
}

static bool change(qc_pseudonym *made, const qcode_transcript *talk, const additions *more)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    made->edits.length = made->replaced = made->overlaps = 0;
    unsigned char *taken = qc_resize(made->memory, NULL, length / 8 + 1);
    if (!taken)
        return false;
    memset(taken, 0, length / 8 + 1);
    bool done = replace_names(made, taken, more->bare_labels);
    qc_release(made->memory, taken);
    for (size_t i = 0; done && (more->times || more->blanks) && i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        done = add_to_turn(made, text, &turn, more);
    }
    if (!done)
        return false;
    if (made->edits.length)
        qsort(made->edits.data, made->edits.length / sizeof(qc_edit), sizeof(qc_edit), compare_edits);
    return put_text(made, text, length);
}

/* Which of a transcript's speakers has a turn, from 1; 0: nobody. */
static size_t speaker_of(const qcode_transcript *talk, size_t turn)
{
    const qcode_speaker *speaker = qcode_transcript_turn(talk, turn).speaker;
    return speaker ? (size_t)(speaker - qcode_transcript_speaker(talk, 0)) + 1 : 0;
}

/* The words of a turn of the old text, where they are now, into `out`. */
static bool put_moved_words(const qc_pseudonym *made, const qcode_turn *turn, qc_buffer *ranges, qc_buffer *out)
{
    ranges->length = out->length = 0;
    for (size_t i = 0; i < turn->range_count; i++) {
        qcode_span now = qc_moved((const qc_move *)(const void *)made->moves.data, made->moves.length / sizeof(qc_move),
                                  qc_span_of(turn->ranges[i]));
        if (now.start < now.end && !qc_buffer_append(ranges, &now, sizeof now))
            return false;
    }
    return qc_put_reading(out, made->text.data, (const qcode_span *)(const void *)ranges->data,
                          ranges->length / sizeof(qcode_span));
}

/* The words alone, so that a space that a name left behind does not count. */
static bool same_words(const char *one, size_t one_length, const char *two, size_t two_length)
{
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < one_length && (one[i] == ' ' || one[i] == '\n'))
            i++;
        while (k < two_length && (two[k] == ' ' || two[k] == '\n'))
            k++;
        if (i == one_length || k == two_length)
            return i == one_length && k == two_length;
        if (one[i] != two[k])
            return false;
    }
}

/* Whether each speaker is one speaker in the new transcript, and another one for each. The lists of partners have
 * zeros, and room for one more than there are speakers. */
static bool same_speakers(const qcode_transcript *talk, const qcode_transcript *now, size_t *there, size_t *back)
{
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        size_t one = speaker_of(talk, i);
        size_t two = speaker_of(now, i);
        if (!one != !two || (there[one] && there[one] != two + 1) || (back[two] && back[two] != one + 1))
            return false;
        there[one] = two + 1;
        back[two] = one + 1;
    }
    return true;
}

/* Whether the text is read back as the same turns. False in `*done` when memory runs out. */
static bool reads_the_same(qc_pseudonym *made, const qcode_transcript *talk, bool *done)
{
    const qcode_transcript *now = made->talk;
    size_t count = qcode_transcript_turn_count(talk);
    if (count != qcode_transcript_turn_count(now))
        return false;
    qc_buffer ranges = qc_buffer_init(made->memory), words = qc_buffer_init(made->memory);
    qc_arena room = qc_arena_init(made->memory);
    size_t *there = qc_arena_take_array(&room, qcode_transcript_speaker_count(talk) + 1, sizeof *there);
    size_t *back = qc_arena_take_array(&room, qcode_transcript_speaker_count(now) + 1, sizeof *back);
    *done = there && back;
    bool same = *done && same_speakers(talk, now, there, back);
    for (size_t i = 0; same && i < count; i++) {
        const qcode_turn old = qcode_transcript_turn(talk, i), turn = qcode_transcript_turn(now, i);
        qc_reading reading;
        same = old.time_ms == turn.time_ms;
        *done = !same || (put_moved_words(made, &old, &ranges, &words) &&
                          qc_read_turn(&made->reading, now, &turn, &reading));
        same = same && *done && same_words(words.data ? words.data : "", words.length, reading.text, reading.length);
    }
    qc_arena_clear(&room);
    qc_buffer_clear(&ranges);
    qc_buffer_clear(&words);
    return same;
}

static bool read_back(qc_pseudonym *made, const qcode_read_options *read, const char *name, qcode_error *err)
{
    qcode_read_options options = {.name = name, .interviewers = read->interviewers,
                                  .interviewer_count = read->interviewer_count, .limits = read->limits};
    qcode_transcript_free(made->talk);
    made->talk =
        qcode_read_transcript_bytes(made->text.data, made->text.length, name, &options, made->memory, NULL, err);
    return made->talk;
}

static bool attempt(qc_pseudonym *made, const qcode_transcript *talk, const qcode_read_options *read, const char *name,
                    const additions *more, qcode_error *err)
{
    bool done = change(made, talk, more) || qc_no_memory(err);
    if (!done || !read_back(made, read, name, err))
        return false;
    made->same = reads_the_same(made, talk, &done);
    return done || qc_no_memory(err);
}

bool qc_pseudonym_make(qc_pseudonym *made, const qcode_transcript *talk, const qcode_read_options *read,
                       const char *name, qcode_error *err)
{
    static const additions ways[] = {
        {false, false, false}, {false, false, true}, {true, false, false},
        {false, true, false},  {true, true, false},  {true, false, true}, {true, true, true}, {false, true, true},
    };
    bool plain = strcmp(qcode_transcript_format(talk), "text") == 0;
    qc_arena_clear(&made->arena);
    made->arena = qc_arena_init(made->memory);
    made->same = false;
    if (!qc_name_sweep_talk(&made->sweep, talk, false))
        return qc_no_memory(err);
    if (made->sweep.hits.length)
        qsort(made->sweep.hits.data, qc_name_sweep_count(&made->sweep), sizeof(qc_hit), compare_hits);
    for (size_t i = 0; !made->same && i < (plain ? 2 : sizeof ways / sizeof *ways); i++)
        if (!attempt(made, talk, read, name, &ways[i], err))
            return false;
    return made->same || attempt(made, talk, read, name, &ways[0], err);
}

/* Code points as bytes are passed, in rising order. */
typedef struct point_counter {
    const char *text;
    size_t byte, points;
} point_counter;

static size_t points_at(point_counter *counter, size_t byte)
{
    counter->points += qc_utf8_count(counter->text + counter->byte, byte - counter->byte);
    counter->byte = byte;
    return counter->points;
}

void qc_pseudonym_count_points(qc_pseudonym *made, const qcode_transcript *talk, size_t *old, size_t *now)
{
    size_t length;
    point_counter before = {qcode_transcript_text(talk, &length), 0, 0}, behind = {made->text.data, 0, 0};
    qc_move *moves = (qc_move *)(void *)made->moves.data;
    for (size_t i = 0; i < made->moves.length / sizeof *moves; i++) {
        moves[i].old.start = points_at(&before, moves[i].old.start);
        moves[i].old.end = points_at(&before, moves[i].old.end);
        moves[i].now.start = points_at(&behind, moves[i].now.start);
        moves[i].now.end = points_at(&behind, moves[i].now.end);
    }
    *old = points_at(&before, length);
    *now = points_at(&behind, made->text.length);
}
