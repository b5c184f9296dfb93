/* JSON of speech recognisers: Whisper, whisper.cpp, WhisperX and their kin, and the podcast namespace's transcripts.
 *
 * A list of objects under `segments`, `chunks`, `transcription` or `utterances`, or at the top; each has its words
 * under `text`, `body` or `transcript`, perhaps its speaker, its times in seconds or as a clock, and its words one by
 * one. */
#include "format/json.h"
#include "format/timecode.h"
#include "read/peek.h"
#include "read/rendering.h"
#include "read/tally.h"
#include "text/decode.h"

#include <stdio.h>

enum { NO_WORDS, BAD_TIME, MIXED, NUL, TELLS };

static const qc_tally tells[TELLS] = {
    [NO_WORDS] = {QCODE_NOTE_SKIPPED, "a segment without words", 0, 0},
    [BAD_TIME] = {QCODE_NOTE_WARNING, "an impossible time: the words are kept without a time", 0, 0},
    [MIXED] = {QCODE_NOTE_GUESS, "a segment whose words have several speakers is given to one of them", 0, 0},
    [NUL] = {QCODE_NOTE_REPLACED, "a NUL in the words stands as U+FFFD", 0, 0},
};

/* What a member of a segment is for. */
typedef enum segment_part {
    OTHER,
    TEXT,
    SPEAKER,
    START,
    END,
    START_MS,
    END_MS,
    PAIR,
    CLOCKS,
    OFFSETS,
    WORDS
} segment_part;

typedef struct named_part {
    const char *name;
    segment_part part;
} named_part;

static const named_part segment_parts[] = {
    {"text", TEXT},    {"body", TEXT},       {"transcript", TEXT},  {"speaker", SPEAKER},   {"speaker_name", SPEAKER},
    {"start", START},  {"startTime", START}, {"start_time", START}, {"end", END},           {"endTime", END},
    {"end_time", END}, {"timestamp", PAIR},  {"offsets", OFFSETS},  {"timestamps", CLOCKS}, {"words", WORDS},
};
static const named_part clock_parts[] = {{"from", START}, {"to", END}};
static const named_part offset_parts[] = {{"from", START_MS}, {"to", END_MS}};
static const named_part word_parts[] = {{"speaker", SPEAKER}};

static const char *const lists[] = {"segments", "chunks", "transcription", "utterances"};

typedef struct dictation {
    const qc_source *source;
    qcode_notes *notes;
    qc_json *json;
    qc_rendering rendering;
    qc_tally tally[TELLS];
    qc_buffer words, speaker; /* of the segment being read */
    qc_buffer language;
    int64_t start_ms, end_ms;
    bool bad_time, mixed, word_speaker; /* the speaker is that of a word */
    bool found;
} dictation;

static segment_part part_of(const qc_json_token *key, const named_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(parts[i].name, key->text) == 0)
            return parts[i].part;
    return OTHER;
}

#define PART_OF(key, parts) part_of(key, parts, sizeof parts / sizeof *parts)

static void tell(dictation *recording, int what, size_t line)
{
    qc_tally_at(&recording->tally[what], recording->notes, recording->source->path, line);
}

/* Seconds, milliseconds or a clock; null is no time, anything else a bad one. */
static void set_time(dictation *recording, segment_part part, const qc_json_token *value)
{
    int64_t ms = -1;
    if (value->kind == QC_JSON_NULL)
        return;
    if (value->kind == QC_JSON_NUMBER)
        ms = qc_time_of_seconds(part == START_MS || part == END_MS ? value->number / 1000 : value->number);
    else if (value->kind == QC_JSON_STRING)
        ms = qc_time_of(value->text, value->length);
    recording->bad_time |= ms < 0;
    *(part == START || part == START_MS ? &recording->start_ms : &recording->end_ms) = ms;
}

