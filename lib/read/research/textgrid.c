/* Praat TextGrids, long and short: interval tiers are speakers, their intervals in the order of time. */
#include "format/timecode.h"
#include "read/peek.h"
#include "read/rendering.h"
#include "read/tally.h"
#include "text/decode.h"

#include <stdlib.h>

/* A free-standing number, string or flag: all that Praat itself reads; everything else is there for people. */
typedef enum token_kind { AT_END, NUMBER, STRING, FLAG } token_kind;

typedef struct grid_token {
    token_kind kind;
    size_t length; /* of a string; its text, unescaped, ends the grid's bytes */
    size_t line;
    double number;
} grid_token;

typedef struct grid_tier {
    size_t name, name_length; /* in the grid's bytes: whom or what it is of */
    size_t spoken;            /* intervals with words */
    size_t line;
    unsigned level;           /* what it holds, when not a speaker's words */
    bool chosen;
} grid_tier;

typedef struct grid_interval {
    size_t tier, order;
    size_t words, length;
    int64_t start_ms, end_ms;
} grid_interval;

enum { BAD_TIME, TELLS };

static const qc_tally tells[TELLS] = {
    [BAD_TIME] = {QCODE_NOTE_WARNING, "an impossible time: the words are kept without a time", 0, 0},
};

typedef struct text_grid {
    const qc_source *source;
    qcode_notes *notes;
    const char *text;
    size_t length, at, line;
    qc_buffer bytes; /* strings, unescaped */
    qc_buffer tiers, intervals;
    qc_tally tally[TELLS];
    bool no_memory;
} text_grid;

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static char peek(const text_grid *grid)
{
    return grid->at < grid->length ? grid->text[grid->at] : '\0';
}

static char take(text_grid *grid)
{
    char c = peek(grid);
    grid->line += c == '\n';
    grid->at++;
    return c;
}

/* A string: quotes in it are doubled. Its text is the last `length` of the grid's bytes. */
static bool read_string(text_grid *grid, grid_token *token)
{
    size_t start = grid->bytes.length;
    take(grid);
    for (;;) {
        if (grid->at >= grid->length)
            return false; /* never closed */
        char c = take(grid);
        if (c == '"' && peek(grid) != '"')
            break;
        if (c == '"')
            take(grid);
        qc_buffer_byte(&grid->bytes, c);
    }
    grid->no_memory |= grid->bytes.failed;
    *token = (grid_token){.kind = STRING, .length = grid->bytes.length - start, .line = token->line};
    return true;
}

/* A decimal number, exact enough for times, whatever the locale. False when the word is none. */
static bool read_decimal(const char *word, double *number)
{
    double sign = *word == '-' ? -1 : 1, worth = 1;
    int exponent = 0, digits = 0;
    word += *word == '-' || *word == '+';
    for (*number = 0; *word >= '0' && *word <= '9'; word++, digits++)
        *number = *number * 10 + (*word - '0');
    if (*word == '.')
        for (word++; *word >= '0' && *word <= '9'; word++, digits++)
            *number += (*word - '0') * (worth /= 10);
    if (digits && (*word == 'e' || *word == 'E')) {
        bool small = *++word == '-';
        word += *word == '-' || *word == '+';
        for (; *word >= '0' && *word <= '9'; word++)
            exponent = exponent < 400 ? exponent * 10 + (*word - '0') : exponent;
        for (; exponent > 0; exponent--)
            *number = small ? *number / 10 : *number * 10;
    }
    *number *= sign;
    return digits && !*word;
}

/* A word of the file: a number when all of it is one, a flag, or nothing. */
static bool read_word(text_grid *grid, grid_token *token)
{
    char word[64];
    size_t length = 0;
    bool fits = true;
    for (; grid->at < grid->length && !is_space(peek(grid)); grid->at++) {
        fits = fits && length + 1 < sizeof word;
        if (fits)
            word[length++] = peek(grid);
    }
    word[length] = '\0';
    if (word[0] == '<' && length > 1 && word[length - 1] == '>') {
        token->kind = FLAG;
        token->number = strcmp(word, "<exists>") == 0;
        return true;
    }
    token->kind = NUMBER;
    return fits && read_decimal(word, &token->number);
}

