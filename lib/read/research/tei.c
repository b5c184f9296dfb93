/* TEI: transcribed speech (elements u) and speeches (sp), as interviews, corpora and parliaments have them.
 *
 * The words of one are its text without notes, pauses, events and stage directions; of two readings (choice) the first counts.
 * Where a text is cut into tokens (w, pc), spaces follow their `join`. A document without u and sp is read by paragraphs, as
 * the words of nobody known. */
#include "read/research/tei.h"
#include "base/error.h"
#include "read/containers.h"
#include "read/rendering.h"

#include <stdlib.h>
#include <string.h>

typedef enum meaning {
    PLAIN,   /* its content counts, it does not */
    BLOCK,   /* parts its words from those before */
    CHOICE,
    EVENT,   /* said to be heard or seen: no words */
    HEADER,
    INCLUDE,
    MUTE,    /* nothing in it is speech */
    PARAGRAPH,
    SPEAKER,
    SPEECH,
    TOKEN
} meaning;

typedef struct element {
    const char *name;
    meaning means;
} element;

/* By name, for bsearch. */
static const element elements[] = {
    {"ab", PARAGRAPH}, {"anchor", PLAIN},  {"cb", BLOCK},      {"choice", CHOICE}, {"del", MUTE},
    {"desc", EVENT},   {"div", BLOCK},     {"event", EVENT},   {"figure", MUTE},   {"fw", MUTE},
    {"gap", EVENT},    {"head", BLOCK},    {"incident", EVENT}, {"include", INCLUDE}, {"kinesic", EVENT},
    {"l", PARAGRAPH},  {"lb", BLOCK},      {"lg", BLOCK},      {"note", EVENT},    {"p", PARAGRAPH},
    {"pause", BLOCK},  {"pb", BLOCK},      {"pc", TOKEN},      {"s", BLOCK},       {"seg", BLOCK},
    {"sp", SPEECH},    {"speaker", SPEAKER}, {"stage", EVENT}, {"teiHeader", HEADER}, {"u", SPEECH},
    {"vocal", EVENT},  {"w", TOKEN},       {"writing", EVENT},
};

typedef struct tei_reading {
    const qc_source *source;
    qcode_notes *notes;
    qc_xml *xml;
    qc_tei_facts facts;
    qc_rendering rendering;
    qc_buffer label, words;
    qc_buffer choices;   /* that are open */
    int64_t time_ms;
    size_t speech_depth; /* of the open speech; 0: none */
    size_t mute_depth;   /* of the element whose content is no speech; 0: none */
    size_t speaker_depth, token_depth;
    bool tokens;         /* the last words were a token: blanks between tokens do not count */
    bool joined;         /* and the next one joins it */
    bool prose;          /* no speech in the document: paragraphs are read */
    size_t events, includes;
} tei_reading;

static int by_name(const void *name, const void *entry)
{
    return strcmp(name, ((const element *)entry)->name);
}