static bool set_text(dictation *recording, const qc_json_token *value)
{
    recording->words.length = 0;
    bool replaced = false;
    for (size_t i = 0; value->kind == QC_JSON_STRING && i < value->length; i++) {
        replaced |= !value->text[i];
        if (value->text[i])
            qc_buffer_byte(&recording->words, value->text[i]);
        else
            qc_buffer_string(&recording->words, "\xEF\xBF\xBD");
    }
    if (replaced)
        tell(recording, NUL, value->line);
    return !recording->words.failed;
}

/* A name or a number. The segment's own speaker comes before those of its words. */
static bool set_speaker(dictation *recording, const qc_json_token *value, bool of_word)
{
    char number[32];
    const char *name = value->text;
    size_t length = value->length;
    if (value->kind == QC_JSON_NUMBER && value->number >= 0 && value->number < 1e9)
        length = (size_t)snprintf(number, sizeof number, "%ld", (long)value->number), name = number;
    else if (value->kind != QC_JSON_STRING || memchr(name, '\0', length))
        return true;
    qc_buffer *speaker = &recording->speaker;
    bool differs = speaker->length != length || (length && memcmp(speaker->data, name, length) != 0);
    if (of_word && speaker->length) {
        recording->mixed |= differs;
        return true;
    }
    recording->mixed |= recording->word_speaker && speaker->length && differs;
    recording->word_speaker = of_word;
    speaker->length = 0;
    return qc_buffer_append(speaker, name, length);
}

static bool next(dictation *recording, qc_json_token *token, qcode_error *err)
{
    return qc_json_next(recording->json, token, err);
}

/* Passes over what is left of the value that begins with this token. */
static bool pass(dictation *recording, const qc_json_token *first, qcode_error *err)
{
    qc_json_token token = *first;
    size_t depth = 0;
    for (;;) {
        if (token.kind == QC_JSON_OPEN_OBJECT || token.kind == QC_JSON_OPEN_ARRAY)
            depth++;
        else if (token.kind == QC_JSON_CLOSE_OBJECT || token.kind == QC_JSON_CLOSE_ARRAY)
            depth--;
        if (!depth)
            return true;
        if (!next(recording, &token, err))
            return false;
    }
}

/* `[4.2, 5.1]` or `{"from": 4.2, "to": 5.1}`. */
static bool read_times(dictation *recording, segment_part part, const qc_json_token *first, qcode_error *err)
{
    qc_json_token token = *first;
    bool pair = part == PAIR;
    if (token.kind != (pair ? QC_JSON_OPEN_ARRAY : QC_JSON_OPEN_OBJECT))
        return pass(recording, first, err);
    for (size_t i = 0;; i++) {
        if (!next(recording, &token, err))
            return false;
        if (token.kind == QC_JSON_CLOSE_ARRAY || token.kind == QC_JSON_CLOSE_OBJECT)
            return true;
        segment_part which = i == 0 ? START : i == 1 ? END : OTHER;
        if (!pair) {
            which = part == CLOCKS ? PART_OF(&token, clock_parts) : PART_OF(&token, offset_parts);
            if (!next(recording, &token, err))
                return false;
        }
        if (which != OTHER)
            set_time(recording, which, &token);
        if (!pass(recording, &token, err))
            return false;
    }
}

/* The words one by one: only who speaks each is of interest. */
static bool read_words(dictation *recording, const qc_json_token *first, qcode_error *err)
{
    qc_json_token token = *first;
    if (token.kind != QC_JSON_OPEN_ARRAY)
        return pass(recording, first, err);
    for (size_t depth = 1; depth;) {
        if (!next(recording, &token, err))
            return false;
        if (token.kind == QC_JSON_OPEN_ARRAY || token.kind == QC_JSON_OPEN_OBJECT)
            depth++;
        else if (token.kind == QC_JSON_CLOSE_ARRAY || token.kind == QC_JSON_CLOSE_OBJECT)
            depth--;
        else if (token.kind == QC_JSON_KEY && depth == 2 && PART_OF(&token, word_parts) == SPEAKER) {
            if (!next(recording, &token, err))
                return false;
            if (token.kind == QC_JSON_OPEN_ARRAY || token.kind == QC_JSON_OPEN_OBJECT)
                depth++;
            else if (!set_speaker(recording, &token, true))
                return qc_no_memory(err);
        }
    }
    return true;
}

