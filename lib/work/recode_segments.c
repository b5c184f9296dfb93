/* segments.jsonl after a change of codes: a line that is not concerned stays byte by byte. */
#include "base/error.h"
#include "format/json.h"
#include "read/restore.h"
#include "work/joining.h"
#include "write/writer.h"

#include <stdio.h>

typedef struct lines {
    qc_recode_map *map;
    const char *text;
    const qc_restored_segment *old;
    qc_joined_segment *segments;
    size_t count;
    qc_arena arena;
    qc_buffer *out, list;
} lines;

/* Where the objects of a list begin and end: what stands in strings is passed over. */
static size_t next_object(const char *text, size_t at, size_t end, size_t *from)
{
    bool quoted = false;
    size_t depth = 0;
    for (; at < end; at++) {
        if (quoted) {
            at += text[at] == '\\';
            quoted = text[at] != '"';
            continue;
        }
        quoted = text[at] == '"';
        if (text[at] == '{' && !depth++)
            *from = at;
        if (text[at] == '}' && !--depth)
            return at + 1;
    }
    return SIZE_MAX;
}

static const qc_member *find(const qc_member *list, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].key, key) == 0)
            return &list[i];
    return NULL;
}

static bool fill_matches(lines *l, const qc_restored_segment *old, qc_joined_segment *segment)
{
    const qc_member *members, *at;
    size_t count, from = 0;
    if (!old->matches.count)
        return true;
    qc_joined_match *matches = qc_arena_take_array(&l->arena, old->matches.count, sizeof *matches);
    if (!matches)
        return qc_no_memory(l->map->err);
    if (!qc_list_members(l->text + old->from, old->to - old->from, l->map->path, &l->arena, &members, &count, l->map->err))
        return false;
    at = find(members, count, "matches");
    for (size_t i = 0, next = at ? old->from + at->start : 0; at && i < old->matches.count; i++) {
        next = next_object(l->text, next, old->from + at->end, &from);
        if (next == SIZE_MAX)
            break;
        const qc_restored_match *match = &old->matches.at[i];
        matches[segment->match_count++] = (qc_joined_match){match->start, match->end, from, next, match->rule};
    }
    segment->matches = matches;
    return true;
}

static const char *number(lines *l, size_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", value);
    return qc_arena_string(&l->arena, digits);
}

static bool fill_segments(lines *l)
{
    bool done = true;
    for (size_t i = 0; done && i < l->count; i++) {
        const qc_restored_segment *old = &l->old[i];
        qc_joined_segment *segment = &l->segments[i];
        *segment = (qc_joined_segment){.document = old->document, .code = old->code, .coder = old->coder,
                                       .origin = old->origin, .state = old->state, .decided_by = old->decided_by,
                                       .decided_on = old->decided_on,
                                       .start = number(l, old->start), .end = number(l, old->end),
                                       .own = !*old->basis || strcmp(old->basis, "own") == 0};
        done = ((segment->start && segment->end) || qc_no_memory(l->map->err)) &&
               qc_check_fresh(l->map, old->code, i + 1, 0) && fill_matches(l, old, segment);
    }
    return done;
}

/* An object of a match, with what its rule is called now. */
static bool put_match(lines *l, const qc_joined_match *match)
{
    const qc_member *members;
    size_t count;
    const char *text = l->text + match->from;
    if (!qc_list_members(text, match->to - match->from, l->map->path, &l->arena, &members, &count, l->map->err))
        return false;
    const qc_member *rule = find(members, count, "rule");
    size_t from = rule ? rule->end : 0;
    if (rule) {
        qc_buffer_append(l->out, text, rule->start);
        qc_json_put_string(l->out, qc_recoded_rule(l->map, match->rule));
    }
    return qc_buffer_append(l->out, text + from, match->to - match->from - from) || qc_no_memory(l->map->err);
}

static bool put_matches(lines *l, size_t index)
{
    bool done = qc_join_matches(l->segments, index, &l->list) || qc_no_memory(l->map->err);
    const qc_joined_match *matches = (const void *)l->list.data;
    qc_buffer_byte(l->out, '[');
    for (size_t i = 0; done && i < l->list.length / sizeof *matches; i++) {
        qc_buffer_string(l->out, i ? "," : "");
        done = put_match(l, &matches[i]);
    }
    qc_buffer_byte(l->out, ']');
    return done;
}

