/* Reading documents and segments of a run's folder back to what they were made of. */
#include "read/restore.h"
#include "base/error.h"
#include "base/points.h"
#include "read/run.h"

#include <stdlib.h>

#define FIELD(type, name, read) {#name, read, offsetof(type, name)}
#define ENDED {NULL, NULL, 0}

typedef struct attribute_list {
    const qcode_attribute *at;
    size_t count;
} attribute_list;

typedef struct speaker_line {
    const char *name, *role, *case_name, *withheld;
    attribute_list attributes;
} speaker_line;

typedef struct turn_line {
    const char *speaker, *time;
    size_t question, guide;
    qc_run_spans ranges;
} turn_line;

typedef struct document_line {
    const char *document, *sha256, *format, *layout, *encoding, *text;
    attribute_list attributes;
    struct {
        const speaker_line *at;
        size_t count;
    } speakers;
    struct {
        const turn_line *at;
        size_t count;
    } turns;
} document_line;

static bool read_attributes(qc_input *in, const qc_json_token *value, void *place)
{
    attribute_list *list = place;
    qc_buffer items = qc_buffer_init(in->arena->memory);
    qc_json_token token;
    const void *kept;
    bool done = value->kind == QC_JSON_OPEN_OBJECT || qc_input_wrong(in, value, "an object");
    while (done && (done = qc_json_next(in->json, &token, in->err)) && token.kind != QC_JSON_CLOSE_OBJECT) {
        qcode_attribute attribute = {qc_arena_copy(in->arena, token.text, token.length), NULL};
        done = (attribute.name || qc_no_memory(in->err)) && qc_json_next(in->json, &token, in->err) &&
               qc_field_string(in, &token, &attribute.value);
        if (done && attribute.value && !qc_buffer_append(&items, &attribute, sizeof attribute))
            done = qc_no_memory(in->err);
    }
    if (!done) {
        qc_buffer_clear(&items);
        return false;
    }
    done = qc_keep_items(in, &items, sizeof(qcode_attribute), &kept, &list->count);
    list->at = kept;
    return done;
}

static bool read_speakers(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {FIELD(speaker_line, name, qc_field_string),
                                      FIELD(speaker_line, role, qc_field_string),
                                      {"case", qc_field_string, offsetof(speaker_line, case_name)},
                                      FIELD(speaker_line, withheld, qc_field_string),
                                      FIELD(speaker_line, attributes, read_attributes),
                                      ENDED};
    static const speaker_line blank = {.name = "", .role = "", .withheld = ""};
    static const qc_shape shape = {fields, sizeof blank, &blank, NULL};
    document_line *line = (document_line *)(void *)((char *)place - offsetof(document_line, speakers));
    const void *items;
    bool done = qc_field_list(in, value, &shape, &items, &line->speakers.count);
    if (done)
        line->speakers.at = items;
    return done;
}

static bool read_turns(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {FIELD(turn_line, speaker, qc_field_string),
                                      FIELD(turn_line, time, qc_field_string),
                                      FIELD(turn_line, question, qc_field_number),
                                      FIELD(turn_line, guide, qc_field_number),
                                      FIELD(turn_line, ranges, qc_field_spans),
                                      ENDED};
    static const turn_line blank = {.speaker = NULL};
    static const qc_shape shape = {fields, sizeof blank, &blank, NULL};
    document_line *line = (document_line *)(void *)((char *)place - offsetof(document_line, turns));
    const void *items;
    bool done = qc_field_list(in, value, &shape, &items, &line->turns.count);
    if (done)
        line->turns.at = items;
    return done;
}

static const qc_field document_fields[] = {
    FIELD(document_line, document, qc_field_string), FIELD(document_line, sha256, qc_field_string),
    FIELD(document_line, format, qc_field_string),   FIELD(document_line, layout, qc_field_string),
    FIELD(document_line, encoding, qc_field_string), FIELD(document_line, text, qc_field_string),
    FIELD(document_line, attributes, read_attributes),
    {"speakers", read_speakers, offsetof(document_line, speakers)},
    {"turns", read_turns, offsetof(document_line, turns)},
    ENDED,
};

/* "01:02:03.500" in milliseconds; -1 for anything else. */
static int64_t milliseconds_of(const char *time)
{
    char *end;
    unsigned long hours = time ? strtoul(time, &end, 10) : 0;
    if (!time || end == time || strlen(end) != 10 || end[0] != ':' || end[3] != ':' || end[6] != '.')
        return -1;
    unsigned long minutes = strtoul(end + 1, NULL, 10), seconds = strtoul(end + 4, NULL, 10);
    return (int64_t)(((hours * 60 + minutes) * 60 + seconds) * 1000 + strtoul(end + 7, NULL, 10));
}

