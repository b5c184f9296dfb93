/* The text of a container other than plain text: one turn a line. */
#include "read/rendering.h"
#include "base/utf8.h"
#include "read/text/text.h"

enum { PAUSE_MS = 300, LONG_PAUSE_MS = 2000, LONG_PASSAGE_MS = 30000, LONG_TURN = 32 * 1024, LONGEST_LABEL = 256 };

/* Where a turn stands in the text. */
typedef struct drawn_turn {
    size_t label, words, end; /* bytes: the label is [label, words - 2), the words are [words, end) */
    int64_t time_ms;
    bool named;
    bool paused; /* only a pause parts it from the one before, of the same speaker */
} drawn_turn;

qc_rendering qc_rendering_init(const qc_source *source)
{
    return (qc_rendering){.most = source->limits.text, .text = qc_buffer_init(source->memory),
                          .turns = qc_buffer_init(source->memory), .last_ms = -1};
}

void qc_rendering_clear(qc_rendering *rendering)
{
    qc_buffer_clear(&rendering->text);
    qc_buffer_clear(&rendering->turns);
}

size_t qc_rendering_count(const qc_rendering *rendering)
{
    return rendering->turns.length / sizeof(drawn_turn);
}

static drawn_turn *last_turn(const qc_rendering *rendering)
{
    size_t count = qc_rendering_count(rendering);
    return count ? (drawn_turn *)(void *)rendering->turns.data + count - 1 : NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* Appends text with each run of white space as one space and none around it; false when nothing is left of it. */
static bool put_words(qc_buffer *out, const char *text, size_t length)
{
    size_t before = out->length;
    for (size_t at = 0; at < length;) {
        if (is_space(text[at])) {
            at++;
            continue;
        }
        size_t start = at;
        while (at < length && !is_space(text[at]))
            at++;
        if (out->length > before)
            qc_buffer_byte(out, ' ');
        qc_buffer_append(out, text + start, at - start);
    }
    return out->length > before;
}

/* Chinese, Japanese and their punctuation, which have no spaces between words. */
static bool is_without_spaces(uint32_t point)
{
    return (point >= 0x2E80 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFF00 && point <= 0xFFEF) || (point >= 0x20000 && point <= 0x3FFFF);
}

static bool wants_space(const qc_buffer *text, const char *words, size_t length)
{
    size_t end = text->length, at = 0;
    return !is_without_spaces(qc_utf8_previous(text->data, &end)) ||
           !is_without_spaces(qc_utf8_next(words, length, &at));
}

/* A turn without end would be too much for a rule that looks at turns; a sentence without end is cut, too. */
static bool is_full(const qc_rendering *rendering, const drawn_turn *turn)
{
    size_t length = turn->end - turn->words;
    return length > 2 * LONG_TURN ||
           (length > LONG_TURN && qc_ends_a_sentence(rendering->text.data, rendering->text.length));
}

/* Whether words of nobody in particular belong to the passage before them. */
static bool goes_on(const qc_rendering *rendering, const drawn_turn *turn, const qc_said *said)
{
    if (said->start_ms < 0)
        return true;
    int64_t pause = rendering->last_ms < 0 ? 0 : said->start_ms - rendering->last_ms;
    int64_t age = turn->time_ms < 0 ? 0 : said->start_ms - turn->time_ms;
    return pause < PAUSE_MS
               ? age < LONG_PASSAGE_MS || !qc_ends_a_sentence(rendering->text.data, rendering->text.length)
               : pause < LONG_PAUSE_MS && !qc_ends_a_sentence(rendering->text.data, rendering->text.length);
}

/* Whether a speaker's words belong to the turn before them, or a pause behind a sentence parts them. */
static bool speaks_on(qc_rendering *rendering, const qc_said *said)
{
    bool pause = said->start_ms >= 0 && rendering->last_ms >= 0 && said->start_ms - rendering->last_ms >= PAUSE_MS;
    bool ended = pause && qc_ends_a_sentence(rendering->text.data, rendering->text.length);
    rendering->torn |= pause && !ended;
    return !ended || rendering->torn;
}

/* Begins a line; its label is written, and its words begin at the text's end. */
static bool begin_turn(qc_rendering *rendering, const qc_said *said)
{
    qc_buffer *text = &rendering->text;
    if (text->length)
        qc_buffer_byte(text, '\n');
    drawn_turn turn = {.label = text->length, .time_ms = said->start_ms};
    turn.named = said->label_length && put_words(text, said->label, said->label_length);
    if (turn.named)
        qc_buffer_string(text, ": ");
    turn.words = turn.end = text->length;
    return qc_buffer_append(&rendering->turns, &turn, sizeof turn);
}

/* Whether the turn is of the speaker with this label. The label is written for a moment, to compare. */
static bool is_speaker(qc_rendering *rendering, const drawn_turn *turn, const qc_said *said)
{
    qc_buffer *text = &rendering->text;
    size_t end = text->length, wanted = turn->named ? turn->words - 2 - turn->label : 0;
    put_words(text, said->label, said->label_length);
    bool same =
        text->length - end == wanted && (!wanted || memcmp(text->data + end, text->data + turn->label, wanted) == 0);
    text->length = end;
    return same;
}

static bool has_words(const char *text, size_t length)
{
    while (length && is_space(text[length - 1]))
        length--;
    return length > 0;
}

/* The length of a label without what is too much of it; characters stay whole. */
static size_t cut_label(const char *label, size_t length)
{
    if (length <= LONGEST_LABEL)
        return length;
    for (length = LONGEST_LABEL; length && ((unsigned char)label[length] & 0xC0) == 0x80;)
        length--;
    return length;
}

static bool is_too_long(const qc_rendering *rendering)
{
    return rendering->text.length > rendering->most;
}

bool qc_rendering_say(qc_rendering *rendering, const qc_said *piece)
{
    if (!has_words(piece->words, piece->length) || is_too_long(rendering))
        return true;
    qc_said cut = *piece;
    cut.label_length = cut_label(piece->label, piece->label_length);
    const qc_said *said = &cut;
    drawn_turn *turn = last_turn(rendering);
    rendering->passages |= turn && !said->new_turn && !said->goes_on && !turn->named && !said->label_length;
    bool same =
        turn && (said->goes_on || (!said->new_turn && is_speaker(rendering, turn, said) && !is_full(rendering, turn)));
    bool joins = same && (said->goes_on || (turn->named ? speaks_on(rendering, said) : goes_on(rendering, turn, said)));
    bool paused = same && !joins && turn->named;
    const char *words = said->words;
    size_t length = said->length;
    for (; is_space(*words); length--)
        words++;
    if (!joins)
        begin_turn(rendering, said);
    else if (wants_space(&rendering->text, words, length))
        qc_buffer_byte(&rendering->text, ' ');
    put_words(&rendering->text, words, length);
    if (rendering->text.failed || rendering->turns.failed)
        return false;
    last_turn(rendering)->end = rendering->text.length;
    if (!joins)
        last_turn(rendering)->paused = paused;
    rendering->paused += paused;
    if (said->end_ms >= 0 || said->start_ms >= 0)
        rendering->last_ms = said->end_ms > said->start_ms ? said->end_ms : said->start_ms;
    return true;
}

/* Whether sentences follow each other in turns without a pause at least as often as with one. */
static bool sentences_outnumber_pauses(const qc_rendering *rendering)
{
    const char *text = rendering->text.data;
    const drawn_turn *turn = (const drawn_turn *)(const void *)rendering->turns.data;
    size_t inner = 0;
    for (size_t left = qc_rendering_count(rendering); left && inner < rendering->paused; left--, turn++)
        for (size_t at = turn->words; at < turn->end && inner < rendering->paused; at++)
            inner += text[at] == ' ' && qc_ends_a_sentence(text + turn->words, at - turn->words);
    return inner >= rendering->paused;
}

/* Puts turns together that only a pause parts. The text grows shorter, in place. */
static void join_paused(qc_rendering *rendering)
{
    char *text = rendering->text.data;
    drawn_turn *all = (drawn_turn *)(void *)rendering->turns.data, *last = NULL;
    size_t count = qc_rendering_count(rendering), kept = 0, put = 0;
    for (size_t i = 0; i < count; i++) {
        drawn_turn turn = all[i];
        bool joins = turn.paused && last->end - last->words <= LONG_TURN;
        rendering->text.length = put;
        size_t from = joins ? turn.words : turn.label, length = turn.end - from;
        if (joins ? wants_space(&rendering->text, text + from, length) : put > 0)
            text[put++] = joins ? ' ' : '\n';
        memmove(text + put, text + from, length);
        if (joins) {
            last->end = put + length;
        } else {
            last = &all[kept++];
            *last = (drawn_turn){put, put + turn.words - turn.label, put + length, turn.time_ms, turn.named, false};
        }
        put += length;
    }
    rendering->text.length = put;
    rendering->turns.length = kept * sizeof *all;
}

static void settle_pauses(qc_rendering *rendering, const qc_source *source, qcode_notes *notes)
{
    if (!rendering->paused)
        return;
    if (rendering->torn || !sentences_outnumber_pauses(rendering))
        join_paused(rendering);
    else
        qc_note(notes, QCODE_NOTE_GUESS, source->path, 0, 0,
                "where a speaker goes on after a pause that ends a sentence, a new turn begins (%zu times)",
                rendering->paused);
}

static bool add_turns(const qc_rendering *rendering, qcode_transcript *talk)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    const drawn_turn *turn = (const drawn_turn *)(const void *)rendering->turns.data;
    for (size_t left = qc_rendering_count(rendering); left; left--, turn++) {
        size_t speaker = QC_NOBODY;
        if (turn->named) {
            speaker = qc_transcript_speaker(talk, text + turn->label, turn->words - 2 - turn->label);
            if (speaker == QC_NOBODY)
                return false;
        }
        if (!qc_transcript_turn(talk, speaker, turn->time_ms) ||
            !qc_transcript_range(talk, (qcode_span){turn->words, turn->end}))
            return false;
    }
    return true;
}