/* Puts what a member of another line holds. */
static bool put_other(lines *l, size_t index, const char *key)
{
    const qc_restored_segment *other = &l->old[index];
    const char *line = l->text + other->from;
    const qc_member *members, *at;
    size_t count;
    if (!qc_list_members(line, other->to - other->from, l->map->path, &l->arena, &members, &count, l->map->err))
        return false;
    at = find(members, count, key);
    return (at ? qc_buffer_append(l->out, line + at->start, at->end - at->start) : qc_buffer_string(l->out, "null")) ||
           qc_no_memory(l->map->err);
}

/* Puts the new value of a member; false for one that stays. */
static bool put_member(lines *l, size_t index, const qc_member *member, const char *value, size_t length, bool *stays)
{
    const qc_restored_segment *old = &l->old[index];
    const char *code = qc_recoded_code(l->map, old->code), *key = member->key;
    char id[65];
    *stays = false;
    if (strcmp(key, "codebook") == 0 && length == strlen(l->map->before) + 2 &&
        memcmp(value + 1, l->map->before, length - 2) == 0) {
        qc_json_put_string(l->out, l->map->now);
    } else if (code && strcmp(key, "code") == 0) {
        qc_json_put_string(l->out, code);
    } else if (code && strcmp(key, "id") == 0) {
        qc_segment_id(old->document, code, old->start, old->end, old->coder, id);
        qc_json_put_string(l->out, id);
    } else if (l->segments[index].changed && strcmp(key, "matches") == 0) {
        return put_matches(l, index);
    } else if (l->segments[index].judged != index && qc_is_judgement_column(key)) {
        return put_other(l, l->segments[index].judged, key);
    } else {
        *stays = true;
    }
    return true;
}

static bool put_line(lines *l, size_t index)
{
    const qc_restored_segment *old = &l->old[index];
    const char *line = l->text + old->from;
    const qc_member *members;
    size_t count, copied = 0, length = old->to - old->from;
    if (!qc_list_members(line, length, l->map->path, &l->arena, &members, &count, l->map->err))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool stays;
        size_t before = l->out->length;
        qc_buffer_append(l->out, line + copied, members[i].start - copied);
        if (!put_member(l, index, &members[i], line + members[i].start, members[i].end - members[i].start, &stays))
            return false;
        if (stays)
            l->out->length = before;
        else
            copied = members[i].end;
    }
    return qc_buffer_append(l->out, line + copied, length - copied) || qc_no_memory(l->map->err);
}

/* The words of a segment as its line has them. */
static bool list_passage(lines *l, size_t index)
{
    const qc_restored_segment *old = &l->old[index];
    const qc_member *members, *text;
    size_t count;
    if (!l->map->sheet || strcmp(old->code, l->map->job->codes[0]) != 0)
        return true;
    if (!qc_list_members(l->text + old->from, old->to - old->from, l->map->path, &l->arena, &members, &count, l->map->err))
        return false;
    qc_to_judge passage = {index + 1, old->document, l->segments[index].start, l->segments[index].end, old->coder, NULL};
    qc_json_token token = {.text = ""};
    text = find(members, count, "text");
    qc_json *json = text ? qc_json_new(l->text + old->from + text->start, text->end - text->start, l->map->path, index + 1,
                                       l->map->memory, l->map->err)
                         : NULL;
    bool done = !text || (json && qc_json_next(json, &token, l->map->err));
    passage.text = done && token.kind == QC_JSON_STRING ? token.text : NULL;
    done = done && qc_sheet_add(l->map, old->code, &passage);
    qc_json_free(json);
    return done;
}

bool qc_recode_segments(qc_recode_map *map, const char *text, size_t length, qc_buffer *out, qcode_recoded *result)
{
    lines l = {.map = map, .text = text, .arena = qc_arena_init(map->memory), .out = out,
               .list = qc_buffer_init(map->memory)};
    bool done = qc_restore_segments(text, length, &l.arena, &l.old, &l.count, map->err);
    if (done)
        done = (l.segments = qc_arena_take_array(&l.arena, l.count + 1, sizeof *l.segments)) || qc_no_memory(map->err);
    done = done && fill_segments(&l) && qc_join_segments(map, l.segments, l.count, result);
    for (size_t i = 0; done && i < l.count; i++)
        done = list_passage(&l, i) && (l.segments[i].gone || put_line(&l, i));
    qc_buffer_clear(&l.list);
    qc_arena_clear(&l.arena);
    return done && (!out->failed || qc_no_memory(map->err));
}