static bool add_speaker(qcode_transcript *talk, const speaker_line *line)
{
    size_t index = qc_transcript_speaker(talk, line->name, strlen(line->name));
    bool done = index != QC_NOBODY && (!line->case_name || qc_speaker_set_case(talk, index, line->case_name));
    for (size_t i = 0; done && i < line->attributes.count; i++)
        done = qc_speaker_attribute(talk, index, line->attributes.at[i].name, line->attributes.at[i].value);
    if (!done)
        return false;
    for (int role = QCODE_ROLE_INTERVIEWER; role <= QCODE_ROLE_RESPONDENT; role++)
        if (strcmp(line->role, qcode_role_name((qcode_role)role)) == 0)
            qc_speaker_set_role(talk, index, (qcode_role)role, QCODE_ROLE_TOLD);
    bool left_out = strcmp(line->withheld, "all") == 0;
    qc_speaker_set_consent(talk, index, left_out, !left_out && *line->withheld);
    return true;
}

static bool add_turn(qcode_transcript *talk, const turn_line *line, const qc_points *points)
{
    size_t speaker = line->speaker ? qc_speaker_find(talk, line->speaker) : QC_NOBODY;
    bool done = qc_transcript_turn(talk, speaker, milliseconds_of(line->time));
    for (size_t i = 0; done && i < line->ranges.count; i++)
        done = qc_transcript_range(talk, (qcode_span){qc_points_byte(points, line->ranges.at[i].start),
                                                      qc_points_byte(points, line->ranges.at[i].end)});
    return done;
}

static bool build(qcode_transcript *talk, const document_line *line)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    qc_points points = qc_points_init(text, length, qc_transcript_memory(talk));
    bool done = !points.marks.failed;
    for (size_t i = 0; done && i < line->attributes.count; i++)
        done = qc_transcript_set_attribute(talk, line->attributes.at[i].name, line->attributes.at[i].value);
    for (size_t i = 0; done && i < line->speakers.count; i++)
        done = add_speaker(talk, &line->speakers.at[i]);
    for (size_t i = 0; done && i < line->turns.count; i++)
        done = add_turn(talk, &line->turns.at[i], &points);
    qc_transcript_settle(talk);
    for (size_t i = 0; done && i < line->turns.count && i < qcode_transcript_turn_count(talk); i++) {
        qc_turn_set_question(talk, i, line->turns.at[i].question);
        qc_turn_set_guide(talk, i, line->turns.at[i].guide);
    }
    qc_points_clear(&points);
    return done;
}

static qcode_transcript *transcript_of(const document_line *line, qc_arena *arena, qcode_error *err)
{
    qc_buffer text = qc_buffer_init(arena->memory);
    qcode_transcript *talk = NULL;
    if (qc_buffer_string(&text, line->text))
        talk = qc_transcript_new(line->document, &text, line->sha256, line->format, line->encoding, arena->memory, err);
    else
        qc_no_memory(err);
    qc_buffer_clear(&text);
    if (talk)
        qc_transcript_set_layout(talk, line->layout);
    if (talk && build(talk, line))
        return talk;
    if (talk)
        qc_no_memory(err);
    qcode_transcript_free(talk);
    return NULL;
}

qcode_transcript *qc_restore_transcript(const char *text, size_t length, size_t line_number, qc_arena *arena,
                                        qcode_error *err)
{
    document_line line = {.document = "", .sha256 = "", .format = "", .layout = "", .encoding = "", .text = ""};
    qc_input in = {.arena = arena, .source = "documents.jsonl", .err = err};
    qc_json_token token;
    in.json = qc_json_new(text, length, in.source, line_number, arena->memory, err);
    bool done = in.json && qc_json_next(in.json, &token, err) && qc_field_object(&in, &token, document_fields, &line);
    qc_json_free(in.json);
    if (done && strlen(line.sha256) != 64)
        done = qc_fail(err, QCODE_INVALID, in.source, line_number, 0, "a document without its SHA-256");
    return done ? transcript_of(&line, arena, err) : NULL;
}

