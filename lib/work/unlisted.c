/* Names listed, and names that probably should be: found in a document, and counted over all. */
#include "work/unlisted.h"
#include "base/place.h"
#include "base/utf8.h"
#include "text/likely.h"
#include "text/words.h"

#include <stdlib.h>

enum {
    KIND_LISTED = QC_LIKELY_KINDS, /* replaced */
    KIND_LIKE,                     /* a word with a listed name in it */
    KIND_LABEL,                    /* a speaker's label */
    MOST_PLACES = 40,
    SHORT_NAME = 4 /* shorter ones are inside of too many words */
};

typedef struct qc_sighting {
    size_t kind;
    size_t word, length; /* in the words; of KIND_LISTED the index of the key's line, and 0 */
    size_t line;         /* of the old text */
} sighting;

qc_sightings qc_sightings_init(const qcode_memory *memory)
{
    qc_buffer none = qc_buffer_init(memory);
    return (qc_sightings){none, none, none, none, none};
}

void qc_sightings_clear(qc_sightings *seen)
{
    qc_buffer_clear(&seen->list);
    qc_buffer_clear(&seen->words);
    qc_buffer_clear(&seen->shadow);
    qc_buffer_clear(&seen->reading);
    qc_buffer_clear(&seen->ranges);
}

/* A look through one document. */
typedef struct look {
    qc_sightings *seen;
    qc_pseudonym *made;
    const qc_move *moves;
    size_t move_count;
    qc_walker old; /* places of the old text */
} look;

static size_t old_line(look *at, size_t now)
{
    return qc_walker_at(&at->old, qc_moved_from(at->moves, at->move_count, now)).line;
}

/* Keeps words with each run of white space as one space. */
static bool keep(look *at, size_t kind, const char *text, size_t length, size_t now)
{
    qc_buffer *words = &at->seen->words;
    sighting one = {kind, words->length, 0, old_line(at, now)};
    for (size_t i = 0; i < length; i++)
        if (text[i] != '\n' && (text[i] != ' ' || (i && text[i - 1] != ' ' && text[i - 1] != '\n')))
            qc_buffer_byte(words, text[i]);
        else if (text[i] == '\n')
            qc_buffer_byte(words, ' ');
    one.length = words->length - one.word;
    return !words->failed && qc_buffer_append(&at->seen->list, &one, sizeof one);
}

/* The new text with what was put in as small letters, which are nobody's name. */
static bool make_shadow(look *at)
{
    const qc_pseudonym *made = at->made;
    qc_buffer *shadow = &at->seen->shadow;
    shadow->length = 0;
    if (!qc_buffer_append(shadow, made->text.data, made->text.length) || !qc_buffer_text(shadow))
        return false;
    for (size_t i = 0; i < at->move_count; i++)
        for (size_t k = at->moves[i].now.start; k < at->moves[i].now.end; k++)
            if (shadow->data[k] != '\n')
                shadow->data[k] = 'x';
    return true;
}

static bool see_turn(look *at, const qcode_turn *turn)
{
    qc_reading reading;
    qc_buffer *words = &at->seen->reading, *ranges = &at->seen->ranges;
    words->length = ranges->length = 0;
    if (!qc_read_turn(&at->made->reading, at->made->talk, turn, &reading) ||
        !qc_list_ranges(ranges, turn) ||
        !qc_put_reading(words, at->seen->shadow.data, (const void *)ranges->data, turn->range_count))
        return false;
    qcode_span sentence = {0, 0}, span;
    qc_likely kind;
    for (size_t from = 0; qc_next_likely(words->data, words->length, &from, &sentence, &span, &kind);)
        if (!keep(at, kind, words->data + span.start, span.end - span.start,
                  qc_reading_span(&reading, span.start, span.end).start))
            return false;
    return true;
}

/* What is no speech, line by line; the line on which speech begins has a label there. */
static bool see_gap(look *at, size_t start, size_t end, bool is_last)
{
    const char *text = at->seen->shadow.data;
    while (!is_last && end > start && text[end - 1] != '\n')
        end--;
    while (start < end) {
        const char *feed = memchr(text + start, '\n', end - start);
        size_t stop = feed ? (size_t)(feed - text) : end, from = 0;
        qcode_span sentence = {0, 0}, span;
        qc_likely kind;
        while (qc_next_likely(text + start, stop - start, &from, &sentence, &span, &kind))
            if (!keep(at, kind, text + start + span.start, span.end - span.start, start + span.start))
                return false;
        start = stop + 1;
    }
    return true;
}

static bool see_text(look *at)
{
    const qcode_transcript *talk = at->made->talk;
    size_t length = at->seen->shadow.length, from = 0;
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        if (!see_gap(at, from, turn.ranges[0].start, false) || !see_turn(at, &turn))
            return false;
        from = turn.ranges[turn.range_count - 1].end;
    }
    return see_gap(at, from, length, true);
}