/* The next token. A string that is never closed is the file's end. */
static grid_token next(text_grid *grid)
{
    while (grid->at < grid->length && !grid->no_memory) {
        grid_token token = {.line = grid->line};
        char c = peek(grid);
        if (is_space(c))
            take(grid);
        else if (c == '!')
            while (grid->at < grid->length && peek(grid) != '\n')
                grid->at++;
        else if (c == '"' ? read_string(grid, &token) : read_word(grid, &token))
            return token;
    }
    return (grid_token){.kind = AT_END, .line = grid->line};
}

static bool next_number(text_grid *grid, double *number)
{
    grid_token token = next(grid);
    *number = token.number;
    return token.kind == NUMBER;
}

static bool has_words(const char *text, size_t length)
{
    while (length && is_space(text[length - 1]))
        length--;
    return length > 0;
}

static grid_tier *tier_at(const text_grid *grid, size_t index)
{
    return (grid_tier *)(void *)grid->tiers.data + index;
}

static size_t tier_count(const text_grid *grid)
{
    return grid->tiers.length / sizeof(grid_tier);
}

/* Names of tiers that are levels of annotation, from the best to read words from to what holds none. */
static const char *const levels[] = {
    "utterance",   "utterances", "sentence", "sentences", "phrase",    "phrases",  "transcript", "transcription",
    "orthography", "ort",        "words",    "word",      "syllables", "syllable", "phones",     "phone",
    "phonemes",    "phoneme",    "segments", "segment",   "mau",       "kan",      "notes",      "note",
    "comments",    "comment",    "errors",   "error",     "mute",      "noise",    "events",     "event"};

enum { WORDS_FROM = 10, WORDS_TO = 12 }; /* below: whole utterances; from the second on: no words */

/* 0 for a speaker's name, else 1 and the place among the levels. */
static unsigned level_of(const char *name, size_t length)
{
    char folded[16];
    if (length >= sizeof folded)
        return 0;
    for (size_t i = 0; i < length; i++)
        folded[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]);
    folded[length] = '\0';
    for (unsigned i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(levels[i], folded) == 0)
            return i + 1;
    return 0;
}

/* Quotes around a name are not of it; "Name - words", as forced aligners write it, is a level of that speaker. */
static void name_tier(text_grid *grid, grid_tier *tier)
{
    const char *name = grid->bytes.data + tier->name;
    if (tier->name_length > 1 && name[0] == '"' && name[tier->name_length - 1] == '"') {
        tier->name++;
        tier->name_length -= 2;
        name++;
    }
    tier->level = level_of(name, tier->name_length);
    for (size_t i = 1; !tier->level && i + 3 < tier->name_length; i++)
        if (memcmp(name + i, " - ", 3) == 0 && level_of(name + i + 3, tier->name_length - i - 3)) {
            tier->level = level_of(name + i + 3, tier->name_length - i - 3);
            tier->name_length = i;
        }
}

/* Silence as aligners write it into tiers of words. */
static bool is_silence(const text_grid *grid, const grid_interval *interval)
{
    static const char *const marks[] = {"sp", "sil", "<sil>", "<eps>", "#", "<p:>"};
    const grid_tier *tier = tier_at(grid, interval->tier);
    for (size_t i = 0; tier->level >= WORDS_FROM && i < sizeof marks / sizeof *marks; i++)
        if (strlen(marks[i]) == interval->length &&
            memcmp(marks[i], grid->bytes.data + interval->words, interval->length) == 0)
            return true;
    return false;
}

