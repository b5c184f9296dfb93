/* CHAT transcripts of TalkBank and CHILDES (.cha). */
#include "format/timecode.h"
#include "read/research/chat_words.h"
#include "read/peek.h"
#include "read/rendering.h"
#include "read/tally.h"
#include "text/decode.h"

enum { MOST_PEOPLE = 100 }; /* of @Participants; others go by their codes */

enum { ODD_LINE, UNKNOWN, INSERTED, TELLS };

static const qc_tally tells[TELLS] = {
    [ODD_LINE] = {QCODE_NOTE_SKIPPED, "a line that is neither header, tier nor their continuation", 0, 0},
    [UNKNOWN] = {QCODE_NOTE_WARNING, "a speaker who is not among the participants", 0, 0},
    [INSERTED] = {QCODE_NOTE_SKIPPED, "words of another speaker inside an utterance", 0, 0},
};

/* Somebody of @Participants. The strings live in the file's arena. */
typedef struct participant {
    const char *code, *name, *role, *id; /* name, role and what @ID says may be NULL */
    size_t code_length, name_length, role_length, id_length;
} participant;

typedef struct chat_file {
    const qc_source *source;
    qcode_notes *notes;
    qc_tally tally[TELLS];
    qc_buffer line; /* a header or tier, joined */
    qc_buffer words, label;
    qc_buffer people;   /* of participant */
    qc_buffer headers;  /* name NUL value NUL, of the document's attributes */
    qc_arena arena;
    qc_rendering rendering;
    size_t dependent, first_dependent, comments, codes, first_code;
    bool ended;
} chat_file;

/* Headers that say something of the document, and under which name. */
typedef struct header {
    const char *mark, *name;
} header;

static const header document_headers[] = {
    {"@Date", "date"},           {"@Location", "place"},   {"@Situation", "situation"}, {"@Languages", "language"},
    {"@Activities", "activity"}, {"@Room Layout", "room"}, {"@Media", "media"},         {"@Transcriber", "transcriber"},
};

/* Fields of @ID behind language, corpus and code; NULL: not an attribute. */
static const char *const id_fields[] = {NULL, NULL, NULL, "age", "sex", "group", "background", NULL, "education", NULL};

