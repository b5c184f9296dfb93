/* A transcript: one text, its speakers, its turns as ranges of it. */
#include "model/transcript.h"
#include "base/place.h"
#include "model/attributes.h"
#include "model/shown.h"

#include <assert.h>

/* A turn while the arrays it points into may still move. Small, as there may be millions. */
typedef struct begun_turn {
    uint32_t speaker, first_range;
    int64_t time_ms;
} begun_turn;

#define NOBODY_YET UINT32_MAX

struct qcode_transcript {
    qcode_transcript *next;  /* of the same file; ends with the first */
    const char *note_source; /* of notes on this one of several; NULL: it is alone in its file */
    size_t file_length;      /* the part of it that stands for the file, in the first */
    qc_arena arena; /* strings and attributes */
    const qcode_memory *memory;
    qc_buffer text;
    const char *name, *format, *layout, *encoding;
    const char *source; /* for notes; NULL when the transcript is finished */
    char hash[65];
    qc_labels labels; /* an index there is an index here; gone when the transcript is finished */
    qcode_speaker *speakers;
    qc_attributes *speaker_attributes; /* for each speaker */
    size_t speaker_count, speaker_capacity, speaker_attribute_capacity;
    begun_turn *begun; /* its memory becomes that of the turns */
    size_t begun_count, begun_capacity;
    qcode_span *ranges;
    size_t range_count, range_capacity;
    qcode_turn *turns;
    size_t turn_count;
    qc_attributes attributes;
    bool leaves_out, withholds; /* somebody's words */
    size_t *used_cases;
    size_t used_case_count, used_case_capacity;
};

qcode_transcript *qc_transcript_new(const char *name, qc_buffer *text, const char *hash, const char *format,
                                    const char *encoding, const qcode_memory *memory, qcode_error *err)
{
    qcode_transcript *talk = qc_resize(memory, NULL, sizeof *talk);
    if (!talk) {
        qc_no_memory(err);
        return NULL;
    }
    *talk = (qcode_transcript){.arena = qc_arena_init(memory),
                               .memory = memory,
                               .format = format,
                               .layout = "",
                               .encoding = encoding,
                               .labels = qc_labels_init(memory),
                               .text = qc_buffer_init(memory)};
    memcpy(talk->hash, hash, sizeof talk->hash - 1);
    talk->name = qc_arena_string(&talk->arena, name);
    if (!talk->name || !qc_buffer_text(text)) {
        qcode_transcript_free(talk);
        qc_no_memory(err);
        return NULL;
    }
    talk->text = *text;
    *text = qc_buffer_init(text->memory);
    return talk;
}

static void free_one(qcode_transcript *talk)
{
    qc_labels_clear(&talk->labels);
    qc_buffer_clear(&talk->text);
    qc_release(talk->memory, talk->speakers);
    qc_release(talk->memory, talk->speaker_attributes);
    qc_release(talk->memory, talk->begun);
    qc_release(talk->memory, talk->ranges);
    qc_release(talk->memory, talk->turns);
    qc_release(talk->memory, talk->used_cases);
    qc_arena_clear(&talk->arena);
    qc_release(talk->memory, talk);
}

void qcode_transcript_free(qcode_transcript *talk)
{
    for (qcode_transcript *next; talk; talk = next) {
        next = talk->next;
        free_one(talk);
    }
}

const qcode_transcript *qcode_transcript_next(const qcode_transcript *talk)
{
    return talk->next;
}

void qc_transcript_set_next(qcode_transcript *talk, qcode_transcript *next)
{
    talk->next = next;
}

bool qc_transcript_share_file(qcode_transcript *talk, const char *note_source, size_t file_length)
{
    talk->file_length = file_length;
    return (talk->note_source = qc_arena_string(&talk->arena, note_source)) != NULL;
}

bool qc_transcript_has_note(const qcode_transcript *talk, const char *source)
{
    if (!talk->note_source || strcmp(source, talk->note_source) == 0)
        return true;
    return talk->file_length && strncmp(source, talk->note_source, talk->file_length) == 0 && !source[talk->file_length];
}

void qc_transcript_set_layout(qcode_transcript *talk, const char *layout)
{
    talk->layout = layout;
}