static bool read_interval(text_grid *grid, size_t order)
{
    double from, to;
    size_t line = grid->line;
    if (!next_number(grid, &from) || !next_number(grid, &to))
        return false;
    grid_interval interval = {.tier = tier_count(grid) - 1, .order = order, .words = grid->bytes.length};
    grid_token text = next(grid);
    if (text.kind != STRING || grid->no_memory)
        return false;
    interval.length = text.length;
    if (!has_words(grid->bytes.data + interval.words, interval.length) || is_silence(grid, &interval)) {
        grid->bytes.length = interval.words;
        return true;
    }
    interval.start_ms = qc_time_of_seconds(from);
    interval.end_ms = qc_time_of_seconds(to);
    if (interval.start_ms < 0 || interval.end_ms < interval.start_ms)
        qc_tally_at(&grid->tally[BAD_TIME], grid->notes, grid->source->path, line);
    tier_at(grid, interval.tier)->spoken++;
    grid->no_memory |= !qc_buffer_append(&grid->intervals, &interval, sizeof interval);
    return !grid->no_memory;
}

/* A tier of points: times with marks, and no speech. */
static bool pass_points(text_grid *grid, double count, size_t line)
{
    double time;
    for (double i = 0; i < count; i++) {
        size_t before = grid->bytes.length;
        if (!next_number(grid, &time) || next(grid).kind != STRING)
            return false;
        grid->bytes.length = before;
    }
    if (count > 0)
        qc_note(grid->notes, QCODE_NOTE_SKIPPED, grid->source->path, line, 0, "a tier of %.0f points", count);
    return true;
}

/* Class, name, bounds, number of intervals, intervals. False where the file does not go on as it should. */
static bool read_tier(text_grid *grid)
{
    size_t start = grid->bytes.length;
    grid_token class = next(grid);
    if (class.kind != STRING || grid->no_memory)
        return false;
    bool points = class.length == 8 && memcmp(grid->bytes.data + start, "TextTier", 8) == 0;
    grid->bytes.length = start;
    grid_tier tier = {.name = start, .line = class.line};
    grid_token name = next(grid);
    double from, to, count;
    if (name.kind != STRING || !next_number(grid, &from) || !next_number(grid, &to) || !next_number(grid, &count))
        return false;
    if (points)
        return pass_points(grid, count, class.line);
    tier.name_length = name.length;
    if (name.length)
        name_tier(grid, &tier);
    if (!qc_buffer_append(&grid->tiers, &tier, sizeof tier))
        grid->no_memory = true;
    for (double i = 0; i < count && !grid->no_memory; i++)
        if (!read_interval(grid, (size_t)i))
            return false;
    return !grid->no_memory;
}

/* Reads as much as there is. */
static bool read_grid(text_grid *grid, qcode_error *err)
{
    double from, to, count = 0;
    grid_token type = next(grid), class = next(grid);
    bool headed = type.kind == STRING && class.kind == STRING && next_number(grid, &from) && next_number(grid, &to);
    grid_token flag = headed ? next(grid) : (grid_token){.kind = AT_END};
    if (grid->no_memory)
        return qc_no_memory(err);
    if (flag.kind != FLAG)
        return qc_fail(err, QCODE_SYNTAX, grid->source->path, grid->line, 0,
                       "this is no TextGrid: its type, its two times and <exists> were expected here");
    grid->bytes.length = 0;
    bool whole = flag.number == 0 || next_number(grid, &count);
    for (double i = 0; whole && flag.number > 0 && i < count; i++)
        whole = read_tier(grid);
    if (grid->no_memory)
        return qc_no_memory(err);
    if (!whole)
        qc_note(grid->notes, QCODE_NOTE_WARNING, grid->source->path, grid->line, 0,
                "the TextGrid does not go on as it should here: what stands before is read");
    return true;
}

/* Whether tiers are at hand that have a level of this range, or 0: a speaker's own. */
static bool choose_level(text_grid *grid, unsigned from, unsigned to)
{
    bool chosen = false;
    for (unsigned level = from; level < to && !chosen; level++)
        for (size_t i = 0; i < tier_count(grid); i++) {
            grid_tier *tier = tier_at(grid, i);
            tier->chosen = tier->level == level && tier->spoken;
            chosen |= tier->chosen;
        }
    return chosen;
}