static void tell(chat_file *chat, int what, size_t line)
{
    qc_tally_at(&chat->tally[what], chat->notes, chat->source->path, line);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static void trim(const char **text, size_t *length)
{
    while (*length && is_blank(**text))
        ++*text, --*length;
    while (*length && is_blank((*text)[*length - 1]))
        --*length;
}

/* The part up to `mark`, trimmed; what follows stays in *text. False at the end. */
static bool next_part(const char **text, size_t *length, char mark, const char **part, size_t *part_length)
{
    if (!*text)
        return false;
    const char *end = memchr(*text, mark, *length);
    *part = *text;
    *part_length = end ? (size_t)(end - *text) : *length;
    *length -= *part_length + (end != NULL);
    *text = end ? end + 1 : NULL;
    trim(part, part_length);
    return true;
}

static participant *find_person(const chat_file *chat, const char *code, size_t length)
{
    participant *list = (participant *)(void *)chat->people.data;
    for (size_t i = 0; i < chat->people.length / sizeof *list; i++)
        if (list[i].code_length == length && memcmp(list[i].code, code, length) == 0)
            return &list[i];
    return NULL;
}

/* `INT Interviewer Participant, OFC Officer_1 Participant`: code, perhaps a name, role. */
static bool read_participants(chat_file *chat, const char *text, size_t length)
{
    const char *one;
    size_t size;
    char *copy = qc_arena_copy(&chat->arena, text, length);
    if (!copy)
        return false;
    for (const char *rest = copy; next_part(&rest, &length, ',', &one, &size);) {
        participant person = {0};
        const char *part = NULL, *last = NULL, *middle = NULL;
        size_t part_length, last_length = 0, middle_length = 0;
        for (bool first = true; size && next_part(&one, &size, ' ', &part, &part_length); first = false) {
            if (!part_length)
                continue;
            if (first) {
                person.code = part, person.code_length = part_length;
                continue;
            }
            middle = last, middle_length = last_length;
            last = part, last_length = part_length;
        }
        person.role = last, person.role_length = last_length;
        person.name = middle, person.name_length = middle_length;
        if (person.code && chat->people.length / sizeof person < MOST_PEOPLE &&
            !find_person(chat, person.code, person.code_length) &&
            !qc_buffer_append(&chat->people, &person, sizeof person))
            return false;
    }
    return true;
}

/* `eng|corpus|INT|age|sex|group|...`: kept for the speaker's attributes. */
static bool read_id(chat_file *chat, const char *text, size_t length)
{
    char *copy = qc_arena_copy(&chat->arena, text, length);
    const char *rest = copy, *part;
    size_t left = length, size;
    if (!copy)
        return false;
    for (int i = 0; next_part(&rest, &left, '|', &part, &size); i++) {
        participant *person = i == 2 ? find_person(chat, part, size) : NULL;
        if (person)
            person->id = copy, person->id_length = length;
    }
    return true;
}

static bool keep_header(chat_file *chat, const char *name, const char *value, size_t length)
{
    qc_buffer_append(&chat->headers, name, strlen(name) + 1);
    qc_buffer_append(&chat->headers, value, length);
    return qc_buffer_byte(&chat->headers, '\0');
}

/* "@Name:<tab>value", or "@Name". */
static bool read_header(chat_file *chat, const char *text, size_t length)
{
    const char *colon = memchr(text, ':', length);
    size_t name_length = colon ? (size_t)(colon - text) : length;
    const char *value = colon ? colon + 1 : text + length;
    size_t value_length = length - (size_t)(value - text);
    trim(&value, &value_length);
    char name[24] = "";
    if (name_length < sizeof name)
        memcpy(name, text, name_length), name[name_length] = '\0';
    if (strcmp(name, "@Participants") == 0)
        return read_participants(chat, value, value_length);
    if (strcmp(name, "@ID") == 0)
        return read_id(chat, value, value_length);
    for (size_t i = 0; value_length && i < sizeof document_headers / sizeof *document_headers; i++)
        if (strcmp(name, document_headers[i].mark) == 0)
            return keep_header(chat, document_headers[i].name, value, value_length);
    chat->comments += strcmp(name, "@Comment") == 0;
    chat->ended |= strcmp(name, "@End") == 0;
    return true;
}

/* The name of a participant, with spaces for underscores; the code when there is none. */
static bool put_label(chat_file *chat, const char *code, size_t length, size_t line)
{
    const participant *person = find_person(chat, code, length);
    chat->label.length = 0;
    if (!person)
        tell(chat, UNKNOWN, line);
    if (person && person->name)
        qc_buffer_append(&chat->label, person->name, person->name_length);
    else
        qc_buffer_append(&chat->label, code, length);
    for (size_t i = 0; person && person->name && i < chat->label.length; i++)
        if (chat->label.data[i] == '_')
            chat->label.data[i] = ' ';
    return !chat->label.failed;
}

static bool has_word(const qc_buffer *words)
{
    for (size_t i = 0; i < words->length; i++)
        if (!strchr(" .,?!;:", words->data[i]))
            return true;
    return false;
}

/* "*INT:<tab>words". */
static bool read_tier(chat_file *chat, const char *text, size_t length, size_t line)
{
    const char *colon = memchr(text, ':', length);
    if (!colon) {
        tell(chat, ODD_LINE, line);
        return true;
    }
    qc_chat_found found;
    chat->words.length = 0;
    if (!put_label(chat, text + 1, (size_t)(colon - text) - 1, line) ||
        !qc_chat_words(colon + 1, length - (size_t)(colon - text) - 1, &chat->words, &found))
        return false;
    if (found.other_speaker)
        tell(chat, INSERTED, line);
    if (found.code && !chat->codes++)
        chat->first_code = line;
    if (!has_word(&chat->words))
        return true;
    const qc_said said = {chat->label.data, chat->label.length, chat->words.data, chat->words.length, found.start_ms,
                          found.end_ms, false, false};
    return qc_rendering_say(&chat->rendering, &said);
}

/* A header or tier with its continuations. */
static bool read_joined(chat_file *chat, size_t line)
{
    const char *text = chat->line.data;
    size_t length = chat->line.length;
    if (!length)
        return true;
    if (*text == '@')
        return read_header(chat, text, length);
    if (*text == '*')
        return read_tier(chat, text, length, line);
    if (*text == '%') {
        chat->first_dependent = chat->dependent++ ? chat->first_dependent : line;
        return true;
    }
    if (length != strspn(text, " "))
        tell(chat, ODD_LINE, line);
    return true;
}

static bool read_lines(chat_file *chat, const qc_buffer *text)
{
    size_t number = 0, first = 0;
    for (size_t at = 0; at < text->length;) {
        const char *feed = memchr(text->data + at, '\n', text->length - at);
        size_t end = feed ? (size_t)(feed - text->data) : text->length;
        bool goes_on = end > at && (text->data[at] == '\t' || text->data[at] == ' ');
        number++;
        if (!goes_on) {
            if (!qc_buffer_text(&chat->line) || !read_joined(chat, first))
                return false;
            chat->line.length = 0;
            first = number;
        }
        qc_buffer_append(&chat->line, text->data + at, end - at);
        at = end + 1;
    }
    return qc_buffer_text(&chat->line) && read_joined(chat, first);
}

static void tell_counts(const chat_file *chat)
{
    const char *path = chat->source->path;
    for (size_t i = 0; i < TELLS; i++)
        qc_tally_end(&chat->tally[i], chat->notes, path);
    if (chat->dependent)
        qc_note(chat->notes, QCODE_NOTE_SKIPPED, path, chat->first_dependent, 0,
                "%zu dependent tiers (lines with %%), from here on", chat->dependent);
    if (chat->codes)
        qc_note(chat->notes, QCODE_NOTE_SKIPPED, path, chat->first_code, 0,
                "codes in brackets and events, in %zu utterances from here on", chat->codes);
    if (chat->comments)
        qc_note(chat->notes, QCODE_NOTE_SKIPPED, path, 0, 0, "%zu comments in the headers", chat->comments);
    if (!chat->ended)
        qc_note(chat->notes, QCODE_NOTE_WARNING, path, 0, 0, "no @End: the file may be cut short");
}

static bool add_attribute(chat_file *chat, qcode_transcript *talk, size_t speaker, const char *name, const char *value,
                          size_t length)
{
    char *copy = qc_arena_copy(&chat->arena, value, length);
    for (char *c = copy; copy && *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return copy && qc_speaker_attribute(talk, speaker, name, copy);
}

/* The role of CHAT is the speaker's position; @ID gives the rest. */
static bool add_person(chat_file *chat, qcode_transcript *talk, const participant *person)
{
    const char *rest = person->id, *part;
    size_t left = person->id_length, size;
    if (!put_label(chat, person->code, person->code_length, 0))
        return false;
    size_t speaker = qc_speaker_find(talk, qc_buffer_text(&chat->label));
    if (speaker == QC_NOBODY)
        return true; /* says nothing here */
    if (person->role && !add_attribute(chat, talk, speaker, "position", person->role, person->role_length))
        return false;
    for (size_t i = 0; i < sizeof id_fields / sizeof *id_fields && next_part(&rest, &left, '|', &part, &size); i++)
        if (id_fields[i] && size && !add_attribute(chat, talk, speaker, id_fields[i], part, size))
            return false;
    return true;
}

static bool add_attributes(chat_file *chat, qcode_transcript *talk)
{
    bool renamed = false;
    const participant *person = (const participant *)(const void *)chat->people.data;
    for (size_t i = 0; i < chat->people.length / sizeof *person; i++)
        if (!add_person(chat, talk, &person[i]))
            return false;
    for (size_t at = 0; at < chat->headers.length;) {
        const char *name = chat->headers.data + at, *value = name + strlen(name) + 1;
        if (!qc_transcript_attribute(talk, name, strlen(name), value, strlen(value), &renamed))
            return false;
        at = (size_t)(value - chat->headers.data) + strlen(value) + 1;
    }
    return true;
}

static qcode_transcript *make(chat_file *chat, const char *encoding, qcode_error *err)
{
    tell_counts(chat);
    qcode_transcript *talk =
        qc_rendering_transcript(&chat->rendering, chat->source, "chat", "tiers", encoding, chat->notes, err);
    if (talk && !add_attributes(chat, talk))
        qc_no_memory(err);
    else if (talk && qc_transcript_finish(talk, chat->source->options, chat->notes, err))
        return talk;
    qcode_transcript_free(talk);
    return NULL;
}

static qcode_transcript *read_chat(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = source->memory;
    qc_buffer text = qc_buffer_init(memory);
    const char *encoding = NULL;
    qcode_transcript *talk = NULL;
    chat_file chat = {.source = source, .notes = notes, .line = qc_buffer_init(memory), .words = qc_buffer_init(memory),
                 .label = qc_buffer_init(memory), .people = qc_buffer_init(memory), .headers = qc_buffer_init(memory),
                 .arena = qc_arena_init(memory), .rendering = qc_rendering_init(source)};
    memcpy(chat.tally, tells, sizeof tells);
    if (qc_decode(source->data, source->length, source->options->encoding, source->path, &text, &encoding, notes,
                  err)) {
        if (read_lines(&chat, &text))
            talk = make(&chat, encoding, err);
        else
            qc_no_memory(err);
    }
    qc_buffer_clear(&text);
    qc_buffer_clear(&chat.line);
    qc_buffer_clear(&chat.words);
    qc_buffer_clear(&chat.label);
    qc_buffer_clear(&chat.people);
    qc_buffer_clear(&chat.headers);
    qc_arena_clear(&chat.arena);
    qc_rendering_clear(&chat.rendering);
    return talk;
}

/* Headers come first: @UTF8, @Begin and their kin. */
static int sniff(const qc_source *source)
{
    static const char *const firsts[] = {"@UTF8", "@Begin", "@Font", "@PID", "@Window", "@ColorWords"};
    const char *start = source->start;
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++)
        if (qc_peek_word(start, firsts[i]))
            return strstr(start, "@Begin") ? 100 : 60;
    return 0;
}

static const char *const endings[] = {".cha", NULL};

const qc_reader qc_chat = {"chat", endings, sniff, read_chat};