static bool read_member(dictation *recording, const qc_json_token *key, qcode_error *err)
{
    segment_part part = PART_OF(key, segment_parts);
    qc_json_token value;
    if (!next(recording, &value, err))
        return false;
    switch (part) {
    case TEXT:
        return (set_text(recording, &value) || qc_no_memory(err)) && pass(recording, &value, err);
    case SPEAKER:
        return (set_speaker(recording, &value, false) || qc_no_memory(err)) && pass(recording, &value, err);
    case START: case END:
        set_time(recording, part, &value);
        return pass(recording, &value, err);
    case PAIR: case CLOCKS: case OFFSETS:
        return read_times(recording, part, &value, err);
    case WORDS:
        return read_words(recording, &value, err);
    default:
        return pass(recording, &value, err);
    }
}

static bool say(dictation *recording, size_t line, qcode_error *err)
{
    if (recording->bad_time || (recording->end_ms >= 0 && recording->end_ms < recording->start_ms))
        tell(recording, BAD_TIME, line);
    if (recording->mixed)
        tell(recording, MIXED, line);
    if (!recording->words.length)
        tell(recording, NO_WORDS, line);
    const qc_said said = {recording->speaker.data,
                          recording->speaker.length,
                          recording->words.data,
                          recording->words.length,
                          recording->start_ms,
                          recording->end_ms,
                          false,
                          false};
    return qc_rendering_say(&recording->rendering, &said) || qc_no_memory(err);
}

static bool read_segment(dictation *recording, size_t line, qcode_error *err)
{
    qc_json_token token;
    recording->words.length = recording->speaker.length = 0;
    recording->start_ms = recording->end_ms = -1;
    recording->bad_time = recording->mixed = recording->word_speaker = false;
    for (;;) {
        if (!next(recording, &token, err))
            return false;
        if (token.kind == QC_JSON_CLOSE_OBJECT)
            return say(recording, line, err);
        if (!read_member(recording, &token, err))
            return false;
    }
}

/* The list of segments, behind its `[`. */
static bool read_list(dictation *recording, qcode_error *err)
{
    qc_json_token token;
    recording->found = true;
    for (;;) {
        if (!next(recording, &token, err))
            return false;
        if (token.kind == QC_JSON_CLOSE_ARRAY)
            return true;
        if (token.kind == QC_JSON_OPEN_OBJECT) {
            if (!read_segment(recording, token.line, err))
                return false;
        } else {
            tell(recording, NO_WORDS, token.line);
            if (!pass(recording, &token, err))
                return false;
        }
    }
}

static bool is_list(const char *name)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(lists[i], name) == 0)
            return true;
    return false;
}

/* The object around the list. */
static bool read_top(dictation *recording, qcode_error *err)
{
    qc_json_token token;
    for (;;) {
        if (!next(recording, &token, err))
            return false;
        if (token.kind == QC_JSON_CLOSE_OBJECT)
            return true;
        bool list = !recording->found && is_list(token.text), language = strcmp(token.text, "language") == 0;
        if (!next(recording, &token, err))
            return false;
        if (list && token.kind == QC_JSON_OPEN_ARRAY) {
            if (!read_list(recording, err))
                return false;
        } else {
            if (language && token.kind == QC_JSON_STRING && !memchr(token.text, '\0', token.length)) {
                recording->language.length = 0;
                qc_buffer_append(&recording->language, token.text, token.length);
            }
            if (!pass(recording, &token, err))
                return false;
        }
    }
}