void qc_transcript_set_source(qcode_transcript *talk, const char *source)
{
    talk->source = source;
}

/* Turns that are settled point to their speakers, which have moved from `before`. */
static void follow_speakers(qcode_transcript *talk, uintptr_t before)
{
    for (size_t i = 0; i < talk->turn_count && (uintptr_t)talk->speakers != before; i++) {
        qcode_turn *turn = &talk->turns[i];
        if (turn->speaker)
            turn->speaker = &talk->speakers[((uintptr_t)turn->speaker - before) / sizeof *talk->speakers];
    }
}

static size_t new_speaker(qcode_transcript *talk, const char *name)
{
    size_t need = talk->speaker_count + 1;
    uintptr_t before = (uintptr_t)talk->speakers;
    if (!qc_grow(talk->memory, &talk->speakers, &talk->speaker_capacity, need, sizeof *talk->speakers))
        return QC_NOBODY;
    follow_speakers(talk, before);
    if (!qc_grow(talk->memory, &talk->speaker_attributes, &talk->speaker_attribute_capacity, need,
                 sizeof *talk->speaker_attributes))
        return QC_NOBODY;
    talk->speakers[talk->speaker_count] = (qcode_speaker){.name = name};
    talk->speaker_attributes[talk->speaker_count] = (qc_attributes){0};
    return talk->speaker_count++;
}

size_t qc_transcript_speaker(qcode_transcript *talk, const char *label, size_t length)
{
    size_t index = qc_labels_add(&talk->labels, label, length);
    if (index == QC_NO_LABEL || index < talk->speaker_count)
        return index;
    const char *name = qc_arena_copy(&talk->arena, label, length);
    return name ? new_speaker(talk, name) : QC_NOBODY;
}

size_t qc_speaker_find(qcode_transcript *talk, const char *label)
{
    return qc_labels_find(&talk->labels, label, strlen(label));
}

size_t qc_speaker_find_label(const qcode_transcript *talk, const qc_label *label)
{
    return qc_labels_find_same(&talk->labels, label);
}

const qc_label *qc_speaker_label(const qcode_transcript *talk, size_t speaker)
{
    return &talk->labels.at[speaker];
}

bool qc_transcript_use_case(qcode_transcript *talk, size_t line)
{
    if (!qc_grow(talk->memory, &talk->used_cases, &talk->used_case_capacity, talk->used_case_count + 1,
                 sizeof *talk->used_cases))
        return false;
    talk->used_cases[talk->used_case_count++] = line;
    return true;
}

const size_t *qc_transcript_used_cases(const qcode_transcript *talk, size_t *count)
{
    *count = talk->used_case_count;
    return talk->used_cases;
}

/* Ranges are added to the turn begun last alone, so a turn has some when the next range is not its first. */
static void drop_empty_turn(qcode_transcript *talk)
{
    if (talk->begun_count && talk->begun[talk->begun_count - 1].first_range == talk->range_count)
        talk->begun_count--;
}

bool qc_transcript_turn(qcode_transcript *talk, size_t speaker, int64_t time_ms)
{
    drop_empty_turn(talk);
    if (!qc_grow(talk->memory, &talk->begun, &talk->begun_capacity, talk->begun_count + 1, sizeof *talk->begun))
        return false;
    uint32_t who = speaker == QC_NOBODY ? NOBODY_YET : (uint32_t)speaker;
    talk->begun[talk->begun_count++] = (begun_turn){who, (uint32_t)talk->range_count, time_ms};
    return true;
}

bool qc_transcript_range(qcode_transcript *talk, qcode_span span)
{
    if (span.start >= span.end)
        return true;
    if (talk->range_count > talk->begun[talk->begun_count - 1].first_range) {
        qcode_span *before = &talk->ranges[talk->range_count - 1];
        if (span.start == before->end + 1 && talk->text.data[before->end] == '\n') {
            before->end = span.end;
            return true;
        }
    }
    if (talk->range_count >= UINT32_MAX ||
        !qc_grow(talk->memory, &talk->ranges, &talk->range_capacity, talk->range_count + 1, sizeof *talk->ranges))
        return false;
    talk->ranges[talk->range_count++] = span;
    return true;
}