static bool read_matches(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {FIELD(qc_restored_match, rule, qc_field_string),
                                      FIELD(qc_restored_match, start, qc_field_number),
                                      FIELD(qc_restored_match, end, qc_field_number),
                                      ENDED};
    static const qc_restored_match blank = {.rule = ""};
    static const qc_shape shape = {fields, sizeof blank, &blank, NULL};
    qc_restored_segment *segment = (qc_restored_segment *)(void *)((char *)place - offsetof(qc_restored_segment, matches));
    const void *items;
    bool done = qc_field_list(in, value, &shape, &items, &segment->matches.count);
    if (done)
        segment->matches.at = items;
    return done;
}

static bool read_segment(qc_input *in, const qc_json_token *token, qc_restored_segment *segment)
{
    static const qc_field fields[] = {
        FIELD(qc_restored_segment, document, qc_field_string), FIELD(qc_restored_segment, code, qc_field_string),
        FIELD(qc_restored_segment, coder, qc_field_string),    FIELD(qc_restored_segment, basis, qc_field_string),
        FIELD(qc_restored_segment, origin, qc_field_string),   FIELD(qc_restored_segment, state, qc_field_string),
        FIELD(qc_restored_segment, decided_by, qc_field_string), FIELD(qc_restored_segment, decided_on, qc_field_string),
        FIELD(qc_restored_segment, start, qc_field_number),    FIELD(qc_restored_segment, end, qc_field_number),
        FIELD(qc_restored_segment, pieces, qc_field_spans),    {"matches", read_matches, offsetof(qc_restored_segment, matches)},
        ENDED,
    };
    if (!qc_field_object(in, token, fields, segment))
        return false;
    if (segment->start >= segment->end)
        return qc_input_wrong(in, token, "a segment with a start and a larger end");
    if (segment->pieces.count)
        return true;
    qcode_span *hull = qc_arena_take(in->arena, sizeof *hull);
    if (!hull)
        return qc_no_memory(in->err);
    *hull = (qcode_span){segment->start, segment->end};
    segment->pieces = (qc_run_spans){hull, 1};
    return true;
}

bool qc_restore_segments(const char *text, size_t length, qc_arena *arena, const qc_restored_segment **segments,
                         size_t *count, qcode_error *err)
{
    qc_input in = {.arena = arena, .source = "segments.jsonl", .err = err};
    qc_buffer list = qc_buffer_init(arena->memory);
    const void *items = NULL;
    size_t from = 0;
    in.json = qc_json_new(text, length, in.source, 1, arena->memory, err);
    bool done = in.json != NULL;
    for (qc_json_token token; done && (done = qc_json_next(in.json, &token, err)) && token.kind != QC_JSON_END;) {
        qc_restored_segment segment = {.document = "", .code = "", .coder = "", .basis = "", .origin = "", .state = "",
                                       .decided_by = "", .decided_on = "", .from = from};
        done = read_segment(&in, &token, &segment);
        size_t end = qc_json_at(in.json);
        from = segment.to = end < length && text[end] == '\n' ? end + 1 : end;
        if (done && !qc_buffer_append(&list, &segment, sizeof segment))
            done = qc_no_memory(err);
    }
    if (done)
        done = qc_keep_items(&in, &list, sizeof(qc_restored_segment), &items, count);
    qc_buffer_clear(&list);
    qc_json_free(in.json);
    *segments = items;
    return done;
}

bool qc_list_members(const char *text, size_t length, const char *source, qc_arena *arena, const qc_member **members,
                     size_t *count, qcode_error *err)
{
    qc_input in = {.arena = arena, .source = source, .err = err};
    qc_buffer list = qc_buffer_init(arena->memory);
    qc_json_token token;
    const void *items = NULL;
    in.json = qc_json_new(text, length, source, 1, arena->memory, err);
    bool done = in.json && qc_json_next(in.json, &token, err) &&
                (token.kind == QC_JSON_OPEN_OBJECT || qc_input_wrong(&in, &token, "an object"));
    while (done && (done = qc_json_next(in.json, &token, err)) && token.kind != QC_JSON_CLOSE_OBJECT) {
        qc_member member = {.key = qc_arena_copy(arena, token.text, token.length)};
        member.start = qc_json_at(in.json);
        while (member.start < length && strchr(" \n\r\t:", text[member.start]))
            member.start++;
        done = qc_json_skip(in.json, err);
        member.end = qc_json_at(in.json);
        if (done && (!member.key || !qc_buffer_append(&list, &member, sizeof member)))
            done = qc_no_memory(err);
    }
    if (done)
        done = qc_keep_items(&in, &list, sizeof(qc_member), &items, count);
    qc_buffer_clear(&list);
    qc_json_free(in.json);
    *members = items;
    return done;
}