/* Whether a label holds something that was put in. */
static bool is_replaced(const look *at, const char *label)
{
    const qcode_key *key = at->made->sweep.namer->key;
    for (size_t i = 0; i < key->count; i++) {
        const char *put = key->lines[i].replacement;
        size_t length = strlen(put);
        bool bracketed = length > 2 && put[0] == '[' && put[length - 1] == ']';
        const char *within = strstr(label, put);
        if (within || (bracketed && strlen(label) == length - 2 && memcmp(label, put + 1, length - 2) == 0))
            return true;
    }
    return false;
}

/* A label with small letters may be a name. */
static bool may_name(const char *label)
{
    bool upper = false, small = false;
    for (size_t at = 0, length = strlen(label); at < length;) {
        uint32_t point = qc_utf8_next(label, length, &at);
        upper |= qc_is_upper(point);
        small |= qc_is_word(point) && !qc_is_upper(point) && !qc_is_digit(point) && point != '_';
    }
    return upper && small;
}

static bool see_labels(look *at)
{
    const qcode_transcript *talk = at->made->talk;
    qc_arena room = qc_arena_init(at->made->memory);
    bool *met = qc_arena_take_array(&room, qcode_transcript_speaker_count(talk), sizeof *met), done = met;
    for (size_t i = 0; done && i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        size_t index = turn.speaker ? (size_t)(turn.speaker - qcode_transcript_speaker(talk, 0)) : 0;
        if (!turn.speaker || met[index])
            continue;
        met[index] = true;
        const char *label = turn.speaker->name;
        if (may_name(label) && !is_replaced(at, label))
            done = keep(at, KIND_LABEL, label, strlen(label), turn.ranges[0].start);
    }
    qc_arena_clear(&room);
    return done;
}

/* Words with a listed name inside: "Smithson", "Smiths". `made` has swept its own text for them. */
static bool see_alike(look *at)
{
    const qc_name_sweep *sweep = &at->made->sweep;
    const qcode_key *key = sweep->namer->key;
    const char *text = at->made->text.data;
    for (size_t i = 0; i < qc_name_sweep_count(sweep); i++) {
        const qc_hit *hit = qc_name_sweep_hit(sweep, i);
        qcode_span word = *qc_name_sweep_pieces(sweep, hit);
        const char *name = key->names[hit->name].text;
        if (hit->whole || hit->parted || qc_utf8_count(name, strlen(name)) < SHORT_NAME)
            continue;
        for (size_t before = word.start; before && qc_is_word(qc_utf8_previous(text, &before));)
            word.start = before;
        for (size_t behind = word.end; behind < at->made->text.length &&
                                       qc_is_word(qc_utf8_next(text, at->made->text.length, &behind));)
            word.end = behind;
        if (!keep(at, KIND_LIKE, text + word.start, word.end - word.start, word.start))
            return false;
    }
    return true;
}

static bool see_replaced(look *at)
{
    const qc_edit *edits = (const qc_edit *)(const void *)at->made->edits.data;
    for (size_t i = 0; i < at->made->edits.length / sizeof *edits; i++) {
        if (edits[i].line == QC_NO_LINE || !edits[i].length)
            continue;
        sighting one = {KIND_LISTED, edits[i].line, 0, qc_walker_at(&at->old, edits[i].old.start).line};
        if (!qc_buffer_append(&at->seen->list, &one, sizeof one))
            return false;
    }
    return true;
}

bool qc_sightings_find(qc_sightings *seen, qc_pseudonym *made, const qcode_transcript *talk)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    look at = {.seen = seen, .made = made, .moves = (const qc_move *)(const void *)made->moves.data,
               .move_count = made->moves.length / sizeof(qc_move), .old = qc_walker_init(text, length)};
    seen->list.length = seen->words.length = 0;
    return make_shadow(&at) && see_replaced(&at) && see_labels(&at) && see_text(&at) && see_alike(&at);
}

typedef struct qc_tallied {
    size_t kind, line; /* of the key, for KIND_LISTED */
    const char *words;
    size_t count, documents, last_document;
    size_t shown; /* places */
    qc_buffer places;
} tallied;

/* The entry of some words; NULL when memory runs out. */
static tallied *entry_of(qc_tally_of_names *tally, size_t kind, size_t line, const char *words, size_t length)
{
    const qcode_memory *memory = tally->arena.memory;
    bool added;
    qc_buffer key = qc_buffer_init(memory);
    qc_buffer_print(&key, "%zu %zu ", kind, line);
    qc_buffer_append(&key, words, length);
    bool room = !key.failed && qc_grow(memory, &tally->at, &tally->capacity, tally->words.count + 1, sizeof *tally->at);
    size_t index = room ? qc_set_add(&tally->words, key.data, key.length, &added) : SIZE_MAX;
    qc_buffer_clear(&key);
    if (index == SIZE_MAX)
        return NULL;
    tallied *entry = &tally->at[index];
    if (added)
        *entry = (tallied){.kind = kind, .line = line, .places = qc_buffer_init(memory),
                           .words = qc_arena_copy(&tally->arena, words, length)};
    return entry->words ? entry : NULL;
}