bool qc_transcript_attribute(qcode_transcript *talk, const char *name, size_t name_length, const char *value,
                             size_t value_length, bool *renamed)
{
    return qc_attributes_add(&talk->attributes, &talk->arena, name, name_length, value, value_length, renamed);
}

bool qc_speaker_attribute(qcode_transcript *talk, size_t speaker, const char *name, const char *value)
{
    qc_attributes *list = &talk->speaker_attributes[speaker];
    bool done = qc_attributes_set(list, &talk->arena, name, value);
    talk->speakers[speaker].attributes = list->at;
    talk->speakers[speaker].attribute_count = list->count;
    return done;
}

void qc_speaker_set_role(qcode_transcript *talk, size_t speaker, qcode_role role, qcode_role_basis basis)
{
    talk->speakers[speaker].role = role;
    talk->speakers[speaker].role_basis = basis;
}

bool qc_speaker_set_case(qcode_transcript *talk, size_t speaker, const char *case_name)
{
    return (talk->speakers[speaker].case_name = qc_arena_string(&talk->arena, case_name)) != NULL;
}

void qc_speaker_set_consent(qcode_transcript *talk, size_t speaker, bool left_out, bool unquoted)
{
    talk->speakers[speaker].left_out = left_out;
    talk->speakers[speaker].unquoted = unquoted;
    talk->leaves_out |= left_out;
    talk->withholds |= left_out || unquoted;
}

void qc_speaker_forget_attributes(qcode_transcript *talk, size_t speaker)
{
    talk->speaker_attributes[speaker].count = talk->speakers[speaker].attribute_count = 0;
}

bool qc_transcript_set_attribute(qcode_transcript *talk, const char *name, const char *value)
{
    return qc_attributes_set(&talk->attributes, &talk->arena, name, value);
}

bool qcode_may_use(const qcode_transcript *talk, const qcode_speaker *speaker)
{
    return speaker ? !speaker->left_out : !talk->leaves_out;
}

bool qcode_may_quote(const qcode_transcript *talk, const qcode_speaker *speaker)
{
    return speaker ? !speaker->left_out && !speaker->unquoted : !talk->withholds;
}

void qc_turn_set_speaker(qcode_transcript *talk, size_t index, size_t speaker)
{
    talk->turns[index].speaker = &talk->speakers[speaker];
}

void qc_turn_set_question(qcode_transcript *talk, size_t index, size_t number)
{
    talk->turns[index].question = number;
}

void qc_turn_set_guide(qcode_transcript *talk, size_t index, size_t number)
{
    talk->turns[index].guide = number;
}

/* Turns as the outside sees them. They take the place of the begun ones, which are smaller, from the last on. */
bool qc_transcript_settle(qcode_transcript *talk)
{
    size_t bytes, end = talk->range_count;
    void *block = talk->begun;
    drop_empty_turn(talk);
    if (talk->turns || !talk->begun_count)
        return true;
    static_assert(sizeof(qcode_turn) >= sizeof(begun_turn), "a turn has room for a begun one");
    if (!qc_multiply(talk->begun_count, sizeof(qcode_turn), &bytes) || !(block = qc_resize(talk->memory, block, bytes)))
        return false;
    const begun_turn *begun = block;
    qcode_turn *turns = block;
    for (size_t i = talk->begun_count; i-- > 0;) {
        begun_turn from = begun[i];
        turns[i] = (qcode_turn){.number = i + 1,
                                .time_ms = from.time_ms,
                                .speaker = from.speaker == NOBODY_YET ? NULL : &talk->speakers[from.speaker],
                                .ranges = talk->ranges + from.first_range,
                                .range_count = end - from.first_range};
        end = from.first_range;
    }
    talk->turns = turns;
    talk->turn_count = talk->begun_count;
    talk->begun = NULL;
    talk->begun_count = 0;
    return true;
}