qcode_transcript *qc_rendering_transcript(qc_rendering *rendering, const qc_source *source, const char *format,
                                          const char *layout, const char *encoding, qcode_notes *notes,
                                          qcode_error *err)
{
    if (rendering->passages)
        qc_note(notes, QCODE_NOTE_GUESS, source->path, 0, 0,
                "where no speaker is named, a turn is a passage between pauses");
    settle_pauses(rendering, source, notes);
    if (rendering->text.length)
        qc_buffer_byte(&rendering->text, '\n');
    if (rendering->text.failed) {
        qc_no_memory(err);
        return NULL;
    }
    if (is_too_long(rendering)) {
        qc_fail(err, QCODE_LIMIT, source->path, 0, 0, "the text is longer than the limit of %zu bytes", rendering->most);
        return NULL;
    }
    qcode_transcript *talk = qc_transcript_new(source->name, &rendering->text, source->hash, format, encoding,
                                               source->memory, err);
    if (!talk)
        return NULL;
    qc_transcript_set_layout(talk, layout);
    qc_transcript_set_source(talk, source->path);
    if (!add_turns(rendering, talk)) {
        qc_no_memory(err);
        qcode_transcript_free(talk);
        return NULL;
    }
    qc_buffer_clear(&rendering->turns);
    return talk;
}

qcode_transcript *qc_rendering_finish(qc_rendering *rendering, const qc_source *source, const char *format,
                                      const char *layout, const char *encoding, qcode_notes *notes, qcode_error *err)
{
    qcode_transcript *talk = qc_rendering_transcript(rendering, source, format, layout, encoding, notes, err);
    if (talk && !qc_transcript_finish(talk, source->options, notes, err)) {
        qcode_transcript_free(talk);
        return NULL;
    }
    return talk;
}