bool qc_names_tally_init(qc_tally_of_names *tally, const qcode_key *key, const qcode_memory *memory)
{
    *tally = (qc_tally_of_names){.arena = qc_arena_init(memory), .key = key, .words = qc_set_init(memory)};
    for (size_t i = 0; i < key->count; i++)
        if (!entry_of(tally, KIND_LISTED, i, "", 0))
            return false;
    return true;
}

void qc_names_tally_clear(qc_tally_of_names *tally)
{
    for (size_t i = 0; i < tally->words.count; i++)
        qc_buffer_clear(&tally->at[i].places);
    qc_release(tally->arena.memory, tally->at);
    qc_set_clear(&tally->words);
    qc_arena_clear(&tally->arena);
}

static bool count_place(tallied *entry, const char *document, size_t line, size_t number)
{
    entry->documents += !entry->count || entry->last_document != number;
    entry->last_document = number;
    entry->count++;
    if (entry->shown == MOST_PLACES)
        return true;
    if (++entry->shown == MOST_PLACES)
        return qc_buffer_string(&entry->places, " ...");
    return qc_buffer_print(&entry->places, "%s%s:%zu", entry->shown > 1 ? " " : "", document, line);
}

bool qc_names_tally_add(qc_tally_of_names *tally, const qc_sightings *seen, const char *document)
{
    const sighting *list = (const sighting *)(const void *)seen->list.data;
    tally->documents++;
    for (size_t i = 0; i < seen->list.length / sizeof *list; i++) {
        bool listed = list[i].kind == KIND_LISTED;
        tallied *entry = listed ? entry_of(tally, KIND_LISTED, list[i].word, "", 0)
                                : entry_of(tally, list[i].kind, 0, seen->words.data + list[i].word, list[i].length);
        if (!entry || !count_place(entry, document, list[i].line, tally->documents))
            return false;
        tally->unlisted += !listed;
    }
    return true;
}

/* Listed ones in the key's order; then by kind, the most frequent first. */
static int compare_tallied(const void *a, const void *b)
{
    const tallied *one = *(const tallied *const *)a, *two = *(const tallied *const *)b;
    bool first = one->kind == KIND_LISTED, second = two->kind == KIND_LISTED;
    if (first || second)
        return first && second ? (one->line > two->line) - (one->line < two->line) : second - first;
    if (one->kind != two->kind)
        return one->kind < two->kind ? -1 : 1;
    if (one->count != two->count)
        return one->count > two->count ? -1 : 1;
    return strcmp(one->words, two->words);
}

static const char *kind_of(const qcode_key *key, const tallied *entry)
{
    switch (entry->kind) {
    case KIND_LISTED: return *key->lines[entry->line].kind ? key->lines[entry->line].kind : NULL;
    case KIND_LIKE: return "like a listed name";
    case KIND_LABEL: return "label";
    default: return qc_likely_name((qc_likely)entry->kind);
    }
}

static void add_row(qcode_table *table, const qcode_key *key, tallied *entry)
{
    bool listed = entry->kind == KIND_LISTED;
    qc_table_add_yes_no(table, listed);
    qc_table_add_text(table, kind_of(key, entry));
    qc_table_add_text(table, listed ? key->lines[entry->line].name : entry->words);
    qc_table_add_text(table, listed ? key->lines[entry->line].replacement : NULL);
    qc_table_add_count(table, entry->count);
    qc_table_add_count(table, entry->documents);
    const char *places = qc_buffer_text(&entry->places);
    qc_table_add_text(table, places && *places ? places : NULL);
}

qcode_table *qc_names_table(const qc_tally_of_names *tally, const qcode_memory *memory)
{
    size_t count = tally->words.count;
    qc_arena room = qc_arena_init(memory);
    tallied **order = qc_arena_take_array(&room, count, sizeof(tallied *));
    qcode_table *table = order ? qc_table_new(memory) : NULL;
    bool done = table;
    if (table) {
        qc_table_add_column(table, "listed", QCODE_TYPE_YES_NO);
        qc_table_add_column(table, "kind", QCODE_TYPE_TEXT);
        qc_table_add_column(table, "words", QCODE_TYPE_TEXT);
        qc_table_add_column(table, "replacement", QCODE_TYPE_TEXT);
        qc_table_add_column(table, "count", QCODE_TYPE_INTEGER);
        qc_table_add_column(table, "documents", QCODE_TYPE_INTEGER);
        qc_table_add_column(table, "places", QCODE_TYPE_TEXT);
        for (size_t i = 0; i < count; i++)
            order[i] = &tally->at[i];
        qsort(order, count, sizeof *order, compare_tallied);
        for (size_t i = 0; i < count; i++)
            add_row(table, tally->key, order[i]);
        for (size_t i = 0; i < count; i++)
            done = done && !tally->at[i].places.failed;
        done = done && qc_table_complete(table);
    }
    qc_arena_clear(&room);
    if (done)
        return table;
    qcode_table_free(table);
    return NULL;
}