/* Copies a turn's bytes from its first word to its last, masked or as they are, and moves its ranges along. */
static void copy_turn(qc_buffer *out, const char *text, qcode_span *ranges, size_t count, bool masked)
{
    size_t at = ranges[0].start;
    for (size_t i = 0; i < count; i++) {
        const qcode_span parts[] = {{at, ranges[i].start}, ranges[i]};
        for (size_t k = 0; k < 2; k++) {
            size_t start = out->length;
            if (masked)
                qc_put_mask(out, text + parts[k].start, parts[k].end - parts[k].start, k == 1);
            else
                qc_buffer_append(out, text + parts[k].start, parts[k].end - parts[k].start);
            ranges[i] = (qcode_span){start, out->length};
        }
        at = parts[1].end;
    }
}

bool qc_transcript_mask(qcode_transcript *talk)
{
    if (!talk->leaves_out)
        return true;
    qc_buffer out = qc_buffer_init(talk->memory);
    size_t from = 0;
    for (size_t i = 0; i < talk->turn_count; i++) {
        const qcode_turn *turn = &talk->turns[i];
        qcode_span *ranges = talk->ranges + (turn->ranges - talk->ranges);
        size_t start = ranges[0].start, end = ranges[turn->range_count - 1].end;
        qc_buffer_append(&out, talk->text.data + from, start - from);
        copy_turn(&out, talk->text.data, ranges, turn->range_count, !qcode_may_use(talk, turn->speaker));
        from = end;
    }
    qc_buffer_append(&out, talk->text.data + from, talk->text.length - from);
    if (!qc_buffer_text(&out)) {
        qc_buffer_clear(&out);
        return false;
    }
    qc_buffer_clear(&talk->text);
    talk->text = out;
    return true;
}

bool qc_transcript_close(qcode_transcript *talk)
{
    bool done = !talk->labels.failed;
    talk->source = NULL;
    qc_labels_clear(&talk->labels);
    return done;
}

const char *qc_transcript_source(const qcode_transcript *talk)
{
    return talk->source ? talk->source : talk->name;
}

const qcode_memory *qc_transcript_memory(const qcode_transcript *talk)
{
    return talk->memory;
}

const char *qcode_transcript_name(const qcode_transcript *talk)
{
    return talk->name;
}

const char *qcode_transcript_text(const qcode_transcript *talk, size_t *length)
{
    *length = talk->text.length;
    return talk->text.data;
}

const char *qcode_transcript_hash(const qcode_transcript *talk)
{
    return talk->hash;
}

const char *qcode_transcript_format(const qcode_transcript *talk)
{
    return talk->format;
}

const char *qcode_transcript_layout(const qcode_transcript *talk)
{
    return talk->layout;
}

const char *qcode_transcript_encoding(const qcode_transcript *talk)
{
    return talk->encoding;
}

size_t qcode_transcript_turn_count(const qcode_transcript *talk)
{
    return talk->turn_count;
}

const qcode_turn *qcode_transcript_turn(const qcode_transcript *talk, size_t index)
{
    return &talk->turns[index];
}

size_t qcode_transcript_speaker_count(const qcode_transcript *talk)
{
    return talk->speaker_count;
}

const qcode_speaker *qcode_transcript_speaker(const qcode_transcript *talk, size_t index)
{
    return &talk->speakers[index];
}

size_t qcode_transcript_attribute_count(const qcode_transcript *talk)
{
    return talk->attributes.count;
}

const qcode_attribute *qcode_transcript_attribute(const qcode_transcript *talk, size_t index)
{
    return &talk->attributes.at[index];
}

const char *qcode_transcript_value(const qcode_transcript *talk, const qcode_speaker *speaker, const char *name)
{
    const char *own = speaker ? qc_attributes_value(speaker->attributes, speaker->attribute_count, name) : NULL;
    if (own || (speaker && speaker->role == QCODE_ROLE_INTERVIEWER))
        return own;
    return qc_attributes_value(talk->attributes.at, talk->attributes.count, name);
}

qcode_place qcode_transcript_place(const qcode_transcript *talk, size_t byte)
{
    return qc_place_of(talk->text.data, talk->text.length, byte);
}

const char *qcode_role_name(qcode_role role)
{
    static const char *const names[] = {"", "interviewer", "respondent"};
    return names[role];
}

const char *qcode_role_basis_name(qcode_role_basis basis)
{
    static const char *const names[] = {"", "label", "guess", "told"};
    return names[basis];
}