static bool read_all(dictation *recording, qcode_error *err)
{
    qc_json_token token;
    if (!next(recording, &token, err))
        return false;
    bool done = token.kind == QC_JSON_OPEN_ARRAY    ? read_list(recording, err)
                : token.kind == QC_JSON_OPEN_OBJECT ? read_top(recording, err)
                                                    : true;
    if (!done)
        return false;
    if (!recording->found)
        return qc_fail(
            err, QCODE_INVALID, recording->source->path, token.line, token.column,
            "JSON without a list of segments; expected \"segments\", \"chunks\", \"transcription\" or \"utterances\"");
    if (!next(recording, &token, err))
        return false;
    return token.kind == QC_JSON_END || qc_fail(err, QCODE_SYNTAX, recording->source->path, token.line, token.column,
                                                "a second value behind the transcript, where the file has to end");
}

static qcode_transcript *make(dictation *recording, const char *encoding, qcode_error *err)
{
    for (size_t i = 0; i < TELLS; i++)
        qc_tally_end(&recording->tally[i], recording->notes, recording->source->path);
    qcode_transcript *talk = qc_rendering_transcript(&recording->rendering, recording->source, "whisper", "segments",
                                                     encoding, recording->notes, err);
    if (!talk)
        return NULL;
    bool renamed = false;
    const qc_buffer *language = &recording->language;
    bool done = !language->failed && (!language->length || qc_transcript_attribute(talk, "language", 8, language->data,
                                                                                  language->length, &renamed));
    if (!done)
        qc_no_memory(err);
    if (done && qc_transcript_finish(talk, recording->source->options, recording->notes, err))
        return talk;
    qcode_transcript_free(talk);
    return NULL;
}

static qcode_transcript *read_whisper(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = source->memory;
    qc_buffer text = qc_buffer_init(memory);
    const char *encoding = NULL;
    qcode_transcript *talk = NULL;
    dictation recording = {.source = source, .notes = notes, .rendering = qc_rendering_init(source),
                           .words = qc_buffer_init(memory), .speaker = qc_buffer_init(memory),
                           .language = qc_buffer_init(memory)};
    memcpy(recording.tally, tells, sizeof tells);
    if (qc_decode(source->data, source->length, source->options->encoding, source->path, &text, &encoding, notes,
                  err) &&
        (recording.json = qc_json_new(text.data, text.length, source->path, 1, memory, err)) &&
        read_all(&recording, err))
        talk = make(&recording, encoding, err);
    qc_json_free(recording.json);
    qc_buffer_clear(&text);
    qc_buffer_clear(&recording.words);
    qc_buffer_clear(&recording.speaker);
    qc_buffer_clear(&recording.language);
    qc_rendering_clear(&recording.rendering);
    return talk;
}

/* Whether `"name"` stands anywhere in the bytes. */
static bool has_name(const qc_source *source, const char *name)
{
    size_t size = strlen(name);
    const unsigned char *at = source->data, *end = at + source->length;
    while (at && (size_t)(end - at) >= size + 2) {
        at = memchr(at, '"', (size_t)(end - at));
        if (at && (size_t)(end - at) >= size + 2 && memcmp(at + 1, name, size) == 0 && at[size + 1] == '"')
            return true;
        at = at ? at + 1 : NULL;
    }
    return false;
}

static int sniff(const qc_source *source)
{
    const char *start = source->start;
    const char *first = qc_peek_space(start), *second = *first ? qc_peek_space(first + 1) : first;
    bool object = *first == '{' && (*second == '"' || *second == '}'), array = *first == '[' && *second == '{';
    if (!object && !array)
        return 0;
    for (size_t i = 0; object && i < sizeof lists / sizeof *lists; i++)
        if (has_name(source, lists[i]))
            return 90;
    return array && (has_name(source, "text") || has_name(source, "body")) ? 70
                                                                           : 30; /* refused, and says what is missing */
}

static const char *const endings[] = {".json", NULL};

const qc_reader qc_whisper = {"whisper", endings, sniff, read_whisper};