static meaning meaning_of(const char *name)
{
    const element *found = bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
    return found ? found->means : PLAIN;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* The names of those that `who` points at, one after another. */
static void put_people(tei_reading *reading, const qc_xml_event *event)
{
    const char *who = qc_xml_get(event, "who");
    while (who && *who) {
        if (reading->label.length > QC_TEI_MOST_NAME) {
            qc_note(reading->notes, QCODE_NOTE_SKIPPED, reading->source->path, event->line, event->column,
                    "of those who speak here together only the first are named");
            return;
        }
        size_t length = strcspn(who, " \t\n");
        if (length) {
            const qc_entry *person = qc_lookup_find(&reading->facts.people, who, length);
            size_t mark = *who == '#';
            if (reading->label.length)
                qc_buffer_string(&reading->label, ", ");
            if (person)
                qc_buffer_string(&reading->label, person->text);
            else
                qc_buffer_append(&reading->label, who + mark, length - mark);
        }
        who += length;
        who += strspn(who, " \t\n");
    }
}

static void open_speech(tei_reading *reading, const qc_xml_event *event)
{
    reading->speech_depth = event->depth;
    reading->label.length = reading->words.length = 0;
    reading->tokens = reading->joined = false;
    reading->choices.length = 0;
    put_people(reading, event);
    const char *start = qc_xml_get(event, "start");
    const qc_entry *moment = start ? qc_lookup_find(&reading->facts.times, start, strlen(start)) : NULL;
    reading->time_ms = moment ? moment->number : -1;
}

static bool close_speech(tei_reading *reading)
{
    reading->speech_depth = 0;
    qc_buffer *label = &reading->label;
    while (label->length && (is_blank(label->data[label->length - 1]) || strchr(":.", label->data[label->length - 1])))
        label->length--;
    qc_said said = {.label = label->data, .label_length = label->length, .words = reading->words.data,
                    .length = reading->words.length, .start_ms = reading->time_ms, .end_ms = -1, .new_turn = true};
    return !label->failed && !reading->words.failed &&
           (!said.length || qc_rendering_say(&reading->rendering, &said));
}

static void open_token(tei_reading *reading, const qc_xml_event *event)
{
    if (reading->token_depth)
        return;
    const char *join = qc_xml_get(event, "join");
    bool left = join && (strcmp(join, "left") == 0 || strcmp(join, "both") == 0);
    bool right = join && (strcmp(join, "right") == 0 || strcmp(join, "both") == 0);
    if (!left && !reading->joined)
        qc_buffer_byte(&reading->words, ' ');
    reading->token_depth = event->depth;
    reading->joined = right;
}

/* A choice that is open. */
typedef struct choice {
    size_t depth;
    bool met; /* its first reading was met: the others are muted */
} choice;

static choice *open_choice(const tei_reading *reading)
{
    size_t length = reading->choices.length;
    return length ? (choice *)(void *)(reading->choices.data + length - sizeof(choice)) : NULL;
}

static bool is_second_reading(const tei_reading *reading, const qc_xml_event *event)
{
    choice *now = open_choice(reading);
    if (!now || event->depth != now->depth + 1)
        return false;
    bool second = now->met;
    now->met = true;
    return second;
}

static void open_in_speech(tei_reading *reading, const qc_xml_event *event, meaning means)
{
    if (reading->mute_depth)
        return;
    if (means == EVENT || means == MUTE || is_second_reading(reading, event)) {
        reading->mute_depth = event->depth;
        return;
    }
    if (means == CHOICE)
        qc_buffer_append(&reading->choices, &(choice){.depth = event->depth}, sizeof(choice));
    if (means == BLOCK || means == PARAGRAPH)
        qc_buffer_byte(&reading->words, ' '), reading->tokens = false;
    if (means == SPEAKER) {
        reading->speaker_depth = event->depth;
        reading->label.length = 0; /* as it is printed */
    }
    if (means == TOKEN)
        open_token(reading, event);
}

static bool open_element(tei_reading *reading, const qc_xml_event *event, qcode_error *err)
{
    meaning means = meaning_of(event->name);
    if (means == HEADER)
        return qc_xml_skip(reading->xml, err);
    if (means == INCLUDE)
        qc_note(reading->notes, QCODE_NOTE_SKIPPED, reading->source->path, event->line, event->column,
                "what another file holds (XInclude) is not read");
    reading->events += means == EVENT;
    if (reading->speech_depth)
        open_in_speech(reading, event, means);
    else if (means == SPEECH || (reading->prose && means == PARAGRAPH))
        open_speech(reading, event);
    return true;
}

static bool close_element(tei_reading *reading, const qc_xml_event *event)
{
    if (!reading->speech_depth)
        return true;
    if (reading->mute_depth) {
        if (event->depth == reading->mute_depth)
            reading->mute_depth = 0;
        return true;
    }
    if (event->depth == reading->speech_depth)
        return close_speech(reading);
    if (event->depth == reading->speaker_depth)
        reading->speaker_depth = 0;
    if (event->depth == reading->token_depth)
        reading->token_depth = 0, reading->tokens = true;
    meaning means = meaning_of(event->name);
    if (means == BLOCK || means == PARAGRAPH)
        qc_buffer_byte(&reading->words, ' '), reading->tokens = false;
    if (means == CHOICE && reading->choices.length)
        reading->choices.length -= sizeof(choice);
    return true;
}

static bool all_blank(const char *text, size_t length)
{
    while (length && is_blank(text[length - 1]))
        length--;
    return !length;
}

static void take_text(tei_reading *reading, const qc_xml_event *event)
{
    if (!reading->speech_depth || reading->mute_depth)
        return;
    if (reading->speaker_depth) {
        qc_buffer_append(&reading->label, event->text, event->length);
        return;
    }
    if (reading->tokens && !reading->token_depth && all_blank(event->text, event->length))
        return;
    qc_buffer_append(&reading->words, event->text, event->length);
    reading->tokens = false;
}

static bool read_speech(tei_reading *reading, qcode_error *err)
{
    qc_xml_event event;
    while (qc_xml_next(reading->xml, &event, err)) {
        if (event.kind == QC_XML_END)
            return true;
        if (event.kind == QC_XML_OPEN && !open_element(reading, &event, err))
            return false;
        if (event.kind == QC_XML_TEXT)
            take_text(reading, &event);
        if ((event.kind == QC_XML_CLOSE && !close_element(reading, &event)) || reading->words.failed ||
            reading->label.failed || reading->choices.failed)
            return qc_no_memory(err);
    }
    return false;
}

static void note_left_out(const tei_reading *reading, qcode_notes *notes)
{
    if (reading->events)
        qc_note(notes, QCODE_NOTE_SKIPPED, reading->source->path, 0, 0,
                "%zu notes, events, gaps and stage directions, left out", reading->events);
    if (reading->prose)
        qc_note(notes, QCODE_NOTE_GUESS, reading->source->path, 0, 0,
                "nobody speaks in this document (no u or sp): its paragraphs are read as words of nobody known");
}

static qcode_transcript *read_tei(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = source->memory;
    tei_reading reading = {.source = source, .notes = notes, .rendering = qc_rendering_init(source),
                       .label = qc_buffer_init(memory), .words = qc_buffer_init(memory),
                       .choices = qc_buffer_init(memory)};
    reading.facts = (qc_tei_facts){qc_lookup_init(memory), qc_lookup_init(memory), 0};
    bool done = qc_tei_read_facts(source, &reading.facts, err);
    reading.prose = !reading.facts.spoken;
    if (done) {
        reading.xml = qc_xml_new_bytes(source->data, source->length, source->path, &source->limits, memory, err);
        done = reading.xml && read_speech(&reading, err);
        qc_xml_free(reading.xml);
    }
    qcode_transcript *talk = NULL;
    if (done) {
        note_left_out(&reading, notes);
        talk = qc_rendering_finish(&reading.rendering, source, "tei", reading.prose ? "paragraphs" : "speeches", "UTF-8",
                                   notes, err);
    }
    qc_rendering_clear(&reading.rendering);
    qc_lookup_clear(&reading.facts.people);
    qc_lookup_clear(&reading.facts.times);
    qc_buffer_clear(&reading.label);
    qc_buffer_clear(&reading.words);
    qc_buffer_clear(&reading.choices);
    return talk;
}

const qc_reader qc_tei = {"tei", qc_tei_endings, qc_sniff_tei, read_tei};