/* Tiers with a speaker's name; where there is none, those of one level of annotation. */
static void choose_tiers(text_grid *grid)
{
    bool levels_only = !choose_level(grid, 0, 1);
    if (levels_only)
        choose_level(grid, 1, sizeof levels / sizeof *levels + 1);
    for (size_t i = 0; i < tier_count(grid); i++) {
        const grid_tier *tier = tier_at(grid, i);
        if (tier->spoken && !tier->chosen)
            qc_note(grid->notes, QCODE_NOTE_SKIPPED, grid->source->path, tier->line, 0,
                    "a tier of annotation, with %zu intervals", tier->spoken);
    }
}

static int compare_intervals(const void *a, const void *b)
{
    const grid_interval *left = a, *right = b;
    if (left->start_ms != right->start_ms)
        return left->start_ms < right->start_ms ? -1 : 1;
    if (left->tier != right->tier)
        return left->tier < right->tier ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

static size_t chosen_tiers(const text_grid *grid)
{
    size_t count = 0;
    for (size_t i = 0; i < tier_count(grid); i++)
        count += tier_at(grid, i)->chosen;
    return count;
}

/* Where one speaker has the file alone, each interval is a turn: others speak between them, in files of their own. */
static bool say_intervals(text_grid *grid, qc_rendering *rendering)
{
    grid_interval *list = (grid_interval *)(void *)grid->intervals.data;
    size_t count = grid->intervals.length / sizeof *list;
    bool alone = chosen_tiers(grid) == 1;
    if (count)
        qsort(list, count, sizeof *list, compare_intervals);
    for (size_t i = 0; i < count; i++) {
        const grid_tier *tier = tier_at(grid, list[i].tier);
        bool named = tier->name_length && !level_of(grid->bytes.data + tier->name, tier->name_length);
        const qc_said said = {grid->bytes.data + tier->name,
                              named ? tier->name_length : 0,
                              grid->bytes.data + list[i].words,
                              list[i].length,
                              list[i].start_ms,
                              list[i].end_ms,
                              alone && named && !tier->level,
                              false};
        if (tier->chosen && !qc_rendering_say(rendering, &said))
            return false;
    }
    return true;
}

static qcode_transcript *read_textgrid(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = source->memory;
    qc_buffer text = qc_buffer_init(memory);
    qc_rendering rendering = qc_rendering_init(source);
    const char *encoding = NULL;
    qcode_transcript *talk = NULL;
    text_grid grid = {.source = source, .notes = notes, .line = 1, .bytes = qc_buffer_init(memory),
                 .tiers = qc_buffer_init(memory), .intervals = qc_buffer_init(memory)};
    memcpy(grid.tally, tells, sizeof tells);
    bool done =
        qc_decode(source->data, source->length, source->options->encoding, source->path, &text, &encoding, notes, err);
    grid.text = text.data;
    grid.length = text.length;
    if (done && read_grid(&grid, err)) {
        qc_tally_end(&grid.tally[BAD_TIME], notes, source->path);
        choose_tiers(&grid);
        if (say_intervals(&grid, &rendering))
            talk = qc_rendering_finish(&rendering, source, "textgrid", "tiers", encoding, notes, err);
        else
            qc_no_memory(err);
    }
    qc_buffer_clear(&text);
    qc_buffer_clear(&grid.bytes);
    qc_buffer_clear(&grid.tiers);
    qc_buffer_clear(&grid.intervals);
    qc_rendering_clear(&rendering);
    return talk;
}

static int sniff(const qc_source *source)
{
    const char *start = source->start;
    const char *behind = qc_peek_word(start, "File type = \"ooTextFile");
    return behind && strstr(start, "\"TextGrid\"") ? 100 : 0;
}

static const char *const endings[] = {".textgrid", NULL};

const qc_reader qc_textgrid = {"textgrid", endings, sniff, read_textgrid};
